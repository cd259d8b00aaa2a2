"""Indicators: ratios of printed figures, and which figures add up over quarters.

Belongs here: the definitions of `indicators.yaml`, checked against the figures.
Stays out: computing them (warehouse), points for them (scorecards).
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StrictBool, model_validator

from catalogue.figures import figure_definitions
from catalogue.model import Entry, load_model, named
from catalogue.source import shipped
from cchc.messages import translator

_ = translator("warehouse")

_KEYS = {"code", "vi", "en", "numerator", "denominator", "additive", "part"}


def _listed(ways: object) -> object:
    """Return the ways of a side, each a list of figures."""
    if not isinstance(ways, list) or not ways or not all(isinstance(way, list) and way for way in ways):
        raise ValueError(_("a side needs a list of lists with at least one figure each"))
    return ways


def _summable(figure: str) -> str:
    definition = figure_definitions().get(figure)
    if definition is None or definition.unit == "percent":
        text = _("'{figure}' is no figure that can be added up; name a count or an amount")
        raise ValueError(text.format(figure=figure))
    return figure


def _figure(code: str) -> str:
    if code not in figure_definitions():
        raise ValueError(_("'{code}' is no figure; mend its code").format(code=code))
    return code


Ways = Annotated[tuple[tuple[Annotated[str, AfterValidator(_summable)], ...], ...], BeforeValidator(_listed)]
"""Ways to make one side, in the order they are tried; each is a sum of figures."""


class Indicator(Entry):
    """One ratio in percent: 100 × numerator / denominator; `part` where more than 100 cannot be."""

    code: str
    meaning_vi: str = Field(alias="vi")
    meaning_en: str = Field(alias="en")
    numerator: Ways
    denominator: Ways
    additive: StrictBool
    part: StrictBool

    @model_validator(mode="before")
    @classmethod
    def _shaped(cls, entry: Any) -> Any:
        """Refuse a figure's code, and keys that are too few or too many."""
        if isinstance(entry, dict) and entry.get("code") in figure_definitions():
            text = _("'{code}' is a figure's code; name the indicator otherwise")
            raise ValueError(text.format(code=entry["code"]))
        if not isinstance(entry, dict) or set(entry) != _KEYS:
            raise ValueError(_("an indicator must have vi, en, numerator, denominator, additive and part, and no more"))
        return entry


class IndicatorFile(Entry):
    """Everything `indicators.yaml` says."""

    stocks: frozenset[Annotated[str, AfterValidator(_figure)]]
    unsummed: frozenset[Annotated[str, AfterValidator(_figure)]]
    officers: Ways
    indicators: Annotated[dict[str, Indicator], BeforeValidator(named("code"))]


@cache
def indicators() -> dict[str, Indicator]:
    """Return the indicators by code, in the order of the file.

    Raises:
        CatalogueError: a figure is unknown, a percentage, or a side has no way; a code is a figure's code.
    """
    return _file().indicators


@cache
def stocks() -> frozenset[str]:
    """Return the figures that hold at a moment and never add up over quarters."""
    return _file().stocks


@cache
def unsummed() -> frozenset[str]:
    """Return the figures that are scores or places, of which no total is made."""
    return _file().unsummed


@cache
def officers() -> Ways:
    """Return the ways to count the people who do a unit's work, in the order they are tried."""
    return _file().officers


def additive(figure: str) -> bool:
    """Return whether quarters of a figure add up to its cumulative value: a flow of the period that is no stock."""
    return figure_definitions()[figure].basis == "period" and figure not in stocks()


def _file() -> IndicatorFile:
    return load_model(shipped("indicators.yaml"), IndicatorFile)
