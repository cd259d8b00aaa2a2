"""A round in which no unit of the office reports is said to be so, and asks for nothing."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

import pytest

from catalogue.rounds import parse_round
from cchc.clock import ZONE
from console.board import Board, NextStep, Waits, next_step
from console.pages.round import rounds_near
from pipelines.ledger.entries import make_ledger


def board(label: str) -> Board:
    """Return the board of a round to which nothing was sent."""
    found = parse_round(label)
    ledger = make_ledger(found, datetime(2026, 11, 2, 9, tzinfo=ZONE), {})
    return Board(found, ledger, Waits(0, 0, 0), Counter(), (), "open", None, is_stale=False)


class TestNextStep:
    def test_after_the_last_unit(self) -> None:
        """The town had units to 30/06/2025: later rounds name that day and offer no upload."""
        assert next_step(board("2026-Q3")) == NextStep(
            "Kỳ này không có đơn vị nào của cơ quan phải báo cáo: đơn vị cuối cùng kết thúc ngày 30/06/2025. "
            "Các kỳ trước vẫn làm việc được."
        )

    def test_before_the_first_unit(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The province's communes began on 01/07/2025: earlier rounds have none."""
        monkeypatch.setenv("CCHC_OFFICE", "quang-ngai")

        assert "được thành lập sau đó" in next_step(board("2025-Q2")).text

    def test_a_round_with_units_asks_for_reports(self) -> None:
        """Where units report, the board asks for what is missing."""
        assert next_step(board("2024-Q3")).path == "#upload"


class TestRoundsNear:
    def test_of_an_office_without_units_the_last_ones_are_listed(self) -> None:
        """The town's last round is the second of 2025; what came after is nobody's and is not offered."""
        assert rounds_near(date(2026, 11, 2)) == ["2025-Q1", "2025-Q2"]

    def test_of_an_office_with_units_those_of_today_are_listed(self) -> None:
        """A day of a round lists it and the one before."""
        assert rounds_near(date(2024, 9, 1)) == ["2024-Q2", "2024-Q3"]
