"""Checking a round of 15 wards: the rules, and Great Expectations once a round against once a ward.

Times are processor seconds. The reports are made up. Where the corpus lies beside the project, the share of Great
Expectations in reading, checking and validating its round is told as well.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from catalogue.wards import wards
from parsers.document import Place
from parsers.reading import Identity, Printing, Reading
from validation.check import check_reports
from validation.expectations.quality import check_round

T = TypeVar("T")

LABEL = "2023-Q3"
CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
FIGURES = {
    "plan_completion_pct": "80.00",
    "dossiers_received": "500",
    "dossiers_resolved": "460",
    "dossiers_pending": "38",
    "dossiers_withdrawn": "2",
    "dossiers_early": "400",
    "dossiers_on_time": "55",
    "dossiers_late": "5",
    "dossiers_resolved_pct": "92.00",
    "dossiers_early_pct": "86.96",
    "dossiers_late_pct": "1.09",
    "dossiers_online": "320",
    "dossiers_direct": "180",
    "dossiers_online_pct": "64.00",
    "digitised_base": "500",
    "digitised_dossiers": "430",
    "digitised_dossiers_pct": "86.00",
    "satisfaction_pct": "98.40",
    "staff_total": "20",
    "staff_cadres": "10",
    "staff_civil_servants": "10",
    "ward_revenue": "1835779000",
    "ward_revenue_ytd": "5153211000",
    "ward_revenue_budget": "5172100000",
    "ward_revenue_budget_pct": "99.63",
    "ward_revenue_prior_year": "3481646730",
    "ward_revenue_yoy_pct": "52.73",
}


def main() -> None:
    """Print the table."""
    names = list(wards())
    rules, _ = timed(lambda: check_reports([made(name) for name in names]))
    print(f"rules, {len(names)} reports as one set: {rules * 1000:.0f} ms, {rules * 1000 / len(names):.1f} ms a report")
    many = [made(names[0], f"{year}-Q{q}") for year in range(2000, 2038) for q in (1, 2, 3, 4)][: 10 * len(names)]
    longer, _ = timed(lambda: check_reports(many))
    print(f"  ten times as many, one ward's history: {longer * 1000:.0f} ms, growth x{longer / rules:.1f}")
    print(f"import of Great Expectations, beside the warehouse: {import_seconds():.1f} s")
    rows = {name: {f: Decimal(v) for f, v in FIGURES.items()} for name in names}
    check_round({}, LABEL)
    once, quality = timed(lambda: check_round(rows, LABEL))
    print(f"one batch a round, {quality.expectations} expectations: {once:.2f} s")
    three, _ = timed(lambda: [check_round({name: row}, LABEL) for name, row in list(rows.items())[:3]])
    each = three / 3 * len(names)
    print(f"  a batch a ward instead, for {len(names)}: {each:.1f} s, x{each / once:.0f}")
    if CORPUS.is_dir():
        share(once)


def made(ward: str, label: str = LABEL) -> Reading:
    """Return a faultless reading of the figures."""
    printings = tuple(printing(place, code, value) for place, (code, value) in enumerate(FIGURES.items()))
    return Reading(f"{ward}{label}".ljust(64, "0"), "bench", Identity(ward, label, None, None, 1.0), printings, ())


def printing(block: int, code: str, value: str) -> Printing:
    """Return one printing in a sentence of its own."""
    exact = Decimal(value)
    decimals = max(0, -int(exact.as_tuple().exponent))
    place = Place(block, 0, len(value))
    common = {"label": code, "rule": "bench", "text_confidence": 1.0, "reading_confidence": 1.0, "primary": True}
    quantum = Decimal(1).scaleb(-decimals)
    return Printing(code, exact, value, place, 1, None, value, place, **common, quantum=quantum, decimals=decimals)  # type: ignore[arg-type]


def import_seconds() -> float:
    """Return the processor seconds that the import adds in a fresh process that has the warehouse already."""
    code = (
        "import time, warnings; warnings.simplefilter('ignore'); import warehouse.api\n"
        "from validation.expectations.quality import import_library\n"
        "a = time.process_time(); import_library()\n"
        "print(time.process_time() - a)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def share(batch: float) -> None:
    """Print the share of Great Expectations in reading and checking the corpus's round, in processor seconds."""
    from parsers.report import read_report

    chosen: dict[str, Path] = {}
    for path in sorted(CORPUS.glob(f"*-{LABEL.lower()}.*")):
        if path.suffix != ".json":
            chosen.setdefault(path.name.split(".")[0], path)
    read, readings = timed(lambda: [read_report(path)[1] for path in chosen.values()])
    checked, _ = timed(lambda: check_reports(readings))
    added = import_seconds() + batch
    print(f"reading {len(chosen)} mixed reports, nothing recognised before: {read:.1f} s, checking {checked:.2f} s")
    print(f"  Great Expectations adds {added:.1f} s: {added / (read + checked + added):.0%} of the whole")


def timed(call: Callable[[], T]) -> tuple[float, T]:
    """Return the processor seconds a call takes, and what it returns."""
    start = time.process_time()
    found = call()
    return time.process_time() - start, found
