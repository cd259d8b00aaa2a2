"""XLS (Excel 97) to drafts.

Belongs here: the cells of every visible sheet with what they show; what is hidden is unseen.
Stays out: layout (`layout`), number formats (`shown`).
"""

from __future__ import annotations

import io
from typing import Any

import xlrd

from cchc.errors import DocumentError
from cchc.messages import translator
from parsers.document import Unseen, UnseenWhy
from parsers.encodings import decode, font_encoding
from parsers.outcomes import Outcome
from parsers.readers.common.draft import Draft, Drafted
from parsers.readers.common.seen import says_something, unseen_because
from parsers.readers.sheets.layout import SheetCell, sheet_drafts
from parsers.readers.sheets.shown import shown
from parsers.readers.sheets.xlsx import MOST_CELLS

_ = translator("formats")

_AUTOMATIC = 0x7FFF  # the colour of the system (MS-XLS, icv)


def read_xls(data: bytes) -> Drafted:
    """Return the drafts of a workbook; raises DocumentError encrypted or too_large, and whatever xlrd does."""
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise DocumentError(
                Outcome.ENCRYPTED, _("The file is protected by a password. Send it without one.")
            ) from error
        raise
    drafts: list[Draft] = []
    unseen: list[Unseen] = []
    for sheet in book.sheets():
        seen, apart = _cells(book, sheet)
        if sheet.visibility:
            text = " ".join(cell.text for cell in seen)
            unseen += [Unseen(text, "invisible")] if says_something(text) else []
            continue
        unseen += apart
        drafts += sheet_drafts(seen)
    return Drafted(tuple(drafts), reader="xlrd", unseen=tuple(unseen))


def _cells(book: Any, sheet: Any) -> tuple[list[SheetCell], list[Unseen]]:
    """Return the filled cells of a sheet that are seen, and text that is not."""
    spans = {(top, left): (bottom - top, right - left) for top, bottom, left, right in sheet.merged_cells}
    seen: list[SheetCell] = []
    unseen: list[Unseen] = []
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            text = _text(book, sheet, row, column)
            if not text.strip():
                continue
            if len(seen) > MOST_CELLS:
                raise DocumentError(
                    Outcome.TOO_LARGE, _("The workbook has more cells than any report. Send the report by itself.")
                )
            why = _unseen(book, sheet, row, column)
            if why is not None:
                unseen += [Unseen(text, why)] if says_something(text) else []
                continue
            down, across = spans.get((row, column), (1, 1))
            seen.append(SheetCell(row, column, text, down, across, _is_ruled(book, sheet, row, column)))
    return seen, unseen


def _text(book: Any, sheet: Any, row: int, column: int) -> str:
    """Return what a cell shows; text in an old Vietnamese font is converted."""
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    form = book.xf_list[sheet.cell_xf_index(row, column)]
    if kind == xlrd.XL_CELL_DATE:
        value = xlrd.xldate.xldate_as_datetime(value, book.datemode)
    elif kind == xlrd.XL_CELL_BOOLEAN:
        value = bool(value)
    elif kind in {xlrd.XL_CELL_ERROR, xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}:
        return ""
    elif kind == xlrd.XL_CELL_TEXT:
        told = font_encoding(book.font_list[form.font_index].name)
        return decode(value, told) if told else str(value)
    elif isinstance(value, float) and value.is_integer():
        value = int(value)
    number_format = book.format_map.get(form.format_key)
    return shown(value, number_format.format_str if number_format is not None else "")


def _unseen(book: Any, sheet: Any, row: int, column: int) -> UnseenWhy | None:
    """Return why a cell's text is not seen, None where it is."""
    form = book.xf_list[sheet.cell_xf_index(row, column)]
    font = book.font_list[form.font_index]
    lines, columns = sheet.rowinfo_map.get(row), sheet.colinfo_map.get(column)
    shaded = form.background.fill_pattern
    return unseen_because(
        hidden=bool((lines is not None and lines.hidden) or (columns is not None and columns.hidden)),
        struck=bool(font.struck_out),
        points=font.height / 20 or None,
        colour=_colour(book, font.colour_index),
        ground=_colour(book, form.background.pattern_colour_index) or "808080" if shaded else "",
    )


def _colour(book: Any, index: int) -> str:
    found = book.colour_map.get(index) if index != _AUTOMATIC else None
    return "".join(f"{part:02X}" for part in found) if found else ""


def _is_ruled(book: Any, sheet: Any, row: int, column: int) -> bool:
    border = book.xf_list[sheet.cell_xf_index(row, column)].border
    lines = (border.left_line_style, border.right_line_style, border.top_line_style, border.bottom_line_style)
    return sum(bool(line) for line in lines) > 1
