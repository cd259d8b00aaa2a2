"""Ranges, leads and tiers of drawn cards, reckoned again from their definitions, and where their width comes from."""

from __future__ import annotations

import math
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from catalogue.scorecards import Scorecard
from scoring.inputs import RoundFigures
from scoring.rank import rank
from scoring.robustness import robustness
from scoring.score import score
from scoring.values import WardScore
from scoring.widths import Source, widths

from .cases import SMALL_CARD, card_from, figure, round_of, shares, ward

VARIATIONS = 40
PRIMES = (2, 3)


def drawn(seed: int, folder: Path) -> tuple[Scorecard, RoundFigures]:
    """Return a card with drawn points and target, and nine wards: some unsure, silent, settled so, or far ahead."""
    draw = np.random.default_rng(seed)
    card = yaml.safe_load(SMALL_CARD)
    first = int(draw.integers(20, 81))
    card["criteria"]["on_time"]["points"], card["criteria"]["online"]["points"] = first, 100 - first
    card["criteria"]["online"]["target"] = int(draw.integers(30, 100))
    units = [shares(f"w{i}", int(draw.integers(0, 101)), int(draw.integers(0, 101))) for i in range(4)]
    units += [
        shares("best", 100, 100),
        ward("silent", asked=False, dossiers_early_or_on_time=int(draw.integers(50, 101)), dossiers_resolved=100),
        ward("settled", dossiers_early_or_on_time=int(draw.integers(50, 101)), dossiers_resolved=100),
        ward("few", dossiers_early_or_on_time=9, dossiers_resolved=10, dossiers_online=2, dossiers_received=12),
        ward("unsure", figure("dossiers_online", 40, status="waiting"), dossiers_received=90,
             dossiers_early_or_on_time=80, dossiers_resolved=80),
    ]  # fmt: skip
    return card_from(folder, yaml.safe_dump(card, allow_unicode=True, sort_keys=False)), round_of(*units)


def weights(variation: int) -> list[int]:
    """Return the weights of a variation: 8000 to 12000 by the fraction of a multiple of a prime's square root."""
    with localcontext() as exact:
        exact.prec = 40
        return [8000 + math.floor((variation * Decimal(p).sqrt() % 1) * 4001) for p in PRIMES]


def total(points: list[Decimal], possible: list[Decimal], by: list[int]) -> Decimal:
    """Return weighted points on 100, half up to two decimals."""
    had = sum(Fraction(p) * w for p, w in zip(points, by, strict=True))
    most = sum(Fraction(p) * w for p, w in zip(possible, by, strict=True))
    return Decimal(math.floor(10_000 * had / most + Fraction(1, 2))).scaleb(-2)


def of(scores: list[WardScore], which: str, by: list[int]) -> list[Decimal]:
    """Return each ward's total of its points, least or most."""
    return [total([getattr(c, which) for c in s.criteria], [c.possible for c in s.criteria], by) for s in scores]


def tiers(lows: list[list[Decimal]], highs: list[list[Decimal]]) -> list[int]:
    """Return tiers: a new one where every ward above has its least over every most below, in 95 % of the variations."""
    found = [1]
    for cut in range(1, len(lows[0])):
        apart = sum(min(low[:cut]) > max(high[cut:]) for low, high in zip(lows, highs, strict=True))
        found.append(found[-1] + (apart >= 0.95 * VARIATIONS))
    return found


@pytest.mark.parametrize("seed", range(8))
def test_ranges_and_tiers(seed: int, tmp_path: Path) -> None:
    """Range of places and totals, share kept, lead and tier of every ward are what their definitions give."""
    card, figures = drawn(seed, tmp_path)
    ranking = rank(score(figures, card), card)
    order = [row for row in ranking.rows if row.rank is not None]
    by_ward = {s.ward: s for s in score(figures, card)}
    scores = [by_ward[row.ward] for row in order]

    made = robustness(figures, card, ranking, VARIATIONS)

    turns = [weights(k) for k in range(1, VARIATIONS + 1)]
    plain, lows, highs = ([of(scores, which, by) for by in turns] for which in ("points", "low", "high"))
    for i, row in enumerate(order):
        here: Any = made[row.ward]
        kept = sum(1 + sum(x > turn[i] for x in turn) == row.rank for turn in plain)
        best = min(1 + sum(x > high[i] for x in low) for low, high in zip(lows, highs, strict=True))
        worst = max(1 + sum(x > low[i] for j, x in enumerate(high) if j != i)
                    for low, high in zip(lows, highs, strict=True))  # fmt: skip
        assert float(here.kept_share) == pytest.approx(kept / VARIATIONS)
        assert (here.best, here.worst) == (min(best, row.rank or 0), max(worst, row.rank or 0))
        assert here.total_low == of(scores, "low", [10_000, 10_000])[i]
        assert here.total_high == of(scores, "high", [10_000, 10_000])[i]
        if i + 1 < len(order):
            led = sum(low[i] > high[i + 1] for low, high in zip(lows, highs, strict=True))
            assert float(here.lead_share) == pytest.approx(led / VARIATIONS)
    assert [made[row.ward].tier for row in order] == tiers(lows, highs)


def test_widths_add_up(tmp_path: Path) -> None:
    """The widths of the sources are together those of the totals, and each stands under its cause."""
    card, figures = drawn(1, tmp_path)
    scores = score(figures, card)
    ranges = robustness(figures, card, rank(scores, card), VARIATIONS).values()

    found = {width.source: width for width in widths(scores, card, VARIATIONS)}

    whole = sum((r.total_high - r.total_low for r in ranges), Decimal(0)) / len(ranges)
    made = sum((w.points for w in found.values() if w.source is not Source.WEIGHTS), Decimal(0))
    assert float(made) == pytest.approx(float(whole), abs=0.03)
    assert {source: width.wards for source, width in found.items() if source is not Source.WEIGHTS} == {
        Source.NOT_PRINTED: 1,  # who was asked and still does not print has no width
        Source.UNSURE: 1,
        Source.FIGURES: 2,  # both have fewer than 100 cases
    }
