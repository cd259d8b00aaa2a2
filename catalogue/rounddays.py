"""The days of a round under a calendar: window, opening, reminders, due date, close.

Belongs here: the labels of rounds, the calendar as plain values and the arithmetic from it to days, whichever calendar
it is, so that one that is only thought of can be looked at. Stays out: the file (`catalogue.roundfile`), the round
itself (`catalogue.rounds`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

NINE_MONTHS = 9
MONTHS = 100
"""Numbers of rounds: that of nine months, and what is added to a month's."""
_LABEL = re.compile(r"(\d{4})-(?:Q(?P<quarter>[1-4])|(?P<nine>9M)|M(?P<month>0[1-9]|1[0-2]))")


def label_of(year: int, number: int) -> str:
    """Return the label of a round, as "2023-Q3", "2026-9M" over nine months or "2026-M08" over one."""
    if number > MONTHS:
        return f"{year}-M{number - MONTHS:02}"
    return f"{year}-9M" if number == NINE_MONTHS else f"{year}-Q{number}"


def year_and_number(label: str) -> tuple[int, int] | None:
    """Return the year of a label and the number of its round, as `label_of` takes them; None where it names none."""
    match = _LABEL.fullmatch(label)
    if match is None:
        return None
    number = int(match["quarter"] or 0) or (NINE_MONTHS if match["nine"] else MONTHS + int(match["month"]))
    return int(match[1]), number


@dataclass(frozen=True)
class Calendar:
    """The calendar: its years, title and days by number of the round, settings for all rounds and for single ones.

    `years` are the first and the last for which rounds are kept; None where there is no last.
    """

    years: tuple[int, int | None]
    rounds: Mapping[int, Mapping[str, Any]]
    settings: Mapping[str, Any]
    overrides: Mapping[str, Mapping[str, Any]]

    def setting(self, label: str, key: str) -> Any:
        """Return what holds for one round: its own setting, else the one for all rounds, else None."""
        return self.overrides.get(label, {}).get(key, self.settings.get(key))


@dataclass(frozen=True)
class RoundDays:
    """The days of one round, by its year and number (see `label_of`), under one calendar."""

    calendar: Calendar
    year: int
    number: int

    @property
    def label(self) -> str:
        """Return the round's label."""
        return label_of(self.year, self.number)

    @property
    def window_start(self) -> date:
        """Return the first day whose events the report covers."""
        return self._day("window_start")

    @property
    def window_end(self) -> date:
        """Return the last day whose events the report covers."""
        return self._day("window_end")

    @property
    def due(self) -> date:
        """Return the last day on which the report is on time."""
        return self._day("due")

    @property
    def opens(self) -> date:
        """Return the day on which the office begins to collect the round's reports."""
        return self.due - timedelta(days=self.number_of("opens_days"))

    @property
    def closes(self) -> date:
        """Return the last day on which the report is still taken into the round: due date and days of grace."""
        return self.due + timedelta(days=self.number_of("grace_days"))

    @property
    def reminders(self) -> tuple[date, ...]:
        """Return the days before the due date on which wards that have sent nothing are reminded."""
        return tuple(sorted(self.due - timedelta(days=days) for days in self.numbers_of("remind_days")))

    @property
    def chases(self) -> tuple[date, ...]:
        """Return the days after the due date on which wards that have sent nothing are asked again."""
        return tuple(sorted(self.due + timedelta(days=days) for days in self.numbers_of("chase_days")))

    def number_of(self, key: str) -> int:
        """Return a setting that is a number of days."""
        return int(self.calendar.setting(self.label, key))

    def numbers_of(self, key: str) -> list[int]:
        """Return a setting that is a list of numbers of days."""
        return list(self.calendar.setting(self.label, key))

    def _day(self, key: str) -> date:
        own: date | None = self.calendar.setting(self.label, key)
        if own is not None:
            return own
        year_offset, month, day = self.calendar.rounds[self.number][key]
        return date(self.year + year_offset, month, day)
