"""Words for what a scorecard says.

Belongs here: rules, measures, classes and days of a card as short text, for setting two cards side by side.
Stays out: words for how a ward was scored (`phrases`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from catalogue.scorecards import Arrival, Band, Bands, Grade, Linear, Manual, Measure, Threshold
from cchc.formats import day, number
from cchc.messages import translator

_ = translator("scoring")


def value_text(value: object) -> str:
    """Return any value of a card's field as text; None is a dash."""
    if isinstance(value, tuple):
        return "; ".join(value_text(item) for item in value) or "–"
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Linear | Bands | Threshold | Manual):
        return _rule_text(value)
    if isinstance(value, Measure):
        rounds = "" if len(value.rounds) == 4 else f" (Q{', Q'.join(map(str, value.rounds))})"
        return value.formula + rounds
    if isinstance(value, Grade):
        return f"{value.name} ≥ {number(value.from_total)}"
    if isinstance(value, Arrival):
        return f"{value.counted_from}, {value.trusted_days}"
    return "–" if value is None else str(value)


def bounds_text(band: Band, show: Callable[[Decimal], str]) -> str:
    """Return the bounds of a band, each number as `show` writes it."""
    low = "" if band.low is None else f"{'≥' if band.low_in else '>'} {show(band.low)}"
    high = "" if band.high is None else f"{'≤' if band.high_in else '<'} {show(band.high)}"
    return ", ".join(bound for bound in (low, high) if bound) or _("any value")


def _rule_text(rule: Linear | Bands | Threshold | Manual) -> str:
    if isinstance(rule, Linear):
        pairs = dict.fromkeys(zip(rule.zero_at, rule.full_at, strict=True))
        return "; ".join(f"{number(zero)}…{number(full)}" for zero, full in pairs)
    if isinstance(rule, Bands):
        return "; ".join(_band_text(band) for band in reversed(rule.bands))
    if isinstance(rule, Threshold):
        return f"{'≥' if rule.at_least else '≤'} {number(rule.bound)}"
    return _("points given by people")


def _band_text(band: Band) -> str:
    return f"{bounds_text(band, number)}: {number(band.points)}"
