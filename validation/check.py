"""Checking a set of reports.

Belongs here: the one call that applies every rule to every report, each report seeing the others as context.
Stays out: the rules themselves; storing findings and following their life (`lifecycle`, warehouse).
"""

from __future__ import annotations

from collections.abc import Sequence

from catalogue.rules import RuleBook, rule_book
from parsers.reading import Reading
from validation.finding import Finding
from validation.sheet import lay_out
from validation.within import check_within

_WEIGHT = {"error": 0, "warning": 1, "info": 2}


def check_reports(
    readings: Sequence[Reading], history: Sequence[Reading] = (), *, book: RuleBook | None = None
) -> list[tuple[Finding, ...]]:
    """Return the findings of every reading, aligned with `readings`, the heaviest first.

    `history` are earlier accepted readings, used as context only. A set may hold one ward's round several times, in
    several formats: they are never held against each other.
    """
    rules = book or rule_book()
    sheets = [lay_out(reading, rules) for reading in readings]
    return [tuple(sorted(check_within(sheet), key=lambda f: _WEIGHT[f.severity])) for sheet in sheets]
