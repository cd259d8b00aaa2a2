"""The figures of a report as the stacked reader names them: printings made, kept or dropped.

Belongs here: from the opinions on every number to printings with values, and how likely each is its figure.
Stays out: the opinions (`reader`), the value of a number (`worth`), what is right beside other figures (`validation`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from decimal import Decimal
from functools import cache, partial
from itertools import product

from catalogue.figures import figure_definitions
from catalogue.labels import labels
from catalogue.relations import relations
from parsers.accounts import Named, account_for
from parsers.document import Document, Place
from parsers.figures.sums import joined_parts
from parsers.learned.general_unit import GENERAL_UNIT, general_unit
from parsers.learned.grammar import GrammarBook, grammar_book
from parsers.learned.reader import Models, Seen, models
from parsers.learned.values import Opinion, Views
from parsers.learned.worth import worth_in, worth_of
from parsers.named_units import is_headed, is_of_another_unit
from parsers.numbers.slips import moved_point, one_slip, turned
from parsers.primary import with_primaries
from parsers.reading import MISWRITTEN, Account, AccountKind, Approximation, Printing, Reading
from parsers.sentences import sentence_at

UNSURE_MOST = 0.79
"""What a printing is confident at most until the judge has spoken."""
ABOUT_AS_LIKELY = 0.05
"""Of two printings about as likely the first is the primary one."""
WORTH_A_LOOK = 0.1
"""A number taken for none is told where it is at least so likely a figure that nothing else is. Of 96 such numbers of
the calibrating writers (w20, w21, r6, r7) 66 were that figure; of 43 between 0.05 and 0.1, 24."""
BORNE_OUT, GUESSED = 0.05, 0.3
"""A number taken for none that looks like a figure's value with a slip is a second printing of it where it is so likely
that figure: if the grammar names it, and if it does not. On eleven sets of writers (r6 to r14, w22, w23) four such
numbers were the figure, none was not; where less was asked for, four of nine."""
LEARNED, SECOND_GUESS = "learned", "second guess"
GeneralUnit = Callable[[], Decimal | None]
"""Asks for the unit of money that the report states once for all; few reports have a sum that needs it."""


def with_learned(document: Document, reading: Reading) -> Reading:
    """Return a grammar's reading with the figures that the stacked reader names; unchanged where no model is there."""
    known = models()
    return reading if known is None else decided(document, reading, known)


def decided(document: Document, reading: Reading, using: Models) -> Reading:
    """Return a reading whose figures are those of the stacked reader; the grammar's stand where it saw no number."""
    book = grammar_book(reading)
    seen = using.read(document, book)
    general = cache(partial(general_unit, document))
    made = _in_their_places([p for one in seen for p in _printing(document, one, book, general)], book)
    named = [*made, *_unseen(reading, seen)]
    named += _twins(seen, book, {p.figure for p in named})
    guessed = _second_guesses(document, seen, {p.figure for p in named}, general)
    own = [p for p in (*named, *guessed) if not _is_anothers(document, p)]
    printings = _with_primaries(sorted(own, key=lambda p: p.place.in_order))
    again = _miswritten(document, seen, book, printings, general)
    printings = sorted([*printings, *again], key=lambda p: p.place.in_order)
    return replace(
        reading,
        parser_version=f"{reading.parser_version}+{using.version}",
        printings=tuple(printings),
        accounts=_accounts(document, reading, printings),
    )


def _printing(document: Document, one: Seen, book: GrammarBook, general: GeneralUnit) -> Iterator[Printing]:
    """Yield the printing of a number that is taken for a figure."""
    views = one.views
    if views.figure is None:
        return
    known = book.printing_at(views.place, views.figure)
    found = _made(document, one, views.figure, general) if known is None or known.components else known
    if found is not None:
        p = min(UNSURE_MOST, views.stacked.p)
        yield replace(found, primary=False, views=views, readers=_readers(one), reading_confidence=p, sure=False)


def _second_guesses(
    document: Document, seen: Sequence[Seen], named: Set[str], general: GeneralUnit
) -> Iterator[Printing]:
    """Yield, for every figure that no number is taken for, the number that is most likely to be it after all.

    Such a number is more likely no figure. Right twice in three times, it is worth a look, and is never sure.
    """
    best: dict[str, tuple[float, Seen]] = {}
    for one in seen:
        if one.views.figure is not None:
            continue
        figure, p = next(((g.figure, g.p) for g in one.views.stacked.guesses if g.figure is not None), ("", 0.0))
        if p >= WORTH_A_LOOK and figure not in named and (figure not in best or p > best[figure][0]):
            best[figure] = p, one
    for figure, (p, one) in best.items():
        found = _made(document, one, figure, general)
        if found is not None:
            views = replace(one.views, stacked=_first(one.views.stacked, figure))
            readers = _readers(replace(one, views=views))
            yield replace(found, rule=SECOND_GUESS, views=views, readers=readers, reading_confidence=p)


def _first(opinion: Opinion, figure: str) -> Opinion:
    """Return an opinion with the guess at a figure before the others."""
    return Opinion(tuple(sorted(opinion.guesses, key=lambda g: g.figure != figure)))


def _readers(one: Seen) -> tuple[str, ...]:
    """Return which readers name the figure that a number is taken for."""
    figure, views = one.views.figure, one.views
    said = (("grammar", views.grammar.figure), ("independent", views.independent.figure), ("stacked", figure))
    return tuple(name for name, says in said if says == figure)


def _made(document: Document, one: Seen, figure: str, general: GeneralUnit) -> Printing | None:
    """Return a printing that the grammar does not have, None where the number cannot be worth such a figure."""
    line, spot, place = one.line, one.spot, one.views.place
    unit = figure_definitions()[figure].unit
    here = worth_of(line, spot, unit)
    worth = here
    if worth is None and unit == "vnd" and (factor := general()) is not None:
        worth = worth_in(spot, factor)
    if worth is None:
        return None
    number = spot.number
    text = document.text_of(place)
    start, end = sentence_at(text, place.start)
    over = (line.label, *line.columns[spot.column or 0].heads) if line.columns is not None else ()
    return Printing(
        figure=figure,
        value=worth.value,
        raw=one.views.raw,
        place=place,
        page=document.page_of(place),
        box=document.box_of(place),
        sentence=" | ".join(filter(None, (*over, text[start:end]))),
        sentence_place=replace(place, start=start, end=end),
        label="",
        rule=LEARNED if here is not None else GENERAL_UNIT,
        text_confidence=document.text_confidence(place),
        reading_confidence=one.views.stacked.p,
        primary=False,
        quantum=number.quantum * worth.factor if number else Decimal(1),
        decimals=number.decimals if number else 0,
        approximation=number.approximation if number else Approximation.NONE,
        in_words=number.in_words if number else True,
        malformed=number.malformed if number else False,
        candidates=number.candidates if number else (),
    )


def _unseen(reading: Reading, seen: Sequence[Seen]) -> Iterator[Printing]:
    """Yield the grammar's printings of numbers that the learned readers did not see."""
    held: dict[tuple[int, int | None, int | None], list[Place]] = defaultdict(list)
    for one in seen:
        held[_holder(one.views.place)].append(one.views.place)
    for printing in reading.printings:
        places = held.get(_holder(printing.place), [])
        if not any(p.start < printing.place.end and printing.place.start < p.end for p in places):
            yield _by_grammar(printing)


def _is_anothers(document: Document, printing: Printing) -> bool:
    """Return whether a number is of a unit named beside the one that the heading over the text names."""
    place = printing.place
    return is_headed(document, place) and is_of_another_unit(document, place, printing.sentence_place.start)


def _in_their_places(printings: Sequence[Printing], book: GrammarBook) -> list[Printing]:
    """Return the printings, a part and its whole changed about where the part is larger and the grammar says so.

    "Đã làm được 27 nhiệm vụ; cả năm phải làm 35 nhiệm vụ": a part larger than its whole cannot be, and a reader that
    names the two the other way round is right. Neither is sure then, for the readers differ.
    """
    found = list(printings)
    at: dict[str, list[int]] = defaultdict(list)
    for index, printing in enumerate(found):
        at[printing.figure].append(index)
    for part, whole in ((part, whole) for part, wholes in relations().wholes.items() for whole in wholes):
        for i, j in product(at.get(part, ()), at.get(whole, ())):
            less, more = found[i], found[j]
            if less.value <= more.value or less.sentence_place != more.sentence_place:
                continue
            as_part, as_whole = book.printing_at(more.place, part), book.printing_at(less.place, whole)
            if as_part is not None and as_whole is not None:
                found[i], found[j] = _by_grammar(as_whole, less.views), _by_grammar(as_part, more.views)
    return found


def _by_grammar(printing: Printing, views: Views | None = None) -> Printing:
    """Return a printing that only the grammar names, never sure; `views` is what all said of a number seen by all."""
    least = min(UNSURE_MOST, printing.reading_confidence)
    return replace(printing, primary=False, views=views, readers=("grammar",), reading_confidence=least)


def _twins(seen: Sequence[Seen], book: GrammarBook, named: Set[str]) -> Iterator[Printing]:
    """Yield, of numbers of which the grammar knows that they are two figures at once, the one that was not taken.

    The learned readers name one figure a number; the other is one reader's word, and never sure.
    """
    for one in seen:
        twin = book.twin_at(one.views.place, one.views.figure) if one.views.figure is not None else None
        if twin is not None and twin.figure not in named:
            yield _by_grammar(twin)


def _miswritten(
    document: Document, seen: Sequence[Seen], book: GrammarBook, printings: Sequence[Printing], general: GeneralUnit
) -> Iterator[Printing]:
    """Yield the numbers taken for none that look like the value of a figure that they may be, with a slip of the pen.

    Readers that learned take a second value beside "Tổng số: 621" for none. Where it is 612, the report may well
    contradict itself, and that must be seen.
    """
    values = {p.figure: p for p in printings if p.primary}
    for one in seen:
        if one.views.figure is not None:
            continue
        for first in (values[figure] for figure in _perhaps(one.views) if figure in values):
            known = book.printing_at(one.views.place, first.figure)
            grammars = known is not None and not known.components
            made = known if grammars else _made(document, one, first.figure, general)
            found = replace(made, views=one.views) if made is not None else None
            if found is None or not _is_slip(first, found) or found.sentence_place == first.sentence_place:
                continue
            least = min(UNSURE_MOST, found.reading_confidence)
            readers = _readers(replace(one, views=replace(one.views, stacked=_first(one.views.stacked, first.figure))))
            yield replace(
                found, rule=MISWRITTEN, primary=False, views=one.views, readers=readers[:-1], reading_confidence=least,
                sure=False,
            )  # fmt: skip
            break


def _perhaps(views: Views) -> list[str]:
    """Return the figures that a number taken for none may be: the grammar's, and those guessed, likeliest first."""
    likely = [g.figure for g in views.stacked.guesses if g.p >= GUESSED]
    named = views.grammar.figure
    borne_out = [named] if views.stacked.p_of(named) >= BORNE_OUT else []
    return [figure for figure in dict.fromkeys((*borne_out, *likely)) if figure is not None]


def _is_slip(first: Printing, second: Printing) -> bool:
    """Return whether a second printing has another value, and looks like the first with a slip of the pen.

    Two digits that changed places are alike by chance too often where the grammar does not name the figure.
    """
    raws = first.raw, second.raw
    short = turned(*raws) and second.views is not None and second.views.grammar.figure == first.figure
    alike = short or one_slip(*raws) or moved_point(first.value, second.value)
    return alike and first.value != second.value


def _with_primaries(ordered: Sequence[Printing]) -> list[Printing]:
    """Return the printings, parts of sums joined, one of each figure primary."""
    joined = [_summed(p) if p.components else p for p in joined_parts(ordered, labels().sums)]
    return list(with_primaries(joined, [p.named for p in joined], ABOUT_AS_LIKELY))


def _summed(printing: Printing) -> Printing:
    """Return a sum of parts, never sure: that several numbers are parts of one figure is an opinion of its own."""
    return replace(printing, sure=False, reading_confidence=min(UNSURE_MOST, printing.reading_confidence))


def _accounts(document: Document, reading: Reading, printings: Iterable[Printing]) -> tuple[Account, ...]:
    """Return the account of every number: what the grammar says of those that are no figure still holds."""
    others = [a for a in reading.accounts if a.kind not in (AccountKind.FIGURE, AccountKind.UNEXPLAINED)]
    named = [Named(a.place, a.kind, a.reason) for a in others]
    printings = tuple(printings)
    return account_for(document, printings, round_label=reading.identity.round, named=named)


def _holder(place: Place) -> tuple[int, int | None, int | None]:
    return place.block, place.row, place.column
