"""The page that is printed and scanned says what the marked text says."""

from __future__ import annotations

from sample.generator.files import Letterhead
from training.marked import passages, report
from training.scanned import body_of, letterhead_of

REPORT = """---
id: a
quarter: 2024-Q3
---
::head UBND THỊ XÃ//PHƯỜNG TÂN HÒA | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
::head Số: 12/BC-UBND | Tân Hòa, ngày 12 tháng 9 năm 2024
::title BÁO CÁO
::title Kết quả quý III năm 2024

# I. Kết quả
- Nhận [[dossiers_received|1.245]] hồ sơ.
| Chỉ tiêu | Kết quả | |
|^ | Kỳ này | Kỳ trước |
| Đã trả | [[dossiers_resolved|1.221]] | 90 |
::sign Nơi nhận: | CHỦ TỊCH
"""


def test_a_report_keeps_its_letterhead_and_its_columns() -> None:
    """Every row of a table is as long as the longest; letterhead, title and signature stand outside the body."""
    text = report(REPORT)

    assert letterhead_of(text) == Letterhead(
        "PHƯỜNG TÂN HÒA", "12/BC-UBND", "Tân Hòa", "ngày 12 tháng 9 năm 2024", "Kết quả quý III năm 2024"
    )
    assert body_of(text.document).splitlines() == [
        "# I. Kết quả",
        "- Nhận 1.245 hồ sơ.",
        "| Chỉ tiêu | Kết quả |  |",
        "|  | Kỳ này | Kỳ trước |",
        "| Đã trả | 1.221 | 90 |",
    ]


def test_a_passage_stands_under_the_title_of_its_round() -> None:
    """A passage has no number and no day; its round is told by its title."""
    (text,) = passages("@ kind=xa round=2024-Q2\n# Tài chính\nThu [[ward_revenue=5230000000|5,23 tỷ]] đồng.\n")

    assert letterhead_of(text).abstract.endswith("6 tháng đầu năm 2024")
    assert body_of(text.document) == "# Tài chính\nThu 5,23 tỷ đồng."
