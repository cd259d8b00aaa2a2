"""Exports that keep themselves current: written after a change, of the rounds that changed, and else left alone."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import dagster as dg
import pytest
from typer.testing import CliRunner

from cchc.errors import ConfigurationError
from pipelines.cli import make_app
from pipelines.keeping.exports import due_exports, exports_folder
from pipelines.orchestration import jobs
from pipelines.orchestration.sensors import look_at_exports
from pipelines.settings import ExportSettings, Settings, load_settings
from tests.homes import empty_warehouse
from tests.warehouse.made import finding, moment, reading, take_in
from warehouse.connection import open_warehouse
from warehouse.decisions import record_decision
from warehouse.export import export
from warehouse.export.standing import states, written_from
from warehouse.publishing import set_round_state
from warehouse.results import save_results
from warehouse.rows import NewDecision, RankRow


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a home that keeps a format current."""
    (tmp_path / "warehouse.db").write_bytes(empty_warehouse())
    plain = Settings(tmp_path, tmp_path / "inbox", f"sqlite:///{tmp_path / 'warehouse.db'}", str(tmp_path / "archive"))
    return replace(plain, exports=ExportSettings(("csv-machine",)))


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    """A Dagster that forgets everything afterwards."""
    with dg.DagsterInstance.ephemeral() as made:
        yield made


def due(settings: Settings) -> list[str]:
    """Return the rounds whose exports are due."""
    return [one.label for one in due_exports(settings, open_warehouse(settings.warehouse_url))]


def run(settings: Settings, instance: dg.DagsterInstance) -> None:
    """Run the job that the sensor asks for."""
    assert jobs.make_jobs(lambda: settings)[jobs.EXPORT_JOB].execute_in_process(instance=instance).success


def test_exports_follow_their_rounds(settings: Settings, instance: dg.DagsterInstance) -> None:
    """A load makes its round's export due, writing it settles that, and a change brings back its own year only."""
    engine = open_warehouse(settings.warehouse_url)
    before = due(settings)
    take_in(engine, reading("pho-an", "2022-Q3"))
    take_in(engine, reading("pho-an", "2023-Q3"), (finding(),))
    first = due(settings)
    run(settings, instance)
    written = exports_folder(settings) / "2022-Q3" / "csv-machine" / "mart_figure_long.csv"
    inode = written.stat().st_ino
    settled = due(settings)
    decision = NewDecision("pho-an", "2023-Q3", "accept", "Trần Thị Lan", "đúng", finding().key)
    record_decision(engine, decision, moment(9))
    after = due(settings)
    run(settings, instance)

    assert (before, first, settled, after, due(settings)) == ([], ["2022-Q3", "2023-Q3"], [], ["2023-Q3"], [])
    assert written.stat().st_ino == inode


def test_whatever_changes_a_mart_is_noticed(settings: Settings) -> None:
    """Loads, results and a round's state each give another hash; asking twice gives the same."""
    engine = open_warehouse(settings.warehouse_url)
    seen = []

    def look() -> None:
        with engine.connect() as connection:
            seen.append(states(connection))

    take_in(engine, reading("pho-an"))
    look()
    take_in(engine, reading("pho-van"))
    look()
    rank = RankRow("pho-an", "1", moment().year, 1, 1, "A", 100)  # type: ignore[arg-type]
    save_results(engine, "2023-Q3", "mac-dinh", rollup=[], scores=[], ranking=[rank], moment=moment(9))
    look()
    set_round_state(engine, "2023-Q3", "closed")
    look()
    look()

    assert len({one["2023-Q3"] for one in seen}) == 4
    assert seen[-1] == seen[-2]
    assert [one[""] == two[""] for one, two in itertools.pairwise(seen)] == [False, False, False, True]


def test_the_sensor_asks_once_and_says_why_not(settings: Settings, instance: dg.DagsterInstance) -> None:
    """Without formats nothing is asked for; a change is asked for under one key; what is current is left."""
    engine = open_warehouse(settings.warehouse_url)
    take_in(engine, reading("pho-an"))
    context = dg.build_sensor_context(instance)

    off = look_at_exports(context, replace(settings, exports=ExportSettings()))
    asked = look_at_exports(context, settings)
    again = look_at_exports(context, settings)
    run(settings, instance)
    done = look_at_exports(context, settings)

    assert "[export]" in str(off.skip_message)  # type: ignore[union-attr]
    assert [r.run_key for r in asked.run_requests] == [r.run_key for r in again.run_requests]  # type: ignore[union-attr]
    assert "says what the warehouse says" in str(done.skip_message)  # type: ignore[union-attr]


def test_a_past_state_is_never_taken_for_current(settings: Settings, tmp_path: Path) -> None:
    """An export as of a moment bears no hash, and a folder without export has none."""
    engine = open_warehouse(settings.warehouse_url)
    take_in(engine, reading("pho-an"))

    past = export(engine, tmp_path / "past", "csv", moment(9), round_label="2023-Q3", as_of=moment(9)).folder

    assert (written_from(past), written_from(tmp_path / "nothing")) == (None, None)


def test_by_hand(settings: Settings, tmp_path: Path) -> None:
    """`cchc export --changed` writes what is due and says so; without formats it says what to set."""
    take_in(open_warehouse(settings.warehouse_url), reading("pho-an"))
    call = ["export", "--changed"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CCHC_HOME", str(tmp_path))
        unset = CliRunner().invoke(make_app(("export",)), call)
        (tmp_path / "cchc.toml").write_text('[export]\nformats = ["csv"]\nfor = "public"\n', encoding="utf-8")
        first, second = (CliRunner().invoke(make_app(("export",)), call, catch_exceptions=False) for _ in range(2))

    assert "[export]" in unset.output
    assert (tmp_path / "outputs" / "export" / "2023-Q3" / "csv-public" / "datapackage.json").is_file()
    assert "2023-Q3" in first.output
    assert second.output.strip() == "Mọi bản kết xuất đều đúng với kho dữ liệu."


@pytest.mark.parametrize(
    "text", ['[export]\nformats = "csv"', "[export]\nformats = [1]", '[export]\nfor = "everybody"']
)
def test_mistakes_in_the_settings_are_told(text: str, tmp_path: Path) -> None:
    """What is no list of words, or no reader, is refused with the file's name."""
    (tmp_path / "cchc.toml").write_text(text, encoding="utf-8")

    with pytest.raises(ConfigurationError, match=r"cchc\.toml"):
        load_settings({"CCHC_HOME": str(tmp_path)})
