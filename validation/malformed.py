"""Digits that are no number as written: 1.8835.779.000.

Belongs here: the finding on a malformed printing, and which of its candidates evidence proposes.
Stays out: how digits are read and what candidates there are (`parsers.numbers`).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cchc.messages import translator
from parsers.reading import Printing
from validation.finding import Finding, Proposal
from validation.percentages import Judgement, Verdict, judge
from validation.sheet import Sheet
from validation.spans import Span, gives
from validation.wording import amount, figure_name, make, proposal, same_elsewhere

_ = translator("validation")


def malformed(sheet: Sheet) -> Iterator[Finding]:
    """Return a finding for every printing whose digits are no number; a smudge that was hardly read is none."""
    for printings in sheet.printings.values():
        sound = [p for p in printings if not p.malformed]
        bad = [p for p in printings if p.malformed and p.confidence >= sheet.book.tolerance.least]
        yield from (_malformed_finding(sheet, p, sound) for p in bad)


def _malformed_finding(sheet: Sheet, bad: Printing, sound: list[Printing]) -> Finding:
    return make(
        sheet,
        "malformed_number",
        [bad.figure],
        lambda: _malformed_text(bad),
        printings=[bad],
        expected=lambda: amount(bad.figure, sound[0].value) if sound else "",
        proposals=_readings(sheet, bad, sound),
    )


def _readings(sheet: Sheet, bad: Printing, sound: list[Printing]) -> list[Proposal]:
    """Return the candidate that evidence supports: another printing of the figure, or a percentage it gives."""
    for printing in sound:
        if printing.value in bad.candidates:
            return [_same_as(printing)]
    held = {c: j for c in bad.candidates if (j := _held_ratio(sheet, bad.figure, c)) is not None}
    if len(held) != 1:
        return []
    value, judgement = next(iter(held.items()))
    return [proposal(bad.figure, value, lambda: _ratio_evidence(sheet, judgement))]


def _same_as(printing: Printing) -> Proposal:
    return proposal(printing.figure, printing.value, lambda: same_elsewhere(printing))


def _held_ratio(sheet: Sheet, figure: str, value: Decimal) -> Judgement | None:
    """Return a percentage that holds with the figure at `value`."""
    trial = sheet.mended({figure: (Span.exact(value),)})
    concerned = (r for r in sheet.book.ratios if any(figure in terms for terms in (*r.of, r.over)))
    found = (judge(ratio, trial) for ratio in concerned)
    return next((j for j in found if j.verdict is Verdict.HOLDS and _at_work(trial, j, figure)), None)


def _at_work(sheet: Sheet, judgement: Judgement, figure: str) -> bool:
    """Tell whether a percentage rests on the figure and not on an alternative to it."""
    ratio = judgement.ratio
    tops = [terms for terms in ratio.of if all(sheet.spans(term) for term in terms)]
    without = [t for t in tops if figure not in t], [b for b in ratio.over if sheet.spans(b) and b != figure]
    return not any(
        gives(sheet.spans(top[0])[0], sheet.spans(bottom)[0], sheet.spans(ratio.figure)[0])
        for top in without[0]
        for bottom in without[1]
    )


def _malformed_text(bad: Printing) -> str:
    text = _("{figure}: the report prints “{raw}”, which is no number as written. Please state the right number.")
    return text.format(figure=figure_name(bad.figure), raw=bad.raw)


def _ratio_evidence(sheet: Sheet, judgement: Judgement) -> str:
    figure = judgement.ratio.figure
    return _("it gives the printed percentage {percentage}").format(percentage=amount(figure, sheet.value(figure)))
