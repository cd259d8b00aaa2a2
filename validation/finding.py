"""The Finding: one thing that is wrong or worth knowing about a report.

Belongs here: the plain frozen values that rules produce.
Stays out: the rules, and what people decide about a finding (`warehouse.decisions`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True)
class Quote:
    """A sentence of the report that a finding rests on."""

    sentence: str
    page: int | None
    raw: str
    figure: str | None = None
    round: str | None = None


@dataclass(frozen=True)
class Proposal:
    """A value that evidence supports in place of the printed one; never taken over without a named person."""

    figure: str
    value: Decimal
    evidence_vi: str
    evidence_en: str


@dataclass(frozen=True)
class Finding:
    """One finding: the rule, the figures it binds, what was printed, what was expected and why, in both languages."""

    rule: str
    severity: Severity
    ward: str
    round: str
    figures: tuple[str, ...]
    printed: str
    expected: str
    message_vi: str
    message_en: str
    quotes: tuple[Quote, ...] = ()
    proposals: tuple[Proposal, ...] = ()

    @property
    def key(self) -> str:
        """Return what stays the same when the same fault is found again: ward, round, rule, figures, printed."""
        parts = "|".join((self.ward, self.round, self.rule, ",".join(sorted(self.figures)), self.printed))
        return hashlib.sha256(parts.encode()).hexdigest()[:16]
