"""Rules across the wards of one round.

Belongs here: values far from those of the other wards, by the modified z-score.
Stays out: sums and percentages; ranking wards (warehouse).

Source: Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993): 0.6745 · |x − median| / MAD above 3.5.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from statistics import median

from cchc.formats import number
from cchc.messages import translator
from validation.finding import Finding
from validation.phrases import amount, figure_name, make
from validation.report_values import Sheet

_ = translator("validation")

NORMAL = Decimal("0.6745")
"""The MAD of a normal distribution in standard deviations."""


def check_peers(sheet: Sheet, peers: Sequence[Sheet], earlier: Sequence[Sheet]) -> Iterator[Finding]:
    """Return a finding for every value far from the other wards' and from the ward's own earlier ones."""
    rules = sheet.book.outliers
    for figure, spread in rules.figures.items():
        floor = spread.floor
        if not sheet.spans(figure):
            continue
        values = [peer.counted(figure) for peer in peers if peer.spans(figure)]
        if len(values) + 1 < rules.least:
            continue
        value = sheet.counted(figure)
        score, middle = modified_z([*values, value], value, floor)
        if score > rules.limit and not _usual(value, figure, floor, earlier):
            yield _finding(sheet, figure, len(values) + 1, score, middle)


def modified_z(values: Sequence[Decimal], value: Decimal, floor: Decimal) -> tuple[Decimal, Decimal]:
    """Return the modified z-score of `value` among `values`, and their median; the MAD is at least `floor`/2."""
    middle = median(values)
    spread = max(median(abs(v - middle) for v in values), floor / 2)
    return NORMAL * abs(value - middle) / spread, middle


def _usual(value: Decimal, figure: str, floor: Decimal, earlier: Sequence[Sheet]) -> bool:
    """Return whether the ward printed about as much before."""
    return any(abs(value - sheet.counted(figure)) <= 2 * floor for sheet in earlier if sheet.has(figure))


def _finding(sheet: Sheet, figure: str, wards: int, score: Decimal, middle: Decimal) -> Finding:
    facts: Mapping[str, Decimal] = {"score": score, "middle": middle}
    return make(
        sheet,
        "outlier",
        [figure],
        lambda: _text(sheet, figure, wards, facts),
        printings=[sheet.primary(figure)],
        expected=lambda: amount(figure, middle),
    )


def _text(sheet: Sheet, figure: str, wards: int, facts: Mapping[str, Decimal]) -> str:
    text = _(
        "{figure} is {value}, far from the other wards of the round: the middle one of {wards} wards has {middle} "
        "(modified z-score {score}). Worth a look."
    )
    return text.format(
        figure=figure_name(figure),
        value=amount(figure, sheet.value(figure)),
        wards=wards,
        middle=amount(figure, facts["middle"]),
        score=number(facts["score"], 1),
    )
