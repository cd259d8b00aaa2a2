"""XLSX to drafts.

Belongs here: the cells of every visible sheet with what they show; rows, columns and sheets that are hidden, and white
or tiny text, are unseen; formulas without a kept result are not read.
Stays out: layout (`layout`), number formats (`shown`).
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import Any

import openpyxl
from openpyxl.utils import column_index_from_string

from cchc.errors import DocumentError
from cchc.messages import translator
from parsers.document import Unread, Unseen, UnseenWhy
from parsers.limits import Limits
from parsers.outcomes import Outcome
from parsers.readers.common.draft import Draft, Drafted
from parsers.readers.common.package import Package
from parsers.readers.common.seen import says_something, unseen_because
from parsers.readers.sheets.layout import SheetCell, sheet_drafts
from parsers.readers.sheets.shown import shown

_ = translator("formats")

_OF_THEME = {0: "FFFFFF", 1: "000000"}
"""The first two colours of a theme are paper and ink in every theme but the dark ones, which no office prints."""

_WIDEST = 16_384  # ECMA-376, part 1, 18.3.1.13: the columns of a sheet

MOST_CELLS = 60_000
"""Filled cells beyond which a workbook is a database and no report."""


def read_xlsx(data: bytes, limits: Limits) -> Drafted:
    """Return the drafts of a workbook; raises DocumentError damaged, encrypted or too_large."""
    Package(data, limits)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        formulas = openpyxl.load_workbook(io.BytesIO(data)) if _has_formulas(data, limits) else None
    drafts: list[Draft] = []
    unseen: list[Unseen] = []
    unread: list[Unread] = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            unseen += _hidden_text(sheet)
            continue
        kept = formulas[sheet.title] if formulas is not None else None
        seen, apart, lost = _cells(sheet, kept)
        unseen += apart
        unread += [Unread("sheet", sheet.title)] if lost else []
        drafts += sheet_drafts(seen)
    return Drafted(tuple(drafts), reader="openpyxl", unseen=tuple(unseen), unread=tuple(unread))


def _has_formulas(data: bytes, limits: Limits) -> bool:
    """Return whether any sheet has a formula without its result."""
    package = Package(data, limits)
    sheets = [name for name in package.names() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
    return any(b"<f" in package.read(name) for name in sheets)


def _cells(sheet: Any, formulas: Any) -> tuple[list[SheetCell], list[Unseen], bool]:
    """Return the filled cells of a sheet that are seen, text that is not, and whether a formula's result is missing."""
    spans = {
        (r.min_row, r.min_col): (r.max_row - r.min_row + 1, r.max_col - r.min_col + 1)
        for r in sheet.merged_cells.ranges
    }
    seen: list[SheetCell] = []
    unseen: list[Unseen] = []
    lost = False
    hidden = _hidden_columns(sheet)
    for cell in _filled(sheet):
        text = shown(cell.value, cell.number_format or "")
        why = _unseen(cell, cell.column in hidden or _is_hidden_row(sheet, cell.row))
        if why is not None:
            unseen += [Unseen(text, why)] if says_something(text) else []
            continue
        down, across = spans.get((cell.row, cell.column), (1, 1))
        seen.append(SheetCell(cell.row - 1, cell.column - 1, text, down, across, _is_ruled(cell)))
    if formulas is not None:
        lost = any(
            isinstance(c.value, str) and c.value.startswith("=") and sheet[c.coordinate].value is None
            for c in _filled(formulas)
        )
    return seen, unseen, lost


def _filled(sheet: Any) -> Iterator[Any]:
    """Yield the cells that hold something, in no certain order; raises DocumentError too_large beyond `MOST_CELLS`."""
    count = 0
    for cell in list(sheet._cells.values()):
        if getattr(cell, "value", None) is not None:
            count += 1
            if count > MOST_CELLS:
                raise DocumentError(
                    Outcome.TOO_LARGE, _("The workbook has more cells than any report. Send the report by itself.")
                )
            yield cell


def _hidden_text(sheet: Any) -> list[Unseen]:
    """Return a hidden sheet as one unseen text, where it says anything."""
    text = " ".join(shown(cell.value, cell.number_format or "") for cell in _filled(sheet))
    return [Unseen(text, "invisible")] if says_something(text) else []


def _hidden_columns(sheet: Any) -> frozenset[int]:
    """Return the columns that are hidden; a file says it once for neighbours that look alike."""
    return frozenset(
        number
        for letter, column in sheet.column_dimensions.items()
        if column.hidden
        for number in range(column.min or column_index_from_string(letter), min(column.max or 0, _WIDEST) + 1)
    )


def _is_hidden_row(sheet: Any, number: int) -> bool:
    row = sheet.row_dimensions.get(number)
    return row is not None and bool(row.hidden)


def _unseen(cell: Any, hidden: bool) -> UnseenWhy | None:
    """Return why a cell's text is not seen, None where it is."""
    font, fill = cell.font, cell.fill
    ground = _colour(fill.fgColor) if fill is not None and fill.fill_type == "solid" else ""
    return unseen_because(
        hidden=(cell.number_format or "") == ";;;" or hidden,
        struck=bool(font is not None and font.strike),
        points=float(font.sz) if font is not None and font.sz else None,
        colour=_colour(font.color) if font is not None else "",
        ground=ground if ground else ("808080" if fill is not None and fill.fill_type else ""),
    )


def _colour(colour: Any) -> str:
    """Return a colour as RRGGBB where the file says it outright or means the theme's white or black, else ""."""
    kind = getattr(colour, "type", "") if colour is not None else ""
    if kind == "theme":
        return _OF_THEME.get(colour.theme, "") if not colour.tint else ""
    value = colour.rgb if kind == "rgb" else None
    return value[-6:] if isinstance(value, str) and len(value) >= 6 else ""


def _is_ruled(cell: Any) -> bool:
    border = cell.border
    sides = (border.left, border.right, border.top, border.bottom) if border is not None else ()
    return sum(side is not None and side.style is not None for side in sides) > 1
