"""Drafts: what a format's reader hands over before the outline is known.

Belongs here: printed lines with their words, and paragraphs and tables not yet named letterhead, heading or item.
Stays out: how a format yields them (`docx`, `pdf`, …) and what they turn out to be (`blocks`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from parsers.document import Cell, Page, Unread, Unseen, Word


class Line(NamedTuple):
    """A stretch of text with the words that have a place on paper (none where the format has no geometry)."""

    text: str
    words: tuple[Word, ...] = ()


@dataclass(frozen=True)
class Draft:
    """One paragraph, table or pair of columns in reading order.

    A paragraph has `text` and `words`. A table has `cells`; `ruled` tells one with lines from one used for layout. A
    stretch printed side by side has `columns`, each a run of lines from top to bottom. `label` is an automatic number,
    `level` a heading depth named by the file's own styles. `set_apart` is a paragraph all in bold, italics or capitals.
    `confidence` is how surely the text as a whole is what a person sees.
    """

    text: str = ""
    words: tuple[Word, ...] = ()
    page: int | None = None
    label: str = ""
    level: int = 0
    set_apart: bool = False
    centred: bool = False
    footnote: bool = False
    printed: str | None = None
    cells: tuple[Cell, ...] = ()
    ruled: bool = False
    columns: tuple[tuple[Line, ...], ...] = ()
    confidence: float = 1.0

    @property
    def is_table(self) -> bool:
        """Return whether this is a table."""
        return bool(self.cells)

    @property
    def is_paragraph(self) -> bool:
        """Return whether this is a single run of text."""
        return not self.cells and not self.columns


@dataclass(frozen=True)
class Drafted:
    """Everything a format's reader found: drafts in reading order, pages, remarks, what is unseen and unread."""

    drafts: tuple[Draft, ...]
    pages: tuple[Page, ...] = ()
    reader: str = ""
    encoding: str = "unicode"
    notes: tuple[str, ...] = ()
    unseen: tuple[Unseen, ...] = ()
    unread: tuple[Unread, ...] = ()


def joined(lines: Iterable[Line], separator: str = " ") -> Line:
    """Return lines as one, their words moved to where their characters now stand."""
    return joined_with(list(lines), None, separator)


def joined_with(lines: Sequence[Line], separators: Sequence[str] | None, separator: str = " ") -> Line:
    """Return lines as one, with `separators[i]` (or `separator`) before line i + 1."""
    parts: list[str] = []
    words: list[Word] = []
    length = 0
    for number, line in enumerate(lines):
        if number:
            between = separators[number - 1] if separators is not None else separator
            parts.append(between)
            length += len(between)
        words.extend(
            Word(w.start + length, w.end + length, w.page, w.box, w.confidence) if length else w for w in line.words
        )
        parts.append(line.text)
        length += len(line.text)
    return Line("".join(parts), tuple(words))
