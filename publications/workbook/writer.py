"""Sheets to an `.xlsx` file.

Belongs here: XlsxWriter: formats, real tables, frozen heads, bars, print set-up.
Stays out: what the sheets say, charts (`charts`).

A value from outside is written by `write_string` only, so it can never be a formula, a link or a number.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from math import ceil
from typing import Any

import xlsxwriter

from cchc.messages import translator
from publications.workbook.charts import chart_height, insert_chart
from publications.workbook.look import ACCENT, CHART_GAP, FONT, FORMS, HEAD_ROW, LINE, MOST_LINES, TONES
from publications.workbook.sheet import Cell, Column, Form, Sheet, Tone, Value, inert

_ = translator("publications")


class _Book:
    """An XlsxWriter workbook and the formats made in it, each once."""

    def __init__(self, target: io.BytesIO, title: str, author: str, moment: datetime) -> None:
        plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.book = xlsxwriter.Workbook(target, {"in_memory": True, "remove_timezone": True, **plain})
        self.book.set_properties(
            {"title": title, "author": author, "created": moment.replace(tzinfo=None, microsecond=0)}
        )
        self.book.formats[0].set_font_name(FONT)
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def format(self, **properties: Any) -> Any:
        """Return the format with these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            base = {"font_name": FONT, "font_size": 11, "valign": "top"}
            self._formats[key] = self.book.add_format({**base, **properties})
        return self._formats[key]

    def cell_format(self, form: Form, tone: Tone, quoted: bool = False) -> Any:
        """Return the format of a cell of a table."""
        extra = {"quote_prefix": True} if quoted else {}
        return self.format(border=1, border_color="#BFBFBF", **FORMS[form], **TONES[tone], **extra)


def workbook_bytes(sheets: Sequence[Sheet], title: str, author: str, moment: datetime, footer: str) -> bytes:
    """Return the sheets as the bytes of a workbook; equal sheets and moment give equal bytes."""
    target = io.BytesIO()
    book = _Book(target, title, author, moment)
    for place, sheet in enumerate(sheets):
        _write_sheet(book, sheet, place, sheets[0].name, footer)
    book.book.close()
    return target.getvalue()


def _write_sheet(book: _Book, sheet: Sheet, place: int, first: str, footer: str) -> None:
    page = book.book.add_worksheet(sheet.name)
    page.hide_gridlines(2)
    page.set_row(0, 1.5 * LINE)
    page.write_string(0, 0, sheet.title, book.format(bold=True, font_size=15, font_color=ACCENT))
    _write_lead(book, page, sheet)
    if place:
        page.write_url(2, 0, f"internal:'{first}'!A1", book.format(font_color=ACCENT), _("← Contents"))
    _write_table(book, page, sheet, place)
    _set_up_print(page, sheet, footer)
    if sheet.chart:
        insert_chart(book.book, page, sheet, sheet.chart)


def _write_lead(book: _Book, page: Any, sheet: Sheet) -> None:
    """Write the lead in as many lines as the table is wide enough for, so that print cuts nothing off."""
    printed = [column.width for column in sheet.columns if not column.screen_only]
    lines = ceil(len(sheet.lead) / sum(printed))
    look = {"italic": True, "font_color": "#595959"}
    if lines < 2:
        page.write_string(1, 0, sheet.lead, book.format(**look))
        return
    page.merge_range(1, 0, 1, len(printed) - 1, "", book.format(**look, text_wrap=True))
    page.write_string(1, 0, sheet.lead, book.format(**look, text_wrap=True))
    page.set_row(1, LINE * min(lines, MOST_LINES))


def _write_table(book: _Book, page: Any, sheet: Sheet, place: int) -> None:
    head = book.format(
        bold=True, text_wrap=True, align="center", valign="vcenter", bg_color=ACCENT, font_color="#FFFFFF", border=1
    )
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, column.width, book.format())
        page.write_string(HEAD_ROW, index, column.head, head)
    for row_index, row in enumerate(sheet.rows, start=HEAD_ROW + 1):
        cells = [value if isinstance(value, Cell) else Cell(value) for value in row]
        page.set_row(row_index, _row_height(sheet.columns, cells))
        for index, (column, cell) in enumerate(zip(sheet.columns, cells, strict=True)):
            _write_cell(book, page, row_index, index, column, cell)
    page.set_row(HEAD_ROW, _head_height(sheet.columns))
    page.freeze_panes(HEAD_ROW + 1, sheet.frozen)
    if sheet.rows:
        _add_table(page, sheet, place, head)
        _add_bars(page, sheet)


def _write_cell(book: _Book, page: Any, row: int, column: int, about: Column, cell: Cell) -> None:
    form = cell.form or about.form
    if cell.link:
        look = book.format(border=1, border_color="#BFBFBF", font_color=ACCENT)
        page.write_url(row, column, f"internal:'{cell.link}'!A1", look, str(cell.value))
    else:
        _write_value(book, page, row, column, cell.value, form, cell.tone)
    if cell.note:
        page.write_comment(row, column, inert(cell.note)[0], {"x_scale": 3, "y_scale": 1.6, "font_size": 9})


def _write_value(book: _Book, page: Any, row: int, column: int, value: Value, form: Form, tone: Tone) -> None:
    if value is None:
        page.write_blank(row, column, None, book.cell_format(form, tone))
    elif isinstance(value, str):
        text, quoted = inert(value)
        page.write_string(row, column, text, book.cell_format(form, tone, quoted))
    elif isinstance(value, int | Decimal):
        page.write_number(row, column, float(value), book.cell_format(form, tone))
    else:
        page.write_datetime(row, column, value, book.cell_format(form, tone))


def _add_table(page: Any, sheet: Sheet, place: int, head: Any) -> None:
    options = {
        "name": f"Bang_{place + 1}",
        "style": None,
        "columns": [{"header": column.head, "header_format": head} for column in sheet.columns],
    }
    page.add_table(HEAD_ROW, 0, HEAD_ROW + len(sheet.rows), len(sheet.columns) - 1, options)


def _add_bars(page: Any, sheet: Sheet) -> None:
    for index, column in enumerate(sheet.columns):
        if column.bars:
            look = {"type": "data_bar", "bar_color": "#9DC3E6", "bar_solid": True, "min_type": "num", "min_value": 0}
            page.conditional_format(HEAD_ROW + 1, index, HEAD_ROW + len(sheet.rows), index, look)


def _set_up_print(page: Any, sheet: Sheet, footer: str) -> None:
    page.set_paper(9)
    if not sheet.portrait:
        page.set_landscape()
    page.set_margins(left=0.5, right=0.4, top=0.6, bottom=0.7)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD_ROW)
    printed = [index for index, column in enumerate(sheet.columns) if not column.screen_only]
    chart_rows = CHART_GAP + ceil(chart_height(sheet.chart) / 20) + 4 if sheet.chart else 0
    page.print_area(0, 0, HEAD_ROW + len(sheet.rows) + chart_rows, printed[-1])
    page.center_horizontally()
    page.set_footer(f"&L&9{footer.replace('&', '&&')}&R&9{_('Page')} &P/&N")


def _row_height(columns: Sequence[Column], cells: Sequence[Cell]) -> float:
    """Return a height in points in which the longest wrapped text stands: not every reader fits rows by itself."""
    lines = 1
    for column, cell in zip(columns, cells, strict=True):
        if column.form == "long" and isinstance(cell.value, str):
            width = max(column.width - 1, 1)
            lines = max(lines, sum(max(ceil(len(part) / width), 1) for part in cell.value.split("\n")))
    return LINE * min(lines, MOST_LINES)


def _head_height(columns: Sequence[Column]) -> float:
    """Return a height in points in which the longest wrapped head stands, with room for the filter's button."""
    lines = max(ceil(len(column.head) / max(column.width - 3, 4)) for column in columns)
    return LINE * min(max(lines, 2), 6)
