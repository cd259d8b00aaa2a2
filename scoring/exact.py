"""Exact decimal arithmetic, the same on every machine.

Belongs here: a context of our own, so that no caller's context changes a digit, and division and rounding under it.
Stays out: what is divided and why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, localcontext
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_CONTEXT = Context(prec=60, rounding=ROUND_HALF_EVEN)
RATIO_DECIMALS = 6
"""Ratios are kept to the millionth of a percent: what the warehouse's numeric columns hold."""


def exactly(function: Callable[P, R]) -> Callable[P, R]:
    """Return the function made to reckon under our own context, whatever its caller's is."""

    @wraps(function)
    def reckon(*args: P.args, **kwargs: P.kwargs) -> R:
        with localcontext(_CONTEXT):
            return function(*args, **kwargs)

    return reckon


def total(values: Iterable[Decimal]) -> Decimal:
    """Return the sum of the values."""
    result = Decimal(0)
    for value in values:
        result = _CONTEXT.add(result, value)
    return result


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Return the value rounded half up, as people round, with trailing zeros kept off."""
    exact = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP, context=_CONTEXT)
    return _plain(exact)


def product_over(a: Decimal, b: Decimal, divisor: Decimal) -> Decimal:
    """Return a × b ÷ divisor; the one rounding is in the last of 60 digits."""
    return _CONTEXT.divide(_CONTEXT.multiply(a, b), divisor)


def percentage(part: Decimal, whole: Decimal) -> Decimal:
    """Return part over whole in percent, to the millionth."""
    return rounded(product_over(Decimal(100), part, whole), RATIO_DECIMALS)


def _plain(value: Decimal) -> Decimal:
    """Return the value in its one plain form, so that 1.50 and 1.5 are stored and compared alike."""
    normal = value.normalize(_CONTEXT)
    return normal.quantize(Decimal(1)) if normal.as_tuple().exponent > 0 else normal  # type: ignore[operator]
