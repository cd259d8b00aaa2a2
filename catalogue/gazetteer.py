"""The units of every office known here: the current one's and those of the offices that ship.

Belongs here: which unit of which office, under which levels; units of one office shadow the same units of another.
Stays out: the country's whole list (`catalogue.country`), reading a letterhead (`parsers.identity`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from catalogue.office import Level, office
from catalogue.offices import OFFICE_FILE, UNITS_FILE, current_folder, office_name, shipped_folders
from catalogue.wards import Ward, load_units


@dataclass(frozen=True)
class Known:
    """A unit, the office it reports to, and the levels above it, nearest first."""

    unit: Ward
    office: str
    above: tuple[Level, ...]

    @property
    def full_name(self) -> str:
        """Return the unit with the level it reports to, as "xã Ba Tơ, tỉnh Quảng Ngãi"."""
        return f"{self.unit.full_name}, {self.above[0].full_name}"


def known_units() -> tuple[Known, ...]:
    """Return the units of all offices known here, those of the current office first."""
    return _known(current_folder())


def current_office_name() -> str:
    """Return the name of the office this process works for."""
    return office_name(current_folder())


def is_ours(slug: str | None, office: str | None) -> bool:
    """Return whether a unit, as an identity names it, is none of another office's."""
    return slug is None or office in {None, current_office_name()}


def known_name(slug: str | None, office: str | None) -> str:
    """Return the full name of a unit of an office, with the level it reports to; its slug where it is not known."""
    found = (known.full_name for known in known_units() if known.unit.slug == slug and known.office == office)
    return next(found, slug or "")


def last_day_of_units() -> date | None:
    """Return the last day on which the current office has a unit, None where it has none or one without an end."""
    ends = [known.unit.valid_to for known in known_units() if known.office == current_office_name()]
    return None if None in ends else max((end for end in ends if end), default=None)


@cache
def _known(current: Path) -> tuple[Known, ...]:
    folders = [current, *(path for path in shipped_folders().values() if path != current)]
    found: dict[tuple[str, date], Known] = {}
    for known in (known for folder in folders for known in _of_folder(folder)):
        found.setdefault((known.unit.code, known.unit.valid_from), known)
    return tuple(found.values())


def forget_units() -> None:
    """Read the units anew at the next call: a list was written in this process."""
    load_units.cache_clear()
    _known.cache_clear()


def _of_folder(folder: Path) -> Iterator[Known]:
    """Yield the units of an office's folder, none where their list is not there yet."""
    if not (folder / UNITS_FILE).is_file():
        return
    above = office(folder / OFFICE_FILE).above
    for unit in load_units(folder / UNITS_FILE).values():
        yield Known(unit, office_name(folder), above)
