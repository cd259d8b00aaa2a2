"""The scorecard in a form: checked, its effect shown, kept as a new version of the office's own."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from catalogue.offices import current_folder
from catalogue.scorecards import load_scorecard
from console import cards
from tests.console.desk import Desk

PAGE = "/scorecard"


class TestScorecard:
    def test_effect_is_shown_and_nothing_kept(self, waiting: Desk) -> None:
        """A changed weight shows what it would do to the last round; the card stays."""
        head = waiting.browser("head")
        before = load_scorecard()

        page = head.post(PAGE, {"points.timeliness": "15", "begins": "2026-01-01"}, page=PAGE).text

        assert "timeliness · points: 10 → 15" in page
        assert "Hạng nếu đổi" in page
        assert load_scorecard() == before

    def test_targets_by_quarter_floors_and_bands(self, waiting: Desk) -> None:
        """Every number of a criterion that the form offers reaches the card: none is taken and passed over."""
        given = cards.numbers_of("mac-dinh")
        paths = {path.split(".")[0] for numbers in given.values() for path in numbers}
        changes = {"plan_completion": {"target.2": Decimal(45)}, "on_time": {"floor": Decimal(75)}}

        made = cards.draft("mac-dinh", changes, date(2026, 1, 1), "").card

        plan, on_time = made.criterion("plan_completion"), made.criterion("on_time")
        assert plan is not None
        assert on_time is not None
        assert plan.rule.full_at == (25, 45, 75, 100)  # type: ignore[union-attr]
        assert set(on_time.rule.zero_at) == {75}  # type: ignore[union-attr]
        assert {"points", "target", "floor", "full_at", "zero_at"} <= paths
        page = waiting.browser("head").get(PAGE).text
        assert all(f'name="{path}.{code}"' in page for code, numbers in given.items() for path in numbers)

    def test_what_cannot_be_is_told_and_stays_typed(self, waiting: Desk) -> None:
        """A weight that is no number is refused in a sentence and stays in its field."""
        answer = waiting.browser("head").post(PAGE, {"points.timeliness": "mười", "begins": "2026-01-01"}, page=PAGE)

        assert answer.status_code == 422
        assert "mười" in answer.text

    def test_taken_over_as_a_version_of_the_offices_own(self, waiting: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        """The head keeps it: the version before ends the day before, the new one holds from its day."""
        own = waiting.settings.home / "office"
        shutil.copytree(current_folder(), own)
        monkeypatch.setenv("CCHC_OFFICE", str(own))
        head = waiting.browser("head")
        fields: dict[str, str | list[str]] = {
            "points.timeliness": "15", "begins": "2026-01-01", "source": "QĐ 12", "keep": "yes",
        }  # fmt: skip
        former = load_scorecard()

        answer = head.post(PAGE, fields, page=PAGE)

        assert answer.status_code == 303, answer.text
        now = load_scorecard()
        criterion = now.criterion("timeliness")
        assert criterion is not None
        assert (criterion.points, now.source, now.valid_from.isoformat()) == (15, "QĐ 12", "2026-01-01")
        assert now.version != former.version
        assert len(list(Path(own / "scorecards").glob("*.yaml"))) == 2

    def test_clerk_changes_nothing(self, waiting: Desk) -> None:
        """Who may not set cards sees the card and changes none."""
        clerk = waiting.browser("clerk")

        assert clerk.get(PAGE).status_code == 200
        assert clerk.post(PAGE, {"begins": "2026-01-01"}, page=PAGE).status_code == 403
