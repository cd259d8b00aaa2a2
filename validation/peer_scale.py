"""Values of another size than everybody's.

Belongs here: counts and amounts many times the median of the other wards and of the ward's own past, which nothing
printed supports: a town's total read as one ward's, digits doubled or lost.
Stays out: values that are merely unusual (`outliers`), slips that the report itself proves (`scale`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from statistics import median

from catalogue.figures import figure_definitions
from catalogue.relations import Ratio
from cchc.messages import translator
from validation.finding import Finding
from validation.phrases import amount, figure_name, make
from validation.relations import holds_with
from validation.report_values import Sheet
from validation.spans import gives

_ = translator("validation")

_PROVING = 5
"""Units of its last digit that a percentage must have to prove a number, as in `scale`."""


def out_of_scale(sheet: Sheet, peers: Sequence[Sheet], earlier: Sequence[Sheet]) -> Iterator[Finding]:
    """Yield a finding for every count or amount whose size neither peers, nor past, nor arithmetic supports."""
    for figure in sheet.printings:
        if figure_definitions()[figure].unit not in sheet.book.peer_scale.floors or not sheet.spans(figure):
            continue
        others = [peer.counted(figure) for peer in peers if peer.spans(figure)]
        own = [past.counted(figure) for past in earlier if past.spans(figure)]
        if len(others) < sheet.book.peer_scale.wards or not _beyond(sheet, figure, others):
            continue
        if (not own or _beyond(sheet, figure, own)) and not _supported(sheet, figure):
            yield _finding(sheet, figure, others)


def _beyond(sheet: Sheet, figure: str, others: Sequence[Decimal]) -> bool:
    """Return whether a value is many times the median of others, or an amount a thousandth of it."""
    rules, unit = sheet.book.peer_scale, figure_definitions()[figure].unit
    value, middle = sheet.counted(figure), median(others)
    if value >= rules.factor * max(middle, rules.floors[unit]):
        return True
    return unit == "vnd" and 0 < value * rules.lost <= middle


def _supported(sheet: Sheet, figure: str) -> bool:
    """Return whether a printed sum or percentage holds with the value, or with the year so far that contains it."""
    if _proved(sheet, figure):
        return True
    factor = sheet.book.peer_scale.factor
    pairs = [pair for pair in sheet.book.cumulative.items() if figure in pair and all(map(sheet.has, pair))]
    others = [(other, sheet.counted(other)) for pair in pairs for other in pair if other != figure]
    value = sheet.counted(figure)
    return any(o <= value * factor and value <= o * factor and _proved(sheet, other) for other, o in others)


def _proved(sheet: Sheet, figure: str) -> bool:
    """Return whether a printed sum or percentage holds with the value."""
    if any(holds_with(identity, sheet.spans, figure) for identity in sheet.book.identities):
        return True
    return any(_gives(sheet, ratio, figure) for ratio in sheet.book.ratios if sheet.spans(ratio.figure))


def _gives(sheet: Sheet, ratio: Ratio, figure: str) -> bool:
    """Return whether a figure is a side of a printed percentage that holds; 0% holds over any total."""
    printing = sheet.primary(ratio.figure)
    if printing.value < _PROVING * printing.quantum:
        return False
    sides = [(top, bottom) for top in ratio.of for bottom in ratio.over if figure in (*top, bottom)]
    return any(
        gives(above, below, percentage)
        for top, bottom in sides
        for above in sheet.sums(top)
        for below in sheet.spans(bottom)
        for percentage in sheet.spans(ratio.figure)
    )


def _finding(sheet: Sheet, figure: str, others: Sequence[Decimal]) -> Finding:
    middle = median(others)
    return make(
        sheet,
        "peer_scale",
        [figure],
        lambda: _text(sheet, figure, middle, len(others)),
        printings=[sheet.primary(figure)],
        expected=lambda: amount(figure, middle),
    )


def _text(sheet: Sheet, figure: str, middle: Decimal, wards: int) -> str:
    text = _(
        "{figure} is {value}, while the middle one of the {wards} other wards has {middle}, and no sum or percentage "
        "of the report supports it. Is it the number of another level, or have digits been lost or doubled?"
    )
    value = amount(figure, sheet.value(figure))
    return text.format(figure=figure_name(figure), value=value, wards=wards, middle=amount(figure, middle))
