"""Rules across the rounds of one ward.

Belongs here: the order in which a report is held against the ward's earlier ones, and sudden jumps of stocks.
Stays out: copies (`stale`), sums across rounds (`cumulative`), choosing the earlier reports (`context`).
"""

from __future__ import annotations

from collections.abc import Iterator

from cchc.messages import translator
from parsers.reading import Printing
from validation.cumulative import Earlier, carried, cumulative, shrunk
from validation.finding import Finding, Quote
from validation.sheet import Sheet
from validation.stale import stale_copy
from validation.wording import amount, figure_name, make

_ = translator("validation")


def check_rounds(sheet: Sheet, earlier: Earlier) -> list[Finding]:
    """Return what is wrong with a report beside the ward's earlier ones; a copy is told once, not by its echoes."""
    own = sheet.round
    if own is None:
        return []
    copied = stale_copy(sheet, earlier)
    if copied:
        return [copied]
    return [
        *cumulative(sheet, own, earlier),
        *carried(sheet, own, earlier),
        *shrunk(sheet, own, earlier),
        *_jumps(sheet, earlier),
    ]


def _jumps(sheet: Sheet, earlier: Earlier) -> Iterator[Finding]:
    """Return a finding for every stock that is many times what the ward last printed, or a small part of it."""
    rules = sheet.book.rounds
    for figure in rules.jump_figures:
        before = next(
            (earlier[when].primary(figure) for when in sorted(earlier, reverse=True) if earlier[when].has(figure)), None
        )
        if before is None or not sheet.spans(figure):
            continue
        low, high = sorted((before.value, sheet.value(figure)))
        if high >= rules.jump_least and high >= rules.jump_factor * low:
            yield _jump_finding(sheet, figure, before)


def _jump_finding(sheet: Sheet, figure: str, before: Printing) -> Finding:
    return make(
        sheet,
        "outlier",
        [figure],
        lambda: _jump_text(sheet, figure, before),
        printings=[sheet.primary(figure)],
        expected=lambda: amount(figure, before.value),
        quotes=[Quote(before.sentence, before.page, before.raw, figure)],
    )


def _jump_text(sheet: Sheet, figure: str, before: Printing) -> str:
    text = _("{figure} is {now}, while the ward's last report that prints it had {before}. Worth a look.")
    return text.format(figure=figure_name(figure), now=sheet.primary(figure).raw, before=before.raw)
