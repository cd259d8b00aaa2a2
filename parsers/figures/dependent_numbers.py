"""Numbers that have their figure from the number before them.

Belongs here: the percentage behind a count, the count behind a percentage, the sum behind a count of payments, the
further parts of a figure that is printed in parts.
Stays out: numbers that a phrase names (`propose`), sums that follow percentages (`money`).
"""

from __future__ import annotations

from dataclasses import replace

from catalogue.groups import concepts_of
from parsers.figures.best_assignment import FOLLOWS, PARTS
from parsers.figures.candidate import Candidate, Objection, View
from parsers.figures.clauses import Group, parted_before
from parsers.figures.events import AND
from parsers.figures.mentions import Mention
from parsers.figures.propose import WayBook

# Weights by hand on the marked reports (docs/reading.md); FARTHEST in characters.
LINKED, LISTED, LOOSE = 0.95, 0.85, 0.6
FARTHEST, FAR = 60, 0.7
BOUND = 0.1
PART, MEMBERS = 0.75, 0.85
TOTAL_BEHIND = 0.7

TOTALS = concepts_of("share_totals")
"""Concepts of what a share is of, which may stand behind a percentage."""
_OWN_PERIODS = concepts_of("own_periods")
_PLACES = concepts_of("places_of_parts")


class Followers:
    """Finds what a number may be by the one before it."""

    def __init__(self, book: WayBook) -> None:
        self._book = book
        self._counts: dict[str, list[str]] = {}
        for count, share in book.labels.shares.items():
            self._counts.setdefault(share, []).append(count)

    def before(
        self, group: Group, index: int, lists: list[list[Candidate]], parent: Candidate | None
    ) -> tuple[list[Candidate], float]:
        """Return what the number before may be, and how closely this one is tied to it.

        `parent` is what the number before the bracket was taken for.
        """
        if _is_behind_whole(group, index):
            return [o for o in lists[index - 2] if o.rule != FOLLOWS], LISTED
        if index > 0:
            usable = [o for o in lists[index - 1] if o.rule != FOLLOWS or self._book.unit_of(o.figure) == "vnd"]
            return usable, _link(group, index)
        if parent is not None and not parted_before(group):
            return [replace(parent, score=parent.settled)], LINKED
        return [], 0.0

    def add(
        self, candidates: list[Candidate], group: Group, index: int, view: View, before: list[Candidate], link: float
    ) -> None:
        """Add to the candidates of a number what it may be by the number before it."""
        for candidate in before:
            companions = self._companions(candidate, view.mention)
            in_bracket = index == 0 and view.mention.out_of is not None
            if view.mention.unit == "vnd" and (index > 0 or in_bracket) and link >= LINKED:
                companions += [c for c in self._counts.get(candidate.figure, ()) if self._book.unit_of(c) == "vnd"]
            base = None if _is_behind_whole(group, index) else candidate.figure
            candidates += [self._follower(figure, candidate, link, view, base) for figure in companions]
            if view.mention.unit == "percent" and link >= LISTED:
                _doubt_totals(candidates, self._book.labels.totals_behind)
            part = self._part(group, index, candidate)
            if part is not None:
                candidates.append(part)

    def _companions(self, candidate: Candidate, mention: Mention) -> list[str]:
        """Return the figures that go with another's figure and fit a number's unit and noun."""
        labels = self._book.labels
        if mention.denial is not None or mention.counts_other:
            return []
        if mention.unit != "count":
            goes_with = labels.shares if mention.unit == "percent" else labels.amounts
            return [goes_with[candidate.figure]] if candidate.figure in goes_with else []
        counts = self._counts.get(candidate.figure, ())
        return [c for c in counts if self._book.unit_of(c) == "count" and self._book.may_count(c, mention)]

    def _follower(self, figure: str, before: Candidate, link: float, view: View, base: str | None) -> Candidate:
        objector = self._book.objector
        allowed = objector.explaining(figure) | objector.explaining(before.figure) | TOTALS | _OWN_PERIODS
        objections = objector.to_follower(view.both, allowed)
        printed = not figure.startswith("other:")
        score = min(link, before.score + BOUND)
        return Candidate(figure, score, "S", frozenset(), before.label, objections, printed, FOLLOWS, base)

    def _part(self, group: Group, index: int, before: Candidate) -> Candidate | None:
        """Return a number as a further part of a summed figure, or as the figure that follows the one before it."""
        mention, labels = group.mentions[index], self._book.labels
        if index == 0 or mention.denial is not None:
            return None
        figure = before.figure
        summed = figure in labels.sums and self._book.unit_of(figure) == mention.unit == "vnd"
        if summed and self._sees_only(group, index, _PLACES) and _is_listed(group, index):
            return Candidate(figure, PART, "S", frozenset(), before.label, rule=PARTS, base=figure, repeats=True)
        next_one = labels.follows.get(figure)
        if next_one is None or mention.unit != "count" or not self._book.counts(next_one, mention):
            return None
        if not self._sees_only(group, index, self._book.objector.explaining(next_one)):
            return None
        return Candidate(next_one, MEMBERS, "S", frozenset(), before.label, rule=FOLLOWS, base=figure)

    def _sees_only(self, group: Group, index: int, allowed: frozenset[str]) -> bool:
        """Return whether nothing stands before a number but what is allowed."""
        return all(self._book.objector.explained(s.hit, allowed, s.weight) for s in group.left(index))


def _doubt_totals(candidates: list[Candidate], shares: frozenset[str]) -> None:
    """Lessen what stands right behind a percentage that follows its count: there it names the total."""
    for place, candidate in enumerate(candidates):
        if candidate.side == "R" and candidate.objections == () and candidate.figure in shares:
            candidates[place] = replace(candidate, objections=(Objection(-2, TOTAL_BEHIND),))


def _is_behind_whole(group: Group, index: int) -> bool:
    """Return whether the number before is what the one before that is out of ("28 trong tổng số 36, đạt 78%")."""
    return index > 1 and any(e.name == "out of" for e in group.gaps[index - 1])


def _is_listed(group: Group, index: int) -> bool:
    return any(e.kind == "sep" and e.name in (",", ";", AND) for e in group.gaps[index])


def _link(group: Group, index: int) -> float:
    """Return how closely a number is tied to the one before it."""
    gap = group.gaps[index]
    marks = {e.name for e in gap if e.kind == "sep"}
    shared = any(e.hit is not None and "share" in e.hit.names for e in gap) or marks & {"-", "cut"}
    if marks & {";", "."} or group.mentions[index].start - group.mentions[index - 1].after > FARTHEST:
        return LOOSE * FAR
    if shared:
        return LINKED
    return LISTED if marks <= {",", ":"} else LOOSE
