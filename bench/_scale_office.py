"""One office of `python -m bench scale`, in a process of its own, for a process works for one office.

Belongs here: making the office and its reports, saying whether it is done, collecting the same files in peace, and
holding both against each other. Stays out: services, kills, times (`scale`). An answer is one line of JSON.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

LABEL = "2026-Q3"
TRIED = frozenset({"event"})
"""Tables that tell what was asked and told, in which an office with workers and one without must differ."""


def main() -> None:
    """Do what the command line names."""
    orders: dict[str, Callable[..., dict[str, Any]]] = {
        "make": make,
        "standing": standing,
        "calm": calm,
        "compare": compare,
    }
    command, *words = sys.argv[1:]
    print(json.dumps(orders[command](*words)))


def make(province: str, name: str, count: str, scans: str) -> dict[str, Any]:
    """Make the office of a province in this process's home, and write reports of its first units beside it."""
    from typer.testing import CliRunner

    from pipelines.cli import make_app

    home = Path(os.environ["CCHC_HOME"])
    for call in (["new", "--level", name], ["import", "--province", province, "--accept"]):
        done = CliRunner().invoke(make_app(("office",)), ["office", *call])
        if done.exit_code:
            raise SystemExit(done.output)

    from catalogue.office import office
    from catalogue.rounds import parse_round
    from catalogue.wards import wards
    from pipelines.home import prepare_home
    from pipelines.settings import load_settings
    from sample.generator.files import scan_bytes
    from sample.generator.province import write_round

    prepare_home(load_settings())
    units = list(wards().values())[: int(count)]
    written = write_round(home.parent / f"{home.name}-files", units, parse_round(LABEL), office().full_name)
    papers = [one.path for one in written if one.path.suffix == ".pdf"][: int(scans)]
    for seed, path in enumerate(papers):
        path.write_bytes(scan_bytes(path.read_bytes(), seed))
    return {"reports": len(written), "scans": len(papers)}


def standing() -> dict[str, Any]:
    """Say how far the office is."""
    from assets.builds import built_from, fingerprint
    from pipelines.settings import load_settings
    from pipelines.wiring import open_house
    from warehouse.queries import reports, submissions

    house = open_house(load_settings())
    rows = submissions(house.engine, LABEL)
    loaded = reports(house.engine, LABEL)
    built = built_from(house.engine, LABEL)
    return {
        "states": Counter(row.state for row in submissions(house.engine)),
        "loaded": len(loaded),
        "unread": len({row.id for row in rows if row.is_current} - {report.submission_id for report in loaded}),
        "built": built is not None and built == fingerprint(house, LABEL),
    }


def calm(home: str, url: str) -> dict[str, Any]:
    """Collect the same files in peace, in a home of its own without workers, into a database of the same server.

    Another engine would give equal values other types and equal JSON another order.
    """
    from tests.operations.killing import calm as collected
    from tests.operations.killing import drop

    own = Path(os.environ["CCHC_HOME"])
    shutil.copytree(own / "office", Path(home) / "office")
    (Path(home) / "cchc.toml").write_text(f'warehouse_url = "{url}"\n', encoding="utf-8")
    drop(own.parent / f"{own.name}-files", Path(home) / "inbox")
    for key in [key for key in os.environ if key.startswith("CCHC_") and key != "CCHC_WORKERS"]:
        del os.environ[key]
    code, said = collected(Path(home))
    return {"exit": code, "said": said[-300:] if code not in (0, 1) else ""}


def compare(url: str) -> dict[str, Any]:
    """Return the rows in which the office and the calm one differ, and what was taken in more than once."""
    from pipelines.settings import load_settings
    from tests.operations.twin import differences, rows_of
    from warehouse.connection import open_warehouse
    from warehouse.queries import submissions

    engine = open_warehouse(load_settings().warehouse_url)
    other = open_warehouse(url)
    lines = [line for line in differences(rows_of(engine), rows_of(other)) if line.partition(":")[0] not in TRIED]
    taken = Counter((row.file_name, row.sha256) for row in submissions(engine))
    return {"differ": lines, "twice": [name for (name, _hash), number in taken.items() if number > 1]}


if __name__ == "__main__":
    main()
