"""Every query of the cookbook runs as printed on every engine and export, and answers what pandas works out."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from sqlalchemy import Engine

from catalogue.denominators import Denominator
from tests.warehouse import reckoned
from tests.warehouse.made import finding, moment, printing, reading, take_in
from warehouse.connection import writing
from warehouse.decisions import record_decision
from warehouse.export import export
from warehouse.reference import upsert
from warehouse.results import save_results
from warehouse.rows import NewDecision, RankRow, ScoreRow
from warehouse.sql import query
from warehouse.tables import DenominatorTable

PAGE = Path(__file__).parents[2] / "docs" / "cookbook.md"
SENTENCE = "Số liệu {figure} là {raw}."

ANSWERS: dict[int, list[tuple[Any, ...]]] = {
    2: [("Phổ Hòa", 30, 40, 75), ("Phổ An", 99, 100, 99)],
    7: [
        ("2023-Q1", 50, 50, "printed"),
        ("2023-Q2", 120, 70, "derived"),
        ("2023-Q3", 100, 100, "printed"),
    ],
    9: [("Phổ An", 80, 100, 110, Decimal("90.9091"), Decimal("10.91"))],
    10: [("scale_slip", "error", 1, 1), ("sum_mismatch", "warning", 1, 1)],
    11: [(1, Decimal("90.5"), "on_time", 99, 10, 10, "scored")],
    12: [("phường", "Đức Phổ", "2023-Q3", 60, 1, 5), ("phường", "Trà Câu", "2023-Q3", 110, 1, 4)],
    13: [
        ("decided", "enter", "pho-hoa", "dossiers_received", 6000, 60, "Trần Thị Lan", "đã gọi điện", 1),
        ("open", "waiting", None, "staff_total", None, None, None, None, 1),
    ],
    14: [
        ("2023-Q1", 50, 50, 1, 15, "printed"),
        ("2023-Q2", 120, 70, 1, 15, "derived"),
        ("2023-Q3", 140, 140, 2, 15, "printed"),
    ],
    17: [("Phổ An", 100, 20, 5, 10_000, 2022, 10), ("Phổ Hòa", 40, None, None, None, None, None)],
}
"""Answers worked out by hand, by number of the question, when asked about the rounds of 2023."""

HELD_AGAINST = [
    Denominator("pho-an", year, "population", Decimal(value), "made for the tests", date(year, 7, 1))
    for year, value in ((2021, 9_000), (2022, 10_000), (2024, 99_999))
]
"""People of a unit; the newest that is not of a later year than the round counts."""

OF_2023 = {
    "2024-": "2023-",
    "plan_completion_pct": "dossiers_resolved_pct",
    "plan_task_share": "resolved_share",
    "cải cách hành chính năm 2024": "CCHC",
}
"""What is changed in the first line of a question so that it asks about the reports made here."""


def recipes(changes: dict[str, str] | None = None) -> dict[int, str]:
    """Return the queries of the page by number, as printed or with words of their first line changed."""
    found = re.findall(r"^## (\d+)\..*?```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return {int(number): changed(sql, changes or {}) for number, sql in found}


def changed(sql: str, changes: dict[str, str]) -> str:
    """Return a question that asks about something else: only its first line differs."""
    first, rest = sql.split("\n", 1)
    for old, new in changes.items():
        first = first.replace(old, new)
    return f"{first}\n{rest}"


def asked_by(sql: str) -> dict[str, str]:
    """Return what the first line of a question asks about, by name."""
    return {name: value for value, name in re.findall(r"'([^']*)' AS (\w+)", sql.split("\n", 1)[0])}


@pytest.fixture
def asked(engine: Engine) -> Engine:
    """Give a warehouse about which every question of the cookbook can be asked."""
    take_in(engine, reading("pho-an", "2023-Q1", {"dossiers_resolved": 50}))
    half = {"dossiers_resolved": 120, "dossiers_online": 25, "dossiers_received_new": 100}
    take_in(engine, reading("pho-an", "2023-Q2", half))
    an = {"dossiers_received": 110, "dossiers_resolved": 100, "dossiers_resolved_pct": 80,
          "dossiers_early_or_on_time": 99, "dossiers_online": 55, "dossiers_received_new": 110,
          "staff_cadres": 8, "staff_civil_servants": 12}  # fmt: skip
    take_in(engine, reading("pho-an", figures=an), (finding(),))
    hoa = {"dossiers_received": 6000, "dossiers_early_or_on_time": 30, "dossiers_resolved": 40}
    slip = finding("scale_slip", "error", ward="pho-hoa", proposal=60)
    unsure = replace(reading("pho-hoa", figures=hoa), printings=(
        *reading("pho-hoa", figures=hoa).printings, printing("staff_total", 20, confidence=0.5)))  # fmt: skip
    take_in(engine, unsure, (slip, finding("scale_slip", "error", ward="pho-hoa", figures=("dossiers_late",))))
    decision = NewDecision("pho-hoa", "2023-Q3", "enter", "Trần Thị Lan", "đã gọi điện", slip.key, value=Decimal(60))
    record_decision(engine, decision, moment(9))
    score = ScoreRow("pho-an", "on_time", 0, "1", {}, Decimal(99), Decimal(10), Decimal(10), "scored")
    rank = RankRow("pho-an", "1", Decimal("90.5"), 1, 1, "A", Decimal(100))
    save_results(engine, "2023-Q3", "mac-dinh", rollup=[], scores=[score], ranking=[rank], moment=moment(9))
    with writing(engine) as connection:
        upsert(connection, DenominatorTable.__table__, [asdict(one) for one in HELD_AGAINST])
    return engine


def test_there_is_a_dozen_of_them() -> None:
    """The page holds at least twelve questions, numbered without a gap."""
    assert list(recipes()) == list(range(1, len(recipes()) + 1))
    assert len(recipes()) >= 12


def test_every_question_is_parameterised() -> None:
    """What a question asks about stands in its first line and nowhere else, and no word needs a driver's escape."""
    for number, sql in recipes().items():
        first, rest = sql.split("\n", 1)
        assert first.startswith("WITH asked AS (SELECT '"), f"question {number}"
        assert not [value for value in asked_by(sql).values() if f"'{value}'" in rest], f"question {number}"
        assert "%" not in sql and ":" not in sql, f"question {number}"


def test_every_question_has_an_answer(asked: Engine) -> None:
    """Each query runs and finds something; those worked out by hand find exactly that, in that order."""
    answers = {number: query(asked, sql) for number, sql in recipes(OF_2023).items()}

    assert [number for number, answer in answers.items() if not answer.rows] == []
    for number, expected in ANSWERS.items():
        assert [tuple(map(_plain, row)) for row in answers[number].rows] == expected, f"question {number}"


def test_answers_are_those_of_pandas(asked: Engine) -> None:
    """Worked out from the tables of facts without any mart, every answer is the same."""
    assert_reckoned(asked, OF_2023)


def test_every_way_in_gives_the_same_answer(asked: Engine, tmp_path: Path) -> None:
    """Through pandas, on the DuckDB and SQLite exports and over Parquet a query gives the warehouse's rows."""
    ways = ways_into(asked, tmp_path)

    for number, sql in recipes(OF_2023).items():
        expected = reckoned.plain(query(asked, sql).rows)
        for name, ask in ways.items():
            assert reckoned.plain(ask(sql)) == expected, f"question {number} by {name}"


def assert_reckoned(engine: Engine, changes: dict[str, str]) -> None:
    """Hold every question against its independent calculation."""
    tables = reckoned.Tables(engine)
    for number, sql in recipes(changes).items():
        rows = query(engine, sql).rows
        if number == 14:
            rows = [(row[0], *row[2:5]) for row in rows]
        expected = reckoned.ANSWERS[number](tables, asked_by(sql))
        assert reckoned.plain(rows) == reckoned.plain(expected), f"question {number}"


def ways_into(engine: Engine, folder: Path) -> dict[str, Callable[[str], list[tuple[Any, ...]]]]:
    """Return every other way an analyst asks, by name, each a function from a query to rows."""
    for file_format in ("duckdb", "sqlite", "parquet"):
        export(engine, folder / file_format, file_format, moment())

    def by_pandas(sql: str) -> list[tuple[Any, ...]]:
        return list(pd.read_sql(sql, engine).astype("object").itertuples(index=False, name=None))

    def by_duckdb(sql: str) -> list[tuple[Any, ...]]:
        with closing(duckdb.connect(str(folder / "duckdb" / "cchc.duckdb"), read_only=True)) as database:
            return database.execute(sql).fetchall()

    def by_sqlite(sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(folder / "sqlite" / "cchc.sqlite")) as database:
            return database.execute(sql).fetchall()

    def by_parquet(sql: str) -> list[tuple[Any, ...]]:
        with closing(duckdb.connect()) as database:
            over_files = re.sub(r"\b(mart_\w+)\b", rf"'{folder}/parquet/\1.parquet'", sql)
            return database.execute(over_files).fetchall()

    return {"pandas": by_pandas, "duckdb": by_duckdb, "sqlite": by_sqlite, "parquet": by_parquet}


def test_missing_unsure_and_covering(asked: Engine) -> None:
    """The questions on what is missing name the wards that sent nothing, the figures that wait, the coverage."""
    answers = {number: query(asked, sql).rows for number, sql in recipes(OF_2023).items()}

    assert [row[2] for row in answers[1]].count("missing") == 13
    assert ("xã", "Phổ An", "missing", None) not in answers[1]
    assert [row[:3] for row in answers[5]] == [("Phổ Hòa", "staff_total", "waiting")]
    assert {row[0]: tuple(row[4:]) for row in answers[3]}["on_time_share"] == (2, 15)
    assert {row[0]: tuple(map(_plain, row[1:])) for row in answers[6]}["dossiers_received"] == (2, 2, 170)
    assert {row[0]: row[3] for row in answers[4]}["dossiers_resolved"] == SENTENCE.format(
        figure="dossiers_resolved", raw="100"
    )


def _plain(value: Any) -> Any:
    """Return numbers of both engines alike."""
    return Decimal(repr(value)) if isinstance(value, float) else value
