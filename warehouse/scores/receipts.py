"""How the reports that lateness is counted by arrived.

Belongs here: time, way, person and file of each ward's first readable report, and the record of a time of arrival that
a person gave: it needs a name and a reason.
Stays out: lateness itself (`scoring.measure`), taking files in (pipelines).
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Engine

from cchc.clock import ZONE
from cchc.errors import DecisionError
from cchc.messages import translator
from scoring.inputs import Receipt
from warehouse import queries
from warehouse.publishing import events, record_event
from warehouse.rows import EventRow, SubmissionRow

_ = translator("scoring")

BACKDATED = "backdated"
"""Kind of the event that a person gave the time of an arrival."""


def receipts_of(engine: Engine, round_label: str, first: Mapping[str, datetime]) -> dict[str, Receipt]:
    """Return, by ward, how its first readable report arrived; `first` maps wards to the moment it did."""
    said = {event.key: event.detail for event in events(engine, round_label, BACKDATED)}
    found: dict[str, Receipt] = {}
    # What came together was recorded as it was read; which of it came first the versions say.
    rows = sorted(queries.submissions(engine, round_label), key=lambda row: row.version or sys.maxsize)
    for row in rows:
        if row.ward and row.ward not in found and row.received_at == first.get(row.ward):
            found[row.ward] = _receipt(row, said.get(f"{BACKDATED}:{row.id}"))
    return found


def refuse_backdating(by: str | None, why: str | None) -> None:
    """Raise a DecisionError where a time of arrival is given without a name and a reason."""
    if not (by or "").strip() or not (why or "").strip():
        raise DecisionError(_("a time of arrival given by hand needs a name and a reason; add --by and --why"))


def record_backdating(engine: Engine, row: SubmissionRow, by: str, why: str, moment: datetime) -> None:
    """Record that a person said when a file arrived; the first word on a file stands."""
    refuse_backdating(by, why)
    detail = {"by": by.strip(), "why": why.strip(), "said": row.received_at.isoformat()}
    record_event(engine, EventRow(f"{BACKDATED}:{row.id}", BACKDATED, moment, row.round, row.ward, detail))


def _receipt(row: SubmissionRow, detail: object) -> Receipt:
    said = detail if isinstance(detail, dict) else {}
    return Receipt(
        at=row.received_at.astimezone(ZONE),
        via=row.received_via,
        person=row.sender or row.placed_by or "",
        file_name=row.file_name,
        backdated_by=str(said.get("by", "")),
        backdated_why=str(said.get("why", "")),
    )
