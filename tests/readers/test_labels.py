from __future__ import annotations

import pytest

from parsers.readers.common.labels import Depths, label_of


class TestLabelOf:
    @pytest.mark.parametrize(
        ("text", "label", "style"),
        [
            ("I. TÌNH HÌNH CHUNG", "I.", "roman"),
            ("II - Kết quả", "II -", "roman"),
            ("Phần II. KẾT QUẢ", "Phần II.", "part"),
            ("PHẦN THỨ NHẤT: KẾT QUẢ", "PHẦN THỨ NHẤT:", "part"),
            ("1. Cải cách thể chế", "1.", "decimal1"),
            ("2.1. Công khai", "2.1.", "decimal2"),
            ("2.1 Công khai", "2.1", "decimal2"),
            ("1.2.3 Việc khác", "1.2.3", "decimal3"),
            ("3) Kinh phí", "3)", "decimal1"),
            ("a) Kết quả", "a)", "letter"),
            ("đ) Việc khác", "đ)", "letter"),
            ("a/ Kết quả", "a/", "letter"),
            ("(1) Tổng số", "(1)", "bracket"),
            ("B. KẾT QUẢ", "B.", "capital"),
            ("- Đã giải quyết", "-", "bullet"),
            ("– Quá hạn", "–", "bullet"),
            ("+ Trước hạn", "+", "plus"),
            ("-05 hồ sơ", "-", "bullet"),
        ],
    )
    def test_printed_numbers_are_labels(self, text, label, style):
        """A printed number, bracket, letter or bullet at the head of a paragraph is its label."""
        found = label_of(text)

        assert (found and found.text, found and found.style) == (label, style)

    @pytest.mark.parametrize(
        "text",
        [
            "1.234 hồ sơ đã tiếp nhận",
            "64 tin, bài",
            "2.1 hồ sơ mỗi ngày",
            "05/KH-UBND ngày 10/02/2023",
            "III/2022 (07 hồ sơ)",
            "II: 01; quý III/2022: 01).",
            "Mục tiêu: 90%",
            "Chương trình: 3 buổi",
            "12.5% kế hoạch",
            "1.",
            "-",
            "UBND phường",
        ],
    )
    def test_numbers_of_the_text_are_none(self, text):
        """What the sentence says is no label: a count, a document number, a quarter, a lone sign."""
        assert label_of(text) is None


class TestDepths:
    def test_depth_follows_the_order_in_which_styles_occur(self):
        """A style seen before closes all under it; a new one stands deeper."""
        depths = Depths()

        found = [depths.enter(s) for s in ("roman", "decimal1", "letter", "letter", "decimal1", "decimal2", "roman")]

        assert found == [1, 2, 3, 3, 2, 3, 1]

    def test_parts_stand_above_numerals(self):
        """A part that comes after numerals is not below them."""
        depths = Depths()

        assert [depths.enter(s) for s in ("part", "roman", "decimal1", "part", "roman")] == [1, 2, 3, 1, 2]
