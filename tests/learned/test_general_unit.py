"""The unit of money that a report states once for all."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.learned.general_unit import general_unit
from training.marked import passages

HEAD = "@ kind=xa round=2024-Q4\n# Thu ngân sách\n"


def factor(text: str) -> Decimal | None:
    """Return the general unit of a passage."""
    return general_unit(next(iter(passages(HEAD + text))).document)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kỳ này từ 15/6 đến 14/9. Tiền: triệu đồng trừ khi ghi khác.", 10**6),
        ("| Năm | Thu |\n| 2022 | 3.745 |\nGhi chú: số liệu bảng này tính bằng triệu đồng.", 10**6),
        ("| Nguồn | KH |\n| Tổng vốn đầu tư công, nghìn đồng | 4.200 |", 10**3),
        ("| STT | Khoản thu |\n| | ĐVT: tr.đ |", 10**6),
        ("Thu được 3.745 triệu đồng, tiền điện 12 triệu đồng.", None),
        ("ĐVT: triệu đồng\n| A | 3 |\nSố liệu dưới đây tính bằng nghìn đồng.", None),
        ("Đã nhận 412 hồ sơ.", None),
    ],
)
def test_one_unit_stated(text: str, expected: int | None) -> None:
    """A unit is stated by itself, not behind a number; two that differ are none."""
    assert factor(text) == (Decimal(expected) if expected else None)
