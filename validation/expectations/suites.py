"""The expectations of a round, generated from the catalogue.

Belongs here: which expectation follows from which rule, and the note on it by which a result becomes a finding.
Stays out: running them and reading results (`quality`). Great Expectations itself is handed in, for its import costs
seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from catalogue.figures import figure_definitions
from catalogue.rules import RuleBook
from catalogue.wards import wards
from validation.expectations.wide import BROKEN_COUNTS, GAP, WARD, WHOLE

_SEVERITY = {"error": "critical", "warning": "warning", "info": "info"}


def expectations(gxe: Any, frame: pd.DataFrame, book: RuleBook) -> list[Any]:
    """Return the expectations of a round; `gxe` is the module `great_expectations.expectations`.

    The count of rows stands first, for an empty frame passes every expectation on columns. Figures that no ward of
    the round has are left out unless they are required. `meta` holds the rule of an expectation and its figures, or
    the `check` that finds them in a ward.
    """
    return [
        *_table(gxe),
        *_types(gxe, book),
        *(_range(gxe, code, book) for code in _present(frame)),
        *(
            gxe.ExpectColumnValuesToNotBeNull(column=code, **_meta(book, "missing_figure", code))
            for code in book.required
        ),
        *_parts(gxe, frame, book),
        *_sums(gxe, frame, book),
    ]


def _table(gxe: Any) -> Iterator[Any]:
    meta = {"meta": {"rule": "", "figures": [], "check": ""}, "severity": "critical"}
    yield gxe.ExpectTableRowCountToBeBetween(min_value=1, max_value=len(wards()), **meta)
    yield gxe.ExpectColumnValuesToBeUnique(column=WARD, **meta)
    yield gxe.ExpectColumnValuesToBeInSet(column=WARD, value_set=sorted(wards()), **meta)


def _present(frame: pd.DataFrame) -> list[str]:
    return [code for code in figure_definitions() if frame[code].notna().any()]


def _types(gxe: Any, book: RuleBook) -> Iterator[Any]:
    """Return that counts are whole numbers, for all of them at once: an expectation costs time, a column does not."""
    meta = _meta(book, "out_of_range", check=BROKEN_COUNTS)
    yield gxe.ExpectColumnValuesToBeBetween(column=BROKEN_COUNTS, min_value=0, max_value=0, **meta)


def _range(gxe: Any, code: str, book: RuleBook) -> Any:
    meta = _meta(book, "out_of_range", code)
    highest = 100 if code in book.shares else None
    return gxe.ExpectColumnValuesToBeBetween(column=code, min_value=0, max_value=highest, **meta)


def _parts(gxe: Any, frame: pd.DataFrame, book: RuleBook) -> Iterator[Any]:
    for part, wholes in book.parts.items():
        if frame[part].notna().any() and frame[WHOLE + part].notna().any():
            yield gxe.ExpectColumnPairValuesAToBeGreaterThanB(
                column_A=WHOLE + part,
                column_B=part,
                or_equal=True,
                ignore_row_if="either_value_is_missing",
                **_meta(book, "out_of_range", part, *dict.fromkeys(term for whole in wholes for term in whole)),
            )


def _sums(gxe: Any, frame: pd.DataFrame, book: RuleBook) -> Iterator[Any]:
    for identity in book.identities:
        if frame[GAP + identity.name].notna().any():
            meta = _meta(book, "sum_mismatch", check=identity.name)
            yield gxe.ExpectColumnValuesToBeBetween(column=GAP + identity.name, min_value=0, max_value=0, **meta)


def _meta(book: RuleBook, rule: str, *figures: str, check: str = "") -> dict[str, Any]:
    note = {"rule": rule, "figures": list(figures), "check": check}
    return {"meta": note, "severity": _SEVERITY[book.rules[rule].severity]}
