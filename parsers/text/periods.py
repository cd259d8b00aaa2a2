"""Of which period a text speaks, seen from the round of its report.

Belongs here: quarter, month and year words as concepts: p_this (the report's own period), p_ytd (since the start of the
year, where that is more), p_prior (the same period of last year), p_other (another earlier one), p_future, p_year.
Stays out: dates and document numbers (`parsers.citations`), round windows (`catalogue.rounds`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from catalogue.shapes import shape
from catalogue.wordlists import numbers_of, word_list
from parsers.text.lexicon import Hit

_PATTERN = re.compile(shape("period_words"))
_NINE_MONTHS, _THIRD_QUARTER = re.compile(shape("nine_months")), re.compile(shape("third_quarter"))
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_COUNTS = numbers_of("counts_of_months")
_LATER = frozenset(word_list("later_half"))
LAST_YEAR = 0
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Calendar:
    """The round of a report: its year and quarter (1–4), None where unknown; `months` where its title counts months.

    `month` is the month of a report over one, None for others.
    """

    year: int | None
    quarter: int | None
    months: bool = False
    month: int | None = None

    @classmethod
    def of(cls, label: str | None, title: str = "") -> Calendar:
        """Return the calendar of a round label ("2023-Q3") and a report's levelled title."""
        match = re.fullmatch(r"(\d{4})-(?:Q([1-4])|9M|M(\d\d))", label or "")
        if match and not match[2]:
            month = int(match[3]) if match[3] else None
            return cls(int(match[1]), 3 if month is None else (month + 2) // 3, month is None, month)
        months = bool(_NINE_MONTHS.search(title)) and not _THIRD_QUARTER.search(title)
        return cls(int(match[1]), int(match[2]), months) if match else cls(None, None, months)


def find_periods(levelled: str, calendar: Calendar) -> list[Hit]:
    """Return the period words of a levelled text as hits, in order."""
    if not levelled:
        return []
    found: list[Hit] = []
    for match in _PATTERN.finditer(levelled):
        name = _name(match, calendar)
        of_month = calendar.month and match["year"] and found and found[-1].end >= match.start() - 1
        if name and not (of_month and found[-1].names == {"p_this"}):
            found.append(Hit(match.start(), match.end(), frozenset({name}), _NONE, match[0]))
    return found


def _name(match: re.Match[str], calendar: Calendar) -> str:
    if match["q"]:
        quarter = _ROMAN.get(match["q"]) or int(match["q"])
        year = int(match["qy"]) if match["qy"] else None
        return _quarter(quarter, LAST_YEAR if match["qlast"] else year, calendar)
    if match["months"]:
        count = _COUNTS.get(match["months"]) or int(match["months"])
        return _months(count, match["half"] or "", int(match["my"]) if match["my"] else None, calendar)
    month = match["month"] or match["each_month"] or match["clause_month"]
    if month:
        return "p_this" if calendar.month == int(month.split()[-1]) else "p_other"
    if match["year"]:
        return _year(int(match["year"]), calendar)
    if match["same"] or match["last"]:
        return "p_prior"
    if match["start"]:
        return "p_ytd" if calendar.quarter == 3 or calendar.month else "p_this"
    fixed = {"ytd": "p_ytd", "before": "p_other", "next": "p_future", "this": "p_this", "whole": "p_year"}
    return next(name for group, name in fixed.items() if match[group])


def _quarter(quarter: int, year: int | None, calendar: Calendar) -> str:
    """Return what a named quarter is to the report's round; in a cumulative report no quarter is the period."""
    if calendar.year is None or calendar.quarter is None:
        return "p_this"
    if year is not None and year < calendar.year:
        return "p_prior" if quarter == calendar.quarter else "p_other"
    if (year or calendar.year, quarter) > (calendar.year, calendar.quarter):
        return "p_future"
    if calendar.month:
        return "p_other"
    return "p_this" if quarter == calendar.quarter and quarter in (1, 3) else "p_other"


def _months(count: int, half: str, year: int | None, calendar: Calendar) -> str:
    """Return what a span of months from the start of the year is to the report's round."""
    if calendar.month and count == calendar.month and count > 1 and half not in _LATER:
        return "p_prior" if year is not None and calendar.year is not None and year < calendar.year else "p_ytd"
    if count not in (3, 6, 9, 12):
        return "p_other" if 1 < count < 12 else ""
    if calendar.year is not None and year is not None and year < calendar.year:
        return "p_prior"
    if half in _LATER:
        return "p_future"
    own = {1: 3, 2: 6, 3: 9, 4: 12}.get(calendar.quarter or 0, count)
    if count == 3 and calendar.quarter == 3 and not half:
        return "p_this"
    if count == own:
        return "p_ytd" if count == 9 and not calendar.months else "p_this"
    return "p_other" if count < own else "p_future"


def _year(year: int, calendar: Calendar) -> str:
    if calendar.year is None or year == calendar.year:
        return "p_this" if calendar.quarter == 4 and not calendar.month else "p_year"
    if year > calendar.year:
        return "p_future"
    return "p_prior" if year == calendar.year - 1 else "p_other"


def merge(concepts: list[Hit], periods: list[Hit]) -> list[Hit]:
    """Return both in order; where two overlap the longer stays, a phrase before a period of equal length."""
    if not periods:
        return concepts
    kept: list[Hit] = []
    for hit in sorted([*concepts, *periods], key=lambda h: (h.start, h.start - h.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
        elif hit.end - hit.start > kept[-1].end - kept[-1].start:
            kept[-1] = hit
    return kept


class NamedPeriod(NamedTuple):
    """A period named at `start`–`end` of a levelled text, as a concept seen from the report's round ("p_prior")."""

    start: int
    end: int
    concept: str


@lru_cache(maxsize=2048)
def periods_in(levelled: str, round_label: str | None) -> tuple[NamedPeriod, ...]:
    """Return the periods that a levelled text names, seen from a round ("2023-Q3")."""
    hits = find_periods(levelled, Calendar.of(round_label))
    return tuple(NamedPeriod(hit.start, hit.end, next(iter(hit.names))) for hit in hits)
