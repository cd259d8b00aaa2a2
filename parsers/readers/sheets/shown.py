"""What a cell of a spreadsheet shows: numbers, percentages and dates as they are printed here.

Belongs here: values with their number formats to text, as a Vietnamese Excel prints them.
Stays out: reading workbooks (`xlsx`, `xls`).
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_DECIMALS = re.compile(r"[0#?]\.([0#?]+)")
_QUOTED = re.compile(r"\"[^\"]*\"|\[[^\]]*\]|\\.")
_MOST_DECIMALS = 6  # by hand: no report prints more
_GENERAL_DIGITS = 11  # what Excel shows under the format General


def shown(value: object, number_format: str) -> str:
    """Return what a cell prints.

    >>> shown(0.8734, "0.00%"), shown(1234.5, "#,##0.00"), shown(327, "General")
    ('87,34%', '1.234,50', '327')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return _number(value, number_format)
    if isinstance(value, (datetime, date)):
        return value.strftime("%d/%m/%Y")
    return value.strftime("%H:%M") if isinstance(value, time) else str(value)


def _number(value: int | float, number_format: str) -> str:
    plain = _QUOTED.sub("", number_format.split(";")[0])
    try:
        exact = Decimal(repr(value))
        if "%" in plain:
            return f"{_grouped(exact * 100, _decimals(plain), ',' in plain)}%"
        if plain in {"", "General", "@"} or not any(sign in plain for sign in "0#"):
            return _grouped(_general(exact), None, grouped=False)
        return _grouped(exact, _decimals(plain), "," in plain)
    except (InvalidOperation, OverflowError, ValueError):
        return str(value)


def _general(exact: Decimal) -> Decimal:
    """Return a number with as many digits as a cell of no format shows."""
    whole = len(str(abs(int(exact))))
    places = max(min(_GENERAL_DIGITS - whole - 1, 9), 0)
    rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return rounded.normalize() if rounded else Decimal(0)


def _decimals(plain: str) -> int:
    found = _DECIMALS.search(plain)
    return min(len(found[1]), _MOST_DECIMALS) if found else 0


def _grouped(exact: Decimal, decimals: int | None, grouped: bool) -> str:
    """Return a number with a comma before decimals, dots between thousands if asked."""
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{exact:,f}" if grouped else f"{exact:f}"
    return text.translate(str.maketrans(",.", ".,"))
