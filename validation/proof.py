"""Evidence: what in a report proves one value of a figure.

Belongs here: printed percentages that hold only with that value, and saying so.
Stays out: where a value is wanted (`malformed`, `cumulative`), slips of scale (`scale`), several relations at once
(`root_cause`).
"""

from __future__ import annotations

from decimal import Decimal

from cchc.messages import translator
from validation.percentages import Judgement, Verdict, judge
from validation.phrases import written
from validation.report_values import Sheet
from validation.spans import Span, gives

_ = translator("validation")


def held_ratio(sheet: Sheet, figure: str, value: Decimal) -> Judgement | None:
    """Return a percentage that holds with the figure at `value` and rests on it."""
    trial = sheet.mended({figure: (Span.exact(value),)})
    concerned = (r for r in sheet.book.ratios if any(figure in terms for terms in (*r.of, r.over)))
    found = (judge(ratio, trial) for ratio in concerned)
    return next((j for j in found if j.verdict is Verdict.HOLDS and _at_work(trial, j, figure)), None)


def ratio_evidence(sheet: Sheet, judgement: Judgement) -> str:
    """Return that a value gives a printed percentage, in words."""
    percentage = sheet.primary(judgement.ratio.figure)
    return _("it gives the printed percentage {percentage}").format(percentage=written(percentage))


def _at_work(sheet: Sheet, judgement: Judgement, figure: str) -> bool:
    """Return whether a percentage rests on the figure and not on an alternative to it."""
    ratio = judgement.ratio
    tops = [terms for terms in ratio.of if figure not in terms and sheet.sums(terms)]
    bottoms = [total for total in ratio.over if total != figure and sheet.spans(total)]
    return not any(
        gives(sheet.sums(top)[0], sheet.spans(bottom)[0], sheet.spans(ratio.figure)[0])
        for top in tops
        for bottom in bottoms
    )
