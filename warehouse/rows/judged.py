"""Values of figures, findings and decisions.

Belongs here: what was read, what is wrong with it, what people decided.
Stays out: results of a round.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from validation.finding import Severity

FigureStatus = Literal["entered", "marked", "waiting", "blocked"]
DecisionKind = Literal["accept", "propose", "enter", "reject", "reopen"]


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
