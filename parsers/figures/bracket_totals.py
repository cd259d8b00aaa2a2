"""Totals that a bracket behind them splits up: "24 cán bộ, công chức (11 cán bộ, 13 công chức)".

Belongs here: what a bracket tells of the number it hangs on when its own numbers add up to that number.
Stays out: the names that numbers are given (`propose`), sums over a whole report (`printed_arithmetic`).

Where the parts of a known total stand in a bracket, each beside its own number, and add up to the number before it, the
sentence speaks of that total, whatever its heading says. Where numbers are listed and their sum closes the list ("Địa
chính 11 hồ sơ, Văn hóa 03 hồ sơ, cộng 14 hồ sơ"), the sum alone is what the list is about.
"""

from __future__ import annotations

from catalogue.figures import figure_definitions
from catalogue.labels import Labels
from catalogue.relations import relations
from parsers.figures.clauses import Group
from parsers.figures.mentions import Mention

# A weight by hand on the marked reports (docs/reading.md): the parts add up to the total.
PROVEN = 0.95


class Wholes:
    """Knows the parts of totals by the concepts that name them."""

    def __init__(self, source: Labels) -> None:
        cores = {way.figure: frozenset[str]().union(*way.all) for way in reversed(source.ways)}
        topics = {way.figure: way.topic for way in reversed(source.ways)}
        self._sums = [
            ([cores[part] for part in parts], topics[total].union(*(topics[part] for part in parts)))
            for total, parts, _further in relations().splits
        ]

    def topics(self, groups: list[Group]) -> dict[str, float]:
        """Return the topics that the brackets of a sentence prove, with their weight."""
        proven = [group for group in groups if group.parent is not None and adds_up(group, group.parent)]
        return {
            topic: PROVEN
            for group in proven
            for parts, topics in self._sums
            if len(parts) == len(group.mentions) and _names_each(group, parts)
            for topic in topics
        }


def adds_up(group: Group, whole: Mention) -> bool:
    """Return whether the counts of a bracket, two at least, add up to a number outside of it."""
    counts = group.mentions
    return (
        len(counts) > 1
        and all(m.unit == whole.unit == "count" for m in counts)
        and sum(m.value for m in counts) == whole.value
    )


def closing_sum(group: Group, index: int) -> range | None:
    """Return the places of the numbers that a number says it is the sum of, None where it says and gives no sum."""
    mention, gap = group.mentions[index], group.gaps[index]
    if mention.unit == "percent" or not any(e.hit is not None and "total" in e.hit.names for e in gap):
        return None
    total = mention.value
    for first in range(index - 1, -1, -1):
        if group.mentions[first].unit != mention.unit:
            return None
        total -= group.mentions[first].value
        if total <= 0:
            return range(first, index) if total == 0 and index - first > 1 else None
    return None


def of_a_kind(total: str, figure: str) -> bool:
    """Return whether a total and a count belong to one part of the catalogue; dossiers and their services are one."""
    definitions = figure_definitions()
    groups = {definitions[code].group for code in (total, figure) if code in definitions}
    return len(groups) < 2 or groups == {"procedures", "egovernment"}


def _names_each(group: Group, parts: list[frozenset[str]]) -> bool:
    """Return whether every part is named beside one number of a group, in whatever order."""
    named = [{name for s in (*group.left(i), *group.right(i)) for name in s.hit.names} for i in range(len(parts))]
    return all(any(core & names for names in named) for core in parts) and all(
        any(core & names for core in parts) for names in named
    )
