"""Questions to the warehouse, answered with frozen values.

Belongs here: what the rooms in front ask, each answer from one snapshot.
Stays out: frames for analysts (`api`), free SQL (`sql`).
"""

from __future__ import annotations

import dataclasses
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Engine, Select, select, text

from parsers.document import Document
from parsers.reading import Reading
from warehouse import standing
from warehouse.codec import unpacked
from warehouse.engine import reading
from warehouse.rows import (
    DecisionRow,
    FigureRow,
    FindingRow,
    MarkRow,
    RankRow,
    ReportRow,
    RollupRow,
    ScoreRow,
    SubmissionRow,
)
from warehouse.submissions import submission_row
from warehouse.tables import (
    CalculationTable,
    DecisionTable,
    FigureCurrentTable,
    FigureTable,
    FigureValueTable,
    FindingFigureTable,
    FindingTable,
    ManualMarkTable,
    RankTable,
    ReportBodyTable,
    ReportTable,
    RollupTable,
    RoundTable,
    ScoreTable,
    SubmissionTable,
    WardTable,
)


def rounds(engine: Engine) -> list[str]:
    """Return the labels of the rounds anything is known of, oldest first."""
    with reading(engine) as connection:
        query = select(RoundTable.label).order_by(RoundTable.year, RoundTable.number)
        return list(connection.execute(query).scalars())


def submissions(
    engine: Engine, round_label: str | None = None, ward: str | None = None, state: str | None = None
) -> list[SubmissionRow]:
    """Return arrivals in the order in which they came."""
    query = select(SubmissionTable.__table__).order_by(SubmissionTable.id)
    for column, wanted in (("round", round_label), ("ward", ward), ("state", state)):
        if wanted is not None:
            query = query.where(SubmissionTable.__table__.c[column] == wanted)
    with reading(engine) as connection:
        return [submission_row(row) for row in connection.execute(query).mappings()]


def submission(engine: Engine, submission_id: int) -> SubmissionRow | None:
    """Return one arrival, None where there is none of that number."""
    query = select(SubmissionTable.__table__).where(SubmissionTable.id == submission_id)
    with reading(engine) as connection:
        row = connection.execute(query).mappings().first()
    return None if row is None else submission_row(row)


def current_submission(engine: Engine, ward: str, round_label: str) -> SubmissionRow | None:
    """Return the latest version of a ward's report for a round, loaded or not."""
    query = select(SubmissionTable.__table__).where(
        SubmissionTable.ward == ward, SubmissionTable.round == round_label, SubmissionTable.is_current
    )
    with reading(engine) as connection:
        row = connection.execute(query).mappings().first()
    return None if row is None else submission_row(row)


def reports(
    engine: Engine, round_label: str | None = None, ward: str | None = None, *, current_only: bool = True
) -> list[ReportRow]:
    """Return loads, by round, ward and time."""
    names = [f.name for f in dataclasses.fields(ReportRow)]
    query = select(*(ReportTable.__table__.c[n] for n in names))
    if round_label is not None:
        query = query.where(ReportTable.round == round_label)
    if ward is not None:
        query = query.where(ReportTable.ward == ward)
    if current_only:
        query = query.where(ReportTable.loaded_to.is_(None))
    query = query.order_by(ReportTable.round, ReportTable.ward, ReportTable.loaded_from, ReportTable.id)
    with reading(engine) as connection:
        return [ReportRow(*row) for row in connection.execute(query)]


def report_of(engine: Engine, ward: str, round_label: str) -> ReportRow | None:
    """Return the load in force for a ward and round."""
    return next(iter(reports(engine, round_label, ward)), None)


def reading_of(engine: Engine, ward: str, round_label: str) -> Reading | None:
    """Return the Reading in force for a ward and round, exactly as it was loaded."""
    with reading(engine) as connection:
        body = connection.execute(_body(ReportBodyTable.reading, ward, round_label)).scalar()
    return None if body is None else unpacked(Reading, body)


def readings(engine: Engine, round_label: str | None = None, *, before: str | None = None) -> list[Reading]:
    """Return the Readings in force of a round, or of every round before the label `before`."""
    query = (
        select(ReportBodyTable.reading)
        .join(ReportTable, ReportTable.id == ReportBodyTable.report_id)
        .where(ReportTable.loaded_to.is_(None))
        .order_by(ReportTable.round, ReportTable.ward)
    )
    if round_label is not None:
        query = query.where(ReportTable.round == round_label)
    if before is not None:
        query = query.where(ReportTable.round < before)
    with reading(engine) as connection:
        return [unpacked(Reading, body) for body in connection.execute(query).scalars()]


def document_of(engine: Engine, ward: str, round_label: str) -> Document | None:
    """Return the Document in force for a ward and round, None where none was kept."""
    with reading(engine) as connection:
        body = connection.execute(_body(ReportBodyTable.document, ward, round_label)).scalar()
    return None if body is None else unpacked(Document, body)


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


def figures_wide(
    engine: Engine, round_label: str, *, as_of: datetime | None = None
) -> dict[str, dict[str, Decimal | None]]:
    """Return ward → figure → value that counts (None while waiting or blocked) for a round."""
    wide: dict[str, dict[str, Decimal | None]] = {}
    for row in figures_long(engine, round_label, as_of=as_of):
        wide.setdefault(row.ward, {})[row.figure] = row.value
    return wide


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


def rollup_rows(engine: Engine, round_label: str) -> list[RollupRow]:
    """Return the saved totals of a round."""
    query = _results(RollupTable, round_label, "rollup", "").order_by(RollupTable.seq)
    return _values(engine, query, RollupRow)


def score_rows(engine: Engine, round_label: str, scorecard: str, ward: str | None = None) -> list[ScoreRow]:
    """Return the saved points of a round by ward and criterion."""
    query = _results(ScoreTable, round_label, "score", scorecard).order_by(ScoreTable.ward, ScoreTable.position)
    return _values(engine, query if ward is None else query.where(ScoreTable.ward == ward), ScoreRow)


def rank_rows(engine: Engine, round_label: str, scorecard: str) -> list[RankRow]:
    """Return the saved places of a round, the unranked last, equal places in Vietnamese order of names."""
    query = (
        _results(RankTable, round_label, "ranking", scorecard)
        .join(WardTable, WardTable.slug == RankTable.ward)
        .order_by(RankTable.rank.is_(None), RankTable.rank, WardTable.sort_key)
    )
    return _values(engine, query, RankRow)


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


def _body(column: Any, ward: str, round_label: str) -> Select[Any]:
    return (
        select(column)
        .join(ReportTable, ReportTable.id == ReportBodyTable.report_id)
        .where(ReportTable.ward == ward, ReportTable.round == round_label, ReportTable.loaded_to.is_(None))
    )


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


def _figure_rows(connection: Connection, standings: list[dict[str, Any]]) -> list[FigureRow]:
    """Return standings with where each value stands and who decided, in catalogue order."""
    where = _places_of(connection, {row["report_id"] for row in standings if row["report_id"] is not None})
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


def _places_of(connection: Connection, report_ids: set[int]) -> dict[tuple[int, str, int], Any]:
    value = FigureValueTable
    query = select(value.report_id, value.figure, value.seq, value.raw, value.sentence, value.page).where(
        value.report_id.in_(report_ids), value.is_primary
    )
    return {(r.report_id, r.figure, r.seq): (r.raw, r.sentence, r.page) for r in connection.execute(query)}


def _people_of(connection: Connection, decision_ids: set[int]) -> dict[int, str]:
    query = select(DecisionTable.id, DecisionTable.decided_by).where(DecisionTable.id.in_(decision_ids))
    return {row.id: row.decided_by for row in connection.execute(query)}


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


def _results(table: Any, round_label: str, kind: str, scorecard: str) -> Select[Any]:
    return (
        select(table.__table__)
        .join(CalculationTable, CalculationTable.id == table.calculation_id)
        .where(
            CalculationTable.round == round_label,
            CalculationTable.kind == kind,
            CalculationTable.scorecard == scorecard,
            CalculationTable.calculated_to.is_(None),
        )
    )


def _values(engine: Engine, query: Select[Any], kind: Any) -> list[Any]:
    names = [f.name for f in dataclasses.fields(kind)]
    with reading(engine) as connection:
        return [kind(**{n: row[n] for n in names}) for row in connection.execute(query).mappings()]
