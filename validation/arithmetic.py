"""Findings on sums and percentages.

Belongs here: a broken relation, or several with one root cause, as a finding in words; percentages over another total.
Stays out: judging relations (`relations`, `percentages`), looking for what is behind them (`root_cause`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from cchc.formats import percent
from cchc.messages import translator
from parsers.reading import Printing
from validation.credible import is_likely, weight
from validation.finding import Finding, Severity
from validation.percentages import Judgement
from validation.phrases import amount, figure_name, make, proposal, written
from validation.relations import Breach
from validation.report_values import Sheet
from validation.root_cause import Fault

_ = translator("validation")


def fault_findings(sheet: Sheet, fault: Fault) -> Iterator[Finding]:
    """Return one finding for a fault with a root cause, else one for the single relation it holds."""
    if fault.solutions:
        yield _root_cause_finding(sheet, fault)
        return
    yield from (_sum_finding(sheet, breach) for breach in fault.breaches)
    yield from (_ratio_finding(sheet, judgement) for judgement in fault.judgements)


def other_total(sheet: Sheet, judgement: Judgement) -> Finding:
    """Return the finding on a percentage that is right over another total than its sentence names."""
    return make(
        sheet,
        "other_denominator",
        [judgement.ratio.figure],
        lambda: _other_total_text(sheet, judgement),
        printings=_sides(sheet, judgement),
        expected=lambda: figure_name(judgement.below),
    )


def _sum_finding(sheet: Sheet, breach: Breach) -> Finding:
    printings = [sheet.primary(figure) for figure in breach.figures]
    return make(
        sheet,
        "sum_mismatch",
        breach.figures,
        lambda: _sum_text(sheet, breach),
        printings=printings,
        expected=lambda: amount(breach.total, sheet.value(breach.total) - breach.gap),
        severity=_weight(sheet, [breach], printings),
    )


def _ratio_finding(sheet: Sheet, judgement: Judgement) -> Finding:
    printings = _sides(sheet, judgement)
    return make(
        sheet,
        "ratio_mismatch",
        judgement.figures,
        lambda: _ratio_text(sheet, judgement),
        printings=printings,
        expected=lambda: percent(judgement.computed, _decimals(sheet, judgement)),
        severity=weight(printings),
    )


def _root_cause_finding(sheet: Sheet, fault: Fault) -> Finding:
    """Return the finding on a number that several relations contradict alike, with every value that mends them.

    Where two numbers may be the wrong one, both are named and neither is proposed.
    """
    relations: tuple[Breach | Judgement, ...] = (*fault.breaches, *fault.judgements)
    related = [figure for relation in relations for figure in relation.figures]
    figures = list(dict.fromkeys((*(figure for figure, _ in fault.solutions), *related)))
    printings = [sheet.primary(figure) for figure in figures]
    return make(
        sheet,
        "sum_mismatch" if fault.breaches else "ratio_mismatch",
        figures,
        lambda: _root_cause_text(sheet, fault, figures),
        printings=printings,
        expected=lambda: _solutions(fault),
        proposals=[proposal(*fault.solutions[0], lambda: _root_cause_evidence(fault))]
        if len(fault.solutions) == 1
        else [],
        severity=_weight(sheet, fault.breaches, printings),
    )


def _weight(sheet: Sheet, breaches: Iterable[Breach], printings: Iterable[Printing]) -> Severity | None:
    """Return "error" for sums so far off that they cannot be a slip of the pen, else what the reading can carry.

    A total of one ward beside parts of another, or of the town, would otherwise enter the district's sum. What is
    rather no figure at all waits for a person as it is.
    """
    printings = list(printings)
    far = (abs(b.gap) > sheet.book.tolerance.broken * _larger_side(sheet, b) for b in breaches)
    return "error" if any(far) and all(map(is_likely, printings)) else weight(printings)


def _larger_side(sheet: Sheet, breach: Breach) -> Decimal:
    whole = sheet.value(breach.total)
    return max(whole, whole - breach.gap)


def _sides(sheet: Sheet, judgement: Judgement) -> list[Printing]:
    return [sheet.primary(figure) for figure in judgement.figures if sheet.has(figure)]


def _decimals(sheet: Sheet, judgement: Judgement) -> int:
    return max(sheet.primary(judgement.ratio.figure).decimals, 2)


def _sum_text(sheet: Sheet, breach: Breach) -> str:
    text = _(
        "{total} is printed as {printed}, but its parts ({parts}) come to {sum}. "
        "Please check and send the right numbers."
    )
    if not breach.complete:
        text = _(
            "{total} is printed as {printed}, but parts of it alone ({parts}) already come to {sum}. "
            "Please check and send the right numbers."
        )
    parts = "; ".join(f"{figure_name(p)} {sheet.primary(p).raw}" for p in breach.parts)
    printed = written(sheet.primary(breach.total))
    come_to = amount(breach.total, sheet.value(breach.total) - breach.gap)
    return text.format(total=figure_name(breach.total), printed=printed, parts=parts, sum=come_to)


def _ratio_text(sheet: Sheet, judgement: Judgement) -> str:
    text = _(
        "{figure} is printed as {printed}, but {above}/{below} ({below_name}) gives {computed}. "
        "Please check the percentage and both numbers."
    )
    figure = judgement.ratio.figure
    return text.format(
        figure=figure_name(figure),
        printed=written(sheet.primary(figure)),
        above=_added(sheet, judgement),
        below=sheet.primary(judgement.below).raw,
        below_name=figure_name(judgement.below),
        computed=percent(judgement.computed, _decimals(sheet, judgement)),
    )


def _added(sheet: Sheet, judgement: Judgement) -> str:
    """Return what stands above the stroke of a fraction."""
    raws = [sheet.primary(term).raw for term in judgement.above]
    return raws[0] if len(raws) == 1 else f"({' + '.join(raws)})"


def _root_cause_text(sheet: Sheet, fault: Fault, figures: list[str]) -> str:
    text = _(
        "These numbers of the report do not agree: {numbers}. With {solutions} instead, {count} sums or percentages of "
        "the report hold again. Please confirm or correct."
    )
    return text.format(
        numbers="; ".join(f"{figure_name(f)} {sheet.primary(f).raw}" for f in figures),
        count=len(fault.breaches) + len(fault.judgements),
        solutions=_solutions(fault),
    )


def _solutions(fault: Fault) -> str:
    """Return the figures and values that would mend a fault, parted by "or"."""
    text = _("{figure} of {value}")
    told = [text.format(figure=figure_name(figure), value=amount(figure, value)) for figure, value in fault.solutions]
    return _(" or ").join(told)


def _root_cause_evidence(fault: Fault) -> str:
    text = _("{count} sums or percentages of the report hold with this value")
    return text.format(count=len(fault.breaches) + len(fault.judgements))


def _other_total_text(sheet: Sheet, judgement: Judgement) -> str:
    text = _(
        "{figure} is printed as {printed} of {named} ({named_value}); it is not that, but it is right over {below} "
        "({below_value})."
    )
    figure = judgement.ratio.figure
    return text.format(
        figure=figure_name(figure),
        printed=written(sheet.primary(figure)),
        named=figure_name(judgement.named),
        named_value=sheet.primary(judgement.named).raw,
        below=figure_name(judgement.below),
        below_value=sheet.primary(judgement.below).raw,
    )
