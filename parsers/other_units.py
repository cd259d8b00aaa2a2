"""Tables that set units side by side: rows and columns of other units are no figures of the report's own unit.

Belongs here: finding such a table by the names in its label column or its heads, a Document without the rows and
columns of others, and the accounts of the numbers that stand in them.
Stays out: whose report it is (`parsers.identity`); here the unit is the one whose name the letterhead prints.

A report prints "Xã Măng Đen | 2.266" between its neighbours' rows and above "Cộng ba xã | 4.000". Read as any table,
the row of the total looks like the report's own. Where the units stand in the heads, the own name there tells a reader
nothing of what its column counts: a plain head stands for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from catalogue.wordlists import either, word_list, words_for
from parsers.document import Block, Cell, Document, Place
from parsers.figures.table_grid import Grid, grid_of
from parsers.identity.headlines import plain
from parsers.identity.letterhead import read_letterhead
from parsers.numbers import find_numbers
from parsers.reading import Account, AccountKind

OTHER_UNIT = "table: another unit's row or column"
"""The reason that the accounts of these numbers give."""
LEAST_NAME, LONGEST_NAME = 2, 4
"""Words of a unit's name that stands without its kind."""
_KINDS = sorted(words_for("kinds_of_unit"), key=len, reverse=True)
_KIND = re.compile(rf"(?:ubnd\s+|uy ban nhan dan\s+)?(?:{'|'.join(map(re.escape, _KINDS))})\s*(?=\w)")
_SEVERAL = rf"\d+\s+(?:{'|'.join(map(re.escape, _KINDS))}|{plain(either('units_together', ' '))})(?!\w)"
(_OWN,) = word_list("own_column")
_WHOLE = re.compile(rf"(?:{plain(either('rows_over_units', ' '))})(?!\w)|{_SEVERAL}")
_ASIDE = re.compile(r"\([^()]*\)|^\W*(?:\d{1,3}\s*[.)]\s*)?")


def without_other_units(document: Document) -> Document:
    """Return the document with the rows and columns of others blanked in tables that set units side by side.

    Places in what is left are those of the document itself.
    """
    own = _own_name(document)
    if not own:
        return document
    blocks = tuple(_blanked(block, own) if block.kind == "table" else block for block in document.blocks)
    return document if blocks == document.blocks else replace(document, blocks=blocks)


def accounts_of_others(document: Document, shown: Document) -> Iterator[Account]:
    """Yield the accounts of the numbers that `shown` leaves out of the document."""
    for whole, left in zip(document.blocks, shown.blocks, strict=True):
        if whole is left:
            continue
        for cell, kept in zip(whole.cells, left.cells, strict=True):
            if cell.text != kept.text:
                yield from _accounts(document, whole.index, cell)


def _accounts(document: Document, block: int, cell: Cell) -> Iterator[Account]:
    for number in find_numbers(cell.text):
        place = Place(block, number.start, number.end, cell.row, cell.column)
        yield Account(
            AccountKind.OTHER_LEVEL, number.raw, number.value, place, document.page_of(place), cell.text, OTHER_UNIT
        )


def _own_name(document: Document) -> str:
    """Return the unit's name without its kind and marks, as the letterhead's last line with a kind prints it."""
    lines = [plain(" ".join(line.split())) for line in read_letterhead(document).agency]
    named = [line[m.end() :].partition("|")[0].strip(" .-_*") for line in lines if (m := _KIND.match(line))]
    return named[-1] if named else ""


def _blanked(block: Block, own: str) -> Block:
    """Return a table without what is other units'; unchanged where it does not set them beside the own one."""
    grid = grid_of(block)
    if grid is None:
        return block
    labels = [c for c in range(len(grid.rows[0])) if c not in grid.order]
    rows = next((found for c in labels if (found := _rows_of_others(grid, c, own))), frozenset())
    shown = {(row, c): "" for row in rows for c in labels} or _columns_of_others(grid, own)
    return replace(block, cells=tuple(_as_shown(cell, shown.get((cell.row, cell.column))) for cell in block.cells))


def _as_shown(cell: Cell, text: str | None) -> Cell:
    return cell if text is None else replace(cell, text=text, words=())


def _columns_of_others(grid: Grid, own: str) -> dict[tuple[int, int], str]:
    """Return what is shown where the heads name units: nothing of others, and over the own columns a plain head.

    Empty where no row of heads names the own unit and another one.
    """
    aside = {*grid.order, *grid.notes, grid.label, grid.unit}
    for row in range(grid.heads):
        heads = {c: _label(grid, row, c) for c in range(len(grid.rows[row])) if c not in aside}
        mine = {c for c, text in heads.items() if _bare_name(text) == own}
        bare = any(plain(heads[c]) == own for c in mine)
        others = {c for c, text in heads.items() if c not in mine and _heads_other(text, bare)}
        if mine and others:
            under = {(r, c): "" for r in range(row, len(grid.rows)) for c in others}
            return under | {(row, c): _OWN for c in mine}
    return {}


def _rows_of_others(grid: Grid, column: int, own: str) -> frozenset[int]:
    """Return the rows of other units, none where the column does not list units with the own one once among them."""
    labels = {row: _label(grid, row, column) for row in range(grid.heads, len(grid.rows))}
    others = frozenset(row for row, text in labels.items() if _bare_name(text) != own)
    listed = all(_is_other(labels[row]) for row in others) and any(_names_unit(labels[row]) for row in others)
    return others if listed and len(labels) - len(others) == 1 else frozenset()


def _heads_other(head: str, bare: bool) -> bool:
    """Return whether a head is of another unit; a name without its kind is one only beside a `bare` own name."""
    named = _names_unit(head) and (bare or _KIND.match(plain(head)) is not None)
    return named or _WHOLE.match(plain(head)) is not None


def _label(grid: Grid, row: int, column: int) -> str:
    cell = grid.rows[row][column]
    return _ASIDE.sub("", " ".join(cell.text.split())).strip() if cell is not None else ""


def _bare_name(label: str) -> str:
    flat = plain(label)
    kind = _KIND.match(flat)
    return flat[kind.end() :].strip() if kind else flat


def _is_other(label: str) -> bool:
    """Return whether a row is of another unit, or of several together."""
    return not label or _names_unit(label) or _WHOLE.match(plain(label)) is not None


def _names_unit(label: str) -> bool:
    """Return whether a label is the name of a unit: its kind and a name, or a name alone, every word with a capital."""
    kind = _KIND.match(plain(label))
    words = label[kind.end() if kind else 0 :].split()
    least = 1 if kind else LEAST_NAME
    return least <= len(words) <= LONGEST_NAME and all(w[0].isupper() or w[0].isdigit() for w in words)
