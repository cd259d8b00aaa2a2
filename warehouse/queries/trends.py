"""Questions about measures over several rounds.

Belongs here: the wards' and the district's own values of a run of rounds, from the trend marts.
Stays out: how far back a paper looks (`publications`), computing a round's own value (the marts).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Engine, bindparam, text

from warehouse.connection import reading

_WARDS = "SELECT ward, measure, round, own_value FROM mart_trend WHERE round IN :rounds AND measure IN :measures"
_DISTRICT = (
    "SELECT t.measure, t.round, t.own_value, t.own_wards_counted, t.wards_expected, t.how FROM mart_trend_district t "
    "LEFT JOIN figure f ON f.code = t.measure LEFT JOIN indicator i ON i.code = t.measure WHERE t.round IN :rounds "
    "ORDER BY t.measure_kind, f.position, i.position"
)


@dataclass(frozen=True)
class WardTrend:
    """A ward's own value of a measure in one round, in the measure's unit; None where it has none."""

    ward: str
    measure: str
    round: str
    value: Decimal | None


@dataclass(frozen=True)
class DistrictTrend:
    """The district's own value of a measure in one round, over `covered` of `expected` wards.

    `longer` marks a value of the year so far, where the round's own cannot be told.
    """

    measure: str
    round: str
    value: Decimal | None
    covered: int
    expected: int
    longer: bool


def ward_trends(engine: Engine, rounds: Sequence[str], measures: Sequence[str]) -> list[WardTrend]:
    """Return the wards' values of these measures in these rounds, as far as there are any."""
    found = _ask(engine, _WARDS, rounds=rounds, measures=measures)
    return [WardTrend(row.ward, row.measure, row.round, _exact(row.own_value)) for row in found]


def district_trends(engine: Engine, rounds: Sequence[str]) -> list[DistrictTrend]:
    """Return the district's values of every measure in these rounds, in the order of the catalogue."""
    return [
        DistrictTrend(
            measure=row.measure,
            round=row.round,
            value=_exact(row.own_value),
            covered=row.own_wards_counted,
            expected=row.wards_expected,
            longer=row.how == "cumulative",
        )
        for row in _ask(engine, _DISTRICT, rounds=rounds)
    ]


def _ask(engine: Engine, question: str, **lists: Sequence[str]) -> Sequence[Any]:
    query = text(question).bindparams(*(bindparam(name, expanding=True) for name in lists))
    with reading(engine) as connection:
        return connection.execute(query, {name: list(values) for name, values in lists.items()}).all()


def _exact(value: Decimal | float | None) -> Decimal | None:
    """Return a value as the views give it, exact to the four decimals they keep."""
    return None if value is None else Decimal(str(value)).quantize(Decimal("0.0001")).normalize() + 0
