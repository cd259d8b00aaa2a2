"""What a number is worth as a figure: the value in the figure's unit, from its print and the unit around it.

Belongs here: money without a word of its own ("ĐVT: triệu đồng", a unit printed once behind several numbers), and
whether a number can be a figure at all (a share is no count).
Stays out: which figure it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from catalogue.figures import Unit
from catalogue.wordlists import either, numbers_of
from parsers.figures.units import announced_unit, unit_in
from parsers.learned.positions import Line, Spot

_FACTORS = {**numbers_of("scales"), **numbers_of("glued_scales")}
_GLUED = re.compile(rf"\s?(?:{'|'.join(_FACTORS)})(?!\w)", re.IGNORECASE)
_SCALES = "|".join(numbers_of("scales"))
_SAID = re.compile(
    rf"(?P<scale>{_SCALES}|1\.?000\.?000|1\.?000)\s*(?:{either('money_suffix')})(?!\w)"
    rf"|(?<=[(,:;–-])\s*(?P<bare>{_SCALES})\s*(?=[),;]|$)"
)
"""A unit of money that a heading says without announcing it: "… năm 2023, nghìn đồng", "(triệu)"."""
_MOST_MONEY = Decimal(10) ** 14
"""Đồng, by hand: 100.000 tỷ are more than any unit that reports; a scale was counted twice."""
_BRACKET = re.compile(r"\(([^()]*)\)")
_LEAST_MONEY = Decimal(100_000)
"""Less than this is no sum that a ward reports; a bare number below it is printed in thousands or millions."""
_MOST_SHARE = Decimal(1000)
"""Per cent, by hand: ten times a plan or last year; more is a number with a lost comma."""


@dataclass(frozen=True)
class Worth:
    """A value in the figure's unit, and the factor by which its surroundings multiply what is printed."""

    value: Decimal
    factor: Decimal = Decimal(1)


def worth_of(line: Line, spot: Spot, unit: Unit) -> Worth | None:
    """Return what a spot is worth in a figure's unit, None where it cannot be such a figure."""
    number = spot.number
    if number is None:
        return Worth(Decimal(0)) if unit != "percent" else None
    if unit == "vnd":
        return _money(line, spot)
    if unit == "percent":
        return Worth(number.value) if number.unit_class != "money" and 0 <= number.value <= _MOST_SHARE else None
    if number.percent or number.unit_class == "money" or (number.value != int(number.value) and unit == "count"):
        return None
    return Worth(number.value)


def worth_in(spot: Spot, factor: Decimal) -> Worth | None:
    """Return what a bare number is worth in a unit of money that stands elsewhere, None where it is no such number."""
    number = spot.number
    if number is None or number.percent or number.scale > 1 or number.unit_class == "money":
        return None
    return Worth(number.value * factor, factor) if number.value * factor <= _MOST_MONEY else None


def _money(line: Line, spot: Spot) -> Worth | None:
    number = spot.number
    if number is None or number.percent:
        return None
    if number.scale > 1 or number.value == 0:
        return Worth(number.value)
    if number.unit_class == "money" and number.value >= _LEAST_MONEY:
        return Worth(number.value)
    factor = _factor(line, spot)
    if factor is None:
        return Worth(number.value) if number.value >= _LEAST_MONEY else None
    if number.value * factor > _MOST_MONEY:
        return Worth(number.value)
    return Worth(number.value * factor, factor)


def _factor(line: Line, spot: Spot) -> Decimal | None:
    """Return the factor that stands around a bare number, nearest first; None where none does."""
    text = line.levelled(spot)
    glued = _GLUED.match(text, spot.end)
    if glued is not None:
        return Decimal(_FACTORS[glued[0].strip()])
    for around in _announcing(line, spot):
        found = unit_in(around)
        if found is not None and found.unit == "vnd":
            return found.factor
    said = map(_said, (line.caption, line.lead, *reversed(line.over)))
    return next((factor for factor in said if factor is not None), None) or _of_neighbours(line, spot)


def _said(text: str) -> Decimal | None:
    """Return the factor of the unit of money that a text over a number says of it, not of a number of its own."""
    for match in _SAID.finditer(text):
        if not text[: match.start()].rstrip()[-1:].isdigit():
            scale = (match["scale"] or match["bare"]).replace(".", "")
            return Decimal(_FACTORS.get(scale) or int(scale))
    return None


def _announcing(line: Line, spot: Spot) -> list[str]:
    """Return the texts that may say a unit for a spot, nearest first."""
    if line.columns is None:
        over = [line.text[: spot.start], line.lead, line.before, *reversed(line.over)]
        return [text for text in map(announced_unit, over) if text]
    column = line.columns[spot.column or 0]
    texts = [line.unit, *column.heads[::-1], *_BRACKET.findall(line.label), *_BRACKET.findall(" ".join(line.parents))]
    return [*texts, *filter(None, map(announced_unit, (line.caption, line.before, *reversed(line.over))))]


def _of_neighbours(line: Line, spot: Spot) -> Decimal | None:
    """Return the scale printed once behind the last of several numbers ("thu 5,2, chi 4,1 tỷ")."""
    following = [s for s in line.spots if s.start > spot.start and s.column == spot.column and s.number is not None]
    for other in following[:3]:
        if other.number is not None and other.number.scale > 1:
            return other.number.scale
    before = [s for s in line.spots if s.start < spot.start and s.column == spot.column and s.number is not None]
    for other in reversed(before[-3:]):
        if other.number is not None and other.number.scale > 1:
            return other.number.scale
    return None
