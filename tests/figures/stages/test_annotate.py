"""Annotating: the numbers, denials, phrases and periods of one text."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.figures.mentions import Scale
from tests.figures.stages.setting import analysed, mentioned


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Tiếp nhận 1.320 hồ sơ, đạt 93,75%.", [("1320", "count"), ("93.75", "percent")]),
        ("Thu ngân sách 1,5 tỷ đồng.", [("1500000000", "vnd")]),
        ("Không có hồ sơ quá hạn.", [("0", "count")]),
        ("Chưa đủ điều kiện giải quyết.", []),
        ("Theo Nghị định số 61/2018/NĐ-CP ngày 23/4/2018.", []),
        ("Từ 5 đến 10 hồ sơ.", []),
    ],
)
def test_numbers_with_their_units(text: str, values: list[tuple[str, str]]) -> None:
    """What cites, what is a range, and what is denied to be possible counts nothing."""
    assert [(str(m.value.normalize().__format__("f")), m.unit) for m in mentioned(text)] == values


def test_a_fraction_is_one_mention_with_what_it_is_out_of() -> None:
    """The lower half stands with the upper one and names no figure of its own."""
    first, second = mentioned("Giải quyết 276/316 hồ sơ, đạt 87,34%.")

    assert (first.value, first.out_of and first.out_of.value) == (276, 316)
    assert (second.value, second.unit, second.out_of) == (Decimal("87.34"), "percent", None)


def test_the_scale_of_a_head_makes_money_of_bare_numbers() -> None:
    """What the head of a table says of its numbers is said of each."""
    (mention,) = mentioned("1.850", Scale(Decimal(1_000_000), "vnd"))

    assert (mention.value, mention.unit) == (Decimal(1_850_000_000), "vnd")


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("Giải quyết đúng hạn", [("giải quyết đúng hạn", {"on_time"})]),
        ("Bộ phận Tiếp nhận và Trả kết quả", [("bộ phận tiếp nhận và trả kết quả", {"desk", "onestop"})]),
        ("hồ sơ không nộp trực tuyến", [("hồ sơ", {"dossier"}), ("nộp trực tuyến", {"denied"})]),
        ("cùng kỳ năm trước", [("cùng kỳ năm trước", {"p_prior"})]),
    ],
)
def test_phrases_are_found_once_and_the_longest_stays(text: str, hits: list[tuple[str, set[str]]]) -> None:
    """Phrases do not overlap; what is denied without printing a zero is "denied" and nothing else."""
    assert [(hit.text, set(hit.names)) for hit in analysed(text).hits] == hits
