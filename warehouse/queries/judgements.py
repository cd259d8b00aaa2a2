"""Questions about findings and decisions.

Belongs here: findings with their life, decisions and whether they still hold, now or as of a moment.
Stays out: recording either.
"""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, FromClause, Select, select

from warehouse.connection import reading
from warehouse.rows import (
    DecisionRow,
    FindingRow,
)
from warehouse.tables import (
    DecisionTable,
    FigureCurrentTable,
    FigureValueTable,
    FindingFigureTable,
    FindingSpellTable,
    FindingTable,
    ReportTable,
)


def findings(
    engine: Engine,
    round_label: str | None = None,
    ward: str | None = None,
    *,
    open_only: bool = True,
    as_of: datetime | None = None,
) -> list[FindingRow]:
    """Return findings by round, ward, severity (errors first) and rule, now or as of a moment.

    A past state knows when each was open. What only the last sight or resolution told is left out where it came
    later: `resolved_by` is None then, and `last_seen_at` the last moment known to be one.
    """
    table = FindingTable.__table__
    query = _narrowed(select(table), table, round_label, ward)
    if as_of is not None:
        query = query.where(table.c.first_seen_at <= as_of)
    elif open_only:
        query = query.where(table.c.state == "open")
    with reading(engine) as connection:
        rows = connection.execute(query).mappings().all()
        bound = _figures_of_findings(connection, query)
        spells = {} if as_of is None else _spells(connection, query, as_of)
    found = [_finding_row(row, bound.get(row["key"], ())) for row in rows]
    if as_of is not None:
        found = [_as_of(row, spells.get(row.key, []), as_of) for row in found]
    severities = ("error", "warning", "info")
    kept = [row for row in found if row.state == "open" or not open_only]
    return sorted(kept, key=lambda f: (f.round, f.ward, severities.index(f.severity), f.rule, f.key))


def finding(engine: Engine, key: str) -> FindingRow | None:
    """Return one finding by its key."""
    query = select(FindingTable.__table__).where(FindingTable.key == key)
    with reading(engine) as connection:
        row = connection.execute(query).mappings().first()
        return None if row is None else _finding_row(row, _figures_of_findings(connection, query).get(key, ()))


def decisions(
    engine: Engine, round_label: str | None = None, ward: str | None = None, *, as_of: datetime | None = None
) -> list[DecisionRow]:
    """Return decisions in the order they were made, all or those until a moment.

    `holds` says whether the report, then in force, prints what was judged.
    """
    table = DecisionTable.__table__
    printed = _printed(as_of)
    every = select(table, printed.c.printed.label("printed_now")).join(
        printed,
        (printed.c.round == table.c.round) & (printed.c.ward == table.c.ward) & (printed.c.figure == table.c.figure),
        isouter=True,
    )
    query = _narrowed(every, table, round_label, ward)
    if as_of is not None:
        query = query.where(table.c.decided_at <= as_of)
    names = [f.name for f in dataclasses.fields(DecisionRow) if f.name != "holds"]
    with reading(engine) as connection:
        return [
            DecisionRow(**{n: row[n] for n in names}, holds=row["printed"] == row["printed_now"])
            for row in connection.execute(query.order_by(table.c.id)).mappings()
        ]


def _narrowed(query: Select[Any], table: FromClause, round_label: str | None, ward: str | None) -> Select[Any]:
    """Return a question that asks of one round, one ward or both, of all where none is named."""
    for column, wanted in (("round", round_label), ("ward", ward)):
        if wanted is not None:
            query = query.where(table.c[column] == wanted)
    return query


def _printed(as_of: datetime | None) -> FromClause:
    """Return round, ward, figure and the printed value of the reports in force, now or as of a moment."""
    if as_of is None:
        return FigureCurrentTable.__table__
    report, value = ReportTable, FigureValueTable
    query = select(report.round, report.ward, value.figure, value.value.label("printed")).join(
        value, (value.report_id == report.id) & value.is_primary
    )
    then = (report.loaded_from <= as_of) & (report.loaded_to.is_(None) | (report.loaded_to > as_of))
    return query.where(then).subquery()


Spell = tuple[datetime, datetime | None]


def _spells(connection: Connection, query: Select[Any], as_of: datetime) -> dict[str, list[Spell]]:
    """Return the times each finding was open, as far as they had begun."""
    spell = FindingSpellTable
    rows = connection.execute(
        select(spell.finding_key, spell.open_from, spell.open_to)
        .where(spell.finding_key.in_(query.with_only_columns(FindingTable.__table__.c.key)), spell.open_from <= as_of)
        .order_by(spell.finding_key, spell.seq)
    )
    found: dict[str, list[Spell]] = {}
    for key, begun, ended in rows:
        found.setdefault(key, []).append((begun, ended))
    return found


def _as_of(row: FindingRow, spells: list[Spell], as_of: datetime) -> FindingRow:
    """Return a finding as it was; one without a spell was decided before it was first seen."""
    begun, ended = spells[-1] if spells else (row.first_seen_at, row.first_seen_at)
    seen = row.last_seen_at if row.last_seen_at <= as_of else begun
    if ended is None or ended > as_of:
        return replace(row, state="open", resolved_by=None, resolved_id=None, resolved_at=None, last_seen_at=seen)
    if row.resolved_at == ended:
        return replace(row, last_seen_at=seen)
    return replace(row, state="resolved", resolved_by=None, resolved_id=None, resolved_at=ended, last_seen_at=seen)


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
