"""What reaches the office: one value for every way in, and the watched inbox folder.

Belongs here: the Arrival, which files of a folder are reports that are whole, the order in which they came.
Stays out: mail (`pipelines.mailbox`), archives (`pipelines.zips`), and what a file is (`pipelines.intake`).

A file that is still being copied is left until it rests: its bytes and its inode have not changed for `SETTLE`. The
inode's time counts because a copy that keeps the sender's modification time still moves it with every block.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from cchc.text import nfc

SETTLE = timedelta(seconds=2)
"""How long a file must rest before it counts as whole."""

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

    `path` is where its bytes lie now; `name` is what it was called, as data only (for the inbox its path below the
    inbox, for an archive `round.zip/report.docx`). `sent_order` breaks ties between files of one moment: the minute
    in which the file was last written. `sender` is a mail address or the person who submitted it, `sender_ward` the
    ward that address belongs to.
    """

    path: Path
    name: str
    via: Way
    received_at: datetime
    sender: str = ""
    sender_ward: str | None = None
    sent_order: int = 0


@dataclass(frozen=True)
class Look:
    """What one look into the inbox found: files that are whole, and names of files that are still being written."""

    whole: tuple[Arrival, ...]
    unfinished: tuple[str, ...]


def look_into(inbox: Path, clock: datetime, *, received_at: datetime | None = None, settle: timedelta = SETTLE) -> Look:
    """Return the files of an inbox folder and its subfolders, as they are now; links are not followed.

    `clock` is the machine's time, against which a file rests; `received_at` the moment to be written down for what is
    found, the same unless somebody knows better.
    """
    whole: list[Arrival] = []
    unfinished: list[str] = []
    for path, status in _files(inbox):
        name = nfc(path.relative_to(inbox).as_posix())
        rested = clock.timestamp() - max(status.st_mtime, status.st_ctime)
        if _PASSING.search(path.name) or rested < settle.total_seconds():
            unfinished.append(name)
        else:
            arrived = received_at or clock
            whole.append(Arrival(path, name, Way.INBOX, arrived, sent_order=int(status.st_mtime // 60)))
    return Look(tuple(sorted(whole, key=lambda a: (a.sent_order, a.name))), tuple(sorted(unfinished)))


def still_growing(look: Look) -> bool:
    """Tell whether a second look is worth waiting for: something unfinished may be a report."""
    return any(not _PASSING.search(name.rsplit("/", 1)[-1]) for name in look.unfinished)


def _files(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Yield regular files with their status; one that vanishes while we look is left out."""
    for place, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place) / name
            try:
                status = path.lstat()
            except FileNotFoundError:
                continue
            if stat.S_ISREG(status.st_mode):
                yield path, status
