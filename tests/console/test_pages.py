"""Board, ward pages, search, comparison and ranking."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from catalogue.figures import figure_definitions
from console.charts import line
from console.sentences import parts
from parsers.document import Place
from tests.console.desk import ROUND, WARD, Desk, load, word_report
from tests.warehouse import made
from warehouse.scores.asked import record_asked


class TestBoard:
    def test_says_what_to_do_next_with_a_button(self, waiting: Desk) -> None:
        """The board counts what waits and leads to it."""
        page = waiting.browser("clerk").get(f"/round/{ROUND}").text

        assert "2 việc chờ anh chị quyết định: 0 lỗi, 2 số liệu đọc chưa chắc." in page
        assert f'<a class="button main" href="/review/{ROUND}">' in page

    def test_upload_needs_a_file_and_a_right(self, waiting: Desk) -> None:
        """A form without a file is answered with a sentence; a viewer sees no form."""
        browser = waiting.browser("clerk")

        answer = browser.post(f"/round/{ROUND}/upload", {})

        assert "Hãy chọn ít nhất một tệp." in answer.text
        assert 'type="file"' not in waiting.browser("viewer").get(f"/round/{ROUND}").text

    def test_head_closes_and_opens(self, waiting: Desk) -> None:
        """The head closes a round and opens it again."""
        browser = waiting.browser("head")

        browser.post(f"/round/{ROUND}/close", {"to": "closed"})
        assert "Đã khóa." in browser.get(f"/round/{ROUND}").text
        browser.post(f"/round/{ROUND}/close", {"to": "open"})
        assert "Đã khóa." not in browser.get(f"/round/{ROUND}").text

    def test_speaks_english_by_a_switch(self, desk: Desk) -> None:
        """The switch holds for the session."""
        browser = desk.browser("clerk")

        browser.post("/language", {"language": "en", "back": f"/round/{ROUND}"})

        assert "What to do next" in browser.get(f"/round/{ROUND}").text


class TestWard:
    def test_every_figure_with_its_sentence_and_line(self, waiting: Desk) -> None:
        """A ward's page shows each figure with its sentence, and a line where two rounds are known."""
        made.take_in(waiting.engine, made.reading(WARD, "2023-Q2", {"dossiers_received": 251}))

        page = waiting.browser("viewer").get(f"/ward/{WARD}/{ROUND}").text

        assert "Trong kỳ tiếp nhận <mark>276</mark> hồ sơ" in page
        assert 'aria-label="2023-Q2: 251; 2023-Q3: 276; "' in page

    def test_the_number_meant_is_marked(self, desk: Desk) -> None:
        """Where digits stand twice in a sentence the page marks those that were read, wherever it shows them."""
        said = "Còn 6 hồ sơ của kỳ trước, nhận 276 hồ sơ, trễ 6 hồ sơ."
        reading, document = word_report({"dossiers_received": ("276", 0.5), "dossiers_late": ("6", 0.5)}, sentence=said)
        late = replace(reading.printings[1], place=Place(1, said.rindex("6"), said.rindex("6") + 1))
        load(desk, (replace(reading, printings=(reading.printings[0], late)), document))
        browser = desk.browser("clerk")

        shown = {
            path: "nhận 276 hồ sơ, trễ <mark>6</mark> hồ sơ" in browser.get(path).text
            for path in (
                f"/ward/{WARD}/{ROUND}",
                f"/place/{ROUND}/{WARD}/dossiers_late",
                f"/review/{ROUND}/{WARD}/dossiers_late",
            )
        }

        assert set(shown.values()) == {True}, shown

    def test_figure_in_its_place(self, waiting: Desk) -> None:
        """A figure's page marks it in its passage; one the report does not print is no page."""
        browser = waiting.browser("viewer")

        assert '<mark id="box">270</mark>' in browser.get(f"/place/{ROUND}/{WARD}/dossiers_resolved").text
        assert browser.get(f"/place/{ROUND}/{WARD}/staff_total").status_code == 404

    def test_side_by_side(self, waiting: Desk) -> None:
        """Two wards stand beside each other, what one does not print as a dash."""
        load(waiting, word_report({"dossiers_received": ("270", 0.99)}, ward="pho-chau", file=3))
        asked = f"/compare?a_ward={WARD}&a_round={ROUND}&b_ward=pho-chau&b_round={ROUND}"

        page = waiting.browser("viewer").get(asked).text

        row = re.search(r"<tr><th scope=\"row\">Hồ sơ đã giải quyết.*?</tr>", page, re.DOTALL)
        assert row is None or "–" in row[0]
        assert f"/place/{ROUND}/pho-chau/dossiers_received" in page


class TestSearch:
    def test_with_and_without_marks(self, waiting: Desk) -> None:
        """Words without marks find any, words with marks only themselves, quotes keep words together."""
        browser = waiting.browser("viewer")

        found = {
            words: "Số câu tìm thấy: 1." in browser.get(f"/search?q={words}").text
            for words in ("tiep nhan", "tiếp nhận", "tiệp", '"da giai quyet"', '"quyet giai"', "")
        }

        assert found == {
            "tiep nhan": True,
            "tiếp nhận": True,
            "tiệp": False,
            '"da giai quyet"': True,
            '"quyet giai"': False,
            "": False,
        }

    def test_parts_of_a_question(self) -> None:
        """đ counts as a mark; quotes of both kinds keep words together."""
        assert parts("Đã xong “trước hạn” som") == ["đã", "xong", "trước hạn", "som"]


class TestStanding:
    def test_from_table_to_sentence_in_three_clicks(self, waiting: Desk) -> None:
        """The table leads to a ward's place, and that to where each figure stands."""
        load(waiting, word_report({"dossiers_received": ("276", 0.99), "dossiers_resolved": ("270", 0.99)}, file=9))
        browser = waiting.browser("viewer")

        table = browser.get(f"/ranking/{ROUND}").text
        place = browser.get(f"/ranking/{ROUND}/{WARD}").text
        [*links] = re.findall(rf'href="(/place/{ROUND}/{WARD}/\w+)"', place)

        assert f'href="/ranking/{ROUND}/{WARD}"' in table
        assert links
        assert browser.get(links[0]).status_code == 200

    def test_totals_say_whom_they_cover_and_the_ranking_how_it_came_about(self, waiting: Desk) -> None:
        """A total of one ward of fifteen stands in brackets with its coverage; the ranking lists what is required."""
        load(waiting, word_report({"dossiers_received": ("276", 0.99), "dossiers_resolved": ("270", 0.99)}, file=9))
        browser = waiting.browser("viewer")

        totals = browser.get(f"/totals/{ROUND}").text
        table = browser.get(f"/ranking/{ROUND}").text

        assert '<td class="n">(276)</td><td class="n">1/15</td>' in totals
        assert "chưa đủ 80% số đơn vị nên không phải số của toàn" in totals
        assert f'href="/totals/{ROUND}"' in table
        assert "Số liệu mà báo cáo phải nêu" in table
        assert "thì chấm 0 điểm" in table

    def test_a_ward_that_was_asked_is_seen_at_once(self, waiting: Desk) -> None:
        """The ranking follows from whom was asked too: that alone changes what a gap is worth."""
        load(waiting, word_report({"dossiers_received": ("276", 0.99), "dossiers_resolved": ("270", 0.99)}, file=9))
        browser = waiting.browser("viewer")
        before = browser.get(f"/ranking/{ROUND}").text

        record_asked(waiting.engine, ROUND, WARD, "Lê Thị Hoa", "điện thoại", waiting.moment)

        assert browser.get(f"/ranking/{ROUND}").text != before

    def test_what_if_is_shown_and_not_kept(self, waiting: Desk) -> None:
        """Another figure gives another result beside the official one, and leaves everything as it was."""
        browser = waiting.browser("viewer")
        before = browser.get(f"/ranking/{ROUND}").text
        asked = f"/ranking/{ROUND}/what-if?try=1&ward={WARD}&figure=dossiers_resolved&value=5"

        page = browser.get(asked).text

        assert "Hạng nếu đổi" in page
        assert browser.get(f"/ranking/{ROUND}").text == before


class TestCharts:
    def test_one_value_is_no_line(self) -> None:
        """A line needs two known values; what is not known in between is left out."""
        from decimal import Decimal

        assert line([("2023-Q1", Decimal(1)), ("2023-Q2", None)]) is None
        drawn = line([("2023-Q1", Decimal(10)), ("2023-Q2", None), ("2023-Q3", Decimal(20))])
        assert drawn is not None
        assert [(p.label, p.y > drawn.points[1].y) for p in drawn.points] == [("2023-Q1", True), ("2023-Q3", False)]


def test_the_dictionary_answers_in_the_language_of_the_page(desk: Desk) -> None:
    """Words, with or without marks, find figures with their source form; without words every figure is listed."""
    browser = desk.browser("viewer")

    found = browser.get("/dictionary?q=han+chuacotrongtudien").text
    late = browser.get("/dictionary?q=tre han").text
    everything = browser.get("/dictionary").text

    assert "Số mục: 0." in found
    assert "<td>Hồ sơ giải quyết quá hạn/trễ hạn (số lượng, trong kỳ báo cáo)</td>" in late
    assert "Biểu số II.06, Thông tư 01/2020/TT-VPCP" in late
    assert f"Số mục: {len(figure_definitions())}." in everything
    browser.post("/language", {"language": "en", "back": "/dictionary"})
    english = html.unescape(browser.get("/dictionary?q=late+dossiers").text)
    assert "Dossiers resolved after the deadline (number, the round's period)" in english
