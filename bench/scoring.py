"""Scoring a whole country: 3,321 wards, the default card, 1,000 weightings.

Each line gives our time, that of a named alternative in the same run, and the ratio. The alternatives are what one
would write first: pandas for totals and places, the plain scoring functions called again for every weighting.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from time import perf_counter
from typing import TypeVar

import pandas as pd

from catalogue.scorecards import Scorecard, load_scorecard
from scoring.inputs import FigureInput, RoundFigures, WardInput
from scoring.parts import parts_of
from scoring.rank import rank
from scoring.robustness import robustness, weightings
from scoring.rollup import rollup
from scoring.score import score
from scoring.values import Ranking, WardScore

T = TypeVar("T")

WARDS = 3321
DAY = date(2023, 9, 10)
TRIED = 5
"""Weightings the slow alternative is run for; its time is told for all of them, in proportion."""


def main() -> None:
    """Print the table."""
    card = load_scorecard()
    figures = made_round(WARDS, card)
    seconds, scores = timed(lambda: score(figures, card))
    print(f"score {WARDS} wards x {len(card.criteria)} criteria: {seconds:.2f} s, {WARDS / seconds:,.0f} wards/s")
    tenth, _ = timed(lambda: score(replace(figures, wards=figures.wards[: WARDS // 10]), card))
    print(f"  a tenth of the wards: {tenth:.2f} s; growth x{seconds / tenth:.1f} for x10 wards")
    bench_rollup(figures)
    bench_rank(scores, card)
    bench_robustness(figures, scores, card)


def bench_rollup(figures: RoundFigures) -> None:
    """Print totals against pandas' grouped sums, which give neither coverage nor ratios nor exact digits."""
    ours, _ = timed(lambda: rollup(figures))
    long = pd.DataFrame(
        [(w.kind, f.figure, float(f.value)) for w in figures.wards for f in w.figures],
        columns=["kind", "figure", "value"],
    )
    theirs, _ = timed(lambda: (long.groupby("figure")["value"].sum(), long.groupby(["kind", "figure"])["value"].sum()))
    told("rollup, 3 scopes, with coverage", ours, "pandas groupby sums (floats)", theirs)
    alone, _ = timed(lambda: parts_of(figures))
    print(f"  of which gathering each ward's parts: {alone:.2f} s")


def bench_rank(scores: tuple[WardScore, ...], card: Scorecard) -> None:
    """Print places against pandas' rank, which gives no class, reason or mark."""
    ours, _ = timed(lambda: rank(scores, card))
    frame = pd.DataFrame([(s.kind, float(s.total or 0)) for s in scores], columns=["kind", "total"])
    theirs, _ = timed(lambda: (
        frame["total"].rank(method="min", ascending=False),
        frame.groupby("kind")["total"].rank(method="min", ascending=False),
    ))  # fmt: skip
    told("rank, with classes, reasons and marks", ours, "pandas rank", theirs)


def bench_robustness(figures: RoundFigures, scores: tuple[WardScore, ...], card: Scorecard) -> None:
    """Print 1,000 weightings in whole numbers against ranking again in Decimals for each weighting."""
    ranking = rank(scores, card)
    ours, _ = timed(lambda: robustness(figures, card, ranking))
    again, _ = timed(lambda: [ranked_again(scores, card, weights) for weights in weightings(12, TRIED).T.tolist()])
    told("robustness, 1,000 weightings", ours, f"ranking again each time ({TRIED} timed)", again / TRIED * 1000)
    tracemalloc.start()
    robustness(figures, card, ranking)
    print(f"  peak memory while at it: {tracemalloc.get_traced_memory()[1] / 2**20:.0f} MB")
    tracemalloc.stop()


def ranked_again(scores: tuple[WardScore, ...], card: Scorecard, weights: list[int]) -> Ranking:
    """Return the ranking under one weighting, the slow way."""
    return rank([reweighted(s, weights) for s in scores], card)


def reweighted(ward: WardScore, weights: list[int]) -> WardScore:
    """Return a ward's score with every criterion's weight scaled."""
    had = sum((c.points * w for c, w in zip(ward.criteria, weights, strict=True)), Decimal(0))
    possible = sum((c.possible * w for c, w in zip(ward.criteria, weights, strict=True)), Decimal(0))
    return replace(ward, total=round(100 * had / possible, 2) if possible else None)


def made_round(wards: int, card: Scorecard) -> RoundFigures:
    """Return a round of made-up wards that print every figure of the card; one in ten has an open proposal."""
    return RoundFigures("2023-Q3", date(2023, 9, 15), tuple(made_ward(number, card) for number in range(wards)))


def made_ward(number: int, card: Scorecard) -> WardInput:
    """Return one ward, its values spread by its number."""
    figures = tuple(made_figure(number, place, code) for place, code in enumerate(card.figures))
    return WardInput(f"w{number}", "phường" if number % 3 else "xã", f"W{number}", figures, received=DAY)


def made_figure(number: int, place: int, code: str) -> FigureInput:
    """Return one figure: totals large, parts smaller, percentages within 100."""
    spread = number * 2654435761 % 9973 * (place + 1) % 97
    whole = code.endswith(("received", "resolved", "base", "total", "plan", "town"))
    value = Decimal(1000 + spread if whole else (spread if code.endswith("_pct") else 400 + spread * 2))
    proposals = (value - 5,) if number % 10 == place else ()
    return FigureInput(code, value, "marked" if proposals else "entered", proposals=proposals)


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Return the seconds one call takes, and its result."""
    began = perf_counter()
    result = work()
    return perf_counter() - began, result


def told(what: str, ours: float, alternative: str, theirs: float) -> None:
    """Print one comparison."""
    ratio = f"{theirs / ours:.1f}x faster" if theirs > ours else f"{ours / theirs:.1f}x slower"
    print(f"{what}: {ours:.2f} s; {alternative}: {theirs:.3f} s; ours is {ratio}")
