"""Saving what is computed for a round: rollup, scores, ranking, marks given by people.

Belongs here: replacing a round's results in one transaction; the former ones are closed and kept, equal rows
change nothing.
Stays out: the computing (`scoring`), publishing (`publishing`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update

from warehouse.codec import digest, to_plain
from warehouse.connection import lock, writing
from warehouse.reference import ensure_round
from warehouse.result_columns import columns_of
from warehouse.rows import MarkRow, RankRow, RollupRow, ScoreRow
from warehouse.tables import Base, CalculationTable, ManualMarkTable, RankTable, RollupTable, ScoreTable

_JSON = ("inputs", "detail", "robustness")


def save_rollup(engine: Engine, round_label: str, rows: Sequence[RollupRow], moment: datetime) -> bool:
    """Make these the totals of a round; return whether anything changed."""
    with writing(engine) as connection:
        return _replace(connection, RollupTable, round_label, "rollup", "", _numbered(rows), moment)


def save_scores(engine: Engine, round_label: str, scorecard: str, rows: Sequence[ScoreRow], moment: datetime) -> bool:
    """Make these the points of a round by a scorecard; return whether anything changed."""
    with writing(engine) as connection:
        return _replace(connection, ScoreTable, round_label, "score", scorecard, _plain(rows), moment)


def save_ranking(engine: Engine, round_label: str, scorecard: str, rows: Sequence[RankRow], moment: datetime) -> bool:
    """Make these the places of a round by a scorecard; return whether anything changed."""
    with writing(engine) as connection:
        return _replace(connection, RankTable, round_label, "ranking", scorecard, _plain(rows), moment)


def save_results(
    engine: Engine,
    round_label: str,
    scorecard: str,
    *,
    rollup: Sequence[RollupRow],
    scores: Sequence[ScoreRow],
    ranking: Sequence[RankRow],
    moment: datetime,
) -> bool:
    """Replace all three in one transaction, so that no reader sees a ranking beside other scores."""
    with writing(engine) as connection:
        changed = [
            _replace(connection, RollupTable, round_label, "rollup", "", _numbered(rollup), moment),
            _replace(connection, ScoreTable, round_label, "score", scorecard, _plain(scores), moment),
            _replace(connection, RankTable, round_label, "ranking", scorecard, _plain(ranking), moment),
        ]
    return any(changed)


def record_mark(engine: Engine, mark: MarkRow) -> None:
    """Add the marks a person gives for a criterion; the last row of a ward and criterion counts."""
    with writing(engine) as connection:
        ensure_round(connection, mark.round)
        connection.execute(insert(ManualMarkTable).values(dataclasses.asdict(mark)))


def _replace(
    connection: Connection,
    table: type[Base],
    round_label: str,
    kind: str,
    scorecard: str,
    rows: list[dict[str, Any]],
    moment: datetime,
) -> bool:
    """Close the calculation in force and open one with `rows`, unless the rows are the same."""
    ensure_round(connection, round_label)
    lock(connection, "calculation", round_label)
    of_kind = {"round": round_label, "kind": kind, "scorecard": scorecard}
    new = {**of_kind, "digest": digest(rows)}
    current = _in_force(connection, of_kind)
    if current is not None and current.digest == new["digest"]:
        _confirm(connection, current.id, moment)
        return False
    begins = moment
    if current is not None:
        begins = max(moment, current.calculated_from)
        connection.execute(
            update(CalculationTable).where(CalculationTable.id == current.id).values(calculated_to=begins)
        )
    statement = insert(CalculationTable).values(**new, calculated_from=begins).returning(CalculationTable.id)
    number = connection.execute(statement).scalar_one()
    if rows:
        own = [{"calculation_id": number, **row, **columns_of(table, row)} for row in rows]
        connection.execute(insert(table), own)
    return True


def _confirm(connection: Connection, number: int, moment: datetime) -> None:
    """Keep when computing last gave the rows in force, so that they do not seem older than figures they follow from."""
    connection.execute(update(CalculationTable).where(CalculationTable.id == number).values(confirmed_at=moment))


def _in_force(connection: Connection, of_kind: dict[str, str]) -> Any:
    query = select(CalculationTable.__table__).where(CalculationTable.calculated_to.is_(None)).filter_by(**of_kind)
    return connection.execute(query).first()


def _plain(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Return rows as columns; what goes into JSON is made plain."""
    return [
        {
            f.name: to_plain(getattr(row, f.name)) if f.name in _JSON else getattr(row, f.name)
            for f in dataclasses.fields(row)
        }
        for row in rows
    ]


def _numbered(rows: Sequence[RollupRow]) -> list[dict[str, Any]]:
    return [{"seq": seq, **row} for seq, row in enumerate(_plain(rows))]
