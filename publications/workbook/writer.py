"""Sheets to an `.xlsx` file.

Belongs here: XlsxWriter: formats, real tables, frozen heads, bars, charts, print set-up.
Stays out: what the sheets say.

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
from publications.workbook.sheet import Cell, Chart, Column, Form, Lines, Sheet, Tone, Value, inert

_ = translator("publications")

_HEAD_ROW = 3
_CHART_GAP = 3
_LINE = 15.0
_MOST_LINES = 24
_FONT = "Times New Roman"
_ACCENT = "#1F4E79"
_LINE_COLOURS = (_ACCENT, "#C55A11", "#548235", "#7F6000")
_VIETNAMESE = "[$-42A]"
_FORMS: dict[Form, dict[str, Any]] = {
    "text": {},
    "aside": {"align": "right"},
    "long": {"text_wrap": True},
    "place": {"num_format": "0", "align": "center"},
    "count": {"num_format": f"{_VIETNAMESE}#,##0", "align": "right"},
    "amount": {"num_format": f"{_VIETNAMESE}#,##0.######", "align": "right"},
    "percent": {"num_format": f'{_VIETNAMESE}#,##0.00"%"', "align": "right"},
    "points": {"num_format": f"{_VIETNAMESE}#,##0.00", "align": "right"},
    "share": {"num_format": "0%", "align": "right"},
    "day": {"num_format": r"dd\/mm\/yyyy", "align": "center"},
    "moment": {"num_format": r"dd\/mm\/yyyy hh:mm", "align": "center"},
}
_TONES: dict[Tone, dict[str, Any]] = {
    "plain": {},
    "marked": {"bg_color": "#FFF2CC"},
    "waiting": {"bg_color": "#E7E6E6", "italic": True},
    "blocked": {"bg_color": "#F8CBAD", "italic": True},
    "missing": {"font_color": "#7F7F7F"},
}


class _Book:
    """An XlsxWriter workbook and the formats made in it, each once."""

    def __init__(self, target: io.BytesIO, title: str, author: str, moment: datetime) -> None:
        plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.book = xlsxwriter.Workbook(target, {"in_memory": True, "remove_timezone": True, **plain})
        self.book.set_properties(
            {"title": title, "author": author, "created": moment.replace(tzinfo=None, microsecond=0)}
        )
        self.book.formats[0].set_font_name(_FONT)
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def format(self, **properties: Any) -> Any:
        """Return the format with these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            base = {"font_name": _FONT, "font_size": 11, "valign": "top"}
            self._formats[key] = self.book.add_format({**base, **properties})
        return self._formats[key]

    def cell_format(self, form: Form, tone: Tone, quoted: bool = False) -> Any:
        """Return the format of a cell of a table."""
        extra = {"quote_prefix": True} if quoted else {}
        return self.format(border=1, border_color="#BFBFBF", **_FORMS[form], **_TONES[tone], **extra)


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
    page.write_string(0, 0, sheet.title, book.format(bold=True, font_size=15, font_color=_ACCENT))
    page.write_string(1, 0, sheet.lead, book.format(italic=True, font_color="#595959"))
    if place:
        page.write_url(2, 0, f"internal:'{first}'!A1", book.format(font_color=_ACCENT, underline=1), _("← Contents"))
    _write_table(book, page, sheet, place)
    _set_up_print(page, sheet, footer)
    if sheet.chart:
        _insert_chart(book, page, sheet, sheet.chart)


def _write_table(book: _Book, page: Any, sheet: Sheet, place: int) -> None:
    head = book.format(
        bold=True, text_wrap=True, align="center", valign="vcenter", bg_color=_ACCENT, font_color="#FFFFFF", border=1
    )
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, column.width, book.format())
        page.write_string(_HEAD_ROW, index, column.head, head)
    for row_index, row in enumerate(sheet.rows, start=_HEAD_ROW + 1):
        cells = [value if isinstance(value, Cell) else Cell(value) for value in row]
        page.set_row(row_index, _row_height(sheet.columns, cells))
        for index, (column, cell) in enumerate(zip(sheet.columns, cells, strict=True)):
            _write_cell(book, page, row_index, index, column, cell)
    page.set_row(_HEAD_ROW, _head_height(sheet.columns))
    page.freeze_panes(_HEAD_ROW + 1, sheet.frozen)
    if sheet.rows:
        _add_table(page, sheet, place, head)
        _add_bars(page, sheet)


def _write_cell(book: _Book, page: Any, row: int, column: int, about: Column, cell: Cell) -> None:
    form = cell.form or about.form
    if cell.link:
        look = book.format(border=1, border_color="#BFBFBF", font_color=_ACCENT, underline=1)
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
    page.add_table(_HEAD_ROW, 0, _HEAD_ROW + len(sheet.rows), len(sheet.columns) - 1, options)


def _add_bars(page: Any, sheet: Sheet) -> None:
    for index, column in enumerate(sheet.columns):
        if column.bars:
            look = {"type": "data_bar", "bar_color": "#9DC3E6", "bar_solid": True, "min_type": "num", "min_value": 0}
            page.conditional_format(_HEAD_ROW + 1, index, _HEAD_ROW + len(sheet.rows), index, look)


def _set_up_print(page: Any, sheet: Sheet, footer: str) -> None:
    page.set_paper(9)
    if not sheet.portrait:
        page.set_landscape()
    page.set_margins(left=0.5, right=0.4, top=0.6, bottom=0.7)
    page.fit_to_pages(1, 0)
    page.repeat_rows(_HEAD_ROW)
    printed = [index for index, column in enumerate(sheet.columns) if not column.screen_only]
    chart_rows = _CHART_GAP + ceil(_chart_height(sheet.chart) / 20) + 4 if sheet.chart else 0
    page.print_area(0, 0, _HEAD_ROW + len(sheet.rows) + chart_rows, printed[-1])
    page.center_horizontally()
    page.set_footer(f"&L&9{footer.replace('&', '&&')}&R&9{_('Page')} &P/&N")


def _insert_chart(book: _Book, page: Any, sheet: Sheet, about: Chart | Lines) -> None:
    chart = _bars(book, sheet, about) if isinstance(about, Chart) else _lines(book, sheet, about)
    chart.set_title({"name": about.title, "name_font": {"name": _FONT, "size": 13}})
    chart.set_size({"width": 960, "height": _chart_height(about)})
    page.insert_chart(
        _HEAD_ROW + len(sheet.rows) + _CHART_GAP, 0, chart, {"object_position": 3, "description": about.description}
    )


def _chart_height(about: Chart | Lines) -> int:
    """Return the height of a chart in pixels."""
    return 80 + 18 * about.rows if isinstance(about, Chart) else 360


def _bars(book: _Book, sheet: Sheet, about: Chart) -> Any:
    last = _HEAD_ROW + about.rows
    chart = book.book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": sheet.columns[about.values].head,
            "categories": [sheet.name, _HEAD_ROW + 1, about.labels, last, about.labels],
            "values": [sheet.name, _HEAD_ROW + 1, about.values, last, about.values],
            "fill": {"color": _ACCENT},
            "gap": 40,
            "data_labels": {"value": True, "num_format": f"{_VIETNAMESE}#,##0.00"},
        }
    )
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": {"name": _FONT}})
    chart.set_x_axis({"min": 0, "visible": False, "major_gridlines": {"visible": False}})
    return chart


def _lines(book: _Book, sheet: Sheet, about: Lines) -> Any:
    chart = book.book.add_chart({"type": "line"})
    for row, colour in zip(about.rows, _LINE_COLOURS, strict=False):
        place = _HEAD_ROW + 1 + row
        chart.add_series(
            {
                "name": [sheet.name, place, 0],
                "categories": [sheet.name, _HEAD_ROW, about.first, _HEAD_ROW, about.last],
                "values": [sheet.name, place, about.first, place, about.last],
                "line": {"color": colour, "width": 2},
                "marker": {"type": "circle", "size": 6, "fill": {"color": colour}, "border": {"color": colour}},
                "data_labels": {"value": True, "position": "above", "num_format": f'{_VIETNAMESE}#,##0.00"%"'},
            }
        )
    chart.show_blanks_as("gap")
    chart.set_legend({"position": "bottom", "font": {"name": _FONT}})
    chart.set_x_axis({"num_font": {"name": _FONT}})
    chart.set_y_axis({"visible": False, "major_gridlines": {"visible": False}})
    return chart


def _row_height(columns: Sequence[Column], cells: Sequence[Cell]) -> float:
    """Return a height in points in which the longest wrapped text stands: not every reader fits rows by itself."""
    lines = 1
    for column, cell in zip(columns, cells, strict=True):
        if column.form == "long" and isinstance(cell.value, str):
            width = max(column.width - 1, 1)
            lines = max(lines, sum(max(ceil(len(part) / width), 1) for part in cell.value.split("\n")))
    return _LINE * min(lines, _MOST_LINES)


def _head_height(columns: Sequence[Column]) -> float:
    """Return a height in points in which the longest wrapped head stands, with room for the filter's button."""
    lines = max(ceil(len(column.head) / max(column.width - 3, 4)) for column in columns)
    return _LINE * min(max(lines, 2), 6)
