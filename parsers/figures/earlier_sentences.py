"""What the sentence before says of a sentence that only continues it.

Belongs here: "Trong đó có 9 hồ sơ trễ hạn" behind a number of one field, and "Riêng phường, số tương ứng là 1.236 và
1.214" behind a sentence on the whole town.
Stays out: what a sentence says by itself (`choose`), a correction of the sentence before (`engine`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from catalogue.groups import concepts_of
from catalogue.shapes import shape
from parsers.figures.analysis import Analysis
from parsers.figures.candidate import Candidate
from parsers.figures.choice import Choice, Sentence
from parsers.figures.clauses import Group
from parsers.figures.mentions import Mention

AS_BEFORE = 0.85
"""What a name keeps that stands in the sentence before: enough to be read, too little to be relied on."""
_CONTINUES = re.compile(shape("continues"))
_OWN_LEVEL = re.compile(shape("own_level"))
_NARROWING = concepts_of("narrowing")
"""Concepts that make what stands by them a part, or another period's."""
_NO_NAME = concepts_of("no_name")


def continues(analysis: Analysis, start: int) -> bool:
    """Return whether a sentence opens with what it is a part of ("Trong đó …")."""
    return _CONTINUES.match(analysis.levelled, start) is not None


def narrows(groups: list[Group], choices: Iterable[Choice]) -> bool:
    """Return whether a sentence counts a part only, so that what continues it is no figure either."""
    counts = [(g, i) for g in groups for i in range(len(g.mentions)) if g.mentions[i].unit == "count"]
    if not counts or any(c.candidate.printed for c in choices):
        return False
    group, index = max(counts, key=lambda place: place[0].mentions[place[1]].start)
    near = (*group.left(index), *group.right(index))
    return any(s.hit.names & _NARROWING for s in near) or _opens_narrowly(group, index)


def _opens_narrowly(group: Group, index: int) -> bool:
    """Return whether a part or another period is named anywhere before a number in its sentence."""
    return any(e.hit is not None and e.hit.names & _NARROWING for e in group.trail(index))


def without_other_levels(analysis: Analysis, start: int, end: int) -> str | None:
    """Return the text with the words for another level in a sentence blanked, None where it names none."""
    hits = [h for h in analysis.within(start, end) if "scope_other" in h.names]
    text = analysis.text
    for hit in hits:
        text = text[: hit.start] + " " * (hit.end - hit.start) + text[hit.end :]
    return text if hits else None


def says_the_same_of_ward(analysis: Analysis, start: int, groups: list[Group]) -> bool:
    """Return whether a sentence sets the ward's own numbers beside those of the sentence before, naming none anew."""
    mentions = [m for group in groups for m in group.mentions]
    first = min((m.start for m in mentions), default=start)
    if not _OWN_LEVEL.search(analysis.levelled, start, first):
        return False
    hits = analysis.within(start, max((m.after for m in mentions), default=start))
    return all(h.names & _NO_NAME for h in hits)


def as_before(groups: list[Group], before: list[Choice], sentence: Sentence) -> list[Choice]:
    """Return the numbers of a sentence as what the numbers of the sentence before are, one by one.

    Where they do not come out even, in number or in unit, nothing is read.
    """
    places = sorted(((g, i) for g in groups for i in range(len(g.mentions))), key=lambda p: p[0].mentions[p[1]].start)
    printed = [c for c in before if c.candidate.printed]
    if len(places) != len(printed) or not all(
        _alike(g.mentions[i], c.mention) for (g, i), c in zip(places, printed, strict=True)
    ):
        return []
    return [
        Choice(g.mentions[i], _again(choice.candidate), g, i, sentence)
        for (g, i), choice in zip(places, printed, strict=True)
    ]


def _again(one: Candidate) -> Candidate:
    """Return what a number of the sentence before was taken for, as it is said of one of this sentence."""
    rule = "sentence before"
    return Candidate(one.figure, AS_BEFORE, "S", frozenset(), one.label, rule=rule, settled=AS_BEFORE)


def _alike(mention: Mention, before: Mention) -> bool:
    """Return whether two numbers count the same."""
    nouns = not mention.nouns or not before.nouns or bool(mention.nouns & before.nouns)
    return mention.unit == before.unit and not mention.counts_other and nouns
