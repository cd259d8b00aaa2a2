"""Collection rounds: the four a year, their windows and what their reports are called.

Belongs here: the value `Round`, its static label (`2023-Q3`), and its calendar: window, opening, reminders, due date,
close. Stays out: the file they come from (`catalogue.roundfile`), days under another calendar (`catalogue.rounddays`),
which reports have arrived (warehouse), when things run (pipelines).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

from catalogue.rounddays import RoundDays, label_of
from catalogue.roundfile import calendar
from cchc.errors import CatalogueError

_LABEL = re.compile(r"(\d{4})-Q([1-4])")


@total_ordering
@dataclass(frozen=True)
class Round:
    """One collection round (kỳ báo cáo), as year and number 1 to 4."""

    year: int
    number: int

    @property
    def label(self) -> str:
        """Return the static partition label, as "2023-Q3"."""
        return label_of(self.year, self.number)

    @property
    def cumulative(self) -> bool:
        """Return whether the round's report covers the year so far (6 months, year) and not one quarter."""
        return self.number in (2, 4)

    @property
    def days(self) -> RoundDays:
        """Return the days of the round under the office's calendar."""
        return RoundDays(calendar(), self.year, self.number)

    @property
    def window_start(self) -> date:
        """Return the first day whose events the report covers."""
        return self.days.window_start

    @property
    def window_end(self) -> date:
        """Return the last day whose events the report covers."""
        return self.days.window_end

    @property
    def due(self) -> date:
        """Return the last day on which the report is on time."""
        return self.days.due

    @property
    def opens(self) -> date:
        """Return the day on which the office begins to collect the round's reports."""
        return self.days.opens

    @property
    def reminders(self) -> tuple[date, ...]:
        """Return the days before the due date on which wards that have sent nothing are reminded."""
        return self.days.reminders

    @property
    def chases(self) -> tuple[date, ...]:
        """Return the days after the due date on which wards that have sent nothing are asked again."""
        return self.days.chases

    @property
    def closes(self) -> date:
        """Return the last day on which the report is still taken into the round: due date and days of grace."""
        return self.days.closes

    @property
    def scorecard(self) -> str | None:
        """Return the scorecard the office chose for this round alone, None where the general setting holds."""
        own: str | None = calendar().setting(self.label, "scorecard")
        return own

    @property
    def title_vi(self) -> str:
        """Return what the report of the round is called, as "quý III năm 2023"."""
        own: str | None = calendar().setting(self.label, "title")
        return str(own or calendar().rounds[self.number]["title"]).format(year=self.year)

    def previous(self) -> Round:
        """Return the round before this one."""
        return Round(self.year - 1, 4) if self.number == 1 else Round(self.year, self.number - 1)

    def next(self) -> Round:
        """Return the round after this one."""
        return Round(self.year + 1, 1) if self.number == 4 else Round(self.year, self.number + 1)

    def same_last_year(self) -> Round:
        """Return the same round of the year before."""
        return Round(self.year - 1, self.number)

    def __lt__(self, other: Round) -> bool:
        return (self.year, self.number) < (other.year, other.number)

    def __str__(self) -> str:
        return self.label


def parse_round(label: str) -> Round:
    """Return the round a label names.

    Raises:
        CatalogueError: the label is not of the form 2023-Q3.
    """
    match = _LABEL.fullmatch(label.strip().upper())
    if match is None:
        raise CatalogueError(f"'{label}' names no round; write a year and a quarter, as 2023-Q3")
    return Round(int(match[1]), int(match[2]))


LAST_YEAR = 2099
"""The last year of rounds in a calendar that has no last year."""


def known_rounds(until: int | None = None) -> list[Round]:
    """Return every round of the calendar's years, oldest first; none after the year `until` in one without an end."""
    first, last = calendar().years
    end = last if last is not None else min(until or LAST_YEAR, LAST_YEAR)
    return [found for year in range(first, end + 1) for found in rounds_of_year(year)]


def is_kept(found: Round) -> bool:
    """Return whether a round is one of the calendar's years."""
    first, last = calendar().years
    return first <= found.year <= (last if last is not None else LAST_YEAR)


def rounds_of_year(year: int) -> list[Round]:
    """Return the four rounds of a year, as they are laid out ahead."""
    return [Round(year, number) for number in (1, 2, 3, 4)]


def round_of_day(day: date) -> Round:
    """Return the round whose quarter contains `day`: the Q1 window begins in December of the year before."""
    candidates = [Round(year, number) for year in (day.year, day.year + 1) for number in (1, 2, 3, 4)]
    return next(r for r in candidates if day <= r.window_end)
