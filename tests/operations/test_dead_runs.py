"""Runs whose process was killed stop nobody."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import time
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

import dagster as dg
import pytest
from dagster import DagsterRunStatus
from dagster._core.events import EngineEventData
from dagster._core.storage.tags import GRPC_INFO_TAG

from cchc.clock import now
from pipelines.arrival.arrivals import look_into
from pipelines.home import dagster_instance, prepare_home
from pipelines.orchestration.collect import collect
from pipelines.orchestration.dead_runs import ELSEWHERE_TAG, PROCESS_TAG, ProcessMark, Sight, end_dead_runs
from pipelines.settings import Settings, load_settings
from pipelines.wiring import open_house
from tests.homes import new_home
from warehouse.connection import open_warehouse

from .killing import collection, outlive
from .twin import Rows, differences, rows_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    """Return the settings of a fresh home with two reports in its inbox."""
    return _home(tmp_path / "home")


def _home(folder: Path) -> Settings:
    settings = load_settings({"CCHC_HOME": str(folder)})
    new_home(settings)
    for path in sorted((ROOT / "sample" / "inbox").glob("*.docx"))[:2]:
        (settings.inbox / path.name).write_bytes(path.read_bytes())
        os.utime(settings.inbox / path.name, (0, 0))
    return settings


def _run(instance: dg.DagsterInstance, mark: ProcessMark) -> str:
    job = dg.GraphDefinition(name="idle", node_defs=[]).to_job()
    run = instance.create_run_for_job(job, status=DagsterRunStatus.STARTED, tags={PROCESS_TAG: str(mark)})
    return run.run_id


class TestProcessMark:
    def test_a_mark_survives_being_a_tag(self) -> None:
        """Host, number and beginning come back from the text."""
        mark = ProcessMark("a:host", 12, 1700000000.25)

        assert ProcessMark.parse(str(mark)) == mark

    def test_a_process_that_took_the_number_over_is_another(self) -> None:
        """The same number with another beginning is a dead process."""
        own = ProcessMark.own()

        assert not own.is_gone()
        assert ProcessMark(own.host, own.pid, own.began - 100).is_gone()

    def test_other_machines_are_not_judged(self) -> None:
        """Nothing is known here of processes elsewhere."""
        assert not ProcessMark("elsewhere.example", 1, 0.0).is_gone()

    @pytest.mark.parametrize("text", ["", "host", "host:x:1", "host:1:y"])
    def test_what_is_no_mark_is_none(self, text: str) -> None:
        """A run of the daemon's bears no mark of ours."""
        assert ProcessMark.parse(text) is None


class TestSight:
    """A run of the daemon is lost when its process is gone, or when nobody is left who could begin it."""

    @pytest.mark.parametrize(
        ("status", "process", "server", "seconds", "lost"),
        [
            ("STARTED", True, False, 9999, False),
            ("STARTED", False, True, 0, True),
            ("CANCELING", False, False, 0, True),
            ("STARTING", None, True, 9999, False),
            ("STARTING", None, False, 30, False),
            ("STARTING", None, False, 90, True),
            ("STARTING", None, None, 90, False),
            ("STARTING", None, None, 200, True),
            ("NOT_STARTED", None, None, 200, True),
            ("STARTED", None, None, 9999, False),
        ],
    )
    def test_what_is_lost(
        self, status: str, process: bool | None, server: bool | None, seconds: int, *, lost: bool
    ) -> None:
        """A process outlives its code server; a start may take long as long as the server is there."""
        sight = Sight(DagsterRunStatus(status), process, server, timedelta(seconds=seconds))

        assert sight.lost is lost


class TestEnding:
    def test_runs_of_the_daemon_are_known_by_their_log(self, tmp_path: Path) -> None:
        """The number that a run's process wrote into the log tells whether it lives, without a mark of ours."""
        tags = {GRPC_INFO_TAG: json.dumps({"host": "localhost", "socket": str(tmp_path / "no-socket")})}
        job = dg.GraphDefinition(name="idle", node_defs=[]).to_job()
        with dg.DagsterInstance.ephemeral() as instance, subprocess.Popen(["sleep", "60"]) as alive:
            gone = subprocess.Popen(["true"])
            gone.wait()
            made = []
            for process in (alive, gone):
                run = instance.create_run_for_job(job, status=DagsterRunStatus.STARTED, tags=tags)
                instance.report_engine_event("Started process", run, EngineEventData.in_process(process.pid))
                made.append(run.run_id)

            found = end_dead_runs(instance)

            alive.kill()
            assert found == [made[1]]

    def test_runs_that_lie_with_celery_are_left_alone(self) -> None:
        """What waits for a worker of any machine is not lost because nobody here works on it, however long it waits."""
        job = dg.GraphDefinition(name="idle", node_defs=[]).to_job()
        tags = {ELSEWHERE_TAG: "a task", PROCESS_TAG: str(ProcessMark(ProcessMark.own().host, os.getpid(), 1.0))}
        with dg.DagsterInstance.ephemeral() as instance:
            instance.create_run_for_job(job, status=DagsterRunStatus.STARTING, tags=tags)

            assert end_dead_runs(instance) == []

    def test_only_runs_of_dead_processes_are_ended(self, home: Settings) -> None:
        """A run at work goes on, one whose process is gone is failed, and a second look ends nothing more."""
        own = ProcessMark.own()
        with dagster_instance(home) as instance:
            alive, dead = _run(instance, own), _run(instance, ProcessMark(own.host, own.pid, 1.0))

            ended = end_dead_runs(instance)

            assert ended == [dead]
            assert instance.get_run_by_id(dead).status is DagsterRunStatus.FAILURE
            assert instance.get_run_by_id(alive).status is DagsterRunStatus.STARTED
            assert end_dead_runs(instance) == []


@pytest.mark.slow
def test_collect_goes_on_after_kills_in_the_ward_step(home: Settings, tmp_path: Path) -> None:
    """Killed while wards are read, a calm collection then gives what a fresh home gives.

    `python -m bench kills` kills fifty times at any moment, by three signals.
    """
    outlived = _kill_in_ward_step(home, signal.SIGKILL)

    assert outlived == 0
    assert differences(_collected(home), _collected(_home(tmp_path / "fresh"))) == []


def _collected(home: Settings) -> Rows:
    """Collect as the command does, and return what the warehouse then holds."""
    prepare_home(home)
    look = look_into(home.inbox, now() + timedelta(minutes=1), received_at=now())
    with dagster_instance(home) as instance:
        done = collect(open_house(home), instance, home, look.whole)
    assert all(verdict.good for verdict in done.verdicts) and all(run.done for run in done.rounds)
    return rows_of(open_warehouse(home.warehouse_url))


def _kill_in_ward_step(home: Settings, sig: signal.Signals) -> int:
    """Kill a collection once wards are read; return how many of its processes outlived it."""
    process = collection(home.home)
    until = time.monotonic() + 120
    while process.poll() is None and time.monotonic() < until and not _ward_run_started(home):
        time.sleep(0.05)
    process.send_signal(sig)
    process.communicate(timeout=300)
    return outlive(home.home, patience=120)


def _ward_run_started(home: Settings) -> bool:
    """Return whether a run is at work, by Dagster's own table: an instance opened at each look costs a processor."""
    file = home.dagster_home / "history" / "runs.db"
    with suppress(sqlite3.OperationalError), closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as history:
        return bool(history.execute("SELECT count(*) FROM runs WHERE status = 'STARTED'").fetchone()[0])
    return False
