"""The steps of a round in one piece: scores, robustness, ranking.

Belongs here: how the steps follow one another, as pure functions.
Stays out: each step's arithmetic, the warehouse (`warehouse.scores.store`).
"""

from __future__ import annotations

from collections.abc import Mapping

from catalogue.rounds import parse_round
from catalogue.scorecards import Scorecard
from scoring.inputs import RoundFigures
from scoring.rank import rank
from scoring.robustness import VARIATIONS, robustness
from scoring.rollup import rollup
from scoring.score import score
from scoring.values import Ranking, RoundResult


def ranking_of(
    figures: RoundFigures, card: Scorecard, previous: RoundFigures | None = None, variations: int = VARIATIONS
) -> Ranking:
    """Return the full ranking of a round; the previous round is scored under the same card, so that places compare."""
    scores = score(figures, card)
    before = score(previous, card) if previous else ()
    firm = robustness(figures, card, rank(scores, card), variations)
    return rank(scores, card, before, firm)


def result_of(figures: RoundFigures, card: Scorecard, history: Mapping[str, RoundFigures] | None = None) -> RoundResult:
    """Return everything that is computed for a round; `history` maps round labels to earlier rounds."""
    known = history or {}
    previous = known.get(parse_round(figures.round).previous().label)
    return RoundResult(
        round=figures.round,
        scorecard=card.name,
        version=card.version,
        rollup=rollup(figures, known),
        scores=score(figures, card),
        ranking=ranking_of(figures, card, previous),
    )
