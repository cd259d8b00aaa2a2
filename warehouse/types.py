"""Column types that mean the same on SQLite and on PostgreSQL.

Belongs here: exact decimals, moments with their zone, JSON; each with the form it takes on either engine.
Stays out: tables.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Numeric, Text, types
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeEngine, UserDefinedType

from cchc.clock import ZONE

Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""A small structure kept as it came; nothing in it is needed to join or to add up."""


SortKey = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that sorts by its bytes, whatever the database's own order of letters is."""


class _SqliteNumeric(UserDefinedType[Any]):
    """SQLite's NUMERIC affinity: whole numbers as 64-bit integers, others as doubles."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "NUMERIC"


class Exact(types.TypeDecorator[Decimal]):
    """A decimal that comes back as it went in.

    PostgreSQL keeps any number of digits. SQLite keeps whole numbers up to 18 digits and others up to 15 significant
    digits exactly, which is more than a budget in dong needs; beyond that it keeps the nearest double, and the
    digits as printed stand in `raw`.
    """

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the engine's own column type."""
        own = _SqliteNumeric() if dialect.name == "sqlite" else Numeric(asdecimal=True)
        return dialect.type_descriptor(own)

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> Any:
        """Return the plain digits; SQLite makes a number of them by the column's affinity."""
        if value is None:
            return None
        exact = plain(Decimal(value))
        return f"{exact:f}" if dialect.name == "sqlite" else exact

    def process_result_value(self, value: Any, _dialect: Dialect) -> Decimal | None:
        """Return a Decimal; a double gives the shortest digits that name it."""
        return None if value is None else plain(Decimal(repr(value) if isinstance(value, float) else value))


class Moment(types.TypeDecorator[datetime]):
    """A moment with its zone, to the microsecond: TIMESTAMPTZ, or ISO text in UTC whose order is that of time."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the engine's own column type."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else TIMESTAMP(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Return what the engine keeps; a moment without a zone is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no zone; pass a moment with one (cchc.clock.now)")
        return moment_text(value) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, _dialect: Dialect) -> datetime | None:
        """Return the moment in the office's zone."""
        if value is None:
            return None
        return (value if isinstance(value, datetime) else datetime.fromisoformat(value)).astimezone(ZONE)


def moment_text(moment: datetime) -> str:
    """Return a moment as fixed-width ISO text in UTC: 2023-09-08T02:15:00.000000Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def plain(value: Decimal) -> Decimal:
    """Return `value` without trailing zeros and without an exponent."""
    if not value.is_finite():
        raise ValueError(f"{value} is no number a column can hold")
    return Decimal(f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}")
