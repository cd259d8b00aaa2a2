"""One file of SQLite or DuckDB with a table a mart, for datasette, DuckDB and anything that speaks SQL.

Belongs here: the two formats.
Stays out: the warehouse itself, which is opened as it is by both tools too (docs/warehouse.md).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from warehouse.dictionary import comments
from warehouse.export.files import to_arrow
from warehouse.export.table import Sheet, plain_text
from warehouse.marts.view import Kind

_SQLITE_TYPES: dict[Kind, str] = {
    "text": "TEXT",
    "number": "NUMERIC",
    "integer": "INTEGER",
    "real": "REAL",
    "date": "TEXT",
    "moment": "TEXT",
    "flag": "INTEGER",
}


def write_sqlite(sheets: Iterable[Sheet], folder: Path) -> list[Path]:
    """Write the sheets as tables of `cchc.sqlite` and return the file."""
    path = folder / "cchc.sqlite"
    with closing(sqlite3.connect(path)) as database:
        for sheet in sheets:
            columns = ", ".join(f'"{c.name}" {_SQLITE_TYPES[c.kind]}' for c in sheet.columns)
            marks = ", ".join("?" * len(sheet.columns))
            database.execute(f'CREATE TABLE "{sheet.name}" ({columns})')
            database.executemany(
                f'INSERT INTO "{sheet.name}" VALUES ({marks})',  # noqa: S608 (names of marts)
                ([_sqlite_value(value) for value in row] for row in sheet.rows),
            )
        database.commit()
    return [path]


def write_duckdb(sheets: Iterable[Sheet], folder: Path) -> list[Path]:
    """Write the sheets as tables of `cchc.duckdb`, with comments, and return the file."""
    import duckdb

    path = folder / "cchc.duckdb"
    with closing(duckdb.connect(str(path))) as database:
        # One transaction: each comment by itself would wait for the disk.
        database.execute("BEGIN")
        for sheet in sheets:
            database.register("rows_to_copy", to_arrow(sheet))
            database.execute(f'CREATE TABLE "{sheet.name}" AS SELECT * FROM rows_to_copy')  # noqa: S608
            database.unregister("rows_to_copy")
            said = comments().get(sheet.name, {})
            database.execute(f'COMMENT ON TABLE "{sheet.name}" IS {_quoted(said.get("", sheet.meaning))}')
            for column in sheet.columns:
                words = _quoted(said.get(column.name, column.meaning))
                database.execute(f'COMMENT ON COLUMN "{sheet.name}"."{column.name}" IS {words}')
        database.execute("COMMIT")
    return [path]


def _sqlite_value(value: Any) -> Any:
    """Return what SQLite keeps: text as it is, digits for the column's affinity to make a number of."""
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    return plain_text(value)


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
