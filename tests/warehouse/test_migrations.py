"""Migrations go up and down with data in them, and end at what the code declares."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, inspect, select, text

from cchc.errors import MigrationError, ProgramChangedError
from tests.warehouse.dump import dump
from tests.warehouse.made import finding, moment, reading, take_in
from warehouse import install, marts, migrate, queries, reference
from warehouse.connection import connect, open_warehouse, writing
from warehouse.decisions import record_decision
from warehouse.rows import NewDecision
from warehouse.tables import Base, RoundTable


@pytest.fixture
def bare(empty_url: str) -> Iterator[Engine]:
    """Give an engine on a database with nothing in it."""
    engine = connect(empty_url)
    yield engine
    engine.dispose()


class TestMigrations:
    def test_down_and_up_again_with_data(self, bare: Engine) -> None:
        """What was written stays the same going down to the first revision and up again; base leaves nothing."""
        with writing(bare) as connection:
            migrate.upgrade(connection)
            reference.sync_catalogue(connection)
        take_in(bare, reading(), (finding(),))
        record_decision(bare, NewDecision("pho-an", "2023-Q3", "accept", "Lan", "đúng", finding().key), moment(5))
        written = dump(bare)

        with writing(bare) as connection:
            migrate.downgrade(connection, "0001")
        columns = {column["name"] for column in inspect(bare).get_columns("round")}
        assert ("late_from" in columns, "scorecard" in columns) == (False, True)
        with writing(bare) as connection:
            migrate.upgrade(connection)
            reference.sync_catalogue(connection)
            marts.create(connection)
        assert dump(bare) == written
        with writing(bare) as connection:
            marts.drop(connection)
            migrate.downgrade(connection, "base")

        assert inspect(bare).get_table_names() == ["alembic_version"]
        with writing(bare) as connection:
            migrate.upgrade(connection)
            reference.sync_catalogue(connection)
        take_in(bare, reading())

    def test_rounds_of_the_first_tables_learn_from_when_a_report_is_late(self, bare: Engine) -> None:
        """A round written before the column existed is late from the midnight after its due day, in Vietnam."""
        with writing(bare) as connection:
            migrate.upgrade(connection, "0002")
            row = {k: v for k, v in reference.round_row("2023-Q3").items() if k not in {"late_from", "kind"}}
            names = ", ".join(row)
            connection.execute(text(f"INSERT INTO round ({names}) VALUES ({', '.join(f':{n}' for n in row)})"), row)
            migrate.upgrade(connection)
            found = connection.execute(select(RoundTable.late_from)).scalar_one()

        assert found == reference.round_row("2023-Q3")["late_from"]
        assert found == datetime(2023, 9, 15, 17, tzinfo=UTC) + (
            reference.round_row("2023-Q3")["due_date"] - date(2023, 9, 15)
        )

    def test_newest_revision_is_what_the_code_declares(self, bare: Engine) -> None:
        """No table, column, index, constraint or comment differs between migrations and declarations."""
        with writing(bare) as connection:
            migrate.upgrade(connection)

            assert _differences(connection) == []

    def test_warehouse_of_newer_code_is_refused(self, empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """Old code leaves a newer warehouse alone, also one it has open, and says what to do; after that it goes on."""
        engine, newer = open_warehouse(empty_url), connect(empty_url)
        written = dump(engine)
        _set_revision(newer, "9999")

        with pytest.raises(MigrationError, match="install the newer program"):
            open_warehouse(empty_url)
        with pytest.raises(MigrationError, match="install the newer program"):
            take_in(engine, reading())
        with pytest.raises(MigrationError, match="install the newer program"):
            queries.submissions(engine)
        monkeypatch.setattr(migrate, "installed_revision", lambda: "9999")
        with pytest.raises(ProgramChangedError, match="end this process and start it anew"):
            take_in(engine, reading())
        _set_revision(newer, migrate.newest_revision())

        assert dump(engine) == written
        take_in(engine, reading())
        assert queries.reading_of(engine, "pho-an", "2023-Q3") == reading()
        newer.dispose()
        engine.dispose()

    def test_what_another_program_made_ready_is_left(self, url: str) -> None:
        """A process that finds another catalogue than the one it had made ready leaves it, and asks to be restarted."""
        engine = open_warehouse(url)
        changing = text("UPDATE warehouse_state SET value = 'another' WHERE key = 'catalogue'")
        with writing(engine) as connection:
            own = install.installed_state(connection)["catalogue"]
            connection.execute(changing)

        with pytest.raises(ProgramChangedError, match="end this process and start it anew"):
            open_warehouse(url)

        with writing(engine) as connection:
            assert install.installed_state(connection)["catalogue"] == "another"
            connection.execute(text("UPDATE warehouse_state SET value = :own WHERE key = 'catalogue'"), {"own": own})
        engine.dispose()

    def test_changed_views_are_made_anew_and_data_stay(self, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        """A warehouse whose views are of another version of the code gets today's, without touching facts."""
        take_in(engine, reading())
        with writing(engine) as connection:
            connection.execute(text("UPDATE warehouse_state SET value = 'older' WHERE key = 'marts'"))
            connection.execute(text("DROP VIEW mart_finding_open"))

        monkeypatch.setattr(install, "_SEEN_READY", {})
        open_warehouse(engine.url.render_as_string(hide_password=False)).dispose()

        assert "mart_finding_open" in inspect(engine).get_view_names()
        assert queries.reading_of(engine, "pho-an", "2023-Q3") == reading()


def _set_revision(engine: Engine, revision: str) -> None:
    """Say that another process has brought the schema to a revision."""
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})


def _differences(connection: Connection) -> list[object]:
    options = {"compare_type": False, "include_object": lambda _o, name, *_: name != "alembic_version"}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata))
