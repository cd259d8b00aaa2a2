"""Runs whose process is gone: told apart from runs at work, and ended, so that nothing waits for them.

Belongs here: where a run's process is known from, whether that process lives, and ending runs that have none.
Stays out: who holds a run that lies with Celery (`holding`). Runs of other machines without Celery are ended by
Dagster's run monitoring, after its limits.

A killed process (power, a closed terminal) leaves its run "started" for ever: sensors wait for it, the queue counts it.
A run in process bears a mark that names machine, process and the moment the process began, for numbers of processes
come round again. A run of the daemon was handed to a code server of this machine by a socket, and its process wrote its
number into the run's log; before it did, only the code server could have started it.
"""

from __future__ import annotations

import json
import os
import socket
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta

import dagster as dg
import psutil
from dagster import DagsterEventType, DagsterRunStatus, RunsFilter
from dagster._core.storage.tags import GRPC_INFO_TAG

from cchc.clock import now
from pipelines.orchestration.holding import is_held, waits_at_broker

PROCESS_TAG = "cchc/process"
"""Tag under which a run in process says which process it runs in."""

ELSEWHERE_TAG = "dagster-celery/task_id"
"""Tag of a run that lies with Celery: a worker of any machine may have it, so its process is not looked for."""

UNHELD_TAG = "cchc/unheld_since"
"""Tag of a run that lies with Celery, with the moment at which it was first seen that nobody had it."""

_OPEN = [DagsterRunStatus.STARTING, DagsterRunStatus.STARTED, DagsterRunStatus.NOT_STARTED, DagsterRunStatus.CANCELING]
QUIET = timedelta(minutes=1)
"""How long a run without a process must be silent before it counts as lost: a process needs that to begin."""

LONG_QUIET = timedelta(minutes=3)
"""The same for a run that no code server was asked to start."""

_SAME_MOMENT = 1.0
"""Seconds by which two readings of one process's beginning may differ (the kernel counts in ticks)."""


@dataclass(frozen=True)
class ProcessMark:
    """One process of one machine: host name, process number, and when it began (seconds since 1970)."""

    host: str
    pid: int
    began: float

    def __str__(self) -> str:
        """Return the mark as a tag's value."""
        return f"{self.host}:{self.pid}:{self.began:.2f}"

    @classmethod
    def own(cls) -> ProcessMark:
        """Return the mark of this process."""
        pid = os.getpid()
        return cls(socket.gethostname(), pid, psutil.Process(pid).create_time())

    @classmethod
    def parse(cls, text: str) -> ProcessMark | None:
        """Return the mark that a tag holds, None where it holds none."""
        host, _, rest = text.rpartition(":")[0].rpartition(":")
        pid, began = rest, text.rpartition(":")[2]
        try:
            return cls(host, int(pid), float(began))
        except ValueError:
            return None

    def is_gone(self) -> bool:
        """Return whether the process ended; one of another machine is never said to be gone."""
        if self.host != socket.gethostname():
            return False
        try:
            return abs(psutil.Process(self.pid).create_time() - self.began) > _SAME_MOMENT
        except psutil.NoSuchProcess:
            return True
        except psutil.AccessDenied:
            return False


def process_tags() -> dict[str, str]:
    """Return the tags with which a run in process names its process."""
    return {PROCESS_TAG: str(ProcessMark.own())}


@dataclass(frozen=True)
class Sight:
    """What is seen of a run that the daemon launched.

    `process` is whether its process lives, None where none has written its number yet; `server` whether the code server
    that was to start it answers, None where none was asked; `quiet` the time since anything was heard of the run.
    """

    status: DagsterRunStatus
    process: bool | None
    server: bool | None
    quiet: timedelta

    @property
    def lost(self) -> bool:
        """Return whether nobody works on the run and nobody will begin to."""
        if self.process is not None:
            return not self.process
        if self.server is not None:
            return not self.server and self.quiet > QUIET
        never_handed_over = self.status in (DagsterRunStatus.NOT_STARTED, DagsterRunStatus.STARTING)
        return never_handed_over and self.quiet > LONG_QUIET


def end_dead_runs(instance: dg.DagsterInstance) -> list[str]:
    """End every run whose process is gone, free its slots, and return the runs' ids."""
    dead = [r.dagster_run for r in instance.get_run_records(RunsFilter(statuses=_OPEN)) if _is_dead(instance, r)]
    for run in dead:
        instance.report_run_failed(run, message="The process of this run ended before the run did.")
        instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)
    return [run.run_id for run in dead]


def _is_dead(instance: dg.DagsterInstance, record: dg.RunRecord) -> bool:
    task = record.dagster_run.tags.get(ELSEWHERE_TAG)
    if task is not None:
        return _is_nobodys(instance, record, task)
    mark = ProcessMark.parse(record.dagster_run.tags.get(PROCESS_TAG, ""))
    return mark.is_gone() if mark is not None else _sight(instance, record, now()).lost


def _is_nobodys(instance: dg.DagsterInstance, record: dg.RunRecord, task: str) -> bool:
    """Return whether neither broker nor worker had a run at two looks that lie `QUIET` apart.

    A worker takes a task off the broker some seconds before it holds the run's name.
    """
    run, moment = record.dagster_run, now()
    quiet = moment - record.update_timestamp
    if quiet <= QUIET or waits_at_broker(task) or is_held(run.run_id):
        return False
    if UNHELD_TAG not in run.tags:
        instance.add_run_tags(run.run_id, {UNHELD_TAG: moment.isoformat()})
        return False
    return moment - datetime.fromisoformat(run.tags[UNHELD_TAG]) > QUIET


def _sight(instance: dg.DagsterInstance, record: dg.RunRecord, moment: datetime) -> Sight:
    run = record.dagster_run
    handed_to = json.loads(run.tags.get(GRPC_INFO_TAG, "{}"))
    path = handed_to.get("socket")
    if handed_to and not path:
        # Of another machine, perhaps: taken for alive.
        return Sight(run.status, process=None, server=True, quiet=moment - record.update_timestamp)
    process = _process_lives(instance, run.run_id) if path else None
    return Sight(run.status, process, _answers(path) if path else None, moment - record.update_timestamp)


def _process_lives(instance: dg.DagsterInstance, run_id: str) -> bool | None:
    """Return whether the process that wrote its number into a run's log lives, None where none did."""
    found = process_noted(instance, run_id)
    if found is None:
        return None
    try:
        return psutil.Process(found[0]).create_time() <= found[1] + _SAME_MOMENT
    except psutil.NoSuchProcess:
        return False


def process_noted(instance: dg.DagsterInstance, run_id: str) -> tuple[int, float] | None:
    """Return the number of the process that last wrote it into a run's log, and when (seconds since 1970)."""
    found = None
    for record in instance.get_records_for_run(run_id, of_type=DagsterEventType.ENGINE_EVENT).records:
        event = record.event_log_entry.dagster_event
        number = event.engine_event_data.metadata.get("pid") if event is not None else None
        if number is not None:
            found = int(str(number.value)), record.event_log_entry.timestamp
    return found


def _answers(path: str) -> bool:
    """Return whether somebody listens at a socket of this machine."""
    with closing(socket.socket(socket.AF_UNIX)) as tried:
        tried.settimeout(5)
        try:
            tried.connect(path)
        except (FileNotFoundError, ConnectionRefusedError):
            return False
        except OSError:
            return True
    return True
