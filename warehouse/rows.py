"""The plain values that go into the warehouse and come out of it.

Belongs here: frozen values; amounts are Decimals, moments carry their zone, wards are slugs, rounds are labels.
Stays out: SQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from parsers.reading import Identity
from validation.finding import Severity

Via = Literal["inbox", "mail", "submit", "zip"]
SubmissionState = Literal["placed", "quarantined", "duplicate", "withdrawn"]
FigureStatus = Literal["entered", "marked", "waiting", "blocked"]
DecisionKind = Literal["accept", "propose", "enter", "reject", "reopen"]


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
class FigureRow:
    """One figure of one ward and round as it counts, with where its printed value stands.

    `value` is None while `status` is waiting or blocked; `printed` is what the report says, whatever the status.
    """

    round: str
    ward: str
    figure: str
    status: FigureStatus
    value: Decimal | None
    printed: Decimal | None
    decided: Decimal | None
    decided_by: str | None
    confidence: float | None
    report_id: int | None
    raw: str
    sentence: str
    page: int | None
    unit: str


@dataclass(frozen=True)
class FindingRow:
    """One finding with its life."""

    key: str
    ward: str
    round: str
    rule: str
    severity: Severity
    figures: tuple[str, ...]
    printed: str
    expected: str
    message_vi: str
    message_en: str
    quotes: tuple[dict[str, Any], ...]
    proposals: tuple[dict[str, Any], ...]
    state: Literal["open", "resolved"]
    resolved_by: str | None
    resolved_id: int | None
    resolved_at: datetime | None
    first_seen_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True)
class NewDecision:
    """What a named person decides, on a finding or on a figure by itself.

    accept: it is right as printed. propose: take the finding's proposal `value`. enter: take `value`. reject: keep
    the figure out. reopen: undo what was decided. `figure` None means every figure of the finding.
    """

    ward: str
    round: str
    kind: DecisionKind
    decided_by: str
    reason: str
    finding_key: str | None = None
    figure: str | None = None
    value: Decimal | None = None


@dataclass(frozen=True)
class DecisionRow:
    """One recorded decision; `holds` is false once the report prints another value than the one judged."""

    id: int
    finding_key: str | None
    ward: str
    round: str
    figure: str | None
    kind: DecisionKind
    value: Decimal | None
    printed: Decimal | None
    decided_by: str
    decided_at: datetime
    reason: str
    holds: bool = True


@dataclass(frozen=True)
class LedgerRow:
    """One expected report of a round.

    `state`: missing, received (not yet loaded), loaded (nothing to do), review (open errors or unsure figures).
    `on_time` compares the first version's arrival with the due date, None where nothing arrived.
    """

    round: str
    ward: str
    code: str
    kind: str
    name: str
    state: Literal["missing", "received", "loaded", "review"]
    on_time: bool | None
    first_received_at: datetime | None
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


@dataclass(frozen=True)
class RollupRow:
    """One total of a round. `scope` is all, phường or xã; percentages are in percent."""

    scope: str
    measure_kind: Literal["figure", "indicator"]
    measure: str
    unit: str
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    wards_counted: int
    wards_expected: int
    previous_value: Decimal | None = None
    last_year_value: Decimal | None = None
    detail: Any = None


@dataclass(frozen=True)
class ScoreRow:
    """The points of one ward for one criterion; `inputs` maps figure codes to the values used."""

    ward: str
    criterion: str
    position: int
    scorecard_version: str
    inputs: Any
    ratio: Decimal | None
    points: Decimal | None
    max_points: Decimal
    state: str
    note: str = ""
    detail: Any = None


@dataclass(frozen=True)
class RankRow:
    """The place of one ward; `completeness` is in percent."""

    ward: str
    scorecard_version: str
    total: Decimal | None
    rank: int | None
    rank_in_kind: int | None
    class_code: str | None
    completeness: Decimal | None
    rank_change: int | None = None
    reason_unranked: str | None = None
    robustness: Any = None
    detail: Any = None


@dataclass(frozen=True)
class MarkRow:
    """The marks of one ward for a criterion that reports cannot show."""

    round: str
    ward: str
    scorecard: str
    criterion: str
    self_assessed: Decimal | None
    appraised: Decimal | None
    final: Decimal | None
    evidence: str
    marked_by: str
    marked_at: datetime


@dataclass(frozen=True)
class PublicationRow:
    """One published paper."""

    round: str
    revision: int
    kind: str
    path: str
    sha256: str
    published_by: str
    published_at: datetime
    note: str = ""


@dataclass(frozen=True)
class EventRow:
    """Something that happened once, by its key."""

    key: str
    kind: str
    happened_at: datetime
    round: str | None = None
    ward: str | None = None
    detail: Any = None


@dataclass(frozen=True)
class RunRow:
    """One try at processing a report."""

    step: str
    outcome: str
    message: str
    started_at: datetime
    submission_id: int | None = None
    ward: str | None = None
    round: str | None = None
    parser_version: str | None = None
    seconds: float | None = None
