"""Warehouse, Dagster's record of runs and the role of readers on one PostgreSQL; faults of stores are told in words."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest

from cchc.clock import now
from cchc.errors import BusyError, ConfigurationError, StandstillError, WarehouseBusyError
from cchc.messages import use_language
from pipelines.arrival.arrivals import look_into
from pipelines.arrival.sources import intake_lock
from pipelines.cli.doctor import database_of_runs, warehouse_reached
from pipelines.home import dagster_instance, prepare_home
from pipelines.keeping.archive import Archive, ArchiveAwayError
from pipelines.orchestration.collect import collect, to_do
from pipelines.orchestration.definitions import WARD_JOB
from pipelines.orchestration.process import run_wards
from pipelines.settings import Settings, load_settings
from pipelines.wiring import open_house
from tests.server import database, run
from warehouse.connection import connect, open_warehouse
from warehouse.queries import reports
from warehouse.roles import create_reader_role

from .reports import write_report

SQL = Path(__file__).resolve().parents[2] / "deploy" / "postgresql" / "create.sql"
NOWHERE = "127.0.0.1:1/nothing"


@pytest.fixture(scope="module")
def server(postgres: str) -> str:
    """Return the server after `deploy/postgresql/create.sql`."""
    for line in SQL.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("--"):
            # Other tests of the session may have made the role of readers.
            with suppress(psycopg.errors.DuplicateObject):
                run(postgres, line)
    return postgres


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave the environment as it was, and speak English."""
    for name in ("CCHC_RUNS_URL", "DAGSTER_HOME"):
        monkeypatch.setenv(name, os.environ.get(name, ""))
    with use_language("en"):
        yield


def _settings(home: Path, warehouse: str, runs: str = "") -> Settings:
    given = {"CCHC_HOME": str(home), "CCHC_WAREHOUSE_URL": warehouse, "CCHC_RUNS_URL": runs, "CCHC_WORKERS": "1"}
    return load_settings({name: value for name, value in given.items() if value})


@pytest.mark.slow
@pytest.mark.postgres
def test_a_report_goes_through_on_the_documented_role(server: str, tmp_path: Path) -> None:
    """With the role the documentation makes, a report is taken in, read and loaded, and its run is on the server."""
    warehouse = database(server, "cchc", "cchc")
    runs = database(server, "cchc_dagster", "cchc").replace("postgresql://", "postgresql+psycopg2://")
    settings = _settings(tmp_path / "home", warehouse, runs)
    assert (prepare_home(settings), prepare_home(settings)) == (True, False)
    write_report(settings.inbox / "a.docx", "pho-an", "2024-Q3", date(2024, 9, 12))

    with dagster_instance(settings) as instance:
        look = look_into(settings.inbox, now() + timedelta(minutes=1), received_at=now())
        house = open_house(settings)
        collect(house, instance, settings, look.whole, only_round="none")
        verdicts = run_wards(house, instance, to_do(house.engine))
        jobs = {run.job_name for run in instance.get_runs()}
    engine = open_warehouse(warehouse)
    create_reader_role(engine)

    assert [v.good for v in verdicts] == [True]
    assert [(r.ward, r.round) for r in reports(engine)] == [("pho-an", "2024-Q3")]
    assert WARD_JOB in jobs and not list(settings.dagster_home.rglob("*.db"))
    assert (warehouse_reached(settings).good, database_of_runs(settings).good) == (True, True)


@pytest.mark.postgres
def test_machines_that_share_a_warehouse_take_in_one_after_the_other(postgres: str, tmp_path: Path) -> None:
    """A second home on the same database waits and is told; one on another is not kept, nor is who comes after."""
    first, second = (_settings(tmp_path / name, database(postgres, "house")) for name in ("a", "b"))
    other = _settings(tmp_path / "c", postgres)
    for settings in (first, second, other):
        settings.home.mkdir()

    with intake_lock(first):
        with intake_lock(other):
            pass
        with pytest.raises(BusyError, match="house") as caught, intake_lock(second, timedelta(0)):
            raise AssertionError("two at once")
    with intake_lock(second, timedelta(0)):
        pass

    assert caught.value.retryable


@pytest.mark.postgres
def test_a_killed_intake_lets_go_on_the_server(postgres: str, tmp_path: Path) -> None:
    """What another machine held is free once its session ended, without anybody's help."""
    settings = _settings(tmp_path, database(postgres, "house"))
    holding = (
        "import sys, time; from warehouse.connection import held_alone\n"
        "with held_alone(sys.argv[1], 'intake', 0) as got: print(got, flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", holding, settings.warehouse_url], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        held = holder.stdout.readline()
        with pytest.raises(BusyError), intake_lock(settings, timedelta(0)):
            pass
        holder.kill()

        with intake_lock(settings, timedelta(minutes=2)):
            assert held == b"True\n"


class TestFaultsInWords:
    def test_a_warehouse_that_is_not_there(self, tmp_path: Path) -> None:
        """It is busy, try again, and doctor says so."""
        settings = _settings(tmp_path, f"postgresql://nobody@{NOWHERE}")

        with pytest.raises(WarehouseBusyError, match="cannot be reached"):
            prepare_home(settings)
        assert not warehouse_reached(settings).good

    def test_a_record_of_runs_that_is_not_there(self, tmp_path: Path) -> None:
        """The database of runs is named, its password is not."""
        settings = _settings(tmp_path, "", f"postgresql+psycopg2://nobody:s3cret@{NOWHERE}")

        with pytest.raises(StandstillError, match="database of Dagster's runs") as caught:
            prepare_home(settings)
        part = database_of_runs(settings)
        assert not part.good and "s3cret" not in f"{caught.value}{part}"

    def test_a_driver_dagster_does_not_know(self, tmp_path: Path) -> None:
        """The form that works is told."""
        with pytest.raises(ConfigurationError, match=r"postgresql\+psycopg2://cchc@localhost/cchc_dagster"):
            prepare_home(_settings(tmp_path, "", "postgresql://cchc@localhost/cchc_dagster"))

    def test_an_extra_that_is_not_installed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The line that installs it is told."""
        monkeypatch.setattr("pipelines.home.find_spec", lambda _name: None)

        with pytest.raises(ConfigurationError, match=r"cchc\[postgres\]"):
            prepare_home(_settings(tmp_path, "", "postgresql+psycopg2://cchc@localhost/x"))

    @pytest.mark.postgres
    def test_a_role_that_may_not_make_roles(self, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """What the server's keeper has to run is told."""
        monkeypatch.setattr("warehouse.roles.READER", "readers_of_none")

        with pytest.raises(ConfigurationError, match="GRANT readers_of_none TO cchc WITH ADMIN OPTION"):
            create_reader_role(connect(database(server, "cchc", "cchc")))

    def test_a_store_without_its_package(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """An archive in S3 without s3fs says which extra it needs; an unknown kind is refused."""
        monkeypatch.setitem(__import__("sys").modules, "s3fs", None)

        with pytest.raises(ConfigurationError, match=r"cchc\[s3\]"):
            Archive("s3://bucket/folder")
        with pytest.raises(ConfigurationError, match="no archive we know"):
            Archive("nothing://bucket/folder")

    def test_a_store_that_refuses(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """Whatever a store elsewhere raises becomes one sentence, which may be tried again."""
        archive = Archive("memory://bucket/folder")
        (tmp_path / "a").write_bytes(b"a")
        monkeypatch.setattr(archive._fs, "exists", _refused)

        with pytest.raises(ArchiveAwayError, match=r"memory://bucket/folder cannot be reached .*no credentials"):
            archive.put(tmp_path / "a")
        assert ArchiveAwayError.retryable


def _refused(*_given: object, **_named: object) -> bool:
    raise RuntimeError("no credentials")
