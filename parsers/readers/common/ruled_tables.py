"""Tables from ruled lines: the cells they enclose and the tokens inside each.

Belongs here: lines on paper to a grid by pdfplumber's geometry, for digital pages and scans alike.
Stays out: where the lines come from (`readers.pdf.text`, `ocr`), headers and continuation (`tables`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from parsers.document import Box
from parsers.readers.common.printed import PrintedCell, PrintedLine, PrintedTable, Token, line_of
from parsers.readers.pdf.frame import Rule

# Chosen by hand; what they do is held by tests/readers. Points, unless said.
_SNAP = 3.0  # edges nearer to each other are one (the default of pdfplumber)
_JOIN = 4.0  # pieces of a rule with a smaller gap are one
_CROSS = 4.0  # rules that miss each other by less cross
_SAME_BORDER = 4.0
_LEAST_ROW = 8.0  # lower than any row of text
_MOST_RULES = 4_000  # more are a drawing; bounds the time


def find_tables(rules: Sequence[Rule], lines: list[PrintedLine]) -> tuple[list[PrintedTable], list[PrintedLine]]:
    """Return the tables that ruled lines enclose, top to bottom, and the lines of text outside them.

    A single frame around text, or a frame of one column, is no table and leaves its text where it is.
    """
    tables: list[PrintedTable] = []
    for boxes in enclosed(rules):
        table, outside = _filled(boxes, lines)
        if table is not None:
            tables.append(table)
            lines = outside
    return tables, lines


def enclosed(rules: Sequence[Rule]) -> list[list[Box]]:
    """Return the cells of each table as boxes; frames of one cell or one column are among them."""
    if not 4 <= len(rules) <= _MOST_RULES:
        return []
    edges = merge_edges([_edge(r) for r in rules], _SNAP, _SNAP, _JOIN, _JOIN)
    edges += _closing(edges)
    cells = intersections_to_cells(edges_to_intersections(edges, _CROSS, _CROSS))
    return [[Box(*cell) for cell in table] for table in cells_to_tables(cells)] if cells else []


def _closing(edges: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the level lines that are missing where upright lines of a table end side by side in the open.

    So a table is left that a page break cuts within a row, and one without its outer border.
    """
    level = [e for e in edges if e["orientation"] == "h"]
    upright = [e for e in edges if e["orientation"] == "v"]
    closing: list[dict[str, Any]] = []
    for end, sign in (("bottom", 1), ("top", -1)):
        loose = sorted((e for e in upright if _is_loose(e, end, sign, level)), key=lambda e: (e[end], e["x0"]))
        groups: list[list[dict[str, Any]]] = []
        for edge in loose:
            if groups and edge[end] - groups[-1][-1][end] <= _SNAP:
                groups[-1].append(edge)
            else:
                groups.append([edge])
        closing += [_level_at(group, end) for group in groups if len(group) > 1]
    return closing


def _is_loose(edge: dict[str, Any], end: str, sign: int, level: Sequence[dict[str, Any]]) -> bool:
    """Return whether an upright line crosses level lines of a table and runs on beyond the last of them."""
    crossed = [
        (e["top"] - edge[end]) * sign
        for e in level
        if e["x0"] - _CROSS <= edge["x0"] <= e["x1"] + _CROSS
        and edge["top"] - _CROSS <= e["top"] <= edge["bottom"] + _CROSS
    ]
    return bool(crossed) and max(crossed) < -_LEAST_ROW


def _level_at(uprights: Sequence[dict[str, Any]], end: str) -> dict[str, Any]:
    """Return the level line that joins the ends of upright lines."""
    places = [e["x0"] for e in uprights]
    return _edge(Rule(min(places), uprights[0][end], max(places), uprights[0][end]))


def _edge(rule: Rule) -> dict[str, Any]:
    """Return a line in the form pdfplumber's geometry takes: without thickness, level or upright."""
    level = rule.x1 - rule.x0 >= rule.bottom - rule.top
    x, y = (rule.x0 + rule.x1) / 2, (rule.top + rule.bottom) / 2
    x0, x1 = (rule.x0, rule.x1) if level else (x, x)
    top, bottom = (y, y) if level else (rule.top, rule.bottom)
    return {
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
        "orientation": "h" if level else "v",
        "object_type": "line",
    }


def _filled(boxes: list[Box], lines: list[PrintedLine]) -> tuple[PrintedTable | None, list[PrintedLine]]:
    """Return cells with their text, and what is left; None for what is no table."""
    columns = _borders([v for b in boxes for v in (b.x0, b.x1)])
    rows = _borders([v for b in boxes for v in (b.top, b.bottom)])
    if len(columns) < 3 or len(boxes) < 2:
        return None, lines
    held, outside = _dealt(boxes, lines)
    cells = []
    for box, inside in zip(boxes, held, strict=True):
        row, column = _at(rows, box.top), _at(columns, box.x0)
        spans = max(_at(rows, box.bottom) - row, 1), max(_at(columns, box.x1) - column, 1)
        cells.append(PrintedCell(row, column, *spans, inside))
    hull = Box(columns[0], rows[0], columns[-1], rows[-1])
    return PrintedTable(hull, columns, sorted(cells, key=lambda c: (c.row, c.column))), outside


def _dealt(boxes: list[Box], lines: list[PrintedLine]) -> tuple[list[list[PrintedLine]], list[PrintedLine]]:
    """Return the lines inside each box, and the lines or parts of lines inside none."""
    held: list[list[PrintedLine]] = [[] for _box in boxes]
    outside: list[PrintedLine] = []
    top, bottom = min(b.top for b in boxes), max(b.bottom for b in boxes)
    for line in lines:
        if line.bottom < top or line.top > bottom:
            outside.append(line)
            continue
        parts: dict[int, list[Token]] = {}
        for token in line.tokens:
            parts.setdefault(_holder(boxes, token.box), []).append(token)
        for place, tokens in parts.items():
            (outside if place < 0 else held[place]).append(line_of(tokens, line.set_apart))
    return [_merged(inside) for inside in held], outside


def _merged(lines: list[PrintedLine]) -> list[PrintedLine]:
    """Return the lines of a cell from top to bottom, pieces on one height joined from left to right."""
    merged: list[PrintedLine] = []
    for line in sorted(lines, key=lambda part: (part.top, part.x0)):
        above = merged[-1] if merged else None
        if above is not None and line.top < (above.top + above.bottom) / 2:
            tokens = sorted([*above.tokens, *line.tokens], key=lambda t: t.box.x0)
            merged[-1] = line_of(tokens, above.set_apart and line.set_apart)
        else:
            merged.append(line)
    return merged


def _holder(boxes: list[Box], token: Box) -> int:
    """Return which box holds the centre of a token, -1 for none."""
    x, y = (token.x0 + token.x1) / 2, (token.top + token.bottom) / 2
    for place, box in enumerate(boxes):
        if box.x0 <= x <= box.x1 and box.top <= y <= box.bottom:
            return place
    return -1


def _borders(values: list[float]) -> list[float]:
    """Return the places of borders in order, those that lie together as one."""
    borders: list[float] = []
    for value in sorted(values):
        if not borders or value - borders[-1] > _SAME_BORDER:
            borders.append(value)
    return borders


def _at(borders: list[float], value: float) -> int:
    """Return the number of the border at or nearest before a value."""
    return max(bisect_left(borders, value + _SAME_BORDER) - 1, 0)
