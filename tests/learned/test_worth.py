"""What a number is worth as a figure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from catalogue.figures import Unit
from parsers.document import Block, Document
from parsers.learned.positions import Line, lines_of
from parsers.learned.worth import Worth, worth_of


def _line(text: str, *, over: str = "") -> Line:
    blocks = (Block(0, "heading", over, level=1), Block(1, "paragraph", text))
    return list(lines_of(Document(sha256="0" * 64, format="docx", blocks=blocks)))[-1]


@pytest.mark.parametrize(
    ("text", "over", "values"),
    [
        ("Thu 3.800tr, chi 2,5 tỷ đồng", "", [3_800_000_000, 2_500_000_000]),
        ("Thu 1.250, chi 980", "Thu, chi ngân sách (ĐVT: triệu đồng)", [1_250_000_000, 980_000_000]),
        ("Thu 5,2; chi 4,1 tỷ đồng", "", [5_200_000_000, 4_100_000_000]),
        ("Thu 412.000.000", "", [412_000_000]),
        ("Thu 3.012, chi 5.600", "Thu, chi (triệu đồng) quý III", [3_012_000_000, 5_600_000_000]),
        ("Thu 2.900", "Thu ngân sách (đv: triệu)", [2_900_000_000]),
        ("Thu 3.000.000", "Vốn năm 2023, nghìn đồng", [3_000_000_000]),
        ("Thu 1.500.000", "Thu 9 tỷ đồng, chi 8 tỷ đồng", [1_500_000]),
    ],
)
def test_money(text: str, over: str, values: list[int]) -> None:
    """A sum takes the scale that is glued to it, announced over it, or printed behind its neighbour."""
    line = _line(text, over=over)

    assert [w.value for spot in line.spots if (w := worth_of(line, spot, "vnd"))] == [Decimal(v) for v in values]


@pytest.mark.parametrize(
    ("text", "unit"),
    [("đạt 98,5%", "count"), ("gồm 12 tỷ đồng", "percent"), ("tỷ lệ 7%", "vnd"), ("điểm 8,5", "count")],
)
def test_what_cannot_be(text: str, unit: Unit) -> None:
    """A share is no count, a sum no share, a broken number no count."""
    line = _line(text)

    assert [worth_of(line, spot, unit) for spot in line.spots] == [None]


def test_a_denial_is_a_printed_zero() -> None:
    """A denial counts nothing, and is no share."""
    line = _line("Không có hồ sơ trễ hạn")

    assert worth_of(line, line.spots[0], "count") == Worth(Decimal(0))
    assert worth_of(line, line.spots[0], "percent") is None
