"""What is asked of a round, as a frame: a row for each ward and check, with a value and the bounds it has to keep to.

Belongs here: which values of a ward are asked what, worked out from the catalogue, and the frame of them that Great
Expectations looks at. The library spends its time by the expectation and not by the row, so all figures share a few.
Stays out: expectations (`suites`), running them (`quality`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from catalogue.figures import figure_definitions
from catalogue.relations import Identity, Terms
from catalogue.rules import RuleBook
from validation.relations import Spans, breach_of
from validation.spans import Span

if TYPE_CHECKING:
    import pandas as pd

Values = Mapping[str, Decimal | None]
"""Figure → value that counts; None or absent where there is none."""

WARD, CHECK, SUBJECT, VALUE, LEAST, MOST = "ward", "check", "subject", "value", "least", "most"
KEY = (WARD, CHECK, SUBJECT)
"""Columns that name a claim."""


class Check(StrEnum):
    """What is asked of a value."""

    WHOLE_NUMBER = "whole number"
    RANGE = "range"
    REQUIRED = "required"
    PART = "part of a whole"
    SUM = "sum"


@dataclass(frozen=True)
class Claim:
    """One thing asked of one ward.

    `subject` is a figure or the name of an identity; `figures` are those a finding on it binds, `rule` the rule it
    speaks by. `value` is missing only where a required figure is; a bound that is None bounds nothing.
    """

    ward: str
    check: Check
    subject: str
    rule: str
    figures: tuple[str, ...]
    value: float | None
    least: float | None = None
    most: float | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what names the claim in the frame."""
        return self.ward, self.check.value, self.subject


def claims(rows: Mapping[str, Values], book: RuleBook) -> list[Claim]:
    """Return everything that is asked of a round given as ward → figure → value, by check and figure, then ward."""
    return [
        *(claim for ward, values in rows.items() for claim in _whole_numbers(ward, values)),
        *(_range(w, code, v, book) for code in figure_definitions() for w, v in _printed(rows, code)),
        *(_required(ward, code, values) for code in book.required for ward, values in rows.items()),
        *(
            c
            for part, wholes in book.parts.items()
            for w, _v in _printed(rows, part)
            for c in _part(w, part, wholes, rows)
        ),
        *(claim for identity in book.identities for w, values in rows.items() for claim in _sum(w, identity, values)),
    ]


def claim_frame(asked: Iterable[Claim]) -> pd.DataFrame:
    """Return claims as a frame with the columns of `KEY` and the value and bounds as float64."""
    import pandas as pd

    found = list(asked)
    frame = pd.DataFrame(
        {
            WARD: [claim.ward for claim in found],
            CHECK: [claim.check.value for claim in found],
            SUBJECT: [claim.subject for claim in found],
            VALUE: [claim.value for claim in found],
            LEAST: [claim.least for claim in found],
            MOST: [claim.most for claim in found],
        }
    )
    return frame.astype({VALUE: "float64", LEAST: "float64", MOST: "float64"})


def _printed(rows: Mapping[str, Values], code: str) -> Iterator[tuple[str, float]]:
    """Yield the wards that have a figure, with its value."""
    for ward, values in rows.items():
        value = values.get(code)
        if value is not None:
            yield ward, float(value)


def _whole_numbers(ward: str, values: Values) -> Iterator[Claim]:
    """Yield that the counts of a ward are whole numbers, all of them as one claim."""
    broken = tuple(
        figure
        for figure, value in values.items()
        if value is not None and value % 1 and figure_definitions()[figure].unit == "count"
    )
    yield Claim(ward, Check.WHOLE_NUMBER, "counts with a fraction", "out_of_range", broken, len(broken), most=0)


def _range(ward: str, code: str, value: float, book: RuleBook) -> Claim:
    most = 100 if code in book.shares else None
    return Claim(ward, Check.RANGE, code, "out_of_range", (code,), value, 0, most)


def _required(ward: str, code: str, values: Values) -> Claim:
    value = values.get(code)
    return Claim(ward, Check.REQUIRED, code, "missing_figure", (code,), None if value is None else float(value))


def _part(ward: str, part: str, wholes: tuple[Terms, ...], rows: Mapping[str, Values]) -> Iterator[Claim]:
    """Yield that a part is not larger than the largest total the ward prints for it."""
    values = rows[ward]
    largest = _largest(values, wholes)
    if largest is not None:
        known = dict.fromkeys(term for whole in wholes for term in whole if values.get(term) is not None)
        yield Claim(ward, Check.PART, part, "out_of_range", (part, *known), float(values[part] or 0), most=largest)


def _largest(values: Values, wholes: tuple[Terms, ...]) -> float | None:
    known = [[value for term in whole if (value := values.get(term)) is not None] for whole in wholes]
    sums = [sum(found) for found, whole in zip(known, wholes, strict=True) if len(found) == len(whole)]
    return float(max(sums)) if sums else None


def _sum(ward: str, identity: Identity, values: Values) -> Iterator[Claim]:
    """Yield that an identity has no gap; it has none where some admissible reading holds or too little is printed."""
    breach = breach_of(identity, _spans_of(values), "skip")
    gap, figures = (float(breach.gap), breach.figures) if breach else (0.0, ())
    if breach or any(values.get(figure) is not None for way in identity.ways for figure in way.figures):
        yield Claim(ward, Check.SUM, identity.name, "sum_mismatch", figures, gap, 0, 0)


def _spans_of(values: Values) -> Spans:
    """Return the spans of plain values, each standing for itself."""

    def spans(figure: str) -> tuple[Span, ...]:
        value = values.get(figure)
        return (Span.exact(value),) if value is not None else ()

    return spans
