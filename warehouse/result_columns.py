"""What of a result's structure analysts ask for, as columns: tiers, intervals, provisional marks, quality marks.

Belongs here: pure functions from the structures that scoring keeps (`rank.robustness`, `detail`) to columns.
Stays out: computing them (`scoring`), saving (`results`).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from warehouse.tables import Base, RankTable, RollupTable, ScoreTable

Row = dict[str, Any]


def columns_of(table: type[Base], row: Mapping[str, Any]) -> Row:
    """Return the columns that follow from the structures of a result's row, by its table; NULL where none is kept."""
    detail = row.get("detail") or {}
    if table is RankTable:
        return _robust(row.get("robustness") or {}) | _standing(detail) | _quality(detail.get("marks") or {})
    if table is ScoreTable:
        return _score(detail)
    return {"wards_marked": detail.get("marked")} if table is RollupTable else {}


def _robust(found: Mapping[str, Any]) -> Row:
    return {
        "tier": found.get("tier"),
        "best_rank": found.get("best"),
        "worst_rank": found.get("worst"),
        "total_low": _exact(found.get("total_low")),
        "total_high": _exact(found.get("total_high")),
        "kept_share": _exact(found.get("kept_share")),
        "lead_share": _exact(found.get("lead_share")),
        "is_separated": found.get("separated"),
    }


def _standing(detail: Mapping[str, Any]) -> Row:
    waits = detail.get("provisional")
    return {
        "is_provisional": None if waits is None else bool(waits),
        "provisional_criteria": None if waits is None else ", ".join(waits),
        "weakest_pct": _exact(detail.get("weakest_group")),
        "previous_rank": detail.get("previous_rank"),
    }


def _quality(marks: Mapping[str, Any]) -> Row:
    names = ("open_findings", "marked_figures", "decided_figures", "gaps", "fallbacks", "least_confidence")
    return {name: marks.get(name) for name in names}


def _score(detail: Mapping[str, Any]) -> Row:
    return {
        "points_low": _exact(detail.get("low")),
        "points_high": _exact(detail.get("high")),
        "gap": detail.get("gap"),
        "measure_used": detail.get("source"),
    }


def _exact(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
