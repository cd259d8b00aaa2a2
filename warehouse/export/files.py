"""CSV for spreadsheets, CSV and Parquet for programs: one file a mart.

Belongs here: the formats. CSV for people is UTF-8 with BOM, comma-separated, with inert cells; CSV for machines has
neither BOM nor anything added, and Parquet keeps text as it is.
Stays out: what is written (`workbook`).
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any

from warehouse.export.table import Sheet, exact_text, plain_text
from warehouse.marts.view import Column

_DIGITS, _SCALE = 38, 6
_QUANTUM = Decimal(1).scaleb(-_SCALE)
_LIMIT = Decimal(10) ** (_DIGITS - _SCALE)


def write_csv(sheets: Iterable[Sheet], folder: Path) -> list[Path]:
    """Write each sheet as a CSV file and return the files."""
    return [_write_csv(sheet, folder / f"{sheet.name}.csv") for sheet in sheets]


def write_machine_csv(sheets: Iterable[Sheet], folder: Path) -> list[Path]:
    """Write each sheet as a CSV file whose texts are what the warehouse holds, and return the files."""
    return [_write_csv(sheet, folder / f"{sheet.name}.csv", "utf-8", exact_text) for sheet in sheets]


def write_parquet(sheets: Iterable[Sheet], folder: Path) -> list[Path]:
    """Write each sheet as a Parquet file and return the files; numbers are decimal(38, 6)."""
    import pyarrow.parquet as parquet

    written = []
    for sheet in sheets:
        path = folder / f"{sheet.name}.parquet"
        parquet.write_table(to_arrow(sheet), path, compression="zstd")
        written.append(path)
    return written


def to_arrow(sheet: Sheet) -> Any:
    """Return a sheet as an Arrow table, the meaning of each column kept as its comment."""
    import pyarrow as pa

    fields = [
        pa.field(column.name, _arrow_type(column), metadata={"comment": column.meaning}) for column in sheet.columns
    ]
    cells = list(zip(*sheet.rows, strict=True)) or [()] * len(fields)
    arrays = [
        pa.array(list(map(_fitting, values)) if column.kind == "number" else values, type=field.type)
        for values, column, field in zip(cells, sheet.columns, fields, strict=True)
    ]
    return pa.table(arrays, schema=pa.schema(fields, metadata={"comment": sheet.meaning}))


def _write_csv(sheet: Sheet, path: Path, encoding: str = "utf-8-sig", text: Callable[[Any], str] = plain_text) -> Path:
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([column.name for column in sheet.columns])
        writer.writerows([text(value) for value in row] for row in sheet.rows)
    return path


def _arrow_type(column: Column) -> Any:
    import pyarrow as pa

    return {
        "text": pa.string(),
        "number": pa.decimal128(_DIGITS, _SCALE),
        "integer": pa.int64(),
        "real": pa.float64(),
        "date": pa.date32(),
        "moment": pa.timestamp("us", tz="Asia/Ho_Chi_Minh"),
        "flag": pa.bool_(),
    }[column.kind]


def _fitting(value: Any) -> Any:
    """Return a number at the scale of the file; one past all measure has no value, its digits stand in `raw`."""
    if value is None:
        return None
    return value.quantize(_QUANTUM, rounding=ROUND_HALF_EVEN) if abs(value) < _LIMIT else None
