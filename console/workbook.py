"""The queue of the review as a workbook, and a filled-in workbook as lines.

Belongs here: the file's form, reading it back. Stays out: what a line means (`warehouse.decision_sheet`).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence

from cchc.errors import CallError
from cchc.messages import translator
from warehouse.decision_sheet import COLUMNS, FILLED

_ = translator("console")

MOST_ROWS = 20_000
_WIDTHS = {"Đơn vị": 22, "Số liệu": 38, "Câu văn": 70, "Vì sao chờ": 50, "Lý do": 24, "Ảnh trang": 16}
_HIDDEN = ("Mã", "Đã xem")


def to_workbook(rows: Sequence[Mapping[str, str]]) -> bytes:
    """Return a workbook of the queue: two columns and a reason to fill in, an address of the page in each line."""
    import xlsxwriter

    body = io.BytesIO()
    with xlsxwriter.Workbook(body, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Chờ quyết định")
        head = book.add_format({"bold": True, "bg_color": "#eef3f8", "text_wrap": True, "valign": "top"})
        text = book.add_format({"text_wrap": True, "valign": "top"})
        filled = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#fff8dc", "num_format": "@"})
        for column, name in enumerate(COLUMNS):
            sheet.set_column(column, column, _WIDTHS.get(name, 12), None, {"hidden": name in _HIDDEN})
            sheet.write_string(0, column, name, head)
        for number, row in enumerate(rows, 1):
            for column, name in enumerate(COLUMNS):
                if name == "Ảnh trang" and row[name]:
                    sheet.write_url(number, column, row[name], string="xem trang")
                else:
                    sheet.write_string(number, column, row[name], filled if name in FILLED else text)
        sheet.freeze_panes(1, 2)
        answer = COLUMNS.index("Đúng?")
        if rows:
            sheet.data_validation(
                1, answer, len(rows), answer, {"validate": "list", "source": ["x", "sai"], "ignore_blank": True}
            )
    return body.getvalue()


def from_workbook(body: bytes) -> list[dict[str, str]]:
    """Return the lines of a filled-in workbook by heading.

    Raises:
        CallError: it is no workbook of ours.
    """
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(body), read_only=True, data_only=True)
        rows = book.active.iter_rows(values_only=True, max_row=MOST_ROWS) if book.active else iter(())
        head = [str(cell or "").strip() for cell in next(rows, ())]
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise CallError(_("This is no workbook of the review; save it as .xlsx and send it again.")) from error
    if not {"Mã", "Kỳ", "Đúng?", "Số đúng"} <= set(head):
        raise CallError(_("Columns of the workbook are missing; do not delete or rename any."))
    return [_line(head, row) for row in rows]


def _line(head: Sequence[str], row: Iterable[object]) -> dict[str, str]:
    values = {name: _text(cell) for name, cell in zip(head, row, strict=False)}
    return {name: values.get(name, "") for name in COLUMNS}


def _text(cell: object) -> str:
    """Return a cell as a person typed it: a number in the Vietnamese way, whatever the spreadsheet made of it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "x" if cell else "sai"
    if isinstance(cell, float):
        return f"{cell:.12g}".replace(".", ",")
    return str(cell).strip()
