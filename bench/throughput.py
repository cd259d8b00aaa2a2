"""How many runs a minute 1, 2 and 4 workers get through, by replaying how long real runs lasted.

Two cores cannot read with four workers at once, so nothing is read: a run sleeps as long as one of `recorded_runs.csv`
lasted. Everything else is real: runs are queued in Dagster's record on PostgreSQL, the daemon hands them to Redis, the
workers of Celery take them, hold their name on the server and start a process for each. What is measured is whether
handing out keeps up, not what a machine can read. `bound` is what the recorded times allow where no worker ever waits.

`CCHC_THROUGHPUT_RUNS` (24) sets how many runs are replayed for each number of workers. The times come from
`python -m bench scale` with two workers: every run that came to its end, from being handed out to its end.
"""

from __future__ import annotations

import csv
import heapq
import itertools
import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from bench._replay import SECONDS_TAG
from bench.scale import Plant, offices, plant_of, rows
from pipelines.orchestration.jobs import PRUNE_JOB

RECORDED = Path(__file__).with_name("recorded_runs.csv")
RUNS = int(os.environ.get("CCHC_THROUGHPUT_RUNS", "24"))
WORKERS = (1, 2, 4)
_PATIENCE = 3600.0


def main() -> None:
    """Print a line for each number of workers."""
    seconds = list(itertools.islice(itertools.cycle(recorded()), RUNS))
    with plant_of(offices(1, 1), max(WORKERS), "bench._replay") as plant:
        print(f"{RUNS} runs of {sum(seconds) / RUNS:.1f} s on average, {min(seconds):.1f} to {max(seconds):.1f} s")
        print("workers   took s  bound s  runs a minute  times one worker  the times allow", flush=True)
        first = 0.0
        for workers in WORKERS:
            _work_with(plant, workers)
            took = _measured(plant, seconds)
            rate = RUNS / took * 60
            first = first or rate
            least = bound(seconds, workers)
            allowed = sum(seconds) / least
            told = f"{workers:>7} {took:>8.1f} {least:>8.1f} {rate:>14.1f} {rate / first:>17.2f} {allowed:>16.2f}"
            print(told, flush=True)


def recorded() -> list[float]:
    """Return how long real runs lasted, in seconds, in the order in which they began."""
    with RECORDED.open(encoding="utf-8") as file:
        return [float(row["seconds"]) for row in csv.DictReader(file)]


def bound(seconds: Sequence[float], workers: int) -> float:
    """Return how long runs take in their order where a free worker takes the next one at once."""
    free = [0.0] * workers
    for lasts in seconds:
        heapq.heapreplace(free, free[0] + lasts)
    return max(free)


def _work_with(plant: Plant, number: int) -> None:
    """Leave so many workers at work, and wait until they answer."""
    from pipelines.orchestration.workers import make_app

    workers = [one for one in plant.services if one.kind == "worker"]
    for service in workers[number:]:
        service.kill(signal.SIGTERM, whole=True)
    for service in workers[:number]:
        if service.is_gone():
            service.start()
    app = make_app()
    app.conf.update(broker_url=plant.environ["CCHC_BROKER_URL"], result_backend=plant.environ["CCHC_BROKER_URL"])
    until = time.monotonic() + _PATIENCE
    while len(app.control.ping(timeout=3.0)) != number and time.monotonic() < until:
        time.sleep(1)


def _measured(plant: Plant, seconds: Sequence[float]) -> float:
    """Queue a run for each time and return the seconds from the beginning of the first to the end of the last."""
    ids = tuple(_queued(plant, seconds))
    asked = f"SELECT count(end_time), min(start_time), max(end_time) FROM runs WHERE run_id IN {ids}"
    until = time.monotonic() + _PATIENCE
    while (found := rows(plant.runs, asked)[0])[0] < len(ids):
        if time.monotonic() > until:
            raise SystemExit(f"only {found[0]} of {len(ids)} runs came to their end")
        time.sleep(1)
    return float(found[2] - found[1])


def _queued(plant: Plant, seconds: Sequence[float]) -> list[str]:
    """Queue runs of a job that is not executed, as a sensor would; return their ids."""
    import dagster as dg
    from dagster._cli.job import _create_run
    from dagster._core.workspace.context import WorkspaceProcessContext
    from dagster._core.workspace.load_target import WorkspaceFileTarget

    made = []
    os.environ.update({name: plant.environ[name] for name in ("CCHC_RUNS_URL", "CCHC_BROKER_URL", "DAGSTER_HOME")})
    target = WorkspaceFileTarget([str(plant.folder / "workspace.yaml")])
    with dg.DagsterInstance.get() as instance, WorkspaceProcessContext(instance, target) as process:
        request = process.create_request_context()
        location = request.get_code_location(plant.offices[0].name)
        repository = next(iter(location.get_repositories().values()))
        job = repository.get_full_job(PRUNE_JOB)
        for lasts in seconds:
            tags = {SECONDS_TAG: str(lasts)}
            run = _create_run(instance, location, repository, job, {}, tags, None, None)
            made.append(instance.submit_run(run.run_id, request).run_id)
    return made


if __name__ == "__main__":
    main()
