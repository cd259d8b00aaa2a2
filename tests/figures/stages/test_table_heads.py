"""What the heads of a table make of its columns, no figure read: roles, groups over parts, kinds of rows."""

from __future__ import annotations

import pytest

from parsers.document import Block, Cell
from parsers.figures.analysis import Analyst
from parsers.figures.table_cells import Kind, kind_of
from parsers.figures.table_columns import Column, Role, columns_of
from parsers.figures.table_grid import Grid, grid_of
from parsers.figures.table_headers import head_words
from parsers.text.lexicon import lexicon
from parsers.text.periods import Calendar
from tests.figures.casebook import ROUND

UNSAID = Column(Role.UNSAID)


def analyst() -> Analyst:
    """Return what analyses texts of a report of the casebook's round (quarter III of 2023)."""
    return Analyst(lexicon(), Calendar.of(ROUND))


def grid(rows: list[list[str]], spans: dict[tuple[int, int], tuple[int, int]] | None = None) -> Grid:
    """Return a table as a grid; a text that is empty is covered by the cell whose span reaches it."""
    cells = [
        Cell(r, c, text, *(spans or {}).get((r, c), (1, 1)), header=r == 0)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text
    ]
    found = grid_of(Block(0, "table", cells=tuple(cells)))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("heads", "columns"),
    [
        (
            ["Kế hoạch năm", "Quý III", "Lũy kế 9 tháng", "So với cùng kỳ (%)"],
            [
                Column(Role.PLAN),
                Column(Role.RESULT, own_period=True),
                Column(Role.SO_FAR),
                Column(Role.SHARE_OF_PRIOR, percent=True),
            ],
        ),
        (
            ["Năm 2022", "Năm 2023", "Đạt % kế hoạch"],
            [Column(Role.PRIOR), Column(Role.RESULT), Column(Role.SHARE_OF_PLAN, percent=True)],
        ),
        (["Quý II", "Quý III"], [Column(Role.OTHER), Column(Role.RESULT, own_period=True)]),
        (
            ["Tiếp nhận", "Đã giải quyết", "Tỷ lệ (%)"],
            [Column(Role.NAMED), Column(Role.NAMED), Column(Role.SHARE, percent=True)],
        ),
        (
            ["Kỳ này", "Số liệu"],
            [Column(Role.RESULT, own_period=True), Column(Role.RESULT, doubtful=True)],
        ),
        (["Thực hiện quý III", "Tăng, giảm (+/-)"], [Column(Role.RESULT, own_period=True), Column(Role.CHANGE)]),
    ],
)
def test_every_column_has_a_role(heads: list[str], columns: list[Column]) -> None:
    """Plan, last year, other periods, shares and changes are told by their heads; two that vie are doubtful."""
    table = grid([["Nội dung", *heads], ["Hồ sơ", *["12"] * len(heads)]])

    assert columns_of(table, analyst()) == [UNSAID, *columns]


def test_numbers_units_and_notes_stand_apart() -> None:
    """The columns of running numbers, units and remarks have no role, and the label is the first that is left."""
    table = grid(
        [["STT", "Nội dung", "ĐVT", "Thực hiện quý III", "Ghi chú"], ["1", "Hồ sơ tiếp nhận", "hồ sơ", "12", ""]]
    )

    assert (table.heads, table.label, table.order, table.unit, table.notes) == (1, 1, {0}, 2, {4})
    assert columns_of(table, analyst()) == [
        UNSAID, UNSAID, UNSAID, Column(Role.RESULT, own_period=True), UNSAID,
    ]  # fmt: skip


def test_a_group_over_its_parts() -> None:
    """What is late among the open is another thing than what was late among the resolved; a total is the group."""
    table = grid(
        [
            ["Lĩnh vực", "Đã giải quyết", "", "", "Đang giải quyết", ""],
            ["", "Tổng số", "Trước hạn", "Quá hạn", "Trong hạn", "Quá hạn"],
            ["Đất đai", "12", "10", "2", "3", "1"],
        ],
        {(0, 0): (2, 1), (0, 1): (1, 3), (0, 4): (1, 2)},
    )

    told = [head_words(table, column, analyst()) for column in range(1, 6)]

    assert [words and (words.hits[0].names, words.under) for words in told] == [
        ({"resolved"}, {"resolved"}),
        ({"early"}, {"resolved"}),
        ({"late"}, {"resolved"}),
        ({"within"}, {"pending"}),
        ({"pending_late"}, {"pending"}),
    ]


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Thu ngân sách xã", Kind.MONEY),
        ("Giải ngân vốn đầu tư công", Kind.INVESTMENT),
        ("Tổng số cán bộ, công chức", Kind.PEOPLE),
        ("Cán bộ được cử đi đào tạo", Kind.COUNT),
        ("Số hồ sơ tiếp nhận", Kind.COUNT),
    ],
)
def test_a_row_prints_one_kind_of_thing(label: str, kind: Kind) -> None:
    """Money, investment, people; people to whom something happened are events and counted."""
    assert kind_of(analyst().of(label)) is kind
