"""A text with everything found in it, found once.

Belongs here: the value `Analysis` (phrases, periods, nouns, cuts of one text) and the `Analyst` that makes and keeps it.
Stays out: structure between texts (`outline`, `tables`) and inside a sentence (`clauses`).
"""

from __future__ import annotations

from dataclasses import dataclass

from parsers.figures.lexicon import Found, Hit, Lexicon
from parsers.figures.periods import Calendar, find_periods, merge
from parsers.figures.spelling import level


@dataclass(frozen=True)
class Analysis:
    """A text and what stands in it. `hits` are concepts and periods in order, without overlap."""

    text: str
    levelled: str
    hits: tuple[Hit, ...]
    found: Found
    links: frozenset[str]

    def names(self) -> dict[str, int]:
        """Return every concept of the text with the place of its last printing."""
        last: dict[str, int] = {}
        for hit in (*self.found.inner, *self.hits):
            for name in hit.names:
                last[name] = max(last.get(name, 0), hit.start)
        return last


class Analyst:
    """Analyses texts of one report; the same text is analysed once."""

    def __init__(self, lexicon: Lexicon, calendar: Calendar) -> None:
        self.lexicon = lexicon
        self.calendar = calendar
        self._known: dict[str, Analysis] = {}

    def of(self, text: str) -> Analysis:
        """Return the analysis of a text."""
        known = self._known.get(text)
        if known is None:
            levelled = level(text)
            found = self.lexicon.find(levelled)
            hits = merge(found.concepts, find_periods(levelled, self.calendar))
            known = self._known[text] = Analysis(text, levelled, tuple(hits), found, self.lexicon.labels.links)
        return known
