"""Which cells of a table add up to which: totals and their parts, told by arithmetic alone.

Belongs here: columns of numbers. Stays out: what labels and heads say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

WHOLE, PART, ALONE = "whole", "part", "alone"
MOST_ROWS = 60
"""In a longer table nothing is added up; it is a list of cases."""

Cells = Mapping[tuple[int, int], Decimal]


def roles_of(cells: Cells) -> dict[tuple[int, int], str]:
    """Return, for every number by (row, column), whether it is a total of its column, a part of one, or neither."""
    found = dict.fromkeys(cells, ALONE)
    for column in {column for _, column in cells}:
        rows = sorted(row for row, own in cells if own == column)
        if 3 <= len(rows) <= MOST_ROWS:
            _column(rows, [cells[row, column] for row in rows], column, found)
    return found


def _column(rows: Sequence[int], values: Sequence[Decimal], column: int, found: dict[tuple[int, int], str]) -> None:
    for place, value in enumerate(values):
        parts = _parts(values, place) if value else ()
        for part in parts:
            if found[rows[part], column] != WHOLE:
                found[rows[part], column] = PART
        if parts:
            found[rows[place], column] = WHOLE


def _parts(values: Sequence[Decimal], place: int) -> Sequence[int]:
    """Return the places right before, or right behind, whose values add up to the one at `place`; two at least."""
    for step in (-1, 1):
        total, at = Decimal(0), place + step
        while 0 <= at < len(values) and total < values[place]:
            total += values[at]
            at += step
        count = abs(at - place) - 1
        if total == values[place] and count >= 2:
            return range(place + step, at, step)
    return ()
