"""Loading one report: one transaction replaces a ward's round.

Belongs here: the transaction. The former load is closed and stays; the same reading of the same arrival changes
nothing; a load of an earlier version never displaces a later one.
Stays out: many reports at once (`bulk`), how values become rows (`facts`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update

from cchc.errors import WarehouseError
from cchc.messages import translator
from parsers.document import Document
from parsers.reading import Reading
from validation.finding import Finding
from warehouse import effective_values as standing
from warehouse import facts
from warehouse.codec import canonical, digest_of
from warehouse.connection import lock, writing
from warehouse.findings import sync_findings
from warehouse.rows import LoadResult
from warehouse.submissions import put_in_order, record_submission, withdraw_overwritten, withdraw_report
from warehouse.tables import ReportTable, SubmissionTable

_ = translator("warehouse")

__all__ = ["load_report", "put_in_order", "record_submission", "withdraw_overwritten", "withdraw_report"]


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
    new = _Load(reading, canonical(reading), document, moment)
    with writing(engine) as connection:
        placed = _locked(connection, submission_id, reading)
        current = _in_force(connection, placed.ward, placed.round)
        if current is not None and current.version > placed.version:
            return LoadResult(_put_behind(connection, placed, new, current), changed=False, outrun=True)
        unchanged = current is not None and (current.submission_id, current.digest) == (submission_id, new.digest)
        report_id = current.id if unchanged else _put_in_force(connection, placed, new, current)
        opened, resolved = sync_findings(connection, placed.ward, placed.round, findings, report_id, moment)
        if not unchanged or opened or resolved:
            standing.refresh(connection, placed.ward, placed.round)
        return LoadResult(report_id, not unchanged, False, opened, resolved)


@dataclass(frozen=True)
class _Load:
    """What is to be loaded; `text` is the reading as canonical JSON."""

    reading: Reading
    text: str
    document: Document | None
    moment: datetime

    @cached_property
    def digest(self) -> str:
        return digest_of(self.text)


def _locked(connection: Connection, submission_id: int, reading: Reading) -> Any:
    """Return the arrival, once no other transaction is at work on its ward and round."""
    query = select(SubmissionTable.__table__).where(SubmissionTable.id == submission_id)
    found = connection.execute(query).first()
    if found is not None and found.ward is not None and found.round is not None:
        lock(connection, "version", found.ward, found.round)
        found = connection.execute(query).first()
    if found is None or found.state != "placed":
        state = "unknown" if found is None else found.state
        raise WarehouseError(
            _("arrival {number} is {state}; only a placed one can be loaded").format(number=submission_id, state=state)
        )
    if found.sha256 != reading.sha256:
        raise WarehouseError(
            _("arrival {number} is file {file}, the reading is of {other}; read it again").format(
                number=submission_id, file=found.sha256[:12], other=reading.sha256[:12]
            )
        )
    return found


def _in_force(connection: Connection, ward: str, round_label: str) -> Any:
    return connection.execute(
        select(ReportTable.__table__).where(
            ReportTable.ward == ward, ReportTable.round == round_label, ReportTable.loaded_to.is_(None)
        )
    ).first()


def _put_in_force(connection: Connection, placed: Any, new: _Load, current: Any) -> int:
    """Close the load in force and open the new one at the same moment."""
    begins = new.moment if current is None else max(new.moment, current.loaded_from)
    if current is not None:
        closed = {"loaded_to": begins, "closed_because": "replaced"}
        connection.execute(update(ReportTable).where(ReportTable.id == current.id).values(closed))
    return _insert(connection, placed, new, {"loaded_from": begins})


def _put_behind(connection: Connection, placed: Any, new: _Load, current: Any) -> int:
    """Keep a load that a later version outran, closed from the start; keep it once."""
    same = select(ReportTable.id).where(ReportTable.submission_id == placed.id, ReportTable.digest == new.digest)
    kept = connection.execute(same.limit(1)).scalar()
    if kept is not None:
        return kept
    begins = max(new.moment, current.loaded_from)
    return _insert(connection, placed, new, {"loaded_from": begins, "loaded_to": begins, "closed_because": "outrun"})


def _insert(connection: Connection, placed: Any, new: _Load, in_force: dict[str, Any]) -> int:
    arrival = facts.Placed(placed.id, placed.ward, placed.round, placed.version)
    row = facts.report_row(arrival, new.reading, new.document, new.digest) | in_force
    report_id = connection.execute(insert(ReportTable).values(row).returning(ReportTable.id)).scalar_one()
    for table, rows in facts.rows_of(report_id, new.reading, new.text, new.document).items():
        if rows:
            connection.execute(insert(table), rows)
    return report_id
