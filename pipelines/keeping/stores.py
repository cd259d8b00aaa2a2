"""One folder of an office, wherever it lies: on this machine, or in an object store that several machines share.

Belongs here: names below a folder or fsspec URL, whole writes, exclusive writes, and one name for what a store
elsewhere fails with. Stays out: what lies there (`archive`, `shelf`, `readings`, `pipelines.arrival.quarantine`).

A local file is written beside its name and moved; an object store shows an object when all of it is there. An exclusive
write is the store's own (`If-None-Match: *`); one that does not know it writes again, which is harmless where the name
is a hash of the bytes.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

import fsspec
from fsspec.implementations.local import LocalFileSystem

from cchc.errors import CchcError, ConfigurationError
from cchc.messages import translator
from cchc.secrets import without_secret

_ = translator("operations")


class StoreAwayError(CchcError):
    """A store elsewhere cannot be reached just now, or refuses us."""

    retryable = True


@dataclass(frozen=True)
class Entry:
    """A file of a store: its name below the store's folder, its bytes, when it was written."""

    name: str
    size: int
    written: datetime


class Opened:
    """A folder or URL that holds files of ours, opened."""

    def __init__(self, url: str) -> None:
        """Open a folder or URL; nothing is made or looked for yet.

        Raises:
            ConfigurationError: the URL is of no kind of store we know, or its package is not installed.
        """
        self.url = url
        self._fs, self._root = file_system(url)

    @property
    def is_local(self) -> bool:
        """Return whether the files lie in a folder of this machine."""
        return isinstance(self._fs, LocalFileSystem)


class Store(Opened):
    """The files below a folder or URL, by names with `/`."""

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a file, None where there is none."""
        with self._reached(), suppress(FileNotFoundError):
            return bytes(self._fs.cat_file(self._at(name)))
        return None

    def write(self, name: str, content: bytes) -> None:
        """Write a file whole, over what was there."""
        with self._reached():
            if self.is_local:
                self._moved_into(name, lambda path: path.write_bytes(content))
            else:
                self._fs.pipe_file(self._at(name), content)

    def take(self, name: str, source: Path) -> None:
        """Write a file whole from one of this machine, over what was there."""
        with self._reached():
            if self.is_local:
                self._moved_into(name, lambda path: path.write_bytes(source.read_bytes()))
            else:
                self._fs.put_file(str(source), self._at(name))

    def create(self, name: str, source: Path) -> bool:
        """Write a file whole where none of that name is, and return whether none was."""
        with self._reached():
            if self._fs.exists(self._at(name)):
                return False
            if self.is_local:
                self._moved_into(name, lambda path: path.write_bytes(source.read_bytes()))
                return True
            try:
                self._fs.put_file(str(source), self._at(name), mode="create")
            except FileExistsError:
                return False
            return True

    def fetch(self, name: str, target: Path) -> None:
        """Copy a file to one of this machine."""
        with self._reached():
            self._fs.get_file(self._at(name), str(target))

    def holds(self, name: str) -> bool:
        """Return whether there is a file of that name."""
        with self._reached():
            return bool(self._fs.exists(self._at(name)))

    def entries(self, under: str = "") -> list[Entry]:
        """Return the files below a name, sorted; none where there is no such folder."""
        with self._reached(), suppress(FileNotFoundError):
            found = self._fs.find(self._at(under), detail=True)
            return [self._entry(path, facts) for path, facts in sorted(found.items())]
        return []

    def remove(self, name: str) -> None:
        """Remove a file; one that is gone already is no error."""
        with self._reached(), suppress(FileNotFoundError):
            self._fs.rm_file(self._at(name))

    def where(self, name: str) -> str:
        """Return the place of a file as a person may be shown it."""
        return self._at(name) if self.is_local else f"{without_secret(self.url).rstrip('/')}/{name}"

    def _at(self, name: str) -> str:
        return str(self._root / name) if name else str(self._root)

    def _moved_into(self, name: str, write: Any) -> None:
        target = Path(self._at(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f"{target.name}.{uuid.uuid4().hex}.part")
        try:
            write(partial)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)

    def _entry(self, path: str, facts: dict[str, Any]) -> Entry:
        moment = facts.get("LastModified") or facts.get("mtime") or facts.get("created") or 0
        written = moment if isinstance(moment, datetime) else datetime.fromtimestamp(float(moment), UTC)
        name = PurePosixPath(path).relative_to(self._root).as_posix()
        return Entry(name, int(facts.get("size") or 0), written if written.tzinfo else written.replace(tzinfo=UTC))

    @contextmanager
    def _reached(self) -> Iterator[None]:
        with reached(self.url, is_local=self.is_local):
            yield


def file_system(url: str) -> tuple[Any, PurePosixPath]:
    """Return the file system of a folder or URL, and its root there.

    Raises:
        ConfigurationError: the URL is of no kind of store we know, or its package is not installed.
    """
    try:
        # Another machine may have written a moment ago: what a store listed before is never believed.
        fs, root = fsspec.core.url_to_fs(url, **({"use_listings_cache": False} if url.startswith("s3:") else {}))
    except ImportError as error:
        raise ConfigurationError(
            _(
                "the archive {url} needs a package that is not installed ({reason}); for S3: pip install 'cchc[s3]'"
            ).format(url=without_secret(url), reason=without_secret(str(error)))
        ) from error
    except ValueError as error:
        raise ConfigurationError(
            _("'{url}' is no archive we know; give a folder, or a URL as s3://bucket/folder").format(
                url=without_secret(url)
            )
        ) from error
    return fs, PurePosixPath(root)


@contextmanager
def reached(url: str, *, is_local: bool, kind: type[StoreAwayError] = StoreAwayError) -> Iterator[None]:
    """Name what a store elsewhere fails with; each brings exceptions of its own, so any but ours is meant."""
    try:
        yield
    except CchcError:
        raise
    except Exception as error:
        if is_local:
            raise
        raise kind(
            _("the archive {url} cannot be reached or refuses us ({reason}); mend it, then try again").format(
                url=without_secret(url),
                reason=without_secret(str(error).partition("\n")[0]) or type(error).__name__,
            )
        ) from error
