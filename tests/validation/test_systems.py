"""Tables of other systems beside the reports: Biểu 06, one-stop software, the portal's index."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from catalogue.wards import wards
from cchc.errors import CallError
from parsers.exports import read_export
from validation.systems import SystemDifference, system_differences

UNITS = list(wards().values())
HEAD = [
    ["Biểu số II.06a/VPCP/KSTT", *[""] * 11],
    ["STT", "Lĩnh vực giải quyết", "Số lượng hồ sơ tiếp nhận", "", "", "", "Số lượng hồ sơ đã giải quyết", "", "", "",
     "Số lượng hồ sơ đang giải quyết", ""],
    ["", "", "Tổng số", "Trong kỳ", "", "Từ kỳ trước", "Tổng số", "Trước hạn", "Đúng hạn", "Quá hạn", "Tổng số",
     "Quá hạn"],
    ["", "", "", "Trực tuyến", "Trực tiếp, dịch vụ bưu chính", "", "", "", "", "", "", ""],
    ["(1)", "(2)", "(3)=(4)+(5)+(6)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)", "(11)", "(12)"],
]  # fmt: skip
MERGED = ("C2:F2", "G2:J2", "K2:L2", "D3:E3", "A2:A4", "B2:B4", "C3:C4", "F3:F4", "G3:G4", "H3:H4")
ROWS = [
    ["1", "Hộ tịch", 212, 100, 100, 12, 210, 200, 10, 0, 2, 0],
    ["2", "Chứng thực", 115, 90, 20, 5, 111, 101, 8, 2, 4, 1],
    ["", "Tổng cộng", 327, 190, 120, 17, 321, 301, 18, 2, 6, 1],
]
EXPECTED = {
    "dossiers_received": 327, "dossiers_online": 190, "dossiers_carried_over": 17, "dossiers_resolved": 321,
    "dossiers_early": 301, "dossiers_on_time": 18, "dossiers_late": 2, "dossiers_pending": 6,
    "dossiers_pending_overdue": 1,
}  # fmt: skip


@pytest.fixture
def form_06(tmp_path: Path) -> Path:
    """Write Biểu 06 of one unit, its heading in merged cells."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [*HEAD, *ROWS]:
        sheet.append(row)
    for area in MERGED:
        sheet.merge_cells(area)
    path = tmp_path / "bieu-06.xlsx"
    book.save(path)
    return path


class TestReading:
    def test_total_of_one_unit(self, form_06: Path) -> None:
        """The total row of Biểu 06 gives the unit's figures; a column of two ways in one is no figure."""
        (one,) = read_export(form_06, UNITS, "pho-minh")

        assert one.ward == "pho-minh"
        assert one.values == {code: Decimal(value) for code, value in EXPECTED.items()}

    def test_rows_of_units(self, tmp_path: Path) -> None:
        """A table with a unit a row gives each its own, by name or by code; totals are left out."""
        path = tmp_path / "766.csv"
        path.write_text(
            "STT;Mã đơn vị;Đơn vị;Tổng điểm;Xếp hạng;Tỷ lệ hồ sơ trực tuyến\n"
            "1;21463;UBND phường Phổ Minh;88,36;7;78,71%\n2;;Phổ An;1.080,5;12;60\n"
            "3;21445;;70;13;55\n;;Tổng cộng;80;;64\n",
            encoding="utf-8",
        )

        found = {one.ward: one.values for one in read_export(path, UNITS)}

        assert found == {
            "pho-minh": _values("88.36", "7", "78.71"),
            "pho-an": _values("1080.5", "12", "60"),
            "pho-phong": _values("70", "13", "55"),
        }

    def test_a_table_of_nothing_known_is_refused(self, tmp_path: Path) -> None:
        """A table without a figure, or without a unit, says what to do."""
        path = tmp_path / "other.csv"
        path.write_text("a,b,c\n1,2,3\n", encoding="utf-8")

        with pytest.raises(CallError, match="--ward"):
            read_export(path, UNITS)


class TestDifferences:
    def test_both_are_said(self) -> None:
        """Other values and missing ones differ; a ratio rounded otherwise, and an equal count, do not."""
        system = {
            "dossiers_received": Decimal(327),
            "dossiers_online_pct": Decimal("78.71"),
            "dossiers_late": Decimal(2),
        }
        reported = {"dossiers_received": Decimal(316), "dossiers_online_pct": Decimal("78.7")}

        found = system_differences("pho-minh", reported, system, {"dossiers_late": "Quá hạn"})

        assert found == [
            SystemDifference("pho-minh", "dossiers_received", Decimal(316), Decimal(327), ""),
            SystemDifference("pho-minh", "dossiers_late", None, Decimal(2), "Quá hạn"),
        ]


def _values(score: str, rank: str, online: str) -> dict[str, Decimal]:
    return {
        "service_index_score": Decimal(score),
        "service_index_rank": Decimal(rank),
        "dossiers_online_pct": Decimal(online),
    }
