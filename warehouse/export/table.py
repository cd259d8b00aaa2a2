"""A mart as rows to write: plain values with the kind of each column.

Belongs here: the value every format writes, and what makes a cell harmless in a spreadsheet.
Stays out: formats.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from warehouse import dictionary
from warehouse.marts import views
from warehouse.marts.fetch import fetch
from warehouse.marts.view import Column

DICTIONARY = "dictionary"
LEDGER = "mart_ledger"
_COMMANDS = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Sheet:
    """One table of an export: name as in the warehouse, meaning, columns, rows."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    rows: list[tuple[Any, ...]]


@dataclass(frozen=True)
class Written:
    """What is remembered of a sheet once it is written; `states` counts rows by round and state, for the ledger."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    rows: int
    states: Mapping[tuple[str, str], int]


def sheets(connection: Connection, round_label: str | None, as_of: datetime | None = None) -> Iterator[Sheet]:
    """Give every mart, those of a round narrowed to it, and the dictionary of exactly these, one at a time."""
    marts = [view for view in views() if view.is_mart]
    for view in marts:
        rows = fetch(connection, view, round_label, as_of=as_of)
        yield Sheet(view.name, view.meaning, view.columns, rows)
    yield _dictionary({view.name for view in marts})


def written(sheet: Sheet) -> Written:
    """Return what is to be remembered of a sheet."""
    names = [column.name for column in sheet.columns]
    states: Counter[tuple[str, str]] = Counter()
    if sheet.name == LEDGER:
        states.update((row[names.index("round")], row[names.index("state")]) for row in sheet.rows)
    return Written(sheet.name, sheet.meaning, sheet.columns, len(sheet.rows), states)


def inert(text: str) -> str:
    """Return text that no spreadsheet takes for a command: one that begins like a formula gets an apostrophe."""
    return f"'{text}" if text.lstrip(" ").startswith(_COMMANDS) else text


def plain_text(value: Any) -> str:
    """Return a value as machine files write it: ISO days and moments, plain decimals, nothing for what is unknown."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return inert(value) if isinstance(value, str) else str(value)


def _dictionary(names: set[str]) -> Sheet:
    columns = (
        Column("table_name", "Table of this export"),
        Column("column_name", "Column, empty for the table itself"),
        Column("meaning", "What it holds"),
    )
    rows: list[tuple[Any, ...]] = [
        (entry.relation, entry.name, entry.meaning) for entry in dictionary.entries() if entry.relation in names
    ]
    return Sheet(DICTIONARY, "What every table and column of this export means", columns, rows)
