"""What stands on a page: tokens, lines, tables, by their places on paper.

Belongs here: plain values for geometry, and how printed lines become running text.
Stays out: where they come from (`pdf_text`, `ocr`) and paragraphs (`layout`, `flow`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from parsers.document import Box, Page, Source, Word
from parsers.readers.draft import Line


class Token(NamedTuple):
    """A run of characters without blanks; points from the top left corner of the page."""

    text: str
    box: Box
    confidence: float = 1.0


class PrintedLine(NamedTuple):
    """Tokens side by side; `set_apart` tells a line all in bold or italics."""

    tokens: list[Token]
    x0: float
    top: float
    x1: float
    bottom: float
    set_apart: bool = False

    @property
    def text(self) -> str:
        """Return the tokens with a blank between them."""
        return " ".join([t.text for t in self.tokens])

    @property
    def height(self) -> float:
        """Return the height of the line, in points."""
        return self.bottom - self.top


class PrintedCell(NamedTuple):
    """One cell of a grid with the lines inside it."""

    row: int
    column: int
    row_span: int
    column_span: int
    lines: list[PrintedLine]


class PrintedTable(NamedTuple):
    """A grid on a page; `edges` are the x of its column borders."""

    box: Box
    edges: list[float]
    cells: list[PrintedCell]


@dataclass
class PrintedPage:
    """A page as found; `page` is what the Document keeps of it."""

    page: Page
    lines: list[PrintedLine] = field(default_factory=list)
    tables: list[PrintedTable] = field(default_factory=list)
    source: Source = "digital"


def line_of(tokens: list[Token], set_apart: bool = False) -> PrintedLine:
    """Return tokens, from left to right, as a line."""
    boxes = [t.box for t in tokens]
    tops, bottoms = [b.top for b in boxes], [b.bottom for b in boxes]
    return PrintedLine(tokens, boxes[0].x0, min(tops), boxes[-1].x1, max(bottoms), set_apart)


def running_text(lines: Iterable[PrintedLine], page: int) -> Line:
    """Return printed lines of one page as running text with its words."""
    return running_text_of([(line, page) for line in lines])


def running_text_of(lines: Sequence[tuple[PrintedLine, int]]) -> Line:
    """Return printed lines, each with its page, as running text with its words.

    A line end is a blank, but for a hyphen or slash that stands right against letters or digits ("KH-" "UBND"): there
    nothing was printed between, and nothing is put in.
    """
    parts: list[str] = []
    words: list[Word] = []
    length = 0
    for line, page in lines:
        for token in line.tokens:
            if length:
                between = "" if _holds_on(parts[-1], token) and token is line.tokens[0] else " "
                parts.append(between)
                length += len(between)
            end = length + len(token.text)
            words.append(Word(length, end, page, token.box, token.confidence))
            parts.append(token.text)
            length = end
    return Line("".join(parts), tuple(words))


def _holds_on(before: str, token: Token) -> bool:
    """Return whether a line end after `before` was none in the text."""
    return before[-1] in "-/" and len(before) > 1 and before[-2].isalnum() and token.text[0].isalnum()
