"""Dagster's daemon and its runs killed at random moments: what is done in the end, and how long that takes.

A real daemon serves a home with one round of small reports in its inbox. Run processes, the daemon alone, the code
server or everything it started are killed by SIGKILL or SIGTERM, and the daemon is started again as systemd would. The
first kill of every five is aimed: SIGKILL to a ward's run that has loaded some of its reports. Then one waits until
every report is loaded or given up and results are made from what is loaded, and holds figures, findings and results
against those of a home that collected the same files in peace. `CCHC_KILLS` sets the number of kills (8),
`CCHC_KILLS_SEED` their moments, `CCHC_KILLS_SIZE` the reports that come by files of their own (8), `CCHC_KILLS_WAIT`
the minutes of patience (15).
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import psutil
from dagster import DagsterEventType, DagsterRunStatus, RunsFilter

from assets.builds import built_from, fingerprint
from pipelines.home import dagster_instance, prepare_home
from pipelines.messages.round_ledger import waiting_files
from pipelines.orchestration.dead_runs import process_noted
from pipelines.orchestration.definitions import ROUND_JOB, WARD_JOB
from pipelines.orchestration.jobs import INBOX_JOB
from pipelines.settings import Settings, load_settings
from pipelines.wiring import open_house
from tests.operations.killing import calm, drop, processes_of, write_wave
from tests.operations.twin import differences, rows_of
from warehouse.connection import open_warehouse
from warehouse.publishing import runs
from warehouse.queries import reports, submissions

ROOT = Path(__file__).resolve().parents[1]
LABEL = "2024-Q3"
SIZE = int(os.environ.get("CCHC_KILLS_SIZE", "8"))
TRIED = frozenset({"event"})
"""Tables that tell what was asked and told, in which a home under a daemon and one without must differ."""
_ASKED, _AT_WORK = (DagsterRunStatus.QUEUED, DagsterRunStatus.STARTING), (DagsterRunStatus.STARTED,)
AIMED = (WARD_JOB, _AT_WORK)
MOMENTS = (AIMED, (INBOX_JOB, _AT_WORK), (WARD_JOB, _ASKED), (ROUND_JOB, _AT_WORK), (ROUND_JOB, _ASKED))
"""What a kill waits for before its random pause, one after the other: a run of a job that is asked for or at work."""
PAUSE = (0.0, 8.0)
"""Seconds between what a kill waited for and the kill."""
PATIENCE = 900.0
"""Seconds for which an aimed kill waits for its run."""
LONG_STEP = 60.0
"""Seconds after which an aimed kill no longer waits for the first report of a run to be loaded."""
LONGEST = 240.0
"""Seconds after which a kill comes although what it waits for has not: the work may be past it."""


def main() -> None:
    """Print each kill, then how the home stands every half minute until nothing is left to do."""
    kills, seed = int(os.environ.get("CCHC_KILLS", "8")), int(os.environ.get("CCHC_KILLS_SEED", "1"))
    folder = Path(tempfile.mkdtemp(prefix="cchc-daemon-"))
    settings = load_settings({"CCHC_HOME": str(folder / "killed"), "CCHC_WORKERS": "1"})
    prepare_home(settings)
    # Once for both homes: a report written a second later has other bytes.
    write_wave(folder / "files", LABEL, SIZE)
    drop(folder / "files", settings.inbox)
    dice, daemon = random.Random(seed), _start(settings)
    try:
        for number in range(kills):
            moment = MOMENTS[number % len(MOMENTS)]
            if moment is AIMED:
                said = _kill_in_a_step(settings)
            else:
                said = f"({_wait_for_moment(settings, moment, dice)}): {_kill(settings, daemon, dice)}"
            print(f"kill {number + 1} {said}; then: {_standing(settings)}", flush=True)
            if daemon.poll() is not None:
                daemon = _start(settings)
        began = time.monotonic()
        done = _waited(settings, float(os.environ.get("CCHC_KILLS_WAIT", "15")) * 60)
        verdict = "nothing is left to do" if done else "STILL UNDONE"
        print(f"{verdict}, {time.monotonic() - began:.0f} s after the last kill: {_standing(settings)}", flush=True)
    finally:
        for process in processes_of(settings.home):
            with suppress(psutil.NoSuchProcess):
                process.kill()
    if done and not _shown_differences(settings, folder):
        shutil.rmtree(folder)


def _shown_differences(settings: Settings, folder: Path) -> list[str]:
    """Print the rows in which the home differs from a calm one, and return them; how often things were tried may."""
    calm_home = folder / "calm"
    drop(folder / "files", calm_home / "inbox")
    code, _said = calm(calm_home)
    homes = (settings, load_settings({"CCHC_HOME": str(calm_home)}))
    lines = [
        line
        for line in differences(*(rows_of(open_warehouse(home.warehouse_url)) for home in homes))
        if line.partition(":")[0] not in TRIED
    ]
    print(f"calm home: exit {code}; rows that differ: {len(lines)}")
    print("\n".join(line[:300] for line in lines[:40]))
    return lines


def _start(settings: Settings) -> subprocess.Popen[bytes]:
    """Start the daemon with the project's own workspace, in a session of its own; its words go to `daemon.log`."""
    log = (settings.home / "daemon.log").open("ab")
    return subprocess.Popen(
        [str(Path(sys.executable).parent / "dagster-daemon"), "run", "-w", "workspace.yaml"],
        cwd=ROOT,
        env={**os.environ, "CCHC_HOME": str(settings.home), "DAGSTER_HOME": str(settings.dagster_home)},
        stdout=log,
        stderr=log,
        start_new_session=True,
    )


def _wait_for_moment(settings: Settings, moment: tuple[str, Sequence[DagsterRunStatus]], dice: random.Random) -> str:
    """Wait for a stage of the work and some seconds more, and return whether it came."""
    job, statuses = moment
    wanted, until = RunsFilter(job_name=job, statuses=list(statuses)), time.monotonic() + LONGEST
    with dagster_instance(settings) as instance:
        while not (came := instance.get_runs_count(wanted) > 0) and time.monotonic() < until:
            time.sleep(0.5)
    time.sleep(dice.uniform(*PAUSE))
    return f"{job} {statuses[0].value}" if came else f"no {job} came"


def _kill_in_a_step(settings: Settings) -> str:
    """Kill the process of a ward's run that has loaded some of its reports; return what was killed, and when.

    A run whose step has gone on for long without loading any is killed too.
    """
    until, engine = time.monotonic() + PATIENCE, open_house(settings).engine
    wanted = RunsFilter(job_name=WARD_JOB, statuses=list(_AT_WORK))
    with dagster_instance(settings) as instance:
        while time.monotonic() < until:
            for run in instance.get_runs(wanted):
                begun = instance.get_records_for_run(run.run_id, of_type=DagsterEventType.STEP_START).records
                noted = process_noted(instance, run.run_id) if begun else None
                seconds = time.time() - begun[0].event_log_entry.timestamp if begun else 0.0
                loaded = len(reports(engine, LABEL))
                if noted is not None and (loaded or seconds > LONG_STEP):
                    os.kill(noted[0], signal.SIGKILL)
                    return f"(aimed): SIGKILL to the run of {WARD_JOB}, {seconds:.1f} s into its step, {loaded} loaded"
            time.sleep(0.05)
    return f"(aimed): no step of {WARD_JOB} came"


def _kill(settings: Settings, daemon: subprocess.Popen[bytes], dice: random.Random) -> str:
    """Kill one run, the code server, the daemon, or all of it; return what was killed, and how."""
    choice, sig = dice.choice(("run", "run", "server", "daemon", "all")), dice.choice((signal.SIGKILL, signal.SIGTERM))
    found = {name: [p for p in processes_of(settings.home) if words in _command(p)] for name, words in _WORDS.items()}
    found |= {"all": processes_of(settings.home), "daemon": []}
    for process in found[choice]:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(sig)
    if choice == "daemon" or not found[choice]:
        daemon.send_signal(sig)
        with suppress(subprocess.TimeoutExpired):
            daemon.wait(60)
        return f"{sig.name} to the daemon{'' if choice == 'daemon' else f' ({choice}: none)'}"
    if choice == "all":
        with suppress(subprocess.TimeoutExpired):
            daemon.wait(60)
    return f"{sig.name} to {choice}"


_WORDS = {"run": "multiprocessing.spawn", "server": "dagster api grpc"}
"""What the command line of a run's process and of a code server hold."""


def _command(process: psutil.Process) -> str:
    with suppress(psutil.Error):
        return " ".join(process.cmdline())
    return ""


def _waited(settings: Settings, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while not _done(settings) and time.monotonic() < until:
        time.sleep(15)
    return _done(settings)


def _done(settings: Settings) -> bool:
    """Return whether every report is loaded or given up, and the round's results are of what is loaded."""
    house = open_house(settings)
    current = [row for row in submissions(house.engine, LABEL, state="placed") if row.is_current]
    settled: set[int | None] = {report.submission_id for report in reports(house.engine, LABEL)}
    settled |= {run.submission_id for run in runs(house.engine, LABEL) if run.outcome == "given_up"}
    built = built_from(house.engine, LABEL) == fingerprint(house, LABEL)
    return len(current) == SIZE + 2 and {row.id for row in current} <= settled and built


def _standing(settings: Settings) -> str:
    house = open_house(settings)
    rows = Counter(row.state for row in submissions(house.engine, LABEL))
    with dagster_instance(settings) as instance:
        statuses = Counter(run.status.value for run in instance.get_runs())
    loaded, waiting = len(reports(house.engine, LABEL)), len(waiting_files(house.engine))
    return f"{dict(rows)}, {loaded} loaded, {waiting} files wait; runs {dict(statuses)}"
