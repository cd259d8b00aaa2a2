"""The ways a ward's open questions may be decided.

Belongs here: for each figure with an open finding or an unsure value, the values it may come out as, and a ward's
points under each way.
Stays out: which way is right (people), what follows for places (`robustness`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import islice, product

from catalogue.scorecards import Scorecard
from scoring.inputs import FigureInput, RoundFigures, WardInput
from scoring.score import score_criteria
from scoring.values import CriterionScore

MOST_WAYS = 64
"""Ways tried in full; a ward with more is tried one figure at a time and all at once."""


def alternative_scores(
    ward: WardInput, figures: RoundFigures, card: Scorecard
) -> tuple[tuple[CriterionScore, ...], ...]:
    """Return the ward's points under each way of deciding what is open, as things stand now first.

    Only figures the card may use are varied. Equal results are given once.
    """
    ways = (score_criteria(way, figures, card) for way in _ways(ward, card))
    seen: dict[tuple[tuple[Decimal, Decimal], ...], tuple[CriterionScore, ...]] = {}
    for criteria in ways:
        seen.setdefault(tuple((c.points, c.possible) for c in criteria), criteria)
    return tuple(seen.values())


def options(figure: FigureInput) -> tuple[FigureInput, ...]:
    """Return what a figure may come out as: as it counts now, as printed, and each proposal; as decided, if it is."""
    if figure.decided_by or (figure.usable and not figure.proposals):
        return (figure,)
    values = dict.fromkeys((figure.value, *figure.proposals))
    decided = tuple(replace(figure, value=value, status="entered", proposals=()) for value in values)
    return decided if figure.usable else (figure, *decided)


def _ways(ward: WardInput, card: Scorecard) -> Iterator[WardInput]:
    used = set(card.figures)
    choices = [options(f) if f.figure in used else (f,) for f in ward.figures]
    combinations = product(*choices)
    first = list(islice(combinations, MOST_WAYS + 1))
    if len(first) > MOST_WAYS:
        first = list(_few_ways(choices))
    for way in first:
        yield replace(ward, figures=way)


def _few_ways(choices: list[tuple[FigureInput, ...]]) -> Iterator[tuple[FigureInput, ...]]:
    """Yield things as they stand, each other choice by itself, and the last choice of every figure at once."""
    now = tuple(choice[0] for choice in choices)
    yield now
    for index, choice in enumerate(choices):
        for other in choice[1:]:
            yield (*now[:index], other, *now[index + 1 :])
    yield tuple(choice[-1] for choice in choices)
