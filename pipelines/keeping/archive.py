"""The archive: every file that ever arrived, byte for byte, under its own hash.

Belongs here: putting a file in, getting it out, re-hashing the whole.
Stays out: which report a file is (`pipelines.arrival.placement`) and the rows about it (warehouse).

The archive lives at a local folder or at any fsspec URL. A file's own name never becomes a path: an original is kept
as `originals/ab/abcd…`, its SHA-256. Nothing is ever overwritten or removed: an object store is asked to write only
where nothing is.
"""

from __future__ import annotations

import hashlib
import re
import stat
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from fsspec.implementations.local import LocalFileSystem

from cchc.errors import CchcError
from cchc.messages import translator
from cchc.secrets import without_secret
from pipelines.keeping.stores import Opened, StoreAwayError, reached

_ = translator("operations")

_CHUNK = 1 << 20
_HASH = re.compile(r"[0-9a-f]{64}")
_READ_ONLY = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH


class ArchiveError(CchcError):
    """The archive does not hold what was asked for, or holds something else under that hash."""


class ArchiveAwayError(ArchiveError, StoreAwayError):
    """A store of originals elsewhere cannot be reached just now, or refuses us."""


class TornError(ArchiveError):
    """A file changed while it was being archived."""


@dataclass(frozen=True)
class Kept:
    """An original in the archive: its hash, size in bytes, and whether this call brought it in."""

    sha256: str
    size: int
    new: bool


class Archive(Opened):
    """A content-addressed, write-once store of originals at `url`."""

    def put(self, source: Path) -> Kept:
        """Keep the bytes of `source`; a file already held is not written again."""
        with source.open("rb") as stream:
            sha256, size = hash_stream(stream)
        target = self._original(sha256)
        with self._reached():
            if self._fs.exists(target):
                return Kept(sha256, size, new=False)
            new = self._write(source, target, sha256)
        return Kept(sha256, size, new)

    def holds(self, sha256: str) -> bool:
        """Return whether an original is here."""
        with self._reached():
            return bool(self._fs.exists(self._original(sha256)))

    @contextmanager
    def original(self, sha256: str) -> Iterator[Path]:
        """Lend an original as a local file: the archived one itself where it is local, else a copy for the block.

        Raises:
            ArchiveError: the archive has no such original.
        """
        where = self._original(sha256)
        if not self.holds(sha256):
            raise ArchiveError(
                _("archive {url} holds no original {sha256}; restore it from a backup").format(
                    url=without_secret(self.url), sha256=sha256
                )
            )
        if isinstance(self._fs, LocalFileSystem):
            yield Path(where)
            return
        with tempfile.TemporaryDirectory(prefix="cchc-original-") as folder:
            copy = Path(folder) / sha256
            with self._reached():
                self._fs.get_file(where, str(copy))
            yield copy

    def hashes(self) -> list[str]:
        """Return the hash of every original, sorted."""
        folder = str(self._root / "originals")
        with self._reached():
            found = self._fs.find(folder) if self._fs.exists(folder) else []
        return sorted(name for name in (PurePosixPath(path).name for path in found) if _HASH.fullmatch(name))

    def damaged(self) -> list[str]:
        """Return the hashes whose originals no longer have that hash, by reading every byte again."""
        wrong = []
        for sha256 in self.hashes():
            with self._reached(), self._fs.open(self._original(sha256), "rb") as stream:
                if hash_stream(stream)[0] != sha256:
                    wrong.append(sha256)
        return wrong

    @contextmanager
    def _reached(self) -> Iterator[None]:
        with reached(self.url, is_local=self.is_local, kind=ArchiveAwayError):
            yield

    def _original(self, sha256: str) -> str:
        if not _HASH.fullmatch(sha256):
            raise ArchiveError(
                _("'{sha256}' is no SHA-256; name an original by its 64 hexadecimal digits").format(sha256=sha256)
            )
        return str(self._root / "originals" / sha256[:2] / sha256)

    def _write(self, source: Path, target: str, sha256: str) -> bool:
        """Write the bytes that were hashed, never half of them, and return whether nobody else did meanwhile."""
        return self._write_here(source, target, sha256) if self.is_local else self._write_there(source, target, sha256)

    def _write_here(self, source: Path, target: str, sha256: str) -> bool:
        """Copy through a temporary name, so that a torn write never stands under a hash; check what was copied."""
        self._fs.makedirs(str(PurePosixPath(target).parent), exist_ok=True)
        partial = f"{target}.{uuid.uuid4().hex}.part"
        with self._gone_if_torn(partial), source.open("rb") as incoming, self._fs.open(partial, "wb") as outgoing:
            copied = _copy(incoming, outgoing)
        if copied != sha256:
            self._fs.rm_file(partial)
            raise _torn(source)
        Path(partial).chmod(_READ_ONLY)
        self._fs.mv(partial, target)
        return True

    def _write_there(self, source: Path, target: str, sha256: str) -> bool:
        """Put a checked copy by one conditional write: an object store shows it when all of it is there."""
        with tempfile.NamedTemporaryFile(prefix="cchc-original-") as copy:
            with source.open("rb") as incoming:
                copied = _copy(incoming, copy)  # type: ignore[arg-type]
            if copied != sha256:
                raise _torn(source)
            copy.flush()
            try:
                self._fs.put_file(copy.name, target, mode="create")
            except FileExistsError:
                return False
        return True

    @contextmanager
    def _gone_if_torn(self, partial: str) -> Iterator[None]:
        """Leave no half of a file behind where writing broke off, as on a full disk."""
        try:
            yield
        except OSError:
            with suppress(OSError):
                self._fs.rm_file(partial)
            raise


def _torn(source: Path) -> TornError:
    return TornError(
        _("'{name}' changed while it was being archived; it is taken in when it rests").format(name=source.name)
    )


def hash_stream(stream: BinaryIO) -> tuple[str, int]:
    """Return the SHA-256 and the length of what is left in a stream."""
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def _copy(incoming: BinaryIO, outgoing: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := incoming.read(_CHUNK):
        digest.update(chunk)
        outgoing.write(chunk)
    return digest.hexdigest()
