"""Trends for the papers: wards and the district over the last rounds, from the marts.

Belongs here: the queries, how far back they reach, and values as exact as the marts keep them.
Stays out: charts and tables of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Engine, bindparam, text

from catalogue.rounds import Round, parse_round
from publications.content import DistrictPoint, DistrictSeries, Series
from publications.measures import MAIN_MEASURES
from warehouse import queries
from warehouse.connection import reading

ROUNDS_SHOWN = 8
"""How many rounds a trend reaches back."""

_WARDS = "SELECT ward, measure, round, own_value FROM mart_trend WHERE round IN :rounds AND measure IN :measures"
_DISTRICT = (
    "SELECT t.measure, t.round, t.own_value, t.own_wards_counted, t.wards_expected, t.how FROM mart_trend_district t "
    "LEFT JOIN figure f ON f.code = t.measure LEFT JOIN indicator i ON i.code = t.measure WHERE t.round IN :rounds "
    "ORDER BY t.measure_kind, f.position, i.position"
)


def ward_series(engine: Engine, current: Round) -> tuple[Series, ...]:
    """Return each ward's main measures over the last rounds, a quarter's own value where reports are cumulative."""
    labels = _labels_until(engine, current)
    rows = _ask(engine, _WARDS, rounds=labels, measures=MAIN_MEASURES)
    known = {(r.ward, r.measure, r.round): r.own_value for r in rows}
    lines = sorted({(r.ward, r.measure) for r in rows})
    return tuple(
        Series(ward, code, tuple((label, _exact(known.get((ward, code, label)))) for label in labels))
        for ward, code in lines
    )


def district_series(engine: Engine, current: Round) -> tuple[DistrictSeries, ...]:
    """Return every figure and indicator of the district that can be summed, in the order of the catalogue."""
    labels = _labels_until(engine, current)
    points: dict[str, dict[str, DistrictPoint]] = {}
    for row in _ask(engine, _DISTRICT, rounds=labels):
        points.setdefault(row.measure, {})[row.round] = DistrictPoint(
            round=row.round,
            value=_exact(row.own_value),
            covered=row.own_wards_counted,
            expected=row.wards_expected,
            longer=row.how == "cumulative",
        )
    return tuple(
        DistrictSeries(code, tuple(found.get(label, DistrictPoint(label, None)) for label in labels))
        for code, found in points.items()
        if any(point.value is not None for point in found.values())
    )


def _ask(engine: Engine, question: str, **lists: Sequence[str]) -> Sequence[Any]:
    query = text(question).bindparams(*(bindparam(name, expanding=True) for name in lists))
    with reading(engine) as connection:
        return connection.execute(query, {name: list(values) for name, values in lists.items()}).all()


def _labels_until(engine: Engine, current: Round) -> list[str]:
    known = [label for label in queries.rounds(engine) if parse_round(label) <= current]
    return known[-ROUNDS_SHOWN:] or [current.label]


def _exact(value: Decimal | float | None) -> Decimal | None:
    """Return a value as the views give it, exact to the four decimals they keep."""
    return None if value is None else Decimal(str(value)).quantize(Decimal("0.0001")).normalize() + 0
