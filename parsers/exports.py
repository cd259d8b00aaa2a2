"""Tables that other systems export (XLSX, CSV), as figures of units.

Belongs here: the cells of a table, its heading rows, which row is which unit, the values by figure.
Stays out: which words head which figure (`catalogue.exports`), holding the values against reports (`validation`).
"""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from io import StringIO
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter

from catalogue.exports import ExportWords, export_words, is_count
from catalogue.wards import Ward
from catalogue.wordlists import words_for
from cchc.errors import CallError
from cchc.text import fold, squeeze
from parsers.text.spelling import level

MOST_BYTES = 20_000_000  # bytes; by hand, it bounds memory
_HEADING_ROWS = 12  # by hand: rows in which the heads must stand
_LINE_NUMBER = re.compile(r"^\d{1,3}\s*[.)]\s+")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+")
_KINDS = words_for("kinds_of_unit")
_SHORT_KIND = re.compile(
    rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in _KINDS if word.endswith('.'))})\s*(?=\w)", re.IGNORECASE
)
Cells = list[list[str]]


@dataclass(frozen=True)
class Exported:
    """What a table says of one unit: values by figure, the heading each stands under, and its cell, as Sheet1!C12."""

    ward: str
    values: dict[str, Decimal]
    headings: dict[str, str]
    cells: dict[str, str]


def read_export(path: Path, units: Sequence[Ward], ward: str | None = None) -> list[Exported]:
    """Return what the tables of a file say of the units.

    `ward` is the unit a table is of that has rows of fields and a total, and no unit in its rows.

    Raises:
        CallError: the file is none of these kinds or too large, or no table in it names a figure and a unit.
    """
    words = export_words()
    found = [one for name, cells in _sheets(path) for one in _of_table(name, cells, units, ward, words)]
    if not found:
        raise CallError(
            f"{path.name}: no table with a column of a figure and a row of a unit; name the unit (--ward) or see "
            "catalogue/exports.yaml for the headings that are known"
        )
    return found


def _sheets(path: Path) -> Iterator[tuple[str, Cells]]:
    """Yield the sheets of a file with their names; a CSV has one without a name."""
    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        raise CallError(f"{path}: not there, or larger than {MOST_BYTES // 10**6} MB")
    if path.suffix.lower() == ".csv":
        text = _decoded(path)
        lines = text.count("\n") + 1
        sign = next((one for one in "\t;" if text.count(one) * 2 >= lines), ",")
        yield "", [[squeeze(cell) for cell in row] for row in csv.reader(StringIO(text, newline=""), delimiter=sign)]
        return
    if path.suffix.lower() != ".xlsx":
        raise CallError(f"{path.name}: only XLSX and CSV are read; save it as one of them")
    for sheet in load_workbook(path, data_only=True).worksheets:
        merged: dict[tuple[int | None, int | None], str] = {
            (row, column): _text(sheet.cell(area.min_row, area.min_col))
            for area in sheet.merged_cells.ranges
            for row in range(area.min_row, area.max_row + 1)
            for column in range(area.min_col, area.max_col + 1)
        }
        rows = sheet.iter_rows(min_row=1, min_col=1)
        yield sheet.title, [[merged.get((cell.row, cell.column)) or _text(cell) for cell in row] for row in rows]


def _decoded(path: Path) -> str:
    """Return the text of a CSV, as programs of today and of before write Vietnamese.

    Raises:
        CallError: it is in none of these encodings.
    """
    data = path.read_bytes()
    for encoding in ("utf-16",) if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else ("utf-8-sig", "cp1258"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CallError(f"{path.name}: its letters cannot be read; save it as CSV in UTF-8, or as XLSX")


def _text(cell: Cell | MergedCell) -> str:
    """Return a cell as people here write it: a number with a decimal comma, a share shown in percent as percent."""
    value = cell.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "" if value is None else squeeze(str(value))
    exact = Decimal(repr(value)) * (100 if "%" in cell.number_format else 1)
    return f"{exact.normalize():f}".replace(".", ",")


def _of_table(
    name: str, cells: Cells, units: Sequence[Ward], ward: str | None, words: ExportWords
) -> Iterator[Exported]:
    first = next((i for i, row in enumerate(cells[:_HEADING_ROWS]) if _numbers(row) >= 2 and not _is_index(row)), None)
    if not first:
        return
    headings = _headings(cells[:first])
    figures = {c: code for c, heading in enumerate(headings) if (code := words.figure_of(heading))}
    for line, row in enumerate(cells[first:], start=first + 1):
        unit = _unit_of(row, units, figures) or (ward if _is_total(row, words) else None)
        shown = {code: _value(row[c], count=is_count(code)) for c, code in figures.items() if c < len(row)}
        values = {code: value for code, value in shown.items() if value is not None}
        if unit and values:
            at = {code: c for c, code in figures.items() if code in values}
            yield Exported(
                unit,
                values,
                {code: headings[c] for code, c in at.items()},
                {code: _address(name, line, c) for code, c in at.items()},
            )


def _address(sheet: str, line: int, column: int) -> str:
    """Return the address of a cell; `line` counts from 1, `column` from 0."""
    cell = f"{get_column_letter(column + 1)}{line}"
    return f"{sheet}!{cell}" if sheet else cell


def _headings(rows: Cells) -> list[str]:
    """Return the heading of each column: the texts of the rows above it, each once; the table's title is left out."""
    wide = [row for row in rows if sum(bool(cell) for cell in row) >= 2 and len(set(row)) > 1 and not _is_index(row)]
    width = max((len(row) for row in wide), default=0)
    return [" ".join(dict.fromkeys(row[c] for row in wide if c < len(row) and row[c])) for c in range(width)]


def _is_index(row: Sequence[str]) -> bool:
    """Return whether a row only numbers the columns: (1) (2) (3)=(4)+(5)."""
    filled = [cell for cell in row if cell]
    return len(filled) > 2 and all(
        cell.strip("()")[:1].isdigit() and (cell[0] == "(" or "=" in cell) for cell in filled
    )


def _numbers(row: Sequence[str]) -> int:
    return sum(_value(cell) is not None for cell in row)


def _unit_of(row: Sequence[str], units: Sequence[Ward], figures: dict[int, str]) -> str | None:
    """Return the slug of the one unit a row names outside the columns of figures, None where it names none or several.

    By code, by kind and name at the end of a cell ("UBND xã Ba Tơ"), by the name alone; with marks before without, for
    two units may differ in their marks only.
    """
    cells = [_whole_kind(cell) for c, cell in enumerate(row) if cell and c not in figures]
    ways: tuple[Callable[[Ward, str], bool], ...] = (
        lambda unit, cell: unit.code == cell,
        lambda unit, cell: f" {level(cell)}".endswith(f" {level(unit.full_name)}"),
        lambda unit, cell: f" {fold(cell)}".endswith(f" {fold(unit.full_name)}"),
        lambda unit, cell: level(cell) == level(unit.name),
        lambda unit, cell: fold(cell) == fold(unit.name),
    )
    found = ([u.slug for u in units if any(way(u, cell) for cell in cells)] for way in ways)
    named = next(filter(None, found), [])
    return named[0] if len(named) == 1 else None


def _whole_kind(cell: str) -> str:
    """Return a cell without the number of its line, a short kind of unit ("P. Trà Câu", "X.Ba Tơ") written out."""
    text = _LINE_NUMBER.sub("", cell)
    return _SHORT_KIND.sub(lambda short: f"{_KINDS[fold(short[0].strip())]} ", text)


def _is_total(row: Sequence[str], words: ExportWords) -> bool:
    return any(fold(cell).rstrip(" :") in words.totals for cell in row if cell)


def _value(cell: str, *, count: bool = False) -> Decimal | None:
    """Return the number of a cell, as a program writes it (1234.5) or as people here do (1.234,5).

    A count has no decimals: its "1,234" has a comma between thousands.
    """
    text = cell.replace("%", "").replace(" ", "")
    if count and _ENGLISH.fullmatch(text):
        text = text.replace(",", "")
    elif "," in text:
        text = text.replace(".", "").replace(",", ".")
    elif text.count(".") and all(len(part) == 3 for part in text.split(".")[1:]):
        text = text.replace(".", "")
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
