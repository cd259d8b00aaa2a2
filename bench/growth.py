"""A round of 15, 96 and 480 units, from inbox to papers: what grows with the number of units, and how fast.

Each size is an office of its own with as many of the country's units of today, one generated digital report of each, in
a process of its own over an empty home. Seconds are of the processor, of all processes together, and hold beside other
work; what a process costs before it does anything is in them and weighs more where there are few units.
`CCHC_GROWTH_UNITS` names other sizes, parted by commas.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench import province
from bench._cost import processor_seconds

if TYPE_CHECKING:
    from catalogue.wards import Ward

SIZES = tuple(int(size) for size in os.environ.get("CCHC_GROWTH_UNITS", "15,96,480").split(","))
MEGABYTE = 1e6


@dataclass(frozen=True)
class Cost:
    """What a round gave and cost: counts, seconds of processor and wall, bytes of the home and of peak memory."""

    units: int
    placed: int
    loaded: int
    ranked: int
    papers: int
    processor: float
    seconds: float
    home: int
    memory: int


def main() -> None:
    """Print a line for each size, and what a unit more costs between two sizes."""
    heads = ("units", "placed", "loaded", "ranked", "papers", "processor", "a unit", "wall", "home MB", "memory MB")
    print("".join(f"{head:>11}" for head in heads))
    before: Cost | None = None
    for size in SIZES:
        cost = _of_size(size)
        more = "" if before is None else f"  a unit more: {_more(before, cost):.2f} s"
        counts = (cost.units, cost.placed, cost.loaded, cost.ranked, cost.papers)
        print(
            "".join(f"{count:>11}" for count in counts)
            + f"{cost.processor:>10.0f}s{cost.processor / cost.units:>10.2f}s{cost.seconds:>10.0f}s"
            + f"{cost.home / MEGABYTE:>11.1f}{cost.memory / MEGABYTE:>11.0f}{more}",
            flush=True,
        )
        before = cost


def _more(before: Cost, after: Cost) -> float:
    return (after.processor - before.processor) / (after.units - before.units)


def _of_size(units: int) -> Cost:
    with (
        tempfile.TemporaryDirectory(prefix="cchc-bench-") as folder,
        ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool,
    ):
        return pool.submit(_round, Path(folder), units).result()


def _round(folder: Path, count: int) -> Cost:
    os.environ["CCHC_OFFICE"] = str(_office(folder / "office", count))
    files = province.written(folder, count)
    began, spent = time.monotonic(), processor_seconds()
    facts = province.collected(folder, files)
    seconds, processor = time.monotonic() - began, processor_seconds() - spent
    home = sum(path.stat().st_size for path in (folder / "home").rglob("*") if path.is_file())
    return Cost(count, *facts, processor, seconds, home, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


def _office(folder: Path, count: int) -> Path:
    """Make an office like a shipped one with the first units of the country whose names are theirs alone."""
    from itertools import islice

    from catalogue.importing import write_units
    from catalogue.offices import shipped_folders

    shipped = shipped_folders()[province.OFFICE]
    folder.mkdir()
    for name in ("office.yaml", "rounds.yaml"):
        shutil.copy2(shipped / name, folder / name)
    write_units(folder / "units.csv", islice(_units(), count))
    return folder


def _units() -> Iterator[Ward]:
    """Yield units of the country of today, none of whose names another of them has."""
    from catalogue.country import country_units
    from catalogue.importing import units_of
    from cchc.text import fold

    codes = dict.fromkeys(unit.province_code for unit in country_units() if unit.since_reform)
    names, slugs = set(), set()
    for code in codes:
        for unit in units_of(code).values():
            if fold(unit.name) not in names and unit.slug not in slugs:
                names.add(fold(unit.name))
                slugs.add(unit.slug)
                yield unit


if __name__ == "__main__":
    main()
