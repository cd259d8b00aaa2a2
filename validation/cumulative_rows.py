"""A table row or a sentence that prints the year so far, this period and what was before it.

Belongs here: the sum of such a row or sentence, where it misses the printed year so far by a slip of the pen.
Stays out: figures of other reports (`cumulative`).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cchc.messages import translator
from parsers.document import Place
from parsers.numbers.slips import one_slip, same_digits
from parsers.reading import AccountKind, Printing
from validation.finding import Finding
from validation.phrases import amount, figure_name, make
from validation.report_values import Sheet

_ = translator("validation")

_BEFORE = frozenset({AccountKind.PRIOR_PERIOD, AccountKind.UNEXPLAINED})


def rows(sheet: Sheet) -> Iterator[Finding]:
    """Return a finding for every row whose earlier months and this period miss the year so far by a slip.

    A number before this period's may be of another year: only a sum that looks like the printed one accuses it, or the
    earlier months printed once more as the year so far.
    """
    for ytd, period in sheet.book.cumulative.items():
        if sheet.has(ytd) and sheet.has(period):
            whole, now = sheet.primary(ytd), sheet.primary(period)
            before = _before(sheet, whole, now)
            slipped = [then for then in before if then == whole.value or _is_slip(whole.value, then + now.value)]
            if slipped and now.value and not any(then + now.value == whole.value for then in before):
                yield _finding(sheet, whole, now, slipped[0])


def _before(sheet: Sheet, whole: Printing, now: Printing) -> list[Decimal]:
    """Return the amounts of another time in the sentence of both figures, or before this period's in their row."""
    here = _stretch(now.place, now.sentence)
    if _stretch(whole.place, whole.sentence) != here:
        return []
    beside = (a for a in sheet.reading.accounts if a.kind in _BEFORE and _stretch(a.place, a.sentence) == here)
    told = (a for a in beside if now.place.row is None or a.place.in_order < now.place.in_order)
    values = (a.value for a in told if a.value is not None)
    scale = now.quantum * Decimal(10) ** now.decimals
    return [value if value >= scale else value * scale for value in values]


def _stretch(place: Place, sentence: str) -> tuple[int, int | None, str]:
    """Return what tells a row, or a sentence of running text, from others."""
    return place.block, place.row, sentence if place.row is None else ""


def _is_slip(printed: Decimal, expected: Decimal) -> bool:
    one, other = (f"{value.normalize():f}" for value in (printed, expected))
    return printed != expected and (one_slip(one, other) or same_digits(one, other))


def _finding(sheet: Sheet, whole: Printing, now: Printing, then: Decimal) -> Finding:
    return make(
        sheet,
        "cumulative_mismatch",
        [whole.figure, now.figure],
        lambda: _text(whole, now, then),
        printings=[whole, now],
        expected=lambda: amount(whole.figure, then + now.value),
    )


def _text(whole: Printing, now: Printing, then: Decimal) -> str:
    text = _(
        "{figure} is printed as {printed}, but {before} before this period and {now} in it, in the same row or "
        "sentence, come to {sum}. Please check the numbers."
    )
    return text.format(
        figure=figure_name(whole.figure),
        printed=amount(whole.figure, whole.value),
        before=amount(whole.figure, then),
        now=amount(now.figure, now.value),
        sum=amount(whole.figure, then + now.value),
    )
