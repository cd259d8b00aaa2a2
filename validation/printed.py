"""What is wrong with numbers as printed: malformed digits, slips of scale, one figure with two values.

Belongs here: rules that hold a printing against the other printings of its figure, with proposals on evidence.
Stays out: sums and percentages as faults of their own (`within`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from statistics import median

from catalogue.figures import figure_definitions
from catalogue.rules import Agreement
from cchc.messages import translator
from cchc.text import fold
from parsers.reading import Account, AccountKind, Printing
from validation.culprits import judgements, support
from validation.finding import Finding, Proposal
from validation.percentages import Judgement, Verdict, judge
from validation.sheet import Sheet
from validation.spans import Span, gives
from validation.wording import amount, figure_name, make, proposal

_ = translator("validation")

SCALES = (Decimal(1000), Decimal("0.001"), Decimal(1_000_000), Decimal("0.000001"))
"""Factors by which a lost or doubled group of three digits changes a number."""
_FEW = Decimal(3)
"""Dossiers, people or points by which two printings may differ and still be meant as one figure."""
_NEAR = Decimal("0.2")
_SMALL = 12
_SLIP_DIGITS = 3
_TELLING = 10_000
"""The least number that, a thousand times over, does not meet an amount by chance."""
_CLAUSE_END = re.compile(r"[;,]\s")


@dataclass(frozen=True)
class Slip:
    """A printing that is off by a group of digits, the value meant, and what proves it."""

    printing: Printing
    meant: Decimal
    other: Printing | None = None
    judgement: Judgement | None = None


def malformed(sheet: Sheet) -> Iterator[Finding]:
    """Return a finding for every printing whose digits are no number."""
    for printings in sheet.printings.values():
        sound = [p for p in printings if not p.malformed]
        yield from (_malformed_finding(sheet, p, sound) for p in printings if p.malformed)


def slips(sheet: Sheet) -> list[Slip]:
    """Return the numbers of the sheet that are off by one or two groups of three digits."""
    doubled = [
        slip for figure in sheet.printings if (slip := _slip_between(sheet, figure) or _slip_unread(sheet, figure))
    ]
    known = {slip.printing.figure for slip in doubled}
    broken = judgements(sheet, sheet.book.ratios, Verdict.BROKEN)
    by_ratio = [slip for judgement in broken if (slip := _slip_in_ratio(sheet, judgement, known))]
    return doubled + list({slip.printing.figure: slip for slip in by_ratio}.values())


def scale_findings(sheet: Sheet, found: list[Slip]) -> Iterator[Finding]:
    """Return a finding for every slip of scale."""
    return (_slip_finding(sheet, slip) for slip in found)


def mend_slips(sheet: Sheet, found: list[Slip]) -> Sheet:
    """Return the sheet as it reads once slips are mended, so that they raise nothing else."""
    return sheet.mended({slip.printing.figure: (Span.exact(slip.meant),) for slip in found})


def conflicts(sheet: Sheet, settled: frozenset[str]) -> Iterator[Finding]:
    """Return a finding for every figure printed with values that cannot be one, except those `settled` otherwise."""
    printed = (_distinct(sheet, figure) for figure in sheet.printings if figure not in settled)
    return (_conflict_finding(sheet, printings) for printings in printed if len(printings) > 1)


def disagreements(sheet: Sheet, agreements: tuple[Agreement, ...]) -> Iterator[Finding]:
    """Return a finding for every figure that the report's own words equate with another one, and that differs."""
    for agreement in agreements:
        others = [figure for figure in agreement.others if sheet.has(figure)]
        said = [p for p in sheet.printings.get(agreement.figure, ()) if _equated(p, agreement)]
        if said and others and not _agree(sheet, said[0], others):
            yield _disagreement_finding(sheet, [sheet.primary(others[0]), said[0]])


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


def _slip_finding(sheet: Sheet, slip: Slip) -> Finding:
    figure = slip.printing.figure
    return make(
        sheet,
        "scale_slip",
        [figure],
        lambda: _slip_text(slip),
        printings=[slip.printing, *([slip.other] if slip.other else []), *_ratio_printings(sheet, slip.judgement)],
        printed=slip.printing.raw,
        expected=lambda: amount(figure, slip.meant),
        proposals=[proposal(figure, slip.meant, lambda: _slip_evidence(slip))],
    )


def _conflict_finding(sheet: Sheet, printings: list[Printing]) -> Finding:
    return make(
        sheet,
        "conflicting_values",
        [printings[0].figure],
        lambda: _conflict_text(printings),
        printings=printings,
        proposals=_supported(sheet, printings),
    )


def _disagreement_finding(sheet: Sheet, printings: list[Printing]) -> Finding:
    return make(
        sheet,
        "conflicting_values",
        [p.figure for p in printings],
        lambda: _disagreement_text(printings),
        printings=printings,
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
    return proposal(printing.figure, printing.value, lambda: _other_printing(printing))


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


def _slip_between(sheet: Sheet, figure: str) -> Slip | None:
    """Return the slip between two printings of one figure, the worse supported or smaller one being wrong."""
    for first, second in combinations([p for p in sheet.variants(figure) if not p.malformed], 2):
        if any(_scaled(sheet.span(first), factor).meets(sheet.span(second)) for factor in SCALES):
            ranked = sorted((first, second), key=lambda p: (support(sheet, figure, sheet.span(p)), p.value))
            return Slip(ranked[0], ranked[1].value, other=ranked[1])
    return None


def _slip_unread(sheet: Sheet, figure: str) -> Slip | None:
    """Return the slip of a number left unexplained that is the figure's amount without its last groups of zeros."""
    first = sheet.primary(figure)
    if figure_definitions()[figure].unit != "vnd" or first.malformed:
        return None
    for account in sheet.reading.accounts:
        if account.kind is AccountKind.UNEXPLAINED and _is_slip_of(account.value, first.value):
            return Slip(_as_printing(account, first), first.value, other=first)
    return None


def _is_slip_of(value: Decimal | None, amount_meant: Decimal) -> bool:
    """Tell whether a number is an amount without its last group of three digits, or two, and not by chance."""
    return value is not None and value >= _TELLING and any(value * f == amount_meant for f in SCALES if f > 1)


def _as_printing(account: Account, like: Printing) -> Printing:
    """Return a number that was not read as a printing of the figure it belongs to."""
    return replace(
        like,
        value=account.value or Decimal(0),
        raw=account.raw,
        place=account.place,
        page=account.page,
        sentence=account.sentence,
        sentence_place=account.place,
        primary=False,
    )


def _slip_in_ratio(sheet: Sheet, judgement: Judgement, known: set[str]) -> Slip | None:
    """Return the side of a broken percentage that fits once a group of digits is put back or taken out."""
    sides = [f for f in (*judgement.above, judgement.below) if f not in known]
    fits = [
        (figure, sheet.value(figure) * factor)
        for figure in sides
        for factor in SCALES
        if _fits(sheet, judgement, figure, sheet.value(figure) * factor)
    ]
    if not fits:
        return None
    figure, meant = min(fits, key=lambda fit: _strangeness(sheet, *fit))
    return Slip(sheet.primary(figure), meant, judgement=judgement)


def _fits(sheet: Sheet, judgement: Judgement, figure: str, value: Decimal) -> bool:
    if value != value.to_integral_value():
        return False
    trial = sheet.mended({figure: (_scaled(sheet.span(sheet.primary(figure)), value / sheet.value(figure)),)})
    return sheet.value(figure) != 0 and judge(judgement.ratio, trial).verdict is Verdict.HOLDS


def _strangeness(sheet: Sheet, figure: str, value: Decimal) -> tuple[int, float]:
    """Return how little a value gains in support over the printed one, then how far its size is from its likes."""
    unit = figure_definitions()[figure].unit
    sizes = [
        float(printings[0].value.log10())
        for code, printings in sheet.printings.items()
        if code != figure and figure_definitions()[code].unit == unit and printings[0].value > 0
    ]
    distance = abs(float(value.log10()) - median(sizes)) if sizes and value > 0 else 0.0
    gain = support(sheet, figure, Span.exact(value)) - support(sheet, figure, sheet.spans(figure)[0])
    return -gain, distance


def _scaled(span: Span, factor: Decimal) -> Span:
    return Span(span.low * factor, span.high * factor)


def _distinct(sheet: Sheet, figure: str) -> list[Printing]:
    """Return the first of every group of printings that cannot stand for one value and truly seem to mean one."""
    kept: list[Printing] = []
    for printing in sheet.variants(figure):
        apart = not printing.malformed and not any(sheet.span(printing).meets(sheet.span(k)) for k in kept)
        if apart and (not kept or _rivals(sheet, kept[0], printing)):
            kept.append(printing)
    return kept


def _rivals(sheet: Sheet, first: Printing, second: Printing) -> bool:
    """Tell whether a second value is a rival of the first and not a number of something else.

    A ward that contradicts itself does so in another sentence, by a slip of the pen or a little; and a number that
    another figure of the report has is that figure.
    """
    if first.sentence_place == second.sentence_place or _elsewhere(sheet, second):
        return False
    if one_slip(first.raw, second.raw):
        return True
    large = max(first.value, second.value)
    near = _FEW if figure_definitions()[first.figure].unit == "percent" else max(_FEW, large * _NEAR)
    surely = min(first.confidence, second.confidence) >= sheet.book.tolerance.sure
    return surely and abs(first.value - second.value) <= near


def _elsewhere(sheet: Sheet, printing: Printing) -> bool:
    """Tell whether another figure of the same unit has this value; small numbers prove nothing."""
    unit = figure_definitions()[printing.figure].unit
    return printing.value > _SMALL and any(
        sheet.value(figure) == printing.value and figure_definitions()[figure].unit == unit
        for figure in sheet.printings
        if figure != printing.figure
    )


def one_slip(first: str, second: str) -> bool:
    """Tell whether two printed numbers of three digits or more differ by one digit, or by two that changed places."""
    one, other = (re.sub(r"\D", "", raw) for raw in (first, second))
    if len(one) != len(other) or len(one) < _SLIP_DIGITS:
        return False
    at = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    swapped = len(at) == 2 and (one[at[0]], one[at[1]]) == (other[at[1]], other[at[0]])
    return len(at) == 1 or (swapped and at[1] == at[0] + 1)


def _supported(sheet: Sheet, printings: list[Printing]) -> list[Proposal]:
    """Return the value that the report's other numbers support more than its rivals, if one does."""
    scores = [support(sheet, p.figure, sheet.span(p)) for p in printings]
    best = max(scores)
    if scores.count(best) > 1:
        return []
    chosen = printings[scores.index(best)]
    return [proposal(chosen.figure, chosen.value, _sums_agree)]


def _equated(printing: Printing, agreement: Agreement) -> bool:
    """Tell whether the words just before a number name what the agreement says."""
    before = printing.sentence[: max(printing.place.start - printing.sentence_place.start, 0)]
    clause = fold(f"{_CLAUSE_END.split(before)[-1]} {printing.label}")
    said = any(fold(words) in clause for words in agreement.when)
    return said and not any(fold(words) in clause for words in agreement.unless)


def _agree(sheet: Sheet, printing: Printing, others: list[str]) -> bool:
    return any(sheet.span(printing).meets(span) for other in others for span in sheet.spans(other))


def _ratio_printings(sheet: Sheet, judgement: Judgement | None) -> list[Printing]:
    return [sheet.primary(judgement.ratio.figure)] if judgement else []


def _malformed_text(bad: Printing) -> str:
    text = _("{figure}: the report prints “{raw}”, which is no number as written. Please state the right number.")
    return text.format(figure=figure_name(bad.figure), raw=bad.raw)


def _conflict_text(printings: list[Printing]) -> str:
    text = _("{figure}: the report prints {values}. One figure has one value: please say which is right.")
    return text.format(figure=figure_name(printings[0].figure), values=_list_values(printings))


def _list_values(printings: list[Printing]) -> str:
    page = _("{raw} (page {page})")
    return "; ".join(page.format(raw=p.raw, page=p.page) if p.page else p.raw for p in printings)


def _disagreement_text(printings: list[Printing]) -> str:
    text = _(
        "By the report's own words, {first} ({a}) and {second} ({b}) count the same dossiers, yet the numbers differ. "
        "Please say which is right."
    )
    first, second = printings
    return text.format(first=figure_name(first.figure), a=first.raw, second=figure_name(second.figure), b=second.raw)


def _slip_text(slip: Slip) -> str:
    text = _("{figure}: the report prints “{raw}”, but {why}. The number seems to be {meant}; please confirm.")
    figure = slip.printing.figure
    return text.format(
        figure=figure_name(figure), raw=slip.printing.raw, why=_slip_evidence(slip), meant=amount(figure, slip.meant)
    )


def _slip_evidence(slip: Slip) -> str:
    if slip.other is not None:
        return _other_printing(slip.other)
    assert slip.judgement is not None
    text = _("the percentage printed beside it ({figure}) is given only by a number off by a group of three digits")
    return text.format(figure=figure_name(slip.judgement.ratio.figure))


def _other_printing(printing: Printing) -> str:
    return _("the report prints the same figure as {raw} elsewhere").format(raw=printing.raw)


def _ratio_evidence(sheet: Sheet, judgement: Judgement) -> str:
    figure = judgement.ratio.figure
    return _("it gives the printed percentage {percentage}").format(percentage=amount(figure, sheet.value(figure)))


def _sums_agree() -> str:
    return _("the other numbers of the report agree with this value")
