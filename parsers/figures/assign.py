"""Which number of a sentence takes which figure.

Belongs here: choosing for all numbers of a bracket group at once, so that no phrase names two numbers and an order once
taken (label before or behind) is kept, and letting percentages and counts follow one another.
Stays out: how an option is scored (`ways`, `money`), printings and their confidence (`printings`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from parsers.figures.clauses import Group, Seen, parted_before
from parsers.figures.lexicon import Hit
from parsers.figures.mentions import Mention
from parsers.figures.money import Ledger
from parsers.figures.options import Objection, Option, Scope
from parsers.figures.outline import Line
from parsers.figures.path import FOLLOWS, PARTS, best_path
from parsers.figures.ways import WayBook

_PART_OF = re.compile(r"trong đó|bao gồm|gồm|chia ra|cụ thể|riêng|trong số")
PART, LOOSE_SHARE = 0.75, 0.72
_OWN_PERIOD = frozenset({"p_this", "p_year"})
_STILL_OPEN = frozenset({"pending", "in_time"})
_STATES = _STILL_OPEN | {"resolved", "received", "early", "on_time", "early_or_on_time"}
_PLACES = frozenset({"village", "field", "person_part", "session"})
_TOTALS = frozenset(
    {
        "received",
        "received_new",
        "resolved",
        "dossier",
        "survey",
        "task",
        "online",
        "outgoing",
        "to_digitise",
        "digitise",
    }
)
KEPT = 5
SHARE_LINKED, SHARE_LISTED, SHARE_FAR = 0.95, 0.85, 0.6
BOUND, CLEARLY_BETTER = 0.1, 0.25
TOTAL_BEHIND = 0.7


@dataclass(frozen=True)
class Choice:
    """A number and the figure it was given, with the score, and that of the best other figure it might have been."""

    mention: Mention
    option: Option
    score: float
    rival: float
    group: Group
    index: int


class Assigner:
    """Chooses among the options of the numbers of a sentence."""

    def __init__(self, book: WayBook, ledger: Ledger) -> None:
        self._book = book
        self._ledger = ledger
        self._shares = book.labels.shares
        self._counts: dict[str, list[str]] = {}
        for count, share in self._shares.items():
            self._counts.setdefault(share, []).append(count)

    def choose(
        self, groups: list[Group], line: Line, scope: Scope, earlier: list[Hit], previous: Choice | None = None
    ) -> list[Choice]:
        """Return the numbers of a sentence that are figures or named others, outer brackets first."""
        chosen: dict[int, Choice] = {}
        for group in groups:
            if not group.mentions:
                continue
            sides = [self._sides(group, i, line) for i in range(len(group.mentions))]
            lists = [
                self._options(group, i, *sides[i], line, self._under(group, i, scope, chosen), earlier, chosen)
                for i in range(len(group.mentions))
            ]
            self._add_shares(group, lists, sides, chosen)
            self._drop_parts(group, lists, chosen)
            if previous is not None and group.outer is None:
                self._continue(previous, group, lists, sides)
            for index, picked in enumerate(best_path(group, lists)):
                if picked is not None:
                    option, score, rival = picked
                    mention = group.mentions[index]
                    chosen[mention.start] = Choice(mention, option, score, rival, group, index)
        self._lift(groups, chosen)
        return _once(sorted(chosen.values(), key=_place), self._book.labels.sums, line.analysis.levelled)

    def _lift(self, groups: list[Group], chosen: dict[int, Choice]) -> None:
        """Give a percentage without a name of its own what the count in the bracket behind it is of."""
        for group in groups:
            parent = group.parent
            if group.outer is None or parent is None or parent.start in chosen or parent.unit != "percent":
                continue
            first = chosen.get(_start(group.mentions[0])) if group.mentions else None
            share = self._shares.get(first.option.figure) if first is not None else None
            if first is None or share is None or parted_before(group) or parent not in group.outer.mentions:
                continue
            option = Option(share, LOOSE_SHARE, "S", frozenset(), first.option.label, rule="share")
            chosen[parent.start] = Choice(
                parent, option, LOOSE_SHARE, 0.0, group.outer, group.outer.mentions.index(parent)
            )

    def _continue(
        self,
        previous: Choice,
        group: Group,
        lists: list[list[Option]],
        sides: list[tuple[list[Seen], list[Seen]]],
    ) -> None:
        """Let a sentence that opens with a bare share ("Đến nay tỷ lệ đạt 100%") speak of the count before it."""
        share = self._shares.get(previous.option.figure)
        left, right = sides[0]
        says_share = any("share" in s.hit.names for s in left)
        if share is None or lists[0] or group.mentions[0].unit != "percent" or not says_share:
            return
        if all(self._book.explained(s.hit, self._book.explaining(share) | _TOTALS, s.weight) for s in (*left, *right)):
            lists[0].append(Option(share, LOOSE_SHARE, "F", frozenset(), previous.option.label, rule="sentence before"))

    def _drop_parts(self, group: Group, lists: list[list[Option]], chosen: dict[int, Choice]) -> None:
        """Drop from numbers in brackets what the number before the bracket is: they are parts of it."""
        parent = chosen.get(_start(group.parent)) if group.outer is not None else None
        if parent is None:
            return
        figure = parent.option.figure
        for options in lists:
            options[:] = [o for o in options if o.figure != figure or o.figure in self._book.labels.sums]

    @staticmethod
    def _sides(group: Group, index: int, line: Line) -> tuple[list[Seen], list[Seen]]:
        """Return what a number sees to its left, inherited phrases last, and to its right."""
        left, right = group.left(index), group.right(index)
        mention = group.mentions[index]
        if mention.denial is not None:
            inside = range(mention.denial.subject_start, mention.denial.subject_end + 1)
            left = [s for s in left if s.hit.end > mention.denial.subject_start and s.hit.start in range(inside.stop)]
            right = _denied(group, index, inside)
        first = index == 0 and group.outer is None
        return ([*left, *line.seen] if first else left), right

    def _options(
        self,
        group: Group,
        index: int,
        left: list[Seen],
        right: list[Seen],
        line: Line,
        scope: Scope,
        earlier: list[Hit],
        chosen: dict[int, Choice],
    ) -> list[Option]:
        mention = group.mentions[index]
        whole = [*line.analysis.found.whole, *line.whole]
        found = self._book.options(mention, left, right, whole, scope)[:KEPT]
        found += self._ledger.options(group, index, left, right, earlier, line.chain)
        return found

    @staticmethod
    def _under(group: Group, index: int, scope: Scope, chosen: dict[int, Choice]) -> Scope:
        """Return the scope with the concepts of the number that this one is a part of."""
        parent = group.parent if index == 0 or group.outer is not None else None
        names: set[str] = set(scope.under)
        if parent is not None and group.outer is not None:
            place = group.outer.mentions.index(parent) if parent in group.outer.mentions else -1
            if place >= 0:
                for seen in (*group.outer.left(place), *group.outer.right(place)):
                    names |= seen.hit.names if seen.weight >= 0.6 else set()
        return replace(scope, under=frozenset(names) | _whole_of(group, index))

    def _add_shares(
        self,
        group: Group,
        lists: list[list[Option]],
        sides: list[tuple[list[Seen], list[Seen]]],
        chosen: dict[int, Choice],
    ) -> None:
        """Add to percentages what the count before them is, and to counts what the percentage before them is of."""
        for index, mention in enumerate(group.mentions):
            before, link = self._before(group, index, lists, chosen)
            if mention.unit != "count":
                parent = chosen.get(_start(group.parent))
                if not self._ledger.names_role(mention, *sides[index]):
                    lists[index] += self._ledger.followers(group, index, before, parent, chosen.values())
            for option in before:
                for figure in self._companions(option, mention):
                    lists[index].append(self._follower(figure, option, link, sides[index]))
                if mention.unit == "percent" and link >= SHARE_LISTED:
                    _doubt_totals(lists[index], self._book)
                part = self._part(group, index, option)
                if part is not None:
                    lists[index].append(part)

    def _part(self, group: Group, index: int, before: Option) -> Option | None:
        """Return a number as a further part of a summed figure, or as the figure that follows the one before it."""
        mention = group.mentions[index]
        labels = self._book.labels
        if index == 0 or mention.denial is not None:
            return None
        if before.figure in labels.sums and self._book.unit_of(before.figure) == mention.unit == "vnd":
            others = [s for s in group.left(index) if not self._book.explained(s.hit, _PLACES, s.weight)]
            if not others and _parted_by(group, index, ",;"):
                return Option(
                    before.figure, PART, "S", frozenset(), before.label, rule=PARTS, base=before.figure, repeats=True
                )
        following = labels.follows.get(before.figure)
        if following is not None and self._book.counts(following, mention) and self._bare(group, index, following):
            return Option(following, PART + 0.1, "S", frozenset(), before.label, rule="share", base=before.figure)
        return None

    def _bare(self, group: Group, index: int, figure: str) -> bool:
        """Tell whether nothing stands before a count but what its figure explains."""
        allowed = self._book.explaining(figure)
        left = group.left(index)
        return group.mentions[index].unit == "count" and all(self._book.explained(s.hit, allowed, 1.0) for s in left)

    def _before(
        self, group: Group, index: int, lists: list[list[Option]], chosen: dict[int, Choice]
    ) -> tuple[list[Option], float]:
        """Return what the number before may be, and how closely this one is tied to it."""
        if index > 0:
            return [o for o in lists[index - 1] if o.rule != FOLLOWS or self._book.unit_of(o.figure) == "vnd"], _link(
                group, index
            )
        if group.parent is not None and group.parent.start in chosen and not parted_before(group):
            choice = chosen[group.parent.start]
            return [replace(choice.option, score=choice.score)], SHARE_LINKED
        return [], 0.0

    def _companions(self, option: Option, mention: Mention) -> list[str]:
        if mention.denial is not None:
            return []
        if mention.unit == "percent":
            share = self._shares.get(option.figure)
            return [share] if share else []
        if mention.unit == "vnd":
            amount = self._book.labels.amounts.get(option.figure)
            return [amount] if amount else []
        if mention.counts_other:
            return []
        counts = self._counts.get(option.figure, ())
        return [c for c in counts if self._book.unit_of(c) == mention.unit and self._book.may_count(c, mention)]

    def _follower(self, figure: str, before: Option, link: float, sides: tuple[list[Seen], list[Seen]]) -> Option:
        left, right = sides
        allowed = self._book.explaining(figure) | self._book.explaining(before.figure) | _TOTALS | _OWN_PERIOD
        objections = tuple(
            Objection(s.hit.start, 1.0 - 0.85 * s.weight)
            for s in (*left, *right)
            if s.strict and not self._book.explained(s.hit, allowed, s.weight)
        )
        score = min(link, before.score + BOUND)
        return Option(
            figure,
            score,
            "S",
            frozenset(),
            before.label,
            objections,
            not figure.startswith("other:"),
            "share",
            before.figure,
        )


def _doubt_totals(options: list[Option], book: WayBook) -> None:
    """Lessen what stands right behind a percentage that follows its count: there it names the total."""
    for option in options:
        if option.side == "R" and option.objections == () and book.names_total(option.figure):
            option.objections = (Objection(-2, TOTAL_BEHIND),)


def _place(choice: Choice) -> int:
    return choice.mention.start


def _once(choices: list[Choice], sums: frozenset[str], text: str) -> list[Choice]:
    """Return the choices of a sentence; of one figure with two values only the surer one, the first of equals.

    What follows "trong đó" is a part of what stands before, so the first is kept there however sure the second is.
    """
    best: dict[str, Choice] = {}
    parts: set[int] = set()
    for choice in choices:
        held = best.get(choice.option.figure)
        differs = held is not None and held.mention.value != choice.mention.value
        if held is not None and differs and _PART_OF.search(text, held.mention.end, choice.mention.start):
            parts.add(choice.mention.start)
            continue
        if held is None or choice.score > held.score + CLEARLY_BETTER:
            best[choice.option.figure] = choice
    kept = [c for c in choices if c.mention.start not in parts]
    return [
        c for c in kept
        if c.option.figure in sums or not c.option.printed or c.mention.value == best[c.option.figure].mention.value
    ]  # fmt: skip


def _start(mention: Mention | None) -> int:
    return mention.start if mention is not None else -1


def _whole_of(group: Group, index: int) -> frozenset[str]:
    """Return what is said of the dossiers that a number is a part of, up to a semicolon that opens no parts."""
    opens_parts = False
    for event in group.trail(index):
        if event.kind == "sep" and event.name == "part":
            opens_parts = True
        elif event.kind == "sep" and event.name in (";", "."):
            if not opens_parts:
                break
            opens_parts = False
        elif event.hit is not None and event.hit.names & _STATES:
            return frozenset({"pending"}) if event.hit.names & _STILL_OPEN else event.hit.names
    return frozenset()


def _parted_by(group: Group, index: int, marks: str) -> bool:
    return any(e.kind == "sep" and (e.name in marks or e.name == "và") for e in group.gaps[index])


def _denied(group: Group, index: int, inside: range) -> list[Seen]:
    """Return the phrases of what a denial denies, read through its commas."""
    return [Seen(e.hit, 0.97, True) for e in group.gaps[index + 1] if e.hit is not None and e.hit.start in inside]


def _link(group: Group, index: int) -> float:
    """Return how closely a number is tied to the one before it."""
    gap = group.gaps[index]
    marks = {e.name for e in gap if e.kind == "sep"}
    shared = any(e.hit is not None and "share" in e.hit.names for e in gap) or marks & {"-", "cut"}
    if marks & {";", "."} or group.mentions[index].start - group.mentions[index - 1].after > 60:
        return SHARE_FAR * 0.7
    if shared:
        return SHARE_LINKED
    return SHARE_LISTED if marks <= {",", ":"} else SHARE_FAR
