"""Rows are copied in an order that the target's keys allow."""

from __future__ import annotations

from warehouse.transfer import named_first


def test_what_a_row_names_stands_before_it() -> None:
    """A version recorded before the one it supersedes is copied after it; what names nothing there stays last."""
    rows = [
        {"id": 1, "supersedes_id": 3, "duplicate_of_id": None},
        {"id": 2, "supersedes_id": None, "duplicate_of_id": 1},
        {"id": 3, "supersedes_id": None, "duplicate_of_id": None},
        {"id": 4, "supersedes_id": 99, "duplicate_of_id": None},
    ]

    assert [row["id"] for row in named_first(rows, ["supersedes_id", "duplicate_of_id"])] == [3, 1, 2, 4]
