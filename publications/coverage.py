"""What a total may be called: the whole's, or only that of the wards that print it.

Belongs here: whether a total covers enough wards, how it is then shown, and what is told where parts and whole differ;
one place for report, workbook and page.
Stays out: sentences (`district.drafting`), totals themselves (`scoring.rollup`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import chain, combinations

from catalogue.paper import wording
from catalogue.rules import rule_book
from cchc.formats import number
from cchc.messages import translator
from publications import words
from scoring.values import RollupRow

_ = translator("publications")


def is_whole(row: RollupRow) -> bool:
    """Return whether a total covers enough wards to stand as that of its whole (`least_coverage` of paper.yaml)."""
    return not row.expected or 100 * row.covered >= wording().least_coverage * row.expected


def shown_total(row: RollupRow | None) -> str:
    """Return a total for people; in brackets where it covers too few wards, a dash where there is none."""
    shown = words.amount(row.value if row else None, row.unit if row else "count")
    return f"({shown})" if row is not None and row.value is not None and not is_whole(row) else shown


def brackets_told() -> str:
    """Return what brackets around a total mean."""
    line = _("In brackets: the total of the wards that print it; below {least}% of the wards it is not the district's.")
    return line.format(least=number(wording().least_coverage))


def total_notes(rollup: Iterable[RollupRow], title: Callable[[str], str]) -> dict[str, str]:
    """Return, by code, what has to be told beside a total: parts that do not add up to it, each by its `title`."""
    rows = {row.code: row for row in rollup if row.scope == "all" and row.measure == "sum"}
    return {code: note for code in rows if (note := _parts_note(title, rows, code))}


def parts_differ(rows: Mapping[str, RollupRow]) -> tuple[RollupRow, Decimal] | None:
    """Return the first whole among totals whose printed parts add up to something else, with what they add up to.

    Only totals over the same wards are compared: other wards would be another sum, not a contradiction.
    """
    return next((found for whole in rows if (found := _differs(rows, whole))), None)


def difference_told(whole: RollupRow, added: Decimal) -> str:
    """Return by how much parts are more or less than their whole, with its sign."""
    off = added - (whole.value or Decimal(0))
    return ("+" if off > 0 else "-") + words.amount(abs(off), whole.unit)


def _parts_note(title: Callable[[str], str], rows: Mapping[str, RollupRow], code: str) -> str:
    found = _differs(rows, code)
    if found is None:
        return ""
    row, added = found
    parts = " + ".join(title(part) for part in _usable_sums(rows, code)[0].parts)
    line = _("{parts} add up to {sum}, {difference} against this total, as the reports print them")
    return line.format(parts=parts, sum=words.amount(added, row.unit), difference=difference_told(row, added))


def _differs(rows: Mapping[str, RollupRow], whole: str) -> tuple[RollupRow, Decimal] | None:
    """Return a whole and what its parts add up to, None where a way of adding gives the whole or none can be tried."""
    sums = _usable_sums(rows, whole)
    if not sums or any(rows[whole].value in _possible(rows, one) for one in sums):
        return None
    return rows[whole], _added(rows, sums[0].parts)


def _possible(rows: Mapping[str, RollupRow], one: _Sum) -> set[Decimal]:
    """Return what a sum may come to: some wards count a part that is optional, as what was carried over, others not."""
    there = [part for part in one.optional if part in rows and rows[part].value]
    chosen = chain.from_iterable(combinations(there, count) for count in range(len(there) + 1))
    return {_added(rows, (*one.parts, *more)) for more in chosen}


def _added(rows: Mapping[str, RollupRow], parts: Iterable[str]) -> Decimal:
    return sum((rows[part].value or Decimal(0) for part in parts), Decimal(0))


def _usable_sums(rows: Mapping[str, RollupRow], whole: str) -> list[_Sum]:
    """Return the sums of a whole whose parts, at least two, and optional parts have totals over the whole's wards."""
    if rows[whole].value is None:
        return []
    usable = {code for code, row in rows.items() if row.wards == rows[whole].wards and row.value is not None}
    elsewhere = {code for code, row in rows.items() if code not in usable and row.value}
    return [
        one
        for one in _sums()
        if one.whole == whole and _all_in(one.parts, usable) and elsewhere.isdisjoint(one.optional)
    ]


def _all_in(parts: tuple[str, ...], usable: Collection[str]) -> bool:
    return len(parts) > 1 and all(part in usable for part in parts)


@dataclass(frozen=True)
class _Sum:
    """A whole, its parts, and parts that wards count in it or not."""

    whole: str
    parts: tuple[str, ...]
    optional: tuple[str, ...]


@cache
def _sums() -> tuple[_Sum, ...]:
    """Return every whole with its parts, as the rules know them."""
    ways = (way for identity in rule_book().identities for way in identity.ways if way.plain)
    return tuple(_Sum(total, way.parts, way.optional) for way in ways for total in way.total)
