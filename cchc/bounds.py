"""Exact bounds of a share from a count: how many may be wrong where so many of so many were found wrong.

Belongs here: Clopper and Pearson's interval, one-sided. Stays out: what is counted, and what follows from a bound.
"""

from __future__ import annotations

LEVEL = 0.95
"""Confidence of a one-sided bound."""


def upper_bound(wrong: int, checked: int, level: float = LEVEL) -> float:
    """Return the exact one-sided upper bound of a share, 0–1; 1 where nothing was checked or all was wrong.

    Raises:
        ValueError: more are wrong than were checked, or a count is negative.
    """
    if not 0 <= wrong <= checked:
        raise ValueError(f"{wrong} wrong of {checked} checked is no count; both start at 0 and wrong is the smaller")
    if wrong == checked:
        return 1.0
    from scipy.special import betaincinv  # takes a tenth of a second, which a command that counts nothing need not wait

    return float(betaincinv(wrong + 1, checked - wrong, level))


def checks_needed(limit: float, level: float = LEVEL) -> int:
    """Return how many checks without one error bring the upper bound down to a limit, 0 < limit < 1."""
    from math import ceil, log

    return ceil(log(1 - level) / log(1 - limit))
