"""Questions about what arrived and what was read.

Belongs here: rounds, arrivals, loads, readings and documents as they were loaded.
Stays out: figures one by one (`figures`), who was expected (`ledger`).
"""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

from sqlalchemy import Engine, Select, select
from sqlalchemy.orm import aliased

from catalogue.rounds import parse_round
from parsers.document import Document
from parsers.reading import Reading
from warehouse.codec import unpacked
from warehouse.connection import reading
from warehouse.rows import (
    ReportRow,
    SubmissionRow,
)
from warehouse.submissions import submission_row
from warehouse.tables import (
    ReportBodyTable,
    ReportTable,
    RoundTable,
    SubmissionTable,
)


def rounds(engine: Engine) -> list[str]:
    """Return the labels of the rounds anything is known of, oldest first."""
    with reading(engine) as connection:
        query = select(RoundTable.label).order_by(RoundTable.year, RoundTable.number)
        return list(connection.execute(query).scalars())


def reported_rounds(engine: Engine) -> list[str]:
    """Return the labels of the rounds some report is in force for, earliest first.

    `rounds` names more: a round stands there as soon as the calendar opens it or somebody looks at its ledger.
    """
    with reading(engine) as connection:
        query = select(ReportTable.round).where(ReportTable.loaded_to.is_(None)).distinct()
        return sorted(connection.execute(query).scalars(), key=parse_round)


def loads_before(engine: Engine, label: str) -> list[int]:
    """Return the numbers of the loads in force for every round before one."""
    query = select(ReportTable.id).where(
        ReportTable.loaded_to.is_(None), ReportTable.round.in_(_labels_before(engine, label))
    )
    with reading(engine) as connection:
        return sorted(connection.execute(query).scalars())


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


def printed_date(engine: Engine, submission_id: int) -> date | None:
    """Return the date that an arrival's letterhead prints, None where none was read."""
    query = select(SubmissionTable.identity).where(SubmissionTable.id == submission_id)
    with reading(engine) as connection:
        identity = connection.execute(query).scalar()
    printed = (identity or {}).get("doc_date")
    return date.fromisoformat(printed) if printed else None


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


def _labels_before(engine: Engine, label: str) -> list[str]:
    """Return the rounds there are before one, by the end of their spans: labels of several kinds do not sort so."""
    with reading(engine) as connection:
        labels = connection.execute(select(RoundTable.label)).scalars().all()
    return [one for one in labels if parse_round(one) < parse_round(label)]


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
        query = query.where(ReportTable.round.in_(_labels_before(engine, before)))
    with reading(engine) as connection:
        return [unpacked(Reading, body) for body in connection.execute(query).scalars()]


def former_readings(engine: Engine, round_label: str) -> list[Reading]:
    """Return the Readings of the versions that a ward's current version of a round replaces, oldest version first.

    Of each version its last load; a version that was withdrawn, because it was not the ward's or not of the round,
    says nothing.
    """
    now = aliased(SubmissionTable)
    query = (
        select(ReportTable.ward, ReportTable.version, ReportBodyTable.reading)
        .join(ReportBodyTable, ReportTable.id == ReportBodyTable.report_id)
        .join(SubmissionTable, SubmissionTable.id == ReportTable.submission_id)
        .join(now, (now.ward == ReportTable.ward) & (now.round == ReportTable.round) & now.is_current)
        .where(ReportTable.round == round_label, SubmissionTable.state == "placed", ReportTable.version < now.version)
        .order_by(ReportTable.ward, ReportTable.version, ReportTable.loaded_from, ReportTable.id)
    )
    with reading(engine) as connection:
        last = {(ward, version): body for ward, version, body in connection.execute(query)}
    return [unpacked(Reading, body) for body in last.values()]


def document_of(engine: Engine, ward: str, round_label: str) -> Document | None:
    """Return the Document in force for a ward and round, None where none was kept."""
    with reading(engine) as connection:
        body = connection.execute(_body(ReportBodyTable.document, ward, round_label)).scalar()
    return None if body is None else unpacked(Document, body)


def load_of(engine: Engine, report_id: int) -> tuple[ReportRow, Reading, Document | None] | None:
    """Return a load by its number, in force or not, with its Reading and Document; None where it was not kept."""
    columns = [ReportTable.__table__.c[f.name] for f in dataclasses.fields(ReportRow)]
    query = (
        select(*columns, ReportBodyTable.reading, ReportBodyTable.document)
        .join(ReportBodyTable, ReportBodyTable.report_id == ReportTable.id)
        .where(ReportTable.id == report_id)
    )
    with reading(engine) as connection:
        found = connection.execute(query).first()
    if found is None:
        return None
    *row, body, document = found
    return ReportRow(*row), unpacked(Reading, body), None if document is None else unpacked(Document, document)


def _body(column: Any, ward: str, round_label: str) -> Select[Any]:
    return (
        select(column)
        .join(ReportTable, ReportTable.id == ReportBodyTable.report_id)
        .where(ReportTable.ward == ward, ReportTable.round == round_label, ReportTable.loaded_to.is_(None))
    )
