"""Collection rounds: their windows and what their reports are called.

Every office keeps the four rounds of quarters. One whose calendar says so also keeps a round over nine months
(`2026-9M`) and one of each month (`2026-M08`).

Belongs here: the value `Round`, its static label (`2023-Q3`), and its calendar: window, opening, reminders, due date,
close. Stays out: the file they come from (`catalogue.roundfile`), days under another calendar (`catalogue.rounddays`),
which reports have arrived (warehouse), when things run (pipelines).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import total_ordering
from typing import Literal

from catalogue.rounddays import MONTHS, NINE_MONTHS, RoundDays, label_of, year_and_number
from catalogue.roundfile import calendar
from cchc.errors import CatalogueError

Kind = Literal["quarter", "nine_months", "month"]


@total_ordering
@dataclass(frozen=True)
class Round:
    """One collection round (kỳ báo cáo).

    `number` is 1 to 4 for the rounds of quarters, 9 for the one over nine months, 101 to 112 for those of months.
    """

    year: int
    number: int

    @property
    def label(self) -> str:
        """Return the static partition label, as "2023-Q3"."""
        return label_of(self.year, self.number)

    @property
    def kind(self) -> Kind:
        """Return what the round is over: a quarter (or the year so far in its place), nine months or a month."""
        if self.number > MONTHS:
            return "month"
        return "nine_months" if self.number == NINE_MONTHS else "quarter"

    @property
    def month(self) -> int:
        """Return the month of the year, 1 to 12, in which the round ends by its name."""
        if self.kind == "quarter":
            return 3 * self.number
        return self.number - MONTHS if self.kind == "month" else 9

    @property
    def quarter(self) -> int:
        """Return the quarter, 1 to 4, in which the round ends by its name."""
        return (self.month + 2) // 3

    @property
    def opens_year(self) -> bool:
        """Return whether the round is the first of its kind in the year, so that its period is the year so far."""
        return self.number in (1, MONTHS + 1)

    @property
    def cumulative(self) -> bool:
        """Return whether the round's report covers the year so far (6 months, 9 months, year) and not one quarter."""
        return self.number in (2, 4, NINE_MONTHS)

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
        """Return the round before this one: of months the month before, of nine months the half-year."""
        if self.opens_year:
            return Round(self.year - 1, 4 if self.kind == "quarter" else MONTHS + 12)
        return Round(self.year, 2 if self.kind == "nine_months" else self.number - 1)

    def next(self) -> Round:
        """Return the round after this one."""
        if self.number in (4, MONTHS + 12):
            return Round(self.year + 1, 1 if self.kind == "quarter" else MONTHS + 1)
        return Round(self.year, 4 if self.kind == "nine_months" else self.number + 1)

    def earlier_of_year(self) -> tuple[Round, ...]:
        """Return the rounds of the year before this one that report the same kind of span, oldest first."""
        first = MONTHS + 1 if self.kind == "month" else 1
        numbers = [*range(first, 3 if self.kind == "nine_months" else self.number)]
        return tuple(Round(self.year, n) for n in (*numbers, *([NINE_MONTHS] if self.number == 4 else [])))

    def same_last_year(self) -> Round:
        """Return the same round of the year before."""
        return Round(self.year - 1, self.number)

    def __lt__(self, other: Round) -> bool:
        return (self.year, self.month, -self.number) < (other.year, other.month, -other.number)

    def __str__(self) -> str:
        return self.label


def parse_round(label: str) -> Round:
    """Return the round a label names.

    Raises:
        CatalogueError: the label is not of the form 2023-Q3, 2026-9M or 2026-M08.
    """
    named = year_and_number(label.strip().upper())
    if named is None:
        raise CatalogueError(
            f"'{label}' names no round; write a year and a quarter, as 2023-Q3, or 2026-9M, or a month, as 2026-M08"
        )
    return Round(*named)


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
    """Return the rounds of a year that the calendar keeps, as they are laid out ahead."""
    return sorted(Round(year, number) for number in calendar().rounds)


def keeps(number: int) -> bool:
    """Return whether the office's calendar has rounds of a number: 1 to 4 always, 9 and 101 to 112 if it says so."""
    return number in calendar().rounds


def round_of_day(day: date) -> Round:
    """Return the round whose quarter contains `day`: the Q1 window begins in December of the year before."""
    candidates = [Round(year, number) for year in (day.year, day.year + 1) for number in (1, 2, 3, 4)]
    return next(r for r in candidates if day <= r.window_end)
