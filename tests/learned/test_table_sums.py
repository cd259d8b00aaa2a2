"""Totals and parts of a column, by arithmetic."""

from __future__ import annotations

from decimal import Decimal

from parsers.learned.table_sums import roles_of


def _roles(*values: int) -> list[str]:
    return list(roles_of({(row, 2): Decimal(v) for row, v in enumerate(values)}).values())


def test_a_total_at_the_foot() -> None:
    """The last of a column that all before it add up to is its total, the others are parts."""
    assert _roles(204, 588, 0, 117, 909) == ["part", "part", "part", "part", "whole"]


def test_a_total_at_the_head() -> None:
    """A total may stand over its parts, and rows that are no part may follow."""
    assert _roles(909, 204, 705, 12) == ["whole", "part", "part", "alone"]


def test_nothing_adds_up() -> None:
    """Rows of different things are neither."""
    assert _roles(12, 7, 30, 4) == ["alone"] * 4


def test_one_part_is_no_sum() -> None:
    """Two equal numbers one under the other are no total and part."""
    assert _roles(12, 12, 5) == ["alone"] * 3
