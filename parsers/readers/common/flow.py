"""From pages to drafts: paragraphs put together from printed lines, over page breaks too.

Belongs here: where a paragraph ends, judged by indents, line ends, distances and labels; tables that go on.
Stays out: the order of pieces on one page (`layout`), what a paragraph is (`blocks`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from parsers.document import Cell
from parsers.readers.common.cut_numbers import cut_between, cut_in_cell
from parsers.readers.common.draft import Draft, Line
from parsers.readers.common.labels import label_of
from parsers.readers.common.layout import Piece, SideBySide, is_title, ordered
from parsers.readers.common.margins import (
    INDENT,
    Measure,
    goes_on_centred,
    is_apart,
    is_centred,
    is_full,
    is_set_in,
    measured,
)
from parsers.readers.common.printed import (
    PrintedLine,
    PrintedPage,
    PrintedTable,
    as_read,
    running_text,
    running_text_of,
)
from parsers.readers.common.tables import columns, continued, with_headers

_SAME_EDGE = 6.0  # points; by hand: less than any indent, more than a scan leans in a line
_ENDED = re.compile(r"[.;:!?]\s*[”\"’)]?\s*$")
_FEWEST_LINES = 6  # by hand: fewer tell nothing of the type area of a scanned page
_HIGH_LABELS = frozenset({"part", "roman", "capital"})


@dataclass
class _Open:
    """A paragraph being put together: its lines, each with its page."""

    lines: list[tuple[PrintedLine, int]]
    centred: bool = False
    labelled: bool = False

    @property
    def last(self) -> PrintedLine:
        return self.lines[-1][0]


@dataclass
class _Joiner:
    """Pieces of page after page turned into drafts; `recognised` tells that some of them come from pictures."""

    recognised: bool
    drafts: list[Draft] = field(default_factory=list)
    open: _Open | None = None
    table: tuple[tuple[Cell, ...], list[float], int] | None = None

    def close(self) -> None:
        """Write what is still open."""
        if self.open is not None:
            text, words = running_text_of(self.open.lines)
            self.drafts.append(
                Draft(
                    text=text,
                    words=words,
                    page=self.open.lines[0][1],
                    set_apart=all(line.set_apart for line, _page in self.open.lines),
                    centred=self.open.centred,
                    printed=as_read(self.open.lines) if self.recognised else None,
                )
            )
            self.open = None
        if self.table is not None:
            cells, _edges, page = self.table
            self.drafts.append(Draft(cells=with_headers(cells), page=page, ruled=True))
            self.table = None

    def line(self, line: PrintedLine, page: int, measure: Measure, *, turned: bool) -> None:
        """Take in a line; `turned` tells that it is the first of its page."""
        centred = is_centred(line, measure)
        label = label_of(line.text)
        if self.open is None or self.table is not None or self._breaks(line, measure, centred, turned=turned):
            self.close()
            self.open = _Open([(line, page)], centred, label is not None)
        else:
            self.open.lines.append((line, page))
            self.open.centred = centred

    def _breaks(self, line: PrintedLine, measure: Measure, centred: bool, *, turned: bool) -> bool:
        """Return whether a line begins a paragraph of its own."""
        if self.open is None or is_title(line.text):
            return True
        last = self.open.last
        full = is_full(last, line, measure)
        if last.set_apart != line.set_apart and not (full and line.text[0].islower()):
            return True
        if centred:
            return turned or not goes_on_centred(last, line, measure)
        if self.open.centred and not line.text[0].islower():
            return True
        if turned:
            return self._breaks_over_page(line, measure)
        if is_apart(last, line, measure):
            return True
        if not full:
            return not self._runs_on(line)
        if measure.hanging:
            return not is_set_in(line, measure)
        return self._is_indented(line, measure) or _opens_item(last, line, measure)

    def _runs_on(self, line: PrintedLine) -> bool:
        """Return whether a line goes on from a short one: it cuts a number, or a sentence that is not at its end."""
        if self.open is None:
            return False
        last = self.open.last
        if label_of(last.text) is not None and len(self.open.lines) == 1 and len(last.tokens) == 1:
            return False
        if cut_between(last.text, line.text):
            return True
        first = self.open.lines[0][0]
        flush = abs(line.x0 - last.x0) < _SAME_EDGE or (len(self.open.lines) == 1 and line.x0 < first.x0)
        return flush and line.text[0].islower() and label_of(line.text) is None and not _ENDED.search(last.text)

    def _breaks_over_page(self, line: PrintedLine, measure: Measure) -> bool:
        """Return whether the first line of a page begins a paragraph, rather than going on from the page before."""
        if self.open is None or (label_of(line.text) is not None and line.x0 > measure.left + INDENT):
            return True
        ended = _ENDED.search(self.open.last.text) is not None
        flush = is_set_in(line, measure) == measure.hanging
        if not is_full(self.open.last, line, measure):
            return ended or not line.text[0].islower()
        if ended and line.text[0].islower():
            return False
        return not flush if not ended else (not flush or not self._indents())

    def _indents(self) -> bool:
        """Return whether the open paragraph begins with an indent, so that a flush line must go on."""
        if self.open is None:
            return False
        first = self.open.lines[0][0]
        return len(self.open.lines) == 1 or first.x0 > self.open.last.x0 + INDENT

    def _is_indented(self, line: PrintedLine, measure: Measure) -> bool:
        """Return whether a line is set in as the first of a paragraph is; lines hanging under a label are not."""
        if self.open is None or line.x0 <= measure.left + INDENT:
            return False
        first, last = self.open.lines[0][0], self.open.last
        if len(self.open.lines) == 1:
            return not (self.open.labelled and line.x0 > first.x0 + _SAME_EDGE) and not (
                not self.open.labelled and abs(line.x0 - first.x0) < _SAME_EDGE and not is_set_in(first, measure)
            )
        return line.x0 > last.x0 + INDENT

    def columns(self, zone: SideBySide, page: int) -> None:
        """Take in a stretch of columns, as a table where it lines up as one."""
        self.close()
        if zone.is_table:
            cells = tuple(_aligned(zone, page))
            self.drafts.append(Draft(cells=with_headers(cells), page=page, ruled=True))
            return
        told = tuple(tuple(running_text([line], page) for line in column) for column in zone.columns)
        self.drafts.append(Draft(columns=told, page=page))

    def grid(self, table: PrintedTable, page: int, *, turned: bool) -> None:
        """Take in a ruled table, as the rest of the one before where a page break cut it."""
        cells = tuple(_cells(table, page))
        if turned and self.table is not None and _goes_on(self.table, cells, table.edges):
            self.table = (continued(self.table[0], cells), self.table[1], self.table[2])
            return
        self.close()
        self.table = (cells, table.edges, page)


def drafts_of(pages: Sequence[PrintedPage]) -> tuple[Draft, ...]:
    """Return the drafts of pages from which furniture has been taken out."""
    arranged = [(page, ordered(page)) for page in pages]
    common = measured([line for _page, pieces in arranged for line in _running_lines(pieces)])
    joiner = _Joiner(any(page.source == "ocr" for page in pages))
    for page, pieces in arranged:
        lines = _running_lines(pieces)
        measure = measured(lines) if len(lines) >= _FEWEST_LINES and page.source == "ocr" else common
        for place, piece in enumerate(pieces):
            number = page.page.number
            if isinstance(piece, PrintedTable):
                joiner.grid(piece, number, turned=place == 0)
            elif isinstance(piece, SideBySide):
                joiner.columns(piece, number)
            else:
                joiner.line(piece, number, measure, turned=place == 0)
    joiner.close()
    return tuple(joiner.drafts)


def _running_lines(pieces: Iterable[Piece]) -> list[PrintedLine]:
    """Return the lines of running text among pieces."""
    return [p for p in pieces if isinstance(p, PrintedLine)]


def _opens_item(last: PrintedLine, line: PrintedLine, measure: Measure) -> bool:
    """Return whether a flush line with a label opens an item: where the line before it ended, or by a high label."""
    label = label_of(line.text)
    if label is None or line.x0 > measure.left + INDENT:
        return False
    return label.style in _HIGH_LABELS or _ENDED.search(last.text) is not None


def _goes_on(above: tuple[tuple[Cell, ...], list[float], int], cells: tuple[Cell, ...], edges: list[float]) -> bool:
    """Return whether a table at the top of a page is the rest of the one that ended the page before."""
    first, borders, _page = above
    if columns(first) != columns(cells) or len(borders) != len(edges):
        return False
    shift = edges[0] - borders[0]
    return all(abs(b - a - shift) < _SAME_EDGE for a, b in zip(borders, edges, strict=True))


def _cells(table: PrintedTable, page: int) -> Iterable[Cell]:
    """Yield the cells of a grid with their text."""
    for cell in table.cells:
        text, words = running_text(cell.lines, page, cut_in_cell)
        yield Cell(cell.row, cell.column, text, cell.row_span, cell.column_span, page=page, words=words)


def _aligned(zone: SideBySide, page: int) -> Iterable[Cell]:
    """Yield the cells of rows that line up without rules; a lone line goes on in the row above it."""
    rows: list[dict[int, list[PrintedLine]]] = []
    for band in zone.bands:
        placed = {_column(zone, line): line for line in band}
        if rows and len(placed) == 1 and len(zone.columns) > 1 and next(iter(placed)) in rows[-1]:
            for column, line in placed.items():
                rows[-1][column].append(line)
        else:
            rows.append({column: [line] for column, line in placed.items()})
    for number, row in enumerate(rows):
        for column in range(len(zone.columns)):
            text, words = running_text(row.get(column, []), page) if column in row else Line("")
            yield Cell(number, column, text, page=page, words=words)


def _column(zone: SideBySide, line: PrintedLine) -> int:
    """Return in which column of a stretch a line stands."""
    return next(n for n, column in enumerate(zone.columns) if line in column)
