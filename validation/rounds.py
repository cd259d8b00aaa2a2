"""Rules across the rounds of one ward.

Belongs here: the order in which a report is held against the ward's earlier ones, sudden jumps of stocks, and amounts
too slight beside the year they belong to.
Stays out: copies (`copied_reports`), sums across rounds (`cumulative`), choosing the earlier reports (`context`).
"""

from __future__ import annotations

from collections.abc import Iterator

from cchc.messages import translator
from parsers.reading import Printing
from validation.copied_reports import stale_copy
from validation.cumulative import Earlier, carried, cumulative, shrunk
from validation.finding import Finding, Quote
from validation.phrases import amount, figure_name, make
from validation.report_values import Sheet

_ = translator("validation")


def check_rounds(sheet: Sheet, earlier: Earlier) -> list[Finding]:
    """Return what is wrong with a report beside the ward's earlier ones; what is copied is told once, not by echoes."""
    own = sheet.round
    if own is None:
        return []
    found = [
        *cumulative(sheet, own, earlier),
        *carried(sheet, own, earlier),
        *shrunk(sheet, own, earlier),
        *_jumps(sheet, earlier),
        *_slight(sheet),
    ]
    copied = stale_copy(sheet, earlier)
    if copied is None:
        return found
    return [copied, *(finding for finding in found if not set(finding.figures) & set(copied.figures))]


def _jumps(sheet: Sheet, earlier: Earlier) -> Iterator[Finding]:
    """Return a finding for every stock that is many times what the ward last printed, or a small part of it."""
    rules = sheet.book.rounds
    for figure in rules.jump.figures:
        before = next(
            (earlier[when].primary(figure) for when in sorted(earlier, reverse=True) if earlier[when].has(figure)), None
        )
        if before is None or not sheet.spans(figure):
            continue
        low, high = sorted((before.value, sheet.value(figure)))
        if high >= rules.jump.least and high >= rules.jump.factor * low:
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


def _slight(sheet: Sheet) -> Iterator[Finding]:
    """Return a finding for every period's amount that is next to nothing beside the year so far."""
    rules = sheet.book.rounds
    for ytd, period in sheet.book.cumulative.items():
        if sheet.spans(ytd) and sheet.spans(period):
            now, year = sheet.counted(period), sheet.counted(ytd)
            if 0 < now < year * rules.least_share:
                yield _slight_finding(sheet, period, ytd)


def _slight_finding(sheet: Sheet, period: str, ytd: str) -> Finding:
    return make(
        sheet,
        "outlier",
        [period],
        lambda: _slight_text(sheet, period, ytd),
        printings=[sheet.primary(period), sheet.primary(ytd)],
    )


def _slight_text(sheet: Sheet, period: str, ytd: str) -> str:
    text = _(
        "{figure} is {now}, next to nothing beside {year} for the year so far ({name}). Have digits been left out? "
        "Worth a look."
    )
    now, year = amount(period, sheet.value(period)), amount(ytd, sheet.value(ytd))
    return text.format(figure=figure_name(period), now=now, year=year, name=figure_name(ytd))


def _jump_text(sheet: Sheet, figure: str, before: Printing) -> str:
    text = _("{figure} is {now}, while the ward's last report that prints it had {before}. Worth a look.")
    return text.format(figure=figure_name(figure), now=sheet.primary(figure).raw, before=before.raw)
