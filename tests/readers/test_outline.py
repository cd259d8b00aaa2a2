from __future__ import annotations

import pytest

from parsers.document import Cell
from parsers.readers.common.blocks import outline
from parsers.readers.common.draft import Draft, Line, joined
from parsers.readers.common.tables import continued, header_rows, with_headers

HEAD = [
    Draft(columns=((Line("ỦY BAN NHÂN DÂN"), Line("XÃ HOA MAI")), (Line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),))),
    Draft(columns=((Line("Số: 45/BC-UBND"),), (Line("Hoa Mai, ngày 12 tháng 9"), Line("năm 2023")))),
]
PROSE = "Trong quý, xã đã tiếp nhận và giải quyết hồ sơ của tổ chức, cá nhân theo đúng quy định. " * 3


def plain(*texts: str) -> list[tuple[str, str]]:
    """Return (kind, text) of the blocks of paragraphs without any look, as in a DOC."""
    return [(b.kind, b.text) for b in outline([Draft(text=t) for t in texts])]


def table(*rows: tuple[str, ...]) -> tuple[Cell, ...]:
    return tuple(Cell(i, j, text) for i, row in enumerate(rows) for j, text in enumerate(row))


class TestHead:
    def test_columns_become_four_blocks(self):
        """Agency, national title, number, and the date joined over its line end."""
        found = [b.text for b in outline([*HEAD, Draft(text="BÁO CÁO"), Draft(text=PROSE)]) if b.kind == "letterhead"]

        assert found == [
            "ỦY BAN NHÂN DÂN\nXÃ HOA MAI",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Số: 45/BC-UBND",
            "Hoa Mai, ngày 12 tháng 9 năm 2023",
        ]

    def test_tabs_part_the_columns(self):
        """A letterhead set with tabs is read by its columns."""
        found = plain(
            "ỦY BAN NHÂN DÂN\t\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Số: 45/BC-UBND\tHoa Mai, ngày 12 tháng 9",
            "BÁO CÁO",
            PROSE,
        )

        assert [t for k, t in found if k == "letterhead"] == [
            "ỦY BAN NHÂN DÂN",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Số: 45/BC-UBND",
            "Hoa Mai, ngày 12 tháng 9",
        ]

    def test_abstract_without_any_look_is_title(self):
        """Without bold or centring, the line under BÁO CÁO and one that goes on in small letters are title."""
        found = plain(
            "BÁO CÁO",
            "Kết quả cải cách hành chính quý III năm 2023",
            "và nhiệm vụ quý IV năm 2023",
            "Căn cứ kế hoạch,",
            PROSE,
        )

        assert [k for k, _t in found] == ["title", "title", "title", "paragraph", "paragraph"]

    def test_report_without_title_keeps_its_text(self):
        """Without the line BÁO CÁO nothing is lost and prose is no letterhead."""
        found = plain("UBND XÃ HOA MAI", "Số: 45/BC-UBND", PROSE, "1. Kết quả", PROSE)

        assert [k for k, _t in found] == ["letterhead", "letterhead", "paragraph", "heading", "paragraph"]

    def test_word_report_in_prose_is_no_title(self):
        """A sentence that begins with the words is prose."""
        found = plain("UBND XÃ HOA MAI", "Báo cáo số 45/BC-UBND ngày 12/9/2023 của xã nêu: " + PROSE)

        assert found[1][0] == "paragraph"


class TestBody:
    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("I. TÌNH HÌNH CHUNG", "heading"),
            ("1. Về cải cách thể chế", "heading"),
            ("2. Kết quả quý III năm 2023:", "heading"),
            ("1. Tổng số hồ sơ tiếp nhận: 316 hồ sơ", "paragraph"),
            ("2. " + PROSE, "paragraph"),
            ("- Đã giải quyết 312 hồ sơ", "item"),
            ("KẾT QUẢ ĐẠT ĐƯỢC", "paragraph"),
            ("Tổng số 316 hồ sơ.", "paragraph"),
        ],
    )
    def test_plain_paragraph_is_named_by_its_words(self, text, kind):
        """Without a look, a labelled short line without counts is a heading, a dash an item, the rest prose."""
        assert plain("BÁO CÁO", "Kết quả", PROSE, text, PROSE)[3][0] == kind

    def test_bold_line_is_a_heading_even_without_number(self):
        """A paragraph all in bold, short and without an end, is a heading."""
        drafts = [
            Draft(text="BÁO CÁO"),
            Draft(text=PROSE),
            Draft(text="Kết quả đạt được", set_apart=True),
            Draft(text=PROSE),
        ]

        assert [b.kind for b in outline(drafts)][2] == "heading"

    def test_automatic_number_is_label_not_text(self):
        """An automatic number stands in the label and not in the text; a typed one in both."""
        auto, typed = outline(
            [Draft(text="Kết quả", label="1.", set_apart=True), Draft(text="2. Hạn chế", set_apart=True)]
        )

        assert (auto.kind, auto.label, auto.text) == ("heading", "1.", "Kết quả")
        assert (typed.kind, typed.label, typed.text) == ("heading", "2.", "2. Hạn chế")

    def test_appendix_follows_the_signature(self):
        """Everything below a title PHỤ LỤC is in the appendix, nothing above it is."""
        drafts = [
            Draft(text="BÁO CÁO"),
            Draft(text=PROSE),
            Draft(columns=((Line("Nơi nhận:"), Line("- Lưu: VT.")), (Line("CHỦ TỊCH"),))),
            Draft(text="PHỤ LỤC", centred=True, set_apart=True),
            Draft(cells=table(("Nội dung", "Số liệu"), ("Hồ sơ", "316")), ruled=True),
        ]

        assert [(b.kind, b.in_appendix) for b in outline(drafts)] == [
            ("title", False),
            ("paragraph", False),
            ("signature", False),
            ("signature", False),
            ("title", True),
            ("table", True),
        ]

    def test_signature_in_plain_lines_ends_the_body(self):
        """A close without columns is signature line by line, up to what is no close."""
        found = plain(
            "BÁO CÁO", "Kết quả", PROSE, "Nơi nhận:", "- UBND thị xã;", "- Lưu: VT.", "CHỦ TỊCH", "Lê Văn Mai"
        )

        assert [k for k, _t in found][3:] == ["signature"] * 5

    def test_receiving_office_is_no_close(self):
        """A sentence that only begins like the list of receivers is prose, and what follows is too."""
        found = plain("BÁO CÁO", "Kết quả", PROSE, "Nơi nhận hồ sơ trực tuyến: 95 hồ sơ.", "Tổng số 316 hồ sơ.")

        assert [k for k, _t in found][3:] == ["paragraph", "paragraph"]

    def test_blocks_count_up(self):
        """Blocks are numbered in reading order from 0, and footnotes come last."""
        found = outline([Draft(text="a"), Draft(text="chú thích", footnote=True), Draft(text="b")])

        assert [(b.index, b.text) for b in found] == [(0, "a"), (1, "b"), (2, "chú thích")]


class TestTables:
    def test_first_row_of_words_is_header(self):
        """A row of words over counts is a header; a table of keys and values has none."""
        assert header_rows(table(("Lĩnh vực", "Số liệu"), ("Hộ tịch", "74"))) == 1
        assert header_rows(table(("Tổng số", "158 thủ tục"), ("Rà soát", "6 thủ tục"))) == 0
        assert header_rows(table(("Hộ tịch", "74"), ("Đất đai", "6"))) == 0
        assert header_rows(table(("Nội dung", "6 tháng đầu năm"), ("Hồ sơ", "74"))) == 1

    def test_row_that_numbers_columns_is_header(self):
        """A row 1, 2, 3 = 1 + 2 under the header belongs to it; a row of counts does not."""
        numbered = table(("Nội dung", "Cũ", "Mới", "Tổng"), ("A", "1", "2", "3=1+2"), ("Hồ sơ", "6", "74", "80"))

        assert header_rows(numbered) == 2
        assert header_rows(table(("Nội dung", "Cũ"), ("Hồ sơ", "6"), ("Khác", "7"))) == 1

    def test_told_headers_win(self):
        """What the file says of its header rows is believed."""
        assert [c.header for c in with_headers(table(("1", "2"), ("3", "4")), 1)] == [True, True, False, False]

    def test_repeated_header_is_left_out(self):
        """A second part with the same header goes on without it; without one it goes on whole."""
        first = table(("Nội dung", "Số"), ("a", "1"))

        again = continued(first, table(("Nội dung", "Số"), ("b", "2")))
        plain_rest = continued(first, table(("b", "2")))

        assert [(c.row, c.text) for c in again] == [(c.row, c.text) for c in plain_rest]
        assert [(c.row, c.text) for c in again][-2:] == [(2, "b"), (2, "2")]


class TestJoined:
    def test_words_move_with_their_text(self):
        """Words of joined lines name their own characters."""
        from parsers.document import Box, Word

        box = Box(0, 0, 1, 1)
        one, two = Line("hồ sơ", (Word(0, 2, 1, box), Word(3, 5, 1, box))), Line("316", (Word(0, 3, 2, box),))

        text, words = joined([one, two], "\n")

        assert [text[w.start : w.end] for w in words] == ["hồ", "sơ", "316"]
        assert text == "hồ sơ\n316"
