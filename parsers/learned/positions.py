"""The numbers of a report as the learned readers see them: where each stands and what stands over and beside it.

Belongs here: walking a Document in reading order; every number, number word and denying word that is part of no
citation or date becomes a `Spot`, those of a paragraph or table row a `Line` with headings, list lead and table heads.
Stays out: features made of them (`features`), and any phrase list: this module knows shapes only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from parsers.cited import cited_spans
from parsers.document import Block, Cell, Document, Place
from parsers.figures.table_grid import Grid, column_texts, depth_of, grid_of, label_text, values_of
from parsers.learned.table_sums import ALONE, WHOLE, roles_of
from parsers.negations import find_negations
from parsers.numbers import Number, find_numbers
from parsers.numbers.counted import may_count
from parsers.numbers.words import find_words
from parsers.passages import unlabelled
from parsers.reading import AccountKind
from parsers.text.spelling import level

MOST_SPOTS = 400
"""A paragraph or table row with more numbers is no text; nothing is said of it."""
_DENYING = re.compile(r"(?<!\w)(?:không|chưa|chẳng|ko|k(?=\s+(?:có|phát)))(?!\w)", re.IGNORECASE)
_ALSO_WORDS = frozenset({"không", "một", "năm", "tư", "ba", "hai"})
"""Number words that are everyday words as well; alone they count only where something may be counted."""
_SKIPPED = frozenset({"letterhead", "signature"})


@dataclass(frozen=True)
class Spot:
    """One number or denial: `start`–`end` are characters of its holder's text; a denial has no number and is worth 0.

    `column` tells which cell of its line's row it stands in, None in running text.
    """

    start: int
    end: int
    number: Number | None = None
    column: int | None = None

    @property
    def value(self) -> Decimal:
        """Return the number's worth as printed, 0 for a denial."""
        return self.number.value if self.number is not None else Decimal(0)


@dataclass(frozen=True)
class Column:
    """One cell of a row with spots: its text and the heads over it, upper ones first, levelled.

    `role` says whether it is a total of its column, a part of one, or neither; `totalled` whether its column has one.
    """

    text: str
    heads: tuple[str, ...]
    role: str = ALONE
    totalled: bool = False


@dataclass(frozen=True)
class Line:
    """A paragraph, or a row of a table, with at least one spot.

    `texts` holds the levelled paragraph, or is empty for a row. `over` are the headings, outermost first, `lead` the
    line that opens the list in which it stands, `before` the paragraph before, `label` the row's label, `parents` the
    labels that the row stands under, `caption` the text before the table, all levelled; `title` is the report's.
    """

    block: int
    spots: tuple[Spot, ...]
    text: str = ""
    over: tuple[str, ...] = ()
    lead: str = ""
    before: str = ""
    title: str = ""
    row: int | None = None
    label: str = ""
    parents: tuple[str, ...] = ()
    caption: str = ""
    unit: str = ""
    columns: dict[int, Column] | None = None
    kind: str = "paragraph"

    def place(self, spot: Spot) -> Place:
        """Return the place of a spot in the document."""
        return Place(self.block, spot.start, spot.end, self.row, spot.column)

    def levelled(self, spot: Spot) -> str:
        """Return the levelled text of the paragraph or cell in which a spot stands."""
        return self.text if self.columns is None else self.columns[spot.column or 0].text


def lines_of(document: Document) -> Iterator[Line]:
    """Yield the lines of a report that have spots, in reading order."""
    walk = _Walk(title=" ".join(level(b.text) for b in document.blocks[:14] if b.kind == "title"))
    for block in document.blocks:
        if block.kind == "table":
            yield from _rows(block, walk)
        elif block.kind not in _SKIPPED:
            line = _paragraph(block, walk)
            if line is not None:
                yield line
        walk.enter(block)


@dataclass
class _Walk:
    """The headings in force, the line that opens a list, the paragraph before."""

    title: str
    stack: tuple[tuple[int, str], ...] = ()
    lead: str = ""
    before: str = ""
    captions: tuple[str, ...] = ()

    def enter(self, block: Block) -> None:
        """Step over a block."""
        text = level(block.text)
        if block.kind == "heading":
            depth = block.level or 9
            self.stack = (*(h for h in self.stack if h[0] < depth), (depth, unlabelled(text)))
            self.lead, self.before, self.captions = "", "", ()
        elif block.kind == "title":
            self.stack, self.lead, self.before = (), "", ""
            self.captions = (*self.captions[-2:], text)
        elif block.kind == "table":
            self.lead, self.before, self.captions = "", "", ()
        elif block.kind not in _SKIPPED:
            if text.rstrip().endswith(":"):
                self.lead = text
            elif block.kind == "paragraph":
                self.lead = ""
            self.before = text
            self.captions = (*self.captions[-2:], text) if len(text) < 240 else ()

    @property
    def over(self) -> tuple[str, ...]:
        return tuple(text for _, text in self.stack)


def _paragraph(block: Block, walk: _Walk) -> Line | None:
    spots = spots_of(block.text)
    if not spots or len(spots) > MOST_SPOTS:
        return None
    return Line(
        block.index,
        spots,
        level(block.text),
        over=walk.over,
        lead=walk.lead,
        before=walk.before,
        title=walk.title,
        kind=block.kind,
    )


def spots_of(text: str, column: int | None = None) -> tuple[Spot, ...]:
    """Return the numbers and denials of a text in order; what cites or dates by its form is left out."""
    numbers = [*find_numbers(text), *_in_words(text)]
    cited = cited_spans(text) if numbers else []
    masked = [(a, b) for a, b, kind in cited if _masks(text, a, kind)]
    spots = [
        Spot(n.start, n.end, n, column)
        for n in numbers
        if not _hangs_on(text, n.start) and not any(a <= n.start < b for a, b in masked)
    ]
    taken = [(s.start, s.end) for s in spots]
    for start, end in _denials(text):
        if not any(a < end and start < b for a, b in taken):
            spots.append(Spot(start, end, None, column))
    return tuple(sorted(spots, key=lambda s: s.start))


def _hangs_on(text: str, start: int) -> bool:
    """Return whether digits hang on a letter before them ("A3"); a word of small letters only lost its blank."""
    before = text[max(0, start - 3) : start]
    return before[-1:].isalpha() and not (len(before) == 3 and before[1:].islower() and before[1:].isalpha())


def _in_words(text: str) -> Iterator[Number]:
    """Yield the numbers in words that count nothing right behind them ("cán bộ chín, công chức mười")."""
    words = [
        w
        for w in find_words(text)
        if not w.single or text[w.start : w.end].lower() not in _ALSO_WORDS or may_count(text, w.start, w.end)
    ]
    known = find_numbers(text) if words else []
    for word in words:
        echo = text[max(0, word.start - 1) : word.start] == "("
        if not echo and not any(n.start < word.end and word.start < n.end for n in known):
            yield Number(word.start, word.end, text[word.start : word.end], word.value, in_words=True)


def _masks(text: str, start: int, kind: AccountKind) -> bool:
    """Return whether a citation hides its number; "hạng 7" and "tổ 5" only look like list numbers and names."""
    if kind is AccountKind.LIST_NUMBER:
        return text[start : start + 1] == "(" or not (text[:start].strip() or text[start : start + 1].isalpha())
    return kind is not AccountKind.NAME


def _denials(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of denying words, with the verb where one is known to be denied."""
    words = list(_DENYING.finditer(text))
    known = {n.start: n.end for n in find_negations(text)} if words else {}
    for word in words:
        yield word.start(), known.get(word.start(), word.end())


def _rows(block: Block, walk: _Walk) -> Iterator[Line]:
    """Yield the rows of a table that print values."""
    grid = grid_of(block)
    if grid is None:
        return
    caption = " ".join(walk.captions)
    roles = _roles(grid)
    totalled = {column for (_, column), role in roles.items() if role == WHOLE}
    parents: tuple[tuple[int, str], ...] = ()
    for row in range(grid.heads, len(grid.rows)):
        label = unlabelled(label_text(grid, row))
        printing = [*values_of(grid, row), *_notes(grid, row)]
        cells = {
            c.column: Column(
                level(c.text), _heads(grid, c.column), roles.get((row, c.column), ALONE), c.column in totalled
            )
            for c in printing
        }
        spots = tuple(s for c in printing for s in spots_of(c.text, c.column))
        depth = _depth(grid, row, bool(cells))
        parents = tuple(p for p in parents if p[0] < depth)
        if spots and len(spots) <= MOST_SPOTS:
            yield Line(
                block.index,
                spots,
                over=walk.over,
                before=walk.before,
                title=walk.title,
                row=row,
                label=label,
                parents=tuple(text for _, text in parents),
                caption=caption,
                unit=_unit(grid, row),
                columns=cells,
                kind="table",
            )
        parents = (*parents, (depth, label))


def _notes(grid: Grid, row: int) -> list[Cell]:
    """Return the cells of a row's columns of notes: a share beside its count is often printed there."""
    cells = [grid.rows[row][column] for column in sorted(grid.notes)]
    return [cell for cell in cells if cell is not None and cell.row == row and cell.text.strip()]


def _roles(grid: Grid) -> dict[tuple[int, int], str]:
    """Return the roles of the cells that print one number."""
    cells = {}
    for row in range(grid.heads, len(grid.rows)):
        for cell in values_of(grid, row):
            numbers = find_numbers(cell.text)
            if len(numbers) == 1 and not numbers[0].percent:
                cells[row, cell.column] = numbers[0].value
    return roles_of(cells)


def _heads(grid: Grid, column: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, column_texts(grid.rows, range(grid.heads), column))))


def _depth(grid: Grid, row: int, printing: bool) -> int:
    """Return how deep a row stands: a row without values over those behind it, a part under its whole."""
    return depth_of(grid, row) + 1 if printing else 0


def _unit(grid: Grid, row: int) -> str:
    cell = grid.rows[row][grid.unit] if grid.unit is not None else None
    return level(cell.text) if cell is not None else ""
