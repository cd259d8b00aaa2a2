"""Indicators: ratios of printed figures, and which figures add up over quarters.

Belongs here: the definitions of `indicators.yaml`, checked against the figures.
Stays out: computing them (warehouse), points for them (scorecards).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from catalogue.figures import figure_definitions
from catalogue.source import line_of, load_yaml, shipped
from cchc.errors import CatalogueError
from cchc.messages import translator

_ = translator("warehouse")

Ways = tuple[tuple[str, ...], ...]
"""Ways to make one side, in the order they are tried; each is a sum of figures."""


@dataclass(frozen=True)
class Indicator:
    """One ratio in percent: 100 × numerator / denominator."""

    code: str
    meaning_vi: str
    meaning_en: str
    numerator: Ways
    denominator: Ways
    additive: bool


@cache
def indicators() -> dict[str, Indicator]:
    """Return the indicators by code, in the order of the file.

    Raises:
        CatalogueError: a figure is unknown, a percentage, or a side has no way; a code is a figure's code.
    """
    path = shipped("indicators.yaml")
    return {code: _indicator(path, code, entry) for code, entry in load_yaml(path)["indicators"].items()}


@cache
def stocks() -> frozenset[str]:
    """Return the figures that hold at a moment and never add up over quarters."""
    path = shipped("indicators.yaml")
    listed = frozenset(load_yaml(path)["stocks"])
    for code in listed - figure_definitions().keys():
        raise CatalogueError(
            _("{where}: '{code}' is no figure; mend its code").format(
                where=f"{path.name}:{line_of(path, 'stocks')}", code=code
            )
        )
    return listed


def additive(figure: str) -> bool:
    """Tell whether quarters of a figure add up to its cumulative value: a flow of the period that is no stock."""
    return figure_definitions()[figure].basis == "period" and figure not in stocks()


def _indicator(path: Path, code: str, entry: dict[str, Any]) -> Indicator:
    if code in figure_definitions():
        raise CatalogueError(
            _("{where}: '{code}' is a figure's code; name the indicator otherwise").format(
                where=f"{path.name}:{line_of(path, 'indicators', code)}", code=code
            )
        )
    return Indicator(
        code=code,
        meaning_vi=entry["vi"],
        meaning_en=entry["en"],
        numerator=_ways(path, code, "numerator", entry),
        denominator=_ways(path, code, "denominator", entry),
        additive=bool(entry["additive"]),
    )


def _ways(path: Path, code: str, side: str, entry: dict[str, Any]) -> Ways:
    ways: Ways = tuple(tuple(way) for way in entry.get(side) or ())
    where = f"{path.name}:{line_of(path, 'indicators', code, side)}"
    if not ways or not all(ways):
        raise CatalogueError(
            _("{where}: the {side} of '{code}' is empty; list at least one figure").format(
                where=where, side=side, code=code
            )
        )
    for figure in (figure for way in ways for figure in way):
        definition = figure_definitions().get(figure)
        if definition is None or definition.unit == "percent":
            raise CatalogueError(
                _("{where}: '{figure}' is no figure that can be added up; name a count or an amount").format(
                    where=where, figure=figure
                )
            )
    return ways
