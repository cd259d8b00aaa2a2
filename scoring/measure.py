"""What a criterion is applied to: a percentage, a count or days late, from what a ward supplied.

Belongs here: applying each of a criterion's measures to the figures, and saying why one cannot be used.
Stays out: which of them counts and what it is worth (`judged`), how far it could be otherwise (`bounds`).
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
    """The outcome of one measure: a value, or a gap and the figures that were missing.

    `unsure`: the value rests on a figure that we are not sure of, and stands only until a person decides.
    """

    value: Decimal | None
    source: int | None = None
    formula: str = ""
    inputs: tuple[FigureInput, ...] = ()
    gap: Gap = Gap.NONE
    missing: tuple[str, ...] = ()
    unsure: bool = False


def measured(criterion: Criterion, figures: Figures, round_number: int) -> list[Measured]:
    """Return what each measure of the criterion gives in a round, in the card's order."""
    return [apply(way, source, figures, criterion.share) for source, way in criterion.ways(round_number)]


def apply(way: Measure, source: int, figures: Figures, share: bool) -> Measured:
    """Return what one measure gives. A figure that waits is taken as read, and the outcome is unsure."""
    inputs = tuple(figures[code] for code in way.figures if code in figures)
    missing = tuple(code for code in way.figures if code not in figures or not figures[code].usable)
    unsure = any(figures[code].status == "waiting" or figures[code].doubted for code in way.figures if code in figures)
    gap = _gap(way, figures) if missing else Gap.NONE
    if gap not in (Gap.NONE, Gap.WAITING):
        return Measured(None, source, way.formula, inputs, gap, missing, unsure)
    value, found = _value(way, figures)
    if value is not None and (value < 0 or (share and value > 100)):
        value, found = None, Gap.CONTRADICTORY
    return Measured(value, source, way.formula, inputs, found or gap, missing, unsure)


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


def _gap(way: Measure, figures: Figures) -> Gap:
    """Return why a measure with missing figures cannot be used; a figure not printed outweighs an undecided one."""
    if not all(code in figures for code in way.figures):
        return Gap.NOT_PRINTED
    statuses = {figures[code].status for code in way.figures}
    if "dropped" in statuses:
        return Gap.DROPPED
    return Gap.BLOCKED if "blocked" in statuses else Gap.WAITING


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
