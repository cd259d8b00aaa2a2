"""Trends for the papers: wards and the district over the last rounds, from the marts.

Belongs here: how far back the papers look, and series of what the marts say.
Stays out: the queries (`warehouse.queries`), charts and tables of them.
"""

from __future__ import annotations

from sqlalchemy import Engine

from catalogue.rounds import Round, parse_round
from publications.content import DistrictPoint, DistrictSeries, Series
from publications.measures import MAIN_MEASURES
from warehouse import queries

ROUNDS_SHOWN = 8
"""How many rounds a trend reaches back."""


def ward_series(engine: Engine, current: Round) -> tuple[Series, ...]:
    """Return each ward's main measures over the last rounds, a quarter's own value where reports are cumulative."""
    labels = _labels_until(engine, current)
    rows = queries.ward_trends(engine, labels, MAIN_MEASURES)
    known = {(r.ward, r.measure, r.round): r.value for r in rows}
    lines = sorted({(r.ward, r.measure) for r in rows})
    return tuple(
        Series(ward, code, tuple((label, known.get((ward, code, label))) for label in labels)) for ward, code in lines
    )


def district_series(engine: Engine, current: Round) -> tuple[DistrictSeries, ...]:
    """Return every figure and indicator of the district that can be summed, in the order of the catalogue."""
    labels = _labels_until(engine, current)
    points: dict[str, dict[str, DistrictPoint]] = {}
    for row in queries.district_trends(engine, labels):
        points.setdefault(row.measure, {})[row.round] = DistrictPoint(
            row.round, row.value, row.covered, row.expected, row.longer
        )
    return tuple(
        DistrictSeries(code, tuple(found.get(label, DistrictPoint(label, None)) for label in labels))
        for code, found in points.items()
        if any(point.value is not None for point in found.values())
    )


def _labels_until(engine: Engine, current: Round) -> list[str]:
    known = [label for label in queries.reported_rounds(engine) if parse_round(label) < current]
    return [*known, current.label][-ROUNDS_SHOWN:]
