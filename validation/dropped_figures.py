"""Figures that a ward printed before and prints no more.

Belongs here: holding a report against its own earlier versions and against the ward's report of the round before.
Stays out: figures that every report must print (`wholereport`); what an absent figure scores (`scoring`).

A figure that was read, and is gone, is either forgotten or left out on purpose; silence is not zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from catalogue.rounds import Round
from catalogue.rules import Severity
from cchc.messages import translator
from cchc.text import fold
from parsers.reading import AccountKind, Printing
from validation.conflicts import SMALL
from validation.credible import is_credible
from validation.finding import Finding
from validation.phrases import figure_name, make, round_name
from validation.report_values import Sheet, quote

_ = translator("validation")

_MOST_NAMED = 12
"""Figures that the message names one by one; a clerk reads no longer list."""


def dropped_figures(sheet: Sheet, versions: Sequence[Sheet], earlier: Mapping[Round, Sheet]) -> Iterator[Finding]:
    """Yield a finding on what an earlier version printed, and one on what the report of the round before printed."""
    own = sheet.round
    gone = _gone(sheet, versions)
    if gone:
        yield _finding(sheet, gone, None)
    before = earlier.get(own.previous()) if own is not None else None
    if own is None or before is None:
        return
    since = [p for p in _gone(sheet, [before]) if p.figure not in {g.figure for g in gone}]
    kept = [p for p in since if not _said_otherwise(sheet, p.figure)]
    if kept:
        yield _finding(sheet, kept, own.previous())


def _gone(sheet: Sheet, others: Sequence[Sheet]) -> list[Printing]:
    """Return what other reports surely print and the sheet does not, the latest printing of each figure."""
    printed = {figure: other.primary(figure) for other in others for figure in other.printings}
    return [
        printing
        for figure, printing in printed.items()
        if not sheet.has(figure) and _well_read(sheet, printing) and not _overlooked(sheet, printing)
    ]


def _well_read(sheet: Sheet, printing: Printing) -> bool:
    """Return whether a printing is sure, or waits although every reader that says anything of it names the figure."""
    return not sheet.unsure(printing) or (printing.doubt == "maybe_none" and is_credible(printing))


def _overlooked(sheet: Sheet, printing: Printing) -> bool:
    """Return whether a number left unexplained has the old value, or stands in a sentence with the old words."""
    words = fold(printing.label)
    return any(
        account.kind is AccountKind.UNEXPLAINED
        and (
            (account.value == printing.value and printing.value > SMALL)
            or (bool(words) and words in fold(account.sentence))
        )
        for account in sheet.reading.accounts
    )


def _said_otherwise(sheet: Sheet, figure: str) -> bool:
    """Return whether the report gives the amount of the other span of time: a half year's for a quarter's."""
    pairs = sheet.book.cumulative.items()
    return any(figure in pair and any(sheet.has(other) for other in pair) for pair in pairs)


def _finding(sheet: Sheet, gone: Sequence[Printing], when: Round | None) -> Finding:
    return make(
        sheet,
        "dropped_figure",
        [p.figure for p in gone],
        lambda: _text(gone, when),
        printed="" if when is None else when.label,
        expected=" · ".join(p.raw for p in gone),
        quotes=[quote(p, when.label if when is not None else None) for p in gone],
        severity=_weight(sheet, gone, when),
    )


def _weight(sheet: Sheet, gone: Sequence[Printing], when: Round | None) -> Severity | None:
    """Return how much a finding weighs, None for what the rule says.

    Wards print other figures in other rounds; only what the office requires is asked for against the round before.
    """
    required = any(p.figure in sheet.book.required for p in gone)
    return None if when is None or required else "info"


def _text(gone: Sequence[Printing], when: Round | None) -> str:
    text = _(
        "An earlier version of this report prints what this one does not: {figures}. Silence is not zero: please send "
        "the figures, or say why they no longer apply."
    )
    if when is not None:
        text = _(
            "The report of {round} prints what this one does not: {figures}. Silence is not zero: please send the "
            "figures, and write 0 for none."
        )
    named = [f"{figure_name(p.figure)} ({p.raw})" for p in gone[:_MOST_NAMED]]
    listed = "; ".join([*named, *(["…"] if len(gone) > _MOST_NAMED else [])])
    return text.format(figures=listed, round=round_name(when) if when is not None else "")
