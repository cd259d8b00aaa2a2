"""The country's commune-level units before and after 1 July 2025, with the map between them (SOURCE.md).

Belongs here: the shipped tables as values; the data's source and date stand beside them.
Stays out: the units of an office (`catalogue.wards`), reading a letterhead (`parsers`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from catalogue.office import Level

REFORM = date(2025, 7, 1)
"""The first day without a district level."""

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class CountryUnit:
    """A commune-level unit of the country's list; `above` its district (until the reform) and province."""

    code: str
    kind: str
    name: str
    above: tuple[Level, ...]
    since_reform: bool
    province_code: str
    district_code: str = ""

    @property
    def full_name(self) -> str:
        """Return the unit with the levels above it, as "xã Ba Vì, huyện Ba Tơ, tỉnh Quảng Ngãi"."""
        return ", ".join([f"{self.kind} {self.name}", *(level.full_name for level in self.above)])

    def valid_on(self, day: date) -> bool:
        """Return whether the list the unit stands in holds on `day`."""
        return self.since_reform == (day >= REFORM)


@dataclass(frozen=True)
class Succession:
    """An old unit went into a new one: `share` 1 where whole, None where it was split; `main` the one with its seat.

    `agreed` tells whether a second list says the same.
    """

    old: str
    new: str
    share: float | None
    main: bool
    agreed: bool


@cache
def country_units() -> tuple[CountryUnit, ...]:
    """Return all units, those until the reform first, each list in the order of the codes."""
    return (*_old_units(), *_new_units())


@cache
def provinces(as_of: str) -> dict[str, Level]:
    """Return the provinces by code, of the list "2025-06-30" or "2025-07-01"."""
    return {row["code"]: Level(row["kind"], row["name"]) for row in _rows("provinces.csv") if row["as_of"] == as_of}


@cache
def successions() -> tuple[Succession, ...]:
    """Return the map from old units to new ones."""
    return tuple(
        Succession(
            row["old"],
            row["new"],
            float(row["share"]) if row["share"] else None,
            row["main"] == "1",
            row["agreed"] == "1",
        )
        for row in _rows("successors.csv")
    )


def _old_units() -> Iterator[CountryUnit]:
    above = provinces("2025-06-30")
    districts = {row["code"]: row for row in _rows("districts.csv")}
    for row in _rows("units-until-2025-06-30.csv"):
        district = districts[row["district"]]
        province = district["province"]
        levels = (Level(district["kind"], district["name"]), above[province])
        yield CountryUnit(row["code"], row["kind"], row["name"], levels, False, province, district["code"])


def _new_units() -> Iterator[CountryUnit]:
    above = provinces("2025-07-01")
    for row in _rows("units-from-2025-07-01.csv"):
        yield CountryUnit(row["code"], row["kind"], row["name"], (above[row["province"]],), True, row["province"])


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)
