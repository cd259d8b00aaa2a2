"""Commands killed at random moments: publishing, running again, handing in; and whether the same command then mends it.

One home collects a round of small reports in peace. Then, on a copy of it for each kill, a command is started, killed
by SIGKILL and given again in peace; tables and marts are held against those of a copy on which it was given once, and
every published paper against its recorded hash. A file handed in twice is two arrivals: a resend more is no fault.
`CCHC_KILLS` sets the kills of each command (3), `CCHC_KILLS_SEED` their moments.
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
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from catalogue.rounds import parse_round
from catalogue.wards import wards
from pipelines.settings import load_settings
from publications.publish import altered_papers
from tests.operations.killing import calm, drop, outlive, write_wave
from tests.operations.reports import Figures, write_report
from tests.operations.twin import Rows, differences, rows_of
from warehouse.connection import open_warehouse

LABEL, SIZE = "2024-Q3", 3
HASHED = frozenset({"publication", "event"})
"""Tables with hashes of papers, which bear the moment at which they were made, and with what was told."""


def main() -> None:
    """Print, for each command and kill, how it ended, how it ended when given again, and what then differs."""
    kills, dice = int(os.environ.get("CCHC_KILLS", "3")), random.Random(int(os.environ.get("CCHC_KILLS_SEED", "1")))
    folder = Path(tempfile.mkdtemp(prefix="cchc-commands-"))
    write_wave(folder / "files", LABEL, SIZE)
    drop(folder / "files", folder / "home" / "inbox")
    print(f"collected: exit {calm(folder / 'home')[0]}", flush=True)
    late = _late(folder)
    for name, command in {
        "publish": ["publish", LABEL, "--by", "Lan", "--yes"],
        "rerun": ["rerun", "--round", LABEL, "--ward", next(iter(wards()))],
        "submit": ["submit", str(late)],
    }.items():
        began = time.monotonic()
        code, once = _given(_copy(folder, f"{name}-once"), command)
        usual = time.monotonic() - began
        print(f"{name}: exit {code}, {usual:.0f} s", flush=True)
        for number in range(kills):
            print(
                f"  {_killed(_copy(folder, f'{name}-{number}'), command, dice.uniform(0.3, 1.0) * usual, once)}",
                flush=True,
            )
    shutil.rmtree(folder)


def _killed(home: Path, command: list[str], moment: float, once: Rows) -> str:
    process = _started(home, command)
    with suppress(subprocess.TimeoutExpired):
        process.communicate(timeout=moment)
    ended = process.poll()
    process.send_signal(signal.SIGKILL)
    process.communicate()
    left = outlive(home)
    code, rows = _given(home, command)
    lines = differences(rows, once)
    altered = altered_papers(open_warehouse(_url(home)), LABEL, home / "outputs" / LABEL)
    how = f"killed after {moment:.0f} s" if ended is None else f"ended {ended} before"
    told = "".join(f"\n    {line[:200]}" for line in lines[:10])
    return (
        f"{how}, {left} outlived it; again: exit {code}; {len(lines)} rows differ, {len(altered)} papers altered{told}"
    )


def _given(home: Path, command: list[str]) -> tuple[int, Rows]:
    """Give a command in peace; return its exit code and the rows afterwards."""
    process = _started(home, command)
    process.communicate()
    rows = rows_of(open_warehouse(_url(home)))
    published = Counter(
        f"{path.parent.name}/{path.name} {oct(path.stat().st_mode)}"
        for path in (home / "outputs" / LABEL).glob("*/*.*")
    )
    return process.returncode, {name: found for name, found in rows.items() if name not in HASHED} | {
        "papers": published
    }


def _started(home: Path, command: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", "from pipelines.cli import main; main()", *command],
        env={**os.environ, "CCHC_HOME": str(home), "CCHC_WORKERS": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def _late(folder: Path) -> Path:
    """Write a correction that comes after the rest."""
    due, ward = parse_round(LABEL).due, list(wards())[2]
    figures = Figures(900, 880, 700, "77,5", "95,5")
    return write_report(folder / "A dinh chinh muon.docx", ward, LABEL, due + timedelta(days=1), figures)


def _copy(folder: Path, name: str) -> Path:
    return shutil.copytree(folder / "home", folder / name)


def _url(home: Path) -> str:
    return load_settings({"CCHC_HOME": str(home)}).warehouse_url
