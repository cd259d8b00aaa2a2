"""Causes and tasks, drawn from what was found and scored.

Belongs here: which kinds of faults the findings show and at which wards, and for the weakest criteria which wards have
to do what.
Stays out: the findings' own text (`counting` lists them), layout (the package).
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from catalogue.paper import Wording
from catalogue.rules import rule_book
from publications import words
from publications.content import RoundContent
from scoring.values import State

MOST_CAUSES = 4
MOST_CRITERIA = 3
MOST_WARDS = 3


def causes(content: RoundContent, wording: Wording) -> list[str]:
    """Return the kinds of open errors and warnings, the most frequent first, with the wards they stand at."""
    rows = [row.finding for row in content.findings if row.is_open and row.finding.severity != "info"]
    counts = Counter(finding.rule for finding in rows)
    items = []
    for rule, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_CAUSES]:
        names = list(dict.fromkeys(content.name(f.ward) for f in rows if f.rule == rule))
        known = rule_book().rules.get(rule)
        name = known.name_vi if known else rule
        items.append(wording.phrases["cause"].format(rule=_lower(name), count=count, wards=", ".join(names)))
    return [wording.phrases["causes"].format(causes="; ".join(items))] if items else []


def tasks(content: RoundContent, wording: Wording) -> list[str]:
    """Return a task for each of the weakest criteria: what to raise, and at which wards first."""
    lines = []
    for code, title, share in weakest(content):
        behind = _furthest_behind(content, code)
        lines.append(
            wording.phrases["task"].format(
                criterion=_lower(title), share=words.share(share), wards=", ".join(map(content.name, behind))
            )
        )
    return lines


def weakest(content: RoundContent) -> list[tuple[str, str, Decimal]]:
    """Return code, title and share had of the criteria for which the wards had the least share of their points."""
    found = []
    for criterion in content.scorecard.criteria:
        parts = [score.criterion(criterion.code) for score in content.result.scores if score.reported]
        counted = [part for part in parts if part.state in (State.SCORED, State.ZERO)]
        possible = sum((part.possible for part in counted), Decimal(0))
        if possible:
            had = sum((part.points for part in counted), Decimal(0))
            found.append((criterion.code, criterion.title_vi, had / possible))
    below = [entry for entry in found if entry[2] < 1]
    return sorted(below, key=lambda entry: entry[2])[:MOST_CRITERIA]


def _furthest_behind(content: RoundContent, code: str) -> list[str]:
    parts = [(score.criterion(code), score.ward) for score in content.result.scores if score.reported]
    behind = [(part.points, ward) for part, ward in parts if part.points < part.possible]
    return [ward for _points, ward in sorted(behind, key=lambda pair: pair[0])[:MOST_WARDS]]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
