"""Every query of the cookbook runs on both engines and answers what was put in."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.warehouse.made import finding, moment, printing, reading, take_in
from warehouse.decisions import record_decision
from warehouse.results import save_results
from warehouse.rows import NewDecision, RankRow, ScoreRow
from warehouse.sql import query

PAGE = Path(__file__).parents[2] / "docs" / "cookbook.md"
SENTENCE = "Số liệu {figure} là {raw}."

ANSWERS: dict[int, list[tuple[Any, ...]]] = {
    2: [("Phổ Hòa", 30, 40, 75), ("Phổ An", 99, 100, 99)],
    7: [
        ("2023-Q1", 50, 50, "printed"),
        ("2023-Q2", 120, 70, "derived"),
        ("2023-Q3", 100, 100, "printed"),
    ],
    8: [("Phổ An", 25, 50, 25)],
    9: [("Phổ An", 80, 100, 110, Decimal("90.9091"))],
    10: [("scale_slip", "error", 1, 1), ("sum_mismatch", "warning", 1, 1)],
    11: [(1, Decimal("90.5"), "on_time", 99, 10, 10, "scored")],
    12: [("phường", "Đức Phổ", "2023-Q3", 60, 1, 5), ("phường", "Trà Câu", "2023-Q3", 110, 1, 4)],
    13: [("pho-hoa", "dossiers_received", "enter", 6000, 60, "Trần Thị Lan", "đã gọi điện")],
    14: [
        ("2023-Q1", 50, 50, 1, 15, "printed"),
        ("2023-Q2", 120, 70, 1, 15, "derived"),
        ("2023-Q3", 140, 140, 2, 15, "printed"),
    ],
    15: [("Phổ An", 2, 3)],
}
"""Answers worked out by hand, by number of the question."""


def recipes() -> dict[int, str]:
    """Return the queries of the page by number."""
    found = re.findall(r"^## (\d+)\..*?```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return {int(number): sql for number, sql in found}


@pytest.fixture
def asked(engine: Engine) -> Engine:
    """Give a warehouse about which every question of the cookbook can be asked."""
    take_in(engine, reading("pho-an", "2023-Q1", {"dossiers_resolved": 50}))
    half = {"dossiers_resolved": 120, "dossiers_online": 25, "dossiers_received_new": 100}
    take_in(engine, reading("pho-an", "2023-Q2", half))
    an = {"dossiers_received": 110, "dossiers_resolved": 100, "dossiers_resolved_pct": 80,
          "dossiers_early_or_on_time": 99, "dossiers_online": 55, "dossiers_received_new": 110}  # fmt: skip
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
    return engine


def test_there_is_a_dozen_of_them() -> None:
    """The page holds at least twelve questions, numbered without a gap."""
    assert list(recipes()) == list(range(1, len(recipes()) + 1))
    assert len(recipes()) >= 12


def test_every_question_has_an_answer(asked: Engine) -> None:
    """Each query runs as it stands and finds something; those worked out by hand find exactly that."""
    answers = {number: query(asked, sql) for number, sql in recipes().items()}

    assert [number for number, answer in answers.items() if not answer.rows] == []
    for number, expected in ANSWERS.items():
        assert [tuple(map(_plain, row)) for row in answers[number].rows] == expected, f"question {number}"


def test_missing_unsure_and_covering(asked: Engine) -> None:
    """The questions on what is missing name the wards that sent nothing, the figures that wait, the coverage."""
    answers = {number: query(asked, sql).rows for number, sql in recipes().items()}

    assert len(answers[1]) == 13
    assert ("xã", "Phổ An", "missing") not in answers[1]
    assert [row[:3] for row in answers[5]] == [("Phổ Hòa", "staff_total", "waiting")]
    assert {row[0]: tuple(row[4:]) for row in answers[3]}["on_time_share"] == (2, 15)
    assert {row[0]: tuple(map(_plain, row[1:])) for row in answers[6]}["dossiers_received"] == (2, 2, 170)
    assert {row[0]: row[3] for row in answers[4]}["dossiers_resolved"] == SENTENCE.format(
        figure="dossiers_resolved", raw="100"
    )


def _plain(value: Any) -> Any:
    """Return numbers of both engines alike."""
    return Decimal(repr(value)) if isinstance(value, float) else value
