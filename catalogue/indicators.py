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

_KEYS = {"vi", "en", "numerator", "denominator", "additive", "part"}

Ways = tuple[tuple[str, ...], ...]
"""Ways to make one side, in the order they are tried; each is a sum of figures."""


@dataclass(frozen=True)
class Indicator:
    """One ratio in percent: 100 × numerator / denominator; `part` where more than 100 cannot be."""

    code: str
    meaning_vi: str
    meaning_en: str
    numerator: Ways
    denominator: Ways
    additive: bool
    part: bool


@cache
def indicators() -> dict[str, Indicator]:
    """Return the indicators by code, in the order of the file.

    Raises:
        CatalogueError: a figure is unknown, a percentage, or a side has no way; a code is a figure's code.
    """
    path = shipped("indicators.yaml")
    return {code: _indicator(path, code, entry) for code, entry in _content(path)["indicators"].items()}


@cache
def stocks() -> frozenset[str]:
    """Return the figures that hold at a moment and never add up over quarters."""
    path = shipped("indicators.yaml")
    listed = frozenset(_content(path)["stocks"])
    for code in sorted(listed - figure_definitions().keys()):
        where = f"{path.name}:{line_of(path, 'stocks')}: "
        raise CatalogueError(where + _("'{code}' is no figure; mend its code").format(code=code))
    return listed


def additive(figure: str) -> bool:
    """Return whether quarters of a figure add up to its cumulative value: a flow of the period that is no stock."""
    return figure_definitions()[figure].basis == "period" and figure not in stocks()


@cache
def _content(path: Path) -> Any:
    return load_yaml(path)


def _indicator(path: Path, code: str, entry: Any) -> Indicator:
    if code in figure_definitions():
        raise _mistake(_("'{code}' is a figure's code; name the indicator otherwise"), path, code)
    if not isinstance(entry, dict) or set(entry) != _KEYS or not _are_flags(entry["additive"], entry["part"]):
        message = _("'{code}' must have vi, en, numerator, denominator, additive and part, and no more")
        raise _mistake(message, path, code)
    return Indicator(
        code=code,
        meaning_vi=str(entry["vi"]),
        meaning_en=str(entry["en"]),
        numerator=_ways(path, code, "numerator", entry["numerator"]),
        denominator=_ways(path, code, "denominator", entry["denominator"]),
        additive=entry["additive"],
        part=entry["part"],
    )


def _are_flags(*values: object) -> bool:
    return all(isinstance(value, bool) for value in values)


def _ways(path: Path, code: str, side: str, listed: Any) -> Ways:
    if not isinstance(listed, list) or not listed or not all(isinstance(way, list) and way for way in listed):
        raise _mistake(_("a side of '{code}' needs a list of lists with at least one figure each"), path, code, side)
    for figure in (figure for way in listed for figure in way):
        definition = figure_definitions().get(figure)
        if definition is None or definition.unit == "percent":
            message = _("'{figure}' in '{code}' is no figure that can be added up; name a count or an amount")
            raise _mistake(message, path, code, side, figure=figure)
    return tuple(tuple(way) for way in listed)


def _mistake(message: str, path: Path, code: str, *keys: str, figure: object = "") -> CatalogueError:
    """Return the error that names file and line of a mistake in an indicator."""
    line = line_of(path, "indicators", code, *keys)
    return CatalogueError(f"{path.name}:{line}: " + message.format(code=code, figure=figure))
