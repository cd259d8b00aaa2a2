"""Which number of a sentence takes which figure.

Belongs here: gathering the candidates of the numbers of a bracket group, outer brackets first, having the best path
chosen, and what a whole sentence adds: a share lifted from the bracket behind it, parts dropped beside their whole.
Stays out: how a candidate is scored (`propose`, `money`, `dependent_numbers`), how a path is chosen
(`best_assignment`), and printings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from catalogue.groups import concepts_of
from catalogue.wordlists import either
from parsers.figures.afterwards import add_totals, add_twins, correct
from parsers.figures.analysis import PLACE
from parsers.figures.best_assignment import best_path
from parsers.figures.bracket_totals import Wholes, adds_up, closing_sum, of_a_kind
from parsers.figures.candidate import Candidate, Scope, View
from parsers.figures.choice import Choice, Sentence
from parsers.figures.clauses import Group, Seen, parted_before
from parsers.figures.dependent_numbers import TOTALS, Followers
from parsers.figures.lines import Line
from parsers.figures.mentions import Mention
from parsers.figures.money import Ledger
from parsers.figures.propose import WayBook
from parsers.text.lexicon import Hit

# Candidates kept for a number, and weights by hand on the marked reports (docs/reading.md).
KEPT = 5
LOOSE_SHARE = 0.72
CLEARLY_BETTER = 0.25
DENIED_WEIGHT = 0.97
PARENT_WEIGHT = 0.6
OVER_LIST = 0.9
"""What a phrase before a list keeps of its weight for the sum that closes the list."""

_PART_OF = re.compile(either("parts_of_choice", " "))
_NOBODY = re.compile(rf"\s*(?:{either('any_of_them', ' ')})\s+(?:{either('none_of')})\s*")
"""What a denial denies without naming it: the name stands before ("Kỷ luật: không có trường hợp nào")."""
_MARKS = frozenset({",", ";", ":", ".", "(", "[", ")", "]"})
_PARTS = concepts_of("list_items")
"""Concepts that name one item of a list and not what the list is of."""
_STILL_OPEN = concepts_of("still_open")
_CLOSED = frozenset({"resolved"})
"""Said inside what is still open ("đang giải quyết"), where it says nothing."""
_WITHIN = "within"
"""In time, of dossiers resolved or still open: what stands before says which."""
_STATES = concepts_of("states")
Listener = Callable[[Line, Group, Sequence[Sequence[Candidate]], Sequence[Candidate | None]], None]
"""Hears of a bracket group what each of its numbers may be and what was taken (`watching`)."""


class Assigner:
    """Chooses among the candidates of the numbers of a sentence."""

    def __init__(self, book: WayBook, ledger: Ledger, listener: Listener | None = None) -> None:
        self._book = book
        self._listener = listener
        self._ledger = ledger
        self._followers = Followers(book)
        self._wholes = Wholes(book.labels)
        self._shares = book.labels.shares

    def choose(
        self, sentence: Sentence, groups: list[Group], scope: Scope, earlier: list[Hit], previous: Choice | None = None
    ) -> list[Choice]:
        """Return the numbers of a sentence that are figures or named others, in order.

        `earlier` are the phrases of the block before the sentence, nearest first; `previous` its last choice.
        """
        chosen: dict[int, Choice] = {}
        line = sentence.line
        proven = self._wholes.topics(groups)
        scope = replace(scope, topics={**proven, **scope.topics}) if proven else scope
        for group in groups:
            if not group.mentions:
                continue
            views = [_view(group, i, line, scope) for i in range(len(group.mentions))]
            lists = [self._candidates(group, i, view, line, earlier) for i, view in enumerate(views)]
            self._add_followers(group, lists, views, chosen)
            self._drop_parts(group, lists, chosen)
            _drop_listed(group, lists)
            if previous is not None and group.outer is None:
                self._continue(previous, lists, views)
            path = best_path(group, lists)
            if self._listener is not None:
                self._listener(line, group, lists, path)
            for index, (mention, picked) in enumerate(zip(group.mentions, path, strict=True)):
                if picked is not None:
                    chosen[mention.start] = Choice(mention, picked, group, index, sentence)
        self._lift(groups, chosen)
        correct(groups, chosen)
        add_totals(groups, chosen, sentence)
        ordered = sorted(chosen.values(), key=lambda c: c.mention.start)
        return add_twins(_once(ordered, self._book.labels.sums, line.analysis.levelled), self._book.labels)

    def _candidates(self, group: Group, index: int, view: View, line: Line, earlier: list[Hit]) -> list[Candidate]:
        whole = [] if index in group.dealt else [*line.analysis.found.whole, *line.whole]
        found = self._book.candidates(view, whole)[:KEPT]
        if view.scope.silent(view.mention.start):
            return found
        return found + self._ledger.candidates(group, index, view, earlier, line)

    def _add_followers(
        self, group: Group, lists: list[list[Candidate]], views: list[View], chosen: dict[int, Choice]
    ) -> None:
        """Add to every number what it may be by the one before it."""
        parent = chosen.get(_start(group.parent))
        given = parent.candidate if parent is not None else None
        for index, view in enumerate(views):
            if index in group.dealt:
                continue
            before, link = self._followers.before(group, index, lists, given)
            if view.mention.unit != "count" and not self._ledger.names_role(view.mention, view.left, view.right):
                lists[index] += self._ledger.followers(group, index, before, parent, chosen.values())
            self._followers.add(lists[index], group, index, view, before, link)

    def _drop_parts(self, group: Group, lists: list[list[Candidate]], chosen: dict[int, Choice]) -> None:
        """Drop from numbers in brackets what the number is that the bracket hangs on: they are parts of it."""
        whole = _whole_of_bracket(group)
        parent = chosen.get(_start(whole))
        if parent is None or parent.figure in self._book.labels.sums:
            return
        figure, splits = parent.figure, whole is not None and adds_up(group, whole)
        for candidates in lists:
            candidates[:] = [
                o for o in candidates if o.figure != figure and not (splits and not of_a_kind(figure, o.figure))
            ]

    def _continue(self, previous: Choice, lists: list[list[Candidate]], views: list[View]) -> None:
        """Let a sentence that opens with a bare share ("Đến nay tỷ lệ đạt 100%") speak of the count before it."""
        share = self._shares.get(previous.figure) or self._ledger.share_of(previous.figure)
        first = views[0]
        says_share = any("share" in s.hit.names for s in first.left)
        if share is None or lists[0] or first.mention.unit != "percent" or not says_share:
            return
        allowed = self._book.objector.explaining(share) | TOTALS
        if all(self._book.objector.explained(s.hit, allowed, s.weight) for s in first.both):
            lists[0].append(
                Candidate(share, LOOSE_SHARE, "F", frozenset(), previous.candidate.label, rule="sentence before")
            )

    def _lift(self, groups: list[Group], chosen: dict[int, Choice]) -> None:
        """Give a percentage without a name of its own what the count in the bracket behind it is of."""
        for group in groups:
            parent, outer = group.parent, group.outer
            first = chosen.get(_start(group.mentions[0])) if group.mentions else None
            share = self._shares.get(first.figure) if first is not None else None
            if parent is None or outer is None or first is None or share is None:
                continue
            if (
                parent.unit != "percent"
                or parent.start in chosen
                or parent not in outer.mentions
                or parted_before(group)
            ):
                continue
            label = first.candidate.label
            lifted = Candidate(share, LOOSE_SHARE, "S", frozenset(), label, rule="share", settled=LOOSE_SHARE)
            chosen[parent.start] = replace(
                first, mention=parent, candidate=lifted, group=outer, index=outer.mentions.index(parent)
            )


def _view(group: Group, index: int, line: Line, scope: Scope) -> View:
    """Return what a number sees, inherited phrases last on the left, and the scope of what it is a part of."""
    left, right = group.left(index), group.right(index)
    listed = closing_sum(group, index)
    if listed is not None:
        over = [s for s in group.left(listed[0]) if not s.hit.names & _PARTS]
        left = [*left, *(s._replace(weight=s.weight * OVER_LIST, strict=False) for s in over)]
    denial = group.mentions[index].denial
    if denial is not None:
        last = denial.subject_end
        if _NOBODY.fullmatch(line.analysis.levelled, denial.subject_start, last):
            left = [s for s in left if s.strict]
        else:
            named = [s for s in left if s.hit.end > denial.subject_start and s.hit.start <= last]
            left = [*named, *(s for s in left if s.hit.names == PLACE)]
        right = _denied(group, index, range(denial.subject_start, last + 1))
    if index == 0 and group.outer is None:
        left = [*left, *line.seen]
    under = scope.under | _names_of_parent(group) | _whole_of(group, index)
    if under & _STILL_OPEN:
        under -= _CLOSED
    return View(group.mentions[index], left, right, replace(scope, under=under) if under != scope.under else scope)


def _denied(group: Group, index: int, inside: range) -> list[Seen]:
    """Return the phrases of what a denial denies, read through its commas and on to the next mark."""
    found = []
    for event in group.gaps[index + 1]:
        if event.kind == "sep" and event.name in _MARKS and event.start >= inside.stop - 1:
            break
        if event.hit is not None and event.hit.start >= inside.start:
            found.append(Seen(event.hit, DENIED_WEIGHT, True))
    return found


def _drop_listed(group: Group, lists: list[list[Candidate]]) -> None:
    """Drop from listed numbers what the sum that closes their list may be."""
    for index, candidates in enumerate(lists):
        listed = closing_sum(group, index)
        figures = {o.figure for o in candidates}
        for place in listed or ():
            lists[place][:] = [o for o in lists[place] if o.figure not in figures]


def _whole_of_bracket(group: Group) -> Mention | None:
    """Return the number before a bracket, or the one behind that its numbers add up to ("Lượt (xã 3, tỉnh 5): 8")."""
    if group.outer is None:
        return None
    place = group.opened[0]
    behind = group.outer.mentions[place] if place < len(group.outer.mentions) else None
    return behind if behind is not None and adds_up(group, behind) else group.parent


def _names_of_parent(group: Group) -> frozenset[str]:
    """Return the concepts beside the number before a bracket."""
    if group.outer is None or group.parent not in group.outer.mentions:
        return frozenset()
    place = group.outer.mentions.index(group.parent)
    seen = (*group.outer.left(place), *group.outer.right(place))
    return frozenset(name for s in seen if s.weight >= PARENT_WEIGHT for name in s.hit.names)


def _whole_of(group: Group, index: int) -> frozenset[str]:
    """Return what is said of the dossiers that a number is a part of, up to a semicolon that opens no parts."""
    opens_parts = within = False
    for event in group.trail(index):
        if event.kind == "sep" and event.name == "part":
            opens_parts = True
        elif event.kind == "sep" and event.name in (";", "."):
            if not opens_parts:
                break
            opens_parts = False
        elif event.hit is not None and _WITHIN in event.hit.names:
            within = True
        elif event.hit is not None and event.hit.names & _STATES:
            return frozenset({"pending"}) if event.hit.names & _STILL_OPEN else event.hit.names
    return frozenset({"pending"}) if within else frozenset()


def _once(choices: list[Choice], sums: frozenset[str], text: str) -> list[Choice]:
    """Return the choices of a sentence; of one figure with two values only the surer one, the first of equals.

    What follows "trong đó" is a part of what stands before, so the first is kept there however sure the second is.
    """
    best: dict[str, Choice] = {}
    kept: list[Choice] = []
    for choice in choices:
        held = best.get(choice.figure)
        differs = held is not None and held.mention.value != choice.mention.value
        if held is not None and differs and _PART_OF.search(text, held.mention.end, choice.mention.start):
            continue
        kept.append(choice)
        if held is None or choice.candidate.settled > held.candidate.settled + CLEARLY_BETTER:
            best[choice.figure] = choice
    return [c for c in kept if _may_stay(c, best[c.figure], sums)]


def _may_stay(choice: Choice, best: Choice, sums: frozenset[str]) -> bool:
    if choice.figure in sums or not choice.candidate.printed:
        return True
    return choice.mention.value == best.mention.value


def _start(mention: Mention | None) -> int:
    return mention.start if mention is not None else -1
