"""Workers: Celery processes that take runs of any office from the broker, each run in a process of its own.

Belongs here: the Celery application (`celery -A pipelines.orchestration.workers worker`), and how it starts and holds a
run. Stays out: handing runs to the broker (the launcher, set by `pipelines.home`), what a run does.

A process works for one office, so a worker itself knows none: it starts `pipelines.orchestration.worker_run` with the
office's home in its environment. While that lives, the worker holds the run's name on the PostgreSQL server; whoever
is killed lets go, so that a run that nobody holds is known as dead on every machine (`dead_runs`). What Redis gives
twice is held by one and passed over by the other.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from celery import Celery
from dagster._grpc.types import ExecuteRunArgs
from dagster._serdes import unpack_value
from dagster_celery.config import TASK_EXECUTE_JOB_NAME

from pipelines.orchestration.holding import BROKER_ENV, RUNS_ENV, name_of
from warehouse.connection import held_alone

QUEUE = "dagster"
PROGRAM = (sys.executable, "-m", "pipelines.orchestration.worker_run")


def make_app(program: Sequence[str] = PROGRAM) -> Celery:
    """Return the application; `program` is started with the run's id behind it."""
    made = Celery("cchc", broker=os.environ.get(BROKER_ENV), backend=os.environ.get(BROKER_ENV))
    made.conf.update(
        task_default_queue=QUEUE,
        task_track_started=True,
        worker_prefetch_multiplier=1,
        # A task that waits beside one at work would wait although another worker is free.
        worker_disable_prefetch=True,
        worker_concurrency=1,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        # A worker killed with a task in its hand: the broker gives it out again, and its name says whether it is new.
        broker_transport_options={"visibility_timeout": 300},
    )

    @made.task(  # type: ignore[untyped-decorator]
        name=TASK_EXECUTE_JOB_NAME, ignore_result=False
    )
    def execute_run(execute_job_args_packed: dict[str, Any]) -> int:
        return run(unpack_value(execute_job_args_packed, as_type=ExecuteRunArgs).run_id, program)

    return made


def run(run_id: str, program: Sequence[str] = PROGRAM) -> int:
    """Execute a run in a process of its own and return that one's exit code, 0 where another worker holds the run."""
    with held_alone(os.environ[RUNS_ENV], name_of(run_id), 0) as got:
        if not got:
            return 0
        process = subprocess.Popen([*program, run_id])  # noqa: S603 (our own program, a run's id)
        try:
            return process.wait()
        finally:
            with suppress(ProcessLookupError):
                process.kill()


app = make_app()
