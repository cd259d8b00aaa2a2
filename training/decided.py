"""What decided figures say of the numbers of a report: which number is which figure, and of which nobody can say.

Belongs here: finding the printed number that a decision speaks of. Stays out: decisions (`warehouse.decided_figures`),
the form of passages (`training.writing`).

A figure that was confirmed is marked wherever the report prints its value. One that was corrected or added is marked
at the number that prints the decided value: in the sentence or row where the reader had found it, else in its
paragraph or table, else where the whole report prints it once. Its former number is then no figure where both stand in
one sentence or row, and open elsewhere, as a report may print one figure twice with different values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from catalogue.figures import figure_definitions
from parsers.document import Document, Place
from parsers.reading import Account, AccountKind, Printing, Reading
from parsers.sentences import sentence_at
from training.marked import Mark

_SCALES = (Decimal(1), Decimal(1000), Decimal(1000000), Decimal(1000000000))
"""What a bare sum of money may be printed in."""
_NO_FIGURE = frozenset(
    {
        AccountKind.DOCUMENT_NUMBER,
        AccountKind.DATE,
        AccountKind.PERIOD,
        AccountKind.LAW,
        AccountKind.ARTICLE,
        AccountKind.STANDARD,
        AccountKind.PHONE,
        AccountKind.LIST_NUMBER,
        AccountKind.NAME,
    }
)
"""Numbers whose own form says that they are no figure."""


@dataclass(frozen=True)
class Truth:
    """The value that a figure of a report has, None where a person says that the report does not print it."""

    value: Decimal | None
    decided: bool


@dataclass
class Numbers:
    """The numbers of a report as decisions leave them: marked as a figure, open, or decided to be none."""

    marks: list[Mark] = field(default_factory=list)
    open: list[Place] = field(default_factory=list)
    decided: list[tuple[str, Place]] = field(default_factory=list)
    """What decisions speak of: figure and place of marks, and of numbers that were rejected or corrected away."""

    def is_free(self, place: Place) -> bool:
        """Return whether no mark stands on a place."""
        return not any(_overlap(m.place, place) for m in self.marks)

    def mark(self, figure: str, place: Place, raw: str, value: Decimal, decided: bool, part: bool = False) -> None:
        """Mark a number as a figure."""
        self.marks.append(Mark(figure, place, raw, part, f"{value.normalize():f}"))
        if decided:
            self.decided.append((figure, place))


def numbers_of(document: Document, reading: Reading, truths: Mapping[str, Truth]) -> Numbers:
    """Return which numbers of a report are which figures, and which are open.

    Figures that the reading names and `truths` does not are open: they wait for a person.
    """
    found = Numbers()
    by_figure: dict[str, list[Printing]] = {}
    for printing in reading.printings:
        by_figure.setdefault(printing.figure, []).append(printing)
    missing = []
    for figure, truth in truths.items():
        if truth.value is not None and not _mark_printings(document, found, figure, truth, by_figure.get(figure, [])):
            missing.append(figure)
    for figure in missing:
        if truths[figure].decided:
            _mark_elsewhere(document, reading, found, figure, truths[figure], by_figure.get(figure, []))
    for figure, printings in by_figure.items():
        _leave(document, found, truths.get(figure), printings)
    return found


def _mark_printings(
    document: Document, found: Numbers, figure: str, truth: Truth, printings: Sequence[Printing]
) -> bool:
    """Mark the printings of a figure that print its value, and return whether there were any."""
    assert truth.value is not None
    alike = [p for p in printings if _prints(p, truth.value)]
    for printing in alike:
        if printing.components:
            _mark_parts(document, found, truth, printing)
        elif found.is_free(printing.place):
            raw = document.text_at(printing.place)
            found.mark(figure, printing.place, raw, truth.value, truth.decided)
    return bool(alike)


def _prints(printing: Printing, value: Decimal) -> bool:
    """Return whether a printing prints a value: as read, in another scale of money, or as digits that are unclear."""
    if printing.components or figure_definitions()[printing.figure].unit != "vnd":
        return value in (printing.value, *printing.candidates)
    return value in printing.candidates or any(printing.value * scale == value for scale in _SCALES)


def _mark_parts(document: Document, found: Numbers, truth: Truth, total: Printing) -> None:
    """Mark the printed parts of a sum; where one is not found the first of them stays open."""
    places = list(_parts(document, total))
    if len(places) != len(total.components):
        found.open.append(total.place)
        return
    for place, value in zip(places, total.components, strict=True):
        found.mark(total.figure, place, document.text_at(place), value, truth.decided, part=True)


def _parts(document: Document, total: Printing) -> Iterator[Place]:
    """Yield the places that print the parts of a sum, one after another from where the sum begins."""
    raws = total.raw.split(" + ")
    here = [h for h in _holders(document) if _order(h) >= _order(total.place) and h.block <= total.place.block + 2]
    for holder in here:
        text, after = document.text_of(holder), total.place.start if _same(holder, total.place) else 0
        while raws and (start := text.find(raws[0], after)) >= 0:
            after = start + len(raws[0])
            yield Place(holder.block, start, after, holder.row, holder.column)
            raws.pop(0)


def _holders(document: Document) -> Iterator[Place]:
    """Yield every paragraph and cell as a place."""
    for block in document.blocks:
        if block.kind != "table":
            yield Place(block.index, 0, len(block.text))
        for cell in block.cells:
            yield Place(block.index, 0, len(cell.text), cell.row, cell.column)


def _mark_elsewhere(
    document: Document, reading: Reading, found: Numbers, figure: str, truth: Truth, printings: Sequence[Printing]
) -> None:
    """Mark the number that prints the decided value of a figure that was read otherwise or not at all."""
    assert truth.value is not None
    money = figure_definitions()[figure].unit == "vnd"
    fitting = [
        account
        for account in reading.accounts
        if account.kind not in _NO_FIGURE
        and found.is_free(account.place)
        and account.value is not None
        and any(account.value * scale == truth.value for scale in (_SCALES if money else _SCALES[:1]))
    ]
    for near in (_in_sentence, _in_block, _anywhere):
        there = [a for a in fitting if near(document, a, printings)]
        if len(there) == 1:
            found.mark(figure, there[0].place, document.text_at(there[0].place), truth.value, decided=True)
            return
        if there:
            return


def _in_sentence(document: Document, account: Account, printings: Sequence[Printing]) -> bool:
    return any(_together(document, account.place, p.place) for p in printings)


def _in_block(_document: Document, account: Account, printings: Sequence[Printing]) -> bool:
    return any(account.place.block == p.place.block for p in printings)


def _anywhere(_document: Document, _account: Account, _printings: Sequence[Printing]) -> bool:
    return True


def _leave(document: Document, found: Numbers, truth: Truth | None, printings: Sequence[Printing]) -> None:
    """Say of the unmarked printings of a figure whether they are no figure (corrected away, rejected) or open."""
    marked = [m.place for m in found.marks if printings and m.figure == printings[0].figure]
    for printing in printings:
        if not found.is_free(printing.place):
            continue
        refuted = truth is not None and (
            truth.value is None
            or (truth.decided and any(_together(document, printing.place, place) for place in marked))
        )
        if refuted:
            found.decided.append((printing.figure, printing.place))
        else:
            found.open.append(printing.place)


def _together(document: Document, one: Place, other: Place) -> bool:
    """Return whether two places stand in one sentence, or in one row of a table."""
    if (one.block, one.row) != (other.block, other.row):
        return False
    text = document.text_of(one)
    return one.row is not None or sentence_at(text, one.start) == sentence_at(text, other.start)


def _overlap(one: Place, other: Place) -> bool:
    return _same(one, other) and one.start < other.end and other.start < one.end


def _same(one: Place, other: Place) -> bool:
    return (one.block, one.row, one.column) == (other.block, other.row, other.column)


def _order(place: Place) -> tuple[int, int, int]:
    return place.block, place.row or 0, place.column or 0
