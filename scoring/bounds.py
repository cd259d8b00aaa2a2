"""How far the points of a criterion could be otherwise.

Belongs here: the least and most points over every way a gap may be filled, open findings be decided, the measure be
chosen, and chance play with small counts (Wilson's interval of a share).
Stays out: which way is right (people), what follows for places (`robustness`).

A criterion with a gap could be worth anything from nothing to all its points, but for one: a figure that the ward was
asked for and still does not print is settled, and worth nothing. Where there are figures, each that is
open may come out as printed or as a finding proposes; every combination is tried, or, where they are more than
`MOST_WAYS`, every corner: a sum or a share only rises or only falls with each figure, so its extremes lie in corners.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product
from math import prod

from catalogue.figures import figure_definitions
from catalogue.scorecards import Criterion, Measure
from scoring.exact import product_over, total
from scoring.inputs import FigureInput
from scoring.judged import Judged, Worth
from scoring.measure import Figures, apply
from scoring.values import Gap, State

MOST_WAYS = 4096
"""Combinations tried in full; beyond them the corners are."""
SMALL_COUNT = 100
"""Under so many cases a share is shown with Wilson's interval: one dossier more or less moves it by a percent."""
_Z = Decimal("1.959964")
"""Quantile of the normal distribution for 95 %."""

Bounds = tuple[Decimal, Decimal]


def bounds(criterion: Criterion, judged: Judged, figures: Figures, worth: Worth, round_number: int) -> Bounds:
    """Return the least and most points a criterion could be worth."""
    if judged.state is State.EXCLUDED:
        return Decimal(0), Decimal(0)
    if judged.found.gap is Gap.NOT_PRINTED:
        return Decimal(0), Decimal(0)
    if judged.state is State.HELD or judged.found.gap not in (Gap.NONE, Gap.ZERO_DENOMINATOR):
        return Decimal(0), criterion.points
    if judged.state is not State.SCORED or not criterion.measures:
        return judged.points, judged.points
    possible = list(_possible_points(criterion, figures, worth, round_number))
    return min((*possible, judged.points)), max((*possible, judged.points))


def options(figure: FigureInput) -> tuple[FigureInput, ...]:
    """Return what a figure may come out as: as it counts now, as printed, and each proposal; as decided, if it is."""
    if figure.decided_by or (figure.usable and not figure.proposals):
        return (figure,)
    values = dict.fromkeys((figure.value, *figure.proposals))
    decided = tuple(replace(figure, value=value, status="entered", proposals=()) for value in values)
    return decided if figure.usable else (figure, *decided)


def wilson(part: Decimal, whole: Decimal) -> Bounds:
    """Return Wilson's 95 % interval of a share, in percent.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
    """
    share, square = part / whole, _Z * _Z
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    reach = _Z * (share * (1 - share) / whole + square / (4 * whole * whole)).sqrt() / (1 + square / whole)
    return 100 * max(middle - reach, Decimal(0)), 100 * min(middle + reach, Decimal(1))


def _possible_points(criterion: Criterion, figures: Figures, worth: Worth, round_number: int) -> Iterator[Decimal]:
    for source, way in criterion.ways(round_number):
        if not all(code in figures for code in way.figures):
            continue
        for chosen in _combinations([figures[code] for code in way.figures]):
            found = apply(way, source, {f.figure: f for f in chosen}, criterion.share)
            if found.value is not None:
                yield worth(found.value)
                yield from _by_chance(way, criterion, {f.figure: f for f in chosen}, worth)
            elif found.missing == ():
                yield Decimal(0)


def _combinations(figures: Sequence[FigureInput]) -> Iterator[tuple[FigureInput, ...]]:
    choices = [options(figure) for figure in figures]
    if prod(len(choice) for choice in choices) > MOST_WAYS:
        choices = [_ends(choice) for choice in choices]
    yield from product(*choices)


def _ends(choice: Sequence[FigureInput]) -> tuple[FigureInput, ...]:
    ordered = sorted((f for f in choice if f.usable), key=lambda f: f.value)
    return (ordered[0], ordered[-1])


def _by_chance(way: Measure, criterion: Criterion, figures: Figures, worth: Worth) -> Iterator[Decimal]:
    """Yield the points at both ends of Wilson's interval, for a share of few cases."""
    counts = all(figure_definitions()[code].unit == "count" for code in way.figures)
    if not (criterion.share and way.denominator and counts):
        return
    part = total(term.sign * figures[term.figure].value for term in way.numerator)
    whole = total(term.sign * figures[term.figure].value for term in way.denominator)
    if 0 < whole < SMALL_COUNT:
        yield from (worth(product_over(end, Decimal(1), Decimal(1))) for end in wilson(part, whole))
