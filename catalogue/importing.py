"""An office's units out of the country's list, and what differs between two lists of units.

Belongs here: choosing the units of a province or district as `units.csv` holds them; the difference of two lists.
Stays out: asking and writing (`pipelines.cli.office`), the country's list itself (`catalogue.country`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from pathlib import Path

from catalogue.country import REFORM, CountryUnit, country_units, successions
from catalogue.gazetteer import known_units
from catalogue.slugs import Named, slugs
from catalogue.wards import Ward
from cchc.errors import CatalogueError
from cchc.messages import translator
from cchc.text import fold

_ = translator("catalogue")

UNKNOWN_BEGINNING = date(2020, 1, 1)
"""The first day given to units of before the reform, whose beginning the list does not tell."""
_ONE = 1.0
_COLUMNS = tuple(field.name for field in fields(Ward))


@dataclass(frozen=True)
class Difference:
    """What a new list of units has that the former has not, what it has no more, and pairs that changed."""

    added: tuple[Ward, ...]
    gone: tuple[Ward, ...]
    changed: tuple[tuple[Ward, Ward], ...]

    @property
    def empty(self) -> bool:
        """Return whether both lists say the same."""
        return not (self.added or self.gone or self.changed)


def units_of(area: str, *, before_reform: bool = False, district: str = "") -> dict[str, Ward]:
    """Return the units of a province by slug, of one of its districts where one is named.

    `area` and `district` are codes or names, with or without kind and marks.

    Raises:
        CatalogueError: no province or district is called so, or the list of that time has no unit there.
    """
    chosen = [u for u in country_units() if u.since_reform is not before_reform and _is_in(u, area, district)]
    if not chosen:
        says = (
            _("the country's list before 01/07/2025 has no unit of '{area}'; write province and district as they were")
            if before_reform
            else _("the country's list since 01/07/2025 has no unit of '{area}'; write a province of today")
        )
        raise CatalogueError(says.format(area=" / ".join(filter(None, (district, area)))))
    return _as_wards(chosen)


def difference(former: Mapping[str, Ward], new: Mapping[str, Ward]) -> Difference:
    """Return what differs between two lists of one time, by code; slugs and first days are the office's own."""
    before = {(ward.code, ward.valid_to): ward for ward in former.values()}
    after = {(ward.code, ward.valid_to): ward for ward in new.values()}
    return Difference(
        tuple(after[key] for key in after if key not in before),
        tuple(before[key] for key in before if key not in after),
        tuple((before[key], after[key]) for key in before if key in after and _says(before[key]) != _says(after[key])),
    )


def updated(former: Mapping[str, Ward], listed: Mapping[str, Ward], since: date) -> dict[str, Ward]:
    """Return a list of units brought to the country's from a day on, so that past rounds keep the units of their time.

    A unit that is gone or became another ends the day before; what came begins on the day, under a slug of its own. A
    unit that began on the day or later is corrected in place: nothing was reported under it before.
    """
    found = difference(former, listed)
    kept = dict(former)
    for before, after in (*((unit, None) for unit in found.gone), *found.changed):
        if before.valid_from >= since:
            del kept[before.slug]
        else:
            kept[before.slug] = _ended(before, since - timedelta(days=1), after)
    fresh = [*found.added, *(after for _before, after in found.changed)]
    named = {Named(unit.code, unit.kind, unit.name, since): unit for unit in fresh}
    given = slugs(named, {slug: unit.name for slug, unit in kept.items()})
    return kept | {given[n]: replace(unit, slug=given[n], valid_from=since) for n, unit in named.items()}


def _ended(unit: Ward, last: date, successor: Ward | None) -> Ward:
    if successor is None:
        return replace(unit, valid_to=last)
    return replace(
        unit,
        valid_to=last,
        successor_code=successor.code,
        successor_kind=successor.kind,
        successor_name=successor.name,
    )


def check_successors(units: Mapping[str, Ward]) -> None:
    """Check that what units went into is what the country's list calls so; a code it does not have yet may be newer.

    Raises:
        CatalogueError: a successor bears another kind or name in the list; it names the unit and both.
    """
    today = {unit.code: unit for unit in country_units() if unit.since_reform}
    for unit in units.values():
        known = today.get(unit.successor_code)
        if known is not None and (known.kind, known.name) != (unit.successor_kind, unit.successor_name):
            says = _("units.csv: {unit} goes into {code} {said}, which is {known} in the country's list; mend the row")
            said, listed = f"{unit.successor_kind} {unit.successor_name}", f"{known.kind} {known.name}"
            raise CatalogueError(says.format(unit=unit.full_name, code=unit.successor_code, said=said, known=listed))


def write_units(path: Path, units: Iterable[Ward]) -> None:
    """Write a list of units in the order of their codes, whole or not at all."""
    temporary = path.with_suffix(".tmp")
    with temporary.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(_COLUMNS)
        for unit in sorted(units, key=lambda u: (u.code, u.valid_from)):
            writer.writerow([_text(getattr(unit, column)) for column in _COLUMNS])
    temporary.replace(path)


def _says(unit: Ward) -> tuple[str, ...]:
    return unit.kind, unit.name, unit.successor_code, unit.successor_kind, unit.successor_name


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _is_in(unit: CountryUnit, area: str, district: str) -> bool:
    province = unit.above[-1]
    in_province = area in (unit.province_code, province.name) or fold(area) in (
        fold(province.name),
        fold(province.full_name),
    )
    if not in_province or not district:
        return in_province
    level = unit.above[0]
    return len(unit.above) > 1 and (
        district == unit.district_code or fold(district) in (fold(level.name), fold(level.full_name))
    )


def _as_wards(units: Iterable[CountryUnit]) -> dict[str, Ward]:
    named = {_named(unit): unit for unit in units}
    ours = {(n.code, n.valid_from) for n in named}
    taken = {k.unit.slug: k.unit.name for k in known_units() if (k.unit.code, k.unit.valid_from) not in ours}
    keep = {(k.unit.code, k.unit.name): k.unit.slug for k in known_units()}
    given = slugs(named, taken)
    wards = [_ward(n, keep.get((n.code, n.name), given[n]), named[n]) for n in named]
    return {ward.slug: ward for ward in wards}


def _named(unit: CountryUnit) -> Named:
    return Named(unit.code, unit.kind, unit.name, REFORM if unit.since_reform else UNKNOWN_BEGINNING)


def _ward(named: Named, slug: str, unit: CountryUnit) -> Ward:
    successor = None if unit.since_reform else _successor(unit.code)
    return Ward(
        code=named.code,
        slug=slug,
        kind=named.kind,
        name=named.name,
        valid_from=named.valid_from,
        valid_to=None if unit.since_reform else REFORM - timedelta(days=1),
        successor_code=successor.code if successor else "",
        successor_kind=successor.kind if successor else "",
        successor_name=successor.name if successor else "",
    )


def _successor(code: str) -> CountryUnit | None:
    """Return the unit an old one went into whole; None where it was split or two lists disagree."""
    new = next((s.new for s in successions() if s.old == code and s.share == _ONE and s.agreed), None)
    return next((u for u in country_units() if u.since_reform and u.code == new), None)
