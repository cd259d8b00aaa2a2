"""The review: what is shown, what is recorded, and that nothing typed is lost."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from httpx import Response

from tests.console.desk import ROUND, SENTENCE, WARD, Browser, Desk, load, paged_report, word_report
from tests.warehouse import made
from warehouse import queries, review
from warehouse.people.acts import acts
from warehouse.rows import FigureRow

FIRST, SECOND = "dossiers_received", "dossiers_resolved"


def path_of(name: str, ward: str = WARD) -> str:
    """Return the page of an item."""
    return f"/review/{ROUND}/{ward}/{name}"


def seen(desk: Desk, name: str) -> str:
    """Return what a form says was seen of an item."""
    item = review.item_named(desk.engine, ROUND, WARD, name)
    assert item is not None
    return f"{item.seen.report_id}:{item.seen.decision_id}"


def send(desk: Desk, browser: Browser, name: str, action: str, **fields: str) -> Response:
    """Decide something by the form of its page."""
    fields.setdefault("seen", seen(desk, name))
    sent: dict[str, str | list[str]] = {"action": action, **fields}
    return browser.post(path_of(name), sent, page=path_of(name))


def figure(desk: Desk, code: str) -> FigureRow:
    """Return a figure as it counts."""
    return next(row for row in queries.figures_long(desk.engine, ROUND, WARD) if row.figure == code)


def faults(answer: Response) -> list[str]:
    """Return the faults a page tells."""
    return re.findall(r'class="fault"[^>]*>([^<]+)', answer.text)


class TestDeciding:
    def test_accept_goes_to_the_next(self, waiting: Desk) -> None:
        """Accepting records the person's name, what they looked at, and an act, and shows the next item."""
        answer = send(waiting, waiting.browser("clerk"), FIRST, "accept")

        [row] = queries.decisions(waiting.engine, ROUND)
        assert (row.kind, row.decided_by, row.figure) == ("accept", "Nguyễn Thị Lan", FIRST)
        assert row.reason == "đã đối chiếu văn bản báo cáo: đúng như in"
        assert (figure(waiting, FIRST).status, figure(waiting, FIRST).value) == ("entered", Decimal(276))
        assert answer.headers["location"] == path_of(SECOND)
        assert acts(waiting.engine)[0].detail["item"] == FIRST

    @pytest.mark.parametrize(("typed", "value"), [("286", 286), ("1.286", 1286), ("286 ", 286)])
    def test_correction_is_read_as_people_write(self, waiting: Desk, typed: str, value: int) -> None:
        """A value typed in the Vietnamese way is what counts from then on."""
        send(waiting, waiting.browser("clerk"), FIRST, "enter", value=typed)

        assert (figure(waiting, FIRST).value, figure(waiting, FIRST).printed) == (value, 276)

    def test_what_is_no_number_comes_back_with_its_field(self, waiting: Desk) -> None:
        """A value that cannot be is refused in a sentence, stays in its field, and records nothing."""
        answer = send(waiting, waiting.browser("clerk"), FIRST, "enter", value="hai trăm mấy")

        assert "hai trăm mấy" in faults(answer)[0]
        assert 'name="value" inputmode="decimal" data-digits value="hai trăm mấy"' in answer.text
        assert queries.decisions(waiting.engine, ROUND) == []

    def test_reject_and_undo(self, waiting: Desk) -> None:
        """Undoing shows the item again, and what was decided counts no more."""
        browser = waiting.browser("clerk")
        send(waiting, browser, FIRST, "reject")
        assert figure(waiting, FIRST).status == "blocked"
        waiting.pass_time(seconds=5)

        answer = browser.post(f"/review/{ROUND}/undo", {}, page=path_of(SECOND))

        assert answer.headers["location"] == path_of(FIRST)
        assert figure(waiting, FIRST).status == "waiting"
        assert [d.kind for d in queries.decisions(waiting.engine, ROUND)] == ["reject", "reopen"]

    def test_undo_is_of_ones_own(self, waiting: Desk) -> None:
        """Nobody undoes what another decided by this key."""
        send(waiting, waiting.browser("clerk"), FIRST, "accept")

        answer = waiting.browser("head").post(f"/review/{ROUND}/undo", {}, page=path_of(SECOND))

        assert "Anh chị chưa quyết định gì" in faults(answer)[0]
        assert figure(waiting, FIRST).status == "entered"

    def test_putting_off_settles_nothing(self, waiting: Desk) -> None:
        """What is put off comes after everything else."""
        answer = send(waiting, waiting.browser("clerk"), FIRST, "defer")

        assert answer.headers["location"] == path_of(SECOND)
        assert [i.name for i in review.queue(waiting.engine, ROUND)] == [SECOND, FIRST]
        assert queries.decisions(waiting.engine, ROUND) == []

    def test_group_is_accepted_after_it_was_shown(self, waiting: Desk) -> None:
        """One key settles the figures of a place; a figure that was not shown is not settled."""
        browser = waiting.browser("clerk")
        shown = browser.get(path_of(FIRST)).text
        members = re.findall(r'name="member" value="([^"]+)"', shown)
        assert [m.split("=")[0] for m in members] == [FIRST, SECOND]

        browser.post(path_of(FIRST), {"action": "group", "member": members}, page=path_of(FIRST))

        assert [d.figure for d in queries.decisions(waiting.engine, ROUND)] == [FIRST, SECOND]
        assert review.queue(waiting.engine, ROUND) == []

    def test_proposal_is_taken_over_with_its_proof_shown(self, desk: Desk) -> None:
        """A finding's proposal stands on the screen with why, and one key takes it over."""
        fault = made.finding(severity="error", proposal=286)
        load(desk, word_report({FIRST: ("276", 0.99)}), (fault,))
        browser = desk.browser("clerk")

        page = browser.get(path_of(fault.key)).text
        send(desk, browser, fault.key, "propose", figure=FIRST, other="286")

        assert "theo câu khác" in page
        assert (figure(desk, FIRST).value, figure(desk, FIRST).status) == (286, "entered")
        assert [f.state for f in queries.findings(desk.engine, ROUND, open_only=False)] == ["resolved"]


class TestTwoPeople:
    def test_second_is_told_and_keeps_what_was_typed(self, waiting: Desk) -> None:
        """Whoever is second reads who was first, sees their own value again, and records nothing."""
        clerk, head = waiting.browser("clerk"), waiting.browser("head")
        state = seen(waiting, FIRST)
        token = clerk.token(path_of(FIRST))
        send(waiting, head, FIRST, "accept")

        fields: dict[str, str | list[str]] = {"action": "enter", "value": "999", "seen": state}
        answer = clerk.post(path_of(FIRST), fields, token=token)

        assert "Phạm Văn Hùng vừa quyết định việc này" in faults(answer)[0]
        assert "Anh chị đã nhập: 999" in faults(answer)[0]
        assert [d.decided_by for d in queries.decisions(waiting.engine, ROUND)] == ["Phạm Văn Hùng"]

    def test_two_are_given_different_things(self, waiting: Desk) -> None:
        """Who begins while another looks at the first item gets the second."""
        first = waiting.browser("clerk").get(f"/review/{ROUND}").headers["location"]
        second = waiting.browser("head").get(f"/review/{ROUND}").headers["location"]

        assert (first, second) == (path_of(FIRST), path_of(SECOND))


class TestShowing:
    def test_word_passage_marks_the_number(self, waiting: Desk) -> None:
        """A Word report shows its headings and the passage with the number marked."""
        page = waiting.browser("viewer").get(path_of(FIRST)).text

        assert '<mark id="box">276</mark>' in page
        assert "II. Kết quả" in page
        assert 'name="action"' not in page

    def test_page_has_the_box_in_percent(self, desk: Desk) -> None:
        """A PDF shows its page's picture with a box on the number, and marking offers every number of the page."""
        load(desk, paged_report({FIRST: ("276", 0.5)}))
        browser = desk.browser("clerk")

        page = browser.get(path_of(FIRST)).text
        offered = browser.get(f"/review/{ROUND}/{WARD}/mark?page=1").text

        [box] = re.findall(r'class="box" id="box" x="([\d.]+)%" y="([\d.]+)%"', page)
        start = SENTENCE.index("276")
        assert float(box[0]) == pytest.approx(100 * (50 + 5 * start) / 595, abs=0.5)
        assert float(box[1]) == pytest.approx(100 * 100 / 842, abs=0.5)
        assert len(re.findall(r'class="number"', offered)) == 3

    def test_text_of_reports_is_never_markup(self, desk: Desk) -> None:
        """HTML in a report's text and in a file's name is shown as it is written."""
        sentence = "Tiếp nhận 276 hồ sơ <script>alert(1)</script><img src=x onerror=alert(2)>"
        load(desk, word_report({FIRST: ("276", 0.5)}, sentence=sentence))

        page = desk.browser("clerk").get(path_of(FIRST)).text

        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;alert(1)" in page

    def test_reason_of_doubt_and_the_other_value_are_the_judges(self, desk: Desk) -> None:
        """Why a figure is not sure is said in words, and the value printed elsewhere is one key away."""
        reading, document = word_report({FIRST: ("276", 0.5)})
        doubted = replace(reading.printings[0], doubt="two_values", rival=Decimal(286))
        load(desk, (replace(reading, printings=(doubted,)), document))
        browser = desk.browser("clerk")

        page = browser.get(path_of(FIRST)).text
        send(desk, browser, FIRST, "enter", figure=FIRST, other="286")

        assert "Báo cáo ghi số liệu này hai lần khác nhau: 276 và 286." in page
        assert re.search(r'name="other" value="286".*?data-key="p"', page, re.DOTALL)
        assert figure(desk, FIRST).value == 286

    def test_earlier_rounds_of_the_figure_stand_beside_it(self, waiting: Desk) -> None:
        """The same figure in earlier rounds is shown with its round."""
        earlier = made.reading(WARD, "2023-Q1", {FIRST: 251})
        made.take_in(waiting.engine, earlier)

        page = waiting.browser("clerk").get(path_of(FIRST)).text

        assert re.search(r"2023-Q1</th><td class=\"n\">251<", page)

    def test_part_of_the_page_for_the_script(self, waiting: Desk) -> None:
        """The script gets the next item alone, with the path to show in the address line."""
        browser = waiting.browser("clerk")
        token = browser.token(path_of(FIRST))
        fields: dict[str, str | list[str]] = {"action": "accept", "seen": seen(waiting, FIRST)}

        answer = browser.post(path_of(FIRST), fields, token=token, **{"HX-Request": "true"})

        assert "<html" not in answer.text
        assert '<mark id="box">270</mark>' in answer.text
        assert answer.headers["HX-Push-Url"] == path_of(SECOND)


class TestMarking:
    def test_missed_figure_is_added_with_its_place(self, waiting: Desk) -> None:
        """A number chosen on the page becomes a figure by its Vietnamese name, with page and sentence as the reason."""
        browser = waiting.browser("clerk")
        mark = f"/review/{ROUND}/{WARD}/mark"
        page = browser.get(f"{mark}?number=2").text
        assert 'value="6"' in page

        fields: dict[str, str | list[str]] = {"number": "2", "figure": "Hồ sơ đang giải quyết", "value": "6"}
        browser.post(mark, fields, page=f"{mark}?number=2")

        [row] = queries.decisions(waiting.engine, ROUND)
        assert (row.kind, row.figure, row.value) == ("enter", "dossiers_pending", 6)
        assert SENTENCE in row.reason

    def test_unknown_name_is_answered_with_those_alike(self, waiting: Desk) -> None:
        """A name that fits no single figure is refused with what is spelled like it, and nothing is recorded."""
        browser = waiting.browser("clerk")
        mark = f"/review/{ROUND}/{WARD}/mark"

        fields: dict[str, str | list[str]] = {"number": "2", "figure": "hồ sơ", "value": "6"}
        answer = browser.post(mark, fields, page=f"{mark}?number=2")

        assert "chưa chỉ rõ một số liệu" in faults(answer)[0]
        assert "hồ sơ</dd>" in answer.text
        assert queries.decisions(waiting.engine, ROUND) == []
