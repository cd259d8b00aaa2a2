"""What each number of a report might have been to the grammar: the options it weighed, and which one it took.

Belongs here: reading a document once more with somebody listening. Stays out: scores (`candidates`), objections
(`conflicts`), the choice (`best_assignment`), words for people (`parsers.judge.trace`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from parsers.document import Document, Place
from parsers.figures.clauses import Group
from parsers.figures.engine import Engine
from parsers.figures.lines import Line
from parsers.figures.options import Option
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
    """The options of every number, by place; numbers without any are missing."""

    by_place: dict[Place, tuple[Weighed, ...]] = field(default_factory=dict)

    def at(self, place: Place) -> tuple[Weighed, ...]:
        """Return what the number at a place might have been, likeliest first, empty where nothing names it."""
        return next((w for p, w in self.by_place.items() if _overlap(p, place)), ())

    def hear(self, line: Line, group: Group, lists: Sequence[Sequence[Option]], taken: Sequence[Option | None]) -> None:
        """Keep the options of the numbers of one bracket group; what a number was first weighed as stands."""
        for mention, options, pick in zip(group.mentions, lists, taken, strict=True):
            place = Place(line.block, mention.start, mention.end, line.row, line.column)
            ordered = sorted(options, key=lambda o: -o.score)
            found = tuple(_weighed(line, option, option is pick) for option in ordered)
            if found:
                self.by_place.setdefault(place, found)


def weighings(document: Document, round_label: str | None) -> Weighings:
    """Return what the grammar weighs for every number of a document."""
    found = Weighings()
    Engine(lexicon(), found.hear).read(document, round_label)
    return found


def _weighed(line: Line, option: Option, taken: bool) -> Weighed:
    against = tuple((_phrase(line, o.place), o.keeps) for o in option.objections)
    return Weighed(option.figure, option.score, option.label, option.rule, against, taken)


def _phrase(line: Line, place: int) -> str:
    """Return the phrase that begins at a place."""
    hit = next((h for h in line.analysis.within(place, place + 1) if h.start == place), None)
    return hit.text if hit is not None else ""


def _overlap(a: Place, b: Place) -> bool:
    return (a.block, a.row, a.column) == (b.block, b.row, b.column) and a.start < b.end and b.start < a.end
