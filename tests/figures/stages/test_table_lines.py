"""The cells of a table as lines: which are handed on and which set aside, with unit, trust and what they inherit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.accounts import Named
from parsers.document import Block, Cell
from parsers.figures.analysis import Analyst
from parsers.figures.lines import Line, Outline
from parsers.figures.mentions import Scale
from parsers.figures.table_cells import DOUBT
from parsers.figures.table_lines import ABOVE_WEIGHT, OVER_WEIGHT, table_lines
from parsers.text.lexicon import lexicon
from parsers.text.periods import Calendar
from tests.figures.casebook import ROUND

MILLIONS, PERCENT, NOTHING = Scale(Decimal(1_000_000), "vnd"), Scale(unit="percent"), Scale()


def cells_of(rows: list[list[str]], caption: str = "") -> list[Line | Named]:
    """Return the value cells of a table whose first row is its head, under a caption of its own."""
    analyst = Analyst(lexicon(), Calendar.of(ROUND))
    outline = Outline(analyst)
    if caption:
        outline.after(Block(0, "paragraph", caption), analyst.of(caption))
    cells = tuple(Cell(r, c, text, header=r == 0) for r, row in enumerate(rows) for c, text in enumerate(row))
    return list(table_lines(Block(1, "table", cells=cells), analyst, outline))


def handed_on(rows: list[list[str]], caption: str = "") -> list[Line]:
    """Return the cells that may be figures."""
    return [cell for cell in cells_of(rows, caption) if isinstance(cell, Line)]


def set_aside(rows: list[list[str]]) -> list[tuple[int | None, int | None, str, str]]:
    """Return the cells that are none: row, column, kind and reason."""
    asides = (cell for cell in cells_of(rows) if isinstance(cell, Named))
    return [(a.place.row, a.place.column, a.kind.value, a.reason) for a in asides]


def test_a_cell_is_quoted_with_its_label_and_head() -> None:
    """Row and column say what a cell is; a count of a plan is no figure, and neither is a change."""
    rows = [["Nội dung", "Kế hoạch năm", "Quý III", "Tăng, giảm"], ["Hồ sơ tiếp nhận", "40", "12", "5"]]

    (line,) = handed_on(rows)

    assert (line.row, line.column, line.analysis.text, line.words) == (1, 2, "12", "Hồ sơ tiếp nhận | Quý III")
    assert [(seen.hit.text, seen.weight) for seen in line.seen] == [
        ("tiếp nhận", 0.95), ("hồ sơ", 0.95), ("quý iii", 0.9),
    ]  # fmt: skip
    assert set_aside(rows) == [(1, 1, "target", "table: the plan"), (1, 3, "change", "table: a change")]


@pytest.mark.parametrize(
    ("rows", "scales"),
    [
        ([["Nội dung", "Quý III"], ["Thu ngân sách xã", "350"]], [MILLIONS]),
        ([["Nội dung", "Quý III (đồng)"], ["Thu ngân sách xã", "350"]], [Scale(Decimal(1), "vnd")]),
        ([["Nội dung", "Quý III"], ["Thu ngân sách xã (nghìn đồng)", "350"]], [Scale(Decimal(1_000), "vnd")]),
        ([["Nội dung", "ĐVT", "Quý III"], ["Hồ sơ tiếp nhận", "hồ sơ", "35"]], [NOTHING]),
        (
            [["Nội dung", "Quý III", "So với kế hoạch (%)"], ["Thu ngân sách xã", "350", "38,9"]],
            [MILLIONS, PERCENT],
        ),
    ],
)
def test_the_nearest_unit_holds(rows: list[list[str]], scales: list[Scale]) -> None:
    """Unit column, head, bracket of the label, caption, in this order; a share has its column's sign."""
    assert [line.scale for line in handed_on(rows, "(Đơn vị tính: triệu đồng)")] == scales


def test_rows_of_a_total_are_parts() -> None:
    """Where heads name the columns and a row adds up, only that row is handed on."""
    rows = [["Lĩnh vực", "Tiếp nhận", "Giải quyết"], ["Đất đai", "12", "10"], ["Hộ tịch", "3", "2"]]
    total = ["Tổng cộng", "15", "12"]
    reason = ("sub_item", "table: a row of the total")

    assert set_aside([*rows, total]) == [(r, c, *reason) for r in (1, 2) for c in (1, 2)]
    assert [(line.row, line.analysis.text, line.trust) for line in handed_on([*rows, total])] == [
        (3, "15", 1.0), (3, "12", 1.0),
    ]  # fmt: skip
    assert set_aside(rows) == []


def test_a_row_that_names_nothing_among_several_is_doubtful() -> None:
    """Of rows of unknown names under heads that name figures each may be anybody's; a single one is the report's."""
    head = ["Bộ phận", "Tiếp nhận", "Giải quyết"]

    assert [line.trust for line in handed_on([head, ["Ông A", "12", "10"], ["Ông B", "3", "2"]])] == [DOUBT] * 4
    assert [line.trust for line in handed_on([head, ["Ông A", "12", "10"]])] == [1.0, 1.0]


def test_a_part_stands_under_its_row_and_its_section() -> None:
    """A row of parts knows the row it splits up; a row without numbers heads those behind it."""
    rows = [
        ["Nội dung", "Kết quả"],
        ["I. Thủ tục hành chính", ""],
        ["Hồ sơ tiếp nhận", "12"],
        ["Trong đó: trực tuyến", "7"],
        ["Hội nghị", "2"],
    ]

    whole, part, other = handed_on(rows)

    assert [sorted(line.under) for line in (whole, part, other)] == [[], ["dossier", "received"], []]
    assert [line.topics.get("procedure") for line in (whole, part, other)] == [OVER_WEIGHT] * 3
    assert [line.topics.get("received") for line in (whole, part, other)] == [1.0, OVER_WEIGHT, None]
    assert other.topics["online"] == ABOVE_WEIGHT


def test_two_numbers_of_two_things_in_one_cell_are_left() -> None:
    """ "4/24" under "Số tổ/thành viên" is not told apart; under a label of one thing it is a fraction of it."""
    head = ["Nội dung", "Kết quả"]

    assert cells_of([head, ["Số tổ/thành viên", "4/24"]]) == []
    assert [line.analysis.text for line in handed_on([head, ["Hồ sơ đúng hạn", "4/24"]])] == ["4/24"]
