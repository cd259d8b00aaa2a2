"""How firm a place is.

Belongs here: the ranking taken again under many weightings (each criterion's weight varied by up to ±20%), with each
ward at the least and the most its criteria could be worth (`bounds`: gaps, open findings, choice of measure, small
counts), so that a narrow lead is not sold as a difference; and tiers of wards that cannot be told apart.
Stays out: the ranking itself (`rank`), what a finding proposes (validation).

The weightings are a Kronecker sequence (fractional parts of multiples of square roots of primes), reckoned in whole
numbers as are all totals: no random numbers, no floating point, so equal input gives equal output bit for bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from catalogue.scorecards import Scorecard
from scoring.exact import exactly, product_over, rounded
from scoring.inputs import RoundFigures
from scoring.score import SHARE_DECIMALS, score_ward
from scoring.values import Ranking, Robustness, WardScore

VARIATIONS = 1000
SWING = 2000
"""Ten-thousandths by which a weight may grow or shrink: ±20%."""
SEPARATED_FROM = Decimal("0.95")
"""Share of cases in which a ward must stay ahead for its lead to be called a difference."""

_UNIT = 10_000
_BITS = 64

Integers = NDArray[np.int64]


@exactly
def robustness(
    figures: RoundFigures, card: Scorecard, ranking: Ranking, variations: int = VARIATIONS
) -> dict[str, Robustness]:
    """Return how firm the place of each ranked ward is, by ward in the order of the ranking."""
    order = [row.ward for row in ranking.rows if row.rank is not None]
    if not order:
        return {}
    totals = _totals_of(figures, card, order, variations)
    places = _places(totals)
    ranks = [row.rank for row in ranking.rows if row.rank is not None]
    tiers = _tiers(totals)
    return {
        ward: _robustness(totals, places, index, ward, ranks[index], tiers[index]) for index, ward in enumerate(order)
    }


def reach_of_weights(scores: Sequence[WardScore], card: Scorecard, variations: int = VARIATIONS) -> list[Decimal]:
    """Return how far each ward's total moves under the weightings alone, its points as they count now."""
    moved = totals_under(scores, "points", weightings(len(card.criteria), variations), card.decimals)
    return [_points(int(row.max() - row.min()), card.decimals) for row in moved]


def weightings(criteria: int, variations: int) -> Integers:
    """Return weights in ten-thousandths, criteria down and variations across; each between 8000 and 12000."""
    steps = [_fraction(prime) for prime in _primes(criteria)]
    spread = 2 * SWING + 1
    rows = [
        [_UNIT - SWING + ((k * step % (1 << _BITS)) * spread >> _BITS) for k in range(1, variations + 1)]
        for step in steps
    ]
    return np.array(rows, dtype=np.int64).reshape(criteria, variations)


def totals_under(
    scores: Sequence[WardScore], which: Literal["points", "low", "high"], weights: Integers, decimals: int
) -> Integers:
    """Return weighted totals on 100, half up to `decimals`, as whole numbers of the last decimal.

    `weights` are whole numbers, criteria down and weightings across; the totals have wards down.
    """
    had = _matrix([[getattr(c, which) for c in ward.criteria] for ward in scores], decimals) @ weights
    possible = _matrix([[c.possible for c in ward.criteria] for ward in scores], decimals) @ weights
    scale = 100 * 10**decimals
    totals: Integers = (2 * scale * had + possible) // np.maximum(2 * possible, 1)
    return totals


def places_of(totals: Integers) -> Integers:
    """Return each ward's place under each weighting, wards down and weightings across; equal totals share a place."""
    return 1 + _count_above(totals, totals)


@dataclass(frozen=True)
class _Totals:
    """Totals in the last decimal the card shows: wards down in the order of the ranking, variations across.

    `plain` takes points as they count now; `low` and `high` take each criterion at its bounds. `now_low` and
    `now_high` are the same under the card's own weights.
    """

    plain: Integers
    low: Integers
    high: Integers
    now_low: Integers
    now_high: Integers
    decimals: int


@dataclass(frozen=True)
class _Places:
    """Places under each variation, shaped as `_Totals.plain`: as things stand, and at best and at worst."""

    plain: Integers
    best: Integers
    worst: Integers


def _totals_of(figures: RoundFigures, card: Scorecard, order: Sequence[str], variations: int) -> _Totals:
    by_ward = {ward.ward: ward for ward in figures.wards}
    scores = [score_ward(by_ward[ward], figures, card) for ward in order]
    varied = weightings(len(card.criteria), variations)
    card_own = np.full((len(card.criteria), 1), _UNIT, dtype=np.int64)
    return _Totals(
        plain=totals_under(scores, "points", varied, card.decimals),
        low=totals_under(scores, "low", varied, card.decimals),
        high=totals_under(scores, "high", varied, card.decimals),
        now_low=totals_under(scores, "low", card_own, card.decimals),
        now_high=totals_under(scores, "high", card_own, card.decimals),
        decimals=card.decimals,
    )


def _tiers(totals: _Totals) -> list[int]:
    """Return the tier of each ward, in the order of the ranking; the next begins where all above stay above all below.

    A cut needs that in the share `SEPARATED_FROM` of the weightings.
    """
    lowest_above = np.minimum.accumulate(totals.low, axis=0)
    highest_below = np.maximum.accumulate(totals.high[::-1], axis=0)[::-1]
    tiers = [1]
    for index in range(1, len(totals.low)):
        apart = _share(int((lowest_above[index - 1] > highest_below[index]).sum()), totals.low.shape[1])
        tiers.append(tiers[-1] + (apart >= SEPARATED_FROM))
    return tiers


def _places(totals: _Totals) -> _Places:
    return _Places(
        plain=places_of(totals.plain),
        best=1 + _count_above(totals.low, totals.high),
        worst=1 + _count_above(totals.high, totals.low) - (totals.high > totals.low),
    )


def _count_above(totals: Integers, values: Integers) -> Integers:
    """Return, for each value, how many of its variation's totals lie above it."""
    counts = np.empty_like(values)
    for column, ordered in enumerate(np.sort(totals, axis=0).T):
        counts[:, column] = len(ordered) - np.searchsorted(ordered, values[:, column], side="right")
    return counts


def _robustness(totals: _Totals, places: _Places, index: int, ward: str, rank: int, tier: int) -> Robustness:
    variations = totals.plain.shape[1]
    lead = None
    if index + 1 < len(totals.plain):
        lead = _share(int((totals.low[index] > totals.high[index + 1]).sum()), variations)
    return Robustness(
        ward=ward,
        variations=variations,
        kept_share=_share(int((places.plain[index] == rank).sum()), variations),
        best=min(rank, int(places.best[index].min())),
        worst=max(rank, int(places.worst[index].max())),
        total_low=_points(int(totals.now_low[index, 0]), totals.decimals),
        total_high=_points(int(totals.now_high[index, 0]), totals.decimals),
        lead_share=lead,
        separated=lead is not None and lead >= SEPARATED_FROM,
        tier=tier,
    )


def _matrix(rows: Sequence[Sequence[Decimal]], decimals: int) -> Integers:
    return np.array([[int(value.scaleb(decimals)) for value in row] for row in rows], dtype=np.int64)


def _points(whole: int, decimals: int) -> Decimal:
    return rounded(Decimal(whole).scaleb(-decimals), decimals)


def _share(part: int, whole: int) -> Decimal:
    return rounded(product_over(Decimal(part), Decimal(1), Decimal(whole)), SHARE_DECIMALS)


def _fraction(prime: int) -> int:
    """Return the fractional part of the square root of a prime, in units of 2 to the -64."""
    return isqrt(prime << (2 * _BITS)) % (1 << _BITS)


def _primes(count: int) -> list[int]:
    found: list[int] = []
    candidate = 2
    while len(found) < count:
        if all(candidate % prime for prime in found):
            found.append(candidate)
        candidate += 1
    return found
