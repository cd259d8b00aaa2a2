"""Collections that are killed: starting `cchc collect` on a home and ending it by a signal at a moment.

Belongs here: the process, the signal, what is left of the process's children, and waves of reports to be collected.
Stays out: what must hold afterwards.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import psutil

from catalogue.rounds import parse_round
from catalogue.wards import wards

from .reports import Figures, write_report

SIGNALS = (signal.SIGKILL, signal.SIGHUP, signal.SIGTERM)
_GLANCE = 0.02
"""Seconds between two looks at what a kill waits for."""
REST = timedelta(seconds=2.2)
"""How long a file must lie before it counts as whole, and a little."""


@dataclass(frozen=True)
class Fall:
    """What became of a collection that was to be killed: the signal, whether it had ended by itself, who outlived it.

    `code` is the exit code where it ended by itself, -1 where it was killed.
    """

    sig: signal.Signals
    code: int
    outlived: int

    @property
    def killed(self) -> bool:
        """Return whether the signal came before the end."""
        return self.code == -1


def collection(home: Path) -> subprocess.Popen[str]:
    """Start `cchc collect` on a home, in a session of its own as a terminal gives it."""
    return subprocess.Popen(
        [sys.executable, "-c", "from pipelines.cli import main; main()", "collect"],
        env={**os.environ, "CCHC_HOME": str(home), "CCHC_WORKERS": "2"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def kill_after(home: Path, sig: signal.Signals, seconds: float, *, whole_session: bool) -> Fall:
    """Collect and send a signal after some seconds, to the process alone or to everything it started."""
    process = collection(home)
    with suppress(subprocess.TimeoutExpired):
        process.communicate(timeout=seconds)
    return _killed(process, home, sig, whole_session=whole_session)


def kill_when(home: Path, sig: signal.Signals, came: Callable[[], bool], *, whole_session: bool) -> Fall:
    """Collect and send a signal as soon as something has come, be it in the middle of a transaction."""
    process = collection(home)
    while process.poll() is None and not came():
        time.sleep(_GLANCE)
    return _killed(process, home, sig, whole_session=whole_session)


def loaded(home: Path, label: str) -> int:
    """Return how many reports of a round are in force in a home's SQLite warehouse, 0 while there is none."""
    try:
        with closing(sqlite3.connect(f"file:{home}/warehouse.db?mode=ro", uri=True)) as connection:
            asked = "SELECT count(*) FROM report WHERE round = ? AND loaded_to IS NULL"
            return int(connection.execute(asked, (label,)).fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def _killed(process: subprocess.Popen[str], home: Path, sig: signal.Signals, *, whole_session: bool) -> Fall:
    code = -1 if process.poll() is None else process.returncode
    if code == -1:
        (os.killpg if whole_session else os.kill)(process.pid, sig)
    process.communicate(timeout=120)
    return Fall(sig, code, outlive(home))


def outlive(home: Path, patience: float = 10) -> int:
    """Return how many processes of a home are left after some seconds."""
    until = time.monotonic() + patience
    while (left := processes_of(home)) and time.monotonic() < until:
        time.sleep(0.1)
    return len(left)


def calm(home: Path) -> tuple[int, str]:
    """Collect without a kill; return the exit code and what was printed."""
    process = collection(home)
    said, _nothing = process.communicate(timeout=900)
    return process.returncode, said


def write_wave(folder: Path, label: str, size: int) -> None:
    """Write a round's files: reports, one of them corrected, one sent twice, two in an archive, and one torn file."""
    found, order = parse_round(label), list(wards())[:size]
    folder.mkdir(parents=True, exist_ok=True)
    for index, ward in enumerate(order):
        whole = _report(folder / f"BC {ward} {label}.docx", label, ward, index, found.due - timedelta(days=3))
        _written_at(whole, found.due, 60 * index)
    first = folder / f"BC {order[0]} {label}.docx"
    _written_at(_copy(first, folder / f"gui lai {label}.docx"), found.due, 3600)
    again = _report(folder / f"A dinh chinh {order[1]} {label}.docx", label, order[1], 40, found.due)
    _written_at(again, found.due, 7200)
    packed = [_report(folder / f"{ward}.docx", label, ward, index, found.due) for index, ward in _beside(size)]
    with zipfile.ZipFile(folder / f"cum {label}.zip", "w") as archive:
        for path in packed:
            archive.write(path, path.name)
            path.unlink()
    (folder / f"hong {label}.docx").write_bytes(b"PK\x03\x04 torn " + label.encode())


def drop(files: Path, inbox: Path) -> None:
    """Copy a wave into an inbox, with the times of its files, and let it rest."""
    inbox.mkdir(parents=True, exist_ok=True)
    for path in sorted(files.iterdir()):
        shutil.copy2(path, inbox / path.name)
    time.sleep(REST.total_seconds())


def _beside(size: int) -> list[tuple[int, str]]:
    return list(enumerate(wards()))[size : size + 2]


def _report(path: Path, label: str, ward: str, index: int, day: date) -> Path:
    base = 300 * parse_round(label).number + 7 * index
    figures = Figures(base, base - 10, base - 40, f"{60 + index % 30},5", f"9{index % 10},5")
    return write_report(path, ward, label, day, figures)


def _copy(path: Path, to: Path) -> Path:
    to.write_bytes(path.read_bytes())
    return to


def _written_at(path: Path, day: date, seconds: int) -> None:
    moment = time.mktime(day.timetuple()) + seconds
    os.utime(path, (moment, moment))


def processes_of(home: Path) -> list[psutil.Process]:
    """Return the processes that have a home in their environment."""
    return [process for process in psutil.process_iter(["environ"]) if _has_home(process, home)]


def _has_home(process: psutil.Process, home: Path) -> bool:
    environ = process.info["environ"] or {}  # type: ignore[attr-defined]
    return bool(environ.get("CCHC_HOME") == str(home)) and process.status() != psutil.STATUS_ZOMBIE
