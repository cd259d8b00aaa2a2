"""What stands in a sentence, in order: phrases, numbers, separators and brackets.

Belongs here: one list of events for a stretch of a line, phrases told apart that say what something is out of ("trên
tổng số hồ sơ …") or stand aside in a bracket without numbers.
Stays out: groups, sides and weights (`clauses`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from catalogue.groups import concepts_of
from catalogue.shapes import shape
from catalogue.wordlists import word_list
from parsers.figures.analysis import Analysis
from parsers.figures.mentions import Mention
from parsers.text.lexicon import Hit

_OUT_OF_ALL = re.compile(shape("out_of_all"))
"""What makes the number right behind it the whole of the number before: "28 nhiệm vụ đã xong trong tổng số 36"."""
(AND,) = word_list("and")
_SEPARATOR = re.compile(rf"[,;:()\[\]]|(?<!\d)/(?!\d)|(?<=\s)-(?=\s)|(?<!\w)(?:{AND})(?!\w)|[.!?](?=\s|$)")
(_AS_TO,) = word_list("as_to")
_OF = re.compile(_AS_TO)
"""What names the thing that the number before it is of, and so cuts nothing off."""
OPEN, CLOSE = "([", ")]"
_OUT_OF = re.compile(shape("out_of_before"))
_BRACKET = re.compile(r"[(\[][^()\[\]]*[)\]]")
_SAME_NOUN = re.compile(r"[\s\w]{0,12}")
TOTALS = concepts_of("lower_halves")
UPPER = concepts_of("upper_halves")
"""Concepts that name the upper half of a fraction and its noun in one: "96/100 phiếu đánh giá hài lòng"."""
PLANS = concepts_of("plan_halves")
"""Concepts that name the lower half of a fraction, wherever in it they stand."""


class Event(NamedTuple):
    """Something in a sentence: a phrase ("hit"), a separator ("sep") or a number ("mention")."""

    start: int
    end: int
    kind: str
    name: str
    hit: Hit | None


def events_of(line: Analysis, start: int, end: int, mentions: list[Mention]) -> list[Event]:
    """Return the events of a stretch of a line in order."""
    spans = [(h.start, h.end) for h in line.within(start, end)]
    spans += [(m.start, max(m.end, m.out_of.end if m.out_of else 0)) for m in mentions]
    covered = _Cover(spans)
    events = list(_hits(line, start, end))
    asides = _asides(line.levelled, start, end, mentions)
    events = [
        e._replace(kind="aside") if e.kind == "hit" and any(a < e.start < b for a, b in asides) else e for e in events
    ]
    events += [Event(m.start, m.end, "mention", "", None) for m in mentions]
    for match in _SEPARATOR.finditer(line.levelled, start, end):
        if not covered.holds(match.start()) and not _in_number(line.levelled, match.start()):
            events.append(Event(match.start(), match.end(), "sep", match[0], None))
    events += [
        Event(m.start(), m.end(), "sep", "out of", None) for m in _OUT_OF_ALL.finditer(line.levelled, start, end)
    ]
    events += [
        Event(a, b, "sep", mark, None)
        for a, b, mark in line.found.cuts[bisect_left(line.found.cuts, (start,)) : bisect_left(line.found.cuts, (end,))]
        if (mark == "each" or not covered.holds(a)) and not _OF.match(line.levelled, max(0, b - len(_AS_TO)))
    ]
    return sorted(events, key=_by_place)


def _by_place(event: Event) -> tuple[int, int]:
    return event.start, event.end


def _asides(text: str, start: int, end: int, mentions: list[Mention]) -> list[tuple[int, int]]:
    """Return the brackets that hold no number."""
    spans = [m.span() for m in _BRACKET.finditer(text, start, end)]
    return [(a, b) for a, b in spans if not any(a < m.start < b for m in mentions)]


def counted_out(line: Analysis) -> list[Hit]:
    """Return the phrases of a line less those that name what something is out of."""
    return [e.hit for e in _hits(line, 0, len(line.levelled)) if e.kind == "hit" and e.hit is not None]


def _hits(line: Analysis, start: int, end: int) -> Iterator[Event]:
    """Yield the phrases of a stretch; those that name what something is out of are "total" and no "hit"."""
    total_until = -1
    for hit in line.within(start, end):
        between = line.levelled[max(start, total_until) : hit.start] if total_until >= 0 else None
        opens = bool(hit.names & TOTALS) and _OUT_OF.search(line.levelled[max(start, hit.start - 22) : hit.start])
        goes_on = between is not None and _SAME_NOUN.fullmatch(between) is not None and hit.names & TOTALS
        total_until = hit.end if opens or goes_on else -1
        yield Event(hit.start, hit.end, "total" if total_until >= 0 else "hit", "", hit)


class _Cover:
    """Tells whether a place is inside one of some spans."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._places = {place for a, b in spans for place in range(a, b)}

    def holds(self, place: int) -> bool:
        return place in self._places


def _in_number(text: str, place: int) -> bool:
    """Return whether a mark stands between digits, as in a number that is no mention."""
    return 0 < place < len(text) - 1 and text[place - 1].isdigit() and text[place + 1].isdigit()


def holding(events: list[Event]) -> set[int]:
    """Return where the brackets open that close again and hold a number."""
    stack: list[tuple[int, bool]] = []
    holding = set()
    for event in events:
        if event.kind == "mention" and stack:
            stack[-1] = (stack[-1][0], True)
        elif event.kind == "sep" and event.name in OPEN:
            stack.append((event.start, False))
        elif event.kind == "sep" and event.name in CLOSE and stack:
            place, holds = stack.pop()
            if holds:
                holding.add(place)
                if stack:
                    stack[-1] = (stack[-1][0], True)
    return holding | {place for place, holds in stack if holds}
