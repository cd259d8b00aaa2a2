"""Spans: the true values that a printed number admits.

Belongs here: pure arithmetic of intervals, and the width that precision and words like "gần" give to a printing.
Stays out: which figures are compared (`relations`, `percentages`).

A number printed to a coarse digit was rounded or cut off there: 312,75 triệu stands for anything from half a unit of
its last digit below to a whole unit above. Plain counts stand for themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from catalogue.figures import Unit
from catalogue.rules import Tolerance
from parsers.reading import Printing

HALF = Decimal("0.5")
HUNDRED = Decimal(100)
_ZERO = Decimal(0)


@dataclass(frozen=True)
class Span:
    """The closed interval of true values behind one printed number, in the figure's unit."""

    low: Decimal
    high: Decimal

    @classmethod
    def exact(cls, value: Decimal) -> Span:
        """Return the span of a value that stands for itself."""
        return cls(value, value)

    def meets(self, other: Span) -> bool:
        """Return whether both may stand for the same true value."""
        return self.low <= other.high and other.low <= self.high

    def above(self, other: Span) -> bool:
        """Return whether every value of this span is greater than every value of the other."""
        return self.low > other.high


def span_of(printing: Printing, unit: Unit, tolerance: Tolerance) -> Span:
    """Return the true values that a printing admits."""
    return span_of_value(printing.value, _step(printing, unit, tolerance), printing.approximation.value, tolerance)


def span_of_value(value: Decimal, step: Decimal, word: str, tolerance: Tolerance) -> Span:
    """Return the span of `value`, printed to multiples of `step` (zero for an exact one) after the word `word`."""
    below, above = tolerance.approximate.get(word, (_ZERO, _ZERO))
    return Span(value - step * HALF - abs(value) * below, value + step + abs(value) * above)


def total(spans: Iterable[Span]) -> Span:
    """Return the span of a sum."""
    kept = list(spans)
    return Span(sum((s.low for s in kept), _ZERO), sum((s.high for s in kept), _ZERO))


def hull(spans: Iterable[Span]) -> Span:
    """Return the narrowest span that holds all of several."""
    kept = list(spans)
    return Span(min(s.low for s in kept), max(s.high for s in kept))


def gives(numerator: Span, denominator: Span, percentage: Span) -> bool:
    """Return whether 100 · numerator / denominator may be the percentage; the cut-off side is open.

    A printed 85,4% was rounded from 85,35 to 85,45 or cut off from 85,4 up to but not including 85,5.
    """
    if denominator.low <= 0:
        return False
    least = HUNDRED * numerator.low / denominator.high
    most = HUNDRED * numerator.high / denominator.low
    exact = percentage.low == percentage.high
    return most >= percentage.low and (least < percentage.high or (exact and least <= percentage.high))


def _step(printing: Printing, unit: Unit, tolerance: Tolerance) -> Decimal:
    """Return the unit of the last digit that carries meaning, zero for a number that stands for itself."""
    if unit == "percent":
        return printing.quantum
    step = min(printing.quantum, abs(printing.value) * tolerance.coarsest) if printing.quantum > 1 else _ZERO
    if unit == "vnd" and printing.value:
        step = max(step, _zeros(printing.value, tolerance.vnd_step))
    return step


def _zeros(value: Decimal, limit: int) -> Decimal:
    """Return the largest power of ten up to `limit` that divides an amount, zero where only one does."""
    step = 1
    while step < limit and value % (step * 10) == 0:
        step *= 10
    return Decimal(step) if step > 1 else _ZERO
