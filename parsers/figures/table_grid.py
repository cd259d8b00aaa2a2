"""A table as a grid: its head rows, its label, number, unit and note columns, and its values.

Belongs here: geometry and shape of cells, as pure functions over the cells of a block.
Stays out: what a label or a head means for its cells (`table_lines`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from catalogue.wordlists import either, word_list
from parsers.document import Block, Cell
from parsers.text.spelling import level

NO_LABEL, LEAST_HEADS, FIRST_COLUMNS = -1, 2, 3
"""The label column of a table that has heads over values and nothing else."""
_VALUE = re.compile(
    rf"[\s(]*(?:[-+≈~]?\d[\d.,\s]*\s*(?:{either('value_units', ' ')})?|{either('value_words', ' ')}|-|x)[\s).]*"
)
_ORDER = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2})*|[ivxlc]+|[a-zđ])[.)]*|[-+*•]|")
_SAYS_A_VALUE = re.compile(rf"\d|{either('denying_alone')}")
_FIRST = re.compile(r"\(?(?:0?1|i|a|1\.1|[-+*•])[.)]*")
_COLUMN_NUMBERS = re.compile(r"\(?(?:\d{1,2}|[a-z])\)?(?:\s*=.*)?")
_ORDER_HEAD = re.compile(rf"(?:(?:{either('number_word')})\s*)?(?:{either('order_head', ' ')})\.?")
_UNIT_HEAD = re.compile(rf"(?:{either('unit_head', ' ')})\.?")
_NOTE_HEAD = re.compile(rf"{either('note_head', ' ')}|(?:{either('source_head')}).*")
_PLAIN_HEAD = re.compile(rf"(?:{either('plain_head', ' ')})?")
_YEAR = re.compile(r"20\d\d")
_PART_WORDS = word_list("part_openings")
_PART = re.compile(
    rf"[\s(]*(?:[-+•*]|{either('in_them', ' ')}|[a-zđ]\)|\d+\.\d+)|\s*(?:{either('part_labels', ' ')})\b"
)


@dataclass(frozen=True)
class Grid:
    """A table as rows of cells; merged cells stand at every place they cover."""

    rows: list[list[Cell | None]]
    heads: int
    order: frozenset[int]
    unit: int | None
    notes: frozenset[int]
    label: int


def grid_of(block: Block) -> Grid | None:
    """Return the grid of a table block, None where it has fewer than two columns."""
    if not block.cells:
        return None
    height = max(c.row + c.row_span for c in block.cells)
    width = max(c.column + c.column_span for c in block.cells)
    if width < 2:
        return None
    rows: list[list[Cell | None]] = [[None] * width for _ in range(height)]
    for cell in block.cells:
        for r in range(cell.row, cell.row + cell.row_span):
            for c in range(cell.column, cell.column + cell.column_span):
                rows[r][c] = cell
    heads = _head_rows(rows)
    _fill_heads(rows, heads)
    texts = [" ".join(column_texts(rows, range(heads), c)) for c in range(width)]
    order = frozenset(
        c for c, text in enumerate(texts) if _ORDER_HEAD.fullmatch(text.strip()) or _is_order(rows, heads, c)
    )
    unit = next((c for c, text in enumerate(texts) if _UNIT_HEAD.fullmatch(text.strip())), None)
    notes = frozenset(c for c, text in enumerate(texts) if _NOTE_HEAD.fullmatch(text.strip()))
    body = range(heads, height)
    label = next((c for c in range(width) if c not in order and c != unit and not _all_values(rows, body, c)), NO_LABEL)
    return Grid(rows, heads, order, unit, notes, label)


def _all_values(rows: list[list[Cell | None]], body: range, column: int) -> bool:
    """Return whether a column holds values only, so that it labels nothing."""
    texts = [t for t in (_level_cell(rows[r][column]) for r in body) if t]
    return bool(texts) and all(_VALUE.fullmatch(t) for t in texts)


def holds_values(grid: Grid, column: int) -> bool:
    """Return whether a column prints values in any row of the body."""
    if column in grid.order or column in grid.notes or column == grid.unit:
        return False
    cells = (_level_cell(grid.rows[r][column]) for r in range(grid.heads, len(grid.rows)))
    return any(t and re.search(r"\d", t) and _VALUE.fullmatch(t) for t in cells)


def _level_cell(cell: Cell | None) -> str:
    return level(cell.text.strip()) if cell is not None else ""


def column_texts(rows: list[list[Cell | None]], span: range, column: int) -> list[str]:
    """Return the levelled texts of a column over some rows, each cell once."""
    cells: list[Cell] = []
    for r in span:
        cell = rows[r][column]
        if cell is not None and cell not in cells:
            cells.append(cell)
    return [level(" ".join(cell.text.split())) for cell in cells]


def _head_rows(rows: list[list[Cell | None]]) -> int:
    """Return how many rows the head has: the rows before the first with a value, column numbers counted in."""
    for index, row in enumerate(rows):
        texts = [level(cell.text.strip()) for cell in row if cell is not None]
        if _are_column_numbers(texts):
            return index + 1
        above = [_level_cell(cell) for cell in rows[index - 1]] if index else []
        has_value = any(_VALUE.fullmatch(t) and not _YEAR.fullmatch(t) for t in texts[1:] if t)
        if has_value or (index > 0 and not row_is_head(row) and not _goes_on(texts, above)):
            return index
    return min(1, len(rows) - 1)


def _are_column_numbers(texts: list[str]) -> bool:
    """Return whether a row counts the columns: "A B 1 2 3", "(1) (2) (3)=(4)+(5)", rising by one."""
    printed = [t for t in texts if t]
    if len(printed) <= LEAST_HEADS or not all(_COLUMN_NUMBERS.fullmatch(t) for t in printed):
        return False
    numbers = [int(m[0]) for m in (re.search(r"\d+", t.partition("=")[0]) for t in printed) if m]
    rising = all(b - a == 1 for a, b in pairwise(numbers))
    return rising and (not numbers or numbers[0] <= FIRST_COLUMNS)


def _goes_on(texts: list[str], above: list[str]) -> bool:
    """Return whether a row without values goes on with the head.

    It is blank at its label, repeats what stands above, or stands under blanks that merged heads left.
    """
    repeats = any(t and t == over for t, over in zip(texts, above, strict=False))
    fills = any(t and not over for t, over in list(zip(texts, above, strict=False))[1:])
    return (not texts[0] or repeats or fills) and sum(bool(t) for t in texts) >= LEAST_HEADS


def _fill_heads(rows: list[list[Cell | None]], heads: int) -> None:
    """Let an upper head stand over the blanks to its right that have a head below: merged cells may come as blanks."""
    if heads > 1:
        _mend_heads(rows[0])
    for r in range(heads - 1):
        for c in range(1, len(rows[r])):
            if _level_cell(rows[r][c]) or not any(_level_cell(rows[below][c]) for below in range(r + 1, heads)):
                continue
            if r == 0 or rows[r - 1][c] is rows[r - 1][c - 1]:
                rows[r][c] = rows[r][c - 1]


def _mend_heads(row: list[Cell | None]) -> None:
    """Join an upper head with what was cut off into the cell to its right: a head begins with a capital."""
    for c in range(1, len(row)):
        left, right = row[c - 1], row[c]
        text = right.text.strip() if right is not None else ""
        if left is None or right is None or left is right or not left.text.strip():
            continue
        if not text[:1].islower() or level(text).startswith(_PART_WORDS):
            continue
        whole = replace(left, text=f"{left.text.strip()} {text}")
        for place in (i for i, cell in enumerate(row) if cell is left or cell is right):
            row[place] = whole


def row_is_head(row: list[Cell | None]) -> bool:
    """Return whether a row after the first still belongs to the head: flagged so, or covered from above."""
    return any(cell is not None and (cell.header or cell.row_span > 1) for cell in row)


def _is_order(rows: list[list[Cell | None]], heads: int, column: int) -> bool:
    """Return whether a first column holds nothing but list numbers."""
    if column != 0:
        return False
    texts = [t for t in (_level_cell(row[0]) for row in rows[heads:]) if t]
    return bool(texts) and _FIRST.fullmatch(texts[0]) is not None and all(_ORDER.fullmatch(t) for t in texts)


def label_text(grid: Grid, row: int, printed: bool = False) -> str:
    """Return the text of a row's label: its text cells before the first value."""
    parts: list[str] = []
    seen: list[Cell] = []
    for column, cell in enumerate(grid.rows[row]):
        if cell is None or column == grid.unit or cell in seen:
            continue
        seen.append(cell)
        text = " ".join(cell.text.split())
        if column in grid.order:
            parts += [] if _ORDER.fullmatch(level(text)) or column > grid.label else [text]
            continue
        if parts and (_VALUE.fullmatch(level(text)) or column > grid.label):
            break
        if grid.label >= 0 and column >= grid.label:
            parts.append(text)
    text = " ".join(p for p in parts if p)
    return text if printed else level(text)


def values_of(grid: Grid, row: int) -> list[Cell]:
    """Return the cells of a row that may print values, each once."""
    found: list[Cell] = []
    for column, cell in enumerate(grid.rows[row]):
        if cell is None or cell in found or column in grid.order or column in grid.notes:
            continue
        if column in (grid.label, grid.unit) or cell.row < row or not cell.text.strip():
            continue
        if _SAYS_A_VALUE.search(level(cell.text)):
            found.append(cell)
    return found


def depth_of(grid: Grid, row: int) -> int:
    """Return how deep a row stands in its list: 0 for a row of its own, more for parts."""
    orders = [grid.rows[row][c] for c in sorted(grid.order)]
    number = orders[0].text.strip() if orders and orders[0] is not None else ""
    dots = number.rstrip(".").count(".")
    if dots:
        return dots
    part = _PART.match(label_text(grid, row))
    return 1 if part or (number in ("-", "+", "") and grid.order) else 0


def head_levels(grid: Grid, column: int) -> list[str]:
    """Return the heads over a column, upper ones first; heads that say nothing are left out."""
    cells: list[Cell] = []
    for r in range(grid.heads):
        cell = grid.rows[r][column]
        if cell is not None and cell not in cells and not _COLUMN_NUMBERS.fullmatch(level(cell.text.strip())):
            cells.append(cell)
    texts = list(dict.fromkeys(" ".join(cell.text.split()) for cell in cells))
    return [t for t in texts if not _PLAIN_HEAD.fullmatch(re.sub(r"\s*\(.*\)", "", level(t)).strip())]


def head_text(grid: Grid, column: int) -> str:
    """Return what the heads over a column say together."""
    return " > ".join(head_levels(grid, column))
