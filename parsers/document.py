"""The Document: what every reader makes and the figure engine reads.

Belongs here: plain frozen values for pages, blocks, tables, words and places in text.
Stays out: how a format is read (`parsers.readers`) and what a number means (`parsers.figures`).

Blocks stand in reading order; a table stands among them as one block of kind "table". Text is NFC. A `Place` names a
stretch of characters of one block, or of one cell of a table block; everything that cites text cites a Place.
Words and boxes are named tuples, since a report has thousands of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

BlockKind = Literal["letterhead", "title", "heading", "paragraph", "item", "table", "signature", "footnote"]
Source = Literal["digital", "ocr"]
UnseenWhy = Literal["invisible", "white", "tiny", "struck", "covered", "clipped", "off_page"]
UnreadWhat = Literal["picture", "sheet", "object", "attachment", "page"]


class Box(NamedTuple):
    """A rectangle on a page, in points from the top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


class Word(NamedTuple):
    """One printed word: where its characters stand in the text, where on paper, how surely it was recognised."""

    start: int
    end: int
    page: int
    box: Box
    confidence: float = 1.0


@dataclass(frozen=True)
class Cell:
    """One cell of a table; a merged cell stands once, at its top left place."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    header: bool = False
    page: int | None = None
    words: tuple[Word, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True)
class Block:
    """One paragraph, heading or table in reading order.

    `label` is the printed number of a heading or item ("2.1.", "a)", "-"), whether typed or automatic; a typed label
    stays in `text` as well, an automatic one does not. `level` is the depth of a heading from 1, else 0. `page` is
    the page on which the block begins, None where the format has no pages. `printed` is the text as printed where
    damage was mended in `text`, else None. `confidence` is how surely the text as a whole is what a person sees there
    (below 1.0 where unseen text stood among it, or its row or label is torn); that of single words stands with them.
    """

    index: int
    kind: BlockKind
    text: str = ""
    label: str = ""
    level: int = 0
    page: int | None = None
    words: tuple[Word, ...] = ()
    cells: tuple[Cell, ...] = ()
    printed: str | None = None
    in_appendix: bool = False
    confidence: float = 1.0

    @cached_property
    def cell_at(self) -> dict[tuple[int, int], Cell]:
        """Return the cells of a table by row and column; found once, as every number of a table is asked for."""
        found: dict[tuple[int, int], Cell] = {}
        for cell in self.cells:
            found.setdefault((cell.row, cell.column), cell)
        return found


@dataclass(frozen=True)
class Unseen:
    """Text of the file that nobody sees on the page and that is not in the blocks: what it says, why it is not seen."""

    text: str
    why: UnseenWhy
    page: int | None = None


@dataclass(frozen=True)
class Unread:
    """A part of the report that was not read: what it is, what the file calls it ("" where it has no name)."""

    what: UnreadWhat
    name: str = ""
    page: int | None = None


@dataclass(frozen=True)
class Place:
    """Characters `start` to `end` of a block's text, or of the text of the cell at (row, column) of a table block."""

    block: int
    start: int
    end: int
    row: int | None = None
    column: int | None = None

    @property
    def in_order(self) -> tuple[int, int, int, int]:
        """Return what sorts places into reading order."""
        return self.block, self.row or 0, self.column or 0, self.start


@dataclass(frozen=True)
class Page:
    """One page; sizes in points; `text_confidence` is the mean over its words, 1.0 for digital text."""

    number: int
    width: float
    height: float
    source: Source = "digital"
    text_confidence: float = 1.0


@dataclass(frozen=True)
class Document:
    """A report as text in reading order.

    `format` is what the bytes are (docx, pdf, doc, rtf …), whatever the file is called. `notes` are remarks of the
    reader for people ("page 3: text layer unusable, read again from the picture"). `unseen` is text that nobody sees
    and that differs from what is seen; `unread` are parts that were not read.
    """

    sha256: str
    format: str
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...] = ()
    reader: str = ""
    encoding: str = "unicode"
    notes: tuple[str, ...] = field(default=())
    unseen: tuple[Unseen, ...] = ()
    unread: tuple[Unread, ...] = ()

    def text_at(self, place: Place) -> str:
        """Return the characters a place names."""
        return self.text_of(place)[place.start : place.end]

    def text_of(self, place: Place) -> str:
        """Return the whole text of the block or cell in which a place stands."""
        holder = self._holder(place)
        return holder.text

    def page_of(self, place: Place) -> int | None:
        """Return the page on which a place begins, None where the format has no pages."""
        words = self._words_at(place)
        return words[0].page if words else (self._holder(place).page or self.blocks[place.block].page)

    def box_of(self, place: Place) -> Box | None:
        """Return the rectangle around a place's words on its first page, None without geometry."""
        words = self._words_at(place)
        first = [w.box for w in words if w.page == words[0].page]
        if not first:
            return None
        return Box(
            min(b.x0 for b in first),
            min(b.top for b in first),
            max(b.x1 for b in first),
            max(b.bottom for b in first),
        )

    def text_confidence(self, place: Place) -> float:
        """Return how surely the characters of a place are what a person sees: the least of its words and its block."""
        return min((self._holder(place).confidence, *(w.confidence for w in self._words_at(place))))

    def paragraphs(self) -> Iterator[Block]:
        """Return the blocks that hold running text."""
        return (b for b in self.blocks if b.kind != "table")

    def tables(self) -> Iterator[Block]:
        """Return the table blocks."""
        return (b for b in self.blocks if b.kind == "table")

    def _holder(self, place: Place) -> Block | Cell:
        block = self.blocks[place.block]
        if place.row is None or place.column is None:
            return block
        return block.cell_at[place.row, place.column]

    def _words_at(self, place: Place) -> list[Word]:
        return [w for w in self._holder(place).words if w.start < place.end and place.start < w.end]
