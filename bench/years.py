"""Eight years of rounds on one home: what grows on the disk, year by year, and what stays below its limit.

An office of fifteen units that have always been there collects 32 rounds, one after the other, in this process as
`cchc collect` does it: fifteen generated reports of some forty figures, with each round a torn file that goes to
quarantine, once a year a scan. At the end of each year a nightly backup is written, all finished runs are forgotten as
`cchc prune` does with those older than its limit, and caches and quarantine are brought below limits that are set low
enough to be reached. Tables are told at the end by rows. `CCHC_YEARS` sets the years (8), `CCHC_YEARS_SIZE` the units
that report (15). Reports of an office are larger than these: multiply the originals by what yours weigh.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from bench._cost import processor_seconds
from cchc.clock import now

if TYPE_CHECKING:
    from catalogue.wards import Ward

YEARS, SIZE = int(os.environ.get("CCHC_YEARS", "8")), int(os.environ.get("CCHC_YEARS_SIZE", "15"))
FIRST = 2018
ROOT = Path(__file__).resolve().parents[1]
OFFICE = "duc-pho"
LIMITS = "[keep]\nquarantine_mb = 1\ncache_mb = 1\n"
TORN = 60_000
"""Bytes of the torn file of each round: 32 of them are nearly twice the limit of the quarantine."""
MEGABYTE = 1e6
PARTS = (
    "warehouse",
    "originals",
    "papers",
    "data docs",
    "dagster",
    "quarantine",
    "caches",
    "a night",
    "nights",
    "home",
)


def main() -> None:
    """Print a line a year: reports, seconds of processor, megabytes of each part of the home."""
    folder = Path(tempfile.mkdtemp(prefix="cchc-years-"))
    home = folder / "home"
    home.mkdir()
    (home / "cchc.toml").write_text(LIMITS, encoding="utf-8")
    os.environ["CCHC_OFFICE"] = str(_office(folder / "office"))
    print(f"{'year':>4}{'reports':>8}{'s':>6}" + "".join(f"{name:>11}" for name in PARTS) + "  runs gone", flush=True)
    for year in range(FIRST, FIRST + YEARS):
        spent = processor_seconds()
        for number in (1, 2, 3, 4):
            _round(home, f"{year}-Q{number}", scan=number == 4)
        line = _at_the_end_of_a_year(home, year)
        print(f"{year:>4}{_loaded(home):>8}{processor_seconds() - spent:>6.0f}{line}", flush=True)
    for name, rows in _tables(home):
        print(f"{name:>24}{rows:>10} rows")
    shutil.rmtree(folder)


def _office(folder: Path) -> Path:
    """Make an office like a shipped one, with units and a calendar that began before the first round and go on."""
    from catalogue.importing import write_units
    from catalogue.offices import shipped_folders
    from catalogue.wards import load_units

    shipped = shipped_folders()[OFFICE]
    folder.mkdir()
    shutil.copy2(shipped / "office.yaml", folder / "office.yaml")
    _copied(ROOT / "catalogue" / "rounds.yaml", folder / "rounds.yaml", f"years: [{FIRST}]")
    _copied(
        ROOT / "catalogue/scorecards/mac-dinh.yaml", folder / "scorecards/mac-dinh.yaml", f"valid_from: {FIRST}-01-01"
    )
    write_units(folder / "units.csv", map(_always, load_units(shipped / "units.csv").values()))
    return folder


def _copied(source: Path, target: Path, line: str) -> None:
    """Copy a file of the catalogue with one of its lines changed, the one that begins with the same key."""
    key = line.partition(":")[0]
    target.parent.mkdir(exist_ok=True)
    kept = re.sub(rf"^{key}: .*$", line, source.read_text(encoding="utf-8"), flags=re.MULTILINE)
    target.write_text(kept, encoding="utf-8")


def _always(unit: Ward) -> Ward:
    """Return a unit that began before the first round and has not ended."""
    ended = {"successor_code": "", "successor_kind": "", "successor_name": ""}
    return replace(unit, valid_from=date(FIRST - 1, 1, 1), valid_to=None, **ended)


def _round(home: Path, label: str, *, scan: bool) -> None:
    """Collect one round; what lay in the inbox before was taken out, as an office does."""
    from catalogue.office import office
    from catalogue.rounds import parse_round
    from catalogue.wards import wards
    from pipelines.arrival.arrivals import look_into
    from pipelines.home import dagster_instance, prepare_home
    from pipelines.orchestration.collect import collect
    from pipelines.settings import load_settings
    from pipelines.wiring import open_house
    from sample.generator.files import scan_bytes
    from sample.generator.province import write_round

    settings = load_settings({"CCHC_HOME": str(home)})
    prepare_home(settings)
    shutil.rmtree(settings.inbox)
    sent = write_round(settings.inbox, list(wards().values())[:SIZE], parse_round(label), office().full_name)
    if scan:
        paper = next(one.path for one in sent if one.path.suffix == ".pdf")
        paper.write_bytes(scan_bytes(paper.read_bytes(), 1))
    (settings.inbox / f"hong {label}.docx").write_bytes(b"PK\x03\x04" + os.urandom(TORN))
    look = look_into(settings.inbox, now() + timedelta(minutes=1), received_at=now())
    with dagster_instance(settings) as instance:
        house = open_house(settings)
        collect(house, instance, settings, look.whole)
        house.engine.dispose()


def _at_the_end_of_a_year(home: Path, year: int) -> str:
    """Forget runs, shed what is over its limit, back up, and return the sizes of the parts as a line."""
    from pipelines.home import dagster_instance
    from pipelines.keeping.backup import back_up
    from pipelines.keeping.bounds import shed
    from pipelines.keeping.pruning import prune
    from pipelines.settings import load_settings
    from warehouse.connection import open_warehouse

    settings = load_settings({"CCHC_HOME": str(home)})
    engine = open_warehouse(settings.warehouse_url)
    with dagster_instance(settings) as instance:
        before = _size(settings.dagster_home)
        gone = prune(instance, engine, now(), settings).runs
    shed(settings)
    night = home / "backups" / f"cchc-{year}.tar.gz"
    back_up(settings, night, now(), nightly=True)
    engine.dispose()
    docs = sum(_size(path) for path in settings.outputs.rglob("data-docs") if path.is_dir())
    sizes = (
        sum(map(_size, home.glob("warehouse.db*"))),
        _size(Path(settings.archive_url)),
        _size(settings.outputs) - docs,
        docs,
        before,
        _size(settings.quarantine),
        _size(settings.ocr_cache) + _size(settings.pictures),
        _size(night),
        _size(home / "backups"),
        _size(home),
    )
    return "".join(f"{size / MEGABYTE:>11.1f}" for size in sizes) + f"  {gone}"


def _loaded(home: Path) -> int:
    from pipelines.settings import load_settings
    from warehouse.connection import open_warehouse
    from warehouse.queries import reports

    return len(reports(open_warehouse(load_settings({"CCHC_HOME": str(home)}).warehouse_url)))


def _tables(home: Path) -> list[tuple[str, int]]:
    """Return the ten tables with most rows."""
    from pipelines.settings import load_settings
    from warehouse.connection import connect, reading

    engine = connect(load_settings({"CCHC_HOME": str(home)}).warehouse_url)
    with reading(engine) as connection:
        names = inspect(connection).get_table_names()
        rows = [(name, connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()) for name in names]
    return sorted(rows, key=lambda row: -row[1])[:10]


def _size(path: Path) -> int:
    files = [path] if path.is_file() else [found for found in path.rglob("*") if found.is_file()]
    return sum(found.stat().st_size for found in files)


if __name__ == "__main__":
    main()
