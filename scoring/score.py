"""Points of the wards under a scorecard.

Belongs here: the criteria of a ward one by one, totals on 100, completeness.
Stays out: how a criterion is measured (`measure`), whose gap it is (`judged`), rules (`points`), places (`rank`).
"""

from __future__ import annotations

from decimal import Decimal

from catalogue.rounds import parse_round
from catalogue.scorecards import Criterion, Scorecard
from scoring.bounds import bounds
from scoring.exact import exactly, product_over, rounded, total
from scoring.inputs import RoundFigures, WardInput
from scoring.judged import Judged, judge_lateness, judge_mark, judge_measures, left_out
from scoring.measure import Figures, days_late, measured
from scoring.points import shown_points
from scoring.values import CriterionScore, Gap, State, WardScore

SHARE_DECIMALS = 4
"""Shares between 0 and 1 are kept to the hundredth of a percent."""


def score(figures: RoundFigures, card: Scorecard) -> tuple[WardScore, ...]:
    """Return the points of every expected ward, in the order of `figures`."""
    return tuple(score_ward(ward, figures, card) for ward in figures.wards)


@exactly
def score_ward(ward: WardInput, figures: RoundFigures, card: Scorecard) -> WardScore:
    """Return the points of one ward.

    Points are rounded per criterion, as they are shown, so that a printed table adds up; the total is rounded once
    more on the scale of 100. A ward that has not reported has no points at all.
    """
    criteria = score_criteria(ward, figures, card)
    points, possible = total(c.points for c in criteria), total(c.possible for c in criteria)
    supplied = total(c.max_points for c in criteria if c.state in (State.SCORED, State.FULL) or _is_nothing_to_do(c))
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
    """Return the points of one ward for every criterion, in the card's order."""
    number = parse_round(figures.round).quarter
    by_code = {figure.figure: figure for figure in ward.figures}
    return tuple(
        _criterion_score(ward, criterion, by_code, figures, number, card.decimals) for criterion in card.criteria
    )


def _criterion_score(
    ward: WardInput, criterion: Criterion, by_code: Figures, figures: RoundFigures, number: int, decimals: int
) -> CriterionScore:
    def worth(value: Decimal) -> Decimal:
        return shown_points(criterion, value, number, decimals)

    mark = next((m for m in ward.marks if m.criterion == criterion.code), None)
    judged = left_out(ward, criterion)
    if judged is None and criterion.arrival is not None:
        judged = judge_lateness(days_late(criterion.arrival, ward, figures.due), worth)
    elif judged is None and criterion.kind == "manual":
        judged = judge_mark(mark, worth)
    elif judged is None:
        judged = judge_measures(criterion, measured(criterion, by_code, number), by_code, worth, ward.asked)
    low, high = bounds(criterion, judged, by_code, worth, number)
    return _row(ward, criterion, judged, low, high)


def _row(ward: WardInput, criterion: Criterion, judged: Judged, low: Decimal, high: Decimal) -> CriterionScore:
    return CriterionScore(
        ward=ward.ward,
        criterion=criterion.code,
        state=judged.state,
        points=judged.points,
        max_points=criterion.points,
        measured=judged.found.value,
        source=judged.found.source,
        formula=judged.found.formula,
        inputs=judged.found.inputs,
        gap=judged.found.gap,
        missing=judged.found.missing,
        mark=next((m for m in ward.marks if m.criterion == criterion.code), None),
        waiver=next((w for w in ward.waivers if w.criterion == criterion.code), None),
        receipt=ward.receipt if criterion.arrival is not None else None,
        low=low,
        high=high,
    )


def _is_nothing_to_do(score: CriterionScore) -> bool:
    return score.gap is Gap.ZERO_DENOMINATOR
