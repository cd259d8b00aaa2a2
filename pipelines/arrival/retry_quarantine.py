"""A second look at files that wait: what was refused for want of a machine, or by an earlier version of the readers.

Belongs here: reading waiting files again and placing those that can be placed now.
Stays out: the first judgement (`pipelines.arrival.intake`); a file that still cannot be placed keeps its row and its
reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import cast

from cchc.clock import ZONE
from cchc.errors import DocumentError
from parsers.document import Document
from parsers.outcomes import RETRYABLE
from parsers.reading import Reading
from pipelines.arrival.intake import Desk
from pipelines.arrival.mailbox import OFFICE
from pipelines.arrival.placement import place
from pipelines.arrival.quarantine import release
from warehouse.load import record_submission
from warehouse.queries import submissions
from warehouse.rows import NewSubmission, SubmissionRow, Via


@dataclass(frozen=True)
class SecondLook:
    """A waiting file and what the second look gave: its new row, None where it still waits."""

    waiting: SubmissionRow
    placed: SubmissionRow | None


def waiting_rows(desk: Desk, *, retryable_only: bool) -> list[SubmissionRow]:
    """Return files that wait, one row for the same bytes; `retryable_only` leaves out those that are bad themselves."""
    rows = submissions(desk.engine)
    placed = {row.sha256 for row in rows if row.state == "placed"}
    first = {row.sha256: row for row in reversed(rows) if row.state == "quarantined" and row.sha256 not in placed}
    found = sorted(first.values(), key=lambda row: row.id)
    return [row for row in found if not retryable_only or row.outcome in RETRYABLE]


def look_again(desk: Desk, rows: list[SubmissionRow], senders: Mapping[str, str]) -> Iterator[SecondLook]:
    """Read waiting files again and place what can be placed now, as of the day it came.

    `senders` maps known mail addresses to wards, as the settings of the mailbox do.
    """
    with ExitStack() as lent:
        paths = {lent.enter_context(desk.archive.original(row.sha256)): row for row in rows}
        for path, result in desk.read_many(list(paths)) if paths else ():
            new = None if isinstance(result, DocumentError) else _placed(paths[path], *result, senders)
            placed = record_submission(desk.engine, new) if new else None
            if placed is not None:
                release(desk.quarantine, placed.sha256)
            yield SecondLook(paths[path], placed)


def _placed(
    row: SubmissionRow, document: Document, reading: Reading, senders: Mapping[str, str]
) -> NewSubmission | None:
    """Return the arrival as it is judged now, None where it still finds no place."""
    owner = senders.get((row.sender or "").lower())
    placement = place(
        reading.identity, row.received_at.astimezone(ZONE).date(), sender_ward=None if owner == OFFICE else owner
    )
    if not placement.placed:
        return None
    return NewSubmission(
        sha256=row.sha256,
        file_name=row.file_name,
        size_bytes=row.size_bytes,
        received_at=row.received_at,
        outcome=placement.outcome.value,
        received_via=cast("Via", row.received_via),
        sender=row.sender,
        format=document.format,
        ward=placement.ward,
        round=placement.round,
        identity=reading.identity,
        archived_as=row.archived_as,
    )
