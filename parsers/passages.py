"""The paragraphs and table cells of a report, each with what stands over it.

Belongs here: walking a Document in reading order as `Passage` values: text, headings, for a cell the texts of its row
and of the heads of its column.
Stays out: what stands around one number of a passage (`parsers.accounts`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from catalogue.shapes import shape
from catalogue.wordlists import either
from parsers.document import Block, Cell, Document, Place, Word
from parsers.sentences import sentence_spans
from parsers.text.spelling import level

_WORDY = re.compile(r"[^\W\d_]{2,}")
_INDEX_HEAD = re.compile(shape("index_head"))
_INDEX = re.compile(r"\s*(?:[0-9]{1,3}(?:\.[0-9]{1,2})*|[IVXivx]{1,5}|[a-zđ*+-]|[A-ZĐ])?[.)]?\s*")
_LABEL = re.compile(
    rf"[\s\-+*•–]*(?:(?:[ivx]{{1,5}}|[0-9]{{1,2}}(?:\.[0-9]{{1,2}})*|[a-zđ]|{either('part_word')}\s+\w+)[.):]\s*)?"
)
_OWN_LEAD = ":"


@dataclass(frozen=True)
class Passage:
    """A paragraph or a cell.

    `over` holds the levelled headings above it, outermost first, without their labels, the lead of a list last;
    `beside` the levelled texts of its row and column head, empty outside tables; `index` marks a cell that only numbers
    its row.
    """

    holder: tuple[int, int | None, int | None]
    text: str
    words: tuple[Word, ...]
    page: int | None
    over: tuple[str, ...]
    beside: str = ""
    index: bool = False

    def place(self, start: int, end: int) -> Place:
        """Return a stretch of the passage as a place of the document."""
        return Place(self.holder[0], start, end, self.holder[1], self.holder[2])

    def page_at(self, start: int) -> int | None:
        """Return the page on which the character at `start` is printed."""
        place = bisect_right(self._starts, start) - 1
        return self.words[place].page if place >= 0 else self.page

    def sentence_at(self, start: int) -> str:
        """Return the sentence in which the character at `start` stands; the same string for the same sentence."""
        span = self.sentence_span(start)
        if span not in self._texts:
            self._texts[span] = self.text[slice(*span)]
        return self._texts[span]

    def sentence_span(self, start: int) -> tuple[int, int]:
        """Return the span of the sentence in which the character at `start` stands."""
        place = bisect_right(self.sentences, (start, len(self.text))) - 1
        return self.sentences[max(place, 0)] if self.sentences else (0, len(self.text))

    @cached_property
    def levelled(self) -> str:
        """Return the text in the spelling in which phrases are matched; same length."""
        return level(self.text)

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Return the spans of the sentences."""
        return sentence_spans(self.text)

    @cached_property
    def _texts(self) -> dict[tuple[int, int], str]:
        return {}

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]


def passages(document: Document) -> Iterator[Passage]:
    """Yield the paragraphs and cells of a Document in reading order."""
    outline = _Outline()
    for block in document.blocks:
        if block.kind == "table":
            yield from _cells(block, outline.texts())
        else:
            yield Passage((block.index, None, None), block.text, block.words, block.page, outline.texts())
            outline.enter(block)


@dataclass
class _Outline:
    """The headings in force and the nearest line that leads a list."""

    stack: list[tuple[int, str]] = field(default_factory=list)
    lead: str = ""
    appendix: bool = False

    def enter(self, block: Block) -> None:
        if block.kind == "title" or block.in_appendix is not self.appendix:
            self.stack, self.lead, self.appendix = [], "", block.in_appendix
        if block.kind == "heading":
            depth = block.level or 9
            self.stack = [entry for entry in self.stack if entry[0] < depth]
            self.stack.append((depth, unlabelled(level(block.text))))
            self.lead = ""
        elif block.text.rstrip().endswith(_OWN_LEAD):
            self.lead = unlabelled(level(block.text))
        elif block.kind == "paragraph":
            self.lead = ""

    def texts(self) -> tuple[str, ...]:
        headings = tuple(text for _, text in self.stack)
        return (*headings, self.lead) if self.lead else headings


def unlabelled(levelled: str) -> str:
    """Return a heading without its printed number."""
    match = _LABEL.match(levelled)
    return levelled[match.end() :] if match else levelled


def _cells(block: Block, over: tuple[str, ...]) -> Iterator[Passage]:
    """Yield the cells of a table, each beside the texts to its left and the heads of its column."""
    rows: dict[int, list[Cell]] = defaultdict(list)
    heads: dict[int, list[Cell]] = defaultdict(list)
    index = _index_columns(block)
    for cell in block.cells:
        left = [c.text for c in rows[cell.row] if _WORDY.search(c.text)]
        above = [c.text for c in heads[cell.column] if c.row < cell.row]
        yield Passage(
            (block.index, cell.row, cell.column),
            cell.text,
            cell.words,
            cell.page or block.page,
            over,
            beside=level(" · ".join([*above, *left])),
            index=cell.column in index,
        )
        rows[cell.row].append(cell)
        if cell.header or (cell.row == 0 and _WORDY.search(cell.text)):
            for column in range(cell.column, cell.column + cell.column_span):
                heads[column].append(cell)


def _index_columns(block: Block) -> frozenset[int]:
    """Return the columns whose cells number the rows: headed "STT", or nothing but labels that begin with 1 or I."""
    columns: dict[int, list[Cell]] = defaultdict(list)
    for cell in block.cells:
        columns[cell.column].append(cell)
    found = set()
    for column, cells in columns.items():
        named = any(_INDEX_HEAD.fullmatch(level(c.text)) for c in cells[:2])
        body = [c.text.strip() for c in cells if not c.header and c.row]
        labels = [t for t in body if t]
        numbered = len(labels) > 1 and labels[0].strip(".)") in {"1", "I", "01"} and all(map(_INDEX.fullmatch, labels))
        if named or (column == 0 and numbered):
            found.add(column)
    return frozenset(found)
