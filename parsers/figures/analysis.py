"""A text with everything found in it, each thing found once and only when asked for.

Belongs here: the value `Analysis` (numbers, denials, citations, phrases and periods of one text) and the `Analyst` that
makes and keeps it.
Stays out: structure between texts (`lines`, `table_lines`) and inside a sentence (`clauses`).

Most of a report prints no figure. Numbers and citations are cheap to find and tell which texts are worth the rest.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from catalogue.shapes import shape
from catalogue.wordlists import either, word_list
from parsers.cited import Span, cited_spans
from parsers.negations import Negation, find_negations
from parsers.numbers import Number, find_numbers
from parsers.text.lexicon import Found, Hit, Lexicon
from parsers.text.periods import Calendar, find_periods, merge
from parsers.text.spelling import level

_DENIED = frozenset(word_list("zero_when_denied"))
"""What must be denied for a denial to print a zero."""


PLACE = frozenset({"place"})
DENIED = frozenset({"denied"})
"""What a phrase says that is denied: "hồ sơ không nộp trực tuyến" counts none that came online."""
_PLACE = re.compile(shape("place_name"))
"""A village or quarter by its name: what is counted there is a part of the ward."""
_NOT = re.compile(
    rf"(?<!\w)(?P<no>(?:{either('denying_alone')})\s+)(?:(?:{either('denied_before_deed', ' ')})\s+){{0,2}}(?=\w)"
)

REMEMBERED = 120
"""How many phrases of a paragraph a later sentence of it still remembers."""


@dataclass(frozen=True)
class Analysis:
    """A text and what stands in it."""

    text: str
    lexicon: Lexicon
    calendar: Calendar

    @cached_property
    def levelled(self) -> str:
        """Return the text in one spelling, every character in its place."""
        return level(self.text)

    @cached_property
    def numbers(self) -> list[Number]:
        """Return all numbers of the text."""
        return find_numbers(self.text)

    @cached_property
    def cited(self) -> list[Span]:
        """Return the stretches whose numbers are citations, dates, standards and the like."""
        return cited_spans(self.text)

    @cached_property
    def denials(self) -> list[Negation]:
        """Return the denials that print a zero."""
        return [d for d in self._negations if d.verb in _DENIED]

    @cached_property
    def _negations(self) -> list[Negation]:
        return find_negations(self.text)

    @cached_property
    def found(self) -> Found:
        """Return the phrases of the text."""
        return self.lexicon.find(self.levelled)

    @cached_property
    def hits(self) -> tuple[Hit, ...]:
        """Return concepts and periods in order, without overlap."""
        merged = merge(self.found.concepts, find_periods(self.levelled, self.calendar))
        merged = merge(merged, [_place(m) for m in _PLACE.finditer(self.text)])
        ends = self._denying_ends
        return tuple(h._replace(names=DENIED) if h.start in ends else h for h in merged) if ends else tuple(merged)

    @cached_property
    def _denying_ends(self) -> frozenset[int]:
        """Return where a phrase would begin that "không" or "chưa" denies without printing a zero."""
        words = _NOT.finditer(self.levelled)
        denying = [m for m in words if not any(n.start <= m.start() < n.end for n in self._negations)]
        return frozenset(place for m in denying for place in (m.end("no"), m.end()))

    @cached_property
    def starts(self) -> list[int]:
        """Return where the hits begin."""
        return [hit.start for hit in self.hits]

    @cached_property
    def inner(self) -> list[Hit]:
        """Return the phrases inside longer ones, in order."""
        return sorted(self.found.inner, key=lambda hit: hit.start)

    def within(self, start: int, end: int) -> tuple[Hit, ...]:
        """Return the hits that begin in a stretch, in order."""
        return self.hits[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def before(self, start: int) -> tuple[Hit, ...]:
        """Return the last hits before a place, as many as may matter."""
        place = bisect_left(self.starts, start)
        return self.hits[max(0, place - REMEMBERED) : place]

    def inner_within(self, start: int, end: int) -> list[Hit]:
        """Return the phrases inside longer ones that begin in a stretch."""
        first = bisect_left(self.inner, start, key=lambda hit: hit.start)
        return self.inner[first : bisect_left(self.inner, end, key=lambda hit: hit.start)]

    @cached_property
    def names(self) -> dict[str, int]:
        """Return every concept of the text with the place of its last printing."""
        last: dict[str, int] = {}
        for hit in (*self.found.inner, *self.hits):
            for name in hit.names:
                last[name] = max(last.get(name, 0), hit.start)
        return last

    @property
    def links(self) -> frozenset[str]:
        """Return the words of grammar that may follow a number."""
        return self.lexicon.labels.links

    @property
    def may_print(self) -> bool:
        """Return whether the text has a denial, or a number that is no citation."""
        if self.denials:
            return True
        spans = sorted((start, end) for start, end, _ in self.cited)
        starts = [start for start, _end in spans]
        reach = list(accumulate((end for _start, end in spans), max, initial=0))
        return any(n.start >= reach[bisect_right(starts, n.start)] for n in self.numbers)


def _place(match: re.Match[str]) -> Hit:
    return Hit(match.start(), match.end(), PLACE, frozenset(), match[0])


class Analyst:
    """Analyses texts of one report; the same text is analysed once."""

    def __init__(self, lexicon: Lexicon, calendar: Calendar) -> None:
        self._lexicon = lexicon
        self._calendar = calendar
        self._known: dict[str, Analysis] = {}

    def of(self, text: str) -> Analysis:
        """Return the analysis of a text."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = Analysis(text, self._lexicon, self._calendar)
        return known
