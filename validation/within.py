"""The rules within one report.

Belongs here: sums, percentages, ranges, required figures and the report's identity, and the order in which all rules
within a report are applied.
Stays out: other reports (`rounds`, `peers`); how relations are judged (`relations`, `percentages`, `culprits`).

Order matters: what is settled as a malformed number or a slip of scale is mended before sums and percentages are
judged, so that one fault is reported once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalogue.figures import figure_definitions
from cchc.formats import percent
from cchc.messages import translator
from cchc.text import fold
from parsers.reading import AccountKind, Printing
from validation.citations import citation_conflicts
from validation.culprits import Fault, faults, judgements
from validation.finding import Finding, Quote
from validation.percentages import Judgement, Verdict
from validation.printed import conflicts, disagreements, malformed, mend_slips, scale_findings, slips
from validation.relations import Breach
from validation.sheet import Sheet
from validation.spans import HUNDRED
from validation.wording import amount, figure_name, figure_names, make, proposal

_ = translator("validation")


def check_within(sheet: Sheet) -> list[Finding]:
    """Return what is wrong with a report by its own numbers."""
    found = list(malformed(sheet))
    slipped = slips(sheet)
    found += scale_findings(sheet, slipped)
    settled = frozenset(slip.printing.figure for slip in slipped)
    mended = mend_slips(sheet, slipped)
    found += conflicts(mended, settled)
    found += disagreements(mended, sheet.book.agreements)
    impossible = list(_impossible(mended))
    found += impossible
    excluded = {figure for finding in impossible for figure in finding.figures}
    broken = [fault for fault in faults(mended) if not _settled(fault, excluded)]
    found += [finding for fault in broken for finding in _fault_findings(mended, fault)]
    found += _too_large(mended, broken)
    found += [_other_total(mended, j) for j in judgements(mended, sheet.book.ratios, Verdict.OTHER_TOTAL)]
    return [*found, *_missing(sheet), *_two_rounds(sheet), *citation_conflicts(sheet)]


def _settled(fault: Fault, excluded: set[str]) -> bool:
    """Tell whether a fault is only the echo of a value already called impossible."""
    return not fault.breaches and any(j.ratio.figure in excluded for j in fault.judgements)


def _fault_findings(sheet: Sheet, fault: Fault) -> Iterator[Finding]:
    """Return one finding for a fault with a culprit, else one for the single relation it holds."""
    if fault.culprit is not None:
        yield _culprit_finding(sheet, fault)
        return
    yield from (_sum_finding(sheet, breach) for breach in fault.breaches)
    yield from (_ratio_finding(sheet, judgement) for judgement in fault.judgements)


def _sum_finding(sheet: Sheet, breach: Breach) -> Finding:
    return make(
        sheet,
        "sum_mismatch",
        breach.figures,
        lambda: _sum_text(sheet, breach),
        printings=[sheet.primary(figure) for figure in breach.figures],
        expected=lambda: amount(breach.total, sheet.value(breach.total) - breach.gap),
    )


def _ratio_finding(sheet: Sheet, judgement: Judgement) -> Finding:
    return make(
        sheet,
        "ratio_mismatch",
        judgement.figures,
        lambda: _ratio_text(sheet, judgement),
        printings=_sides(sheet, judgement),
        expected=lambda: percent(judgement.computed, _decimals(sheet, judgement)),
    )


def _culprit_finding(sheet: Sheet, fault: Fault) -> Finding:
    """Return the finding on a number that several relations contradict alike, with the value they ask for."""
    assert fault.culprit is not None and fault.value is not None
    culprit, value = fault.culprit, fault.value
    relations: tuple[Breach | Judgement, ...] = (*fault.breaches, *fault.judgements)
    related = [figure for relation in relations for figure in relation.figures]
    figures = list(dict.fromkeys((culprit, *related)))
    return make(
        sheet,
        "sum_mismatch" if fault.breaches else "ratio_mismatch",
        figures,
        lambda: _culprit_text(sheet, fault, figures[1:]),
        printings=[sheet.primary(figure) for figure in figures],
        expected=lambda: amount(culprit, value),
        proposals=[proposal(culprit, value, lambda: _culprit_evidence(fault))],
    )


def _other_total(sheet: Sheet, judgement: Judgement) -> Finding:
    return make(
        sheet,
        "other_denominator",
        [judgement.ratio.figure],
        lambda: _other_total_text(sheet, judgement),
        printings=_sides(sheet, judgement),
        expected=lambda: figure_name(judgement.below),
    )


def _impossible(sheet: Sheet) -> Iterator[Finding]:
    """Return a finding for every figure whose value none of its unit can have."""
    primaries = (printings[0] for printings in sheet.printings.values())
    return (_impossible_finding(sheet, p) for p in primaries if not p.malformed and not _possible(sheet, p))


def _impossible_finding(sheet: Sheet, printing: Printing) -> Finding:
    return make(
        sheet,
        "out_of_range",
        [printing.figure],
        lambda: _impossible_text(printing),
        printings=[printing],
        expected=_limit(sheet, printing.figure),
    )


def _possible(sheet: Sheet, printing: Printing) -> bool:
    if printing.value < 0:
        return False
    if figure_definitions()[printing.figure].unit == "count":
        return printing.value == printing.value.to_integral_value()
    return printing.figure not in sheet.book.shares or printing.value <= HUNDRED


def _limit(sheet: Sheet, figure: str) -> str:
    return "0–100%" if figure in sheet.book.shares else "≥ 0"


def _too_large(sheet: Sheet, broken: list[Fault]) -> Iterator[Finding]:
    """Return the parts that exceed every whole printed for them, unless a broken sum says so already."""
    told = [set(breach.figures) for fault in broken for breach in fault.breaches]
    for part, candidates in sheet.book.parts.items():
        wholes = [whole for whole in candidates if sheet.spans(whole)]
        if not wholes or not sheet.spans(part) or any({part, whole} <= figures for figures in told for whole in wholes):
            continue
        if all(span.above(other) for span in sheet.spans(part) for whole in wholes for other in sheet.spans(whole)):
            yield _too_large_finding(sheet, [sheet.primary(part), sheet.primary(wholes[0])])


def _too_large_finding(sheet: Sheet, printings: list[Printing]) -> Finding:
    whole = printings[1]
    return make(
        sheet,
        "out_of_range",
        [p.figure for p in printings],
        lambda: _too_large_text(printings),
        printings=printings,
        expected=lambda: "≤ " + amount(whole.figure, whole.value),
    )


def _missing(sheet: Sheet) -> Iterator[Finding]:
    """Return one finding that lists the required figures the report does not print."""
    required = sheet.book.required
    absent = [figure for figure in required if not sheet.has(figure) and not _overlooked(sheet, figure)]
    if absent:
        yield make(sheet, "missing_figure", absent, lambda: _missing_text(absent), printed="")


def _overlooked(sheet: Sheet, figure: str) -> bool:
    """Tell whether an unexplained number of the figure's unit stands in a sentence that speaks of the figure."""
    words = [fold(word) for word in sheet.book.required[figure]]
    percentage = figure_definitions()[figure].unit == "percent"
    return any(
        account.kind is AccountKind.UNEXPLAINED
        and percentage is bool(re.search(rf"{re.escape(account.raw.rstrip(' %'))}\s*%", account.sentence))
        and any(word in fold(account.sentence) for word in words)
        for account in sheet.reading.accounts
    )


def _two_rounds(sheet: Sheet) -> Iterator[Finding]:
    """Return one finding with everything that speaks against the round the report was placed in."""
    said = sheet.reading.identity.conflicts
    if said:
        yield make(
            sheet,
            "period_mismatch",
            [],
            lambda: _two_rounds_text(said),
            printed=" · ".join(said),
            expected=sheet.reading.identity.round or "",
            quotes=[Quote(text, None, text) for text in said],
        )


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
    printed = amount(breach.total, sheet.value(breach.total))
    come_to = amount(breach.total, sheet.value(breach.total) - breach.gap)
    return text.format(total=figure_name(breach.total), printed=printed, parts=parts, sum=come_to)


def _ratio_text(sheet: Sheet, judgement: Judgement) -> str:
    text = _(
        "{figure} is printed as {printed}, but {above} over {below} ({below_name}) gives {computed}. "
        "Please check the percentage and both numbers."
    )
    figure = judgement.ratio.figure
    return text.format(
        figure=figure_name(figure),
        printed=amount(figure, sheet.value(figure)),
        above=" + ".join(sheet.primary(term).raw for term in judgement.above),
        below=sheet.primary(judgement.below).raw,
        below_name=figure_name(judgement.below),
        computed=percent(judgement.computed, _decimals(sheet, judgement)),
    )


def _culprit_text(sheet: Sheet, fault: Fault, others: list[str]) -> str:
    text = _("{figure} is printed as {printed}, but {why}: {others}. The number seems to be {value}; please confirm.")
    assert fault.culprit is not None and fault.value is not None
    return text.format(
        figure=figure_name(fault.culprit),
        printed=sheet.primary(fault.culprit).raw,
        why=_culprit_evidence(fault),
        others="; ".join(f"{figure_name(f)} {sheet.primary(f).raw}" for f in others),
        value=amount(fault.culprit, fault.value),
    )


def _culprit_evidence(fault: Fault) -> str:
    text = _("{count} sums or percentages of the report agree only with another value")
    return text.format(count=len(fault.breaches) + len(fault.judgements))


def _other_total_text(sheet: Sheet, judgement: Judgement) -> str:
    text = _(
        "{figure} is printed as {printed} of {named} ({named_value}); it is not that, but it is right over {below} "
        "({below_value})."
    )
    figure = judgement.ratio.figure
    return text.format(
        figure=figure_name(figure),
        printed=amount(figure, sheet.value(figure)),
        named=figure_name(judgement.named),
        named_value=sheet.primary(judgement.named).raw,
        below=figure_name(judgement.below),
        below_value=sheet.primary(judgement.below).raw,
    )


def _impossible_text(printing: Printing) -> str:
    text = _("{figure} is printed as {raw}: such a value cannot be. Please send the right number.")
    return text.format(figure=figure_name(printing.figure), raw=amount(printing.figure, printing.value))


def _too_large_text(printings: list[Printing]) -> str:
    text = _("{part} is printed as {a}, more than {whole}, printed as {b}. Please check both numbers.")
    part, whole = printings
    return text.format(part=figure_name(part.figure), a=part.raw, whole=figure_name(whole.figure), b=whole.raw)


def _missing_text(absent: list[str]) -> str:
    text = _("The report does not print: {figures}. Silence is not zero: please send the figure, and write 0 for none.")
    return text.format(figures=figure_names(absent))


def _two_rounds_text(said: tuple[str, ...]) -> str:
    text = _("Title, body and date do not speak of the same reporting round: {said}. Please say which round is meant.")
    return text.format(said="; ".join(said))
