"""A mart as rows to write: plain values with the kind of each column.

Belongs here: the value every format writes, narrowed to what its reader may see, and what makes a cell harmless in a
spreadsheet.
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

from validation.audience import Reader, may_see, told
from warehouse import dictionary
from warehouse.marts import views
from warehouse.marts.fetch import fetch
from warehouse.marts.view import Column

DICTIONARY = "dictionary"
LEDGER = "mart_ledger"
EXACT_DIGITS = 15
"""Digits of a number that spreadsheets and readers of JSON keep; of one with more they make another number."""
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


def sheets(
    connection: Connection, round_label: str | None, as_of: datetime | None = None, reader: Reader = "office"
) -> Iterator[Sheet]:
    """Give every mart, those of a round narrowed to it, and the dictionary of exactly these, one at a time.

    A column the reader may not see is left out; what is written of a finding is what the reader is told.
    """
    marts = [view for view in views() if view.is_mart]
    seen: set[tuple[str, str]] = set()
    for view in marts:
        rows = fetch(connection, view, round_label, as_of=as_of)
        sheet = for_reader(Sheet(view.name, view.meaning, view.columns, rows), reader)
        seen |= {(view.name, name) for name in ("", *(column.name for column in sheet.columns))}
        yield sheet
    yield _dictionary(seen)


def for_reader(sheet: Sheet, reader: Reader) -> Sheet:
    """Return a sheet with the columns and words its reader may see (`validation.audience`)."""
    kept = [place for place, column in enumerate(sheet.columns) if may_see(column.matter, reader)]
    findings = {place for place in kept if sheet.columns[place].matter == "finding"}
    if len(kept) == len(sheet.columns) and not findings:
        return sheet

    def cell(row: tuple[Any, ...], place: int) -> Any:
        if place not in findings or row[place] is None:
            return row[place]
        return told(row[place], reader, "en" if sheet.columns[place].name.endswith("_en") else "vi")

    rows = [tuple(cell(row, place) for place in kept) for row in sheet.rows]
    return Sheet(sheet.name, sheet.meaning, tuple(sheet.columns[place] for place in kept), rows)


def written(sheet: Sheet) -> Written:
    """Return what is to be remembered of a sheet."""
    names = [column.name for column in sheet.columns]
    states: Counter[tuple[str, str]] = Counter()
    if sheet.name == LEDGER:
        states.update((row[names.index("round")], row[names.index("state")]) for row in sheet.rows)
    return Written(sheet.name, sheet.meaning, sheet.columns, len(sheet.rows), states)


def keeps_digits(value: Decimal) -> bool:
    """Return whether a number stays itself as one; else it is written as text."""
    return len(value.normalize().as_tuple().digits) <= EXACT_DIGITS


def inert(text: str) -> str:
    """Return text that no spreadsheet takes for a command: one that begins like a formula gets an apostrophe."""
    return f"'{text}" if text.lstrip(" ").startswith(_COMMANDS) else text


def plain_text(value: Any) -> str:
    """Return a value as `exact_text` does, a text that looks like a command made inert."""
    return inert(value) if isinstance(value, str) else exact_text(value)


def exact_text(value: Any) -> str:
    """Return a value as machine files write it: ISO days and moments, plain decimals, nothing for what is unknown."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value)


def _dictionary(seen: set[tuple[str, str]]) -> Sheet:
    columns = (
        Column("table_name", "Table of this export"),
        Column("column_name", "Column, empty for the table itself"),
        Column("label_vi", "Short label in Vietnamese"),
        Column("label_en", "Short label in English"),
        Column("meaning_vi", "What it holds, in Vietnamese"),
        Column("meaning", "What it holds, in English"),
        Column("unit", "Unit of the figure the column holds: count, percent, vnd or points"),
        Column("basis", "What the figure spans: period, ytd, year, point, prior or ratio"),
        Column("source_form_vi", "Report and forms a figure comes from, in Vietnamese"),
        Column("source_form_en", "Report and forms a figure comes from, in English"),
        Column("since_date", "First day from which reports print the figure, empty for ever since"),
    )
    rows: list[tuple[Any, ...]] = [
        (e.relation, e.name, e.label_vi, e.label_en, e.meaning_vi, e.meaning, e.unit, e.basis, *_source(e))
        for e in dictionary.entries()
        if (e.relation, e.name) in seen
    ]
    return Sheet(DICTIONARY, "What every table and column of this export means", columns, rows)


def _source(entry: dictionary.Entry) -> tuple[str, str, date | None]:
    return entry.source_form_vi, entry.source_form_en, date.fromisoformat(entry.since) if entry.since else None
