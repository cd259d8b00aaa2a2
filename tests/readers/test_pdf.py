from __future__ import annotations

import io
import re

import pypdfium2 as pdfium
import pytest

from parsers.limits import Limits
from parsers.readers.common.blocks import outline
from parsers.readers.pdf.reader import read_pdf
from tests.readers.builders import escaped, pdf_bytes, report_pdf, to_tcvn3

LIMITS = Limits()
FILL = "Phường tiếp tục đẩy mạnh công tác cải cách hành chính trên địa bàn theo chỉ đạo của cấp trên trong quý. "


def blocks(data: bytes):
    return outline(read_pdf(data, LIMITS, None).drafts)


def texts(data: bytes, kinds: str = "heading paragraph item") -> list[str]:
    return [b.text for b in blocks(data) if b.kind in kinds.split()]


def table_of(data: bytes) -> list[tuple[int, int, int, int, str]]:
    (table,) = (b for b in blocks(data) if b.kind == "table")
    return [(c.row, c.column, c.row_span, c.column_span, c.text) for c in table.cells]


class TestParagraphs:
    def test_lines_are_joined_and_paragraphs_kept(self):
        """Printed lines become the paragraphs they were, whatever their length."""
        paragraphs = [FILL * 3 + "Tổng số 316 hồ sơ.", "Ngắn.", FILL * 2 + "Đạt 98,73%.", "- Mục một;", "- Mục hai."]

        assert texts(report_pdf(paragraphs)) == [p.strip() for p in paragraphs]

    def test_sentence_cut_by_a_page_break_is_one(self):
        """A paragraph that runs over a page break is one, and the page number is not in it."""
        paragraph = (FILL * 90).strip()

        data = report_pdf([paragraph])

        assert len(pdfium.PdfDocument(data)) > 2
        assert texts(data) == [paragraph]

    def test_words_stand_where_the_text_says(self):
        """Every word's characters are those of the text, on a page that exists, inside the paper."""
        data = report_pdf([FILL * 30])
        read = read_pdf(data, LIMITS, None)
        sizes = {p.number: (p.width, p.height) for p in read.pages}

        for block in outline(read.drafts):
            assert [block.text[w.start : w.end] for w in block.words] == block.text.split()
            for word in block.words:
                width, height = sizes[word.page]
                assert 0 <= word.box.x0 < word.box.x1 <= width
                assert 0 <= word.box.top < word.box.bottom <= height

    def test_nothing_is_put_in_behind_a_hyphen_or_slash(self):
        """A line end right behind "KH-" or "10/" was none in the text; behind a dash between blanks it was a blank."""
        cut = "#block(width: 40mm)[#set par(first-line-indent: 0pt, justify: false)\n Kế hoạch năm số 05/KH-UBND]"
        spaced = "#block(width: 40mm)[#set par(first-line-indent: 0pt, justify: false)\n giai đoạn năm 2021 - 2025 này]"

        assert texts(pdf_bytes(cut)) == ["Kế hoạch năm số 05/KH-UBND"]
        assert texts(pdf_bytes(spaced)) == ["giai đoạn năm 2021 - 2025 này"]

    def test_decomposed_text_is_composed(self):
        """A PDF in NFD yields the text and the words of the same PDF in NFC."""
        paragraph = FILL * 2

        assert texts(report_pdf([paragraph], unicode_form="NFD")) == texts(report_pdf([paragraph]))

    def test_tcvn3_is_converted(self):
        """A text layer in TCVN3 letters is converted, its digits untouched."""
        data = pdf_bytes(escaped(to_tcvn3(FILL.lower() + "đạt 98,73% với 1.312 hồ sơ")))
        read = read_pdf(data, LIMITS, None)

        assert [b.text for b in outline(read.drafts)] == [FILL.lower() + "đạt 98,73% với 1.312 hồ sơ"]
        assert read.encoding == "tcvn3"

    @pytest.mark.parametrize("turn", [90, 180, 270])
    def test_turned_page_reads_as_it_is_seen(self, turn):
        """A page stored on its side and turned by its reader is read upright."""
        document = pdfium.PdfDocument(pdf_bytes("#set page(flipped: true)\n" + escaped(FILL * 2)))
        upright = texts(pdf_bytes("#set page(flipped: true)\n" + escaped(FILL * 2)))
        document[0].set_rotation(turn)
        out = io.BytesIO()
        document.save(out)
        words = [w for d in read_pdf(out.getvalue(), LIMITS, None).drafts for w in d.words]

        assert len(words) == len(upright[0].split())
        page = read_pdf(out.getvalue(), LIMITS, None).pages[0]
        assert all(
            0 <= w.box.x0 <= w.box.x1 <= page.width and 0 <= w.box.top <= w.box.bottom <= page.height for w in words
        )


class TestStrays:
    def body(self, before: str, stray: str, after: str) -> bytes:
        return pdf_bytes(f"{escaped(FILL * 4 + before)}\n\n{stray}\n\n{escaped(after + FILL * 3)}")

    def test_page_number_amid_a_sentence_is_left_out(self):
        """The page's own number between the halves of a sentence is left out, said, and the sentence whole."""
        read = read_pdf(self.body("Thu được 4.897 đồng trên dự toán", "1", "6.482 đồng, bằng 75,55%. "), LIMITS, None)

        (paragraph,) = (b for b in outline(read.drafts) if b.kind == "paragraph")
        assert "trên dự toán 6.482 đồng, bằng 75,55%." in paragraph.text
        assert all(paragraph.text[w.start : w.end].strip() == paragraph.text[w.start : w.end] for w in paragraph.words)
        assert len(read.notes) == 1

    @pytest.mark.parametrize(
        ("before", "stray", "after"),
        [("trên dự toán", "7", "6.482 đồng. "), ("dự toán.", "1", "6.482 đồng. "), ("trên dự toán", "1", "Năm nay. ")],
        ids=["not the page's number", "sentence ended", "new sentence"],
    )
    def test_other_lone_numbers_stay(self, before, stray, after):
        """A lone number that is not the page's, or cuts no sentence, is left where it stands."""
        read = read_pdf(self.body(before, stray, after), LIMITS, None)

        assert stray in [d.text for d in read.drafts]
        assert not read.notes


def note(text: str) -> str:
    return f"#footnote[{escaped(text)}]"


class TestFootnotes:
    ABOVE = (
        f"{escaped(FILL * 3)} Tiếp nhận 327{note('Trong đó 21 hồ sơ kỳ trước chuyển sang.')} hồ sơ, đã giải "
        f"quyết{note('Số liệu đến ngày 14/9/2023. ' + FILL * 2)} 321 hồ sơ. {escaped(FILL * 40)}"
        f"Cuối quý còn 55,{note('Chưa đến hạn.')} trong đó 120 m#super[2]."
    )

    @pytest.mark.parametrize("drawn", [True, False], ids=["drawn small by the font", "set small"])
    def test_raised_mark_is_no_digit(self, drawn):
        """A mark behind a number does not lengthen it, however it was raised; m² keeps its digit."""
        (paragraph,) = texts(pdf_bytes(self.ABOVE, setup=f"#set super(typographic: {str(drawn).lower()})"), "paragraph")

        assert "Tiếp nhận 327 hồ sơ, đã giải quyết 321 hồ sơ." in paragraph
        assert re.search(r"còn 55 ?, trong đó 120 m2 ?\.$", paragraph)

    def test_mark_set_off_by_a_blank_is_none_either(self):
        """A mark that the text layer sets apart from its word is no number before the noun."""
        body = (
            "Tiếp nhận 327#h(4pt)#super(typographic: false)[1] hồ sơ, trả 321#h(3pt)#super[2] hồ sơ, năm 2022 1 hồ sơ."
        )

        assert texts(pdf_bytes(body)) == ["Tiếp nhận 327 hồ sơ, trả 321 hồ sơ, năm 2022 1 hồ sơ."]

    def test_notes_stand_behind_the_text(self):
        """A note cuts no sentence in two: over pages each stands by itself, without its mark, on its page."""
        found = [(b.page, b.text) for b in blocks(pdf_bytes(self.ABOVE)) if b.kind == "footnote"]

        assert found == [
            (1, "Trong đó 21 hồ sơ kỳ trước chuyển sang."),
            (1, ("Số liệu đến ngày 14/9/2023. " + FILL * 2).strip()),
            (2, "Chưa đến hạn."),
        ]

    def test_small_print_without_marks_stays(self):
        """Small print at the foot that does not count on is text, and so is a list in the usual size."""
        small = f"{escaped(FILL * 9)}\n\n#text(size: 9pt)[Nguồn số liệu: 12 báo cáo.]"
        items = f"{escaped(FILL * 9)}\n\n{escaped('1 Một mục')}\n\n{escaped('2 Hai mục')}"

        assert not [b for data in (small, items) for b in blocks(pdf_bytes(data)) if b.kind == "footnote"]

    def test_numbers_of_turned_text_are_whole(self):
        """Text printed up the page, as in a table's head, keeps its digits."""
        turned = f"#rotate(-90deg, reflow: true)[{escaped('Tổng số 1.312 hồ sơ năm 2023')}]"

        assert "1.312" in " ".join(texts(pdf_bytes(turned), "paragraph heading letterhead item title"))


class TestCustoms:
    STYLES = {
        "ragged, spaced": "justify: false, first-line-indent: 0pt, spacing: 1.4em",
        "justified, flush, spaced": "justify: true, first-line-indent: 0pt, spacing: 1.2em, leading: 0.65em",
        "ragged, indented, close": "justify: false, first-line-indent: (amount: 10mm, all: true), spacing: 0.8em",
        "justified, indented": "justify: true, first-line-indent: (amount: 10mm, all: true), spacing: 0.65em",
        "hanging": "justify: true, first-line-indent: 0pt, hanging-indent: 8mm, spacing: 1em, leading: 0.8em",
    }
    WORDS = (
        FILL + "Tổng số 1.312 hồ sơ (trong đó 21 hồ sơ kỳ trước), đạt 97,64%. Quý III/2023 so với năm 2022. "
    ).split()

    @pytest.mark.parametrize("style", STYLES)
    def test_paragraphs_survive_the_custom(self, style):
        """However a clerk sets paragraphs off from one another, each comes out whole and alone.

        Flush paragraphs without any distance are left out: where the last line is full, nobody could tell them apart.
        """
        lengths = [9, 41, 19, 60, 28, 86, 5, 52, 36, 70, 12, 47, 23, 77, 33]
        paragraphs = [f"Đoạn {' '.join((self.WORDS * 4)[n : n + n_words])} hết." for n, n_words in enumerate(lengths)]

        found = texts(pdf_bytes("\n\n".join(map(escaped, paragraphs)), setup=f"#set par({self.STYLES[style]})"))

        assert found == paragraphs


class TestFurniture:
    def test_lone_number_of_the_report_stays(self):
        """A number alone on a line that does not count along with the pages is part of the report."""
        data = pdf_bytes(f"{escaped(FILL)}\n\n#align(center)[316]\n\n{escaped(FILL)}")

        assert "316" in texts(data)

    def test_running_head_is_left_out(self):
        """A line that comes back on every page with another page number is no text."""
        setup = "#set page(footer: context [BC CCHC quý III -- trang #counter(page).display()])"

        found = texts(pdf_bytes(escaped((FILL * 90).strip()), setup=setup))

        assert found == [(FILL * 90).strip()]

    def test_signature_stamp_is_left_out_and_told(self):
        """The stamp of a digital signature, with its own time, is no text, and a remark says so."""
        stamp = (
            "#place(top + right)[#set text(size: 7pt)\n#set par(first-line-indent: 0pt)\n"
            "Người ký: Uỷ ban nhân dân phường Hoa Mai \\\nEmail: phuonghoamai\\@quangngai.gov.vn \\\n"
            "Thời gian ký: 14.09.2023 15:31:22 +07:00]\n#v(14mm)\n"
        )
        read = read_pdf(pdf_bytes(stamp + escaped(FILL)), LIMITS, None)

        assert not any("15:31" in b.text for b in outline(read.drafts))
        assert any("14.09.2023 15:31:22" in note for note in read.notes)


class TestOutline:
    def test_letterhead_stands_in_four_blocks(self):
        """Agency, national title, number, place and date are blocks of their own, then the title."""
        found = [(b.kind, b.text) for b in blocks(report_pdf([FILL]))][:6]

        assert found == [
            ("letterhead", "ỦY BAN NHÂN DÂN\nPHƯỜNG HOA MAI"),
            ("letterhead", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"),
            ("letterhead", "Số: 45/BC-UBND"),
            ("letterhead", "Hoa Mai, ngày 12 tháng 9 năm 2023"),
            ("title", "BÁO CÁO"),
            ("title", "Kết quả công tác cải cách hành chính quý III năm 2023"),
        ]

    def test_headings_items_and_signature_are_named(self):
        """Headings have their depth, items their sign, the two-column close is signature."""
        close = (
            "#grid(columns: (1fr, 1fr), align: (left, center), [Nơi nhận: \\ - Như trên; \\ - Lưu: VT.], [CHỦ TỊCH])"
        )
        body = "\n\n".join(
            [
                "*I. TÌNH HÌNH CHUNG*",
                "*1. Thủ tục hành chính*",
                escaped(FILL),
                escaped("- Đã giải quyết 312 hồ sơ;"),
                escaped("2. Kết quả: trong quý có 316 hồ sơ được giải quyết."),
                "*II. NHIỆM VỤ*",
                close,
            ]
        )

        found = [(b.kind, b.label, b.level) for b in blocks(pdf_bytes(body))]

        assert found == [
            ("heading", "I.", 1),
            ("heading", "1.", 2),
            ("paragraph", "", 0),
            ("item", "-", 0),
            ("paragraph", "2.", 0),
            ("heading", "II.", 1),
            ("signature", "", 0),
            ("signature", "", 0),
        ]


class TestTables:
    def test_ruled_table_keeps_its_cells(self):
        """Cells of a ruled table are cells, broken lines in them joined, and text around it stays text."""
        data = pdf_bytes(
            f"{escaped(FILL)}\n\n#table(columns: (30mm, 20mm, 20mm), [Lĩnh vực], [Nhận], [Trả], "
            "[Bảo trợ xã hội và người có công], [178], [170], [Hộ tịch], [331], [328])\n\n" + escaped(FILL)
        )

        assert table_of(data) == [
            (0, 0, 1, 1, "Lĩnh vực"),
            (0, 1, 1, 1, "Nhận"),
            (0, 2, 1, 1, "Trả"),
            (1, 0, 1, 1, "Bảo trợ xã hội và người có công"),
            (1, 1, 1, 1, "178"),
            (1, 2, 1, 1, "170"),
            (2, 0, 1, 1, "Hộ tịch"),
            (2, 1, 1, 1, "331"),
            (2, 2, 1, 1, "328"),
        ]
        assert texts(data) == [FILL.strip(), FILL.strip()]

    def test_two_level_header_keeps_its_spans(self):
        """A header cell over two columns spans them, one over two rows reaches down, and both rows are headers."""
        data = pdf_bytes(
            "#table(columns: (30mm, 25mm, 25mm), table.cell(rowspan: 2)[Lĩnh vực], table.cell(colspan: 2)[Kỳ này], "
            "[Mới], [Cũ], [Hộ tịch], [74], [6])"
        )
        (table,) = (b for b in blocks(data) if b.kind == "table")

        assert [(c.row, c.column, c.row_span, c.column_span, c.header) for c in table.cells] == [
            (0, 0, 2, 1, True),
            (0, 1, 1, 2, True),
            (1, 1, 1, 1, True),
            (1, 2, 1, 1, True),
            (2, 0, 1, 1, False),
            (2, 1, 1, 1, False),
            (2, 2, 1, 1, False),
        ]

    @pytest.mark.parametrize("repeated", [True, False])
    def test_table_over_pages_is_one(self, repeated):
        """A table that goes on over page breaks is one table; a header printed again is not a row."""
        rows = ", ".join(f"[Dòng {n}], [{n * 7}]" for n in range(1, 90))
        head = "table.header([Nội dung], [Số liệu])" if repeated else "[Nội dung], [Số liệu]"
        data = pdf_bytes(f"#table(columns: (60mm, 30mm), {head}, {rows})")

        cells = table_of(data)

        assert len(pdfium.PdfDocument(data)) > 2
        assert [c[4] for c in cells if c[1] == 0] == ["Nội dung", *(f"Dòng {n}" for n in range(1, 90))]
        assert [c[4] for c in cells if c[1] == 1] == ["Số liệu", *(str(n * 7) for n in range(1, 90))]

    def test_frame_around_text_is_no_table(self):
        """A box drawn around a paragraph leaves it a paragraph."""
        data = pdf_bytes(f"#rect(width: 100%)[{escaped(FILL)}]\n\n{escaped(FILL)}")

        assert texts(data) == [FILL.strip(), FILL.strip()]

    def test_aligned_rows_without_rules_are_a_table(self):
        """Rows that line up in columns, one of them counts, are a table without its rules."""
        rows = [("Chứng thực", "546"), ("Hộ tịch", "331"), ("Đất đai", "182"), ("Bảo trợ", "178"), ("Khác", "16")]
        cells = ", ".join(f"[{a}], [{b}]" for a, b in rows)
        data = pdf_bytes(
            f"{escaped(FILL)}\n\n#grid(columns: (70mm, 30mm), row-gutter: 6pt, {cells})\n\n{escaped(FILL)}"
        )

        assert [c[4] for c in table_of(data)] == [t for row in rows for t in row]

    def test_two_columns_of_prose_are_no_table(self):
        """Prose side by side is read column by column."""
        left, right = "Cột trái có một đoạn văn dài nhiều dòng. " * 6, "Cột phải có một đoạn văn khác hẳn. " * 6
        data = pdf_bytes(f"#grid(columns: (1fr, 1fr), column-gutter: 20mm, {escaped(left)[1:]}, {escaped(right)[1:]})")

        assert not any(b.kind == "table" for b in blocks(data))
        joined = re.sub(r"\s+", " ", " ".join(b.text for b in blocks(data)))
        assert joined == f"{left.strip()} {right.strip()}"
