"""What the same work costs without the warehouse: DuckDB over Parquet, and pandas.

Belongs here: the work done the other way on the same rows. Stays out: the warehouse's own times (`warehouse`).

DuckDB is asked about the Parquet export of one round. What goes over rounds is asked about files that hold nothing but
the measure or the marts in question, which is in its favour.
"""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path
from time import perf_counter

import duckdb
import pandas as pd
from sqlalchemy import Engine, select, text

from warehouse.connection import open_warehouse
from warehouse.tables import FigureValueTable

BARE_ROWS = 50_000
TIMES = 3
OVER_ROUNDS = {
    "mart_trend": "SELECT * FROM mart_trend WHERE measure = 'dossiers_resolved'",
    "mart_trend_district": "SELECT * FROM mart_trend_district",
    "mart_ledger": "SELECT * FROM mart_ledger",
}
"""What questions over rounds read, one file each."""


def bare_insert(source_url: str, target_url: str) -> float:
    """Return the seconds a row that pandas takes to write five bare columns of figures."""
    whole, target = open_warehouse(source_url), open_warehouse(target_url)
    table = FigureValueTable.__table__
    rows = select(table.c.report_id, table.c.figure, table.c.value, table.c.raw, table.c.page).limit(BARE_ROWS)
    with whole.connect() as connection:
        frame = pd.DataFrame(connection.execute(rows).all()).astype({"value": "float64"})
    begun = perf_counter()
    frame.to_sql("bare", target, index=False, chunksize=5_000)
    seconds = perf_counter() - begun
    whole.dispose()
    target.dispose()
    return seconds / len(frame)


def duckdb_copy(folder: Path) -> float:
    """Return the seconds in which DuckDB reads the Parquet files of a folder and writes them again."""
    (folder / "again").mkdir()
    begun = perf_counter()
    with closing(duckdb.connect()) as database:
        for path in sorted(folder.glob("*.parquet")):
            database.execute(f"COPY (SELECT * FROM '{path}') TO '{folder / 'again' / path.name}' (FORMAT parquet)")
    return perf_counter() - begun


def duckdb_questions(engine: Engine, parquet: Path, questions: dict[int, str]) -> dict[int, float]:
    """Return the least of several times of every question, asked by DuckDB over Parquet."""
    over = _files_over_rounds(engine, parquet)
    with closing(duckdb.connect()) as database:
        return {number: _least(database, _over_files(sql, parquet, over)) for number, sql in questions.items()}


def _files_over_rounds(engine: Engine, parquet: Path) -> Path:
    folder = parquet / "over"
    folder.mkdir()
    with engine.connect() as connection:
        for name, sql in OVER_ROUNDS.items():
            pd.read_sql(text(sql), connection).to_parquet(folder / f"{name}.parquet")
    return folder


def _over_files(sql: str, parquet: Path, over: Path) -> str:
    first = sql.split("\n", 1)[0]
    is_over = "AS round" not in first.replace("AS round_before", "")
    return re.sub(
        r"\bmart_\w+\b",
        lambda m: f"'{(over if is_over and m[0] in OVER_ROUNDS else parquet) / m[0]}.parquet'",
        sql,
    )


def _least(database: duckdb.DuckDBPyConnection, sql: str) -> float:
    times = []
    for _ in range(TIMES):
        begun = perf_counter()
        database.execute(sql).fetchall()
        times.append(perf_counter() - begun)
    return min(times)
