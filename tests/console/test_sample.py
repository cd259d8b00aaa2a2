"""Blind checks on the page: what is shown, what is kept, who switches a class."""

from __future__ import annotations

import pytest

from tests.console.desk import ROUND, Desk, load, paged_report, word_report
from warehouse.acceptance import acceptances
from warehouse.blind_sample import draw, draw_once, to_check
from warehouse.people.acts import acts

PAGE = f"/sample/{ROUND}"


@pytest.fixture
def drawn(desk: Desk) -> Desk:
    """Give a page over an office in which a sure figure of a Word report was drawn."""
    load(desk, word_report({"dossiers_received": ("276", 0.99)}))
    draw(desk.engine, ROUND, desk.moment)
    return desk


class TestSample:
    def test_the_number_is_not_pointed_at_and_an_error_is_said_twice(self, drawn: Desk) -> None:
        """The sentence is marked as a whole; what differs is asked again, kept the second time, and logged."""
        clerk = drawn.browser("clerk")
        [one] = to_check(drawn.engine)

        page = clerk.get(PAGE).text
        once = clerk.post(f"{PAGE}/{one.id}", {"value": "277"}, page=PAGE)
        left = len(to_check(drawn.engine))
        twice = clerk.post(f"{PAGE}/{one.id}", {"value": "277", "again": "yes"}, page=PAGE)
        after = clerk.get(twice.headers["location"]).text

        assert f'<mark id="box">{one.sentence}</mark>' in page
        assert (once.status_code, 'value="277"' in once.text, 'name="again" value="yes"' in once.text) == (
            200,
            True,
            True,
        )
        assert left == 1
        assert "Kỳ này không còn số liệu nào chờ" in after
        assert [a.detail for a in acts(drawn.engine) if a.kind == "blind_check"] == [{"sample": one.id}]
        assert next(c for c in acceptances(drawn.engine) if c.text_class == "digital").is_on is False

    def test_only_who_publishes_switches_a_class_on_again(self, drawn: Desk) -> None:
        """A clerk may not, the head may with a reason."""
        form = {"class": "digital", "on": "", "why": "đọc sai một loại bảng"}

        refused = drawn.browser("clerk").post(f"{PAGE}/switch", form, page=PAGE)
        drawn.browser("head").post(f"{PAGE}/switch", form, page=PAGE)
        off = next(c for c in acceptances(drawn.engine) if c.text_class == "digital")

        assert (refused.status_code, off.is_on) == (403, False)
        assert off.switch is not None
        assert (off.switch.by, off.switch.reason) == ("Phạm Văn Hùng", "đọc sai một loại bảng")

    def test_of_a_page_the_picture_is_shown_and_not_its_text(self, desk: Desk) -> None:
        """Text of a scan is itself read by machine; the box goes around the sentence."""
        load(desk, paged_report({"dossiers_received": ("276", 0.99)}))
        draw(desk.engine, ROUND, desk.moment)

        page = desk.browser("clerk").get(PAGE).text

        assert "<image href=" in page
        assert "276" not in page
        assert 'width="57.1%"' in page


class TestDrawing:
    def test_drawn_once_when_the_round_is_over(self, desk: Desk) -> None:
        """With wards missing nothing is drawn; closing the round draws, and a second time adds nothing."""
        from catalogue.rounds import parse_round

        found = parse_round(ROUND)
        load(desk, word_report({"dossiers_received": ("276", 0.99)}))

        before = draw_once(desk.engine, found, desk.moment)
        desk.browser("head").post(f"/round/{ROUND}/close", {})
        again = draw_once(desk.engine, found, desk.moment, is_over=True)

        assert (before, len(to_check(desk.engine)), again) == (0, 1, 0)
