"""A page of a mart: some of its rows by conditions on its columns, in an order that is the same every time.

Belongs here: what may be asked of a mart, words to typed values, and the one question that answers it.
Stays out: addresses and formats (`console.api`), all rows of a mart (`fetch`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from time import monotonic
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from cchc.clock import ZONE
from cchc.errors import WarehouseError
from cchc.messages import translator
from warehouse.marts.fetch import TYPES
from warehouse.marts.keys import PRIMARY
from warehouse.marts.view import Column, Kind, View

_ = translator("warehouse")

Test = Literal["is", "min", "max", "empty"]
"""`is` one of the values; at least; at most; empty or not."""

_STEPS = 20_000
"""Steps of SQLite's machine between two looks at the time."""
_LARGEST_POWER = 30
"""Powers of ten of a number that is asked for; 1e999999999 would be written out to a thousand million digits."""


@dataclass(frozen=True)
class Condition:
    """What a column must be; `values` are of the column's kind, of `empty` one truth."""

    column: str
    test: Test
    values: tuple[Any, ...]


@dataclass(frozen=True)
class Wanted:
    """A page that is wanted: columns to give, conditions, order (column, downwards), rows to skip, rows at most."""

    view: View
    columns: tuple[Column, ...]
    conditions: tuple[Condition, ...] = ()
    order: tuple[tuple[str, bool], ...] = ()
    skip: int = 0
    most: int = 100


@dataclass(frozen=True)
class Page:
    """Rows of a mart, and how many there are in all."""

    rows: list[tuple[Any, ...]]
    total: int


def page(connection: Connection, wanted: Wanted, *, seconds: float = 30.0) -> Page:
    """Return the page: numbers as Decimals, moments with their zone.

    Raises:
        WarehouseError: it takes longer than `seconds`.
    """
    table = sa.table(wanted.view.name, *(sa.column(c.name, TYPES[c.kind]) for c in wanted.view.columns))
    where = [_held(table.c[c.column], c, _kind_of(wanted.view, c.column)) for c in wanted.conditions]
    counted = sa.select(sa.func.count()).select_from(table).where(*where)
    query = sa.select(*(table.c[column.name] for column in wanted.columns)).where(*where)
    query = query.order_by(*_order(wanted, table)).offset(wanted.skip).limit(wanted.most)
    with _limited(connection, seconds):
        total = connection.execute(counted).scalar_one()
        return Page([tuple(row) for row in connection.execute(query)], total)


def value_of(column: Column, given: str) -> Any:
    """Return a word as a value of a column.

    Raises:
        WarehouseError: it is none; the message says how one is written.
    """
    try:
        return _READ[column.kind](given)
    except (ValueError, InvalidOperation, KeyError) as error:
        raise WarehouseError(_("'{given}' is no value of {column}; write {example}").format(
            given=given, column=column.name, example=_EXAMPLES[column.kind]
        )) from error  # fmt: skip


def _number(given: str) -> Decimal:
    value = Decimal(given)
    if not value.is_finite() or abs(value.adjusted()) > _LARGEST_POWER:
        raise ValueError(given)
    return value


def _moment(given: str) -> datetime:
    found = datetime.fromisoformat(given)
    return found if found.tzinfo else found.replace(tzinfo=ZONE)


def _integer(given: str) -> int:
    value = int(given)
    if abs(value) >= 2**63:
        raise ValueError(given)
    return value


_READ: Mapping[Kind, Any] = {
    "text": str,
    "number": _number,
    "integer": _integer,
    "real": lambda given: float(_number(given)),
    "date": date.fromisoformat,
    "moment": _moment,
    "flag": {"true": True, "false": False}.__getitem__,
}
_EXAMPLES: Mapping[Kind, str] = {
    "text": "text",
    "number": "1234.5",
    "integer": "12",
    "real": "0.95",
    "date": "2024-09-14",
    "moment": "2024-09-14T17:00:00+07:00",
    "flag": "true / false",
}


def _kind_of(view: View, name: str) -> Kind:
    return next(column.kind for column in view.columns if column.name == name)


def _held(column: sa.ColumnElement[Any], condition: Condition, kind: Kind) -> sa.ColumnElement[bool]:
    if condition.test == "empty":
        return column.is_(None) if condition.values[0] else column.is_not(None)
    # A column of a view has no affinity on SQLite: a number is compared with a number only where it is cast to one.
    values = [sa.cast(value, TYPES[kind]) if kind == "number" else value for value in condition.values]
    if condition.test == "is":
        return column.in_(values)
    return column >= values[0] if condition.test == "min" else column <= values[0]


def _order(wanted: Wanted, table: Any) -> Iterator[sa.UnaryExpression[Any]]:
    """Yield the order asked for, then what makes it the same every time: the key, or every column."""
    asked = dict(wanted.order)
    for name, downwards in asked.items():
        yield (table.c[name].desc() if downwards else table.c[name].asc()).nulls_last()
    for name in PRIMARY.get(wanted.view.name) or tuple(column.name for column in wanted.view.columns):
        if name not in asked:
            yield table.c[name].asc().nulls_last()


@contextmanager
def _limited(connection: Connection, seconds: float) -> Iterator[None]:
    """Stop a question that takes too long, on either engine."""
    driver: Any = connection.connection.driver_connection
    deadline = monotonic() + seconds
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = {int(seconds * 1000)}")
    else:
        driver.set_progress_handler(lambda: monotonic() > deadline, _STEPS)
    try:
        yield
    except OperationalError as error:
        if monotonic() > deadline:
            line = _("the question takes longer than {seconds:g} seconds; narrow it to a round or a ward")
            raise WarehouseError(line.format(seconds=seconds)) from error
        raise
    finally:
        if connection.dialect.name == "sqlite":
            driver.set_progress_handler(None, 0)
