"""The structure of one sentence around its numbers: brackets, clauses, and what stands left and right of each number.

Belongs here: cutting a sentence into bracket groups and the gaps between numbers, and weighing every phrase by how near
it stands and what parts it from the number.
Stays out: what the phrases mean (`propose`, `money`) and which number takes which phrase (`choose`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from parsers.figures.analysis import Analysis
from parsers.figures.events import AND, CLOSE, OPEN, PLANS, TOTALS, UPPER, Event, events_of, holding
from parsers.figures.mentions import Mention
from parsers.text.lexicon import Hit

CROSSING = {
    ",": 0.8,
    ";": 0.25,
    ":": 1.0,
    "-": 0.8,
    AND: 0.85,
    "cut": 0.92,
    "part": 0.92,
    "each": 0.92,
    "/": 0.8,
    "out of": 0.25,
    ".": 0.25,
    "pause": 0.95,
}
"""What a phrase keeps of its weight when the mark stands between it and the number."""

# What distance and brackets take from a phrase, by hand on the marked reports (docs/reading.md).
PER_CHARACTER = 0.004
FARTHEST = 0.45
INTO_BRACKET = 0.8
PAUSED = 0.75
ASIDE = 0.4
TAKEN_BEFORE = 0.6


class Seen(NamedTuple):
    """A phrase as seen from a number: its weight, whether no separator parts the two, and whether a colon does."""

    hit: Hit
    weight: float
    strict: bool
    distance: int = 0
    led: bool = False


@dataclass
class Group:
    """The numbers of one bracket level, in order; `gaps[i]` is what stands before number i, the last what follows.

    `before` is what stands before the opening bracket, nearest last, as seen from there, `lent` what names the
    percentage that it hangs on; `parent` is the number before it. `dealt` gives the names of numbers that are dealt
    out ("trước hạn, đúng hạn lần lượt là 5 và 3"). `bracketed` says how much of the last gap stands before a bracket
    with numbers: "trước hạn (80%), đúng hạn (20%)" names each bracket anew.
    """

    mentions: list[Mention] = field(default_factory=list)
    gaps: list[list[Event]] = field(default_factory=lambda: [[]])
    before: list[Seen] = field(default_factory=list)
    lent: list[Seen] = field(default_factory=list)
    parent: Mention | None = None
    outer: Group | None = None
    dealt: dict[int, list[Seen]] = field(default_factory=dict)
    opened: tuple[int, int] = (0, 0)
    bracketed: int = 0
    _seen_left: dict[int, list[Seen]] = field(default_factory=dict, repr=False)

    def left(self, index: int) -> list[Seen]:
        """Return the phrases before a number, back to the number before it, nearest first."""
        if index in self.dealt:
            return self.dealt[index]
        if index not in self._seen_left:
            self._seen_left[index] = self._left(index)
        return self._seen_left[index]

    def _left(self, index: int) -> list[Seen]:
        at = self.mentions[index].start
        gap = self.gaps[index]
        if self.mentions[index].out_of is not None:
            gap = _before_slash(gap)
        elif self.mentions[index].unit == "count":
            gap = _naming_totals(gap)
        seen, reached = _backwards(gap, at)
        if index > 0:
            return _less_what_was_taken(seen, gap)
        lent = self.lent if self.mentions[index].unit == "count" else []
        return seen + [Seen(s.hit, s.weight * reached, False, s.distance + 20) for s in self.before] + lent

    def right(self, index: int) -> list[Seen]:
        """Return the phrases behind a number, up to the first separator or number."""
        if index in self.dealt:
            return []
        mention, gap = self.mentions[index], self.gaps[index + 1]
        last = index + 1 == len(self.mentions)
        seen, kept = [], 1.0
        for place, event in enumerate(gap):
            if event.kind in ("hit", "aside") and event.hit is not None:
                if mention.out_of is not None and event.hit.names & (TOTALS | PLANS) and not event.hit.names & UPPER:
                    continue
                distance = event.start - mention.after
                weight = _near(distance) * kept * (ASIDE if event.kind == "aside" else 1.0)
                seen.append(Seen(event.hit, weight, kept == 1.0 and event.kind == "hit", distance))
            elif event.name in ("pause", "-", "/") or (event.name == AND and (last or _stops_later(gap, place))):
                kept *= PAUSED
            elif event.kind == "sep":
                break
        return seen

    def totals(self, index: int) -> list[Seen]:
        """Return the phrases beside a number that say what it is out of ("trên tổng số hồ sơ đã giải quyết")."""
        near = [*self.gaps[index + 1], *reversed(self.gaps[index])]
        fraction = self.mentions[index].out_of is not None
        if fraction:
            below = self.gaps[index][len(_before_slash(self.gaps[index])) :]
            near = [*(e._replace(kind="total") for e in below if e.hit is not None), *near]
        return [
            Seen(e.hit, 1.0, True)
            for e in near
            if e.hit is not None and (e.kind == "total" or (fraction and e.hit.names & TOTALS))
        ]

    def trail(self, index: int) -> Iterator[Event]:
        """Yield all phrases and separators before a number, nearest first, closed brackets left out."""
        for gap in range(index, -1, -1):
            yield from reversed(self.gaps[gap])
        if self.outer is not None:
            gap, length = self.opened
            yield from reversed(self.outer.gaps[gap][:length])
            yield from self.outer.trail(gap - 1) if gap else ()


def groups_of(line: Analysis, start: int, end: int, mentions: list[Mention]) -> list[Group]:
    """Return the bracket groups of a sentence, outer ones first; brackets without numbers are read through."""
    events = events_of(line, start, end, mentions)
    held = holding(events)
    by_start = {m.start: m for m in mentions}
    root = current = Group()
    found = [root]
    stack: list[Group | None] = []
    for event in events:
        if event.name in OPEN and event.kind == "sep":
            stack.append(current if event.start in held else None)
            if event.start in held:
                current = _open(current, event.start)
                found.append(current)
        elif event.name in CLOSE and event.kind == "sep":
            outer = stack.pop() if stack else None
            current = outer or current
        elif event.kind == "mention":
            current.mentions.append(by_start[event.start])
            current.bracketed = 0
            current.gaps.append([])
        else:
            current.gaps[-1].append(event)
    return found


def _open(outer: Group, at: int) -> Group:
    """Return the group of a bracket that opens at a place, with what stands before it."""
    gap = outer.gaps[-1]
    since = gap[outer.bracketed :]
    seen, _ = _backwards(since if any(e.hit is not None for e in since) else gap, at)
    outer.bracketed = len(gap)
    if not outer.mentions:
        seen = [*seen, *outer.before]
    elif not _parted(outer.gaps[-1]) and outer.mentions[-1].unit == "count":
        seen = []
    else:
        seen = [s for s in seen if s.strict]
    before = [Seen(s.hit, s.weight * INTO_BRACKET, False, s.distance) for s in seen]
    parent = outer.mentions[-1] if outer.mentions else outer.parent
    opened = (len(outer.gaps) - 1, len(outer.gaps[-1]))
    return Group(before=before, lent=_lent(outer), parent=parent, outer=outer, opened=opened)


def _lent(outer: Group) -> list[Seen]:
    """Return the phrases that name a percentage right before a bracket ("chưa giải quyết chiếm 3,6% (22 hồ sơ)")."""
    if not outer.mentions or outer.mentions[-1].unit != "percent" or any(e.hit is not None for e in outer.gaps[-1]):
        return []
    named = [s for s in outer.left(len(outer.mentions) - 1) if s.strict]
    return [s._replace(weight=s.weight * INTO_BRACKET, strict=False, distance=s.distance + 20) for s in named]


def parted_before(group: Group) -> bool:
    """Return whether a mark stands between a bracket and the number before it."""
    if group.outer is None:
        return False
    gap, length = group.opened
    return _parted(group.outer.gaps[gap][:length])


def _before_slash(gap: list[Event]) -> list[Event]:
    """Return the part of a gap that names the upper half of a fraction: "hiện có" of "hiện có/được giao: 20/21"."""
    place = max((i for i, e in enumerate(gap) if e.kind == "sep" and e.name == "/"), default=-1)
    return gap if place < 0 else gap[:place]


def _naming_totals(gap: list[Event]) -> list[Event]:
    """Return a gap in which a total at its very end names the number behind it ("trên số tiếp nhận mới 1.182 HS")."""
    place = len(gap)
    while place and gap[place - 1].hit is not None:
        place -= 1
    return [*gap[:place], *(e._replace(kind="hit") if e.kind == "total" else e for e in gap[place:])]


def _stops_later(gap: list[Event], place: int) -> bool:
    """Return whether a mark stands behind a place of a gap, so that "và" before it joins nouns and not numbers."""
    return any(e.kind == "sep" and e.name in (",", ";", ":", ".") for e in gap[place + 1 :])


def _parted(gap: list[Event]) -> bool:
    """Return whether a mark stands in a gap, so that its end no longer belongs to the number before it."""
    return any(e.kind == "sep" and e.name not in ("pause", "-", "/") for e in gap)


def _near(characters: int) -> float:
    return max(FARTHEST, 1.0 - PER_CHARACTER * max(0, characters - 2))


def _backwards(gap: list[Event], at: int) -> tuple[list[Seen], float]:
    """Return the phrases of a gap seen from its end, nearest first, and what is left of the weight at its start."""
    seen, kept, strict, led = [], 1.0, True, False
    for event in reversed(gap):
        if event.kind in ("hit", "aside") and event.hit is not None:
            aside = event.kind == "aside"
            weight = _near(at - event.end) * kept * (ASIDE if aside else 1.0)
            seen.append(Seen(event.hit, weight, strict and not aside, at - event.end, led))
        elif event.kind == "sep":
            led = led or event.name == ":"
            kept *= CROSSING.get(event.name, 1.0)
            strict = strict and event.name in (":", "cut", "part", "each", "pause")
    return seen, kept


def _less_what_was_taken(seen: list[Seen], gap: list[Event]) -> list[Seen]:
    """Return what a number sees to its left, less for what stands right behind the number before it."""
    marks = [e.start for e in gap if e.kind == "sep" and e.name not in ("pause", "-", "/")]
    shares = [e.start for e in gap if e.hit is not None and "share" in e.hit.names]
    first = min(marks[:1] + shares[-1:], default=None)
    if first is None:
        return seen
    return [s._replace(weight=s.weight * TAKEN_BEFORE, strict=False) if s.hit.start < first else s for s in seen]
