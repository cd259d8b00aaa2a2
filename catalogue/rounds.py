"""Collection rounds: the four a year, their windows and what their reports are called.

Belongs here: the value `Round`, its static label (`2023-Q3`), and its calendar by the rules of `rounds.yaml`: window,
opening, reminders, due date, close, and what the office set otherwise for one round.
Stays out: which reports have arrived (warehouse), when things run (pipelines).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, total_ordering
from typing import Any

from catalogue.source import load_yaml, shipped
from cchc.errors import CatalogueError

_LABEL = re.compile(r"(\d{4})-Q([1-4])")
_OVERRIDABLE = {"due", "grace_days", "opens_days", "remind_days", "chase_days", "scorecard"}


@dataclass(frozen=True)
class Windows:
    """The calendar of `rounds.yaml`: its years, days of grace, and per round number its title and days."""

    years: range
    grace_days: int
    rounds: Mapping[int, Mapping[str, Any]]


@total_ordering
@dataclass(frozen=True)
class Round:
    """One collection round (kỳ báo cáo), as year and number 1 to 4."""

    year: int
    number: int

    @property
    def label(self) -> str:
        """Return the static partition label, as "2023-Q3"."""
        return f"{self.year}-Q{self.number}"

    @property
    def cumulative(self) -> bool:
        """Tell whether the round's report covers the year so far (6 months, year) and not one quarter."""
        return self.number in (2, 4)

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
    def closes(self) -> date:
        """Return the last day on which the report is still taken into the round: due date and days of grace."""
        return self.due + timedelta(days=_windows().grace_days)

    @property
    def title_vi(self) -> str:
        """Return what the report of the round is called, as "quý III năm 2023"."""
        return str(_windows().rounds[self.number]["title"]).format(year=self.year)

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

    def _setting(self, key: str) -> Any:
        """Return what holds for this round: its own setting, else the one for all rounds."""
        own = self._override()
        return own[key] if key in own else _windows()[key]

    def _override(self) -> dict[str, Any]:
        found: dict[str, Any] = _windows().get("overrides", {}).get(self.label, {})
        return found

    def _day(self, key: str) -> date:
        year_offset, month, day = _windows().rounds[self.number][key]
        return date(self.year + year_offset, month, day)


def parse_round(label: str) -> Round:
    """Return the round a label names.

    Raises:
        CatalogueError: the label is not of the form 2023-Q3.
    """
    match = _LABEL.fullmatch(label.strip().upper())
    if match is None:
        raise CatalogueError(f"'{label}' names no round; write a year and a quarter, as 2023-Q3")
    return Round(int(match[1]), int(match[2]))


def known_rounds() -> list[Round]:
    """Return every round of the calendar's years, oldest first."""
    first, last = _windows()["years"]
    return [r for year in range(first, last + 1) for r in rounds_of_year(year)]


def round_of_day(day: date) -> Round:
    """Return the round whose quarter contains `day`: the Q1 window begins in December of the year before."""
    candidates = [Round(year, number) for year in (day.year, day.year + 1) for number in (1, 2, 3, 4)]
    return next(r for r in candidates if day <= r.window_end)


def rounds_of_year(year: int) -> list[Round]:
    """Return the four rounds of a year, as they are laid out ahead."""
    return [Round(year, number) for number in (1, 2, 3, 4)]


@cache
def _windows() -> dict[str, Any]:
    path = shipped("rounds.yaml")
    loaded: dict[str, Any] = load_yaml(path)
    if set(loaded.get("rounds", {})) != {1, 2, 3, 4}:
        raise CatalogueError(f"{path.name}: rounds 1 to 4 are needed, each once; add what is missing")
    missing = sorted({"years", "grace_days", "opens_days", "remind_days", "chase_days"} - set(loaded))
    if missing:
        raise CatalogueError(f"{path.name}: '{missing[0]}' is needed; give a number of days or a list of them")
    for label, own in (loaded.get("overrides") or {}).items():
        _check_override(path, label, own)
    return {**loaded, "overrides": loaded.get("overrides") or {}}


def _check_override(path: Path, label: str, own: object) -> None:
    where = f"{path.name}:{line_of(path, 'overrides', label)}"
    if _LABEL.fullmatch(label) is None or not isinstance(own, dict):
        raise CatalogueError(f"{where}: '{label}' names no round; write a label as 2023-Q3 and settings below it")
    unknown = sorted(set(own) - _OVERRIDABLE)
    if unknown:
        raise CatalogueError(
            f"{where}: '{unknown[0]}' cannot be set for one round; use {', '.join(sorted(_OVERRIDABLE))}"
        )
    if "due" in own and not isinstance(own["due"], date):
        raise CatalogueError(f"{where}: due is '{own['due']}', no day; write it as 2023-09-20")
