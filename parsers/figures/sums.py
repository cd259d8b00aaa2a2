"""Figures that a report prints in parts, one project or channel at a time.

Belongs here: adding up the parts of a figure that stand together where no total stands with them.
Stays out: every other arithmetic; a sum of printed parts is the only value that is computed, and it keeps its parts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from parsers.figures.choice import Choice
from parsers.figures.printed_arithmetic import gives_a_share
from parsers.reading import Printing

# A confidence by hand on the marked reports (docs/reading.md): a sum of parts is as sure as its parts, and no surer.
SUMMED = 0.8
_REACH = 2


def add_parts(
    made: list[tuple[Choice, Printing]], sums: frozenset[str]
) -> tuple[list[tuple[Choice, Printing]], list[Printing]]:
    """Return the printings with the parts of every summed figure joined into one, and the parts; order is kept."""
    by_figure: dict[str, list[Printing]] = defaultdict(list)
    for choice, printing in made:
        if printing.figure in sums and not _cumulative(choice):
            by_figure[printing.figure].append(printing)
    dropped: set[int] = set()
    joined: dict[int, Printing] = {}
    parts: list[Printing] = []
    for printings in by_figure.values():
        for cluster in _clusters(printings):
            total = _joined(cluster)
            if total is not None:
                joined[id(cluster[0])] = total
                dropped |= {id(p) for p in cluster[1:]}
                parts += cluster[1:]
    return [(c, joined.get(id(p), p)) for c, p in made if id(p) not in dropped], parts


def joined_parts(ordered: Sequence[Printing], sums: frozenset[str]) -> list[Printing]:
    """Return printings with the parts of every summed figure joined into one, in order; see `add_parts`.

    Where one of them by itself gives a printed share that their sum does not, they are no parts: one is the figure, and
    the others are of something else.
    """
    by_figure: dict[str, list[Printing]] = defaultdict(list)
    for printing in ordered:
        if printing.figure in sums:
            by_figure[printing.figure].append(printing)
    clusters = [c for p in by_figure.values() for c in _clusters(p)]
    totals = {id(c[0]): (t, c) for c in clusters if (t := _joined(c)) is not None and not _alone(c, t, ordered)}
    dropped = {id(p) for _, cluster in totals.values() for p in cluster[1:]}
    return [totals[id(p)][0] if id(p) in totals else p for p in ordered if id(p) not in dropped]


def _alone(cluster: Sequence[Printing], total: Printing, printings: Sequence[Printing]) -> bool:
    """Return whether one of several values is borne out by a printed share, and their sum is not."""
    return any(gives_a_share(p, printings) for p in cluster) and not gives_a_share(total, printings)


def _cumulative(choice: Choice) -> bool:
    """Return whether a printing is named as one since the start of the year: then it is no part of this period's."""
    return any("p_ytd" in s.hit.names for s in choice.group.left(choice.index) if s.weight >= 0.5)


def _clusters(printings: list[Printing]) -> list[list[Printing]]:
    """Return the printings in runs that stand in one block or in blocks next to each other."""
    runs: list[list[Printing]] = []
    for printing in printings:
        if runs and abs(printing.place.block - runs[-1][-1].place.block) < _REACH:
            runs[-1].append(printing)
        else:
            runs.append([printing])
    return runs


def _joined(cluster: list[Printing]) -> Printing | None:
    """Return the sum of a run of parts, None where there are no parts: one value, or a total among the values."""
    values = [p.value for p in cluster]
    if len(set(values)) < 2 or 0 in values or any(2 * v == sum(values) for v in values):
        return None
    first = cluster[0]
    confidence = min(p.reading_confidence for p in cluster) * SUMMED
    return replace(
        first,
        value=sum(values, start=first.value * 0),
        raw=" + ".join(p.raw for p in cluster),
        rule="sum of parts",
        reading_confidence=round(confidence, 4),
        text_confidence=min(p.text_confidence for p in cluster),
        quantum=min(p.quantum for p in cluster),
        components=tuple(values),
    )
