"""The wards' own door: shut by default, and open to nothing but one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.console.desk import ROUND, WARD, Desk, load, make_desk, word_report
from warehouse import queries
from warehouse.people.acts import acts

OTHER = "Số liệu của đơn vị khác: 999 hồ sơ."


@pytest.fixture
def opened(tmp_path: Path, migrated: Path) -> Desk:
    """Give an office that has opened the door, with reports of two wards."""
    desk = make_desk(tmp_path, migrated, ward_door=True)
    load(desk, word_report({"dossiers_received": ("276", 0.5)}))
    load(desk, word_report({"dossiers_received": ("999", 0.5)}, ward="pho-chau", sentence=OTHER, file=2))
    return desk


class TestDoor:
    def test_is_shut_by_default(self, desk: Desk) -> None:
        """A ward's account alone opens nothing."""
        assert desk.browser("ward").get("/door").status_code == 404

    def test_shows_ones_own_and_nothing_of_others(self, opened: Desk) -> None:
        """A ward sees what was read from its report, and no page of the office."""
        browser = opened.browser("ward")

        page = browser.get("/door").text

        assert "tiếp nhận <mark>276</mark> hồ sơ" in page
        assert "999" not in page
        for path in (f"/round/{ROUND}", f"/ward/{WARD}/{ROUND}", f"/ranking/{ROUND}", "/search?q=999", "/original/2"):
            assert browser.get(path).status_code == 403

    def test_answer_is_kept_and_decides_nothing(self, opened: Desk) -> None:
        """What a ward says of a figure is kept by name for the office; the figure still waits."""
        browser = opened.browser("ward")

        browser.post("/door/confirm", {"item": "dossiers_received", "answer": "286"}, page="/door")
        refused = browser.post("/door/confirm", {"item": "staff_total", "right": "yes"}, page="/door")

        assert "286" in browser.get("/door").text
        assert refused.status_code == 422
        assert [a.detail["answer"] for a in acts(opened.engine) if a.kind == "confirm"] == ["286"]
        assert queries.decisions(opened.engine, ROUND) == []

    def test_report_is_its_own_whatever_the_letterhead_says(
        self, opened: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What a ward sends is taken in as the ward's own, with a receipt."""
        given: list[dict[str, Any]] = []
        monkeypatch.setattr("console.jobs.Jobs.start", lambda _s, job, order, _l: given.append(dict(order)) or job)
        browser = opened.browser("ward")

        answer = browser.client.post(
            "/door/send",
            data={"form_token": browser.token("/door"), "ward": "pho-chau"},
            files={"files": ("bc.docx", b"x")},
        )

        assert (given[0]["ward"], given[0]["round"], given[0]["by"]) == (WARD, ROUND, "Võ Phổ An")
        assert answer.headers["location"].startswith("/door?sent=")
