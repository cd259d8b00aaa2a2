"""ZIP, RAR and 7Z.

Belongs here: the members of an archive, by the standard library for ZIP and by libarchive for the others.
Stays out: limits and litter (`members`). Archives inside archives are members like others; whoever asked opens them.
"""

from __future__ import annotations

import logging
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from cchc.errors import DocumentError
from cchc.messages import translator
from parsers.containers.members import Member, Shelf, is_litter
from parsers.outcomes import Outcome

_ = translator("containers")

_CHUNK = 1 << 16  # bytes at a time, so that a bomb is noticed long before memory is full
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800  # bit 11 of the general purpose flags (PKWARE APPNOTE 4.4.4)
_DAMAGE = re.compile(r"(?i)crc|checksum|wrong size|truncated|damaged")
_LOG = logging.getLogger("libarchive")
_PROTECTED = re.compile(r"(?i)encrypt|passphrase|password")


def archive_members(kind: str, path: Path, shelf: Shelf) -> list[Member]:
    """Return the members of an archive, written to the shelf; raises DocumentError encrypted, unsupported, damaged."""
    return list(_zip(path, shelf) if kind == "zip" else _others(path, shelf))


def _zip(path: Path, shelf: Shelf) -> Iterator[Member]:
    """Yield the members of a ZIP."""
    with zipfile.ZipFile(path) as archive:
        infos = [i for i in archive.infolist() if not zip_name(i).endswith("/") and not is_litter(i.filename)]
        if any(info.flag_bits & _ENCRYPTED for info in infos):
            raise _protected()
        for info in infos:
            with archive.open(info) as stream:
                yield shelf.put(zip_name(info), _chunks(stream), info.compress_size)


def zip_name(info: zipfile.ZipInfo) -> str:
    """Return the name of a member, a folder's with "/" at its end.

    Windows writes UTF-8 without saying so, which zipfile takes for cp437; older .NET parts folders by backslashes.
    """
    name = info.filename.replace("\\", "/")
    if info.flag_bits & _UTF8_NAME:
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return name


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk


def _others(path: Path, shelf: Shelf) -> Iterator[Member]:
    """Yield the members of a RAR or 7Z."""
    libarchive = _library()
    whole = path.stat().st_size
    warnings = _Warnings()
    try:
        with warnings, libarchive.file_reader(str(path), _format(path)) as archive:
            for entry in archive:
                name = entry.pathname or ""
                if entry.isreg and not is_litter(name):
                    member = shelf.put(name.replace("\\", "/"), entry.get_blocks(_CHUNK), whole)
                    warnings.raise_for_damage()
                    yield member
    except libarchive.ArchiveError as error:
        if _PROTECTED.search(str(error)):
            raise _protected() from error
        raise


def _format(path: Path) -> str:
    """Return the one format under which an archive is read: inside a RAR of a DOCX libarchive would find the DOCX."""
    with path.open("rb") as stream:
        head = stream.read(8)
    if head.startswith(b"Rar!"):
        return "rar5" if head[6:7] == b"\x01" else "rar"
    return "7zip"


class _Warnings(logging.Handler):
    """What libarchive only warns of: bytes whose sum is not the one the archive keeps are damaged all the same."""

    def __init__(self) -> None:
        super().__init__()
        self._damaged = False

    def __enter__(self) -> None:
        _LOG.addHandler(self)
        _LOG.propagate = False

    def __exit__(self, *_error: object) -> None:
        _LOG.removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Remember a warning of a sum or size that does not hold."""
        self._damaged = self._damaged or _DAMAGE.search(record.getMessage()) is not None

    def raise_for_damage(self) -> None:
        """Raise DocumentError damaged where a member does not hold what was packed."""
        if self._damaged:
            raise DocumentError(
                Outcome.DAMAGED, _("The file is damaged inside and cannot be opened. Ask the ward to send it again.")
            )


def archives_open() -> bool:
    """Return whether RAR and 7Z can be opened on this machine."""
    try:
        _library()
    except DocumentError:
        return False
    return True


def _library() -> Any:
    """Return the binding of libarchive; raises DocumentError unsupported where the system has none."""
    try:
        import libarchive
    except (ImportError, OSError, TypeError, AttributeError) as error:
        raise DocumentError(
            Outcome.UNSUPPORTED,
            _("RAR and 7Z cannot be opened on this machine. Install libarchive (apt install libarchive13)."),
        ) from error
    return libarchive


def _protected() -> DocumentError:
    return DocumentError(Outcome.ENCRYPTED, _("The archive is protected by a password. Send it without one."))
