"""Both engines give the same papers."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from publications.content import Edition
from publications.gather import gather
from tests.publications.house import fill
from tests.publications.sample import MOMENT, ROUND
from tests.server import database, run
from warehouse.connection import open_warehouse


@pytest.mark.postgres
@pytest.mark.slow
def test_sqlite_and_postgresql_give_one_content(shared: Engine, postgres: str) -> None:
    """The same reports give equal content, to the last digit and the last word."""
    run(postgres, "CREATE DATABASE papers")
    other = open_warehouse(database(postgres, "papers"))
    fill(other)

    try:
        assert gather(other, ROUND, MOMENT, Edition()) == gather(shared, ROUND, MOMENT, Edition())
    finally:
        other.dispose()
