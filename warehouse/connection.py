"""Opening the warehouse, and the two ways to talk to it: `reading` and `writing`.

Belongs here: engine settings of SQLite and PostgreSQL, transactions, locks, and what their errors are called.
Stays out: SQL that knows a table.

A warehouse is chosen by one URL: `sqlite:///path/to/warehouse.db` or `postgresql://user@host/name`.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError, SQLAlchemyError

from cchc.errors import ConfigurationError, WarehouseBusyError, WarehouseError
from cchc.messages import translator
from cchc.secrets import without_secret

_ = translator("warehouse")

BUSY_MILLISECONDS = 60_000
"""How long a writer waits for another before it gives up as busy."""

_PAUSE_SECONDS = 0.01
_LOCK_PAUSE_SECONDS = 0.5

CONFIDENCE_THRESHOLD = 0.8
"""Below this a figure waits for a person, until the office sets another."""


def open_warehouse(url: str, *, confidence_threshold: float | None = None) -> Engine:
    """Return the engine of a warehouse that is ready: created or migrated where needed, catalogue up to date.

    `confidence_threshold` None leaves the one the warehouse has; another one judges every figure anew. Every later
    transaction of the engine is refused before it reads or writes once the schema is newer than this process knows.

    Raises:
        ConfigurationError: the URL names no SQLite or PostgreSQL database.
        MigrationError: the warehouse was made by newer code.
        ProgramChangedError: the warehouse was made ready by a program that was installed while this process ran.
        WarehouseBusyError: it cannot be reached or stays locked.
    """
    from warehouse.install import install
    from warehouse.migrate import refuse_newer

    engine = connect(url)
    install(engine, confidence_threshold)
    # After the listener that begins the transaction: what was looked at holds until its end.
    event.listen(engine, "begin", refuse_newer)
    return engine


def connect(url: str) -> Engine:
    """Return an engine with the settings of the house; touches no table."""
    target = _parsed(url)
    if target.get_backend_name() == "sqlite":
        return _sqlite(target)
    return create_engine(target.set(drivername="postgresql+psycopg"), pool_pre_ping=True, pool_size=4, max_overflow=30)


def engine_told(engine: Engine) -> str:
    """Return the engine's kind and version, of a server also our role and its database."""
    if engine.dialect.name == "sqlite":
        return f"sqlite {sqlite3.sqlite_version}"
    with reading(engine) as connection:
        version, role, name = connection.execute(
            text("SELECT current_setting('server_version'), current_user, current_database()")
        ).one()
    return f"postgresql {version}, {role}@{name}"


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees one state of the warehouse from the first query to the last."""
    snapshot: dict[str, Any] = {}
    if engine.dialect.name == "postgresql":
        snapshot = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with _named_errors(), engine.connect().execution_options(**snapshot) as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose work is kept whole or not at all."""
    with _named_errors(), engine.connect().execution_options(cchc_writes=True) as connection, connection.begin():
        yield connection


def lock(connection: Connection, *names: str) -> None:
    """Let one transaction at a time pass for these names, until it ends; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": "|".join(names)})


@contextmanager
def held_alone(url: str, name: str, patience: float) -> Iterator[bool]:
    """Hold a name on the server of a warehouse and give True; False where another held it for `patience` seconds.

    Machines that share a server exclude each other. Whoever is killed lets go, for its session ends. SQLite has no
    server and lets everybody pass.

    Raises:
        WarehouseBusyError: the server cannot be reached.
    """
    if _parsed(url).get_backend_name() != "postgresql":
        yield True
        return
    engine = connect(url)
    with _named_errors():
        # No transaction stays open for minutes: it would keep the server from clearing up.
        session = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    try:
        with _named_errors():
            got = _taken(session, name, time.monotonic() + patience)
        yield got
    finally:
        with suppress(DBAPIError):
            # The end of the session lets go too, only later: the server is told nothing but that we hung up.
            session.execute(text("SELECT pg_advisory_unlock_all()"))
        session.close()
        engine.dispose()


def _taken(session: Connection, name: str, until: float) -> bool:
    asking = text("SELECT pg_try_advisory_lock(hashtextextended(:name, 0))")
    while not session.execute(asking, {"name": name}).scalar_one():
        if time.monotonic() > until:
            return False
        time.sleep(_LOCK_PAUSE_SECONDS)
    return True


def _parsed(url: str) -> URL:
    try:
        target = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise ConfigurationError(
            _("'{url}' is no database URL; write sqlite:///warehouse.db or postgresql://user@host/name").format(
                url=without_secret(url)
            )
        ) from error
    if target.get_backend_name() not in ("sqlite", "postgresql"):
        raise ConfigurationError(
            _("a warehouse in {engine} is not supported; use sqlite:/// or postgresql://").format(
                engine=target.get_backend_name()
            )
        )
    return target


def _sqlite(target: URL) -> Engine:
    if target.database and target.database != ":memory:":
        Path(target.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(target.set(drivername="sqlite"), connect_args={"timeout": BUSY_MILLISECONDS / 1000})
    event.listen(engine, "connect", _sqlite_connected)
    event.listen(engine, "begin", _sqlite_begins)
    return engine


def _sqlite_connected(connection: Any, _record: Any) -> None:
    """Turn off the driver's own transactions and set what SQLite leaves unset."""
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    _write_ahead(connection)
    for pragma in ("foreign_keys = ON", "synchronous = NORMAL", "cache_size = -65536"):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Choose the write-ahead log; SQLite refuses this at once while another opens the file, so the wait is here."""
    deadline = time.monotonic() + BUSY_MILLISECONDS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not _is_locked(error) or time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return


def _sqlite_begins(connection: Connection) -> None:
    """Take the writer's lock at once, so that two writers wait and never fail half way."""
    writes = connection.get_execution_options().get("cchc_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


_PASSING_STATES = ("08", "40", "53", "55", "57")
"""Classes of SQLSTATE that pass: connection, rollback, resources, object in use, the server going down or up."""


@contextmanager
def _named_errors() -> Iterator[None]:
    """Turn the driver's errors into those of the house."""
    try:
        yield
    except DBAPIError as error:
        reason = _first_line(error)
        if _is_busy(error):
            raise WarehouseBusyError(
                _("the warehouse is locked or cannot be reached ({reason}); try again shortly").format(reason=reason)
            ) from error
        raise WarehouseError(
            _("the warehouse refused: {reason}; nothing was changed, mend the input and repeat").format(reason=reason)
        ) from error
    except SQLAlchemyError as error:
        raise WarehouseError(
            _("the warehouse cannot carry this out: {reason}").format(reason=_first_line(error))
        ) from error


def _is_busy(error: DBAPIError) -> bool:
    """Return whether the same call may succeed later: another holds the lock, or the server is not there."""
    cause: Any = error.orig
    if isinstance(cause, sqlite3.Error):
        return _is_locked(cause)
    state = getattr(cause, "sqlstate", None)
    return isinstance(error, OperationalError) and (state is None or state.startswith(_PASSING_STATES))


def _is_locked(error: sqlite3.Error) -> bool:
    return (error.sqlite_errorcode or 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _first_line(error: SQLAlchemyError) -> str:
    cause = getattr(error, "orig", None) or error
    return str(cause).strip().splitlines()[0] if str(cause).strip() else type(cause).__name__
