"""Which column of another system's table is which figure.

Belongs here: `exports.yaml`, checked against the figures, and the figure of a heading.
Stays out: opening a table (`parsers.exports`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from catalogue.figures import figure_definitions
from catalogue.source import line_of, load_yaml, shipped
from cchc.errors import CatalogueError
from cchc.text import fold


@dataclass(frozen=True)
class Column:
    """A figure and the words, folded, that a column's heading has and has not."""

    figure: str
    needs: tuple[str, ...]
    lacks: tuple[str, ...]


@dataclass(frozen=True)
class ExportWords:
    """How exported tables are headed: columns of units, rows of totals, columns of figures in order of trial.

    `ratios` are the words of headings under which no count stands.
    """

    unit: tuple[str, ...]
    totals: tuple[str, ...]
    ratios: tuple[str, ...]
    columns: tuple[Column, ...]

    def figure_of(self, heading: str) -> str | None:
        """Return the figure a heading names, None where it names none."""
        text = fold(heading)
        is_ratio = any(word in text for word in self.ratios)
        found = (
            column.figure
            for column in self.columns
            if not (is_ratio and is_count(column.figure))
            and all(word in text for word in column.needs)
            and not any(word in text for word in column.lacks)
        )
        return next(found, None)


def is_count(figure: str) -> bool:
    """Return whether a figure counts things, so that its value has no decimals."""
    return figure_definitions()[figure].unit == "count"


@cache
def export_words() -> ExportWords:
    """Return the shipped words.

    Raises:
        CatalogueError: an entry names no figure of the catalogue; the message names the line.
    """
    path = shipped("exports.yaml")
    loaded = load_yaml(path)
    for place, entry in enumerate(loaded["figures"]):
        if entry["figure"] not in figure_definitions():
            where = f"{path.name}:{line_of(path, 'figures', str(place))}"
            raise CatalogueError(f"{where}: '{entry['figure']}' is no figure; use a code of figures.yaml")
    return ExportWords(
        _folded(loaded["unit"]),
        _folded(loaded["totals"]),
        _folded(loaded["ratios"]),
        tuple(Column(e["figure"], _folded(e["all"]), _folded(e.get("none", ()))) for e in loaded["figures"]),
    )


def _folded(words: list[str]) -> tuple[str, ...]:
    return tuple(fold(word) for word in words)
