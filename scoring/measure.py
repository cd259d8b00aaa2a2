"""What a criterion is applied to: a percentage, a count or days late, from what a ward supplied.

Belongs here: trying a criterion's measures in order, and saying why none could be used.
Stays out: points (`score`), policies for gaps (`score`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from catalogue.scorecards import Arrival, Criterion, Measure, Term
from scoring.exact import percentage, total
from scoring.inputs import FigureInput, WardInput
from scoring.values import Gap

Figures = Mapping[str, FigureInput]


@dataclass(frozen=True)
class Measured:
    """The outcome of measuring: a value, or a gap and the figures that were missing."""

    value: Decimal | None
    source: int | None = None
    formula: str = ""
    inputs: tuple[FigureInput, ...] = ()
    gap: Gap = Gap.NONE
    missing: tuple[str, ...] = ()


def measure(criterion: Criterion, figures: Figures, round_number: int) -> Measured:
    """Return the first measure of the criterion that the figures allow, else the most telling gap.

    A measure is passed over only where figures are missing. Figures that are there and contradict one another, or
    whose denominator is 0, end the search: another way to measure would hide that.
    """
    gaps: list[Measured] = []
    for source, way in enumerate(criterion.measures):
        if round_number not in way.rounds:
            continue
        found = _apply(way, source, figures, criterion.share)
        if found.gap in (Gap.NONE, Gap.ZERO_DENOMINATOR, Gap.CONTRADICTORY):
            return found
        gaps.append(found)
    undecided = (found for found in gaps if found.gap in (Gap.BLOCKED, Gap.WAITING))
    return next(undecided, gaps[0] if gaps else Measured(None, gap=Gap.NOT_PRINTED))


def days_late(arrival: Arrival, ward: WardInput, due: date) -> Measured:
    """Return how many days after the due day the ward reported, 0 when in time.

    `formula` tells which day was counted: "arrival" or "report_date".
    """
    stale = ward.received is not None and (ward.received - due).days > arrival.trusted_days
    if arrival.counted_from == "report_date" or (stale and ward.report_date):
        return _lateness(ward.report_date, due, "report_date")
    return _lateness(ward.received, due, "arrival")


def _lateness(day: date | None, due: date, counted: str) -> Measured:
    if day is None:
        return Measured(None, formula=counted, gap=Gap.NO_ARRIVAL)
    return Measured(Decimal(max(0, (day - due).days)), formula=counted)


def _apply(way: Measure, source: int, figures: Figures, share: bool) -> Measured:
    inputs = tuple(figures[code] for code in way.figures if code in figures)
    missing = tuple(code for code in way.figures if code not in figures or not figures[code].usable)
    gap = _gap(way, figures) if missing else Gap.NONE
    if gap:
        return Measured(None, source, way.formula, inputs, gap, missing)
    value, gap = _value(way, figures)
    if share and value is not None and not 0 <= value <= 100:
        value, gap = None, Gap.CONTRADICTORY
    return Measured(value, source, way.formula, inputs, gap)


def _gap(way: Measure, figures: Figures) -> Gap:
    """Return why a measure with missing figures cannot be used; a figure not printed outweighs an undecided one.

    A report that says that nothing came in need not say that nothing of it was done: a printed denominator of 0 with
    no numerator printed is nothing to do.
    """
    if all(code in figures for code in way.figures):
        return Gap.BLOCKED if any(figures[code].status == "blocked" for code in way.figures) else Gap.WAITING
    nothing = all(t.figure in figures and figures[t.figure].usable for t in way.denominator)
    silent = not any(t.figure in figures for t in way.numerator)
    if way.denominator and nothing and silent and _sum(way.denominator, figures) == 0:
        return Gap.ZERO_DENOMINATOR
    return Gap.NOT_PRINTED


def _value(way: Measure, figures: Figures) -> tuple[Decimal | None, Gap]:
    numerator = _sum(way.numerator, figures)
    if not way.denominator:
        return numerator, Gap.NONE
    denominator = _sum(way.denominator, figures)
    if denominator == 0 and numerator == 0:
        return None, Gap.ZERO_DENOMINATOR
    if denominator <= 0:
        return None, Gap.CONTRADICTORY
    return percentage(numerator, denominator), Gap.NONE


def _sum(terms: tuple[Term, ...], figures: Figures) -> Decimal:
    return total(term.sign * figures[term.figure].value for term in terms)
