"""Numbers off by a factor of 1.000: 1.850.687 for 1.850.687.000.

Belongs here: finding slips against another printing, a number left unexplained, or the printed ratio; mending a sheet.
Stays out: other contradictions between printings (`conflicts`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain, combinations
from statistics import median

from catalogue.figures import figure_definitions
from cchc.messages import translator
from parsers.reading import AccountKind, Printing
from validation.finding import Finding
from validation.percentages import Judgement, Verdict, judge
from validation.phrases import amount, figure_name, make, proposal, same_elsewhere, written
from validation.report_values import TELLING, Sheet, printed_again
from validation.root_cause import judgements, support
from validation.spans import Span

_ = translator("validation")

SCALES = (Decimal(1000), Decimal("0.001"), Decimal(1_000_000), Decimal("0.000001"))
"""Factors by which a lost or doubled group of three digits changes a number."""
_UNREAD = frozenset({AccountKind.UNEXPLAINED, AccountKind.SUB_ITEM})
"""What a number without its last digits passes for: for nothing, or for a part of the amount that it prints."""
PROVING = 5
"""Units of its last digit that a percentage must have to prove a number: 0,05% at two decimals, 5% at none."""


@dataclass(frozen=True)
class Slip:
    """A printing that is off by a group of digits, the value meant, and what proves it.

    `clear` is false where the other side may as well be the wrong one; then no value is proposed.
    """

    printing: Printing
    meant: Decimal
    other: Printing | None = None
    judgement: Judgement | None = None
    clear: bool = True


def slips(sheet: Sheet) -> list[Slip]:
    """Return the numbers of the sheet that are off by one or two groups of three digits."""
    doubled = [
        slip for figure in sheet.printings if (slip := _slip_between(sheet, figure) or _slip_unread(sheet, figure))
    ]
    known = {slip.printing.figure for slip in doubled}
    broken = [j for verdict in (Verdict.BROKEN, Verdict.EXCUSED) for j in judgements(sheet, sheet.book.ratios, verdict)]
    by_ratio = [slip for judgement in broken if (slip := _slip_in_ratio(sheet, judgement, known))]
    return doubled + list({slip.printing.figure: slip for slip in by_ratio}.values())


def slip_findings(sheet: Sheet, found: list[Slip]) -> Iterator[Finding]:
    """Return a finding for every slip of scale."""
    return (_slip_finding(sheet, slip) for slip in found)


def mend_slips(sheet: Sheet, found: list[Slip]) -> Sheet:
    """Return the sheet as it reads once slips are mended, so that they raise nothing else."""
    return sheet.mended({slip.printing.figure: (Span.exact(slip.meant),) for slip in found})


def _slip_finding(sheet: Sheet, slip: Slip) -> Finding:
    figure = slip.printing.figure
    return make(
        sheet,
        "scale_slip",
        [figure],
        lambda: _slip_text(sheet, slip),
        printings=[slip.printing, *([slip.other] if slip.other else []), *_ratio_printings(sheet, slip.judgement)],
        printed=slip.printing.raw,
        expected=lambda: amount(figure, slip.meant),
        proposals=[proposal(figure, slip.meant, lambda: _slip_evidence(sheet, slip))] if slip.clear else [],
    )


def _slip_between(sheet: Sheet, figure: str) -> Slip | None:
    """Return the slip between two printings of one figure, the worse supported, odder or smaller one being wrong."""
    for first, second in combinations([p for p in sheet.variants(figure) if not p.malformed], 2):
        if any(_scaled(sheet.span(first), factor).meets(sheet.span(second)) for factor in SCALES):
            strange = {p: _strangeness(sheet, figure, p.value) for p in (first, second)}
            right, wrong = sorted((first, second), key=lambda p: (*strange[p], -p.value))
            return Slip(wrong, right.value, other=right, clear=_clearer(strange[right], strange[wrong]))
    return None


def _slip_unread(sheet: Sheet, figure: str) -> Slip | None:
    """Return the slip of a number hardly read or unexplained: the figure's amount without its last groups of digits."""
    first = sheet.primary(figure)
    if figure_definitions()[figure].unit != "vnd" or first.malformed:
        return None
    known = (p for printings in sheet.printings.values() for p in printings if not p.malformed and p is not first)
    hardly_read = (p for p in known if p.confidence < sheet.book.tolerance.least and _is_slip_of(p.value, first.value))
    left = (a for a in sheet.reading.accounts if a.kind in _UNREAD and _is_slip_of(a.value or Decimal(0), first.value))
    slipped = next(
        chain((replace(p, figure=figure) for p in hardly_read), (printed_again(first, a) for a in left)), None
    )
    if slipped is None:
        return None
    clear = _distance(sheet, figure, first.value) < _distance(sheet, figure, slipped.value)
    return Slip(slipped, first.value, other=first, clear=clear)


def _is_slip_of(value: Decimal, amount_meant: Decimal) -> bool:
    """Return whether a number is an amount without its last group of three digits, or two, and not by chance."""
    return value >= TELLING and any(value * f == amount_meant for f in SCALES if f > 1)


def _slip_in_ratio(sheet: Sheet, judgement: Judgement, known: set[str]) -> Slip | None:
    """Return the side of a broken percentage that fits once a group of digits is put back or taken out."""
    sides = [f for f in (*judgement.above, judgement.below) if f not in known and not sheet.primary(f).malformed]
    fits = [
        (figure, sheet.value(figure) * factor)
        for figure in sides
        for factor in SCALES
        if _fits(sheet, judgement, figure, sheet.value(figure) * factor)
    ]
    if not fits:
        return None
    strange = {fit: _strangeness(sheet, *fit) for fit in fits}
    best, *others = sorted(fits, key=lambda fit: (*strange[fit], -fit[1]))
    clear = all(_clearer(strange[best], strange[other]) for other in others)
    return Slip(sheet.primary(best[0]), best[1], judgement=judgement, clear=clear)


def _fits(sheet: Sheet, judgement: Judgement, figure: str, value: Decimal) -> bool:
    """Return whether a figure at `value` gives the percentage and speaks against nothing else; 0% proves nothing."""
    percentage = sheet.primary(judgement.ratio.figure)
    if (
        value != value.to_integral_value()
        or sheet.value(figure) == 0
        or percentage.value < PROVING * percentage.quantum
    ):
        return False
    span = _scaled(sheet.span(sheet.primary(figure)), value / sheet.value(figure))
    trial = sheet.mended({figure: (span,)})
    if judge(judgement.ratio, trial).verdict is not Verdict.HOLDS:
        return False
    return support(sheet, figure, span) > support(sheet, figure, sheet.spans(figure)[0])


def _strangeness(sheet: Sheet, figure: str, value: Decimal) -> tuple[int, float]:
    """Return how little a value gains in support over the printed one, then how far its size is from its likes."""
    gain = support(sheet, figure, Span.exact(value)) - support(sheet, figure, sheet.spans(figure)[0])
    return -gain, _distance(sheet, figure, value)


def _clearer(best: tuple[int, float], other: tuple[int, float]) -> bool:
    """Return whether one strangeness is less than another beyond doubt: by a relation, or by a whole power of ten."""
    return best[0] < other[0] or best[1] + 1 <= other[1]


def _distance(sheet: Sheet, figure: str, value: Decimal) -> float:
    """Return how many powers of ten lie between a value and the middle of the other figures of its unit."""
    unit = figure_definitions()[figure].unit
    others = [p[0].value for f, p in sheet.printings.items() if f != figure and figure_definitions()[f].unit == unit]
    usual = [sheet.book.tolerance.usual_vnd] if unit == "vnd" else []
    sizes = [float(other.log10()) for other in (*others, *usual) if other > 0]
    return abs(float(value.log10()) - median(sizes)) if sizes and value > 0 else 0.0


def _scaled(span: Span, factor: Decimal) -> Span:
    return Span(span.low * factor, span.high * factor)


def _ratio_printings(sheet: Sheet, judgement: Judgement | None) -> list[Printing]:
    return [sheet.primary(judgement.ratio.figure)] if judgement else []


def _slip_text(sheet: Sheet, slip: Slip) -> str:
    text = _(
        "{figure}: the report prints “{raw}”, but {why}; a group of three digits seems to be lost or doubled. Please "
        "confirm or correct."
    )
    name = figure_name(slip.printing.figure)
    return text.format(figure=name, raw=slip.printing.raw, why=_slip_evidence(sheet, slip))


def _slip_evidence(sheet: Sheet, slip: Slip) -> str:
    if slip.other is not None:
        return same_elsewhere(slip.other)
    assert slip.judgement is not None
    figure = slip.judgement.ratio.figure
    text = _("the printed percentage of {percentage} ({figure}) is given only by {meant}")
    percentage, meant = written(sheet.primary(figure)), amount(slip.printing.figure, slip.meant)
    return text.format(percentage=percentage, figure=figure_name(figure), meant=meant)
