"""Tables as cells: which rows are headers, and tables that go on over pages.

Belongs here: what holds for the cells of any format.
Stays out: finding lines and cells on a page (`grid`), meaning of rows and columns (`parsers.figures`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parsers.document import Cell

_COUNT = re.compile(r"[\d.,\s%/+–-]*\d[\d.,\s%/+–-]*")
_COLUMN_NUMBER = re.compile(r"\(?(?:\d{1,2}|[A-ZĐ])\)?(?:\s*=\s*[\d()+\-–x*:/\s]+)?")
_VALUE = re.compile(r"\d[\d.,/]*\s*(?!\s*(?:tháng|quý|năm)\b)[^\W\d_]")
_MOST_HEADER_ROWS = 4


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
    moved = (replace(c, row=c.row - skipped + height, header=False) for c in more if c.row >= skipped)
    return (*first, *moved)


def columns(cells: Sequence[Cell]) -> int:
    """Return how many columns a table has."""
    return max((c.column + c.column_span for c in cells), default=0)
