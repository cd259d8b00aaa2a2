"""Tables as cells: which rows are headers, and tables that go on over pages.

Belongs here: what holds for the cells of any format.
Stays out: finding lines and cells on a page (`ruled_tables`), meaning of rows and columns (`parsers.figures`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from catalogue.wordlists import either
from parsers.document import Cell
from parsers.readers.common.cut_numbers import cut_in_cell
from parsers.readers.common.draft import Line, joined

_COUNT = re.compile(r"[\d.,\s%/+–-]*\d[\d.,\s%/+–-]*")
_COLUMN_NUMBER = re.compile(r"\(?(?:\d{1,2}|[A-ZĐ])\)?(?:\s*=\s*[\d()+\-–x*:/\s]+)?")
_VALUE = re.compile(rf"\d[\d.,/]*\s*(?!\s*(?:{either('spans_of_time')})\b)[^\W\d_]")
_ENDED = re.compile(r"[.;:!?]\s*$")
_MOST_HEADER_ROWS = 4  # by hand; the last may bear the numbers of the columns


def with_headers(cells: tuple[Cell, ...], told: int = 0) -> tuple[Cell, ...]:
    """Return cells with those of the header rows marked; `told` counts the header rows the file itself names."""
    rows = told or header_rows(cells)
    return tuple(replace(c, header=True) if c.row < rows and not c.header else c for c in cells)


def header_rows(cells: Sequence[Cell]) -> int:
    """Return how many rows at the top are headers.

    The first row is one where it holds words and no count. It goes on as far as its cells reach down, over rows under
    a cell that spans columns, and over a row that only numbers the columns (1, 2, 3 = 1 + 2).
    """
    by_row: dict[int, list[Cell]] = {}
    for cell in cells:
        by_row.setdefault(cell.row, []).append(cell)
    if len(by_row) < 2 or not _is_wordy(by_row.get(0, [])):
        return 0
    rows = max(c.row_span for c in by_row[0])
    while rows < min(len(by_row), _MOST_HEADER_ROWS):
        above = [c for c in cells if c.row < rows <= c.row + c.row_span]
        here = by_row.get(rows, [])
        split = any(c.column_span > 1 and c.text.strip() for c in above) and _is_wordy(here)
        if not (split or _numbers_columns(here)):
            break
        rows += 1
    return rows if rows < len(by_row) else 0


def _is_wordy(row: Sequence[Cell]) -> bool:
    """Return whether a row holds words and no cell that is a count, with or without its unit ("158 thủ tục")."""
    texts = [c.text.strip() for c in row if c.text.strip()]
    return bool(texts) and not any(_COUNT.fullmatch(t) or _VALUE.match(t) for t in texts)


def _numbers_columns(row: Sequence[Cell]) -> bool:
    """Return whether a row only numbers the columns, in order."""
    texts = [c.text.strip() for c in row if c.text.strip()]
    numbers = [int(found[0]) for t in texts if (found := re.search(r"\d+", t))]
    in_order = numbers == sorted(set(numbers)) and len(numbers) >= 2 and numbers[0] <= 2
    return in_order and all(_COLUMN_NUMBER.fullmatch(t) for t in texts) and numbers[-1] <= len(texts)


def continued(first: tuple[Cell, ...], more: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Return one table of two parts, the second on the next page; a header repeated there is left out."""
    heads = header_rows(first)
    texts = {(c.row, c.column): c.text for c in first if c.row < heads}
    repeated = heads and texts == {(c.row, c.column): c.text for c in more if c.row < heads}
    skipped = heads if repeated else 0
    height = max((c.row + c.row_span for c in first), default=0)
    rest = [replace(c, row=c.row - skipped, header=False) for c in more if c.row >= skipped]
    if _is_cut(first, rest, heads, height):
        first, height = _whole(first, rest, height), height - 1
        rest = [c for c in rest if c.row > 0]
    return (*first, *(replace(c, row=c.row + height) for c in rest))


def _is_cut(first: Sequence[Cell], rest: Sequence[Cell], heads: int, height: int) -> bool:
    """Return whether the first row of `rest` is the lower half of the last row of `first`, cut by a page break.

    Somewhere a text goes on in small letters or amid a number; and the row has no number of its own where rows have
    one, or fills only what the row above left empty.
    """
    above = {c.column: c for c in first if c.row == height - 1 and c.row >= heads and c.row_span == 1}
    below = {c.column: c for c in rest if c.row == 0 and c.row_span == 1}
    if not above or above.keys() != below.keys():
        return False
    both = [(above[n].text.strip(), below[n].text.strip()) for n in sorted(below)]
    if not any(one and other and _runs_on(one, other) for one, other in both):
        return False
    if any(one and other and not _runs_on(one, other) for one, other in both):
        return False
    unnumbered = bool(both[0][0]) and not both[0][1]
    return unnumbered or any(bool(one) != bool(other) for one, other in both[1:])


def _runs_on(one: str, other: str) -> bool:
    """Return whether a text of a cell goes on from the page before."""
    if cut_in_cell(one, other):
        return True
    return other[0].islower() and not _ENDED.search(one)


def _whole(first: Sequence[Cell], rest: Sequence[Cell], height: int) -> tuple[Cell, ...]:
    """Return the cells of a table whose last row has got its lower half."""
    below = {c.column: c for c in rest if c.row == 0}
    return tuple(_joined(c, below[c.column]) if c.row == height - 1 and c.column in below else c for c in first)


def _joined(one: Cell, other: Cell) -> Cell:
    """Return two halves of a cell as one."""
    parts = [Line(c.text, c.words) for c in (one, other) if c.text.strip()]
    if not parts:
        return one
    between = "" if len(parts) > 1 and cut_in_cell(one.text, other.text) else " "
    text, words = joined(parts, between)
    return replace(one, text=text, words=words)


def columns(cells: Sequence[Cell]) -> int:
    """Return how many columns a table has."""
    return max((c.column + c.column_span for c in cells), default=0)
