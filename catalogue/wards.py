"""The reporting units and their names in time.

Belongs here: units (phường, xã, thị trấn, đặc khu) with official code, kind, name, validity and successor, from the
office's `units.csv`.
Stays out: the units of all offices together (`catalogue.gazetteer`), recognising a name in a letterhead (`parsers`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from catalogue.offices import UNITS_FILE, current_folder
from cchc.errors import CatalogueError
from cchc.messages import translator

_ = translator("catalogue")

KINDS = ("phường", "xã", "thị trấn", "đặc khu")
"""The kinds of commune-level units, of today and before the reform of 2025."""


def kinds_of(kinds: Iterable[str]) -> tuple[str, ...]:
    """Return each of the kinds once, in the order of `KINDS`."""
    there = set(kinds)
    return tuple(kind for kind in KINDS if kind in there)


@dataclass(frozen=True)
class Ward:
    """One commune-level unit, identified by (code, valid_from)."""

    code: str
    slug: str
    kind: str
    name: str
    valid_from: date
    valid_to: date | None
    successor_code: str
    successor_kind: str
    successor_name: str

    @property
    def full_name(self) -> str:
        """Return kind and name, as "phường Phổ Minh"."""
        return f"{self.kind} {self.name}"

    def valid_on(self, day: date) -> bool:
        """Return whether the unit exists on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def wards() -> dict[str, Ward]:
    """Return the office's units by slug, in the order of the file (that of the official codes)."""
    return load_units(current_folder() / UNITS_FILE)


def wards_on(day: date) -> list[Ward]:
    """Return the office's units that exist on `day`."""
    return [ward for ward in wards().values() if ward.valid_on(day)]


@cache
def load_units(path: Path) -> dict[str, Ward]:
    """Return the units of a file by slug.

    Raises:
        CatalogueError: a column is missing, a kind or day cannot be, or a slug or unit stands twice; the message names
            file and line.
    """
    if not path.is_file():
        says = _("{path}: the office has no list of units yet; make it with cchc office import")
        raise CatalogueError(says.format(path=path))
    found: dict[str, Ward] = {}
    for line, row in enumerate(csv.DictReader(io.StringIO(_text(path))), start=2):
        where = f"{path.name}:{line}"
        ward = _checked(row, where)
        if ward.slug in found:
            says = _("{where}: slug '{slug}' stands twice; give one of them its kind")
            raise CatalogueError(says.format(where=where, slug=ward.slug))
        found[ward.slug] = ward
    keys = [(ward.code, ward.valid_from) for ward in found.values()]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice:
        says = _("{file}: code {code} begins twice on {day}; keep one of the rows")
        raise CatalogueError(says.format(file=path.name, code=twice[0], day=twice[1]))
    return found


def _text(path: Path) -> str:
    """Return the text of a list, with or without the mark that spreadsheets put first."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        says = _("{file}: not a text in UTF-8; save it as CSV UTF-8")
        raise CatalogueError(says.format(file=path.name)) from error


def _checked(row: dict[str, str], where: str) -> Ward:
    try:
        ward = _ward(row)
    except KeyError as error:
        says = _("{where}: column {column} is missing; write the columns of the shipped file, parted by commas")
        raise CatalogueError(says.format(where=where, column=error)) from error
    except ValueError as error:
        says = _("{where}: no days: {first} – {last}; write them as 2025-07-01")
        raise CatalogueError(says.format(where=where, first=row["valid_from"], last=row["valid_to"])) from error
    if ward.kind not in KINDS:
        says = _("{where}: '{kind}' is no kind of unit; use one of {known}")
        raise CatalogueError(says.format(where=where, kind=ward.kind, known=", ".join(KINDS)))
    if ward.valid_to is not None and ward.valid_to < ward.valid_from:
        says = _("{where}: {unit} ends before it begins; mend valid_from or valid_to")
        raise CatalogueError(says.format(where=where, unit=ward.full_name))
    return ward


def _ward(row: dict[str, str]) -> Ward:
    return Ward(
        code=row["code"],
        slug=row["slug"],
        kind=row["kind"],
        name=row["name"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        successor_code=row["successor_code"],
        successor_kind=row["successor_kind"],
        successor_name=row["successor_name"],
    )
