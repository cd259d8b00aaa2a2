"""What each ward adds to a total of the district.

Belongs here: the subjects that are totalled (figures that add up, indicators) and a ward's part in each.
Stays out: totals (`rollup`), other rounds (`compare`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from catalogue.figures import FigureDefinition, figure_definitions
from catalogue.indicators import Indicator, Ways, additive, indicators, stocks, unsummed
from scoring.exact import percentage, total
from scoring.inputs import FigureInput, RoundFigures

Measure = Literal["sum", "ratio"]
Unit = Literal["count", "percent", "vnd", "points"]
Figures = Mapping[str, FigureInput]


@dataclass(frozen=True)
class Part:
    """What one ward adds: a figure, or both sides of an indicator; `marked` where a figure in it carries a mark."""

    numerator: Decimal
    denominator: Decimal | None = None
    marked: bool = False


WardParts = Mapping[str, Part]
"""Parts of one subject in one round, by ward."""


@dataclass(frozen=True)
class Subject:
    """Something that is totalled.

    `additive`: quarters add up, so that a quarter's own value follows from cumulative reports. `spans_matter`: the
    value depends on how long a time the report covers. `year_to_date`: it grows through the year. `part`: a ratio
    whose numerator is part of its denominator.
    """

    code: str
    measure: Measure
    unit: Unit
    additive: bool
    spans_matter: bool
    year_to_date: bool = False
    part: bool = False


@cache
def subjects() -> tuple[Subject, ...]:
    """Return what is totalled, figures before indicators; percentages, scores and places are never added."""
    added = (f for f in figure_definitions().values() if f.unit != "percent" and f.code not in unsummed())
    summed = [_figure_subject(f) for f in added]
    return (*summed, *(_indicator_subject(i) for i in indicators().values()))


def parts_of(figures: RoundFigures) -> dict[str, WardParts]:
    """Return the parts of every subject, by code and ward, from the figures that count."""
    by_ward = {w.ward: {f.figure: f for f in w.figures if f.usable} for w in figures.wards}
    found: dict[str, WardParts] = {}
    for subject in subjects():
        parts = ((ward, part_of(subject, usable)) for ward, usable in by_ward.items())
        found[subject.code] = {ward: part for ward, part in parts if part is not None}
    return found


def part_of(subject: Subject, usable: Figures) -> Part | None:
    """Return what a ward adds to a subject, None where its figures do not allow it."""
    if subject.measure == "sum":
        figure = usable.get(subject.code)
        return None if figure is None else Part(figure.value, None, figure.status == "marked")
    indicator = indicators()[subject.code]
    above, below = _side(indicator.numerator, usable), _side(indicator.denominator, usable)
    if above is None or below is None:
        return None
    return Part(above[0], below[0], above[1] or below[1])


def total_of(parts: Iterable[Part], measure: Measure) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Return value, numerator and denominator of a total: a sum, or sum over sum in percent.

    The value is None for no parts, and for a ratio whose denominators add up to 0.
    """
    gathered = list(parts)
    if not gathered:
        return None, None, None
    above = total(p.numerator for p in gathered)
    if measure == "sum":
        return above, None, None
    below = total(p.denominator or Decimal(0) for p in gathered)
    return (percentage(above, below) if below else None), above, below


def _figure_subject(figure: FigureDefinition) -> Subject:
    flow = figure.basis in ("period", "prior") and figure.code not in stocks()
    return Subject(figure.code, "sum", figure.unit, additive(figure.code), flow, figure.basis == "ytd")


def _indicator_subject(indicator: Indicator) -> Subject:
    used = {figure for ways in (indicator.numerator, indicator.denominator) for way in ways for figure in way}
    flow = any(figure_definitions()[figure].basis == "period" and figure not in stocks() for figure in used)
    return Subject(indicator.code, "ratio", "percent", indicator.additive, flow, part=indicator.part)


def _side(ways: Ways, usable: Figures) -> tuple[Decimal, bool] | None:
    """Return the sum of the first way whose figures are all usable, and whether one of them is marked."""
    for way in ways:
        if all(code in usable for code in way):
            found = [usable[code] for code in way]
            return total(f.value for f in found), any(f.status == "marked" for f in found)
    return None
