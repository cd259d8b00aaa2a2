"""What makes the naming of a number doubtful, seen from its own sentence.

Belongs here: the doubts that a choice may carry, each found by one rule in the words and numbers around it.
Stays out: what other printed figures say for or against a value (`printed_arithmetic`), and the confidence made of both
(`confidence`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum

from catalogue.figures import figure_definitions
from catalogue.groups import concepts_of
from catalogue.labels import Labels
from catalogue.wordlists import either
from parsers.figures.choice import Choice
from parsers.figures.clauses import Group, Seen
from parsers.figures.events import AND
from parsers.figures.mentions import Mention

FAR = 48
"""Characters between a number and the phrase that names it from which on the two are no direct pair."""
# A weight by hand (docs/reading.md), and characters before a number in which a comparison is said.
NEAR_ENOUGH = 0.5
COMPARING = 14

_LISTING = frozenset({",", AND, "/"})
_OTHER_PERIODS = concepts_of("other_periods")
_NO_PERIODS = concepts_of("no_period_doubt")
_DECOYS = concepts_of("decoys")
_COMPARES = re.compile(
    rf"(?<!\w)(?:(?:{either('so_compares')})(?!\s+(?:{either('comparison_opens')})\s*:)"
    rf"|{either('compares_change', ' ')})(?!\w)"
)


_CLAUSE_END = re.compile(r"[,;:()\[\]]|[.!?](?=\s|$)")
_CARRIED = re.compile(rf"\s*(?:\S+\s+)?(?:{either('carried_behind', ' ')})(?!\w)")
_PARTS_FIRST = re.compile(rf"[\s\-+•*]*(?:{either('parts_first', ' ')})(?!\w)")
_PARTS = concepts_of("parts_anywhere")


class Doubt(StrEnum):
    """One reason not to trust a naming; those of `STUBBORN` no sum of parts can take away."""

    COMPETING = "another figure is named beside the number"
    LISTED = "several categories are named before one number"
    PERIOD = "the sentence speaks of another period before the number"
    PART = "the sentence speaks of one field or place before the number"
    DISTANT = "the naming phrase stands far from the number"
    INHERITED = "no phrase of the sentence names it"
    UNEXPLAINED = "numbers beside it have no explanation"


STUBBORN = frozenset({Doubt.COMPETING, Doubt.LISTED, Doubt.PERIOD, Doubt.PART})


class Doubter:
    """Finds the doubts of choices, by the concepts of a set of labels."""

    def __init__(self, source: Labels) -> None:
        self._bases = {code: d.basis for code, d in figure_definitions().items()}
        self._part_of = {code: d.group for code, d in figure_definitions().items()}
        self._names: dict[str, set[tuple[str, str, frozenset[str]]]] = defaultdict(set)
        self._allowed: dict[str, frozenset[str]] = defaultdict(frozenset)
        self._cores: dict[str, frozenset[str]] = defaultdict(frozenset)
        self._topics: dict[str, frozenset[str]] = defaultdict(frozenset)
        self._money = frozenset(source.money)
        self._totals = source.totals
        for way in source.ways:
            core = frozenset[str]().union(*way.all)
            self._allowed[way.figure] |= way.allowed | way.left
            self._cores[way.figure] |= core
            self._topics[way.figure] |= way.topic
            for name in core - source.quiet:
                self._names[name].add((way.figure, way.unit, way.nouns))

    def doubts(self, choice: Choice, sentence: Iterable[Choice]) -> frozenset[Doubt]:
        """Return the doubts of a choice; `sentence` are all choices of its sentence, its own among them."""
        around = list(sentence)
        checks = {
            Doubt.COMPETING: not choice.sentence.line.table
            and (self._competes(choice, around) or self._joined(choice, around)),
            Doubt.LISTED: not choice.sentence.line.table and self._lists(choice),
            Doubt.PERIOD: self._other_period(choice),
            Doubt.PART: not choice.sentence.line.table
            and (self._of_a_part(choice) or self._among_its_parts(choice, around)),
            Doubt.DISTANT: _is_far(choice),
            Doubt.INHERITED: choice.candidate.rule == "sentence before"
            or (not choice.sentence.line.table and self._borrows(choice)),
            Doubt.UNEXPLAINED: not choice.sentence.line.table
            and _leaves_unexplained(choice.group, choice.index, around),
        }
        return frozenset(doubt for doubt, holds in checks.items() if holds)

    def _competes(self, choice: Choice, around: list[Choice]) -> bool:
        """Return whether a phrase near the number names another figure and no other number takes it."""
        figure, mention = choice.figure, choice.mention
        if figure in self._money or choice.candidate.rule == "share":
            return False
        ok = self._allowed[figure] | self._cores[figure]
        taken = {place for f in around for place in f.candidate.claims}
        begin, end = mention.after, _clause_end(choice)
        inside = {p for f in around if begin <= f.mention.start < end for p in f.candidate.claims}
        beside = [s for s in _beside(choice.group, choice.index) if s.hit.start not in taken]
        behind = [Seen(h, 1.0, True) for h in choice.sentence.line.analysis.within(begin, end) if h.start not in inside]
        unclaimed = [
            s
            for s in (*beside, *behind)
            if s.hit.start not in choice.candidate.claims and not mention.start <= s.hit.start < mention.end
        ]
        return any(s.weight >= NEAR_ENOUGH and not s.hit.names & ok and self._rivals(s, mention) for s in unclaimed)

    def _joined(self, choice: Choice, around: list[Choice]) -> bool:
        """Return whether a number is one of two counted together ("3 cán bộ và 5 công chức đi bồi dưỡng")."""
        group, index, mention = choice.group, choice.index, choice.mention
        marks = [e.name for e in group.gaps[index] if e.kind == "sep"]
        if index == 0 or choice.candidate.side != "R" or marks != [AND]:
            return False
        before = group.mentions[index - 1]
        own = self._part_of.get(choice.figure)
        given = {self._part_of.get(f.figure) for f in around if f.mention is before}
        return bool(before.nouns & mention.nouns) and own not in given

    def _of_a_part(self, choice: Choice) -> bool:
        """Return whether a field of dossiers, a village or another level is named before a number of all dossiers."""
        if not self._topics[choice.figure] & {"dossier", "onestop"}:
            return False
        before = choice.sentence.line.analysis.within(choice.sentence.start, choice.mention.start)
        return any(hit.names & _PARTS for hit in before)

    def _among_its_parts(self, choice: Choice, around: list[Choice]) -> bool:
        """Return whether a sentence that opens with "Trong đó" names a total beside a part of it: both may be parts."""
        if not _PARTS_FIRST.match(choice.sentence.line.analysis.levelled, choice.sentence.start):
            return False
        figure = choice.figure
        return any(figure in self._totals.get(f.figure, ()) for f in around)

    def _borrows(self, choice: Choice) -> bool:
        """Return whether a phrase that several figures share is told apart only by a topic named elsewhere."""
        figure, mention = choice.figure, choice.mention
        if choice.candidate.rule != "label" or not self._topics[figure]:
            return False
        seen = [*choice.group.left(choice.index), *choice.group.right(choice.index)]
        named = {n for s in seen if s.hit.start in choice.candidate.claims for n in s.hit.names & self._cores[figure]}
        if any(s.hit.names & self._topics[figure] - named for s in seen) or mention.nouns & {"dossier", "task"}:
            return False
        return bool(named) and all(len(self._sharing(name, mention)) > 1 for name in named)

    def _sharing(self, name: str, mention: Mention) -> set[str]:
        """Return the figures of a number's unit and noun that a concept helps to name."""
        return {
            f
            for f, u, n in self._names[name]
            if u == mention.unit and (not mention.nouns or not n or n & mention.nouns)
        }

    def _rivals(self, seen: Seen, mention: Mention) -> bool:
        """Return whether a phrase names a figure of the number's unit and noun."""
        uses = [use for name in seen.hit.names for use in self._names.get(name, ())]
        return any(u == mention.unit and (not mention.nouns or not n or n & mention.nouns) for _, u, n in uses)

    def _lists(self, choice: Choice) -> bool:
        """Return whether the words before a number list its category with another ("cán bộ và không chuyên trách")."""
        group, index, figure = choice.group, choice.index, choice.figure
        if index in group.dealt or choice.candidate.side not in ("L", "B") or figure in self._money:
            return False
        claimed = [e for e in group.gaps[index] if e.hit is not None and e.start in choice.candidate.claims]
        if not claimed:
            return False
        first, last = claimed[0].start, claimed[-1].end
        listed = False
        before = [e for e in group.gaps[index] if e.end <= first]
        if index > 0:
            before = before[next((i for i, e in enumerate(before) if e.kind == "sep"), len(before)) :]
        for event in reversed(before):
            if event.kind == "sep" and event.name not in _LISTING:
                return False
            listed = listed or event.kind == "sep"
            if listed and event.hit is not None and self._others(event.hit.names, figure, choice.mention):
                return True
        after = [e for e in group.gaps[index] if e.start >= last]
        return any(e.kind == "sep" and e.name in _LISTING for e in after) and any(
            e.hit is not None and self._others(e.hit.names, figure, choice.mention) for e in after
        )

    def _others(self, names: frozenset[str], figure: str, mention: Mention) -> bool:
        """Return whether concepts name a figure of the number's unit other than its own."""
        return (
            bool(names)
            and not names & self._cores[figure]
            and any(f != figure and u == mention.unit for name in names for f, u, _ in self._names.get(name, ()))
        )

    def _other_period(self, choice: Choice) -> bool:
        """Return whether the last period named before a number is none of its figure's."""
        if self._bases.get(choice.figure) != "period":
            return False
        text = choice.sentence.line.analysis.levelled
        for hit in reversed(choice.sentence.line.analysis.within(choice.sentence.start, choice.mention.start)):
            if "p_this" in hit.names:
                return False
            speaks = hit.names & _OTHER_PERIODS and not hit.names & _NO_PERIODS
            if (
                speaks
                and hit.start not in choice.candidate.claims
                and not _set_aside(text, hit.end, choice.mention.start)
            ):
                return not _COMPARES.search(text, max(0, hit.start - COMPARING), hit.end)
        return False


def _beside(group: Group, index: int) -> list[Seen]:
    """Return the phrases beside a number with no mark between, and those that its clause holds."""
    return [*(s for s in group.left(index) if s.hit.start >= 0), *(s for s in group.right(index) if s.strict)]


def _set_aside(text: str, start: int, end: int) -> bool:
    """Return whether a period is closed in a bracket before a place, or says whence dossiers were carried over."""
    between = text[start:end]
    return between.count(")") > between.count("(") or _CARRIED.match(between) is not None


def _clause_end(choice: Choice) -> int:
    """Return where the clause of a count ends: at the first mark, numbers read over; a share has its own end only."""
    mention = choice.mention
    if mention.unit != "count":
        return mention.after
    mark = _CLAUSE_END.search(choice.sentence.line.analysis.levelled, mention.after, choice.sentence.end)
    return mark.start() if mark else choice.sentence.end


def _is_far(choice: Choice) -> bool:
    """Return whether the nearest phrase that a choice claims stands far off in the text."""
    seen = [s for s in (*choice.group.left(choice.index), *choice.group.right(choice.index)) if s.hit.start >= 0]
    claimed = [s.distance for s in seen if s.hit.start in choice.candidate.claims]
    return bool(claimed) and min(claimed) > FAR


def _leaves_unexplained(group: Group, index: int, around: list[Choice]) -> bool:
    """Return whether a number next to this one, or two of its group, are of its unit and have no explanation."""
    known = {f.mention.start for f in around}
    unit = group.mentions[index].unit
    open_ones = [i for i, m in enumerate(group.mentions) if m.start not in known and m.unit == unit]
    bare = [i for i in open_ones if not _explained_away(group, i)]
    return len(bare) > 1 or any(abs(i - index) == 1 for i in bare)


def _explained_away(group: Group, index: int) -> bool:
    """Return whether a number without a figure is told to be another thing, period or change."""
    mention = group.mentions[index]
    if mention.counts_other or mention.denial is not None:
        return True
    return any(s.hit.names & _DECOYS for s in _beside(group, index))
