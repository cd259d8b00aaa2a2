"""Loading one report: one transaction replaces a ward's round.

Belongs here: the transaction. The former load is closed and stays; the same reading of the same arrival changes
nothing; a load of an earlier version never displaces a later one.
Stays out: many reports at once (`bulk`), how values become rows (`facts`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update

from cchc.errors import WarehouseError
from parsers.document import Document
from parsers.reading import Reading
from validation.finding import Finding
from warehouse import facts, standing
from warehouse.engine import lock, writing
from warehouse.findings import sync_findings
from warehouse.rows import LoadResult
from warehouse.submissions import record_submission, withdraw_report
from warehouse.tables import ReportTable, SubmissionTable

__all__ = ["load_report", "record_submission", "withdraw_report"]


def load_report(
    engine: Engine,
    submission_id: int,
    reading: Reading,
    document: Document | None,
    findings: Iterable[Finding],
    moment: datetime,
) -> LoadResult:
    """Put a reading and its findings in force for the ward and round its arrival was placed with.

    Raises:
        WarehouseError: the arrival is unknown or not placed, or the reading is of another file.
    """
    with writing(engine) as connection:
        placed = _placed(connection, submission_id, reading)
        ward, round_label = placed.ward, placed.round
        lock(connection, "version", ward, round_label)
        current = _in_force(connection, ward, round_label)
        hash_of_reading = facts.reading_digest(reading)
        if current and (current.submission_id, current.digest) == (submission_id, hash_of_reading):
            report_id, changed, outrun = current.id, False, False
        else:
            outrun = current is not None and current.version > placed.version
            report_id = _put(connection, placed, reading, document, hash_of_reading, current, outrun, moment)
            changed = not outrun
        if outrun:
            return LoadResult(report_id, changed=False, outrun=True)
        opened, resolved = sync_findings(connection, ward, round_label, findings, report_id, moment)
        if changed or opened or resolved:
            standing.refresh(connection, ward, round_label)
        return LoadResult(report_id, changed, False, opened, resolved)


def _placed(connection: Connection, submission_id: int, reading: Reading) -> Any:
    found = connection.execute(
        select(
            SubmissionTable.ward,
            SubmissionTable.round,
            SubmissionTable.version,
            SubmissionTable.sha256,
            SubmissionTable.id,
            SubmissionTable.state,
        ).where(SubmissionTable.id == submission_id)
    ).first()
    if found is None or found.state != "placed":
        state = "unknown" if found is None else found.state
        raise WarehouseError(f"arrival {submission_id} is {state}; only a placed one can be loaded")
    if found.sha256 != reading.sha256:
        raise WarehouseError(
            f"arrival {submission_id} is file {found.sha256[:12]}, the reading is of {reading.sha256[:12]}; read again"
        )
    return found


def _in_force(connection: Connection, ward: str, round_label: str) -> Any:
    return connection.execute(
        select(
            ReportTable.id,
            ReportTable.submission_id,
            ReportTable.version,
            ReportTable.digest,
            ReportTable.loaded_from,
        ).where(ReportTable.ward == ward, ReportTable.round == round_label, ReportTable.loaded_to.is_(None))
    ).first()


def _put(
    connection: Connection,
    placed: Any,
    reading: Reading,
    document: Document | None,
    hash_of_reading: str,
    current: Any,
    outrun: bool,
    moment: datetime,
) -> int:
    """Close the load in force and open the new one; one that is outrun is kept, closed from the start."""
    begins = moment if current is None else max(moment, current.loaded_from)
    if current is not None and not outrun:
        connection.execute(
            update(ReportTable).where(ReportTable.id == current.id).values(loaded_to=begins, closed_because="replaced")
        )
    head = facts.report_row(placed.id, placed.ward, placed.round, placed.version, reading, document, hash_of_reading)
    head |= {"loaded_from": begins}
    if outrun:
        head |= {"loaded_to": begins, "closed_because": "outrun"}
    report_id = connection.execute(insert(ReportTable).values(head).returning(ReportTable.id)).scalar_one()
    for table, rows in facts.rows_of(report_id, reading, document).items():
        if rows:
            connection.execute(insert(table), rows)
    return report_id
