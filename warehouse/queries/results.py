"""Questions about results of a round.

Belongs here: totals, points and places in force, marks people gave.
Stays out: computing them (`scoring`).
"""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Select, select

from warehouse.connection import reading
from warehouse.rows import (
    MarkRow,
    RankRow,
    RollupRow,
    ScoreRow,
)
from warehouse.tables import (
    CalculationTable,
    ManualMarkTable,
    RankTable,
    RollupTable,
    ScoreTable,
    WardTable,
)


def rollup_rows(engine: Engine, round_label: str, *, as_of: datetime | None = None) -> list[RollupRow]:
    """Return the saved totals of a round, in force now or at a moment."""
    query = _results(RollupTable, round_label, "rollup", "", as_of).order_by(RollupTable.seq)
    return _values(engine, query, RollupRow)


def score_rows(
    engine: Engine, round_label: str, scorecard: str, ward: str | None = None, *, as_of: datetime | None = None
) -> list[ScoreRow]:
    """Return the saved points of a round by ward and criterion, in force now or at a moment."""
    query = _results(ScoreTable, round_label, "score", scorecard, as_of).order_by(ScoreTable.ward, ScoreTable.position)
    return _values(engine, query if ward is None else query.where(ScoreTable.ward == ward), ScoreRow)


def rank_rows(engine: Engine, round_label: str, scorecard: str, *, as_of: datetime | None = None) -> list[RankRow]:
    """Return the places of a round in force now or at a moment; equal ones in Vietnamese order, unranked last."""
    query = (
        _results(RankTable, round_label, "ranking", scorecard, as_of)
        .join(WardTable, WardTable.slug == RankTable.ward)
        .order_by(RankTable.rank.is_(None), RankTable.rank, WardTable.sort_key)
    )
    return _values(engine, query, RankRow)


def card_in_use(engine: Engine, round_label: str) -> str | None:
    """Return the scorecard by which the round was last ranked, None where it never was."""
    table = CalculationTable
    query = (
        select(table.scorecard)
        .where(table.round == round_label, table.kind == "ranking", table.calculated_to.is_(None))
        .order_by(table.calculated_from.desc(), table.id.desc())
        .limit(1)
    )
    with reading(engine) as connection:
        return connection.execute(query).scalar()


def marks(engine: Engine, round_label: str, scorecard: str) -> list[MarkRow]:
    """Return the marks people gave that count: the last of each ward and criterion."""
    names = [f.name for f in dataclasses.fields(MarkRow)]
    query = (
        select(*(ManualMarkTable.__table__.c[n] for n in names))
        .where(ManualMarkTable.round == round_label, ManualMarkTable.scorecard == scorecard)
        .order_by(ManualMarkTable.id)
    )
    with reading(engine) as connection:
        last = {(row.ward, row.criterion): MarkRow(*row) for row in connection.execute(query)}
    return [last[key] for key in sorted(last)]


def _results(table: Any, round_label: str, kind: str, scorecard: str, as_of: datetime | None) -> Select[Any]:
    until = CalculationTable.calculated_to
    in_force: Any = until.is_(None)
    if as_of is not None:
        in_force = (CalculationTable.calculated_from <= as_of) & (until.is_(None) | (until > as_of))
    return (
        select(table.__table__)
        .join(CalculationTable, CalculationTable.id == table.calculation_id)
        .where(
            CalculationTable.round == round_label,
            CalculationTable.kind == kind,
            CalculationTable.scorecard == scorecard,
            in_force,
        )
    )


def _values(engine: Engine, query: Select[Any], kind: Any) -> list[Any]:
    names = [f.name for f in dataclasses.fields(kind)]
    with reading(engine) as connection:
        return [kind(**{n: row[n] for n in names}) for row in connection.execute(query).mappings()]
