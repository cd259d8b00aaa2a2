"""The whole content of a warehouse, to compare one state with another."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, select

from warehouse.connection import reading
from warehouse.tables import Base

Content = dict[str, list[tuple[Any, ...]]]


def dump(engine: Engine) -> Content:
    """Return the rows of every table, in the order of their keys."""
    with reading(engine) as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in Base.metadata.sorted_tables
        }
