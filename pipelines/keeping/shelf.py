"""Papers that all machines of an office see alike: a folder of this machine and its likeness in the shared store.

Belongs here: bringing a folder up to date from the store, and the store from the folder. Stays out: what lies in it
(`publications`), the store itself (`stores`).

Programs write and read a folder, as where there is no store. In the store it is a list of its files by hash, and the
bytes under their hash: whoever reads sees the list before or the list after, never half of each. What was changed here
since the folder was last brought up to date is put into the list as it stands there now, so that two machines that
write different files lose none. Without a store all of this does nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cchc.clock import now
from cchc.errors import BusyError
from cchc.messages import translator
from pipelines.keeping.stores import Store
from pipelines.settings import Settings
from warehouse.connection import held_alone

_ = translator("operations")

_PATIENCE = 60.0
"""Seconds that one machine waits for another to write down which papers there are."""
LIST, BYTES = "list.json", "bytes"
_SEEN = ".shelf"
"""Folder beside the shared ones, with the list that each was brought up to date from last."""
_LEFTOVERS = timedelta(days=1)
"""How long bytes that no list names stay: a reader may still hold the list before."""

Alone = Callable[[str], AbstractContextManager[None]]
"""Holds a name so that no other machine changes the list of that name meanwhile."""


@dataclass(frozen=True)
class Leaf:
    """A file as the list names it: hash, bytes, time written (nanoseconds), permissions."""

    sha256: str
    size: int
    written: int
    mode: int

    def is_at(self, path: Path) -> bool:
        """Return whether a file of this machine looks like this one, without reading it."""
        try:
            found = path.stat()
        except FileNotFoundError:
            return False
        return (found.st_size, found.st_mtime_ns) == (self.size, self.written)


Leaves = Mapping[str, Leaf]


class Shelf:
    """Folders below `folder`, each shared under its name; `store` None shares nothing."""

    def __init__(self, folder: Path, store: Store | None, alone: Alone, clock: Callable[[], datetime]) -> None:
        self._folder, self._store, self._alone, self._clock = folder, store, alone, clock

    @contextmanager
    def shared(self, name: str) -> Iterator[None]:
        """Let a block work on the folder of a name as all machines see it, and let them see what it did."""
        self.fetch(name)
        yield
        self.keep(name)

    def fetch(self, name: str) -> None:
        """Bring the folder of a name up to date; what was changed here and not kept yet stays."""
        if self._store is None:
            return
        theirs = self._listed(name)
        if theirs is not None:
            self._lay_out(name, theirs)

    def fetch_all(self) -> None:
        """Bring every folder up to date that the store has."""
        found = self._store.entries() if self._store is not None else []
        for name in sorted({entry.name.removesuffix(f"/{LIST}") for entry in found if entry.name.endswith(f"/{LIST}")}):
            self.fetch(name)

    def keep(self, name: str) -> None:
        """Let the store have what was changed in the folder of a name since it was brought up to date."""
        if self._store is None:
            return
        seen, here = self._seen(name), self._found(name)
        changed = {path: leaf for path, leaf in here.items() if _differs(seen.get(path), leaf)}
        gone = seen.keys() - here.keys()
        if not changed and not gone:
            return
        for path, leaf in changed.items():
            self._store.create(f"{name}/{BYTES}/{leaf.sha256}", self._folder / name / path)
        with self._alone(f"papers:{name}"):
            theirs = self._listed(name) or {}
            merged = {path: leaf for path, leaf in theirs.items() if path not in gone} | changed
            self._store.write(f"{name}/{LIST}", _told(merged))
        self._lay_out(name, merged)
        self._sweep(name, merged)

    def _lay_out(self, name: str, theirs: Leaves) -> None:
        """Give this machine's folder the files of a list, and note the list."""
        seen = self._seen(name)
        for path, leaf in theirs.items():
            if not leaf.is_at(self._folder / name / path) and not self._changed_here(name, path, seen):
                self._bring(name, path, leaf)
        for path in seen.keys() - theirs.keys():
            if not self._changed_here(name, path, seen):
                (self._folder / name / path).unlink(missing_ok=True)
        note = self._note(name)
        note.parent.mkdir(parents=True, exist_ok=True)
        partial = note.with_name(f"{note.name}.{os.getpid()}.part")
        partial.write_bytes(_told(theirs))
        partial.replace(note)

    def _changed_here(self, name: str, path: str, seen: Leaves) -> bool:
        """Return whether this machine's file is another than the one that was brought here."""
        file = self._folder / name / path
        return file.exists() and (path not in seen or not seen[path].is_at(file))

    def _bring(self, name: str, path: str, leaf: Leaf) -> None:
        assert self._store is not None
        target = self._folder / name / path
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f"{target.name}.{os.getpid()}.part")
        try:
            self._store.fetch(f"{name}/{BYTES}/{leaf.sha256}", partial)
            os.utime(partial, ns=(leaf.written, leaf.written))
            partial.chmod(leaf.mode)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)

    def _found(self, name: str) -> dict[str, Leaf]:
        root = self._folder / name
        files = (path for path in sorted(root.rglob("*")) if path.is_file() and path.suffix != ".part")
        return {path.relative_to(root).as_posix(): _leaf(path) for path in files}

    def _listed(self, name: str) -> dict[str, Leaf] | None:
        content = self._store.read(f"{name}/{LIST}") if self._store is not None else None
        return None if content is None else _read(content)

    def _seen(self, name: str) -> dict[str, Leaf]:
        note = self._note(name)
        return _read(note.read_bytes()) if note.is_file() else {}

    def _note(self, name: str) -> Path:
        return self._folder / _SEEN / f"{name}.json"

    def _sweep(self, name: str, kept: Leaves) -> None:
        """Remove bytes that no list names any more, once nobody can be reading the list before."""
        assert self._store is not None
        named = {leaf.sha256 for leaf in kept.values()}
        for entry in self._store.entries(f"{name}/{BYTES}"):
            if entry.name.rpartition("/")[2] not in named and self._clock() - entry.written > _LEFTOVERS:
                self._store.remove(entry.name)


def papers_of(settings: Settings) -> Shelf:
    """Return the papers of the office, which other machines see too where there is a shared store."""

    @contextmanager
    def alone(name: str) -> Iterator[None]:
        with held_alone(settings.warehouse_url, name, _PATIENCE) as got:
            if not got:
                raise BusyError(_("another machine is writing papers; try again when it is done"))
            yield

    where = settings.shared("outputs")
    return Shelf(settings.outputs, Store(where) if where else None, alone, now)


def _leaf(path: Path) -> Leaf:
    status = path.stat()
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    return Leaf(sha256, status.st_size, status.st_mtime_ns, status.st_mode & 0o777)


def _differs(one: Leaf | None, other: Leaf) -> bool:
    return one is None or (one.sha256, one.mode) != (other.sha256, other.mode)


def _told(leaves: Leaves) -> bytes:
    plain = {path: asdict(leaf) for path, leaf in sorted(leaves.items())}
    return json.dumps({"files": plain}, ensure_ascii=False, indent=1).encode()


def _read(content: bytes) -> dict[str, Leaf]:
    return {path: Leaf(**leaf) for path, leaf in json.loads(content)["files"].items()}
