"""Opening a warehouse, and what its errors are called."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from catalogue.offices import current_folder, office_file
from cchc.errors import ConfigurationError, WarehouseBusyError, WarehouseError
from tests.warehouse.made import reading, take_in
from warehouse import connection as engine_module
from warehouse import reference
from warehouse.connection import connect, open_warehouse, writing
from warehouse.connection import reading as reading_from


class TestOpening:
    @pytest.mark.parametrize("url", ["mysql://x/y", "warehouse.db", "", "sqlite"])
    def test_url_that_names_no_warehouse_is_refused(self, url: str) -> None:
        """A URL of another kind is a wrong setting, told with what to write."""
        with pytest.raises(ConfigurationError, match="sqlite:///"):
            connect(url)

    def test_secret_of_a_url_is_not_told(self) -> None:
        """A password in a URL that cannot be read is not printed."""
        with pytest.raises(ConfigurationError) as caught:
            connect("postgresql://office:geheim@host:port:port/x")

        assert "geheim" not in str(caught.value)

    def test_missing_server_is_busy(self) -> None:
        """A server that is not there may be there later."""
        with pytest.raises(WarehouseBusyError, match="try again"):
            open_warehouse("postgresql://nobody@127.0.0.1:1/none")

    def test_new_file_that_another_is_writing_is_waited_for(self, tmp_path: Path) -> None:
        """Of two that open a new SQLite file at once, the second waits and is not turned away."""
        path = tmp_path / "new.db"
        other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.2, other.rollback)
        release.start()

        engine = connect(f"sqlite:///{path}")
        with reading_from(engine) as connection:
            assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"

        release.join()
        other.close()
        engine.dispose()

    def test_opening_again_changes_nothing(self, url: str) -> None:
        """A second opening finds everything as it is and writes nothing."""
        first = open_warehouse(url)
        with reading_from(first) as connection:
            before = connection.execute(text("SELECT * FROM warehouse_state ORDER BY key")).all()
        first.dispose()

        second = open_warehouse(url)
        with reading_from(second) as connection:
            assert connection.execute(text("SELECT * FROM warehouse_state ORDER BY key")).all() == before
        second.dispose()


class TestCatalogue:
    def test_what_is_read_anew_is_reckoned_with(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A calendar that the office changes, or another office, makes another catalogue while a process runs."""
        shipped, before = office_file("rounds.yaml").read_text(encoding="utf-8"), reference.catalogue_digest()
        own = shutil.copytree(current_folder(), tmp_path / "office")
        monkeypatch.setenv("CCHC_OFFICE", str(own))
        told = []

        for text_now in (shipped, shipped.replace("grace_days: 10", "grace_days: 12"), shipped):
            (own / "rounds.yaml").write_text(text_now, encoding="utf-8")
            told.append(reference.catalogue_digest() == before)
        monkeypatch.setenv("CCHC_OFFICE", "quang-ngai")

        assert told == [True, False, True]
        assert reference.catalogue_digest() != before


class TestErrors:
    def test_locked_warehouse_is_busy(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A writer that waits too long for another is told to try again."""
        monkeypatch.setattr(engine_module, "BUSY_MILLISECONDS", 50)
        engine = open_warehouse(f"sqlite:///{tmp_path / 'w.db'}")
        held, done = threading.Event(), threading.Event()

        def hold() -> None:
            with writing(engine):
                held.set()
                done.wait(10)

        holder = threading.Thread(target=hold)
        holder.start()
        held.wait(10)
        with pytest.raises(WarehouseBusyError, match="locked"), writing(engine):
            pass
        done.set()
        holder.join()
        engine.dispose()

    def test_mistake_is_not_called_busy(self, engine: Engine) -> None:
        """What fails again and again is not offered for another try."""
        with pytest.raises(WarehouseError) as caught, writing(engine) as connection:
            connection.execute(text("SELECT * FROM no_such_table"))

        assert not caught.value.retryable

    def test_reader_cannot_see_a_change_half_way(self, engine: Engine) -> None:
        """Two questions of one reading see the same state, whatever is written between them."""
        count = text("SELECT count(*) FROM report")
        with reading_from(engine) as connection:
            before = connection.execute(count).scalar()
            take_in(engine, reading())
            assert connection.execute(count).scalar() == before

        with reading_from(engine) as connection:
            assert connection.execute(count).scalar() == 1


def test_datasette_shows_the_marts(sqlite_template: Path, tmp_path: Path) -> None:
    """A copy of the warehouse opens in datasette, and a mart is a page of it."""
    datasette = pytest.importorskip("datasette.app", reason="datasette is not installed")
    copy = tmp_path / "warehouse.db"
    copy.write_bytes(sqlite_template.read_bytes())
    engine = open_warehouse(f"sqlite:///{copy}")
    take_in(engine, reading())
    engine.dispose()

    async def ask() -> list[dict[str, object]]:
        served = datasette.Datasette([str(copy)])
        answer = await served.client.get("/warehouse/mart_figure_long.json?_shape=array&figure=dossiers_received")
        assert answer.status_code == 200
        rows: list[dict[str, object]] = answer.json()
        return rows

    [row] = asyncio.run(ask())
    assert (row["ward_name"], row["value"]) == ("Phổ An", 100)
