"""What a number may be, as values: a candidate, the objections to it, and what the number inherits.

Belongs here: the plain values that pass between proposing (`propose`, `money`, `dependent_numbers`) and choosing
(`choose`, `best_assignment`).
Stays out: scores and choices.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from parsers.figures.clauses import Seen
from parsers.figures.mentions import Mention


class Objection(NamedTuple):
    """A phrase that a candidate does not explain, and what it leaves of the score."""

    place: int
    keeps: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """One figure that a number may be, or other thing with a name (`printed` is False then).

    `score` (0–1) is what its phrases give it, `side` where they stand: left (L), right (R), both (B), in the number
    before (S) or in the surroundings (F). `claims` are the places of the phrases it takes to itself, `label` their
    words, `rule` the step that proposed it, `base` the figure that the number before must be for it. One that `repeats`
    may be several numbers of a group, parts of a sum. A candidate that was taken has its score after objections in
    `settled`, and in `rival` that of the best other figure the number might have been.
    """

    figure: str
    score: float
    side: str
    claims: frozenset[int]
    label: str
    objections: tuple[Objection, ...] = ()
    printed: bool = True
    rule: str = "label"
    base: str | None = None
    repeats: bool = False
    settled: float = 0.0
    rival: float = 0.0


@dataclass(frozen=True)
class Scope:
    """What a number inherits: concepts of the sentence and the block before it, of lists, tables and headings.

    `sentence` holds all concepts of the sentence with their first place, `named` those that no longer phrase holds.

    Between the places `elsewhere` the sentence speaks of the town or the province; `section` is the group of figures
    that the headings name, empty where they name none.
    `past` says that it opens with another period than the report's own ("Lũy kế 9 tháng, …").
    """

    sentence: dict[str, int]
    named: dict[str, int]
    block: frozenset[str]
    topics: dict[str, float]
    under: frozenset[str]
    months: bool = False
    elsewhere: tuple[int, int] | None = None
    section: str = ""
    headed: bool = False
    past: bool = False

    def weight(self, wanted: frozenset[str], at: int) -> float:
        """Return how surely one of the wanted concepts is given at a place: 1 in the sentence, less farther off."""
        best = 0.0
        for name in wanted:
            place = self.sentence.get(name)
            if place is not None:
                best = max(best, 1.0 if place <= at else 0.9)
            if name in self.block:
                best = max(best, 0.95)
            best = max(best, self.topics.get(name, 0.0))
        return best

    def silent(self, at: int) -> bool:
        """Return whether the sentence speaks of another level at a place."""
        return self.elsewhere is not None and self.elsewhere[0] < at < self.elsewhere[1]

    def near(self, wanted: frozenset[str], at: int) -> bool:
        """Return whether one of the wanted concepts stands before a place, in sentence, block or table head."""
        return any(
            self.sentence.get(n, at + 1) <= at or n in self.block or self.topics.get(n, 0) >= 0.93 for n in wanted
        )


@dataclass(frozen=True)
class View:
    """A number with what it sees: phrases to its left, nearest first, and to its right, and what it inherits."""

    mention: Mention
    left: list[Seen]
    right: list[Seen]
    scope: Scope

    @property
    def both(self) -> list[Seen]:
        """Return the phrases of both sides."""
        return [*self.left, *self.right]
