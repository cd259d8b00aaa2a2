"""Names dealt out to numbers: "trước hạn, đúng hạn, quá hạn lần lượt là 540, 85 và 02 hồ sơ".

Belongs here: pairing the list before such a word with the numbers behind it, one by one, and the percentages that are
dealt out after them.
Stays out: all other order of names and numbers (`clauses`, `best_assignment`).

Where list and numbers do not come out even, the numbers are given no name at all: a wrong pair is worse than none.
"""

from __future__ import annotations

import re

from catalogue.groups import concepts_of
from parsers.figures.analysis import Analysis
from parsers.figures.clauses import Group, Seen
from parsers.figures.events import AND, Event
from parsers.text.lexicon import Hit

# A weight by hand (docs/reading.md): the order of names and numbers is as good as a name beside it.
_WEIGHT = 0.93
_LISTING = frozenset({",", AND, "/", "pause"})
_JOINED = re.compile(f",| {AND} ")
_ENDING = frozenset({";", ".", ":"})


def deal_out(group: Group, line: Analysis) -> None:
    """Give the numbers of a group that are dealt out their names, by the lists before them."""
    names: list[list[Hit]] = []
    index = 0
    while index < len(group.mentions):
        gap = group.gaps[index]
        places = [i for i, e in enumerate(gap) if e.name == "each"]
        if not places:
            index += 1
            continue
        run = _run(group, index)
        found = _listed(gap[: places[-1]], line, len(run)) or names
        if len(run) > 1:
            names = found if len(found) == len(run) else []
            for place, number in enumerate(run):
                group.dealt[number] = [Seen(h, _WEIGHT, True) for h in reversed(names[place])] if names else []
        index += max(1, len(run))


def _run(group: Group, first: int) -> list[int]:
    """Return the numbers that stand in one list of numbers from the first on."""
    run = [first]
    for index in range(first + 1, len(group.mentions)):
        marks = {e.name for e in group.gaps[index] if e.kind == "sep"}
        words = [e for e in group.gaps[index] if e.hit is not None]
        if group.mentions[index].unit != group.mentions[first].unit or not marks or marks - _LISTING or len(words) > 1:
            break
        run.append(index)
    return run


def _listed(events: list[Event], line: Analysis, wanted: int) -> list[list[Hit]]:
    """Return the phrases of every item of the list before a dealing word, the last items first filled; [] for none."""
    items = _items(events, {})
    if len(items) != wanted:
        items = _items(events, {h.start: h for h in line.hits if _JOINED.search(h.text)}, line)
    if len(items) > wanted:
        items = items[-wanted:]
    return items if len(items) == wanted else []


def _items(events: list[Event], joined: dict[int, Hit], line: Analysis | None = None) -> list[list[Hit]]:
    """Return the phrases of a list by item; a joined phrase ("cán bộ, công chức") is taken apart."""
    items: list[list[Hit]] = [[]]
    for event in events:
        if event.kind == "sep" and event.name in _ENDING:
            items = [[]]
        elif event.kind == "sep" and event.name in _LISTING and event.name != "pause":
            items.append([])
        elif event.hit is not None and event.hit.start in joined and line is not None:
            inner = [h for h in line.found.inner if event.hit.start <= h.start and h.end <= event.hit.end]
            apart = _apart(inner)
            items[-1].extend(apart[:1])
            items.extend([h] for h in apart[1:])
        elif event.hit is not None:
            items[-1].append(event.hit)
    quiet = concepts_of("quiet_items")
    return [item for item in items if any(not h.names <= quiet for h in item)]


def _apart(inner: list[Hit]) -> list[Hit]:
    """Return the longest phrases that stand side by side inside a joined one."""
    found: list[Hit] = []
    single = [h for h in inner if not _JOINED.search(h.text)]
    for hit in sorted(single or inner, key=lambda h: (h.start, h.start - h.end)):
        if not found or hit.start >= found[-1].end:
            found.append(hit)
    return found
