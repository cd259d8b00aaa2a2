"""Letters that are due: read before they are sent, each once, only to wards with an address."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from cchc.clock import ZONE
from console.jobs import Jobs
from pipelines.settings import MailSettings
from tests.console.desk import ROUND, WARD, Desk, make_desk

PAGE = f"/round/{ROUND}/reminders"
LETTER = f"remind:{ROUND}:{WARD}:2023-09-13"


@pytest.fixture
def late(tmp_path: Path, migrated: Path) -> Desk:
    """Give a page two days before the due date, with one ward's address."""
    desk = make_desk(tmp_path, migrated, mail=MailSettings(enabled=True, senders={"a@example.vn": WARD}))
    desk.moment = datetime(2023, 9, 13, 9, tzinfo=ZONE)
    return desk


class TestReminders:
    def test_shown_before_sent(self, late: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        """The letter stands on the page with its address; only chosen letters that are due are begun."""
        orders: list[object] = []
        monkeypatch.setattr(Jobs, "start", lambda _self, job, order, _language: (orders.append(order), job)[1])
        clerk = late.browser("clerk")

        shown = clerk.get(PAGE).text
        nothing = clerk.post(PAGE, {"letter": "remind:of:another"}, page=PAGE)
        sent = clerk.post(PAGE, {"letter": [LETTER, "remind:of:another"]}, page=PAGE)

        assert f'value="{LETTER}" checked' in shown
        assert "a@example.vn" in shown
        assert (nothing.status_code, sent.status_code) == (422, 303)
        assert orders == [{"work": "remind", "round": ROUND, "letters": [LETTER]}]
