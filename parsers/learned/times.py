"""Which time the words around a number name, told from the report's own: a year before, the same quarter, the next.

Belongs here: years, quarters and months printed as numbers in a text, and how far each lies from the report's title.
Stays out: any word for a time ("cùng kỳ", "kế hoạch"): those the models learn as words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from catalogue.shapes import shape
from parsers.learned.positions import Line, Spot
from parsers.numbers.words import value_of_words

_MENTION = re.compile(shape("time_in_numbers"))
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_WIDEST = 2
"""Years further away than these are told as these."""


@dataclass(frozen=True)
class Time:
    """A time as printed: year, quarter, the months it spans from January, a lone month; None where not printed."""

    year: int | None = None
    quarter: int | None = None
    span: int | None = None
    month: int | None = None

    @property
    def first(self) -> int:
        """The first month of a report's time."""
        return self.month or (1 if self.span or not self.quarter else self.quarter * 3 - 2)

    @property
    def last(self) -> int:
        """The last month of a report's time; of a year that names no part, December."""
        return self.month or self.span or (self.quarter or 4) * 3


@dataclass(frozen=True)
class Mention:
    """A time with the characters that print it."""

    start: int
    end: int
    time: Time


@lru_cache(maxsize=2048)
def mentions(text: str) -> tuple[Mention, ...]:
    """Return the times that a levelled text prints as numbers, in order; days and numbers of papers are none."""
    return tuple(Mention(m.start(), m.end(), _time(m)) for m in _MENTION.finditer(text))


def _time(match: re.Match[str]) -> Time:
    year = match["y1"] or match["y2"] or match["y3"] or match["y4"] or match["year"]
    month, span = match["month"] or match["alone"], match["span"]
    return Time(
        int(year) if year else None,
        _QUARTERS[match["quarter"]] if match["quarter"] else None,
        int(value_of_words(match["spoken"].split()) or 0) if match["spoken"] else int(span) if span else None,
        int(month) if month else None,
    )


def time_signs(line: Line) -> list[list[str]]:
    """Return, for every spot of a line, the times named beside and over it, as distances from the report's own."""
    own = _own(line.title)
    if own.year is None:
        return [[] for _ in line.spots]
    shared = [*_last("Y.O", own, (line.caption or line.lead, *reversed(line.over)))]
    if line.columns is None:
        return [[*_beside(line, spot, own), *shared] for spot in line.spots]
    shared += _last("Y.W", own, (line.label, *reversed(line.parents)))
    heads = {c: [*_last("Y.C", own, reversed(column.heads))] for c, column in line.columns.items()}
    return [[*heads.get(spot.column or 0, ()), *shared] for spot in line.spots]


def _own(title: str) -> Time:
    """Return the time of the report: that of its title which has a year, one with a quarter or a span first."""
    dated = [m.time for m in mentions(title) if m.time.year is not None]
    parted = [t for t in dated if t.quarter or t.span or t.month]
    bare = [m.time for m in mentions(title) if m.time.year is None]
    if not parted and dated and bare:
        return replace(bare[0], year=dated[-1].year)
    return (parted or dated or [Time()])[0]


def _last(name: str, own: Time, texts: Sequence[str] | Iterator[str]) -> Iterator[str]:
    """Yield the sign of the last time in the first of some texts that names one."""
    for text in texts:
        found = mentions(text)
        if found:
            yield f"{name}={_distance(own, found[-1].time)}"
            return


def _beside(line: Line, spot: Spot, own: Time) -> Iterator[str]:
    """Yield the times named nearest before and behind a number of running text."""
    found = [m for m in mentions(line.text) if not (m.start < spot.end and spot.start < m.end)]
    before = [m for m in found if m.end <= spot.start]
    behind = [m for m in found if m.start >= spot.end]
    if before:
        yield f"Y.L={_distance(own, before[-1].time)}"
    if behind:
        yield f"Y.R={_distance(own, behind[0].time)}"


def _distance(own: Time, other: Time) -> str:
    """Return how a time lies to the report's own: years between them, and whether the part of the year is the same."""
    assert own.year is not None
    years = "?" if other.year is None else str(max(-_WIDEST, min(_WIDEST, other.year - own.year)))
    if other.month is not None:
        return f"{years}m{'<' if other.month < own.first else _order(max(other.month, own.last), own.last)}"
    if other.span is not None:
        return f"{years}s{_order(other.span, own.last)}"
    return years if other.quarter is None else f"{years}q{_order(other.quarter, own.quarter or (own.span or 12) // 3)}"


def _order(one: int, other: int) -> str:
    return "=" if one == other else "<" if one < other else ">"
