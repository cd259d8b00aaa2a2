"""Questions about findings and decisions.

Belongs here: findings with their life, decisions and whether they still hold.
Stays out: recording either.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from sqlalchemy import Connection, Engine, Select, select

from warehouse.engine import reading
from warehouse.rows import (
    DecisionRow,
    FindingRow,
)
from warehouse.tables import (
    DecisionTable,
    FigureCurrentTable,
    FindingFigureTable,
    FindingTable,
)


def findings(
    engine: Engine, round_label: str | None = None, ward: str | None = None, *, open_only: bool = True
) -> list[FindingRow]:
    """Return findings by round, ward, severity (errors first) and rule."""
    table = FindingTable.__table__
    query = select(table)
    for column, wanted in (("round", round_label), ("ward", ward), ("state", "open" if open_only else None)):
        if wanted is not None:
            query = query.where(table.c[column] == wanted)
    with reading(engine) as connection:
        rows = connection.execute(query).mappings().all()
        bound = _figures_of_findings(connection, query)
    found = [_finding_row(row, bound.get(row["key"], ())) for row in rows]
    severities = ("error", "warning", "info")
    return sorted(found, key=lambda f: (f.round, f.ward, severities.index(f.severity), f.rule, f.key))


def finding(engine: Engine, key: str) -> FindingRow | None:
    """Return one finding by its key."""
    query = select(FindingTable.__table__).where(FindingTable.key == key)
    with reading(engine) as connection:
        row = connection.execute(query).mappings().first()
        return None if row is None else _finding_row(row, _figures_of_findings(connection, query).get(key, ()))


def decisions(engine: Engine, round_label: str | None = None, ward: str | None = None) -> list[DecisionRow]:
    """Return decisions in the order they were made; `holds` says whether the report still prints what was judged."""
    query = select(DecisionTable.__table__, FigureCurrentTable.printed.label("printed_now")).join(
        FigureCurrentTable,
        (FigureCurrentTable.round == DecisionTable.round)
        & (FigureCurrentTable.ward == DecisionTable.ward)
        & (FigureCurrentTable.figure == DecisionTable.figure),
        isouter=True,
    )
    if round_label is not None:
        query = query.where(DecisionTable.round == round_label)
    if ward is not None:
        query = query.where(DecisionTable.ward == ward)
    names = [f.name for f in dataclasses.fields(DecisionRow) if f.name != "holds"]
    with reading(engine) as connection:
        return [
            DecisionRow(**{n: row[n] for n in names}, holds=row["printed"] == row["printed_now"])
            for row in connection.execute(query.order_by(DecisionTable.id)).mappings()
        ]


def _figures_of_findings(connection: Connection, query: Select[Any]) -> dict[str, tuple[str, ...]]:
    keys = query.with_only_columns(FindingTable.__table__.c.key)
    rows = connection.execute(
        select(FindingFigureTable.finding_key, FindingFigureTable.figure)
        .where(FindingFigureTable.finding_key.in_(keys))
        .order_by(FindingFigureTable.finding_key, FindingFigureTable.position)
    )
    bound: dict[str, tuple[str, ...]] = {}
    for key, figure in rows:
        bound[key] = (*bound.get(key, ()), figure)
    return bound


def _finding_row(row: Any, figures: tuple[str, ...]) -> FindingRow:
    plain_names = {f.name for f in dataclasses.fields(FindingRow)} - {"figures", "quotes", "proposals"}
    return FindingRow(
        **{name: row[name] for name in plain_names},
        figures=figures,
        quotes=tuple(row["quotes"] or ()),
        proposals=tuple(row["proposals"] or ()),
    )
