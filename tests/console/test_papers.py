"""Papers: who publishes, what is asked before, the added text and the signed copy."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
import pytest

from publications.content import Edition
from publications.district import make_district_report
from publications.gather import gather
from tests.console.desk import ROUND, Desk, load, word_report
from warehouse import publishing
from warehouse.people.acts import acts

PAGE = f"/papers/{ROUND}"


@pytest.fixture
def orders(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Give the orders that pages hand to the worker, which does nothing here."""
    given: list[dict[str, Any]] = []
    monkeypatch.setattr(
        "console.jobs.Jobs.start", lambda _self, job, order, _language: given.append(dict(order)) or job
    )
    return given


class TestPublishing:
    def test_asks_first_and_bears_the_heads_name(
        self, waiting: Desk, orders: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Nothing is published without the tick; then the order names the head and the edition that was looked at."""
        monkeypatch.setattr("console.board.is_stale", lambda *_args: False)
        head = waiting.browser("head")

        page = head.get(PAGE).text
        asked = head.post(f"{PAGE}/publish", {"revision": "0"}, page=PAGE)
        head.post(f"{PAGE}/publish", {"revision": "0", "sure": "yes", "why": "đợt 1"}, page=PAGE)

        assert "Số liệu chờ quyết định: 2. Các số này không được tính." in page
        assert "Công bố lần đầu" in page
        assert asked.status_code == 422
        assert [(o["work"], o["by"], o["expected"]) for o in orders] == [("publish", "Phạm Văn Hùng", 0)]
        assert acts(waiting.engine)[0].kind == "publish"

    def test_drafts_older_than_the_figures_are_not_published(self, waiting: Desk, orders: list[dict[str, Any]]) -> None:
        """A draft older than its figures says so, is made anew by a button, and is not published as it is."""
        head = waiting.browser("head")

        page = head.get(PAGE).text
        answer = head.post(f"{PAGE}/publish", {"revision": "0", "sure": "yes"}, page=PAGE)

        assert "Bản thảo cũ hơn số liệu." in page
        assert f'action="/round/{ROUND}/work/build"' in page
        assert (answer.status_code, orders) == (422, [])

    def test_clerk_sees_no_button(self, waiting: Desk) -> None:
        """Who may not publish is told who does."""
        page = waiting.browser("clerk").get(PAGE).text

        assert "Lãnh đạo công bố." in page
        assert f'action="{PAGE}/publish"' not in page


class TestAddedText:
    def test_stands_in_the_report_and_makes_drafts_old(self, waiting: Desk) -> None:
        """What a person writes stands in the report in place of the line to fill in, until it is taken back."""
        load(waiting, word_report({"dossiers_received": ("276", 0.99)}, ward="pho-chau", file=7))
        clerk = waiting.browser("clerk")
        clerk.post(f"{PAGE}/text", {"body": "Đẩy mạnh hồ sơ trực tuyến.\nTập huấn <b>quý IV</b>."}, page=PAGE)

        content = gather(waiting.engine, ROUND, waiting.moment, Edition(), None)
        lines = [p.text for p in docx.Document(BytesIO(make_district_report(content))).paragraphs]
        page = clerk.get(PAGE).text

        assert content.directions == ("Đẩy mạnh hồ sơ trực tuyến.", "Tập huấn <b>quý IV</b>.")
        assert "Tập huấn <b>quý IV</b>." in lines
        assert "Tập huấn &lt;b&gt;quý IV&lt;/b&gt;." in page
        clerk.post(f"{PAGE}/text", {"body": ""}, page=PAGE)
        assert gather(waiting.engine, ROUND, waiting.moment, Edition(), None).directions == ()


class TestSignedCopy:
    def test_is_kept_with_its_edition(self, waiting: Desk) -> None:
        """The signed scan is archived, listed with its edition, and handed out as it came."""
        paper = publishing.Paper("report", f"{ROUND}/cong-bo/x.docx", "0" * 64)
        publishing.record_publication(waiting.engine, ROUND, [paper], "Phạm Văn Hùng", waiting.moment)
        clerk = waiting.browser("clerk")
        files = {"file": ("../../Bản ký <1>.pdf", b"%PDF-1.7 signed")}

        clerk.client.post(f"{PAGE}/signed", data={"form_token": clerk.token(PAGE), "revision": "0"}, files=files)

        page = clerk.get(PAGE).text
        assert "Bản ký: Bản ký &lt;1&gt;.pdf" in page
        answer = clerk.get(f"{PAGE}/signed/1")
        assert answer.content == b"%PDF-1.7 signed"
        assert answer.headers["content-disposition"].startswith("attachment")
