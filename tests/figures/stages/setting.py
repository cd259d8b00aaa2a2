"""What the tests of single stages share: one text analysed, cut up and asked about, without a document around it."""

from __future__ import annotations

from parsers.figures.analysis import Analysis, Analyst
from parsers.figures.candidate import Scope, View
from parsers.figures.clauses import Group, groups_of
from parsers.figures.mentions import Mention, Scale, find_mentions
from parsers.text.lexicon import lexicon
from parsers.text.periods import Calendar
from tests.figures.casebook import ROUND

PLAIN = Scale()


def analysed(text: str) -> Analysis:
    """Return what stands in a text of a report of the casebook's round."""
    return Analyst(lexicon(), Calendar.of(ROUND)).of(text)


def mentioned(text: str, scale: Scale = PLAIN) -> list[Mention]:
    """Return the numbers and denials of a text."""
    return find_mentions(analysed(text), scale)


def grouped(text: str) -> tuple[Analysis, list[Group]]:
    """Return a text as one sentence, with its bracket groups."""
    line = analysed(text)
    return line, groups_of(line, 0, len(text), find_mentions(line, PLAIN))


def seen_from(text: str, number: int = 0, topics: dict[str, float] | None = None) -> tuple[Analysis, View]:
    """Return what a number of a sentence sees, the sentence's own concepts inherited; it stands alone."""
    line, (group, *_) = grouped(text)
    said = {name: hit.start for hit in line.hits for name in hit.names}
    scope = Scope(said, said, frozenset(), topics or {}, frozenset())
    return line, View(group.mentions[number], group.left(number), group.right(number), scope)
