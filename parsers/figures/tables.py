"""Tables as lines: every value cell with its row's label and its columns' heads.

Belongs here: finding head rows, label, number and unit columns, total rows and sub-rows of a table, and handing out its
value cells as lines with what they inherit.
Stays out: what the phrases mean (`ways`, `money`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from catalogue.figures import Unit
from parsers.document import Block, Cell
from parsers.figures.analysis import Analysis, Analyst
from parsers.figures.clauses import Seen, counted_out
from parsers.figures.mentions import Scale
from parsers.figures.outline import Line, Outline, away
from parsers.figures.spelling import level

NO_LABEL = -1
"""The label column of a table that has heads over values and nothing else."""
ROW_WEIGHT, HEAD_WEIGHT, TABLE_WEIGHT, ABOVE_WEIGHT = 0.95, 0.9, 0.88, 0.75
OTHER_HEAD_WEIGHT = 0.6

_VALUE = re.compile(
    r"[\s(]*(?:[-+≈~]?\d[\d.,\s]*\s*(?:%|đồng|đ|hồ sơ|hs)?|không(?: có| phát sinh)?|chưa(?: có| phát sinh)?|-|x)[\s).]*"
)
_ORDER = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2})*|[ivxlc]+|[a-zđ])[.)]*|[-+*•]|")
_FIRST = re.compile(r"\(?(?:0?1|i|a|1\.1|[-+*•])[.)]*")
_COLUMN_NUMBERS = re.compile(r"\(?(?:\d{1,2}|[a-z])\)?(?:\s*=.*)?")
_ORDER_HEAD = re.compile(r"(?:số\s*)?(?:stt|tt|thứ tự)\.?")
_UNIT_HEAD = re.compile(r"(?:đơn vị(?: tính)?|đvt|đv tính)\.?")
_NOTE_HEAD = re.compile(r"ghi chú|nguồn.*|người thực hiện|giải trình")
_PLAIN_HEAD = re.compile(
    r"(?:kết quả(?: thực hiện)?|số liệu|số lượng|giá trị|thực hiện|tỷ lệ|nội dung|chỉ tiêu|tiêu chí|ghi chú|đơn vị(?: tính)?"
    r"|kết quả đạt được|số thực hiện|thông tin|tên chỉ tiêu|nội dung công việc|nội dung, chỉ tiêu|lĩnh vực|danh mục)?"
)
_TOTAL = re.compile(
    r"(?:\(?[a-z\d]+[.)]\s*)?(?:tổng(?:\s+(?:cộng|số))?|cộng|toàn\s+(?:phường|xã)|tổng\s+cộng.*|cộng\s+chung)[\s:.()\d+=ivx]*"
)
_PART = re.compile(r"[\s(]*(?:[-+•*]|trong đó|[a-zđ]\)|\d+\.\d+)|\s*(?:riêng|chia ra|gồm)\b")
_MONEY = frozenset({"state_revenue", "ward_revenue", "ward_expenditure", "revenue", "expenditure"})
_ROLES = frozenset({"budget", "town_target", "council_target", "p_prior"})
_IN_UNIT = re.compile(
    r"(?P<scale>nghìn|ngàn|triệu|tr|tỷ)?\s*\.?\s*(?P<money>đồng|đ|vnđ|vnd)(?!\w)|(?P<percent>%|phần trăm)"
)
_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tr": 10**6, "tỷ": 10**9}


@dataclass(frozen=True)
class _Grid:
    """A table as rows of cells; merged cells stand at every place they cover."""

    rows: list[list[Cell | None]]
    heads: int
    order: frozenset[int]
    unit: int | None
    notes: frozenset[int]
    label: int


def table_lines(block: Block, analyst: Analyst, outline: Outline) -> Iterator[Line]:
    """Yield the value cells of a table, row by row, with what their labels and heads say."""
    grid = _grid(block)
    if grid is None:
        return
    caption = outline.caption()
    topics = {**outline.caption_topics(), **outline.topics()}
    for column in range(len(grid.rows[0])):
        _put(topics, analyst.of(_head_text(grid, column)), TABLE_WEIGHT)
    totals = {r for r in range(grid.heads, len(grid.rows)) if _TOTAL.fullmatch(_label_text(grid, r))}
    parents: list[tuple[int, Analysis]] = []
    section: Analysis | None = None
    above: Analysis | None = None
    by_heads = _named_by_heads(grid, analyst)
    for row in range(grid.heads, len(grid.rows)):
        label = analyst.of(_label_text(grid, row, printed=True))
        values = _values(grid, row)
        if not values:
            section = label if label.text else section
            continue
        depth = _depth(grid, row)
        parents = [p for p in parents if p[0] < depth]
        if row in totals or not (totals and by_heads):
            inherited = _inherited(topics, above, section, [p[1] for p in parents])
            for cell in values:
                yield _cell_line(block, grid, cell, row, label, inherited, parents, section, analyst, outline, caption)
        parents.append((depth, label))
        above = label


def _grid(block: Block) -> _Grid | None:
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
    texts = [" ".join(_texts(rows, range(heads), c)) for c in range(width)]
    order = frozenset(
        c for c, text in enumerate(texts) if _ORDER_HEAD.fullmatch(text.strip()) or _is_order(rows, heads, c)
    )
    unit = next((c for c, text in enumerate(texts) if _UNIT_HEAD.fullmatch(text.strip())), None)
    notes = frozenset(c for c, text in enumerate(texts) if _NOTE_HEAD.fullmatch(text.strip()))
    body = range(heads, height)
    label = next((c for c in range(width) if c not in order and c != unit and not _all_values(rows, body, c)), NO_LABEL)
    return _Grid(rows, heads, order, unit, notes, label)


def _all_values(rows: list[list[Cell | None]], body: range, column: int) -> bool:
    """Tell whether a column holds values only, so that it labels nothing."""
    texts = [t for t in (_level_cell(rows[r][column]) for r in body) if t]
    return bool(texts) and all(_VALUE.fullmatch(t) for t in texts)


def _level_cell(cell: Cell | None) -> str:
    return level(cell.text.strip()) if cell is not None else ""


def _texts(rows: list[list[Cell | None]], span: range, column: int) -> list[str]:
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
        if len(texts) > 2 and all(_COLUMN_NUMBERS.fullmatch(t) for t in texts):
            return index + 1
        if any(_VALUE.fullmatch(t) for t in texts[1:] if t) or (index > 0 and not row_is_head(row)):
            numbered = [t for t in texts if t]
            return index if not all(_COLUMN_NUMBERS.fullmatch(t) for t in numbered) else index + 1
    return min(1, len(rows) - 1)


def row_is_head(row: list[Cell | None]) -> bool:
    """Tell whether a row after the first still belongs to the head: flagged so, or covered by a cell of the row above."""
    return any(cell is not None and (cell.header or cell.row_span > 1) for cell in row)


def _is_order(rows: list[list[Cell | None]], heads: int, column: int) -> bool:
    """Tell whether a first column holds nothing but list numbers."""
    if column != 0:
        return False
    texts = [t for t in (_level_cell(row[0]) for row in rows[heads:]) if t]
    return bool(texts) and _FIRST.fullmatch(texts[0]) is not None and all(_ORDER.fullmatch(t) for t in texts)


def _label_text(grid: _Grid, row: int, printed: bool = False) -> str:
    """Return the text of a row's label: its text cells before the first value."""
    parts: list[str] = []
    seen: list[Cell] = []
    for column, cell in enumerate(grid.rows[row]):
        if cell is None or column in grid.order or column == grid.unit or cell in seen:
            continue
        seen.append(cell)
        text = " ".join(cell.text.split())
        if parts and (_VALUE.fullmatch(level(text)) or column > grid.label):
            break
        if grid.label >= 0 and column >= grid.label:
            parts.append(text)
    text = " ".join(p for p in parts if p)
    return text if printed else level(text)


def _values(grid: _Grid, row: int) -> list[Cell]:
    """Return the cells of a row that may print values, each once."""
    found: list[Cell] = []
    for column, cell in enumerate(grid.rows[row]):
        if cell is None or cell in found or column in grid.order or column in grid.notes:
            continue
        if column in (grid.label, grid.unit) or cell.row < row or not cell.text.strip():
            continue
        if re.search(r"\d|không|chưa", level(cell.text)):
            found.append(cell)
    return found


def _depth(grid: _Grid, row: int) -> int:
    """Return how deep a row stands in its list: 0 for a row of its own, more for parts."""
    orders = [grid.rows[row][c] for c in sorted(grid.order)]
    number = orders[0].text.strip() if orders and orders[0] is not None else ""
    dots = number.rstrip(".").count(".")
    if dots:
        return dots
    part = _PART.match(_label_text(grid, row))
    return 1 if part or (number in ("-", "+", "") and grid.order) else 0


def _named_by_heads(grid: _Grid, analyst: Analyst) -> bool:
    """Tell whether the columns' heads, not the rows' labels, name what the cells are."""
    heads = [_head_text(grid, column) for column in range(grid.label + 1, len(grid.rows[0]))]
    return sum(bool(analyst.of(text).hits) for text in heads if text) >= 2


def _head_text(grid: _Grid, column: int) -> str:
    """Return what the heads over a column say, upper ones first; heads that say nothing are left out."""
    cells: list[Cell] = []
    for r in range(grid.heads):
        cell = grid.rows[r][column]
        if cell is not None and cell not in cells and not _COLUMN_NUMBERS.fullmatch(level(cell.text.strip())):
            cells.append(cell)
    texts = [" ".join(cell.text.split()) for cell in cells]
    return " > ".join(t for t in texts if not _PLAIN_HEAD.fullmatch(re.sub(r"\s*\(.*\)", "", level(t)).strip()))


def _inherited(
    topics: dict[str, float], above: Analysis | None, section: Analysis | None, parents: list[Analysis]
) -> dict[str, float]:
    """Return what a row inherits: from around the table, from the row above, its section and the rows it is part of."""
    found = dict(topics)
    if above is not None:
        _put(found, above, ABOVE_WEIGHT)
    for analysis in (*([section] if section else []), *parents):
        _put(found, analysis, 0.93)
    return found


def _put(found: dict[str, float], analysis: Analysis, weight: float) -> None:
    for name in analysis.names:
        found[name] = max(found.get(name, 0.0), weight)


def _cell_line(
    block: Block,
    grid: _Grid,
    cell: Cell,
    row: int,
    label: Analysis,
    topics: dict[str, float],
    parents: list[tuple[int, Analysis]],
    section: Analysis | None,
    analyst: Analyst,
    outline: Outline,
    caption: Analysis | None,
) -> Line:
    """Return a value cell as a line."""
    head = analyst.of(_head_text(grid, cell.column))
    seen = [Seen(away(hit, 1), ROW_WEIGHT, True) for hit in reversed(counted_out(label))]
    seen += [Seen(away(hit, 2), HEAD_WEIGHT, True) for hit in reversed(head.hits)]
    seen += _roles_of_other_heads(grid, cell, label, head, analyst)
    whole = [*(away(h, 1) for h in label.found.whole), *(away(h, 2) for h in head.found.whole)]
    known = dict(topics)
    unit_cell = grid.rows[row][grid.unit] if grid.unit is not None else None
    unit = analyst.of(unit_cell.text if unit_cell is not None else "")
    for analysis in (label, head, unit):
        known.update(dict.fromkeys(analysis.names, 1.0))
    under = frozenset(name for _, parent in parents for name in parent.names)
    return Line(
        analyst.of(cell.text),
        block.index,
        cell.row,
        cell.column,
        topics=known,
        seen=tuple(seen),
        whole=tuple(whole),
        scale=_scale(grid, row, cell.column, label, caption),
        goals=outline.goals,
        under=under,
        chain=(label, head, *(p[1] for p in reversed(parents)), *((section,) if section else ()), *outline.chain()),
        section=outline.section(),
        headed=outline.headed,
        table=True,
    )


def _roles_of_other_heads(grid: _Grid, cell: Cell, label: Analysis, head: Analysis, analyst: Analyst) -> list[Seen]:
    """Return what a bare "%" column is of: the plan or the last year that another column of the same sums prints."""
    money = any(hit.names & _MONEY for hit in label.hits)
    if (
        not money
        or any(hit.names & _ROLES for hit in head.hits)
        or "%" not in " ".join(_texts(grid.rows, range(grid.heads), cell.column))
    ):
        return []
    others = [analyst.of(_head_text(grid, c)) for c in range(len(grid.rows[0])) if c != cell.column]
    return [Seen(away(h, 3), OTHER_HEAD_WEIGHT, True) for other in others for h in other.hits if h.names & _ROLES]


def _scale(grid: _Grid, row: int, column: int, label: Analysis, caption: Analysis | None) -> Scale:
    """Return what the unit column, the column's head, the row's label or the caption say of a bare number."""
    unit_cell = grid.rows[row][grid.unit] if grid.unit is not None else None
    texts = [level(unit_cell.text)] if unit_cell is not None else []
    texts.append(" ".join(_texts(grid.rows, range(grid.heads), column)))
    texts += re.findall(r"\(([^()]*)\)", label.levelled)
    texts += [caption.levelled] if caption is not None else []
    for text in texts:
        match = _IN_UNIT.search(text)
        if match:
            unit: Unit = "percent" if match["percent"] else "vnd"
            return Scale(Decimal(_SCALES.get(match["scale"] or "", 1)), unit)
    return Scale()
