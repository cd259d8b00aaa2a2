"""From a measured value to points.

Belongs here: the rules of a card (linear, bands, threshold, marks) as one function from value to points.
Stays out: what is measured (`measure`), gaps (`judged`).
"""

from __future__ import annotations

from decimal import Decimal

from catalogue.scorecards import Bands, Criterion, Linear, Rule, Threshold
from scoring.exact import product_over, rounded


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


def shown_points(criterion: Criterion, value: Decimal, round_number: int, decimals: int) -> Decimal:
    """Return the points of a criterion for a value, rounded half up to what the card shows."""
    return rounded(points_for(criterion.rule, value, criterion.points, round_number), decimals)


def _linear(zero_at: Decimal, full_at: Decimal, value: Decimal, most: Decimal) -> Decimal:
    gained, needed = value - zero_at, full_at - zero_at
    if needed < 0:
        gained, needed = -gained, -needed
    return product_over(most, min(max(gained, Decimal(0)), needed), needed)
