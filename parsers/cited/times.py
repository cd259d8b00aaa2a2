"""Dates and periods cited by their form: "ngày 08 tháng 9 năm 2023", "quý III/2022", "9 tháng".

Belongs here: the words before and behind a number that make it a day, a month, an hour, a quarter, months or a year.
Stays out: the shapes themselves (`shapes`), and of which period a figure is (`parsers.text.periods`).
"""

from __future__ import annotations

import re

from catalogue.wordlists import word_list
from parsers.cited import shapes
from parsers.cited.before import Span, cue_start, is_counted
from parsers.reading import AccountKind

_DAY_CUES = frozenset(word_list("day_cues"))
_EACH = frozenset(word_list("each"))
_STATES = frozenset(word_list("states_of_due"))
_AROUND_DAY = frozenset(word_list("around_day"))
_KINDS_OF_DUE = frozenset(word_list("kinds_of_due"))
_YEAR_CUES = frozenset(word_list("year_cues"))
_CLOCK_CUES = frozenset(word_list("clock_cues"))
_MONTH, _QUARTER = frozenset(word_list("month")), frozenset(word_list("quarter"))
_YEAR = frozenset(word_list("year"))
_DUE, _OF_EACH_MONTH = frozenset(word_list("due")), frozenset(word_list("of_each_month"))


def date_at(text: str, start: int, before: str, last: str, prior: str) -> Span | None:
    """Return a day, a month of a year, or a time of day."""
    match = (
        shapes.FULL_DATE.match(text, start) or shapes.CLOCK.match(text, start) or shapes.DAY_RANGE.match(text, start)
    )
    match = match or shapes.DAY_SPOKEN_YEAR.match(text, start)
    if match is None and last in _DAY_CUES:
        match = shapes.DAY_SPOKEN.match(text, start) or shapes.DAYS.match(text, start)
        bare = match is not None and match[0].isdigit()
        if match and bare and (prior in _EACH | _STATES or is_counted(text, match.end())):
            match = None
    elif match is None and last in _MONTH:
        match = shapes.MONTH_OF.match(text, start)
        if match and (prior in _EACH - _OF_EACH_MONTH or (match[0].isdigit() and is_counted(text, match.end()))):
            match = None
    elif match is None:
        match = _uncued_date(text, start, last, prior)
    if match is None:
        return None
    return cue_start(before, start, last) if last in _DAY_CUES | _MONTH else start, match.end(), AccountKind.DATE


def _uncued_date(text: str, start: int, last: str, prior: str) -> re.Match[str] | None:
    """Return "15/9" behind a word of time, "9/2022", or the hour behind "lúc", where they count nothing."""
    match = shapes.MONTH_AND_YEAR.match(text, start)
    if match is None and (last in _AROUND_DAY or (last in _DUE and prior not in _KINDS_OF_DUE)):
        match = shapes.DAY_OF_MONTH.match(text, start)
        if match and int(match["day"]) == int(match["month"]):
            match = None
    if match is None and last in _CLOCK_CUES:
        match = shapes.HOUR.match(text, start)
    return None if match and is_counted(text, match.end()) else match


def period_at(text: str, start: int, before: str, last: str) -> Span | None:
    """Return a quarter, a count of months, or a year."""
    match = shapes.QUARTER.match(text, start) if last in _QUARTER else None
    if match:
        return cue_start(before, start, last), match.end(), AccountKind.PERIOD
    match = shapes.MONTHS.match(text, start)
    if match:
        return start, match.end(), AccountKind.PERIOD
    match = shapes.YEARS.match(text, start)
    if match is None or (last not in _YEAR and is_counted(text, match.end())):
        return None
    quarter = shapes.QUARTER_BEFORE.search(before)
    if quarter:
        return start - len(before) + quarter.start(), match.end(), AccountKind.PERIOD
    if len(match[0]) == 4 and last not in _YEAR_CUES:
        return None
    return cue_start(before, start, last) if last in _YEAR else start, match.end(), AccountKind.PERIOD
