"""One figure printed with two values, and two figures that must agree and do not.

Belongs here: telling a ward's contradiction from a number of something else, and which value evidence supports.
Stays out: slips of scale (`scale`), malformed digits (`malformed`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from catalogue.figures import figure_definitions
from catalogue.rules import Agreement
from cchc.messages import translator
from cchc.text import fold
from parsers.numbers.slips import moved_point, one_slip, same_digits, turned
from parsers.reading import MISWRITTEN, AccountKind, Printing
from validation.credible import NAMED, RIVAL, is_likely, is_rival
from validation.finding import Finding, Proposal
from validation.phrases import figure_name, make, proposal
from validation.relations import lacking
from validation.report_values import Sheet
from validation.root_cause import support

_ = translator("validation")

FEW = Decimal(3)
"""Dossiers, people or points by which two printings may differ and still be meant as one figure."""
NEAR = Decimal("0.2")
"""Share of the larger one by which two counts or amounts may differ and still be meant as one figure."""
CLEAR = 0.9
"""Confidence of a text from which its digits are no slip of the recogniser's."""
SMALL = 12
"""Numbers up to this stand in a report for many things; that another figure has one proves nothing."""
NAMED_SLIP = 0.8
"""A number that looks like the figure's value with a slip contradicts it where the report's reader names it so."""
_OTHERS = frozenset({AccountKind.TARGET, AccountKind.PRIOR_PERIOD, AccountKind.OTHER_LEVEL})
_CLAUSE_END = re.compile(r"[;,]\s")


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


def _distinct(sheet: Sheet, figure: str) -> list[Printing]:
    """Return the first of every group of printings that cannot stand for one value and truly seem to mean one."""
    kept: list[Printing] = []
    least = sheet.book.tolerance.least
    for printing in (p for p in sheet.charitable.variants(figure) if p.confidence >= least or _is_slip(kept, p)):
        apart = not printing.malformed and not any(sheet.span(printing).meets(sheet.span(k)) for k in kept)
        if apart and (not kept or _rivals(sheet, kept[0], printing)):
            kept.append(printing)
    return kept


def _is_slip(kept: Sequence[Printing], printing: Printing) -> bool:
    """Return whether a number hardly taken for the figure, but clearly printed, looks like its value with a slip."""
    alike = bool(kept) and (printing.rule == MISWRITTEN or one_slip(kept[0].raw, printing.raw))
    again = bool(kept) and _is_said_again(kept[0], printing)
    return (alike or again) and printing.text_confidence >= CLEAR


def _rivals(sheet: Sheet, first: Printing, second: Printing) -> bool:
    """Return whether a second value is a rival of the first and not a number of something else.

    A ward that contradicts itself does so in another sentence, by a slip of the pen or a little; and a number that
    another figure of the report has is that figure. What is unlikely to be the figure is a rival only where it
    looks like the first with a slip; else it stands beside the value for who decides.
    """
    if _is_said_again(first, second):
        return True
    if _beside(sheet, first, second) or _elsewhere(sheet, second) or _unprinted(sheet, second) or _is_other(second):
        return False
    if second.rule == MISWRITTEN or (_is_meant(second) and _is_slip_of(first, second)):
        return True
    reordered = same_digits(first.raw, second.raw)
    if not (reordered or (is_rival(first) and is_rival(second))):
        return False
    large = max(first.value, second.value)
    near = FEW if figure_definitions()[first.figure].unit == "percent" else max(FEW, large * NEAR)
    surely = min(first.named, second.named) >= sheet.book.tolerance.named
    return (surely or reordered) and abs(first.value - second.value) <= near


def _is_meant(printing: Printing) -> bool:
    """Return whether a number that looks like a slip is more likely than not the figure's, whatever its value."""
    return is_likely(printing) or printing.named >= NAMED_SLIP or _is_borne_out(printing)


def _is_borne_out(printing: Printing) -> bool:
    """Return whether the grammar names the figure, and the reader of the whole report finds it likely."""
    said = printing.views.grammar.figure if printing.views is not None else None
    return said == printing.figure and printing.named > RIVAL


def _is_slip_of(first: Printing, second: Printing) -> bool:
    """Return whether a number looks like another one with a slip; two digits only where the readers are sure."""
    named = min(first.named, second.named) >= NAMED or (_is_borne_out(first) and _is_borne_out(second))
    short = named and turned(first.raw, second.raw)
    return short or one_slip(first.raw, second.raw) or moved_point(first.value, second.value)


def _is_said_again(first: Printing, second: Printing) -> bool:
    """Return whether one of two numbers says the other again, in words or digits: "mười hai (12) tổ"."""
    one, other = sorted((first, second), key=lambda p: p.place.in_order)
    if first.in_words == second.in_words or one.sentence_place != other.sentence_place:
        return False
    from_, to = (at - one.sentence_place.start for at in (one.place.end, other.place.start))
    return one.sentence[from_:to].strip() == "("


def _beside(sheet: Sheet, first: Printing, second: Printing) -> bool:
    """Return whether a number stands in a sentence that prints the first value, too."""
    same = [p for p in sheet.printings[first.figure] if p.value == first.value]
    return any(p.sentence_place == second.sentence_place for p in (first, *same))


def _is_other(printing: Printing) -> bool:
    """Return whether the grammar accounts for a number as another thing: a task ahead, another period or level."""
    said = printing.views.grammar if printing.views is not None else None
    return said is not None and said.figure is None and said.kind in _OTHERS and not printing.sure


def _elsewhere(sheet: Sheet, printing: Printing) -> bool:
    """Return whether another figure of the same unit has this value; small numbers prove nothing."""
    unit = figure_definitions()[printing.figure].unit
    return printing.value > SMALL and any(
        sheet.value(figure) == printing.value and figure_definitions()[figure].unit == unit
        for figure in sheet.printings
        if figure != printing.figure
    )


def _unprinted(sheet: Sheet, printing: Printing) -> bool:
    """Return whether a number is what the figures of its sentence lack: part of another total than its label says."""
    beside = {f for f, found in sheet.printings.items() if any(p.sentence == printing.sentence for p in found)}
    beside.discard(printing.figure)
    return any(
        beside & {*way.total, *way.parts} and printing.figure not in way.figures and sheet.span(printing).meets(span)
        for identity in sheet.book.identities
        for _, way, span in lacking(identity, sheet.spans)
    )


def _supported(sheet: Sheet, printings: list[Printing]) -> list[Proposal]:
    """Return the value that the report's other numbers support more than its rivals, if one does."""
    scores = [support(sheet, p.figure, sheet.span(p)) for p in printings]
    best = max(scores)
    if scores.count(best) > 1:
        return []
    chosen = printings[scores.index(best)]
    return [proposal(chosen.figure, chosen.value, _sums_agree)]


def _equated(printing: Printing, agreement: Agreement) -> bool:
    """Return whether the words just before a number name what the agreement says."""
    before = printing.sentence[: max(printing.place.start - printing.sentence_place.start, 0)]
    clause = fold(f"{_CLAUSE_END.split(before)[-1]} {printing.label}")
    said = any(fold(words) in clause for words in agreement.when)
    return said and not any(fold(words) in clause for words in agreement.unless)


def _agree(sheet: Sheet, printing: Printing, others: list[str]) -> bool:
    return any(sheet.span(printing).meets(span) for other in others for span in sheet.spans(other))


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


def _sums_agree() -> str:
    return _("the other numbers of the report agree with this value")
