"""Archives (.zip) of a round: their members become arrivals of their own.

Belongs here: telling an archive of reports from a DOCX, unpacking it within limits, the names of its members.
Stays out: what a member is (`pipelines.arrival.intake`).

Nothing about an archive is trusted: members are written under numbers, never under their names; a count, a size and a
ratio are held while bytes come out, whatever the directory of the archive claims; archives inside it are not opened.
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from cchc.errors import DocumentError
from cchc.messages import translator
from cchc.text import nfc
from parsers.outcomes import Outcome
from pipelines.arrival.arrivals import Arrival, Way

_ = translator("operations")
_CHUNK = 1 << 16
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800


@dataclass(frozen=True)
class ZipLimits:
    """What an archive may unpack to: number of members, bytes of one, bytes of all, growth of one."""

    members: int = 500
    member_bytes: int = 100 * 2**20
    total_bytes: int = 1000 * 2**20
    ratio: int = 200


def is_archive(path: Path) -> bool:
    """Tell whether a file is a zip of files and not a zipped office document (which names its parts' types)."""
    try:
        with path.open("rb") as stream:
            if stream.read(4) not in (b"PK\x03\x04", b"PK\x05\x06"):
                return False
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        return False
    return not names & {"[Content_Types].xml", "mimetype"}


def unpack(arrival: Arrival, folder: Path, limits: ZipLimits | None = None) -> list[Arrival]:
    """Write the members of an archive under `folder` and return them as arrivals, in the archive's order.

    Raises:
        DocumentError: the archive is damaged, empty, protected, or would unpack beyond the limits.
    """
    held = limits or ZipLimits()
    try:
        with zipfile.ZipFile(arrival.path) as archive:
            members = [info for info in archive.infolist() if not info.is_dir() and not _is_litter(info.filename)]
            _refuse(members, held)
            return _write_all(archive, members, arrival, folder, held)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise DocumentError(Outcome.DAMAGED, _("the archive '{name}' is damaged").format(name=arrival.name)) from error


def _refuse(members: list[zipfile.ZipInfo], limits: ZipLimits) -> None:
    if not members:
        raise DocumentError(Outcome.EMPTY, _("the archive holds no file"))
    if len(members) > limits.members:
        raise DocumentError(Outcome.TOO_LARGE, _("the archive holds {n} files").format(n=len(members)))
    if any(info.flag_bits & _ENCRYPTED for info in members):
        raise DocumentError(Outcome.ENCRYPTED, _("the archive is protected by a password"))


def _write_all(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], arrival: Arrival, folder: Path, limits: ZipLimits
) -> list[Arrival]:
    folder.mkdir(parents=True, exist_ok=True)
    found, left = [], limits.total_bytes
    for number, info in enumerate(members, start=1):
        target = folder / f"{number:04}"
        allowed = min(limits.member_bytes, left, limits.ratio * max(info.compress_size, _CHUNK))
        with archive.open(info) as incoming, target.open("wb") as outgoing:
            left -= _copy_within(incoming, outgoing, allowed)
        name = f"{arrival.name}/{member_name(info)}"
        found.append(replace(arrival, path=target, name=name, via=Way.ZIP))
    return found


def _copy_within(incoming: IO[bytes], outgoing: IO[bytes], allowed: int) -> int:
    """Copy no more than `allowed` bytes; the one beyond it proves that the archive is no archive of reports."""
    written = 0
    while chunk := incoming.read(_CHUNK):
        written += len(chunk)
        if written > allowed:
            raise DocumentError(Outcome.TOO_LARGE, _("the archive unpacks to an unreasonable size"))
        outgoing.write(chunk)
    return written


def member_name(info: zipfile.ZipInfo) -> str:
    """Return the name of a member in NFC; Windows writes UTF-8 without saying so, which zipfile takes for cp437."""
    if info.flag_bits & _UTF8_NAME:
        return nfc(info.filename)
    try:
        return nfc(info.filename.encode("cp437").decode("utf-8"))
    except (UnicodeEncodeError, UnicodeDecodeError):
        return nfc(info.filename)


def _is_litter(name: str) -> bool:
    """Tell whether a member is what macOS and office programs leave behind."""
    last = name.rsplit("/", 1)[-1]
    return name.startswith("__MACOSX/") or last.startswith(("._", "~$", ".DS_Store")) or last == "Thumbs.db"
