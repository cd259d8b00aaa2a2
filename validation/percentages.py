"""Percentages: whether a printed ratio is what its printed numbers give.

Belongs here: judging one ratio over the total it names, the other printed totals, and the numbers of its sentence.
Stays out: findings and their wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from catalogue.relations import Ratio, Terms
from catalogue.wordlists import either
from cchc.text import fold
from parsers.reading import AccountKind
from validation.report_values import Sheet
from validation.spans import HUNDRED, Span, gives, total

_WHOLE = Decimal(100)
_OF_TOTAL = re.compile(rf"\s*%?\s*(?:{either('share_of')})\s+[^,;:.()\d]*")
"""What stands between a percentage and the total that it is of."""
_UNREAD = frozenset({AccountKind.UNEXPLAINED})


class Verdict(StrEnum):
    """What can be said of a printed percentage; EXCUSED is broken, but over sides that perhaps are not those meant."""

    HOLDS = "holds"
    OTHER_TOTAL = "other_total"
    BROKEN = "broken"
    EXCUSED = "excused"
    SILENT = "silent"


@dataclass(frozen=True)
class Judgement:
    """A verdict with the sides it rests on: the terms above, the total below, and the percentage they give.

    For OTHER_TOTAL, `named` is the total that the sentence names and `below` the one over which it holds.
    """

    verdict: Verdict
    ratio: Ratio
    above: Terms = ()
    below: str = ""
    named: str = ""
    computed: Decimal | None = None

    @property
    def figures(self) -> tuple[str, ...]:
        """Return the figures concerned, the percentage first."""
        sides = (self.ratio.figure, *self.above, self.below, self.named)
        return tuple(dict.fromkeys(figure for figure in sides if figure))


def judge(ratio: Ratio, sheet: Sheet) -> Judgement:
    """Return what can be said of the primary printing of a percentage."""
    if not sheet.has(ratio.figure):
        return Judgement(Verdict.SILENT, ratio)
    case = _Case(ratio, sheet)
    if not case.tops or not case.percentages:
        return Judgement(Verdict.SILENT, ratio)
    return _over_named(case) if case.named else _over_any(case)


class _Case:
    """The sides that a report prints for one percentage."""

    def __init__(self, ratio: Ratio, sheet: Sheet) -> None:
        self.ratio = ratio
        self.sheet = sheet
        self.printing = sheet.primary(ratio.figure)
        self.percentages = sheet.spans(ratio.figure)
        self.tops = [terms for terms in ratio.of if sheet.sums(terms)]
        self.totals = [figure for figure in ratio.over if sheet.spans(figure)]
        self.named = self.printing.base or _named_behind(self)

    def fits(self, top: Terms, bottom: str) -> bool:
        """Return whether some printed values of both sides give the percentage."""
        return self._any(self.sheet.sums(top), self.sheet.spans(bottom))

    def first_fit(self, bottoms: Iterable[str]) -> tuple[Terms, str] | None:
        """Return the first pair of sides that gives the percentage."""
        return next(((top, b) for b in bottoms for top in self.tops if self.fits(top, b)), None)

    def fits_beside(self, bottoms: Sequence[str]) -> bool:
        """Return whether a number of the same sentence makes up for one side: "1.935 triệu, đạt 82% kế hoạch"."""
        beside = self.sheet.beside(self.printing)
        below = [span for bottom in bottoms for span in self.sheet.spans(bottom)]
        above = [span for top in self.tops for span in self.sheet.sums(top)]
        return self._any(beside, below) or self._any(above, beside)

    def fits_derived(self) -> bool:
        """Return whether a total that is not printed, but follows from two that are, gives the percentage."""
        below = [
            total((first, second)) if sign == "+" else Span(first.low - second.high, first.high - second.low)
            for one, sign, other in self.ratio.derived
            for first in self.sheet.spans(one)
            for second in self.sheet.spans(other)
        ]
        return self._any([span for top in self.tops for span in self.sheet.sums(top)], below)

    def fits_unexplained(self) -> bool:
        """Return whether a number that the reading could not explain, anywhere in the report, would be the total."""
        if not self.printing.decimals:
            return False
        above = [span for top in self.tops for span in self.sheet.sums(top)]
        return self._any(above, [span for _, span in self.sheet.unexplained()])

    def part_unread(self, bottoms: Sequence[str]) -> bool:
        """Return whether a side read unsurely, with unexplained numbers of its sentence added, give the percentage.

        A side that was read surely counts without anybody looking, so that its percentage is never excused.
        """
        below = [span for bottom in bottoms for span in self.sheet.spans(bottom)]
        return any(
            self._any([total((span, *unread)) for span in self.sheet.sums(top)], below)
            for top in self.tops
            if any(self.sheet.unsure(self.sheet.primary(term)) for term in top)
            for unread in _parts(self.sheet.beside(self.printing, _UNREAD))
        )

    def side_missing(self, bottom: str) -> bool:
        """Return whether what the percentage is a share of may be an amount that the report does not print."""
        first_printed = self.tops[0] == self.ratio.of[0]
        if self.ratio.needs_first and not first_printed:
            return True
        return self.ratio.year_plan and self._quarter_only() and self.computed(bottom) < self._percentage()

    def _quarter_only(self) -> bool:
        """Return whether only the amount of a single quarter within the year is printed, not the year so far."""
        round_ = self.sheet.round
        return round_ is not None and round_.number == 3 and self.tops[0] == self.ratio.of[-1]

    def _percentage(self) -> Decimal:
        return self.sheet.value(self.ratio.figure)

    def computed(self, bottom: str) -> Decimal:
        """Return the percentage that the first printed sides give."""
        above = sum((self.sheet.spans(term)[0].high for term in self.tops[0]), Decimal(0))
        below = self.sheet.spans(bottom)[0].high
        return HUNDRED * above / below if below else Decimal(0)

    def says(self, verdict: Verdict, top: Terms = (), bottom: str = "", named: str = "") -> Judgement:
        """Return a judgement on this case."""
        computed = self.computed(bottom) if verdict is Verdict.BROKEN else None
        return Judgement(verdict, self.ratio, top, bottom, named, computed)

    def _any(self, above: Iterable[Span], below: Iterable[Span]) -> bool:
        bottoms = list(below)
        return any(gives(a, b, p) for a in above for b in bottoms for p in self.percentages)


def _over_named(case: _Case) -> Judgement:
    """Judge a percentage whose sentence names its total; a 100% away from that total may name it by the way."""
    named = case.named
    if not case.sheet.spans(named):
        return _over_hardly_read(case)
    if case.first_fit([named]) or case.fits_beside([named]):
        return case.says(Verdict.HOLDS)
    other = case.first_fit(figure for figure in case.totals if figure != named)
    if other:
        return case.says(Verdict.OTHER_TOTAL, *other, named=named)
    by_the_way = _is_all(case) and not _beside(case, [named])
    empty = not any(span.low > 0 for span in case.sheet.spans(named))
    if by_the_way or empty or case.fits_derived() or case.part_unread([named]):
        return case.says(Verdict.SILENT)
    return case.says(Verdict.EXCUSED if case.side_missing(named) else Verdict.BROKEN, case.tops[0], named)


def _over_hardly_read(case: _Case) -> Judgement:
    """Judge a percentage whose named total was hardly read: only that it is right over another one can be said."""
    doubtful = _Case(case.ratio, case.sheet.charitable)
    others = [figure for figure in case.totals if figure != case.named]
    other = case.first_fit(others) if case.printing.decimals else None
    if other is None or not doubtful.sheet.spans(case.named) or doubtful.first_fit([case.named]):
        return case.says(Verdict.SILENT)
    return case.says(Verdict.OTHER_TOTAL, *other, named=case.named)


def _over_any(case: _Case) -> Judgement:
    """Judge a percentage whose total goes unnamed: it holds over any total that makes sense."""
    totals = [figure for figure in case.totals if any(span.low > 0 for span in case.sheet.spans(figure))]
    if not totals:
        return case.says(Verdict.SILENT)
    if case.first_fit(totals) or case.fits_beside(totals) or case.fits_derived():
        return case.says(Verdict.HOLDS)
    open_total = case.ratio.open_total and not _stroke(case, totals) and not _own_base_beside(case)
    if open_total or _total_unread(case, totals) or case.part_unread(totals):
        return case.says(Verdict.SILENT)
    excused = case.side_missing(totals[0])
    return case.says(Verdict.EXCUSED if excused else Verdict.BROKEN, case.tops[0], _nearest(case, totals))


def _parts(spans: Sequence[Span]) -> list[tuple[Span, ...]]:
    """Return each span alone, and all together."""
    return [*((span,) for span in spans), *([tuple(spans)] if len(spans) > 1 else [])]


def _total_unread(case: _Case, totals: Sequence[str]) -> bool:
    """Return whether the total meant may be one that was not read.

    A bare 100% with no total in its sentence says "all of them"; a percentage away from every total whose usual one
    is not there, or that a number left unexplained somewhere gives, is not held against the others.
    """
    if _beside(case, totals):
        return False
    return _is_all(case) or totals[0] != case.ratio.over[0] or case.fits_unexplained()


def _is_all(case: _Case) -> bool:
    return case.printing.value == _WHOLE and case.ratio.figure in case.sheet.book.shares


def _beside(case: _Case, totals: Sequence[str]) -> list[str]:
    """Return the totals that stand in the sentence of the percentage."""
    sentence = case.printing.sentence
    return [figure for figure in totals if any(p.sentence == sentence for p in case.sheet.printings[figure])]


def _stroke(case: _Case, totals: Sequence[str]) -> bool:
    """Return whether the sentence prints count, total and percentage in this order: "6.183 / 9.764; tỷ lệ 63,32%"."""
    here = case.printing

    def before(figure: str) -> list[int]:
        found = (p.place for p in case.sheet.printings[figure] if p.sentence_place == here.sentence_place)
        return [place.start for place in found if place.start < here.place.start]

    counts = before(case.tops[0][0])
    return bool(counts) and any(start > max(counts) for figure in totals for start in before(figure))


def _own_base_beside(case: _Case) -> bool:
    """Return whether count, percentage and the total that defines the percentage stand in one sentence, or one table.

    In a table the count stands in the row of the percentage.
    """
    here, place = case.printing.sentence_place, case.printing.place
    count, whole = (case.sheet.printings.get(side, ()) for side in (case.tops[0][0], case.ratio.over[0]))
    if place.row is not None:
        in_row = any((p.place.block, p.place.row) == (place.block, place.row) for p in count)
        return in_row and any(p.place.block == place.block and p.place.row is not None for p in whole)
    return all(any(p.sentence_place == here for p in printed) for printed in (count, whole))


def _named_behind(case: _Case) -> str:
    """Return the total that a percentage is said to be of: "đạt 95,64% so với tổng số 1.138 hồ sơ", empty if none."""
    here = case.printing
    if here.place.column is not None:
        return ""
    for figure in case.totals:
        for total_ in case.sheet.printings[figure]:
            start = total_.place.start - here.sentence_place.start
            between = here.sentence[here.place.end - here.sentence_place.start : start]
            behind = total_.sentence_place == here.sentence_place and total_.place.start > here.place.end
            if behind and _OF_TOTAL.fullmatch(fold(between)):
                return figure
    return ""


def _nearest(case: _Case, totals: Sequence[str]) -> str:
    """Return the total that stands in the same sentence, else the usual one."""
    return next(iter(_beside(case, totals)), totals[0])
