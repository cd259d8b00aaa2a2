"""Marts: views that explain themselves, for analysts and for the papers of the round.

Belongs here: the list of the views, creating and dropping them.
Stays out: tables, anything a view cannot say, their comments in the database (`warehouse.dictionary`).
"""

from __future__ import annotations

from functools import cache

from sqlalchemy import Connection, inspect, text

from warehouse import codec
from warehouse.marts import citations, dimensions, district, figures, indicators, ledger, rates, results, trend, unit
from warehouse.marts.view import Column, View, on_engine

__all__ = ["Column", "View", "create", "digest", "drop", "views"]


@cache
def views() -> tuple[View, ...]:
    """Return every view, each after those it rests on."""
    return (
        ledger.ROUND_WARD,
        trend.WARD_UNIT,
        figures.FIGURE_LONG,
        figures.figure_wide(),
        figures.FIGURE_HISTORY,
        indicators.INDICATOR,
        indicators.INDICATOR_DISTRICT,
        ledger.LEDGER,
        ledger.ROUND,
        ledger.SUBMISSION,
        ledger.FINDING_OPEN,
        ledger.DECISION,
        citations.CITED,
        citations.CITATION,
        dimensions.UNIT,
        dimensions.FIGURE,
        dimensions.INDICATOR_DEFINITION,
        dimensions.CRITERION,
        results.ROUND_CHANGE,
        results.ROLLUP,
        results.RANKING,
        results.RANKING_CRITERION,
        trend.FLOW_FIGURE,
        trend.flow_indicator(),
        trend.TREND,
        district.TREND_DISTRICT,
        rates.DENOMINATOR,
        rates.rate(),
        trend.SUCCESSOR,
        unit.TREND_UNIT,
    )


@cache
def digest() -> str:
    """Return a hash of all views."""
    return codec.digest(views())


def drop(connection: Connection) -> None:
    """Drop every view there is, the last made first."""
    there = set(inspect(connection).get_view_names())
    ours = [view.name for view in reversed(views())]
    for name in [*ours, *sorted(there - set(ours))]:
        if name in there:
            connection.execute(text(f"DROP VIEW {name}"))


def create(connection: Connection) -> None:
    """Create every view."""
    for view in views():
        connection.exec_driver_sql(on_engine(view.create, connection.dialect.name))
