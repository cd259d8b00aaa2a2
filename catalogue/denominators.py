"""What the figures of a unit are held against: its people, households and area, by year.

Belongs here: the office's `denominators.csv`, each value with its source and the day of the source.
Stays out: the rates that follow (`warehouse.marts.rates`); what a report prints, which are figures.

A value is typed from a publication and never estimated here: a unit without a line has no rate.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from catalogue.offices import UNITS_FILE, current_folder
from catalogue.wards import Ward, load_units
from cchc.errors import CatalogueError
from cchc.messages import translator

_ = translator("catalogue")

DENOMINATORS_FILE = "denominators.csv"
COLUMNS = ("ward", "year", "measure", "value", "source", "source_date")
MEASURES = ("population", "households", "area_km2")
"""People and households in pieces, area in square kilometres."""


@dataclass(frozen=True)
class Denominator:
    """One value of a unit and year; `source` names the publication, `source_date` its day."""

    ward: str
    year: int
    measure: str
    value: Decimal
    source: str
    source_date: date


def denominators() -> tuple[Denominator, ...]:
    """Return those of the current office in the order of its file, none where it has no such file."""
    folder = current_folder()
    path = folder / DENOMINATORS_FILE
    return load_denominators(path, folder / UNITS_FILE) if path.is_file() else ()


@cache
def load_denominators(path: Path, units: Path) -> tuple[Denominator, ...]:
    """Return the values of a file for the units of another, in the order of the file.

    Raises:
        CatalogueError: a column, unit, year, measure, value or source is missing or cannot be, or a value stands
            twice; the message names file and line.
    """
    known = load_units(units)
    found: dict[tuple[str, int, str], Denominator] = {}
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream)
        if tuple(rows.fieldnames or ()) != COLUMNS:
            raise CatalogueError(_("{file}:1: the columns are {columns}; write exactly these").format(
                file=path.name, columns=",".join(COLUMNS)
            ))  # fmt: skip
        for row in rows:
            where = f"{path.name}:{rows.line_num}"
            one = _checked(row, known, where)
            if found.setdefault((one.ward, one.year, one.measure), one) is not one:
                raise CatalogueError(_("{where}: {measure} of '{ward}' in {year} stands twice; keep one line").format(
                    where=where, measure=one.measure, ward=one.ward, year=one.year
                ))  # fmt: skip
    return tuple(found.values())


def _checked(row: dict[str, str | None], known: dict[str, Ward], where: str) -> Denominator:
    """Return a line as a value, or say what is wrong with it."""
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    missing = [name for name, cell in cells.items() if not cell]
    if missing:
        raise CatalogueError(_("{where}: {columns} is empty; fill it in, or take the line out").format(
            where=where, columns=", ".join(missing)
        ))  # fmt: skip
    if cells["measure"] not in MEASURES:
        raise CatalogueError(_("{where}: '{given}' is no measure; use one of {known}").format(
            where=where, given=cells["measure"], known=", ".join(MEASURES)
        ))  # fmt: skip
    year = _year(cells["year"], known.get(cells["ward"]), cells["ward"], where)
    value = _value(cells["value"], cells["measure"], where)
    return Denominator(cells["ward"], year, cells["measure"], value, cells["source"], _day(cells["source_date"], where))


def _year(given: str, ward: Ward | None, slug: str, where: str) -> int:
    """Return a year in which the unit exists."""
    if ward is None:
        raise CatalogueError(_("{where}: unit '{ward}' is not in units.csv; mend the name").format(
            where=where, ward=slug
        ))  # fmt: skip
    if not (given.isdecimal() and len(given) == 4):
        raise CatalogueError(_("{where}: '{given}' is no year; write it as 2024").format(where=where, given=given))
    year = int(given)
    if year < ward.valid_from.year or (ward.valid_to is not None and year > ward.valid_to.year):
        raise CatalogueError(_("{where}: {unit} does not exist in {year}; mend the year or the unit").format(
            where=where, unit=ward.full_name, year=year
        ))  # fmt: skip
    return year


def _value(given: str, measure: str, where: str) -> Decimal:
    """Return a number above nought, a whole one of people and households."""
    try:
        value = Decimal(given)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value <= 0 or (measure != "area_km2" and value != value.to_integral_value()):
        raise CatalogueError(_("{where}: '{given}' cannot be a {measure}; write digits only, as 12345").format(
            where=where, given=given, measure=measure
        ))  # fmt: skip
    return value


def _day(given: str, where: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise CatalogueError(_("{where}: '{given}' is no day; write it as 2024-07-01").format(
            where=where, given=given
        )) from error  # fmt: skip
