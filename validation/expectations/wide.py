"""The wide view of a round as a frame: a row a ward, a column a figure, and columns that follow from them.

Belongs here: the frame that Great Expectations looks at, and the sums and wholes it cannot work out by itself.
Stays out: expectations (`suites`), running them (`quality`).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pandas as pd

from catalogue.figures import figure_definitions
from catalogue.relations import Identity, Terms
from catalogue.rules import RuleBook
from validation.relations import Spans, breach_of
from validation.spans import Span

Values = Mapping[str, Decimal | None]
"""Figure → value that counts; None or absent where there is none."""

WARD = "ward"
GAP = "gap:"
WHOLE = "whole:"
BROKEN_COUNTS = "counts with a fraction"


def wide_frame(rows: Mapping[str, Values], book: RuleBook) -> pd.DataFrame:
    """Return the frame of a round: ward, every figure as float64, broken counts, gaps of sums, wholes of parts.

    A gap is a total less its parts, 0 where some admissible reading of the identity holds, NaN where too little is
    printed. A whole is the largest total that a part may not exceed.
    """
    columns: dict[str, list[float | str]] = {WARD: list(rows)}
    for figure in figure_definitions():
        columns[figure] = [_number(values.get(figure)) for values in rows.values()]
    columns[BROKEN_COUNTS] = [float(len(fractional(values))) for values in rows.values()]
    for identity in book.identities:
        columns[GAP + identity.name] = [_gap(identity, values) for values in rows.values()]
    for part, wholes in book.parts.items():
        columns[WHOLE + part] = [_largest(values, wholes) for values in rows.values()]
    frame = pd.DataFrame(columns)
    return frame.astype(dict.fromkeys([c for c in frame.columns if c != WARD], "float64"))


def fractional(values: Values) -> tuple[str, ...]:
    """Return the counts of a ward that are no whole numbers."""
    return tuple(
        figure
        for figure, value in values.items()
        if value is not None and value % 1 and figure_definitions()[figure].unit == "count"
    )


def gap_figures(identity: Identity, values: Values) -> tuple[str, ...]:
    """Return the figures of an identity that a ward breaks, the total first; empty where it holds."""
    breach = breach_of(identity, _spans_of(values), "skip")
    return breach.figures if breach else ()


def _gap(identity: Identity, values: Values) -> float:
    breach = breach_of(identity, _spans_of(values), "skip")
    if breach is not None:
        return float(breach.gap)
    figures = {figure for way in identity.ways for figure in way.figures}
    return 0.0 if any(values.get(figure) is not None for figure in figures) else float("nan")


def _spans_of(values: Values) -> Spans:
    """Return the spans of plain values, each standing for itself."""

    def spans(figure: str) -> tuple[Span, ...]:
        value = values.get(figure)
        return (Span.exact(value),) if value is not None else ()

    return spans


def _largest(values: Values, wholes: tuple[Terms, ...]) -> float:
    known = [[value for term in whole if (value := values.get(term)) is not None] for whole in wholes]
    sums = [sum(found) for found, whole in zip(known, wholes, strict=True) if len(found) == len(whole)]
    return float(max(sums)) if sums else float("nan")


def _number(value: Decimal | None) -> float:
    return float("nan") if value is None else float(value)
