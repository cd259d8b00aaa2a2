"""Marked material as examples: lines of spots, each with the figure it was marked as.

Belongs here: matching marks to the spots that the product finds, and counting what no spot covers.
Stays out: features and models (`parsers.learned`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from parsers.document import Document, Place
from parsers.learned.positions import Line, Spot, lines_of
from training.marked import Mark
from training.material import Sample


@dataclass(frozen=True)
class Example:
    """One sample with its lines and, for each spot of each, the marks on it (none: no figure)."""

    sample: Sample
    lines: tuple[Line, ...]
    marks: tuple[tuple[tuple[Mark, ...], ...], ...]
    unseen: tuple[Mark, ...]
    """Marks that no spot covers: what the learned readers cannot find."""

    def figures(self) -> list[list[str | None]]:
        """Return the figure of every spot, line by line; None for no figure."""
        return [[marks[0].figure if marks else None for marks in line] for line in self.marks]


def example_of(sample: Sample) -> Example:
    """Return a sample as an example."""
    lines = tuple(lines_of(sample.text.document))
    held: dict[tuple[int, int, int], list[Mark]] = {}
    unseen = []
    for mark in sample.text.marks:
        spot = _spot_of(mark.place, lines) or _spot_of(_repeated(mark.place, sample.text.document), lines)
        if spot is None:
            unseen.append(mark)
        else:
            held.setdefault(spot, []).append(mark)
    marks = tuple(
        tuple(
            tuple(held.get((line.block, line.row if line.row is not None else -1, i), ()))
            for i in range(len(line.spots))
        )
        for line in lines
    )
    return Example(sample, lines, marks, tuple(unseen))


def _spot_of(place: Place, lines: tuple[Line, ...]) -> tuple[int, int, int] | None:
    """Return which line and spot a mark stands on, None where no spot covers it."""
    for line in lines:
        if (line.block, line.row) != (place.block, place.row):
            continue
        for i, spot in enumerate(line.spots):
            if spot.column == place.column and _overlap(spot, place):
                return line.block, line.row if line.row is not None else -1, i
    return None


def _repeated(place: Place, document: Document) -> Place:
    """Return the place right before the bracket that a mark stands in: "18 (mười tám)" prints one figure twice."""
    before = document.text_of(place)[: place.start].rstrip()
    end = len(before.removesuffix("(").rstrip()) if before.endswith("(") else place.start
    return replace(place, start=end - 1, end=end) if 0 < end < place.start else place


def _overlap(spot: Spot, place: Place) -> bool:
    return spot.start < place.end and place.start < spot.end
