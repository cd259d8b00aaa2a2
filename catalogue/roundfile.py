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
from catalogue.rounddays import MONTHS, NINE_MONTHS, Calendar, RoundDays, label_of, year_and_number
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
    made = Calendar(_years(path, loaded), {**loaded["rounds"], **_more(path, loaded)}, settings, overrides)
    _check_days(path, made)
    return made


def _check_days(path: Path, made: Calendar) -> None:
    """Raise where a day cannot be, or a window ends before it begins or is due before it begins."""
    for label in (*(label_of(made.years[0], number) for number in sorted(made.rounds)), *made.overrides):
        named = year_and_number(str(label))
        if named is None or named[1] not in made.rounds:
            known = ", ".join(label_of(made.years[0], number) for number in sorted(made.rounds))
            raise CatalogueError(f"{path.name}: '{label}' names no round of this calendar; write it as one of {known}")
        days = RoundDays(made, *named)
        try:
            right = days.window_start <= days.window_end and days.window_start <= days.due
        except (ValueError, TypeError) as error:
            raise CatalogueError(f"{path.name}: a day of round {label} cannot be ({error}); mend it") from error
        if not right:
            raise CatalogueError(
                f"{path.name}: round {label} runs from {days.window_start} to {days.window_end} and is due on "
                f"{days.due}; a window must end, and be due, after it begins"
            )


def _more(path: Path, loaded: Mapping[str, Any]) -> dict[int, Mapping[str, Any]]:
    """Return the rounds beside the quarters that a calendar keeps: over nine months, and of each month."""
    found: dict[int, Mapping[str, Any]] = {}
    for section, parts in (("nine_months", 3), ("months", 2)):
        entry = loaded.get(section)
        if entry is None:
            continue
        days = {key: entry.get(key) for key in ("window_start", "window_end", "due")} if isinstance(entry, dict) else {}
        right = days and "title" in entry and all(_is_day(day, parts) for day in days.values())
        if not right:
            where = f"{path.name}:{line_of(path, section)}"
            form = "[year, month, day]" if parts == 3 else "[months from its own, day]"
            raise CatalogueError(f"{where}: '{section}' needs title, window_start, window_end and due, days as {form}")
        found |= {NINE_MONTHS: entry} if parts == 3 else {MONTHS + m: _month(entry["title"], days, m) for m in _YEAR}
    return found


_YEAR = range(1, 13)


def _is_day(value: object, parts: int) -> bool:
    return isinstance(value, list) and len(value) == parts and all(isinstance(n, int) for n in value)


def _month(title: str, days: Mapping[str, Any], month: int) -> dict[str, Any]:
    """Return the entry of one month: its days counted from the month become years from its year, month, day."""
    placed = {key: [*divmod(month - 1 + away, 12), day] for key, (away, day) in days.items()}
    return {
        "title": title.replace("{month}", str(month)),
        **{key: [year, index + 1, day] for key, (year, index, day) in placed.items()},
    }


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
