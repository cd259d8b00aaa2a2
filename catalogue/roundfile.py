"""The file `rounds.yaml`: the calendar of collection rounds as checked plain values.

Belongs here: loading, the checks, and which setting holds for which round.
Stays out: what a round is (`catalogue.rounds`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from catalogue.offices import office_file
from catalogue.rounddays import Calendar, RoundDays, label_of
from catalogue.source import line_of, load_yaml, stamp_of
from cchc.errors import CatalogueError

_DAYS = ("grace_days", "opens_days")
_LISTS = ("remind_days", "chase_days")
_DATES = ("due", "window_start", "window_end")
_OVERRIDABLE = {"title", "scorecard", *_DATES, *_DAYS, *_LISTS}


def calendar() -> Calendar:
    """Return the calendar of the current office: its own `rounds.yaml`, else the one that ships with the catalogue."""
    path = office_file("rounds.yaml")
    return _loaded(path, stamp_of(path))


@lru_cache(maxsize=16)
def _loaded(path: Path, _stamp: tuple[int, int]) -> Calendar:
    """Return the calendar of a file as it is now: the office may change it while others are at work."""
    return load_calendar(path)


def load_calendar(path: Path) -> Calendar:
    """Return the calendar of a file.

    Raises:
        CatalogueError: a round or a setting is missing or cannot be; the message names file and line.
    """
    loaded = load_yaml(path)
    if set(loaded.get("rounds", {})) != {1, 2, 3, 4}:
        raise CatalogueError(f"{path.name}: rounds 1 to 4 are needed, each once; add what is missing")
    settings = {key: loaded.get(key) for key in (*_DAYS, *_LISTS)}
    _check(path, settings, ())
    overrides = loaded.get("overrides") or {}
    for label, own in overrides.items():
        if not isinstance(own, dict):
            raise CatalogueError(f"{path.name}:{line_of(path, 'overrides', label)}: settings of '{label}' are missing")
        _check(path, own, ("overrides", label))
    made = Calendar(_years(path, loaded), loaded["rounds"], settings, overrides)
    _check_days(path, made)
    return made


def _check_days(path: Path, made: Calendar) -> None:
    """Raise where a day cannot be, or a window ends before it begins or is due before it begins."""
    for label in (*(label_of(made.years[0], number) for number in sorted(made.rounds)), *made.overrides):
        year, _dash, number = str(label).partition("-Q")
        if not year.isdigit() or number not in ("1", "2", "3", "4"):
            raise CatalogueError(f"{path.name}: '{label}' names no round; write a year and a quarter, as 2023-Q3")
        days = RoundDays(made, int(year), int(number))
        try:
            right = days.window_start <= days.window_end and days.window_start <= days.due
        except (ValueError, TypeError) as error:
            raise CatalogueError(f"{path.name}: a day of round {label} cannot be ({error}); mend it") from error
        if not right:
            raise CatalogueError(
                f"{path.name}: round {label} runs from {days.window_start} to {days.window_end} and is due on "
                f"{days.due}; a window must end, and be due, after it begins"
            )


def _years(path: Path, loaded: Mapping[str, Any]) -> tuple[int, int | None]:
    match loaded.get("years"):
        case [int(first), int(last)] if first <= last:
            return first, last
        case [int(first)]:
            return first, None
    remedy = "as [2022, 2027], or a first alone, as [2022]"
    raise CatalogueError(f"{path.name}:{line_of(path, 'years')}: 'years' needs a first and a last year, {remedy}")


def _check(path: Path, table: Mapping[str, Any], at: tuple[str, ...]) -> None:
    for key, value in table.items():
        if fault := _fault(key, value):
            raise CatalogueError(f"{path.name}:{line_of(path, *at, key)}: '{key}' is {value!r}; {fault}")


def _fault(key: str, value: object) -> str:
    """Return what a setting should be, empty where it is right."""
    if key in _DAYS:
        return "" if _is_days(value) else "give a whole number of days"
    if key in _LISTS:
        right = isinstance(value, list) and all(_is_days(days) for days in value)
        return "" if right else "give a list of whole numbers of days, as [7, 2]"
    if key in _DATES:
        return "" if isinstance(value, date) else "write the day as 2023-09-20"
    return "" if key in _OVERRIDABLE else f"this cannot be set; known are {', '.join(sorted(_OVERRIDABLE))}"


def _is_days(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
