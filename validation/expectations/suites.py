"""The expectations of a round: what every row of its frame of claims has to keep to.

Belongs here: the few expectations that hold for all figures at once, and the note on each by which a result becomes
findings. Stays out: which values are asked what (`claims`), running and reading results (`quality`). Great Expectations
itself is handed in, for its import costs seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from catalogue.wards import wards
from validation.expectations.claims import KEY, LEAST, MOST, VALUE, WARD

OF_CLAIMS = "of_claims"
"""Key of an expectation's note that says whether a row it does not hold for is a finding on a ward."""

_EITHER = "either_value_is_missing"


def expectations(gxe: Any) -> list[Any]:
    """Return the expectations of a round; `gxe` is the module `great_expectations.expectations`.

    The count of rows stands first, for an empty frame passes every expectation on columns.
    """
    return [*_of_the_table(gxe), *_of_claims(gxe)]


def _of_the_table(gxe: Any) -> Iterator[Any]:
    note = {"meta": {OF_CLAIMS: False}, "severity": "critical"}
    yield gxe.ExpectTableRowCountToBeBetween(min_value=1, **note)
    yield gxe.ExpectCompoundColumnsToBeUnique(column_list=list(KEY), **note)
    yield gxe.ExpectColumnValuesToBeInSet(column=WARD, value_set=sorted(wards()), **note)


def _of_claims(gxe: Any) -> Iterator[Any]:
    """Yield that what is required is there, and that values keep to their bounds."""
    note = {"meta": {OF_CLAIMS: True}, "severity": "critical"}
    yield gxe.ExpectColumnValuesToNotBeNull(column=VALUE, **note)
    for higher, lower in ((VALUE, LEAST), (MOST, VALUE)):
        yield gxe.ExpectColumnPairValuesAToBeGreaterThanB(
            column_A=higher, column_B=lower, or_equal=True, ignore_row_if=_EITHER, **note
        )
