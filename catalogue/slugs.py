"""Slugs: the plain names by which outputs, folders and programs speak of units.

Belongs here: one slug for each of several units, none twice. Stays out: which units there are.

A slug is the name without kind and marks, words joined by hyphens. Of units of one name the one that came first keeps
it and a later one carries its kind; where two begin on one day both carry their kind. Where names differ in their
marks only, or kind and name agree, the later in the order of the codes carries its code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from cchc.text import fold


@dataclass(frozen=True)
class Named:
    """What a slug is made of."""

    code: str
    kind: str
    name: str
    valid_from: date


def plain_slug(name: str) -> str:
    """Return a name as a slug: "Phổ Minh" is "pho-minh"."""
    return "-".join("".join(c if c.isalnum() else " " for c in fold(name)).split())


def slugs(units: Iterable[Named], taken: Mapping[str, str] | None = None) -> dict[Named, str]:
    """Return a slug for every unit; `taken` holds slugs that are in use for other units, with their names."""
    used: dict[str, str] = dict(taken or {})
    groups: dict[str, list[Named]] = defaultdict(list)
    for unit in units:
        groups[plain_slug(unit.name)].append(unit)
    given: dict[Named, str] = {}
    for plain, group in groups.items():
        for unit in sorted(group, key=lambda u: (u.valid_from, u.code)):
            slug = next(s for s in _choices(plain, unit, group, used) if s not in used)
            given[unit], used[slug] = slug, unit.name
    return given


def _choices(plain: str, unit: Named, group: list[Named], used: Mapping[str, str]) -> Iterable[str]:
    """Yield the slugs a unit may have, the best first."""
    rivals = [o for o in group if o is not unit and o.name == unit.name and o.valid_from == unit.valid_from]
    same_name = used.get(plain) == unit.name
    if not rivals and not same_name:
        yield plain
    if rivals or same_name:
        yield f"{plain_slug(unit.kind)}-{plain}"
    yield f"{plain}-{unit.code}"
    yield f"{plain}-{unit.code}-{unit.valid_from:%Y%m%d}"
