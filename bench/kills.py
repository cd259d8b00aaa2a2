"""Collections killed at random moments on one home, and whether a calm one then gives what a fresh home gives.

Rounds of small reports come in waves, each with a correction, a resend, an archive and a torn file. While a wave
lies in the inbox, `cchc collect` is started and killed several times: SIGKILL, SIGHUP or SIGTERM, to the process alone
or to all it started. The first kill of a wave comes when some of its reports are loaded and others are not, the others
come at random; a wave of which all is done leaves its other kills to the next. At the end one calm collection runs, and
every table and mart is held against those of a fresh home that collected all rounds at once.

`CCHC_KILLS` sets the number of kills (50), `CCHC_KILLS_SEED` the moments, `CCHC_KILLS_ROUNDS` how many of the rounds
come (8).
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
import time
from collections import Counter
from pathlib import Path

from catalogue.rounds import parse_round
from pipelines.settings import load_settings
from tests.operations.killing import SIGNALS, Fall, calm, drop, kill_after, kill_when, loaded, write_wave
from tests.operations.twin import differences, rows_of
from warehouse.connection import open_warehouse

ROUNDS = tuple(f"{year}-Q{number}" for year in (2023, 2024) for number in (1, 2, 3, 4))[
    : int(os.environ.get("CCHC_KILLS_ROUNDS", "8"))
]
SIZE = 5
"""Wards that report by a file of their own in each round; two more come in an archive."""
MOST_SHOWN = 40


def main() -> None:
    """Print the kills of each wave, then how far the two homes differ."""
    kills, seed = int(os.environ.get("CCHC_KILLS", "50")), int(os.environ.get("CCHC_KILLS_SEED", "1"))
    folder = Path(tempfile.mkdtemp(prefix="cchc-kills-"))
    dice = random.Random(seed)
    files = folder / "files"
    for label in ROUNDS:
        write_wave(files / parse_round(label).label, label, SIZE)
    drop(files / ROUNDS[0], folder / "first" / "inbox")
    usual = _timed(folder / "first")[1]
    print(f"one round by itself: {usual:.0f} s; kills come within that time", flush=True)
    falls, killed = _killed_home(folder / "killed", files, kills, dice, usual)
    code, seconds = _calm_home(folder / "calm", files)
    print(f"calm home: exit {code}, {seconds:.0f} s for {len(ROUNDS)} rounds at once")
    print(f"{len(falls)} collections, {sum(f.killed for f in falls)} killed: {_by_signal(falls)}")
    print(f"processes that outlived their collection: {sum(f.outlived for f in falls)}")
    lines = differences(*(rows_of(open_warehouse(_url(folder / home))) for home in ("killed", "calm")))
    print(f"last collection of the killed home: exit {killed[0]}, {killed[1]:.0f} s; rows that differ: {len(lines)}")
    print("\n".join(line[:300] for line in lines[:MOST_SHOWN]))
    if not lines:
        shutil.rmtree(folder)


def _killed_home(
    home: Path, files: Path, kills: int, dice: random.Random, usual: float
) -> tuple[list[Fall], tuple[int, float]]:
    falls: list[Fall] = []
    for number, label in enumerate(ROUNDS):
        drop(files / label, home / "inbox")
        until = kills * (number + 1) // len(ROUNDS)
        wave: list[Fall] = []
        while sum(fall.killed for fall in falls) < until and not (wave and not wave[-1].killed):
            aimed = not wave
            wave.append(_fall(home, label, dice, usual, aimed=aimed))
            falls.append(wave[-1])
            if aimed:
                print(f"{label}: killed at {loaded(home, label)} of {SIZE + 2} loaded", flush=True)
        print(f"{label}: {[f'{f.sig.name[3:]}' if f.killed else f'ended {f.code}' for f in wave]}", flush=True)
    return falls, _timed(home)


def _fall(home: Path, label: str, dice: random.Random, usual: float, *, aimed: bool) -> Fall:
    """Kill a collection: when some reports are loaded where it is aimed, at random otherwise."""
    sig, whole, some = dice.choice(SIGNALS), dice.random() < 0.5, dice.randint(1, SIZE)
    if aimed:
        return kill_when(home, sig, lambda: loaded(home, label) >= some, whole_session=whole)
    return kill_after(home, sig, dice.uniform(0.5, usual), whole_session=whole)


def _calm_home(home: Path, files: Path) -> tuple[int, float]:
    for label in ROUNDS:
        drop(files / label, home / "inbox")
    return _timed(home)


def _timed(home: Path) -> tuple[int, float]:
    """Collect in peace; return the exit code and the seconds it took."""
    began = time.monotonic()
    code, said = calm(home)
    if code not in (0, 1):
        print(said)
    return code, time.monotonic() - began


def _url(home: Path) -> str:
    return load_settings({"CCHC_HOME": str(home)}).warehouse_url


def _by_signal(falls: list[Fall]) -> str:
    return ", ".join(f"{sig.name} {n}" for sig, n in sorted(Counter(f.sig for f in falls if f.killed).items()))
