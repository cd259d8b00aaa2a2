from __future__ import annotations

import pytest

from parsers.document import Box, Page
from parsers.readers.common.furniture import without_furniture
from parsers.readers.common.printed import PrintedLine, PrintedPage, Token, line_of, running_text_of, split
from parsers.readers.pdf.textlayer import Objects, verdict
from tests.readers.builders import to_tcvn3

GOOD = "Trong quý, phường tiếp nhận 1.312 hồ sơ, đã giải quyết 1.281 hồ sơ đúng hạn theo quy định của pháp luật"
BARE = "Trong quy, phuong tiep nhan 1.312 ho so, da giai quyet 1.281 ho so dung han theo quy dinh cua phap luat"
GARBLED = "Tr{ng qzy phwbng tixp nhqn hf sj dx gixj qvyft hf sj djng hbn thfo qzy djnh cxa phbp lzzt nhb nwbc"
PICTURE = Objects(covered=0.98, dpi=200.0)


def line(text: str, top: float = 100.0, left: float = 80.0, gap: float = 3.0) -> PrintedLine:
    """Return a line of 12 pt, six points a character."""
    tokens, x = [], left
    for word in text.split():
        tokens.append(Token(word, Box(x, top, x + 6 * len(word), top + 12)))
        x += 6 * len(word) + gap
    return line_of(tokens)


def page(number: int, *lines: PrintedLine) -> PrintedPage:
    return PrintedPage(Page(number, 595, 842), list(lines))


class TestVerdict:
    @pytest.mark.parametrize(
        ("text", "drawn", "expected"),
        [
            (GOOD, Objects(), "good"),
            (GOOD, PICTURE, "good"),
            (BARE, Objects(), "good"),
            (BARE, PICTURE, "damaged"),
            (GARBLED, Objects(), "damaged"),
            (to_tcvn3(GOOD), Objects(), "good"),
            ("3", PICTURE, "no_text"),
            ("", Objects(paths=400), "no_text"),
            ("", Objects(), "blank"),
        ],
    )
    def test_each_page_is_read_the_way_it_needs(self, text, drawn, expected):
        """Text is believed unless it is impossible, or bare of marks over a picture."""
        assert verdict([line(text)] if text else [], drawn) == expected

    def test_page_is_judged_line_by_line(self):
        """A page whose first lines are good is read from its picture where a fifth of its lines is no Vietnamese."""
        good, garbled = [line(GOOD, 100 + 20 * n) for n in range(8)], [line(GARBLED, 300 + 20 * n) for n in range(3)]

        assert verdict([*good, *garbled], Objects()) == "damaged"
        assert verdict([*good, garbled[0]], Objects()) == "good"


class TestFurniture:
    def test_page_number_nearest_the_edge_goes_alone(self):
        """Of two lone numbers that could be the page's, only the one at the edge of the paper is."""
        pages = [page(2, line("2", 30), line("2", 80), line(GOOD, 200))]

        without_furniture(pages)

        assert [item.text for item in pages[0].lines] == ["2", GOOD]

    def test_number_out_of_step_stays_unless_it_counts(self):
        """A lone number at the edge that is not the sheet's stays, unless the next page counts on from it."""
        alone, counting = [page(1, line("316", 30))], [page(n, line(str(n + 4), 30), line(GOOD, 200)) for n in (1, 2)]

        without_furniture(alone)
        without_furniture(counting)

        assert [item.text for item in alone[0].lines] == ["316"]
        assert [item.text for p in counting for item in p.lines] == [GOOD, GOOD]

    def test_number_in_the_middle_of_the_page_stays(self):
        """A lone number between paragraphs is never furniture."""
        pages = [page(2, line("2", 400))]

        without_furniture(pages)

        assert pages[0].lines


class TestLines:
    def test_wide_gap_cuts_but_not_behind_a_mark(self):
        """A wide gap parts two texts; behind a number or bullet it is only a tab."""
        wide = line_of([*line("Số: 45").tokens, *line("Hoa Mai", left=300).tokens])
        tab = line_of([*line("I.").tokens, *line("TÌNH HÌNH", left=140).tokens])

        assert [part.text for part in split(wide)] == ["Số: 45", "Hoa Mai"]
        assert [part.text for part in split(tab)] == ["I. TÌNH HÌNH"]

    @pytest.mark.parametrize(
        ("first", "second", "joined"),
        [
            ("số 05/KH-", "UBND ngày", "số 05/KH-UBND ngày"),
            ("ngày 10/3/", "2022 của", "ngày 10/3/2022 của"),
            ("giai đoạn 2021 -", "2025", "giai đoạn 2021 - 2025"),
            ("đã giải quyết", "312 hồ sơ", "đã giải quyết 312 hồ sơ"),
            ("đạt 97,64%", "số hồ sơ", "đạt 97,64% số hồ sơ"),
            ("trong năm 2023.", "312 hồ sơ", "trong năm 2023. 312 hồ sơ"),
        ],
    )
    def test_line_ends_are_blanks_where_they_were(self, first, second, joined):
        """Only right behind a hyphen or slash against letters or digits nothing stood at the line end."""
        text, words = running_text_of([(line(first), 1), (line(second), 2)])

        assert text == joined
        assert [text[w.start : w.end] for w in words] == first.split() + second.split()
        assert [w.page for w in words] == [1] * len(first.split()) + [2] * len(second.split())
