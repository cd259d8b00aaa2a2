"""How often each rule fires, so that a noisy rule is seen.

Belongs here: counting findings by rule, and how many of them people accepted as printed.
Stays out: fetching findings and decisions (warehouse), showing the counts (command line).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from catalogue.rules import RuleBook, Severity


class Found(Protocol):
    """What is counted: a finding with its life."""

    @property
    def key(self) -> str:
        """Return what makes it the same finding when it is found again."""

    @property
    def rule(self) -> str:
        """Return the code of the rule."""

    @property
    def ward(self) -> str:
        """Return the slug of the ward."""

    @property
    def round(self) -> str:
        """Return the label of the round."""

    @property
    def state(self) -> str:
        """Return whether it is "open" or "resolved"."""


@dataclass(frozen=True)
class Firing:
    """How one rule fired: findings, reports concerned, still open, and accepted as printed by a person.

    `noise` is the share of decided findings that a person accepted as printed, None where nobody decided: a rule
    whose findings are mostly right as printed cries wolf.
    """

    rule: str
    severity: Severity
    findings: int
    reports: int
    open: int
    accepted: int
    decided: int

    @property
    def noise(self) -> float | None:
        """Return the share of decided findings accepted as printed."""
        return self.accepted / self.decided if self.decided else None


def firings(findings: Iterable[Found], last_decisions: Mapping[str, str], book: RuleBook) -> list[Firing]:
    """Return one count a rule of the book, the most frequent first; rules that never fired are listed too.

    `last_decisions` maps the key of a decided finding to the kind of the last decision on it.
    """
    found = list(findings)
    total = Counter(f.rule for f in found)
    reports = Counter(rule for rule, _ward, _round in {(f.rule, f.ward, f.round) for f in found})
    still_open = Counter(f.rule for f in found if f.state == "open")
    decided = Counter(f.rule for f in found if last_decisions.get(f.key, "reopen") != "reopen")
    accepted = Counter(f.rule for f in found if last_decisions.get(f.key) == "accept")
    counts = [
        Firing(code, rule.severity, total[code], reports[code], still_open[code], accepted[code], decided[code])
        for code, rule in book.rules.items()
    ]
    return sorted(counts, key=lambda count: -count.findings)
