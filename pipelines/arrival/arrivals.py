"""What reaches the office: one value for every way in, and the watched inbox folder.

Belongs here: the Arrival, which files of a folder are reports that are whole, the order in which they came.
Stays out: mail (`pipelines.arrival.mailbox`), archives (`pipelines.arrival.unpacking`), and what a file is
(`pipelines.arrival.intake`).

A file that is still being copied is left until it rests: its bytes and its inode have not changed for `SETTLE`. The
inode's time counts because a copy that keeps the sender's modification time still moves it with every block.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from cchc.clock import ZONE
from cchc.errors import ConfigurationError
from cchc.messages import translator
from cchc.text import nfc

_ = translator("operations")

SETTLE = timedelta(seconds=2)
"""How long a file must rest before it counts as whole."""

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Categories of Unicode that a terminal obeys, or that nobody can see or keep."""

_LONGEST = 300

_PASSING = re.compile(
    r"(?i)^(~|\.)|^(thumbs\.db|desktop\.ini)$|\.(part|partial|tmp|temp|crdownload|download|swp|lock)$"
)
"""Names that office programs, browsers and copying tools give to files that are no documents yet."""


class Way(StrEnum):
    """By which way a file came in."""

    INBOX = "inbox"
    MAIL = "mail"
    SUBMIT = "submit"
    ZIP = "zip"


@dataclass(frozen=True)
class Arrival:
    """One file that reached the office.

    `path` is where its bytes lie now; `name` is what it was called, as data only and made plain (for the inbox its path
    below the inbox, for an archive `round.zip/report.docx`). `sent_order` breaks ties between files of one moment: the
    minute in which the file was last written. `sender` is a mail address or the person who submitted it, `sender_ward`
    the ward that address belongs to. `parts` are the names of the pictures that were put together as this one report.
    `there_since` is the moment from which a file lay in the inbox unchanged, None for other ways.
    """

    path: Path
    name: str
    via: Way
    received_at: datetime
    sender: str = ""
    sender_ward: str | None = None
    sent_order: int = 0
    parts: tuple[str, ...] = ()
    there_since: datetime | None = None

    def __post_init__(self) -> None:
        """Make the name plain, whichever way it came."""
        object.__setattr__(self, "name", plain_name(self.name))


@dataclass(frozen=True)
class Look:
    """What one look into the inbox found: whole files, names of files still being written, names we may not open."""

    whole: tuple[Arrival, ...]
    unfinished: tuple[str, ...]
    barred: tuple[str, ...] = ()


def plain_name(raw: str) -> str:
    r"""Return a file's name as text that can be kept, printed and searched: what cannot be seen is spelled out.

    Control characters, turned writing directions and bytes that are no UTF-8 become `\x1b` and the like; the middle of
    an endless name is left out.
    """
    name = nfc("".join(char if _is_plain(char) else _spelled(char) for char in raw))
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST // 2]}…{name[-_LONGEST // 2 + 1 :]}"


def _is_plain(char: str) -> bool:
    return unicodedata.category(char) not in _UNSEEN


def _spelled(char: str) -> str:
    """Return the escape of a character, that of its byte where it stands for one that is no UTF-8."""
    code = ord(char)
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else char.encode("unicode_escape").decode("ascii")


def look_into(inbox: Path, clock: datetime, *, received_at: datetime | None = None, settle: timedelta = SETTLE) -> Look:
    """Return the files of an inbox folder and its subfolders, as they are now; links are not followed.

    `clock` is the machine's time, against which a file rests; `received_at` the moment to be written down for what is
    found, the same unless somebody knows better.

    Raises:
        ConfigurationError: there is no such folder; an empty answer would pass for an empty inbox.
    """
    if not inbox.is_dir():
        raise ConfigurationError(
            _("there is no inbox at {path}; make or mount it, or name another (--inbox, inbox in cchc.toml)").format(
                path=inbox
            )
        )
    whole: list[Arrival] = []
    unfinished: list[str] = []
    barred: list[str] = []
    for path, status in _files(inbox, barred):
        name = path.relative_to(inbox).as_posix()
        there_since = max(status.st_mtime, status.st_ctime)
        if _PASSING.search(path.name) or clock.timestamp() - there_since < settle.total_seconds():
            unfinished.append(plain_name(name))
        elif not os.access(path, os.R_OK):
            barred.append(name)
        else:
            since = datetime.fromtimestamp(there_since, ZONE)
            minute = int(status.st_mtime // 60)
            whole.append(Arrival(path, name, Way.INBOX, received_at or clock, sent_order=minute, there_since=since))
    order = sorted(whole, key=lambda a: (a.sent_order, a.name))
    return Look(tuple(order), tuple(sorted(unfinished)), tuple(sorted(plain_name(name) for name in barred)))


def as_first_seen(arrivals: Iterable[Arrival], looks: Iterable[datetime]) -> list[Arrival]:
    """Return arrivals as received at the first of earlier looks into the inbox that found them whole.

    A look that broke off (power, a closed terminal) has recorded some of its files; the others were there as well.
    """
    moments = sorted(set(looks))
    return [_as_first_seen(arrival, moments) for arrival in arrivals]


def _as_first_seen(arrival: Arrival, moments: Sequence[datetime]) -> Arrival:
    if arrival.there_since is None:
        return arrival
    place = bisect_left(moments, arrival.there_since + SETTLE)
    earlier = place < len(moments) and moments[place] < arrival.received_at
    return replace(arrival, received_at=moments[place]) if earlier else arrival


def still_growing(look: Look) -> bool:
    """Return whether a second look is worth waiting for: something unfinished may be a report."""
    return any(not _PASSING.search(name.rsplit("/", 1)[-1]) for name in look.unfinished)


def _files(folder: Path, barred: list[str]) -> Iterator[tuple[Path, os.stat_result]]:
    """Yield regular files with their status; what vanishes while we look is left out, a closed folder named."""

    def note(error: OSError) -> None:
        if isinstance(error, PermissionError):
            barred.append(os.path.relpath(error.filename, folder))

    for place, folders, names in os.walk(folder, onerror=note, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place) / name
            try:
                status = path.lstat()
            except FileNotFoundError:
                continue
            if stat.S_ISREG(status.st_mode):
                yield path, status
