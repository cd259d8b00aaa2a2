"""The calendar in a form: checked, its effect shown, kept with the one before."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from catalogue.offices import current_folder, office_file
from catalogue.rounds import parse_round
from tests.console.desk import ROUND, Desk
from warehouse.people.acts import acts

PAGE = f"/calendar/{ROUND}"
Fields = dict[str, str | list[str]]


@pytest.fixture
def own(waiting: Desk, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the office a folder of its own."""
    folder = waiting.settings.home / "office"
    shutil.copytree(current_folder(), folder)
    monkeypatch.setenv("CCHC_OFFICE", str(folder))
    return folder


class TestCalendar:
    def test_effect_is_shown_and_nothing_kept(self, waiting: Desk) -> None:
        """An earlier due date says who would be late by it; the calendar stays."""
        before = parse_round(ROUND).due

        page = waiting.browser("head").post(PAGE, {"due": "2023-07-01"}, page=PAGE).text

        assert "15/09/2023 → 01/07/2023" in page
        assert "0 → 1: xã Phổ An" in page
        assert parse_round(ROUND).due == before

    def test_one_round_alone(self, waiting: Desk, own: Path) -> None:
        """A due date for one round changes no other; the file before is kept, the act written down."""
        former = office_file("rounds.yaml").read_text(encoding="utf-8")
        others = [(parse_round(label), parse_round(label).due) for label in ("2022-Q3", "2024-Q3", "2023-Q4")]

        answer = waiting.browser("head").post(PAGE, {"due": "2023-09-20", "keep": "yes"}, page=PAGE)

        assert answer.status_code == 303, answer.text
        assert parse_round(ROUND).due == date(2023, 9, 20)
        assert [(found, found.due) for found, _due in others] == others
        assert (own / "former" / "rounds-1.yaml").read_text(encoding="utf-8") == former
        assert acts(waiting.engine)[0].kind == "calendar"

    def test_later_rounds_too(self, waiting: Desk, own: Path) -> None:
        """A rule for all holds from its round on; a round in use before keeps the days it had."""
        later = "/calendar/2024-Q3"
        fields: Fields = {"due": "2024-09-25", "grace_days": "3", "scope": "all", "keep": "yes"}

        answer = waiting.browser("head").post(later, fields, page=later)

        assert answer.status_code == 303, answer.text
        found = {label: parse_round(label) for label in (ROUND, "2024-Q3", "2025-Q3")}
        assert {label: (one.due, (one.closes - one.due).days) for label, one in found.items()} == {
            ROUND: (date(2023, 9, 15), 10),
            "2024-Q3": (date(2024, 9, 25), 3),
            "2025-Q3": (date(2025, 9, 25), 3),
        }

    @pytest.mark.parametrize(
        "fields",
        [{"window_end": "2023-01-01"}, {"due": "hôm qua"}, {"grace_days": "-1"}, {"remind_days": "7, hai"}],
    )
    def test_what_cannot_be_is_told_and_stays_typed(self, waiting: Desk, fields: Fields) -> None:
        """A window that ends before it begins, and what is no day, is refused in a sentence and stays in its field."""
        answer = waiting.browser("head").post(PAGE, fields, page=PAGE)

        assert answer.status_code == 422
        assert all(str(value) in answer.text for value in fields.values())
