"""Values of arrivals, loads and the ledger.

Belongs here: what comes in by intake, and what the ledger says of it.
Stays out: figures and findings (`judged`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from parsers.reading import Identity

Via = Literal["inbox", "mail", "submit", "zip"]
SubmissionState = Literal["placed", "quarantined", "duplicate", "withdrawn"]


@dataclass(frozen=True)
class NewSubmission:
    """One arrival as intake hands it over; `ward` and `round` None put it in quarantine with the messages as reason.

    `placed_by` names the person who said which ward and round it is, None where the letterhead did.
    """

    sha256: str
    file_name: str
    size_bytes: int
    received_at: datetime
    outcome: str
    received_via: Via = "inbox"
    sender: str | None = None
    format: str | None = None
    ward: str | None = None
    round: str | None = None
    identity: Identity | None = None
    message_vi: str = ""
    message_en: str = ""
    archived_as: str | None = None
    placed_by: str | None = None


@dataclass(frozen=True)
class SubmissionRow:
    """One arrival as the warehouse keeps it. `version` is None unless it is a version of the ward's report."""

    id: int
    sha256: str
    file_name: str
    size_bytes: int
    format: str | None
    received_at: datetime
    received_via: str
    sender: str | None
    ward: str | None
    round: str | None
    version: int | None
    is_current: bool
    state: SubmissionState
    outcome: str
    message_vi: str
    message_en: str
    archived_as: str | None
    supersedes_id: int | None
    duplicate_of_id: int | None
    placed_by: str | None


@dataclass(frozen=True)
class LoadResult:
    """What a load did. `outrun` is true where a later version was in force already and stays so."""

    report_id: int
    changed: bool
    outrun: bool = False
    findings_opened: int = 0
    findings_resolved: int = 0


@dataclass(frozen=True)
class ReportRow:
    """One load of a report."""

    id: int
    submission_id: int
    ward: str
    round: str
    version: int
    sha256: str
    doc_no: str | None
    doc_date: date | None
    format: str
    reader: str
    pages: int | None
    text_confidence: float
    identity_confidence: float
    explained_share: float
    parser_version: str
    loaded_from: datetime
    loaded_to: datetime | None


@dataclass(frozen=True)
class LedgerRow:
    """One expected report of a round.

    `state`: missing, received (not yet loaded), loaded (nothing to do), review (open errors or unsure figures).
    `on_time` compares the arrival of the first version that could be read with the due date, None where there is none.
    """

    round: str
    ward: str
    code: str
    kind: str
    name: str
    state: Literal["missing", "received", "loaded", "review"]
    on_time: bool | None
    first_received_at: datetime | None
    first_readable_at: datetime | None
    received_at: datetime | None
    received_via: str | None
    versions: int
    submission_id: int | None
    report_id: int | None
    doc_no: str | None
    doc_date: date | None
    parser_version: str | None
    figures: int
    waiting: int
    blocked: int
    errors: int
    warnings: int
    infos: int
