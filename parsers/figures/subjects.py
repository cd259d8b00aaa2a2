"""Whose money a sum of public finance is: revenue of the state, revenue or expenditure of the ward.

Belongs here: the nearest subject before a number, in its sentence, the block before it, or the headings above.
Stays out: what the number is to its subject (`roles`), and the figure that both make (`money`).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from catalogue.groups import concepts_of
from catalogue.wordlists import word_list
from parsers.figures.analysis import Analysis
from parsers.figures.candidate import View
from parsers.figures.clauses import Group
from parsers.text.lexicon import Hit

SUBJECTS = concepts_of("money_subjects")
LOOSE = concepts_of("loose_subjects")
_OTHERS = concepts_of("no_money_subjects")
_COMMUNE = frozenset(word_list("own_commune"))
# By hand on the marked reports (docs/reading.md); PART_REACH in characters, the others weights.
PART_REACH = 30
CLOSE = 0.5
"""The least weight of a phrase that stands by a number."""
# Weights, by hand as well: less, the farther off the subject is said.
IN_GAP, IN_SENTENCE, IN_BLOCK, IN_CHAIN = 1.0, 0.97, 0.95, 0.92


@dataclass(frozen=True)
class Subject:
    """The subject of a sum, how surely it is given, and the place of its phrase in the line (−1 where inherited)."""

    name: str
    weight: float
    place: int = -1
    text: str = ""


def subject_of(
    group: Group, index: int, view: View, earlier: list[Hit], context: tuple[Analysis, ...]
) -> Subject | None:
    """Return the nearest subject before a number; a nearer other thing (a tax, wages, a project) leaves none."""
    on_right = [s.hit for s in view.right if s.strict]
    in_gap = {s.hit.start for s in view.left if s.weight >= CLOSE} | {hit.start for hit in on_right}
    prefix = [s.hit for s in view.left]
    trail = [e.hit for e in group.trail(index) if e.hit is not None]
    stages: list[tuple[list[Hit], float]] = [
        (trail, IN_SENTENCE), ([h for h in prefix if h not in trail], IN_SENTENCE),
        (on_right, IN_SENTENCE), (earlier, IN_BLOCK),
    ]  # fmt: skip
    stages += [(list(reversed(analysis.hits)), IN_CHAIN) for analysis in context]
    following = list(chain.from_iterable(hits for hits, _ in stages))
    passed = 0
    for hits, weight in stages:
        for hit in hits:
            passed += 1
            name = _named(hit, following[passed:])
            if name == "":
                return None
            if name:
                near = weight == IN_SENTENCE and hit.start in in_gap
                return Subject(name, IN_GAP if near else weight, hit.start if near else -1, hit.text)
    return None


def _named(hit: Hit, beyond: list[Hit]) -> str | None:
    """Return the subject a phrase names, "" where it names another thing, None where it says nothing of it."""
    subject = next((n for n in SUBJECTS if n in hit.names), None)
    if subject:
        return subject
    budget_of = "budget" in hit.names and next((w for w in ("thu", "chi") if w in hit.text.split()), None)
    if budget_of == "thu" and _COMMUNE & set(hit.text.split()) and not of_council(hit):
        return "revenue_of_ward"
    if hit.names & LOOSE and beyond and beyond[0].names & {"finance_part"} and beyond[0].end <= hit.start:
        return "" if hit.start - beyond[0].end < PART_REACH else None
    if hit.names & LOOSE or budget_of:
        if "expenditure" in hit.names or budget_of == "chi":
            return "expenditure_of_ward"
        return next(
            (owner for owner in map(_owner, beyond) if owner),
            "revenue_of_ward" if "ward_budget" in hit.names else None,
        )
    return "" if hit.names & _OTHERS and "budget" not in hit.names else None


def _owner(hit: Hit) -> str | None:
    """Return whose revenue "thu" is, by a phrase farther off."""
    if "revenue_of_state" in hit.names:
        return "revenue_of_state"
    ward = hit.names & {"revenue_of_ward", "ward_budget", "expenditure_of_ward"}
    return "revenue_of_ward" if ward or set(hit.text.split()) & _ward_words(hit) else None


def _ward_words(hit: Hit) -> frozenset[str]:
    return _COMMUNE if "budget" in hit.names and not of_council(hit) else frozenset()


def of_council(hit: Hit) -> bool:
    """Return whether a phrase names the council."""
    return any(word in hit.text for word in word_list("council"))
