"""Runs whose process is gone: told apart from runs at work, and ended, so that nothing waits for them.

Belongs here: the mark that a run in process bears of its process, and ending runs whose mark names no living one.
Stays out: runs of the daemon's own launcher, which Dagster's run monitoring ends.

A killed process (power, a closed terminal) leaves its run "started" for ever: sensors wait for it, its slots stay
taken. The mark names machine, process and the moment the process began, for numbers of processes come round again.
"""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass

import dagster as dg
import psutil
from dagster import DagsterRunStatus, RunsFilter

PROCESS_TAG = "cchc/process"
"""Tag under which a run in process says which process it runs in."""

_OPEN = [DagsterRunStatus.STARTING, DagsterRunStatus.STARTED, DagsterRunStatus.NOT_STARTED, DagsterRunStatus.CANCELING]
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


def end_dead_runs(instance: dg.DagsterInstance) -> list[str]:
    """End every run whose process is gone, free its slots, and return the runs' ids."""
    dead = [run for run in instance.get_runs(RunsFilter(statuses=_OPEN)) if _is_dead(run)]
    for run in dead:
        instance.report_run_failed(run, message="The process of this run ended before the run did.")
        instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)
    return [run.run_id for run in dead]


def _is_dead(run: dg.DagsterRun) -> bool:
    mark = ProcessMark.parse(run.tags.get(PROCESS_TAG, ""))
    return mark is not None and mark.is_gone()
