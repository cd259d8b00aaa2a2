"""A province's round since the reform: 96 generated reports of Quảng Ngãi, from inbox to papers.

Digital reports in three manners of 2026. Cold is a new process and an empty home, warm the same again over an empty
home. The office is chosen by the environment, so the round runs in a process of its own.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from pathlib import Path

OFFICE, LABEL = "quang-ngai", "2026-Q3"


def main() -> None:
    """Print one line: reports, seconds to write them, cold and warm seconds, loaded, ranked, papers."""
    units = int(os.environ.get("CCHC_BENCH_UNITS", "96"))
    began = time.monotonic()
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        ended, warm, facts = pool.submit(_twice, units).result()
    print(f"{'units':>6}{'placed':>8}{'loaded':>8}{'ranked':>8}{'papers':>8}{'cold':>9}{'warm':>9}")
    print("".join(f"{value:>{width}}" for value, width in zip(facts, (6, 8, 8, 8, 8), strict=True)), end="")
    print(f"{ended - began:>8.1f}s{warm:>8.1f}s", flush=True)


def _twice(units: int) -> tuple[float, float, tuple[int, ...]]:
    """Run the round twice over empty homes; return when the first ended, the seconds of the second, what it gave."""
    os.environ["CCHC_OFFICE"] = OFFICE
    _round(units)
    ended = time.monotonic()
    facts = _round(units)
    return ended, time.monotonic() - ended, facts


def _round(count: int) -> tuple[int, ...]:
    with tempfile.TemporaryDirectory(prefix="cchc-bench-") as folder:
        return count, *collected(Path(folder), written(Path(folder), count))


def written(folder: Path, count: int) -> list[Path]:
    """Write one report for each of the first units of this process's office, and return the files."""
    from catalogue.office import office
    from catalogue.rounds import parse_round
    from catalogue.wards import wards
    from sample.generator.province import write_round

    units = list(wards().values())[:count]
    return [one.path for one in write_round(folder / "sent", units, parse_round(LABEL), office().full_name)]


def collected(folder: Path, files: list[Path]) -> tuple[int, int, int, int]:
    """Collect files into an empty home below a folder; return how many are placed, loaded, ranked, and the papers."""
    from cchc.clock import ZONE
    from pipelines.arrival.arrivals import Arrival, Way
    from pipelines.home import dagster_instance, prepare_home
    from pipelines.orchestration.collect import collect
    from pipelines.settings import load_settings
    from pipelines.wiring import open_house
    from warehouse.queries import rank_rows, reports, submissions

    settings = load_settings({"CCHC_HOME": f"{folder}/home", "CCHC_WORKERS": str(os.cpu_count() or 2)})
    prepare_home(settings)
    received = datetime(2026, 9, 14, 8, tzinfo=ZONE)
    arrivals = [Arrival(path, path.name, Way.INBOX, received) for path in files]
    with dagster_instance(settings) as instance:
        house = open_house(settings)
        done = collect(house, instance, settings, arrivals)
        for failure in (failure for run in done.rounds for failure in run.failures):
            print(failure, file=sys.stderr)
        placed = sum(row.state == "placed" for row in submissions(house.engine, LABEL))
        loaded = len(reports(house.engine, LABEL))
        ranked = sum(row.rank is not None for row in rank_rows(house.engine, LABEL, settings.scorecard))
        house.engine.dispose()
    return placed, loaded, ranked, sum(path.is_file() for path in (settings.outputs / LABEL).iterdir())


if __name__ == "__main__":
    main()
