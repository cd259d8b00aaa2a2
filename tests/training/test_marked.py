"""Marked text becomes the Document that the readers would make, with every mark where it is printed."""

from __future__ import annotations

from decimal import Decimal

from parsers.document import Place
from parsers.figures.table_grid import column_texts, grid_of
from training.marked import Mark, passages, report
from training.scores import value_of

PASSAGE = """@ kind=xa round=2024-Q3
# III. Kết quả > 2. Cải cách TTHC
Xã tiếp nhận [[dossiers_received|1.245]] hồ sơ, [[dossiers_late=0|không có]] hồ sơ trễ hạn.
| Chỉ tiêu | Quý II | Quý III |
| Hồ sơ đã trả | 90 | [[dossiers_resolved|1.221]] |
===
@ kind=phuong round=2025-Q4
# Tài chính
Thu [[ward_revenue=5230000000|5,23 tỷ]] đồng.
"""


class TestPassages:
    def test_marks_stand_where_their_characters_are(self) -> None:
        """Every mark's place gives its print, in running text and in cells."""
        first, second = passages(PASSAGE)

        assert [(m.figure, m.raw) for m in first.marks] == [
            ("dossiers_received", "1.245"),
            ("dossiers_late", "không có"),
            ("dossiers_resolved", "1.221"),
        ]
        assert all(t.document.text_at(m.place) == m.raw for t in (first, second) for m in t.marks)

    def test_headings_and_title_stand_over_the_text(self) -> None:
        """A passage stands under the title of its round and its headings, outermost first."""
        first, _ = passages(PASSAGE)

        assert [(b.kind, b.level, b.text) for b in first.document.blocks[2:5]] == [
            ("title", 0, "Kết quả thực hiện công tác cải cách hành chính quý III năm 2024"),
            ("heading", 1, "III. Kết quả"),
            ("heading", 2, "2. Cải cách TTHC"),
        ]
        assert first.round == "2024-Q3"

    def test_values(self) -> None:
        """A mark is worth what it says, else its print; a denial is 0."""
        first, second = passages(PASSAGE)

        assert [value_of(m) for m in (*first.marks, *second.marks)] == [
            Decimal(1245),
            Decimal(0),
            Decimal(1221),
            Decimal(5230000000),
        ]

    def test_a_second_line_of_heads_keeps_its_blank_first_cell(self) -> None:
        """A head of two lines stands over its own columns, also where the label column is blank in the second."""
        table = "| Chỉ tiêu | Kết quả | |\n|^ | Kỳ này | Kỳ trước |\n| Đã trả | [[dossiers_resolved|12]] | 9 |"

        (text,) = passages(f"@ kind=xa round=2024-Q3\n# Kết quả\n{table}")
        grid = grid_of(text.document.blocks[-1])

        assert [column_texts(grid.rows, range(grid.heads), c) for c in range(3)] == [
            ["chỉ tiêu", ""],
            ["kết quả", "kỳ này"],
            ["kết quả", "kỳ trước"],
        ]
        assert text.marks[0].place.column == 1


class TestReport:
    def test_lines_of_every_kind(self) -> None:
        """Letterhead, title, heading, item and table rows become blocks of their kind; front matter is left out."""
        front, head = "---\nquarter: 2024-Q1\n---\n", "::head A//B | C\n::title BÁO CÁO\n"
        source = front + head + "# I. Mục\n- Nhận [[dossiers_received|7]]\n|a|b|"

        made = report(source)

        assert [(b.kind, b.text) for b in made.document.blocks] == [
            ("letterhead", "A\nB | C"),
            ("title", "BÁO CÁO"),
            ("heading", "I. Mục"),
            ("item", "- Nhận 7"),
            ("table", ""),
        ]
        assert made.marks == (Mark("dossiers_received", Place(3, 7, 8), "7"),)
        assert made.round == "2024-Q1"


class TestReports:
    def test_an_appendix_stands_under_no_heading_of_the_body(self) -> None:
        """As in real files, what follows the signature is the appendix, and its title ends the headings."""
        source = (
            "::title BÁO CÁO\n# III. Phương hướng quý II\nPhấn đấu 95%.\n::sign CHỦ TỊCH\n"
            "PHỤ LỤC. SỐ LIỆU\n| Chỉ tiêu | Quý I |\n| Hồ sơ trực tuyến | [[dossiers_online|57]] |\n"
        )

        blocks = report(source).document.blocks

        assert [(b.kind, b.in_appendix) for b in blocks][1:] == [
            ("heading", False),
            ("paragraph", False),
            ("signature", False),
            ("title", True),
            ("table", True),
        ]
