"""Runs on workers: who holds one, which are dead, whose home a run works in, and what Dagster is told."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import dagster as dg
import pytest
import yaml
from dagster import DagsterRunStatus

from assets.keys import OFFICE_TAG
from cchc.errors import ConfigurationError
from pipelines.home import check_runs_url, dagster_yaml
from pipelines.orchestration import dead_runs
from pipelines.orchestration.dead_runs import ELSEWHERE_TAG, end_dead_runs
from pipelines.orchestration.holding import RUNS_ENV, is_held, waits_at_broker
from pipelines.orchestration.worker_run import surroundings
from pipelines.settings import Settings, load_settings
from tests.server import database

RUNS = "postgresql+psycopg2://cchc@localhost/runs"


def _settings(tmp_path: Path, **more: str) -> Settings:
    return load_settings({"CCHC_HOME": str(tmp_path), "CCHC_RUNS_URL": RUNS, **more})


@pytest.fixture
def worker(postgres: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[bytes]]:
    """A worker with the run "60" in its hand, whose work is to sleep for so many seconds."""
    monkeypatch.setenv(RUNS_ENV, database(postgres, "house"))
    code = "from pipelines.orchestration.workers import run; run('60', ('sleep',))"
    with subprocess.Popen([sys.executable, "-c", code], start_new_session=True) as started:
        until = time.monotonic() + 120
        while not is_held("60") and time.monotonic() < until:
            time.sleep(0.1)
        yield started
        started.kill()


@pytest.mark.postgres
def test_a_run_is_held_by_one_worker_until_it_is_killed(worker: subprocess.Popen[bytes]) -> None:
    """A second worker passes over a run that another holds; one that is killed lets go without anybody's help."""
    from pipelines.orchestration.workers import run

    held = is_held("60"), is_held("another")
    passed_over = run("60", ("false",))
    worker.kill()
    worker.wait()
    until = time.monotonic() + 60
    while is_held("60") and time.monotonic() < until:
        time.sleep(0.05)

    assert (held, passed_over) == ((True, False), 0)
    assert not is_held("60")
    assert run("60", ("false",)) == 1


@pytest.mark.parametrize(
    ("held", "waits", "minutes", "dead"),
    [(True, False, 60, False), (False, True, 60, False), (False, False, 3, True), (False, False, 0, False)],
)
def test_a_run_with_celery_is_dead_when_nobody_holds_it(
    held: bool, waits: bool, minutes: int, dead: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a worker nor the broker has it at two looks, for between the two nobody has it for some seconds."""
    monkeypatch.setattr(dead_runs, "is_held", lambda _run: held)
    monkeypatch.setattr(dead_runs, "waits_at_broker", lambda _task: waits)
    began = dead_runs.now()
    job = dg.GraphDefinition(name="idle", node_defs=[]).to_job()
    with dg.DagsterInstance.ephemeral() as instance:
        run = instance.create_run_for_job(job, status=DagsterRunStatus.STARTED, tags={ELSEWHERE_TAG: "a task"})

        monkeypatch.setattr(dead_runs, "now", lambda: began + timedelta(minutes=minutes))
        assert end_dead_runs(instance) == []
        monkeypatch.setattr(dead_runs, "now", lambda: began + timedelta(minutes=2 * minutes))
        assert end_dead_runs(instance) == ([run.run_id] if dead else [])


def test_a_broker_that_does_not_answer_may_have_every_task(monkeypatch: pytest.MonkeyPatch) -> None:
    """While Redis is down no run is taken for lost on its account."""
    monkeypatch.setenv("CCHC_BROKER_URL", "redis://127.0.0.1:1/0")

    assert waits_at_broker("a task")


def test_a_run_works_in_the_home_of_its_office() -> None:
    """The tag of a run names the home below the homes of all offices; an office alone keeps the worker's own."""
    homes = {"CCHC_HOMES": "/srv/homes"}

    assert surroundings({OFFICE_TAG: "ba_to"}, homes) == {"CCHC_HOME": "/srv/homes/ba_to"}
    assert (surroundings({}, homes), surroundings({OFFICE_TAG: "ba_to"}, {})) == ({}, {})


def test_dagster_hands_runs_to_workers_where_there_is_a_broker(tmp_path: Path) -> None:
    """The launcher, as many runs at once as the office says, and no resuming; without a broker nothing of it."""
    plain = yaml.safe_load(dagster_yaml(_settings(tmp_path)))
    settings = _settings(tmp_path, CCHC_BROKER_URL="redis://127.0.0.1/0")
    told = yaml.safe_load(dagster_yaml(replace(settings, dagster=replace(settings.dagster, runs_at_once=9))))

    assert told["run_launcher"]["class"] == "CeleryRunLauncher"
    assert (told["run_queue"]["max_concurrent_runs"], plain["run_queue"]["max_concurrent_runs"]) == (9, 2)
    assert told["run_monitoring"] == plain["run_monitoring"] | {"max_resume_run_attempts": 0}
    assert "run_launcher" not in plain


def test_workers_need_a_database_of_runs(tmp_path: Path) -> None:
    """Workers write into Dagster's record, which a file of one machine cannot be."""
    with pytest.raises(ConfigurationError, match="CCHC_RUNS_URL"):
        check_runs_url(load_settings({"CCHC_HOME": str(tmp_path), "CCHC_BROKER_URL": "redis://127.0.0.1/0"}))
    check_runs_url(_settings(tmp_path, CCHC_BROKER_URL="redis://127.0.0.1/0"))


def test_what_an_earlier_number_wrote_is_still_ours(tmp_path: Path) -> None:
    """`cchc init` writes the configuration anew when the number of runs at once changes, and spares a changed one."""
    from pipelines.home import _is_own

    settings = _settings(tmp_path, CCHC_BROKER_URL="redis://127.0.0.1/0")
    nine = dagster_yaml(replace(settings, dagster=replace(settings.dagster, runs_at_once=9)))

    assert _is_own(nine) and _is_own(dagster_yaml(_settings(tmp_path)))
    assert not _is_own(nine + "sensors: {use_threads: true}\n")
    assert os.linesep in nine
