"""Every arrival is a row: recording, placing by hand, withdrawing.

Belongs here: which arrival is which version of a ward's report, decided in one transaction, so that two that arrive
at once become versions 1 and 2.
Stays out: recognising ward and round (`parsers.identity`), keeping the bytes (pipelines).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, func, insert, select, update

from cchc.errors import WarehouseError
from cchc.messages import translator
from warehouse import effective_values as standing
from warehouse.codec import to_plain
from warehouse.connection import lock, writing
from warehouse.findings import close_all_findings
from warehouse.reference import ensure_round
from warehouse.rows import NewSubmission, SubmissionRow
from warehouse.tables import ReportTable, SubmissionTable

_ = translator("warehouse")

_ROW_FIELDS = [field.name for field in dataclasses.fields(SubmissionRow)]


def record_submission(engine: Engine, new: NewSubmission) -> SubmissionRow:
    """Record one arrival and return it with its state.

    A file with ward and round becomes the next version of that ward and round, unless the same bytes came before:
    then it is a duplicate of that arrival. One without is quarantined under its outcome and messages.
    """
    with writing(engine) as connection:
        return record(connection, new)


def record(connection: Connection, new: NewSubmission) -> SubmissionRow:
    """Do what `record_submission` does, inside the caller's transaction."""
    if new.ward is not None and new.round is not None:
        ensure_round(connection, new.round)
        lock(connection, "version", new.ward, new.round)
    else:
        lock(connection, "file", new.sha256)
    earlier = _same_bytes(connection, new.sha256, new.ward, new.round)
    values: dict[str, Any] = {f.name: getattr(new, f.name) for f in dataclasses.fields(new)}
    values["identity"] = to_plain(new.identity)
    values |= {"is_current": False, "state": "quarantined", "duplicate_of_id": None}
    if earlier is not None:
        values |= {"state": "duplicate", "duplicate_of_id": earlier}
    elif new.ward is not None and new.round is not None:
        values |= {"state": "placed"} | _next_version(connection, new.ward, new.round)
    found = connection.execute(insert(SubmissionTable).values(values).returning(SubmissionTable.id)).scalar_one()
    return _by_id(connection, found)


def place_submission(engine: Engine, submission_id: int, ward: str, round_label: str, placed_by: str) -> SubmissionRow:
    """Say by hand which ward and round a quarantined arrival is; it becomes the next version there, or a duplicate.

    Raises:
        WarehouseError: there is no such arrival, or it is placed already.
    """
    with writing(engine) as connection:
        row = _by_id(connection, submission_id)
        if row.state != "quarantined":
            raise WarehouseError(
                _("arrival {number} is {state}, not in quarantine; nothing was changed").format(
                    number=submission_id, state=row.state
                )
            )
        ensure_round(connection, round_label)
        lock(connection, "version", ward, round_label)
        values: dict[str, Any] = {"ward": ward, "round": round_label, "placed_by": placed_by, "outcome": "read"}
        same = _same_bytes(connection, row.sha256, ward, round_label)
        if same is not None:
            values |= {"state": "duplicate", "duplicate_of_id": same}
        else:
            values |= {"state": "placed"} | _next_version(connection, ward, round_label)
        connection.execute(update(SubmissionTable).where(SubmissionTable.id == submission_id).values(values))
        return _by_id(connection, submission_id)


def put_in_order(engine: Engine, ids: Sequence[int]) -> None:
    """Give placed arrivals of one ward and round their versions anew, in the order of `ids`.

    For a batch whose files are recorded as they are read: one that was received before another and read after it.
    """
    with writing(engine) as connection:
        rows = [_by_id(connection, number) for number in ids]
        lock(connection, "version", str(rows[0].ward), str(rows[0].round))
        versions = sorted(row.version for row in rows if row.version is not None)
        before = min(rows, key=lambda row: row.version or 0).supersedes_id
        current = any(row.is_current for row in rows)
        for row in rows:
            _set(connection, row.id, version=-row.id, is_current=False)
        for row, version in zip(rows, versions, strict=True):
            _set(connection, row.id, version=version, supersedes_id=before)
            before = row.id
        _set(connection, ids[-1], is_current=current)


def withdraw_overwritten(engine: Engine, new: SubmissionRow, outcomes: Iterable[str]) -> list[SubmissionRow]:
    """Withdraw waiting arrivals of the same name and way whose outcome is one of `outcomes`, and return them.

    For a folder in which the file of that name is another now: what waited was its beginning.
    """
    same = (
        SubmissionTable.file_name == new.file_name,
        SubmissionTable.received_via == new.received_via,
        SubmissionTable.state == "quarantined",
        SubmissionTable.outcome.in_(list(outcomes)),
        SubmissionTable.id < new.id,
        SubmissionTable.sha256 != new.sha256,
    )
    with writing(engine) as connection:
        found = connection.execute(update(SubmissionTable).where(*same).values(state="withdrawn").returning(
            *SubmissionTable.__table__.columns))  # fmt: skip
        return [submission_row(row) for row in found.mappings()]


def withdraw_report(engine: Engine, submission_id: int, moment: datetime) -> SubmissionRow:
    """Take an arrival out of its round: its load is closed, the version before it is current again but not loaded.

    The row stays. Load the earlier version again to bring its figures back.
    """
    with writing(engine) as connection:
        row = _by_id(connection, submission_id)
        if row.ward is None or row.round is None or row.state != "placed":
            raise WarehouseError(
                _("arrival {number} is {state}; only a placed one can be withdrawn").format(
                    number=submission_id, state=row.state
                )
            )
        lock(connection, "version", row.ward, row.round)
        _set(connection, submission_id, state="withdrawn", is_current=False)
        _make_latest_current(connection, row.ward, row.round)
        closed = connection.execute(
            update(ReportTable)
            .where(ReportTable.submission_id == submission_id, ReportTable.loaded_to.is_(None))
            .values(loaded_to=moment, closed_because="withdrawn")
        )
        if closed.rowcount:
            close_all_findings(connection, row.ward, row.round, "withdrawal", submission_id, moment)
            standing.refresh(connection, row.ward, row.round)
        return _by_id(connection, submission_id)


def _same_bytes(connection: Connection, sha256: str, ward: str | None, round_label: str | None) -> int | None:
    """Return the first arrival of the same bytes for the same ward and round, or among the quarantined."""
    same = select(SubmissionTable.id).where(SubmissionTable.sha256 == sha256)
    if ward is not None and round_label is not None:
        same = same.where(
            SubmissionTable.ward == ward, SubmissionTable.round == round_label, SubmissionTable.state == "placed"
        )
    else:
        same = same.where(SubmissionTable.state == "quarantined")
    return connection.execute(same.order_by(SubmissionTable.id).limit(1)).scalar()


def _next_version(connection: Connection, ward: str, round_label: str) -> dict[str, Any]:
    """Return version and predecessor for a new arrival, which becomes the current one."""
    of_ward = (SubmissionTable.ward == ward, SubmissionTable.round == round_label)
    last = connection.execute(select(func.max(SubmissionTable.version)).where(*of_ward)).scalar()
    current = connection.execute(select(SubmissionTable.id).where(*of_ward, SubmissionTable.is_current)).scalar()
    connection.execute(update(SubmissionTable).where(*of_ward, SubmissionTable.is_current).values(is_current=False))
    return {"version": (last or 0) + 1, "supersedes_id": current, "is_current": True}


def _make_latest_current(connection: Connection, ward: str, round_label: str) -> None:
    latest = connection.execute(
        select(SubmissionTable.id)
        .where(SubmissionTable.ward == ward, SubmissionTable.round == round_label, SubmissionTable.state == "placed")
        .order_by(SubmissionTable.version.desc())
        .limit(1)
    ).scalar()
    if latest is not None:
        connection.execute(
            update(SubmissionTable)
            .where(SubmissionTable.ward == ward, SubmissionTable.round == round_label)
            .values(is_current=SubmissionTable.id == latest)
        )


def _set(connection: Connection, submission_id: int, **values: Any) -> None:
    connection.execute(update(SubmissionTable).where(SubmissionTable.id == submission_id).values(values))


def _by_id(connection: Connection, submission_id: int) -> SubmissionRow:
    found = (
        connection.execute(select(SubmissionTable.__table__).where(SubmissionTable.id == submission_id))
        .mappings()
        .first()
    )
    if found is None:
        raise WarehouseError(
            _("there is no arrival {number}; see the ledger for those there are").format(number=submission_id)
        )
    return submission_row(found)


def submission_row(row: RowMapping) -> SubmissionRow:
    """Return the value of a row of the table."""
    return SubmissionRow(**{name: row[name] for name in _ROW_FIELDS})
