"""What each number of a report might have been to the grammar: the candidates it weighed, and which one it took.

Belongs here: reading a document once more with somebody listening. Stays out: scores (`propose`), objections
(`conflicts`), the choice (`best_assignment`), words for people (`parsers.judge.trace`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from parsers.document import Document, Place
from parsers.figures.candidate import Candidate
from parsers.figures.clauses import Group
from parsers.figures.engine import Engine
from parsers.figures.lines import Line
from parsers.text.lexicon import lexicon


@dataclass(frozen=True)
class Weighed:
    """One figure, or named other thing, that a number may be.

    `score` (0–1) is what the phrases `label` give it; `against` are the phrases it does not explain, each with what it
    leaves of the score; a phrase that a neighbouring number claims takes nothing off in the end. `taken` says
    that the choice fell on it.
    """

    figure: str
    score: float
    label: str
    rule: str
    against: tuple[tuple[str, float], ...]
    taken: bool


@dataclass
class Weighings:
    """The candidates of every number, by place; numbers without any are missing."""

    by_place: dict[Place, tuple[Weighed, ...]] = field(default_factory=dict)

    def at(self, place: Place) -> tuple[Weighed, ...]:
        """Return what the number at a place might have been, likeliest first, empty where nothing names it."""
        return next((w for p, w in self.by_place.items() if _overlap(p, place)), ())

    def hear(
        self, line: Line, group: Group, lists: Sequence[Sequence[Candidate]], taken: Sequence[Candidate | None]
    ) -> None:
        """Keep the candidates of the numbers of one bracket group; what a number was first weighed as stands."""
        for mention, candidates, pick in zip(group.mentions, lists, taken, strict=True):
            place = Place(line.block, mention.start, mention.end, line.row, line.column)
            ordered = sorted(candidates, key=lambda o: -o.score)
            place_taken = ordered.index(replace(pick, settled=0.0, rival=0.0)) if pick is not None else -1
            found = tuple(_weighed(line, candidate, i == place_taken) for i, candidate in enumerate(ordered))
            if found:
                self.by_place.setdefault(place, found)


def weighings(document: Document, round_label: str | None) -> Weighings:
    """Return what the grammar weighs for every number of a document."""
    found = Weighings()
    Engine(lexicon(), found.hear).read(document, round_label)
    return found


def _weighed(line: Line, candidate: Candidate, taken: bool) -> Weighed:
    against = tuple((_phrase(line, o.place), o.keeps) for o in candidate.objections)
    return Weighed(candidate.figure, candidate.score, candidate.label, candidate.rule, against, taken)


def _phrase(line: Line, place: int) -> str:
    """Return the phrase that begins at a place."""
    hit = next((h for h in line.analysis.within(place, place + 1) if h.start == place), None)
    return hit.text if hit is not None else ""


def _overlap(a: Place, b: Place) -> bool:
    return (a.block, a.row, a.column) == (b.block, b.row, b.column) and a.start < b.end and b.start < a.end
