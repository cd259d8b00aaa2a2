"""The days that a report says its numbers cover: "số liệu từ ngày 15/12/2022 đến ngày 14/3/2023".

Belongs here: finding such days, and whether they are those of a round.
Stays out: periods named by quarter or months (`roundnames`), where in a report they are looked for (`roundevidence`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from catalogue.rounds import Round
from parsers.identity.headlines import plain
from parsers.identity.roundnames import is_compared

_YEAR = r"\s*[/.-]\s*(?P<year>20[0-9]{2})(?![0-9])"
_DAY = r"(?:ngay\s+)?[0-3]?[0-9]\s*[/.-]\s*[01]?[0-9]"
_WINDOW = re.compile(
    rf"(?<![\w/.-])(?:tu\s+)?{_DAY}(?:\s*[/.-]\s*20[0-9]{{2}})?\s*(?:-|–|den|toi)\s*(?:het\s+)?"
    rf"(?:ngay\s+)?(?P<day>[0-3]?[0-9])\s*[/.-]\s*(?P<month>[01]?[0-9]){_YEAR}"
)
_APART = timedelta(days=45)
"""How far before the end of a round's window, and behind its closing, the last day of a report's own may lie: wards
count to the end of a month, to the day they write, or to that of a reminder. Chosen by hand; half of a quarter."""


@dataclass(frozen=True)
class Window:
    """The last day that a report's numbers cover, and the words that say so."""

    last: date
    words: str


def windows(text: str) -> Iterator[Window]:
    """Yield the windows that a text names by both days, the last one with its year; those compared with left out."""
    flat = plain(text)
    for match in _WINDOW.finditer(flat):
        last = _day(match)
        if last is not None and not is_compared(flat, match.start()):
            yield Window(last, " ".join(text[match.start() : match.end()].split()))


def is_of(window: Window, chosen: Round) -> bool:
    """Return whether a window may be that of a round."""
    return chosen.window_end - _APART <= window.last <= chosen.closes + _APART


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
