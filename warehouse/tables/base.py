"""The declarative base: naming of constraints and the comment every table and column must have.

Belongs here: what all tables share.
Stays out: any one table.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase, MappedColumn, mapped_column

CONSTRAINT_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Root of the tables; names are singular and in snake case (docs/warehouse.md)."""

    metadata = MetaData(naming_convention=CONSTRAINT_NAMES)


def column(comment: str, *args: Any, **kwargs: Any) -> MappedColumn[Any]:
    """Return a mapped column with its comment, which is never left out."""
    return mapped_column(*args, comment=comment, **kwargs)
