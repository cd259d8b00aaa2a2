"""Tables as lines: every value cell with its row's label and its columns' heads.

Belongs here: finding head rows, label, number and unit columns, total rows and sub-rows of a table, and handing out its
value cells as lines with what they inherit.
Stays out: what the phrases mean (`ways`, `money`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from parsers.accounts import Named
from parsers.document import Block, Cell, Place
from parsers.figures.analysis import Analysis, Analyst
from parsers.figures.cellroles import DOUBT, CellRole, Kind, cell_role, kind_of
from parsers.figures.clauses import Seen
from parsers.figures.columns import Role, columns_of
from parsers.figures.events import counted_out
from parsers.figures.grid import Grid, column_texts, depth_of, grid_of, head_text, label_text, values_of
from parsers.figures.heads import head_words
from parsers.figures.mentions import Scale
from parsers.figures.outline import Line, Outline, away
from parsers.figures.spelling import level
from parsers.figures.units import unit_in
from parsers.reading import AccountKind

_SAID_OTHERWISE = {
    Role.PLAN: (AccountKind.TARGET, "the plan"),
    Role.PRIOR: (AccountKind.PRIOR_PERIOD, "an earlier period"),
    Role.CHANGE: (AccountKind.CHANGE, "a change"),
    Role.SHARE_OF_PLAN: (AccountKind.MEASURE, "a share of the plan"),
    Role.SHARE_OF_PRIOR: (AccountKind.CHANGE, "a share of an earlier period"),
}
"""What the cells of a column are by its head where they are no figures of their rows."""
ROW_WEIGHT, HEAD_WEIGHT, TABLE_WEIGHT, ABOVE_WEIGHT = 0.95, 0.9, 0.88, 0.75

_TOTAL = re.compile(
    r"(?:\(?[a-z\d]+[.)]\s*)?(?:tổng(?:\s+(?:cộng|số))?|cộng|toàn\s+(?:phường|xã)|tổng\s+cộng.*|cộng\s+chung|tổng\s+(?:số\s+)?(?:hồ\s+sơ|chung)|tc)[\s:.()\d+=ivx]*"
)
_BRACKET = re.compile(r"\(([^()]*)\)")
_PAIR = re.compile(r"\d+\s*/\s*\d+")
"""Two numbers of two things named in one label; which is which is not told."""


def table_lines(block: Block, analyst: Analyst, outline: Outline) -> Iterator[Line | Named]:
    """Yield the value cells of a table with what their labels and heads say, or why they are no figures."""
    grid = grid_of(block)
    if grid is None:
        return
    caption = outline.caption_unit()
    topics = {**outline.caption_topics(), **outline.topics()}
    for column in range(len(grid.rows[0])):
        _put(topics, analyst.of(head_text(grid, column)), TABLE_WEIGHT)
    totals = {r for r in range(grid.heads, len(grid.rows)) if _TOTAL.fullmatch(label_text(grid, r))}
    parents: list[tuple[int, Analysis]] = []
    section: Analysis | None = None
    above: Analysis | None = None
    by_heads = _named_by_heads(grid, analyst)
    heads = [analyst.of(head_text(grid, column)) for column in range(len(grid.rows[0]))]
    words = [head_words(grid, column, analyst) for column in range(len(grid.rows[0]))]
    columns = columns_of(grid, analyst)
    several = sum(bool(values_of(grid, row)) for row in range(grid.heads, len(grid.rows))) > 1
    for row in range(grid.heads, len(grid.rows)):
        label = analyst.of(label_text(grid, row, printed=True))
        values = values_of(grid, row)
        if not values:
            section = label if label.text else section
            continue
        depth = depth_of(grid, row)
        parents = [p for p in parents if p[0] < depth]
        anyones = by_heads and not totals and several and not label.hits
        if row not in totals and totals and by_heads and kind_of(label) is not Kind.PEOPLE:
            yield from (_set_aside(block, cell, AccountKind.SUB_ITEM, "a row of the total") for cell in values)
        else:
            inherited = _inherited(topics, above, section, [p[1] for p in parents])
            for cell in values:
                if _PAIR.fullmatch(cell.text.strip()) and "/" in label.text:
                    continue
                place = cell.column
                role = cell_role(label, counted_out(label), heads[place], words[place], columns[place], columns)
                if role is None and columns[place].role in _SAID_OTHERWISE:
                    yield _set_aside(block, cell, *_SAID_OTHERWISE[columns[place].role])
                elif role is not None:
                    role = replace(role, trust=min(role.trust, DOUBT)) if anyones else role
                    yield _cell_line(
                        block, grid, cell, row, label, role, inherited, parents, section, analyst, outline, caption
                    )
        parents.append((depth, label))
        above = label


def _set_aside(block: Block, cell: Cell, kind: AccountKind, reason: str) -> Named:
    """Return a value cell as a number that is no figure, by its row or the head of its column."""
    return Named(Place(block.index, 0, len(cell.text), cell.row, cell.column), kind, f"table: {reason}")


def _named_by_heads(grid: Grid, analyst: Analyst) -> bool:
    """Tell whether the columns' heads, not the rows' labels, name what the cells are."""
    heads = [head_text(grid, column) for column in range(grid.label + 1, len(grid.rows[0]))]
    return sum(bool(analyst.of(text).hits) for text in heads if text) >= 2


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
    grid: Grid,
    cell: Cell,
    row: int,
    label: Analysis,
    role: CellRole,
    topics: dict[str, float],
    parents: list[tuple[int, Analysis]],
    section: Analysis | None,
    analyst: Analyst,
    outline: Outline,
    caption: str,
) -> Line:
    """Return a value cell as a line."""
    head = analyst.of(head_text(grid, cell.column))
    seen = [Seen(away(hit, 1), ROW_WEIGHT, True) for hit in reversed(role.label)]
    seen += [Seen(away(hit, 2), HEAD_WEIGHT, True) for hit in reversed(role.head)]
    whole = [*(away(h, 1) for h in label.found.whole), *(away(h, 2) for h in head.found.whole)] if role.whole else []
    known = dict(topics)
    unit_cell = grid.rows[row][grid.unit] if grid.unit is not None else None
    unit = analyst.of(unit_cell.text if unit_cell is not None else "")
    for analysis in (label, head, unit):
        known.update(dict.fromkeys(analysis.names, 1.0))
    under = role.under | frozenset(name for _, parent in parents for name in parent.names)
    return Line(
        analyst.of(cell.text),
        block.index,
        cell.row,
        cell.column,
        topics=known,
        seen=tuple(seen),
        whole=tuple(whole),
        scale=Scale(unit="percent") if role.percent else _scale(grid, row, cell.column, label, caption),
        goals=outline.goals,
        under=under,
        chain=(label, head, *(p[1] for p in reversed(parents)), *((section,) if section else ()), *outline.chain()),
        section=outline.section(),
        headed=outline.headed,
        table=True,
        words=" | ".join(text for text in (label.text, head.text) if text),
        trust=role.trust,
    )


def _scale(grid: Grid, row: int, column: int, label: Analysis, caption: str) -> Scale:
    """Return what the unit column, the column's head, the row's label or the caption say of a bare number."""
    unit_cell = grid.rows[row][grid.unit] if grid.unit is not None else None
    own = level(unit_cell.text).strip() if unit_cell is not None else ""
    if own:
        return unit_in(own) or Scale()
    texts = [" ".join(column_texts(grid.rows, range(grid.heads), column)), *_BRACKET.findall(label.levelled)]
    if grid.label >= 0:
        texts += _BRACKET.findall(" ".join(column_texts(grid.rows, range(grid.heads), grid.label)))
    return next((unit for unit in map(unit_in, [*texts, caption]) if unit is not None), Scale())
