"""Where the width of the wards' intervals comes from.

Belongs here: the mean width of the wards' totals by its source, so that a round in which nobody can be told apart says
why. Stays out: the bounds themselves (`bounds`), places and tiers (`robustness`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from catalogue.scorecards import Scorecard
from scoring.exact import product_over, rounded, total
from scoring.robustness import VARIATIONS, reach_of_weights
from scoring.values import CriterionScore, Gap, State, WardScore


class Source(StrEnum):
    """What makes the total of a ward uncertain; figures not printed do until the ward was asked for them."""

    NOT_PRINTED = "not_printed"
    UNSURE = "unsure"
    CONTRADICTORY = "contradictory"
    NO_MARK = "no_mark"
    FIGURES = "figures"
    WEIGHTS = "weights"


@dataclass(frozen=True)
class Width:
    """The mean width of the wards' totals that one source makes, in points of a total on 100, and the wards it touches.

    Widths of the criteria add up to that of the total; that of the weights is of the total as things stand.
    """

    source: Source
    points: Decimal
    wards: int


_OF_GAP = {
    Gap.NOT_ASKED: Source.NOT_PRINTED,
    Gap.WAITING: Source.UNSURE,
    Gap.BLOCKED: Source.CONTRADICTORY,
    Gap.CONTRADICTORY: Source.CONTRADICTORY,
    Gap.DROPPED: Source.CONTRADICTORY,
    Gap.NO_MARK: Source.NO_MARK,
    Gap.NO_ARRIVAL: Source.NO_MARK,
}


def widths(scores: Sequence[WardScore], card: Scorecard, variations: int = VARIATIONS) -> tuple[Width, ...]:
    """Return the widths of the wards that have a total, the widest source first."""
    ranked = [score for score in scores if score.total is not None]
    if not ranked:
        return ()
    found: dict[Source, list[Decimal]] = defaultdict(list)
    for score in ranked:
        for source, points in _of_ward(score).items():
            found[source].append(points)
    found[Source.WEIGHTS] = [points for points in reach_of_weights(ranked, card, variations) if points]
    made = [
        Width(source, rounded(product_over(total(points), Decimal(1), Decimal(len(ranked))), 2), len(points))
        for source, points in found.items()
    ]
    return tuple(sorted(made, key=lambda width: (-width.points, width.source)))


def _of_ward(score: WardScore) -> dict[Source, Decimal]:
    """Return the widths of a ward's criteria by source, scaled to a total on 100."""
    possible = total(part.possible for part in score.criteria)
    found: dict[Source, Decimal] = defaultdict(Decimal)
    for part in score.criteria:
        if part.high > part.low:
            found[_source(part)] += product_over(part.high - part.low, Decimal(100), possible)
    return found


def _source(part: CriterionScore) -> Source:
    """Return what makes the points of a criterion uncertain: its gap; without one, findings, ways and small counts."""
    if part.gap in _OF_GAP:
        return _OF_GAP[part.gap]
    return Source.UNSURE if part.state is State.HELD else Source.FIGURES
