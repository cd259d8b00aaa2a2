"""Keys of the marts: what names a row, and which mart a column's key stands in.

Belongs here: primary and foreign keys as a data package states them.
Stays out: the columns themselves (`warehouse.marts`).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

PRIMARY: dict[str, tuple[str, ...]] = {
    "mart_unit": ("unit_code", "unit_valid_from"),
    "mart_round": ("round",),
    "mart_figure": ("figure",),
    "mart_indicator_definition": ("indicator",),
    "mart_denominator": ("ward", "year", "measure"),
    "mart_criterion": ("scorecard", "scorecard_version", "criterion"),
    "mart_figure_long": ("round", "ward", "figure"),
    "mart_figure_wide": ("round", "ward"),
    "mart_figure_history": ("report_id", "figure"),
    "mart_indicator": ("round", "ward", "indicator"),
    "mart_indicator_district": ("round", "indicator"),
    "mart_ledger": ("round", "ward"),
    "mart_submission": ("id",),
    "mart_decision": ("id",),
    "mart_citation": ("report_id", "position"),
    "mart_rollup": ("round", "scope", "measure_kind", "measure"),
    "mart_ranking": ("round", "scorecard", "ward"),
    "mart_ranking_criterion": ("round", "scorecard", "ward", "criterion"),
    "mart_trend": ("round", "ward", "measure_kind", "measure"),
    "mart_rate": ("round", "ward", "figure"),
    "mart_trend_district": ("round", "measure_kind", "measure"),
    "mart_trend_unit": ("round", "unit_code", "unit_valid_from", "measure_kind", "measure"),
    "mart_successor": ("round", "unit_code", "unit_valid_from", "measure_kind", "measure"),
}

REFERENCES = {
    "round": ("mart_round", "round"),
    "ward": ("mart_unit", "ward"),
    "figure": ("mart_figure", "figure"),
    "indicator": ("mart_indicator_definition", "indicator"),
}
"""Column → mart and column that it refers to, the same in every mart."""


def keys_of(mart: str, columns: Collection[str]) -> dict[str, Any]:
    """Return the `primaryKey` and `foreignKeys` of a table schema, as far as its columns are there."""
    primary = PRIMARY.get(mart, ())
    found: dict[str, Any] = {"primaryKey": list(primary)} if primary and set(primary) <= set(columns) else {}
    foreign = [
        {"fields": [column], "reference": {"resource": resource_name(target), "fields": [there]}}
        for column, (target, there) in REFERENCES.items()
        if column in columns and target != mart
    ]
    return found | ({"foreignKeys": foreign} if foreign else {})


def resource_name(mart: str) -> str:
    """Return the name of a mart's resource in a data package."""
    return mart.replace("_", "-")
