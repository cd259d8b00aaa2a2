"""A filled warehouse, copied for each test that changes it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from catalogue.rounds import parse_round
from publications import publish_round
from publications.letterbook import write_letters
from publications.letters import Letter
from tests.publications import readback
from tests.publications.house import filled
from tests.publications.sample import MOMENT, ROUND
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


@pytest.fixture(scope="session")
def drafts(shared: Engine, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Give the files of every draft of the round, made once."""
    return publish_round(shared, ROUND, Path(tmp_path_factory.mktemp("agreement")) / ROUND, MOMENT)


@pytest.fixture(scope="session")
def papers(drafts: list[Path]) -> dict[str, bytes]:
    """Give every draft of the round by the beginning of its file's name, the copy for signature as `trinh-ky`."""
    return {path.stem.split(f"-{ROUND}-")[-1].removesuffix(f"-{ROUND}"): path.read_bytes() for path in drafts}


@pytest.fixture(scope="session")
def marts(shared: Engine, papers: dict[str, bytes]) -> dict[str, list[dict[str, Any]]]:
    """Give the rows of the marts of the round after the papers were made."""
    names = (
        "mart_rollup",
        "mart_ranking",
        "mart_ranking_criterion",
        "mart_indicator",
        "mart_ledger",
        "mart_figure_long",
    )
    assert papers
    with shared.connect() as connection:
        return {name: readback.mart_rows(connection, name, ROUND) for name in names}


@pytest.fixture(scope="session")
def letters(shared: Engine, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, Letter]]:
    """Give the round's letters to wards, each with its file."""
    return write_letters(shared, parse_round(ROUND), Path(tmp_path_factory.mktemp("letters")), MOMENT.date())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the round's folder inside the folder of publications."""
    return tmp_path / "outputs" / "2023-Q3"
