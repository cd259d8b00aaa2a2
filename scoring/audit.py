"""What is weak about a scorecard, tried on the figures of a round.

Belongs here: what a ward could gain by leaving out or spoiling figures, criteria that most wards have in full, criteria
that measure the same, and points that nothing in the reports decides.
Stays out: whether a card can be read (`catalogue.scorecards`), what another card would change (`simulate`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from catalogue.scorecards import Scorecard
from scoring.exact import exactly, product_over, rounded, total
from scoring.inputs import FigureInput, RoundFigures, WardInput
from scoring.rank import places_of
from scoring.score import score, score_ward
from scoring.values import CriterionScore, State, WardScore
from scoring.widths import Width, widths

CORRELATED_FROM = Decimal("0.9")
"""Correlation of the wards' points from which two criteria are told as one measure."""
LEAST_WARDS = 5
"""Wards that two criteria need in common for a correlation to mean anything."""


@dataclass(frozen=True)
class Gain:
    """What a ward would gain by hiding or spoiling one figure: points, and places."""

    ward: str
    figure: str
    way: str
    points: Decimal
    places: int


@dataclass(frozen=True)
class CriterionAudit:
    """One criterion over the wards of a round; shares lie between 0 and 1.

    `scored`: wards scored from figures; `ceiling`: of those, with all points; `spread`: the range of their points.
    """

    criterion: str
    points: Decimal
    scored: Decimal
    ceiling: Decimal
    spread: Decimal


@dataclass(frozen=True)
class Correlated:
    """Two criteria whose points go together over the wards."""

    first: str
    second: str
    correlation: Decimal
    points: Decimal


@dataclass(frozen=True)
class Audit:
    """What was found about a card.

    `without_data`: its points for which no ward printed what is needed; `widths`: where the width of totals comes from.
    """

    wards: int
    gains: tuple[Gain, ...]
    criteria: tuple[CriterionAudit, ...]
    correlated: tuple[Correlated, ...]
    without_data: Decimal
    widths: tuple[Width, ...] = ()


@exactly
def audit(figures: RoundFigures, card: Scorecard) -> Audit:
    """Return what is weak about a card, tried on the wards of a round that reported."""
    scores = [found for found in score(figures, card) if found.reported]
    rows = tuple(_criterion(scores, criterion.code, criterion.points) for criterion in card.criteria)
    return Audit(
        wards=len(scores),
        gains=hidden_gains(figures, card),
        criteria=rows,
        correlated=tuple(_correlated(scores, card)),
        without_data=total(row.points for row in rows if not row.scored),
        widths=widths(scores, card),
    )


def hidden_gains(figures: RoundFigures, card: Scorecard) -> tuple[Gain, ...]:
    """Return every gain of points or place that a ward would have by hiding or spoiling one figure of its report."""
    totals = {s.ward: s.total for s in score(figures, card) if s.total is not None}
    places = places_of(totals)
    read = set(card.figures)
    return tuple(
        gain
        for unit in figures.wards
        if unit.ward in totals
        for index, figure in enumerate(unit.figures)
        if figure.figure in read and figure.status != "dropped"
        for gain in _gains(unit, index, figures, card, totals, places)
    )


def spoilt_ways(unit: WardInput, index: int) -> Iterator[tuple[str, WardInput]]:
    """Yield each way a ward may hide or spoil a figure, and the ward as scoring then sees it.

    Left out of the report; left out of a later version; printed so that an error keeps it out; printed as a number
    that cannot be.
    """
    figure = unit.figures[index]
    yield "left out", _with(unit, index)
    yield "dropped by a later version", _with(unit, index, replace(figure, status="dropped", proposals=()))
    yield "kept out by an error", _with(unit, index, replace(figure, status="blocked", proposals=()))
    yield "below zero", _with(unit, index, replace(figure, status="blocked", value=-abs(figure.value) - 1))


def _with(unit: WardInput, index: int, *instead: FigureInput) -> WardInput:
    return replace(unit, figures=(*unit.figures[:index], *instead, *unit.figures[index + 1 :]))


def _gains(
    unit: WardInput,
    index: int,
    figures: RoundFigures,
    card: Scorecard,
    totals: dict[str, Decimal],
    places: dict[str, int],
) -> Iterator[Gain]:
    for way, changed in spoilt_ways(unit, index):
        now = score_ward(changed, figures, card).total
        if now is None:
            continue
        place = places_of({**totals, unit.ward: now})[unit.ward]
        if now > totals[unit.ward] or place < places[unit.ward]:
            yield Gain(unit.ward, unit.figures[index].figure, way, now - totals[unit.ward], places[unit.ward] - place)


def _criterion(scores: list[WardScore], code: str, points: Decimal) -> CriterionAudit:
    found = [s.criterion(code) for s in scores]
    counted = [c for c in found if _is_measured(c)]
    full = sum(c.points == c.max_points for c in counted)
    had = [c.points for c in counted]
    spread = max(had) - min(had) if had else Decimal(0)
    return CriterionAudit(code, points, _share(len(counted), len(found)), _share(full, len(counted)), spread)


def _correlated(scores: list[WardScore], card: Scorecard) -> Iterator[Correlated]:
    for one, other in combinations(card.criteria, 2):
        pairs = [(s.criterion(one.code), s.criterion(other.code)) for s in scores]
        both = [(a.points, b.points) for a, b in pairs if _is_measured(a) and _is_measured(b)]
        found = _correlation(both) if len(both) >= LEAST_WARDS else None
        if found is not None and abs(found) >= CORRELATED_FROM:
            yield Correlated(one.code, other.code, found, one.points + other.points)


def _correlation(pairs: list[tuple[Decimal, Decimal]]) -> Decimal | None:
    """Return Pearson's correlation, None where one side does not vary."""
    count = Decimal(len(pairs))
    mean_a, mean_b = (total(pair[side] for pair in pairs) / count for side in (0, 1))
    both = total((a - mean_a) * (b - mean_b) for a, b in pairs)
    spread = total((a - mean_a) ** 2 for a, _b in pairs) * total((b - mean_b) ** 2 for _a, b in pairs)
    return rounded(both / spread.sqrt(), 2) if spread else None


def _is_measured(score: CriterionScore) -> bool:
    return score.state in (State.SCORED, State.FULL) or (score.state is State.HELD and score.measured is not None)


def _share(part: int, whole: int) -> Decimal:
    return rounded(product_over(Decimal(part), Decimal(1), Decimal(whole)), 4) if whole else Decimal(0)
