"""What is wrong with a report as a whole.

Belongs here: required figures that are not printed, title and body that speak of two rounds.
Stays out: telling which round a report is of (`parsers.identity`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from catalogue.figures import figure_definitions
from cchc.messages import translator
from cchc.text import fold
from parsers.reading import Account, AccountKind
from validation.conflicts import SMALL
from validation.finding import Finding, Quote
from validation.phrases import figure_names, make, round_name
from validation.relations import lacking
from validation.report_values import Sheet
from validation.spans import Span

_ = translator("validation")

_MISTAKEN = frozenset({AccountKind.UNEXPLAINED, AccountKind.SUB_ITEM, AccountKind.MEASURE})


def missing(sheet: Sheet) -> Iterator[Finding]:
    """Return one finding that lists the required figures the report does not print, and a hint at those it may print.

    A reader that names nine figures in ten misses more figures than wards leave out.
    """
    required = sheet.book.required
    absent = [f for f in required if not sheet.has(f) and not _overlooked(sheet, f) and not _summed_up(sheet, f)]
    perhaps = [figure for figure in absent if _perhaps_printed(sheet, figure)]
    surely = [figure for figure in absent if figure not in perhaps]
    if surely:
        yield make(sheet, "missing_figure", surely, lambda: _missing_text(surely), printed="")
    if perhaps:
        yield make(sheet, "missing_figure", perhaps, lambda: _unread_text(perhaps), printed="", severity="info")


def two_rounds(sheet: Sheet) -> Iterator[Finding]:
    """Return one finding with everything that speaks against the round the report was placed in."""
    said = sheet.reading.identity.conflicts
    if said:
        yield make(
            sheet,
            "period_mismatch",
            [],
            lambda: _two_rounds_text(sheet, said),
            printed=" · ".join(said),
            expected=sheet.reading.identity.round or "",
            quotes=[Quote(text, None, text) for text in said],
        )


def _overlooked(sheet: Sheet, figure: str) -> bool:
    """Return whether a number of the figure's unit that was read as nothing stands in a sentence on the figure.

    A percentage taken for that of a sub-item or for a mean may be the figure's own; such counts stand everywhere.
    """
    words = [fold(word) for word in sheet.book.required[figure]]
    percentage = figure_definitions()[figure].unit == "percent"
    kinds = _MISTAKEN if percentage else {AccountKind.UNEXPLAINED}
    return any(
        account.kind in kinds
        and percentage is _is_percentage(account)
        and any(word in fold(account.sentence) for word in words)
        for account in sheet.reading.accounts
    )


def _perhaps_printed(sheet: Sheet, figure: str) -> bool:
    """Return whether a number of the report may be the figure: a percentage read as nothing, a count that would fit."""
    accounts = sheet.reading.accounts
    if figure_definitions()[figure].unit == "percent":
        return any(a.kind is AccountKind.UNEXPLAINED and _is_percentage(a) for a in accounts)
    wanted = [
        span for identity in sheet.book.identities for f, _, span in lacking(identity, sheet.spans) if f == figure
    ]
    values = [a.value for a in accounts if a.value is not None and a.value > SMALL]
    return any(span.meets(Span.exact(value)) for span in wanted for value in values)


def _is_percentage(account: Account) -> bool:
    """Return whether a sign of percent stands behind a number, the whole of it: the 8 of "98%" is none."""
    return bool(re.search(rf"(?<!\d)(?<!\d[.,]){re.escape(account.raw.rstrip(' %'))}\s*%", account.sentence))


def _summed_up(sheet: Sheet, figure: str) -> bool:
    """Return whether an unexplained number beside its parts is what they come to: the total, in words not known."""
    for identity in sheet.book.identities:
        for absent, way, span in lacking(identity, sheet.spans):
            beside = {sheet.primary(part).sentence for part in way.parts if sheet.has(part)}
            if absent == figure and any(a.sentence in beside and span.meets(s) for a, s in sheet.unexplained()):
                return True
    return False


def _missing_text(absent: list[str]) -> str:
    text = _("The report does not print: {figures}. Silence is not zero: please send the figure, and write 0 for none.")
    return text.format(figures=figure_names(absent))


def _unread_text(absent: list[str]) -> str:
    text = _(
        "Not found in the report: {figures}. Numbers of it that nobody could name may be meant; see the original "
        "before asking the ward."
    )
    return text.format(figures=figure_names(absent))


def _two_rounds_text(sheet: Sheet, said: tuple[str, ...]) -> str:
    text = _(
        "The report is taken to be that of {round}, but title, body and date do not all speak of that round: {said}. "
        "Please say which round is meant."
    )
    return text.format(said="; ".join(said), round=round_name(sheet.round) if sheet.round else "–")


OF_THE_WHOLE: tuple[Callable[[Sheet], Iterator[Finding]], ...] = (
    missing,
    two_rounds,
)
"""The rules of this module, in the order in which people are told."""
