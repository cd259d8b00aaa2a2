"""Free questions in SQL that cannot change anything.

Belongs here: running one reading statement with limits on time and rows.
Stays out: layout for people (`pipelines.cli.sql`).

On SQLite the file is opened read-only and an authorizer lets through nothing but reading. On PostgreSQL the statement
runs alone, in a read-only transaction that is always rolled back; who must not see the tables of facts connects as
`cchc_reader` (`warehouse.roles`).
"""

from __future__ import annotations

import re
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy import Engine

from cchc.errors import WarehouseError
from cchc.messages import translator

_ = translator("warehouse")

# Blanks and comments once taken are not tried in other parts again: forty blanks before another word took for ever.
_READS = re.compile(r"(?:\s+|--[^\n]*\n|/\*.*?\*/)*+(select|with|values|explain|table)\b", re.IGNORECASE | re.DOTALL)
_SECRETS = frozenset({"password", "token_hash", "form_token"})
"""Columns that a question gets no value of: hashes of passwords and of what signs people in."""
_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE, sqlite3.SQLITE_FUNCTION})
_STEPS = 20_000
"""Steps of SQLite's machine between two looks at the time."""


@dataclass(frozen=True)
class Answer:
    """Columns and rows of an answer; `cut` tells whether there were more rows than asked for."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    cut: bool = False


def query(engine: Engine, statement: str, *, most_rows: int | None = None, seconds: float = 60.0) -> Answer:
    """Return the answer to one reading statement.

    Raises:
        WarehouseError: it does not read, is wrong, or takes longer than `seconds`.
    """
    if _READS.match(statement) is None:
        raise WarehouseError(_("only questions are answered here; begin with SELECT, WITH, VALUES or EXPLAIN"))
    ask = _ask_sqlite if engine.dialect.name == "sqlite" else _ask_postgresql
    columns, rows = ask(engine, statement.strip().rstrip(";"), None if most_rows is None else most_rows + 1, seconds)
    cut = most_rows is not None and len(rows) > most_rows
    return Answer(columns, rows[:most_rows], cut)


def _ask_sqlite(
    engine: Engine, statement: str, most: int | None, seconds: float
) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    deadline = time.monotonic() + seconds
    location = f"file:{engine.url.database}?mode=ro"
    try:
        with closing(sqlite3.connect(location, uri=True)) as database:
            database.execute("PRAGMA query_only = ON")
            database.set_authorizer(_judge)
            database.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)
            cursor = database.execute(statement)
            return _taken(cursor, most)
    except sqlite3.Error as error:
        raise _refused(error, seconds, out_of_time=time.monotonic() > deadline) from error


def _judge(action: int, _first: str | None, name: str | None, *_rest: str | None) -> int:
    """Let SQLite read tables and call its functions, and do nothing else."""
    if action not in _ALLOWED or (action == sqlite3.SQLITE_FUNCTION and name == "load_extension"):
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_READ and name in _SECRETS:
        return sqlite3.SQLITE_IGNORE
    return sqlite3.SQLITE_OK


def _ask_postgresql(
    engine: Engine, statement: str, most: int | None, seconds: float
) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Ask in one prepared statement, which the server refuses if it is more than one."""
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        try:
            with driver.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                cursor.execute(f"SET LOCAL statement_timeout = {int(seconds * 1000)}")
                cursor.execute(statement, prepare=True)
                return _taken(cursor, most)
        except psycopg.Error as error:
            raise _refused(error, seconds, out_of_time=isinstance(error, psycopg.errors.QueryCanceled)) from error
        finally:
            driver.rollback()


def _taken(cursor: Any, most: int | None) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    columns = tuple(column[0] for column in cursor.description or ())
    return columns, [tuple(row) for row in (cursor.fetchall() if most is None else cursor.fetchmany(most))]


def _refused(error: Exception, seconds: float, *, out_of_time: bool) -> WarehouseError:
    if out_of_time:
        return WarehouseError(
            _("the question takes longer than {seconds:g} seconds; narrow it to a round or a ward").format(
                seconds=seconds
            )
        )
    first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return WarehouseError(
        _("the question cannot be answered: {reason}; docs/data-dictionary.md lists tables and columns").format(
            reason=first
        )
    )
