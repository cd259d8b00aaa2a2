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
from tests.once import made_once, of_the_run
from tests.publications import readback
from tests.publications.house import filled
from tests.publications.sample import MOMENT, ROUND
from warehouse.connection import open_warehouse


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of a warehouse with four rounds, made once for all workers."""

    def make(folder: Path) -> None:
        filled(folder / "warehouse.db").dispose()

    return made_once(of_the_run(tmp_path_factory.getbasetemp()) / "four-rounds", make) / "warehouse.db"


@pytest.fixture
def engine(template: Path, tmp_path: Path) -> Iterator[Engine]:
    """Give a warehouse of the test's own."""
    yield from opened_copy(template, tmp_path)


@pytest.fixture(scope="session")
def drafted(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the warehouse after the drafts of the round, and the drafts, made once for all workers."""

    def make(folder: Path) -> None:
        for opened in opened_copy(template, folder):
            paths = publish_round(opened, ROUND, folder / ROUND, MOMENT)
            (folder / "order.txt").write_text("\n".join(path.name for path in paths), encoding="utf-8")

    return made_once(of_the_run(tmp_path_factory.getbasetemp()) / "drafted", make)


@pytest.fixture(scope="session")
def shared(drafted: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Give a warehouse that no test changes, with the round drafted."""
    yield from opened_copy(drafted / "warehouse.db", tmp_path_factory.mktemp("shared"))


def opened_copy(file: Path, folder: Path) -> Iterator[Engine]:
    """Yield a copy of a warehouse that lies closed in a file."""
    shutil.copy(file, folder / "warehouse.db")
    opened = open_warehouse(f"sqlite:///{folder / 'warehouse.db'}")
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def drafts(drafted: Path) -> list[Path]:
    """Give the files of every draft of the round, in the order in which they were made."""
    return [drafted / ROUND / name for name in (drafted / "order.txt").read_text(encoding="utf-8").splitlines()]


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
