"""What stands on a page: tokens, lines, tables, by their places on paper.

Belongs here: plain values for geometry, and how printed lines become running text.
Stays out: where they come from (`readers.pdf.text`, `ocr`) and paragraphs (`layout`, `flow`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise, repeat
from typing import Any, NamedTuple, TypeVar

from parsers.document import Box, Page, Source, Word
from parsers.readers.common.cut_numbers import cut_between
from parsers.readers.common.draft import Line

N = TypeVar("N", bound=tuple[Any, ...])
Cut = Callable[[str, str], float]

WIDE_GAP = 28.0
"""The distance, in points, from which tokens on one height are no longer one line of text."""

_MARK = re.compile(r"(?:[IVX]+|\d{1,2}(?:\.\d{1,2})*|[a-zđA-ZĐ])\s?[.)/:]?|[-–+*•●·]")


class Token(NamedTuple):
    """A run of characters without blanks; points from the top left corner of the page.

    `read` is what a recogniser read where `text` was mended, else empty.
    """

    text: str
    box: Box
    confidence: float = 1.0
    read: str = ""


class PrintedLine(NamedTuple):
    """Tokens side by side; `text` is theirs with blanks between, `set_apart` tells a line all in bold or italics."""

    tokens: list[Token]
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    set_apart: bool = False

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


def many(kind: type[N], rows: Iterable[Iterable[Any]]) -> list[N]:
    """Return named tuples from rows of all their fields; three times as fast as calling the class for each."""
    return list(map(tuple.__new__, repeat(kind), rows))


def is_mark(tokens: Sequence[Token]) -> bool:
    """Return whether tokens are only a heading's number or a bullet, which a wide gap may follow on one line."""
    return len(tokens) == 1 and _MARK.fullmatch(tokens[0].text) is not None


def split(line: PrintedLine) -> list[PrintedLine]:
    """Return a line cut at wide gaps, but never right behind a heading's number or a bullet."""
    tokens = line.tokens
    gaps = enumerate(pairwise(tokens), 1)
    wide = [n for n, (one, other) in gaps if other[1][0] - one[1][2] > WIDE_GAP]
    cuts = [n for n in wide if not is_mark(tokens[:n])]
    if not cuts:
        return [line]
    ends = [*cuts, len(tokens)]
    return [line_of(tokens[a:b], line.set_apart) for a, b in zip([0, *cuts], ends, strict=True)]


def line_of(tokens: list[Token], set_apart: bool = False) -> PrintedLine:
    """Return tokens, from left to right, as a line."""
    texts, boxes, _confidences, _reads = zip(*tokens, strict=True)
    _lefts, tops, _rights, bottoms = zip(*boxes, strict=True)
    return PrintedLine(tokens, " ".join(texts), boxes[0].x0, min(tops), boxes[-1].x1, max(bottoms), set_apart)


def mean_confidence(lines: Iterable[PrintedLine]) -> float:
    """Return how surely the words of lines were recognised, longer words counting more; 0.0 for none."""
    weights = [(len(t.text), t.confidence) for line in lines for t in line.tokens]
    total = sum(w for w, _c in weights)
    return round(sum(w * c for w, c in weights) / total, 4) if total else 0.0


def running_text(lines: Iterable[PrintedLine], page: int, cut: Cut = cut_between) -> Line:
    """Return printed lines of one page as running text with its words."""
    return running_text_of([(line, page) for line in lines], cut)


def running_text_of(lines: Sequence[tuple[PrintedLine, int]], cut: Cut = cut_between) -> Line:
    """Return printed lines, each with its page, as running text with its words.

    A line end is a blank, but for a hyphen or slash that stands right against letters or digits ("KH-" "UBND") and for
    one amid a number, as `cut` tells: there nothing was printed between, and nothing is put in.
    """
    parts: list[str] = []
    words: list[Word] = []
    length = 0
    for line, page in lines:
        if parts and not _holds_on(parts[-1], line.tokens[0]):
            sure = cut(parts[-1], line.text) if words[-1].page == page else 0.0
            if sure:
                line = _joined_number(words, line, sure)
            else:
                parts.append(" ")
                length += 1
        texts, boxes, confidences, _reads = zip(*line.tokens, strict=True)
        starts = list(accumulate([len(t) + 1 for t in texts], initial=length))
        ends = [place - 1 for place in starts[1:]]
        words += many(Word, zip(starts, ends, repeat(page), boxes, confidences, strict=False))
        parts.append(line.text)
        length = starts[-1] - 1
    return Line("".join(parts), tuple(words))


def _joined_number(words: list[Word], line: PrintedLine, sure: float) -> PrintedLine:
    """Return a line whose first word goes on with a number; both halves are believed no further than `sure`."""
    if sure >= 1.0:
        return line
    words[-1] = words[-1]._replace(confidence=min(words[-1].confidence, sure))
    first = line.tokens[0]
    tokens = [first._replace(confidence=min(first.confidence, sure)), *line.tokens[1:]]
    return line._replace(tokens=tokens)


def as_read(lines: Sequence[tuple[PrintedLine, int]]) -> str | None:
    """Return the running text of recognised lines as it was before anything was mended, None where nothing was."""
    if not any(token.read for line, _page in lines for token in line.tokens):
        return None
    unmended = [(line_of([t._replace(text=t.read or t.text) for t in line.tokens]), page) for line, page in lines]
    return running_text_of(unmended).text


def _holds_on(before: str, token: Token) -> bool:
    """Return whether a line end after the line `before` was none in the text."""
    return before[-1] in "-/" and before[-2:-1].isalnum() and token.text[0].isalnum()
