"""A collection that cannot go on says why and ends with 4; it never passes for done."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

import warehouse.connection
from pipelines.cli import make_app
from pipelines.home import dagster_instance, prepare_home
from pipelines.orchestration import collect
from pipelines.settings import Settings, load_settings
from pipelines.wiring import open_house
from tests.homes import new_home
from warehouse.connection import open_warehouse
from warehouse.queries import reports

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Return the settings of a fresh home with one report in its inbox."""
    monkeypatch.setenv("CCHC_HOME", str(tmp_path / "home"))
    settings = load_settings({"CCHC_HOME": str(tmp_path / "home")})
    new_home(settings)
    path = min((ROOT / "sample" / "inbox").glob("*.docx"))
    (settings.inbox / path.name).write_bytes(path.read_bytes())
    os.utime(settings.inbox / path.name, (0, 0))
    return settings


def test_a_broken_record_of_runs(home: Settings) -> None:
    """Where Dagster's own files are no database the sentence names their folder, and moving them away mends it."""
    for path in home.dagster_home.rglob("*.db"):
        path.write_bytes(b"no database at all" * 100)

    done = CliRunner().invoke(make_app(), ["collect"])

    assert done.exit_code == 4
    assert str(home.dagster_home) in done.stderr.replace("\n", "") and "Traceback" not in done.stderr
    home.dagster_home.rename(home.home / "away")
    prepare_home(home)
    with dagster_instance(home) as instance:
        assert instance.get_runs_count() == 0


def test_a_held_warehouse(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Held from the ward step on, the collection does not pass for done; let go, what it left loads the report."""
    monkeypatch.setattr(warehouse.connection, "BUSY_MILLISECONDS", 200)
    holder = sqlite3.connect(home.home / "warehouse.db", isolation_level=None)
    run_wards = collect.run_wards

    def held(*args: object, **kwargs: object) -> object:
        holder.execute("BEGIN IMMEDIATE")
        return run_wards(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(collect, "run_wards", held)
    done = CliRunner().invoke(make_app(), ["collect"])
    holder.rollback()
    house = open_house(home)
    with dagster_instance(home) as instance:
        run_wards(house, instance, collect.to_do(house.engine))

    assert (done.exit_code, "Traceback" in done.stderr) == (4, False)
    assert "thử lại" in done.stderr.replace("\n", " ")
    assert len(reports(open_warehouse(home.warehouse_url))) == 1
