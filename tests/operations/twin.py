"""Two homes held against each other: every table and every mart, but clocks and numbers of rows.

Belongs here: a warehouse as plain rows in which a number of a row is replaced by what it stands for.
Stays out: making the homes and what is asserted of them.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from sqlalchemy import Column, Connection, Engine, RowMapping, Table, inspect, select, text

from warehouse.tables import Base
from warehouse.types import Moment

TRIES = frozenset({"run", "session", "sign_in_try"})
"""Tables that tell how often something was tried, which is what two homes may differ in."""

REFERS = {"report_id": "report", "decision_id": "decision", "submission_id": "submission"}
"""Columns that name a row of a table without a constraint that says so."""

CLOCKS = ("_at", "_from", "_to", "_id")
"""Endings of columns of marts that hold moments or numbers of rows."""

OF_CLOCKS = frozenset({("calculation", "digest"), ("event", "key"), ("event", "detail")})
"""Columns whose text is made with a moment or with the number of a run."""

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*[+-]\d\d:\d\d")
_INNER_NUMBER = re.compile(r'(\\?"(?:report|decision|submission)_id\\?":)\s*\d+')
"""A number of a row within JSON, be it a value of the row or text within one, where its quotes are escaped."""

Rows = dict[str, Counter[str]]


def rows_of(engine: Engine) -> Rows:
    """Return the rows of every table and mart as text, counted, by the name of the table or mart."""
    found: Rows = {}
    meant: dict[str, dict[int, str]] = {}
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            if table.name not in TRIES:
                found[table.name] = _of_table(connection, table, meant)
        for view in inspect(connection).get_view_names():
            found[view] = _of_mart(connection, view)
    return found


def differences(one: Rows, other: Rows) -> list[str]:
    """Return a line for every row that only one of two warehouses has."""
    return [
        f"{name}: {sign}{number} {row}"
        for name in sorted(one | other)
        for sign, left, right in (("-", one, other), ("+", other, one))
        for row, number in sorted((left.get(name, Counter()) - right.get(name, Counter())).items())
    ]


def _of_table(connection: Connection, table: Table, meant: dict[str, dict[int, str]]) -> Counter[str]:
    kept = [column for column in table.columns if not _is_clock(column)]
    counted: Counter[str] = Counter()
    own = meant.setdefault(table.name, {})
    rows = connection.execute(select(table).order_by(*table.primary_key.columns)).mappings().all()
    for row in _those_named_first(table, list(rows)):
        plain = _text({column.name: _meaning(column.name, row[column.name], meant, table) for column in kept})
        counted[plain] += 1
        if "id" in row:
            own[row["id"]] = plain
    return counted


def _those_named_first(table: Table, rows: list[RowMapping]) -> Iterator[RowMapping]:
    """Yield rows so that one which another of the table names comes before it; in order of their keys otherwise."""
    naming = [column.name for column in table.columns if any(k.column.table is table for k in column.foreign_keys)]
    while rows:
        open_ids = {row["id"] for row in rows} if naming else set()
        held_up = [any(row[name] in open_ids for name in naming) for row in rows]
        in_a_ring = all(held_up)
        yield from (row for row, held in zip(rows, held_up, strict=True) if in_a_ring or not held)
        rows = [row for row, held in zip(rows, held_up, strict=True) if held and not in_a_ring]


def _meaning(name: str, value: Any, meant: dict[str, dict[int, str]], table: Table) -> Any:
    """Return what a value says: of the number of another row, that row."""
    keys = list(table.columns[name].foreign_keys)
    target = keys[0].column.table.name if keys and keys[0].column.name == "id" else REFERS.get(name)
    if target is None or value is None:
        return value
    return meant.get(target, {}).get(value, f"unknown {target}")


def _is_clock(column: Column[Any]) -> bool:
    of_clocks = (column.table.name, column.name) in OF_CLOCKS  # type: ignore[attr-defined]
    return isinstance(column.type, Moment) or column.name == "id" or of_clocks


def _of_mart(connection: Connection, view: str) -> Counter[str]:
    rows = connection.execute(text(f'SELECT * FROM "{view}"')).mappings()
    return Counter(
        _text(
            {
                name: value
                for name, value in row.items()
                if name != "id" and not name.endswith(CLOCKS) and not _is_moment(value)
            }
        )
        for row in rows
    )


def _is_moment(value: Any) -> bool:
    return isinstance(value, dt.datetime)


def _text(row: dict[str, Any]) -> str:
    plain = json.dumps({key: _short(value) for key, value in row.items()}, ensure_ascii=False, default=str)
    return _INNER_NUMBER.sub(r"\1 a number", _MOMENT.sub("a moment", plain))


def _short(value: Any) -> Any:
    return sha256(value).hexdigest() if isinstance(value, bytes) else value
