"""Years of rounds on one home: what grows on the disk, year by year, and what forgetting old runs gives back.

Every round, a wave of small reports (with a correction, a resend, an archive and a torn file) is collected in this
process as `cchc collect` does it, so that warehouse, originals, papers and Dagster's own record grow as in an office.
At the end of each year all finished runs are forgotten as `cchc prune` does with those older than its limit. Years
beyond those simulated are reckoned from the growth of the last one, and said to be. `CCHC_YEARS` sets the years (2, at
most 3: later the units are others), `CCHC_YEARS_SIZE` the wards that report by files of their own (13; two more come in
an archive). Reports of an office are larger than these: multiply the originals by what yours weigh.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from cchc.clock import now
from pipelines.arrival.arrivals import look_into
from pipelines.home import dagster_instance, prepare_home
from pipelines.keeping.pruning import prune
from pipelines.orchestration.collect import collect
from pipelines.settings import Settings, load_settings
from pipelines.wiring import open_house
from tests.operations.killing import write_wave
from warehouse.connection import open_warehouse
from warehouse.queries import reports

YEARS = min(int(os.environ.get("CCHC_YEARS", "2")), 3)
SIZE = int(os.environ.get("CCHC_YEARS_SIZE", "13"))
FIRST = 2022
LONG = 8
"""Years that are told in the end."""
MEGABYTE = 1e6


def main() -> None:
    """Print a line a year: reports, seconds, megabytes of each part of the home."""
    folder = Path(tempfile.mkdtemp(prefix="cchc-years-"))
    settings = load_settings({"CCHC_HOME": str(folder)})
    prepare_home(settings)
    print(
        f"{'year':>4} {'reports':>7} {'s':>5}  " + " ".join(f"{name:>10}" for name in _parts(settings)) + "  runs gone"
    )
    before = last = _parts(settings)
    for year in range(FIRST, FIRST + YEARS):
        before, began = last, time.monotonic()
        for number in (1, 2, 3, 4):
            _round(settings, f"{year}-Q{number}")
        grown, seconds = _parts(settings), time.monotonic() - began
        gone = _forgotten(settings)
        loaded = len(reports(open_warehouse(settings.warehouse_url)))
        sizes = " ".join(f"{size / MEGABYTE:>10.1f}" for size in grown.values())
        last = _parts(settings)
        left = last["dagster"] / MEGABYTE
        print(f"{year:>4} {loaded:>7} {seconds:>5.0f}  {sizes}  {gone}; dagster then {left:.1f}", flush=True)
    reckoned = [last[name] + (last[name] - before[name]) * (LONG - YEARS) for name in last]
    print(f"{LONG} years, reckoned: " + " ".join(f"{size / MEGABYTE:>10.1f}" for size in reckoned))
    shutil.rmtree(folder)


def _round(settings: Settings, label: str) -> None:
    """Collect one round; what lay in the inbox before was taken out, as an office does."""
    shutil.rmtree(settings.inbox)
    write_wave(settings.inbox, label, SIZE)
    look = look_into(settings.inbox, now() + timedelta(minutes=1), received_at=now())
    with dagster_instance(settings) as instance:
        collect(open_house(settings), instance, settings, look.whole)


def _forgotten(settings: Settings) -> int:
    with dagster_instance(settings) as instance:
        return prune(instance, open_warehouse(settings.warehouse_url), now(), settings).runs


def _parts(settings: Settings) -> dict[str, int]:
    """Return the bytes of each part of the home, and of all of it."""
    named = {
        "warehouse": list(settings.home.glob("warehouse.db*")),
        "originals": [Path(settings.archive_url)],
        "papers": [settings.outputs],
        "dagster": [settings.dagster_home],
        "quarantine": [settings.quarantine],
        "home": [settings.home],
    }
    return {name: sum(_size(path) for path in paths) for name, paths in named.items()}


def _size(path: Path) -> int:
    files = [path] if path.is_file() else [found for found in path.rglob("*") if found.is_file()]
    return sum(found.stat().st_size for found in files)


if __name__ == "__main__":
    main()
