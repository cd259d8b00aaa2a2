"""A filled warehouse, copied for each test that changes it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.publications.house import filled
from warehouse.connection import open_warehouse


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of a warehouse with four rounds."""
    path = tmp_path_factory.mktemp("publications") / "template.db"
    filled(path).dispose()
    return path


@pytest.fixture
def engine(template: Path, tmp_path: Path) -> Iterator[Engine]:
    """Give a warehouse of the test's own."""
    shutil.copy(template, tmp_path / "warehouse.db")
    opened = open_warehouse(f"sqlite:///{tmp_path / 'warehouse.db'}")
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def shared(template: Path) -> Iterator[Engine]:
    """Give a warehouse that no test changes."""
    opened = open_warehouse(f"sqlite:///{template}")
    yield opened
    opened.dispose()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the round's folder inside the folder of publications."""
    return tmp_path / "outputs" / "2023-Q3"
