"""One workbook with a sheet a mart, for those who work in Excel.

Belongs here: data as tables with frozen heads. Every text is written as text, so no cell is a command.
Stays out: the workbook of the round made for reading and signing (`publications`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from cchc.errors import WarehouseError
from cchc.messages import translator
from warehouse.export.table import Sheet, keeps_digits

_ = translator("warehouse")

MOST_ROWS = 1_048_575
_LONGEST_CELL = 32_767
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}


def write_xlsx(sheets: Iterable[Sheet], folder: Path) -> list[Path]:
    """Write the sheets into `cchc.xlsx` and return the file.

    Raises:
        WarehouseError: a mart has more rows than a sheet holds.
    """
    import xlsxwriter

    path = folder / "cchc.xlsx"
    with xlsxwriter.Workbook(str(path), _OPTIONS) as book:
        formats = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "date": book.add_format({"num_format": "dd/mm/yyyy"}),
            "moment": book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
            "number": book.add_format({"num_format": "#,##0.######"}),
        }
        for sheet in sheets:
            check_rows(sheet)
            _write_sheet(book.add_worksheet(sheet.name[:31]), sheet, formats)
    return [path]


def check_rows(sheet: Sheet) -> None:
    """Refuse a mart that has more rows than a sheet holds."""
    if len(sheet.rows) > MOST_ROWS:
        raise WarehouseError(
            _("{name} has {rows} rows, a sheet holds {most}; export one round, or as parquet or duckdb").format(
                name=sheet.name, rows=len(sheet.rows), most=MOST_ROWS
            )
        )


def _write_sheet(page: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    for place, column in enumerate(sheet.columns):
        page.write_string(0, place, column.name, formats["head"])
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
    for line, row in enumerate(sheet.rows, start=1):
        for place, value in enumerate(row):
            _write_cell(page, line, place, value, formats)


def _write_cell(page: Any, line: int, place: int, value: Any, formats: dict[str, Any]) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        page.write_boolean(line, place, value)
    elif isinstance(value, datetime):
        page.write_datetime(line, place, value.replace(tzinfo=None), formats["moment"])
    elif isinstance(value, (Decimal, int, float)):
        _write_number(page, line, place, value, formats["number"])
    elif isinstance(value, str):
        page.write_string(line, place, value[:_LONGEST_CELL])
    else:
        page.write_datetime(line, place, value, formats["date"])


def _write_number(page: Any, line: int, place: int, value: Decimal | int | float, as_number: Any) -> None:
    digits = value if isinstance(value, Decimal) else Decimal(repr(value))
    if keeps_digits(digits):
        page.write_number(line, place, float(value), as_number if isinstance(value, Decimal) else None)
    else:
        page.write_string(line, place, f"{digits:f}")
