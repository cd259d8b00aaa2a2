"""Tables that set units side by side: only the own row or column is the report's."""

from __future__ import annotations

from dataclasses import replace

from parsers.document import Block, Cell, Document
from parsers.other_units import OTHER_UNIT, without_other_units
from parsers.reading import AccountKind, Identity
from parsers.report import read_text

UNKNOWN = Identity(None, "2026-Q1", None, None, 1.0)
ROWS = (
    ("TT", "Đơn vị", "Tiếp nhận", "Đã giải quyết"),
    ("1", "Xã Kon Plông", "1.004", "985"),
    ("2", "Xã Măng Đen (đơn vị báo cáo)", "2.266", "2.231"),
    ("3", "Măng Bút", "730", "716"),
    ("", "Cộng ba xã", "4.000", "3.932"),
)


def _document(rows: tuple[tuple[str, ...], ...] = ROWS) -> Document:
    """Return a report of xã Măng Đen with one table."""
    cells = tuple(Cell(r, c, text) for r, texts in enumerate(rows) for c, text in enumerate(texts))
    blocks = (
        Block(0, "letterhead", "ỦY BAN NHÂN DÂN\nXÃ MĂNG ĐEN"),
        Block(1, "title", "BÁO CÁO"),
        Block(2, "title", "Kết quả thực hiện công tác cải cách hành chính quý I năm 2026"),
        Block(3, "heading", "Kết quả giải quyết hồ sơ thủ tục hành chính", level=1),
        Block(4, "table", cells=cells),
    )
    return Document(sha256="0" * 64, format="docx", blocks=blocks)


def _left(rows: tuple[tuple[str, ...], ...]) -> list[str]:
    """Return the labels of the rows that still print something."""
    cells = without_other_units(_document(rows)).blocks[4].cells
    return [rows[r][1] for r in range(1, len(rows)) if any(c.row == r and c.column > 1 and c.text for c in cells)]


class TestRowsOfOthers:
    def test_the_own_row_is_left(self) -> None:
        """The rows of neighbours and of all together go, the heads and the own row stay as printed."""
        cells = without_other_units(_document()).blocks[4].cells

        assert [c.text for c in cells if c.row in (0, 2)] == [*ROWS[0], *ROWS[2]]
        assert _left(ROWS) == ["Xã Măng Đen (đơn vị báo cáo)"]

    def test_a_table_by_field_is_left_whole(self) -> None:
        """A row that names no unit makes it another table: the unit's row is the total of its fields there."""
        rows = (
            ROWS[0],
            ("1", "Hộ tịch", "700", "698"),
            ("2", "Đất đai", "20", "17"),
            ("", "Xã Măng Đen", "720", "715"),
        )

        assert _left(rows) == ["Hộ tịch", "Đất đai", "Xã Măng Đen"]

    def test_without_the_own_row_nothing_is_hidden(self) -> None:
        """A table of neighbours alone is left to the readers, as it was."""
        rows = tuple(row for row in ROWS if "Măng Đen" not in row[1])

        assert _left(rows) == ["Xã Kon Plông", "Măng Bút", "Cộng ba xã"]

    def test_without_a_letterhead_nothing_is_hidden(self) -> None:
        """Whose row is the own one must be printed."""
        whole = _document()
        bare = replace(whole, blocks=tuple(replace(b, text="") if b.kind == "letterhead" else b for b in whole.blocks))

        assert without_other_units(bare) == bare


class TestReading:
    def test_every_number_has_an_account(self) -> None:
        """The own row gives the figures; the numbers of other rows are accounted for as those of other units."""
        reading = read_text(_document(), UNKNOWN)

        assert {f: str(p.value) for f, p in reading.primaries().items()} == {
            "dossiers_received": "2266",
            "dossiers_resolved": "2231",
        }
        others = [a.raw for a in reading.accounts if a.kind is AccountKind.OTHER_LEVEL and a.reason == OTHER_UNIT]
        assert others == ["1.004", "985", "730", "716", "ba", "4.000", "3.932"]
        rows = [a.place.row or 0 for a in reading.accounts]
        assert rows == sorted(rows)


BY_COLUMN = (
    ("TT", "Chỉ tiêu", "ĐVT", "3 đơn vị cũ", "Xã Măng Đen", "Toàn tỉnh"),
    ("1", "Hồ sơ tiếp nhận", "hồ sơ", "4.000", "2.266", "96.310"),
    ("2", "Hồ sơ đã giải quyết", "hồ sơ", "3.932", "2.231", "95.002"),
)


class TestColumnsOfOthers:
    def test_the_own_column_is_left(self) -> None:
        """The columns of others go with their heads; over the own one stands a plain head for the name."""
        cells = without_other_units(_document(BY_COLUMN)).blocks[4].cells

        assert [c.text for c in cells if c.row == 0] == ["TT", "Chỉ tiêu", "ĐVT", "", "thực hiện", ""]
        assert [c.text for c in cells if c.row == 1] == ["1", "Hồ sơ tiếp nhận", "hồ sơ", "", "2.266", ""]

    def test_the_own_column_is_read(self) -> None:
        """Both figures are read from the own column, and every number of the others has its account."""
        reading = read_text(_document(BY_COLUMN), UNKNOWN)

        assert {c: p.raw for c, p in reading.primaries().items()} == {
            "dossiers_received": "2.266",
            "dossiers_resolved": "2.231",
        }
        others = [a.raw for a in reading.accounts if a.reason == OTHER_UNIT]
        assert others[-4:] == ["4.000", "96.310", "3.932", "95.002"]

    def test_a_lone_own_column_is_left_whole(self) -> None:
        """Where no head names another unit nothing is hidden, nor where none is the report's own."""
        plan = (("Chỉ tiêu", "Xã Măng Đen", "Kế Hoạch Năm"), ("Hồ sơ tiếp nhận", "2.266", "2.500"))
        foreign = (("Chỉ tiêu", "Xã Kon Plông", "Toàn tỉnh"), ("Hồ sơ tiếp nhận", "1.004", "96.310"))

        assert without_other_units(_document(plan)) == _document(plan)
        assert without_other_units(_document(foreign)) == _document(foreign)
