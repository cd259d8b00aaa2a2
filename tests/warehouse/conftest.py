"""The two engines every test of the warehouse runs on."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine

from cchc.messages import use_language
from tests.homes import empty_warehouse
from tests.server import database, run
from warehouse.connection import CONFIDENCE_THRESHOLD, connect, open_warehouse
from warehouse.install import install
from warehouse.tables import Base

REFERENCE = {"ward", "figure", "indicator", "indicator_part", "doubt", "trust", "dictionary", "warehouse_state"}

_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Speak English, the language of the code, so that tests read as the code does."""
    with use_language("en"):
        yield


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a warehouse file that is migrated once, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    path.write_bytes(empty_warehouse())
    return path


ON_SERVER = (pytest.mark.postgres, pytest.mark.xdist_group("postgres"))
"""Tests on the server keep to one worker, so that one server is started and its system user is made once."""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=ON_SERVER)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the URL of an empty, migrated warehouse, on each engine in turn."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        (tmp_path / "warehouse.db").write_bytes(template.read_bytes())
        return f"sqlite:///{tmp_path / 'warehouse.db'}"
    server: str = request.getfixturevalue("postgres")
    _emptied(database(server, "house"))
    return database(server, "house")


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """Give an open warehouse, on each engine in turn; that of the server is kept, with its compiled statements."""
    if url.startswith("sqlite"):
        opened = open_warehouse(url)
        yield opened
        opened.dispose()
        return
    opened = _kept(url)
    install(opened, CONFIDENCE_THRESHOLD)
    yield opened


@pytest.fixture
def other_engine(empty_url: str) -> Iterator[Engine]:
    """Give a second open warehouse on the same engine."""
    opened = open_warehouse(empty_url)
    yield opened
    opened.dispose()


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, tmp_path: Path, url: str) -> str:
    """Give the URL of a database with nothing in it, on each engine in turn."""
    if url.startswith("sqlite"):
        return f"sqlite:///{tmp_path / 'empty.db'}"
    name = f"empty_{next(_numbers)}"
    server: str = request.getfixturevalue("postgres")
    run(server, f"CREATE DATABASE {name}")
    return database(server, name)


@pytest.fixture(scope="module")
def sqlite_url_for_properties(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give one SQLite warehouse for all examples of a property."""
    path = tmp_path_factory.mktemp("property") / "warehouse.db"
    path.write_bytes(sqlite_template.read_bytes())
    return f"sqlite:///{path}"


@cache
def _kept(url: str) -> Engine:
    return connect(url)


def _emptied(uri: str) -> None:
    """Empty the tables of facts, past triggers and foreign keys; a new database for each test takes much longer."""
    facts = [name for name in Base.metadata.tables if name not in REFERENCE]
    counters = [f"{name}_id_seq" for name in facts if "id" in Base.metadata.tables[name].columns]
    with psycopg.connect(uri) as connection:
        connection.execute("SET session_replication_role = replica")
        for name in facts:
            connection.execute(f"DELETE FROM {name}")  # type: ignore[call-overload]
        for name in counters:
            connection.execute(f"SELECT setval('{name}', 1, false)")  # type: ignore[call-overload]
