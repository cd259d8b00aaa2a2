"""Questions about figures.

Belongs here: figures as they count now or counted at a moment, and every printing of them.
Stays out: indicators and totals, which are views and results.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Engine, or_, select, text

from warehouse import effective_values as standing
from warehouse.connection import reading
from warehouse.rows import (
    FigureRow,
)
from warehouse.tables import (
    DecisionTable,
    FigureCurrentTable,
    FigureTable,
    FigureValueTable,
    ReportTable,
)


def figures_long(
    engine: Engine, round_label: str, ward: str | None = None, *, as_of: datetime | None = None
) -> list[FigureRow]:
    """Return the figures of a round by ward and catalogue order, as they count now or counted at a moment."""
    with reading(engine) as connection:
        if as_of is None:
            query: Any = select(FigureCurrentTable.__table__).where(FigureCurrentTable.round == round_label)
            query = query if ward is None else query.where(FigureCurrentTable.ward == ward)
            standings = connection.execute(query).mappings().all()
        else:
            standings = _standings_as_of(connection, round_label, ward, as_of)
        return _figure_rows(connection, [dict(row) for row in standings])


def figures_to_see(
    engine: Engine, round_label: str, ward: str | None = None, named: Iterable[tuple[str, str]] = ()
) -> list[FigureRow]:
    """Return the figures of a round that wait for a person, and those `named` by ward and figure, as they count now.

    Few of a round's figures wait: a review that read them all would take most of its time for nothing.
    """
    table = FigureCurrentTable
    by_ward: dict[str, list[str]] = defaultdict(list)
    for slug, figure in sorted(set(named)):
        by_ward[slug].append(figure)
    asked = [(table.ward == slug) & table.figure.in_(figures) for slug, figures in by_ward.items()]
    query = select(table.__table__).where(table.round == round_label, or_(table.status == "waiting", *asked))
    query = query if ward is None else query.where(table.ward == ward)
    with reading(engine) as connection:
        rows = [dict(row) for row in connection.execute(query).mappings()]
        return _figure_rows(connection, rows, {row["figure"] for row in rows})


def figures_wide(
    engine: Engine, round_label: str, *, as_of: datetime | None = None
) -> dict[str, dict[str, Decimal | None]]:
    """Return ward → figure → value that counts (None while waiting or blocked) for a round."""
    wide: dict[str, dict[str, Decimal | None]] = {}
    for row in figures_long(engine, round_label, as_of=as_of):
        wide.setdefault(row.ward, {})[row.figure] = row.value
    return wide


def values_in_force(engine: Engine, labels: Collection[str]) -> list[tuple[str, str, str, str, Decimal | None]]:
    """Return (round, ward, figure, status, value that counts) of every figure of some rounds, without its printing."""
    table = FigureCurrentTable
    key = (table.round, table.ward, table.figure)
    query = select(*key, table.status, table.value).where(table.round.in_(labels)).order_by(*key)
    with reading(engine) as connection:
        return [tuple(row) for row in connection.execute(query)]  # type: ignore[misc]


def figure_history(engine: Engine, ward: str, figure: str) -> list[tuple[str, str, Decimal | None]]:
    """Return (round, status, value that counts or was printed) of a figure of a ward, oldest round first."""
    table = FigureCurrentTable
    query = select(table.round, table.status, table.value, table.printed).where(
        table.ward == ward, table.figure == figure
    )
    with reading(engine) as connection:
        rows = connection.execute(query.order_by(table.round)).all()
    return [(row.round, row.status, row.printed if row.value is None else row.value) for row in rows]


def ward_history(engine: Engine, ward: str) -> dict[str, list[tuple[str, str, Decimal | None]]]:
    """Return figure → (round, status, value that counts or was printed) of a ward, oldest round first."""
    table = FigureCurrentTable
    query = select(table.figure, table.round, table.status, table.value, table.printed).where(table.ward == ward)
    found: dict[str, list[tuple[str, str, Decimal | None]]] = {}
    with reading(engine) as connection:
        for row in connection.execute(query.order_by(table.round)):
            found.setdefault(row.figure, []).append(
                (row.round, row.status, row.printed if row.value is None else row.value)
            )
    return found


def printings(engine: Engine, ward: str, round_label: str) -> list[dict[str, Any]]:
    """Return every printing of every figure of the load in force as columns of `figure_value`."""
    query = (
        select(FigureValueTable.__table__)
        .join(ReportTable, ReportTable.id == FigureValueTable.report_id)
        .where(ReportTable.ward == ward, ReportTable.round == round_label, ReportTable.loaded_to.is_(None))
        .order_by(FigureValueTable.figure, FigureValueTable.seq)
    )
    with reading(engine) as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


@dataclass(frozen=True)
class DroppedFigure:
    """A figure that an earlier version of a ward's report printed and the version in force does not."""

    ward: str
    figure: str
    value: Decimal
    report_id: int
    raw: str
    sentence: str
    page: int | None


def dropped_figures(engine: Engine, round_label: str) -> list[DroppedFigure]:
    """Return the figures of a round that only an earlier version of a ward's report printed, from the latest that did.

    A figure that a person entered, or whose absence one accepted, is not among them. Only another file is another
    version: the same file read again by a newer reader drops nothing.
    """
    with reading(engine) as connection:
        rows = connection.execute(text(_DROPPED), {"round": round_label}).mappings().all()
    latest = {(row["ward"], row["figure"]): row for row in rows}
    return [
        DroppedFigure(
            row["ward"], row["figure"], Decimal(str(row["value"])), row["report_id"], row["raw"], row["sentence"],
            row["page"],
        )
        for row in latest.values()
    ]  # fmt: skip


_DROPPED = """
SELECT o.ward, v.figure, v.value, v.report_id, v.raw, v.sentence, v.page
FROM report o
JOIN report n ON n.round = o.round AND n.ward = o.ward AND n.loaded_to IS NULL
    AND n.version > o.version AND n.sha256 <> o.sha256
JOIN figure_value v ON v.report_id = o.id AND v.is_primary
WHERE o.round = :round AND coalesce(o.closed_because, '') <> 'withdrawn'
  AND NOT EXISTS (
    SELECT 1 FROM report k WHERE k.submission_id = o.submission_id AND k.id > o.id)
  AND NOT EXISTS (
    SELECT 1 FROM figure_current c WHERE c.round = o.round AND c.ward = o.ward AND c.figure = v.figure)
  AND NOT EXISTS (
    SELECT 1 FROM decision d WHERE d.round = o.round AND d.ward = o.ward AND d.figure = v.figure
      AND d.kind = 'accept' AND d.decided_at >= n.loaded_from)
ORDER BY o.ward, v.figure, o.version
"""


def confidence_threshold(engine: Engine) -> float:
    """Return the confidence under which a figure waits for a person."""
    with reading(engine) as connection:
        return standing.threshold(connection)


def _standings_as_of(connection: Connection, round_label: str, ward: str | None, as_of: datetime) -> list[Any]:
    where = "round = :round" if ward is None else "round = :round AND ward = :ward"
    parameters = {"round": round_label, "ward": ward, **standing.past_parameters(connection, as_of)}
    if ward is None:
        parameters.pop("ward")
    table = FigureCurrentTable.__table__
    query = text(standing.standing_sql(where, past=True)).columns(
        *(table.c[name.strip()] for name in standing.COLUMNS.split(","))
    )
    return list(connection.execute(query, parameters).mappings())


def _figure_rows(
    connection: Connection, standings: list[dict[str, Any]], codes: Collection[str] | None = None
) -> list[FigureRow]:
    """Return standings with where each value stands and who decided, in catalogue order; `codes` are all their figures.

    Without `codes` the standings may be of any figure.
    """
    where = _places_of(connection, {row["report_id"] for row in standings if row["report_id"] is not None}, codes)
    people = _people_of(connection, {row["decision_id"] for row in standings if row["decision_id"] is not None})
    catalogue = {
        code: (position, unit)
        for code, position, unit in connection.execute(select(FigureTable.code, FigureTable.position, FigureTable.unit))
    }
    rows = sorted(standings, key=lambda r: (r["ward"], catalogue[r["figure"]][0]))
    return [_figure_row(row, where, people, catalogue[row["figure"]][1]) for row in rows]


def _figure_row(
    row: dict[str, Any], where: dict[tuple[int, str, int], Any], people: dict[int, str], unit: str
) -> FigureRow:
    raw, sentence, page = where.get((row["report_id"], row["figure"], row["seq"]), ("", "", None))
    return FigureRow(
        round=row["round"],
        ward=row["ward"],
        figure=row["figure"],
        status=row["status"],
        value=row["value"],
        printed=row["printed"],
        decided=row["decided"],
        decided_by=people.get(row["decision_id"]),
        confidence=row["confidence"],
        report_id=row["report_id"],
        raw=raw,
        sentence=sentence,
        page=page,
        unit=unit,
    )


def _places_of(
    connection: Connection, report_ids: set[int], codes: Collection[str] | None
) -> dict[tuple[int, str, int], Any]:
    value = FigureValueTable
    query = select(value.report_id, value.figure, value.seq, value.raw, value.sentence, value.page).where(
        value.report_id.in_(report_ids), value.is_primary
    )
    query = query if codes is None else query.where(value.figure.in_(codes))
    return {(r.report_id, r.figure, r.seq): (r.raw, r.sentence, r.page) for r in connection.execute(query)}


def _people_of(connection: Connection, decision_ids: set[int]) -> dict[int, str]:
    query = select(DecisionTable.id, DecisionTable.decided_by).where(DecisionTable.id.in_(decision_ids))
    return {row.id: row.decided_by for row in connection.execute(query)}
