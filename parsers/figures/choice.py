"""A number with the candidate that was taken for it, as a value: what choosing hands on to printing.

Belongs here: the choice with where it stands, and the sentence as a place.
Stays out: how it is chosen (`choose`, `afterwards`, `earlier_sentences`), what the report makes of it (`results`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from parsers.document import Place
from parsers.figures.candidate import Candidate
from parsers.figures.clauses import Group
from parsers.figures.lines import Line
from parsers.figures.mentions import Mention


@dataclass(frozen=True)
class Sentence:
    """A sentence of a paragraph, or a whole cell: its line and the characters that it takes up there."""

    line: Line
    start: int
    end: int

    def place(self, start: int, end: int) -> Place:
        """Return a stretch of the line as a place of the document."""
        return Place(self.line.block, start, end, self.line.row, self.line.column)


@dataclass(frozen=True)
class Choice:
    """A number and the candidate that was taken for it: number `index` of a bracket group of a sentence.

    `source` is the choice that this one was derived from: the upper half of a fraction for what stands below it, or the
    same number before the report's arithmetic named it otherwise. None for what a sentence itself says.
    """

    mention: Mention
    candidate: Candidate
    group: Group
    index: int
    sentence: Sentence
    source: Choice | None = None

    @property
    def figure(self) -> str:
        """Return the figure, or named other thing, that the number is."""
        return self.candidate.figure

    @property
    def origin(self) -> Choice:
        """Return what the sentence itself says, from which this was derived."""
        return self.source or self

    @property
    def place(self) -> Place:
        """Return where the number is printed."""
        return self.sentence.place(self.mention.start, self.mention.end)

    def derived(self, figure: str, score: float, rule: str, mention: Mention | None = None) -> Choice:
        """Return this choice with another figure, score and rule, of its own number or of another beside it."""
        candidate = replace(self.candidate, figure=figure, settled=score, rule=rule)
        return replace(self, candidate=candidate, mention=mention or self.mention, source=self.origin)
