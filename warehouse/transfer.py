"""Copying a whole warehouse into an empty one, on the same or on the other engine.

Belongs here: rows as they are, in one transaction; a backup, and the move from SQLite to PostgreSQL, are such a copy.
Stays out: files and archives (`pipelines.keeping.backup`), papers for analysts (`export`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, insert, inspect, select, text

from cchc.errors import WarehouseError
from cchc.messages import translator
from warehouse.connection import reading, writing
from warehouse.install import installed_state
from warehouse.reference import upsert
from warehouse.tables import Base, SubmissionTable, WarehouseStateTable

_ = translator("warehouse")

_BATCH = 500
Row = dict[str, Any]


def copy_warehouse(source: Engine, target: Engine) -> dict[str, int]:
    """Copy every row of one warehouse into another that has taken nothing in, and return rows by table.

    Both must be opened with `open_warehouse`, so that they have the same schema.

    Raises:
        WarehouseError: the target holds arrivals already; nothing was changed.
    """
    with reading(source) as rows, writing(target) as kept:
        if kept.execute(select(func.count()).select_from(SubmissionTable)).scalar_one():
            raise WarehouseError(_("the target warehouse holds arrivals already; restore into an empty one"))
        state = installed_state(kept)
        counts = {table.name: _copy(rows, kept, table) for table in Base.metadata.sorted_tables}
        upsert(kept, WarehouseStateTable.__table__, [{"key": k, "value": v} for k, v in state.items()])
        _restart_numbers(kept)
    return counts


def row_counts(engine: Engine) -> Mapping[str, int]:
    """Return the number of rows of every table."""
    with reading(engine) as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in Base.metadata.sorted_tables
        }


def _copy(source: Connection, target: Connection, table: Table) -> int:
    """Copy one table; rows the catalogue has put there already are brought to what the source says."""
    count = 0
    numbered = "id" in table.primary_key.columns
    query = select(table).order_by(*table.primary_key.columns)
    for rows in _batches(table, (dict(row) for row in source.execute(query).mappings())):
        if numbered:
            target.execute(insert(table), rows)
        else:
            upsert(target, table, rows)
        count += len(rows)
    return count


def _batches(table: Table, rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield rows some hundred at a time; where a table names its own rows, those that are named come first.

    Wards are read side by side, so that the number of a version may lie below that of the version it supersedes.
    """
    own = [c.name for c in table.columns if any(key.references(table) for key in c.foreign_keys)]
    ordered = iter(named_first(list(rows), own) if own else rows)
    while batch := list(islice(ordered, _BATCH)):
        yield batch


def named_first(rows: Sequence[Row], own: Sequence[str]) -> Iterator[Row]:
    """Yield rows so that what the columns `own` name stands before who names it."""
    given: set[Any] = set()
    left = list(rows)
    while left:
        ready = [row for row in left if all(row[name] is None or row[name] in given for name in own)]
        if not ready:
            break
        yield from ready
        given.update(row["id"] for row in ready)
        left = [row for row in left if row["id"] not in given]
    yield from left


def _restart_numbers(connection: Connection) -> None:
    """Let PostgreSQL go on numbering after the highest number copied; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in Base.metadata.sorted_tables:
        if "id" in table.primary_key.columns and inspect(connection).has_table(table.name):
            highest = connection.execute(select(func.max(table.c.id))).scalar()
            if highest is not None:
                connection.execute(
                    text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :highest)"),
                    {"table": table.name, "highest": highest},
                )
