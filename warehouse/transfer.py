"""Copying a whole warehouse into an empty one, on the same or on the other engine.

Belongs here: rows as they are, in one transaction; a backup, and the move from SQLite to PostgreSQL, are such a copy.
Stays out: files and archives (`pipelines.keeping.backup`), papers for analysts (`export`).
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, Engine, Table, func, insert, inspect, select, text

from cchc.errors import WarehouseError
from cchc.messages import translator
from warehouse.connection import reading, writing
from warehouse.install import installed_state
from warehouse.reference import upsert
from warehouse.tables import Base, SubmissionTable, WarehouseStateTable

_ = translator("warehouse")

_BATCH = 500


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
    for batch in source.execute(query).mappings().partitions(_BATCH):
        rows = [dict(row) for row in batch]
        if numbered:
            target.execute(insert(table), rows)
        else:
            upsert(target, table, rows)
        count += len(rows)
    return count


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
