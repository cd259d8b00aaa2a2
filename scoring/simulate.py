"""What another scorecard would change.

Belongs here: two cards set side by side, and the ranking of a round under each.
Stays out: whether a card is right (`catalogue.scorecards`), saving anything: a simulation leaves no trace.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Literal

from catalogue.scorecards import Criterion, Scorecard
from scoring.exact import exactly
from scoring.inputs import RoundFigures
from scoring.rank import rank
from scoring.score import score
from scoring.values import RankRow, WardScore

_CARD_FIELDS = ("version", "valid_from", "valid_to", "source", "total", "decimals", "grades")


@dataclass(frozen=True)
class CardChange:
    """One difference between two cards; `criterion` None means the card itself."""

    kind: Literal["added", "removed", "changed"]
    criterion: str | None
    field: str
    before: object = None
    after: object = None


@dataclass(frozen=True)
class SimulatedMove:
    """One ward under two cards.

    Totals, places and classes are None where the ward has no place under that card. `gained` pairs criteria with what
    they add to the total under the second card more than under the first, the greatest difference first.
    """

    ward: str
    name: str
    total_before: Decimal | None
    total_after: Decimal | None
    rank_before: int | None
    rank_after: int | None
    grade_before: str | None
    grade_after: str | None
    gained: tuple[tuple[str, Decimal], ...]


def diff(before: Scorecard, after: Scorecard) -> tuple[CardChange, ...]:
    """Return how the second card differs from the first, the card itself first, then criteria in order."""
    own = [_change(None, name, before, after) for name in _CARD_FIELDS if getattr(before, name) != getattr(after, name)]
    codes = list(dict.fromkeys(c.code for c in (*before.criteria, *after.criteria)))
    return (*own, *(change for code in codes for change in _criterion_changes(code, before, after)))


@exactly
def simulate(figures: RoundFigures, before: Scorecard, after: Scorecard) -> tuple[SimulatedMove, ...]:
    """Return each ward under both cards, in the order of the second ranking."""
    scores_before = {s.ward: s for s in score(figures, before)}
    scores_after = {s.ward: s for s in score(figures, after)}
    rows_before = {row.ward: row for row in rank(list(scores_before.values()), before).rows}
    return tuple(
        _simulated(rows_before[row.ward], row, scores_before[row.ward], scores_after[row.ward])
        for row in rank(list(scores_after.values()), after).rows
    )


def _criterion_changes(code: str, before: Scorecard, after: Scorecard) -> Iterator[CardChange]:
    old, new = before.criterion(code), after.criterion(code)
    if old is None or new is None:
        kind: Literal["added", "removed"] = "added" if old is None else "removed"
        yield CardChange(kind, code, "points", old and old.points, new and new.points)
        return
    for field in fields(Criterion):
        if getattr(old, field.name) != getattr(new, field.name):
            yield _change(code, field.name, old, new)


def _change(criterion: str | None, field: str, before: object, after: object) -> CardChange:
    return CardChange("changed", criterion, field, getattr(before, field), getattr(after, field))


def _simulated(old: RankRow, new: RankRow, before: WardScore, after: WardScore) -> SimulatedMove:
    return SimulatedMove(
        ward=new.ward,
        name=f"{new.kind} {new.name}",
        total_before=old.total,
        total_after=new.total,
        rank_before=old.rank,
        rank_after=new.rank,
        grade_before=old.grade,
        grade_after=new.grade,
        gained=_gained(before, after),
    )


def _gained(before: WardScore, after: WardScore) -> tuple[tuple[str, Decimal], ...]:
    codes = list(dict.fromkeys(c.criterion for c in (*before.criteria, *after.criteria)))
    gains = [(code, _contribution(after, code) - _contribution(before, code)) for code in codes]
    return tuple(sorted(((code, gain) for code, gain in gains if gain), key=lambda pair: -abs(pair[1])))


def _contribution(score: WardScore, code: str) -> Decimal:
    return score.contribution(code) if any(c.criterion == code for c in score.criteria) else Decimal(0)
