"""Tables and lists in many manners: what is read of them, and that no other cell is taken surely."""

from __future__ import annotations

from decimal import Decimal

import pytest

from catalogue.source import load_yaml
from parsers.figures import read_figures, read_printings
from parsers.reading import Identity
from tests.figures.casebook import FOLDER, ROUND
from tests.figures.marked import build

SURE = 0.8
CASES = {c["name"]: c["text"] for c in load_yaml(FOLDER / "columns.yaml")}


@pytest.mark.parametrize("name", CASES)
def test_a_table_gives_its_marked_figures_and_no_other_surely(name: str) -> None:
    """Every marked cell is read as what it is marked; a cell of another role is at most doubtful."""
    document, marked = build(CASES[name])

    read = {(p.figure, p.place): p for p in read_printings(document, ROUND)}

    wanted = {(m.figure, m.place): m for m in marked}
    assert wanted.keys() <= read.keys()
    assert not [p for key, p in read.items() if key not in wanted and p.confidence >= SURE]
    assert all(read[key].value == Decimal(m.value) for key, m in wanted.items() if m.value is not None)


def test_cells_of_other_columns_and_rows_are_accounted_for() -> None:
    """Plan, last year, change and the rows of a total are named by the table, and none of them is a figure."""
    source = """# Kết quả giải quyết thủ tục hành chính
| TT | Chỉ tiêu | Kế hoạch | Quý III/2022 | Quý III/2023 | Tăng, giảm |
| 1 | Tổng số hồ sơ tiếp nhận | 480 | 402 | 437 | +35 |
Theo lĩnh vực:
| Lĩnh vực | Tiếp nhận | Đã giải quyết |
| Hộ tịch | 301 | 300 |
| Khác | 136 | 134 |
| Tổng cộng | 437 | 434 |
"""
    reading = read_figures(build(source)[0], Identity("pho-an", ROUND, None, None, 1.0))

    kinds = {(a.raw.strip(), a.kind.value) for a in reading.accounts if a.place.row}
    assert kinds == {
        ("1", "list_number"), ("480", "target"), ("402", "prior_period"), ("437", "figure"), ("35", "change"),
        ("301", "sub_item"), ("300", "sub_item"), ("136", "sub_item"), ("134", "sub_item"), ("434", "figure"),
    }  # fmt: skip
