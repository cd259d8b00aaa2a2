"""The reporting units and their names in time.

Belongs here: wards (phường, xã) with official code, kind, name, validity and successor, from `wards.csv`.
Stays out: recognising a ward's name in a letterhead (`parsers`).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache

from catalogue.source import shipped


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
        """Tell whether the unit exists on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@cache
def wards() -> dict[str, Ward]:
    """Return the wards by slug, in the order of the file (that of the official codes)."""
    with shipped("wards.csv").open(encoding="utf-8", newline="") as stream:
        return {row["slug"]: _ward(row) for row in csv.DictReader(stream)}


def wards_on(day: date) -> list[Ward]:
    """Return the wards that exist on `day`."""
    return [ward for ward in wards().values() if ward.valid_on(day)]


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
