"""Slips of the pen between two printed numbers.

Belongs here: whether two runs of digits look like one number miswritten. Stays out: which of them is right.
"""

from __future__ import annotations

import re
from decimal import Decimal

SLIP_DIGITS, ORDER_DIGITS = 3, 4
"""Fewest digits of numbers that may be one by a slip, and by another order: shorter ones are alike by chance."""


def one_slip(first: str, second: str) -> bool:
    """Return whether two printed numbers of three digits or more differ by one digit, or by two that changed places."""
    one, other = (re.sub(r"\D", "", raw) for raw in (first, second))
    if len(one) != len(other) or len(one) < SLIP_DIGITS:
        return False
    at = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    swapped = len(at) == 2 and (one[at[0]], one[at[1]]) == (other[at[1]], other[at[0]])
    return len(at) == 1 or (swapped and at[1] == at[0] + 1)


def same_digits(first: str, second: str) -> bool:
    """Return whether two printed numbers of four digits or more have the same digits in another order."""
    one, other = (re.sub(r"\D", "", raw) for raw in (first, second))
    return len(one) >= ORDER_DIGITS and sorted(one) == sorted(other)


def turned(first: str, second: str) -> bool:
    """Return whether two printed numbers have two digits, those of the one in the other order ("36" and "63")."""
    one, other = (re.sub(r"\D", "", raw) for raw in (first, second))
    return len(one) == 2 and one != other and one == other[::-1]


def moved_point(first: Decimal, second: Decimal) -> bool:
    """Return whether two values have the same digits, three or more, ten or a hundred times apart."""
    one, other = (value.normalize().as_tuple().digits for value in (first, second))
    small, large = sorted((first, second))
    return one == other and len(one) >= SLIP_DIGITS and large in (small * 10, small * 100)
