"""A page to test, over a warehouse that is migrated once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.console.desk import Desk, load, make_desk, word_report
from tests.homes import empty_warehouse
from tests.passwords import quick_hashes


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a warehouse file that is migrated once, to be copied."""
    path = tmp_path_factory.mktemp("console") / "template.db"
    path.write_bytes(empty_warehouse())
    return path


@pytest.fixture(scope="package", autouse=True)
def quickly() -> Iterator[None]:
    """Hash passwords quickly, once for all modules."""
    with quick_hashes():
        yield


@pytest.fixture
def desk(tmp_path: Path, migrated: Path) -> Desk:
    """Give a page over an empty office with a person of every role."""
    return make_desk(tmp_path, migrated)


@pytest.fixture
def waiting(desk: Desk) -> Desk:
    """Give a page over an office in which two figures of a Word report wait."""
    load(desk, word_report({"dossiers_received": ("276", 0.5), "dossiers_resolved": ("270", 0.7)}))
    return desk
