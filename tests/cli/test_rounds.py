"""The calendar at the keyboard: its steps by hand, in words, on the days it calls for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import time_machine
from typer.testing import CliRunner

from cchc.clock import ZONE
from pipelines.cli import make_app
from pipelines.cli.known import latest_round
from pipelines.cli.rounds import step_text
from pipelines.orchestration.calendar_steps import Step, StepKind, record_step
from tests.assets.world import ROUND, World, report, world
from warehouse.publishing import round_state


@pytest.fixture
def home(tmp_path: Path) -> Iterator[World]:
    """A home into which one report of 2024-Q3 was sent."""
    with world(tmp_path) as made:
        made.send(report(tmp_path, "pho-minh", 1), "pho-minh")
        yield made


def called(made: World, *arguments: str) -> tuple[int, str]:
    """Return exit code and output of a call."""
    app = make_app(("rounds", "main"))
    result = CliRunner().invoke(app, arguments, env={"CCHC_HOME": str(made.settings.home)}, catch_exceptions=False)
    return result.exit_code, result.output


@pytest.mark.parametrize("kind", list(StepKind))
def test_every_step_has_words(kind: StepKind) -> None:
    """No step the calendar can call for is without a name in Vietnamese."""
    assert step_text(kind) not in ("", kind.value)


def test_today_does_what_is_due_once(home: World) -> None:
    """The day after the close everything is done and said; a second call finds nothing to do."""
    with time_machine.travel(datetime(2024, 9, 26, 9, tzinfo=ZONE), tick=False):
        listed = called(home, "rounds", "today", "--dry-run")
        done = called(home, "rounds", "today")
        again = called(home, "rounds", "today")

    for word in ("khóa kỳ", "tổng hợp kết quả", "soạn bản thảo"):
        assert f"{ROUND}: {word}" in listed[1]
        assert f"{ROUND}: {word}" in done[1]
    assert (listed[0], done[0]) == (0, 0)
    assert again == (0, "Hôm nay lịch không có việc gì.\n")
    assert round_state(home.house.engine, ROUND) == "closed"


def test_status_shows_the_round_in_which_something_arrived(home: World) -> None:
    """A later round that only the calendar has touched does not stand before the one with reports."""
    with time_machine.travel(datetime(2024, 12, 31, 23, 59, tzinfo=ZONE), tick=False):
        record_step(home.house.engine, Step(StepKind.CLOSE, latest_round(home.house.engine).next()), home.house.now())  # type: ignore[union-attr]

        code, output = called(home, "status")

    assert (code, f"Sổ theo dõi {ROUND}" in output) == (0, True)


def test_a_round_nobody_reports_in_is_said_so(home: World) -> None:
    """After the merger there is no empty table but a sentence."""
    code, output = called(home, "status", "--round", "2026-Q4")

    assert (code, "không có đơn vị nào" in output, "Sổ theo dõi" in output) == (0, True, False)


@pytest.mark.parametrize("year", ["1990", "2131", "0", "99999"])
def test_a_year_outside_the_calendar_is_a_wrong_call(home: World, year: str) -> None:
    """The calendar shows no days that nobody has set."""
    assert called(home, "rounds", "list", "--year", year)[0] == 2


def test_dates_are_whole_on_a_narrow_terminal(home: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """No digit of a day is cut off where there is little room."""
    from pipelines.cli import rounds

    monkeypatch.setattr(rounds.out, "width", 80)

    assert "…" not in called(home, "rounds", "list", "--year", "2024")[1]


def test_rates_by_ward(home: World) -> None:
    """Each ward's share of the past rounds is shown; a round that is not due yet counts for nobody."""
    with time_machine.travel(datetime(2024, 9, 20, 9, tzinfo=ZONE), tick=False):
        code, output = called(home, "rounds", "wards", "--year", "2024")

    (minh,) = [line for line in output.splitlines() if "Phổ Minh" in line]
    (an,) = [line for line in output.splitlines() if "Phổ An" in line]
    assert code == 0
    assert ("33%" in minh, "33%" in an) == (True, False)
    assert "2024-Q1, 2024-Q2, 2024-Q3" in output and "2024-Q4" not in output
