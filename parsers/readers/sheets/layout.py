"""The cells of one sheet as paragraphs and tables.

Belongs here: which rows are running text, which are side by side, and where a table begins and ends.
Stays out: reading workbooks (`xlsx`, `xls`), what cells show (`shown`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.document import Cell
from parsers.readers.common.draft import Draft
from parsers.readers.common.seen import BESIDE_UNSEEN
from parsers.readers.common.tables import with_headers


@dataclass(frozen=True)
class SheetCell:
    """One filled cell: row and column from 0, how far it is merged, whether it has lines, whether it hides text."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    ruled: bool = False
    doubtful: bool = False


def sheet_drafts(cells: Sequence[SheetCell]) -> Iterator[Draft]:
    """Yield the drafts of a sheet from top to bottom: rows of several cells are tables, lone cells paragraphs.

    A title merged over the width of a table and a note under it are paragraphs; a ruled cell belongs to its table.
    """
    table: list[list[SheetCell]] = []
    for row in _rows(cells):
        reached = max((c.row + c.row_span for line in table for c in line), default=0)
        if len(row) > 1 or row[0].ruled or (table and row[0].row < reached):
            if table and row[0].row > reached:
                yield from _table(table)
                table = []
            table.append(row)
            continue
        yield from _table(table)
        table = []
        yield Draft(text=row[0].text, centred=row[0].column_span > 1, confidence=_sure(row[0]))
    yield from _table(table)


def _rows(cells: Sequence[SheetCell]) -> Iterator[list[SheetCell]]:
    """Yield the cells of row after row, each from left to right."""
    rows: dict[int, list[SheetCell]] = {}
    for cell in sorted(cells, key=lambda c: (c.row, c.column)):
        if cell.text.strip():
            rows.setdefault(cell.row, []).append(cell)
    yield from rows.values()


def _table(rows: Sequence[Sequence[SheetCell]]) -> Iterator[Draft]:
    """Yield rows as one table whose cells count from its own corner."""
    held = [cell for row in rows for cell in row]
    if not held:
        return
    top, left = min(c.row for c in held), min(c.column for c in held)
    cells = tuple(
        Cell(c.row - top, c.column - left, c.text, c.row_span, c.column_span, confidence=_sure(c)) for c in held
    )
    yield Draft(cells=with_headers(cells, 0), ruled=any(c.ruled for c in held))


def _sure(cell: SheetCell) -> float:
    return BESIDE_UNSEEN if cell.doubtful else 1.0
