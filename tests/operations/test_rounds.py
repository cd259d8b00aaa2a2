"""The calendar of the rounds: what ships is right, and a mistake names its line."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.roundfile import load_calendar
from catalogue.rounds import Round, parse_round, round_of_day, rounds_of_year
from catalogue.source import shipped
from cchc.errors import CatalogueError

SHIPPED = shipped("rounds.yaml").read_text(encoding="utf-8")


class TestCalendar:
    def test_third_quarter(self) -> None:
        """The third round of 2023 covers 15/6–14/9, is due on 15/9, and its days stand around that."""
        found = parse_round("2023-Q3")

        assert (found.window_start, found.window_end) == (date(2023, 6, 15), date(2023, 9, 14))
        assert (found.opens, found.due, found.closes) == (date(2023, 8, 31), date(2023, 9, 15), date(2023, 9, 25))
        assert found.reminders == (date(2023, 9, 8), date(2023, 9, 13))
        assert found.chases == (date(2023, 9, 16), date(2023, 9, 20))

    @given(st.integers(2015, 2040), st.integers(1, 4))
    def test_order_of_days(self, year: int, number: int) -> None:
        """In every round: opens, reminders, due, chases, close follow one another."""
        found = Round(year, number)
        days = [found.opens, *found.reminders, found.due, *found.chases, found.closes]

        assert days == sorted(days)
        assert found.window_start < found.window_end < found.due

    @given(st.dates(date(2015, 1, 1), date(2040, 1, 1)))
    def test_every_day_has_one_round(self, day: date) -> None:
        """The round of a day is the first whose window has not ended."""
        found = round_of_day(day)

        assert day <= found.window_end
        assert found.previous().window_end < day

    def test_year_ahead(self) -> None:
        """The four rounds of a year stand in order of their due dates."""
        year = rounds_of_year(2024)

        assert [r.label for r in year] == ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"]
        assert all(later.due - earlier.due > timedelta(days=60) for earlier, later in pairwise(year))


class TestFile:
    def test_override_holds_for_its_round_only(self, tmp_path: Path) -> None:
        """A round's own setting goes before the general one, and only there."""
        text = SHIPPED.replace("overrides: {}", "overrides:\n  2023-Q3: {due: 2023-09-20, grace_days: 3}")
        (tmp_path / "rounds.yaml").write_text(text, encoding="utf-8")

        loaded = load_calendar(tmp_path / "rounds.yaml")

        assert loaded.setting("2023-Q3", "due") == date(2023, 9, 20)
        assert (loaded.setting("2023-Q3", "grace_days"), loaded.setting("2023-Q4", "grace_days")) == (3, 10)

    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ("grace_days: 10", "grace_days: ten", r"rounds.yaml:\d+: 'grace_days' is 'ten'; give a whole number"),
            ("remind_days: [7, 2]", "remind_days: 7", r"rounds.yaml:\d+: 'remind_days' is 7; give a list"),
            ("chase_days", "chase_dayz", r"'chase_days' is None; give a list"),
            ("overrides: {}", "overrides: {2023-Q3: {due: soon}}", r"'due' is 'soon'; write the day"),
            ("overrides: {}", "overrides: {2023-Q3: {window: 1}}", r"'window' is 1; this cannot be set"),
            ("overrides: {}", "overrides: {2023-Q3: }", "settings of '2023-Q3' are missing"),
            ("  4: {", "  5: {", "rounds 1 to 4 are needed"),
            ("[2022] ", "2022 ", r"rounds.yaml:\d+: .years. needs a first and a last"),
        ],
    )
    def test_mistakes_name_their_place(self, old: str, new: str, message: str, tmp_path: Path) -> None:
        """A wrong calendar is refused with file, line, what was found and what is expected."""
        assert old in SHIPPED
        (tmp_path / "rounds.yaml").write_text(SHIPPED.replace(old, new), encoding="utf-8")

        with pytest.raises(CatalogueError, match=message):
            load_calendar(tmp_path / "rounds.yaml")
