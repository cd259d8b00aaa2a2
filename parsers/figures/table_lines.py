"""Tables as lines: every value cell with its row's label and its columns' heads.

Belongs here: finding head rows, label, number and unit columns, total rows and sub-rows of a table, and handing out its
value cells as lines with what they inherit.
Stays out: what the phrases mean (`propose`, `money`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from catalogue.shapes import shape
from parsers.accounts import Named
from parsers.document import Block, Cell, Place
from parsers.figures.analysis import Analysis, Analyst
from parsers.figures.clauses import Seen
from parsers.figures.events import counted_out
from parsers.figures.lines import Line, Outline, away
from parsers.figures.mentions import Scale
from parsers.figures.table_cells import DOUBT, CellRole, Kind, cell_role, kind_of
from parsers.figures.table_columns import Role, columns_of
from parsers.figures.table_grid import Grid, column_texts, depth_of, grid_of, head_text, label_text, values_of
from parsers.figures.table_headers import head_words
from parsers.figures.units import unit_in
from parsers.reading import AccountKind
from parsers.text.spelling import level

_SAID_OTHERWISE = {
    Role.PLAN: (AccountKind.TARGET, "the plan"),
    Role.PRIOR: (AccountKind.PRIOR_PERIOD, "an earlier period"),
    Role.CHANGE: (AccountKind.CHANGE, "a change"),
    Role.SHARE_OF_PLAN: (AccountKind.MEASURE, "a share of the plan"),
    Role.SHARE_OF_PRIOR: (AccountKind.CHANGE, "a share of an earlier period"),
}
"""What the cells of a column are by its head where they are no figures of their rows."""
# What a phrase of a row, head, caption or heading keeps, by hand on the marked reports (docs/reading.md).
ROW_WEIGHT, HEAD_WEIGHT, TABLE_WEIGHT, ABOVE_WEIGHT, OVER_WEIGHT = 0.95, 0.9, 0.88, 0.75, 0.93

_TOTAL = re.compile(shape("total_row"))
_BRACKET = re.compile(r"\(([^()]*)\)")
_PAIR = re.compile(r"\d+\s*/\s*\d+")
"""Two numbers of two things named in one label; which is which is not told."""


def table_lines(block: Block, analyst: Analyst, outline: Outline) -> Iterator[Line | Named]:
    """Yield the value cells of a table with what their labels and heads say, or why they are no figures."""
    grid = grid_of(block)
    if grid is not None:
        yield from _Table(block, grid, analyst, outline).lines()


@dataclass(frozen=True)
class _Row:
    """A row with values: its label, the rows that it is a part of, the section over it, the row above."""

    index: int
    label: Analysis
    parents: tuple[Analysis, ...]
    section: Analysis | None
    above: Analysis | None

    @property
    def over(self) -> tuple[Analysis, ...]:
        """Return the texts that the row stands under, nearest first."""
        return (*reversed(self.parents), *((self.section,) if self.section else ()))


class _Table:
    """Reads the value cells of one table."""

    def __init__(self, block: Block, grid: Grid, analyst: Analyst, outline: Outline) -> None:
        self._block, self._grid, self._analyst, self._outline = block, grid, analyst, outline
        self._places = range(grid.heads, len(grid.rows))
        width = range(len(grid.rows[0]))
        self._heads = [analyst.of(head_text(grid, column)) for column in width]
        self._words = [head_words(grid, column, analyst) for column in width]
        self._columns = columns_of(grid, analyst)
        self._caption = outline.caption_unit()
        self._topics = {**outline.caption_topics(), **outline.topics()}
        for head in self._heads:
            _put(self._topics, head, TABLE_WEIGHT)
        self._totals = {row for row in self._places if _TOTAL.fullmatch(label_text(grid, row))}
        self._by_heads = _named_by_heads(grid, analyst)
        self._several = sum(bool(values_of(grid, row)) for row in self._places) > 1

    def lines(self) -> Iterator[Line | Named]:
        """Yield the value cells, row by row."""
        for row in self._rows():
            if self._is_part(row):
                yield from (self._set_aside(c, AccountKind.SUB_ITEM, "a row of the total") for c in self._values(row))
            else:
                yield from self._cells(row)

    def _rows(self) -> Iterator[_Row]:
        """Yield the rows that have values; a row without any is the section of those behind it."""
        parents: list[tuple[int, Analysis]] = []
        section: Analysis | None = None
        above: Analysis | None = None
        for index in self._places:
            label = self._analyst.of(label_text(self._grid, index, printed=True))
            if not values_of(self._grid, index):
                section = label if label.text else section
                continue
            depth = depth_of(self._grid, index)
            parents = [p for p in parents if p[0] < depth]
            yield _Row(index, label, tuple(p[1] for p in parents), section, above)
            parents.append((depth, label))
            above = label

    def _values(self, row: _Row) -> list[Cell]:
        return values_of(self._grid, row.index)

    def _is_part(self, row: _Row) -> bool:
        """Return whether a row is one of several that a total row adds up."""
        adds_up = bool(self._totals) and self._by_heads and row.index not in self._totals
        return adds_up and kind_of(row.label) is not Kind.PEOPLE

    def _cells(self, row: _Row) -> Iterator[Line | Named]:
        anyones = self._by_heads and not self._totals and self._several and not row.label.hits
        inherited = self._inherited(row)
        for cell in self._values(row):
            if _PAIR.fullmatch(cell.text.strip()) and "/" in row.label.text:
                continue
            place, columns = cell.column, self._columns
            spoken = counted_out(row.label)
            role = cell_role(row.label, spoken, self._heads[place], self._words[place], columns[place], columns)
            if role is None and columns[place].role in _SAID_OTHERWISE:
                yield self._set_aside(cell, *_SAID_OTHERWISE[columns[place].role])
            elif role is not None:
                trust = min(role.trust, DOUBT) if anyones else role.trust
                yield self._line(cell, row, replace(role, trust=trust), inherited)

    def _inherited(self, row: _Row) -> dict[str, float]:
        """Return what a row inherits: from around the table, the row above, its section and the rows it is part of."""
        found = dict(self._topics)
        if row.above is not None:
            _put(found, row.above, ABOVE_WEIGHT)
        for analysis in row.over:
            _put(found, analysis, OVER_WEIGHT)
        return found

    def _set_aside(self, cell: Cell, kind: AccountKind, reason: str) -> Named:
        """Return a value cell as a number that is no figure, by its row or the head of its column."""
        return Named(Place(self._block.index, 0, len(cell.text), cell.row, cell.column), kind, f"table: {reason}")

    def _line(self, cell: Cell, row: _Row, role: CellRole, inherited: dict[str, float]) -> Line:
        """Return a value cell as a line."""
        head, label, outline = self._heads[cell.column], row.label, self._outline
        seen = [Seen(away(hit, 1), ROW_WEIGHT, True) for hit in reversed(role.label)]
        seen += [Seen(away(hit, 2), HEAD_WEIGHT, True) for hit in reversed(role.head)]
        whole = [*(away(h, 1) for h in label.found.whole), *(away(h, 2) for h in head.found.whole)]
        known = dict(inherited)
        for analysis in (label, head, self._analyst.of(self._unit_text(row.index))):
            known.update(dict.fromkeys(analysis.names, 1.0))
        return Line(
            self._analyst.of(cell.text),
            self._block.index,
            cell.row,
            cell.column,
            topics=known,
            seen=tuple(seen),
            whole=tuple(whole) if role.whole else (),
            scale=Scale(unit="percent") if role.percent else self._scale(row, cell.column),
            goals=outline.goals,
            under=role.under | frozenset(name for parent in row.parents for name in parent.names),
            chain=(label, head, *row.over, *outline.chain()),
            section=outline.section(),
            headed=outline.headed,
            table=True,
            words=" | ".join(text for text in (label.text, head.text) if text),
            trust=role.trust,
        )

    def _unit_text(self, row: int) -> str:
        cell = self._grid.rows[row][self._grid.unit] if self._grid.unit is not None else None
        return cell.text if cell is not None else ""

    def _scale(self, row: _Row, column: int) -> Scale:
        """Return what the unit column, the column's head, the row's label or the caption say of a bare number."""
        own = level(self._unit_text(row.index)).strip()
        if own:
            return unit_in(own) or Scale()
        grid, heads = self._grid, range(self._grid.heads)
        texts = [" ".join(column_texts(grid.rows, heads, column)), *_BRACKET.findall(row.label.levelled)]
        if grid.label >= 0:
            texts += _BRACKET.findall(" ".join(column_texts(grid.rows, heads, grid.label)))
        return next((unit for unit in map(unit_in, [*texts, self._caption]) if unit is not None), Scale())


def _named_by_heads(grid: Grid, analyst: Analyst) -> bool:
    """Return whether the columns' heads, not the rows' labels, name what the cells are."""
    heads = [head_text(grid, column) for column in range(grid.label + 1, len(grid.rows[0]))]
    return sum(bool(analyst.of(text).hits) for text in heads if text) >= 2


def _put(found: dict[str, float], analysis: Analysis, weight: float) -> None:
    for name in analysis.names:
        found[name] = max(found.get(name, 0.0), weight)
