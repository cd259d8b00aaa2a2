"""Sentences of official prose."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.sentences import sentence_at, sentence_spans

WHOLE = [
    "Theo Nghị định số 30/2020/NĐ-CP của Chính phủ, TP. Quảng Ngãi có 05 tổ.",
    "Giá trị 1.835.779.000 đồng, đạt 86.5 % kế hoạch.",
    "1. Tiếp nhận 327 hồ sơ; giải quyết 321 hồ sơ; còn 06 hồ sơ.",
    "a) Kết quả: đã làm xong.",
    "2.1. Danh mục: 171 thủ tục.",
    "Gồm máy tính, máy in, v.v. đều dùng tốt.",
    "TM. ỦY BAN NHÂN DÂN",
    "Số: 204/BC-UBND",
    "Đ/c Nguyễn K. An phụ trách, tx. Đức Phổ theo dõi.",
    "II. KẾT QUẢ",
]

SPLIT = [
    ("Đã tiếp nhận 327 hồ sơ. Trong quý giải quyết 321.", ["Đã tiếp nhận 327 hồ sơ.", "Trong quý giải quyết 321."]),
    ("Đạt 98,5%. 86% hài lòng.", ["Đạt 98,5%.", "86% hài lòng."]),
    ("Tổng hợp chung ./. Hết", ["Tổng hợp chung ./.", "Hết"]),
    ("Nhận được bao nhiêu? Nhận 5 đơn!", ["Nhận được bao nhiêu?", "Nhận 5 đơn!"]),
    ("Kết quả:\n- Tiếp nhận 327;\n- Giải quyết 321.", ["Kết quả:", "- Tiếp nhận 327;", "- Giải quyết 321."]),
    ("Đã ban hành theo\nquy định của tỉnh.", ["Đã ban hành theo\nquy định của tỉnh."]),
    ("Quý 3. Thu 5 tỷ. Chi 4 tỷ.", ["Quý 3.", "Thu 5 tỷ.", "Chi 4 tỷ."]),
    ("Có “một cửa.” Người dân hài lòng.", ["Có “một cửa.”", "Người dân hài lòng."]),
]


@pytest.mark.parametrize("text", WHOLE)
def test_stays_whole(text: str) -> None:
    """Abbreviations, numbers, list labels and semicolons end no sentence."""
    assert sentence_spans(text) == [(0, len(text))]


@pytest.mark.parametrize(("text", "sentences"), SPLIT, ids=lambda value: str(value)[:30])
def test_is_split(text: str, sentences: list[str]) -> None:
    """Full stops before a capital or a number, and list lines, end a sentence."""
    assert [text[a:b] for a, b in sentence_spans(text)] == sentences


def test_sentence_at_a_place() -> None:
    """The sentence around a place is the one that holds it."""
    text = "Nhận 327 hồ sơ. Trả 321 hồ sơ."

    start, end = sentence_at(text, text.index("321"))

    assert text[start:end] == "Trả 321 hồ sơ."


@given(st.text(alphabet="aÀđ 1.;:!?\n-()”", max_size=120))
def test_nothing_is_lost(text: str) -> None:
    """Sentences stand in order, do not overlap, and leave out nothing but blanks."""
    spans = sentence_spans(text)

    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    kept = "".join(text[a:b] for a, b in spans)
    assert "".join(kept.split()) == "".join(text.split())
