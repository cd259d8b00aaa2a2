"""Points of the wards under a scorecard.

Belongs here: rules (linear, bands, threshold), policies for gaps, totals rescaled to 100, completeness.
Stays out: how a criterion is measured (`measure`), places (`rank`).
"""

from __future__ import annotations

from decimal import Decimal

from catalogue.rounds import parse_round
from catalogue.scorecards import Bands, Criterion, Linear, Policy, Rule, Scorecard, Threshold
from scoring.exact import exactly, product_over, rounded, total
from scoring.inputs import ManualMark, RoundFigures, WardInput
from scoring.measure import Measured, days_late, measure
from scoring.values import CriterionScore, Gap, State, WardScore

SHARE_DECIMALS = 4
"""Shares between 0 and 1 are kept to the hundredth of a percent."""

_STATES: dict[Policy, State] = {
    "full": State.FULL,
    "zero": State.ZERO,
    "exclude": State.EXCLUDED,
    "hold": State.HELD,
}


def score(figures: RoundFigures, card: Scorecard) -> tuple[WardScore, ...]:
    """Return the points of every expected ward, in the order of `figures`."""
    return tuple(score_ward(ward, figures, card) for ward in figures.wards)


@exactly
def score_ward(ward: WardInput, figures: RoundFigures, card: Scorecard) -> WardScore:
    """Return the points of one ward.

    Points are rounded per criterion, as they are shown, so that a printed table adds up; the total is rounded once
    more after rescaling. A ward that has not reported has no points at all, whatever the policies say.
    """
    criteria = score_criteria(ward, figures, card)
    points, possible = total(c.points for c in criteria), total(c.possible for c in criteria)
    supplied = total(c.max_points for c in criteria if c.state is State.SCORED or c.gap is Gap.ZERO_DENOMINATOR)
    return WardScore(
        round=figures.round,
        ward=ward.ward,
        kind=ward.kind,
        name=ward.name,
        scorecard=card.name,
        version=card.version,
        criteria=criteria,
        points=points,
        possible=possible,
        total=rounded(product_over(points, Decimal(100), possible), card.decimals) if possible else None,
        completeness=rounded(product_over(supplied, Decimal(1), card.total), SHARE_DECIMALS),
        reported=ward.reported,
    )


@exactly
def score_criteria(ward: WardInput, figures: RoundFigures, card: Scorecard) -> tuple[CriterionScore, ...]:
    """Return the points of one ward for each criterion, in the card's order."""
    number = parse_round(figures.round).number
    marks = {mark.criterion: mark for mark in ward.marks}
    by_code = {figure.figure: figure for figure in ward.figures}
    scores = []
    for criterion in card.criteria:
        mark = marks.get(criterion.code) if criterion.kind == "manual" else None
        if not ward.reported:
            found = Measured(None, gap=Gap.NO_REPORT)
        elif criterion.kind == "manual":
            found = _marked(mark)
        elif criterion.arrival:
            found = days_late(criterion.arrival, ward, figures.due)
        else:
            found = measure(criterion, by_code, number)
        scores.append(_criterion_score(ward.ward, criterion, found, mark, number, card.decimals))
    return tuple(scores)


def points_for(rule: Rule, value: Decimal, most: Decimal, round_number: int) -> Decimal:
    """Return the points a rule gives for a measured value, unrounded, between 0 and `most`."""
    if isinstance(rule, Linear):
        return _linear(rule.zero_at[round_number - 1], rule.full_at[round_number - 1], value, most)
    if isinstance(rule, Bands):
        return next(band.points for band in rule.bands if band.holds(value))
    if isinstance(rule, Threshold):
        met = value >= rule.bound if rule.at_least else value <= rule.bound
        return most if met else Decimal(0)
    return min(max(value, Decimal(0)), most)


def _linear(zero_at: Decimal, full_at: Decimal, value: Decimal, most: Decimal) -> Decimal:
    gained, needed = value - zero_at, full_at - zero_at
    if needed < 0:
        gained, needed = -gained, -needed
    return product_over(most, min(max(gained, Decimal(0)), needed), needed)


def _marked(mark: ManualMark | None) -> Measured:
    if mark is None or mark.final is None:
        return Measured(None, gap=Gap.NO_MARK)
    return Measured(mark.final)


def _criterion_score(
    ward: str, criterion: Criterion, found: Measured, mark: ManualMark | None, number: int, decimals: int
) -> CriterionScore:
    state = _state(criterion, found)
    points = Decimal(0)
    if state is State.SCORED and found.value is not None:
        points = rounded(points_for(criterion.rule, found.value, criterion.points, number), decimals)
    elif state is State.FULL:
        points = criterion.points
    return CriterionScore(
        ward=ward,
        criterion=criterion.code,
        state=state,
        points=points,
        max_points=criterion.points,
        measured=found.value,
        source=found.source,
        formula=found.formula,
        inputs=found.inputs,
        gap=found.gap,
        missing=found.missing,
        mark=mark,
    )


def _state(criterion: Criterion, found: Measured) -> State:
    """Return how the points come about: by the rule, or by the criterion's policy for its kind of gap."""
    if found.gap is Gap.NONE:
        return State.SCORED
    if found.gap is Gap.NO_REPORT:
        return State.EXCLUDED
    if found.gap is Gap.ZERO_DENOMINATOR:
        return _STATES[criterion.when_zero]
    undecided = found.gap in (Gap.WAITING, Gap.BLOCKED, Gap.CONTRADICTORY)
    return _STATES[criterion.when_undecided if undecided else criterion.when_missing]
