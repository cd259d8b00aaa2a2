"""The numbers of a report as the learned readers see them."""

from __future__ import annotations

from parsers.document import Block, Cell, Document
from parsers.learned.positions import lines_of, spots_of


def _document(*blocks: Block) -> Document:
    return Document(sha256="0" * 64, format="docx", blocks=blocks)


class TestSpots:
    def test_numbers_and_denials_but_no_dates(self) -> None:
        """Numbers, number words and denials are spots; dates and document numbers are none."""
        text = "Theo Quyết định số 12/QĐ-UBND ngày 05/3/2024, xã nhận 34 hồ sơ, trả tám hồ sơ, không có hồ sơ trễ."

        assert [text[s.start : s.end] for s in spots_of(text)] == ["34", "tám", "không có"]

    def test_a_rank_is_a_number(self) -> None:
        """ "Hạng 7" is written like a list number and may count all the same; "1." that opens a line may not."""
        text = "1. Xã xếp hạng 7 toàn tỉnh."

        assert [text[s.start : s.end] for s in spots_of(text)] == ["7"]

    def test_a_number_that_letters_follow(self) -> None:
        """ "3.800tr" is a number and so is the 45 of "hẹn45", the 3 of "A3" is none."""
        text = "Thu 3.800tr, máy in A3, đúng hẹn45 hồ sơ."

        assert [text[s.start : s.end] for s in spots_of(text)] == ["3.800tr", "45"]

    def test_lone_number_words_that_may_count(self) -> None:
        """ "một" and "hai" count before a noun and at the end of a clause, not in "một số" and "thứ hai"."""
        text = "Công nhận một; ra một NQ, một số việc; quá hạn chưa trả hai. Thứ hai, rà soát năm thủ tục trong năm."

        assert [text[s.start : s.end] for s in spots_of(text)] == ["một", "một", "chưa", "hai", "năm"]

    def test_a_sum_is_no_quarter(self) -> None:
        """The 4 of "trong quý 4 tỷ 460 triệu" belongs to the sum behind it."""
        text = "Thu trong quý 4 tỷ 460 triệu đồng, quý 4 đạt 98%."

        assert [text[s.start : s.end] for s in spots_of(text)] == ["4 tỷ 460 triệu", "98"]


class TestLines:
    def test_a_paragraph_has_its_headings_and_lead(self) -> None:
        """Headings outermost first without their numbers, the line that opens a list, the paragraph before."""
        document = _document(
            Block(0, "title", "Báo cáo quý III năm 2024"),
            Block(1, "heading", "II. Kết quả", level=1),
            Block(2, "heading", "1. Hồ sơ", level=2),
            Block(3, "paragraph", "Đã trả, trong đó:"),
            Block(4, "item", "- Trước hạn: 12", label="-"),
        )

        (line,) = lines_of(document)

        assert (line.over, line.lead, line.before) == (("kết quả", "hồ sơ"), "đã trả, trong đó:", "đã trả, trong đó:")
        assert document.text_at(line.place(line.spots[0])) == "12"

    def test_a_row_has_its_label_and_heads(self) -> None:
        """A cell stands beside its row's label and under all heads of its column."""
        rows = [["Nội dung", "Kỳ này", "Kỳ này"], ["Nội dung", "Số lượng", "Tỷ lệ"], ["Hồ sơ trả", "12", "80%"]]
        cells = tuple(Cell(r, c, text, header=r < 2) for r, row in enumerate(rows) for c, text in enumerate(row))

        (line,) = lines_of(_document(Block(0, "table", cells=cells)))

        assert line.label == "hồ sơ trả"
        assert line.columns is not None
        assert {c: column.heads for c, column in line.columns.items()} == {
            1: ("kỳ này", "số lượng"),
            2: ("kỳ này", "tỷ lệ"),
        }
