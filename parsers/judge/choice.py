"""Which of several printings of a figure stands for it: the one that the whole report makes likeliest.

Belongs here: trying each printing of a figure in its place and asking the judge's model. Stays out: the rule of
choosing (`parsers.primary`), the terms, what is sure (`verdict`), and naming numbers (`parsers.learned`).

A province's number and the unit's own are often both named as the same figure. Which is meant, the sentence alone may
not tell; the arithmetic of the report, its other printings and the words nearby do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from parsers.document import Document
from parsers.judge.model import JudgeModel
from parsers.judge.terms import Surroundings, terms_of
from parsers.primary import marked, standing
from parsers.reading import Printing

MOST_TRIED = 12
"""Printings of one figure that are tried; a text that prints a figure more often is a table of other units."""


def chosen(printings: Sequence[Printing], document: Document, model: JudgeModel) -> tuple[Printing, ...]:
    """Return the printings of a report with the likeliest of each figure primary, the first of equals.

    Figures with one value keep their primary printing.
    """
    best: dict[str, int] = {}
    for figure in dict.fromkeys(p.figure for p in printings):
        tried = list(candidates(printings, figure))
        if tried:
            odds = [model.probability(terms_of(p, Surroundings(report, document))) for p, report in tried]
            place = tried[standing([p for p, _ in tried], odds)][0].place
            best[figure] = next(i for i, p in enumerate(printings) if (p.figure, p.place) == (figure, place))
    return marked(printings, best)


def candidates(printings: Sequence[Printing], figure: str) -> Iterator[tuple[Printing, tuple[Printing, ...]]]:
    """Yield every printing of a figure that could stand for it, as primary, with the report in which it does.

    Nothing is yielded where there is nothing to choose: one value, or no printing that the learned readers saw.
    """
    same = [p for p in printings if p.figure == figure and p.views is not None and not p.malformed][:MOST_TRIED]
    if len({p.value for p in same}) < 2:
        return
    for one in same:
        report = tuple(replace(p, primary=p.place == one.place) if p.figure == figure else p for p in printings)
        yield replace(one, primary=True), report
