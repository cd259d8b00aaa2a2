"""Tables of other systems beside the reports: Biểu 06, one-stop software, the portal's index."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from catalogue.offices import UNITS_FILE, shipped_folders
from catalogue.wards import load_units, wards
from cchc.errors import CallError
from parsers.exports import read_export
from validation.finding import Finding, Quote
from validation.systems import Reported, SystemValue, system_findings

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
        assert (one.cells["dossiers_received"], one.cells["dossiers_late"]) == ("Sheet!C8", "Sheet!J8")

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

    def test_an_odd_export_of_a_province(self, tmp_path: Path) -> None:
        """Line numbers, short kinds, names that differ in marks only, thousands of either kind, shares as percent."""
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        for row in (
            ["THỐNG KÊ HỒ SƠ MỘT CỬA"],
            ["Từ 15/06/2026 đến 14/09/2026"],
            ["Tỷ lệ trực tuyến", "Đơn vị", "Đang xử lý", "Trễ hạn", "Đúng hạn", "Sớm hạn", "Đã giải quyết",
             "Tổng tiếp nhận", "Tỷ lệ số hóa kết quả", "Điểm chỉ số"],
            [0.9475, "1. UBND xã Ba Tơ", "12", 3, "1,204", "2.101", 3308, 3320.0, "97,5%", 88.125],
            [0.5, "X.Ba Tô", 1, 0, 10, 20, 30, "31", "", 70],
            [1, "TTPVHCC P. Trà Câu", 1, 0, 10, 20, 30, "31", "-", 70.5],
            [0.8, "Tổng cộng:", 14, 3, 1224, 2141, 3368, 3382, "", ""],
        ):  # fmt: skip
            sheet.append(row)
        for line in (4, 5, 6, 7):
            sheet.cell(line, 1).number_format = "0.00%"
        path = tmp_path / "mot-cua.xlsx"
        book.save(path)
        units = load_units(shipped_folders()["quang-ngai"] / UNITS_FILE).values()

        found = {one.ward: one.values for one in read_export(path, list(units))}

        assert sorted(found) == ["ba-to", "ba-to-21523", "tra-cau"]
        assert found["ba-to"] == {
            "dossiers_online_pct": Decimal("94.75"), "dossiers_pending": 12, "dossiers_late": 3,
            "dossiers_on_time": 1204, "dossiers_early": 2101, "dossiers_resolved": 3308, "dossiers_received": 3320,
            "digitised_results_pct": Decimal("97.5"), "service_index_score": Decimal("88.125"),
        }  # fmt: skip
        assert "digitised_results_pct" not in found["tra-cau"]

    @pytest.mark.parametrize(("encoding", "sign"), [("utf-16", "\t"), ("cp1258", ";"), ("utf-8", ",")])
    def test_encodings_and_signs_of_csv(self, tmp_path: Path, encoding: str, sign: str) -> None:
        """A title above, a heading of two lines in one cell and letters of older programs are read."""
        rows = [["Thống kê quý III"], ["Đơn vị", '"Tổng\ntiếp nhận"', "Đã giải quyết"], ["Phổ Minh", "327", "321"]]
        text = "\r\n".join(sign.join(row) for row in rows) + "\r\n"
        path = tmp_path / "a.csv"
        path.write_bytes((_apart(text) if encoding == "cp1258" else text).encode(encoding))

        (one,) = read_export(path, UNITS)

        assert (one.ward, one.values) == (
            "pho-minh",
            {"dossiers_received": Decimal(327), "dossiers_resolved": Decimal(321)},
        )

    def test_a_table_of_nothing_known_is_refused(self, tmp_path: Path) -> None:
        """A table without a figure, or without a unit, says what to do."""
        path = tmp_path / "other.csv"
        path.write_text("a,b,c\n1,2,3\n", encoding="utf-8")

        with pytest.raises(CallError, match="--ward"):
            read_export(path, UNITS)


def _apart(text: str) -> str:
    """Return a text with its tone marks behind their letters, as Windows-1258 holds it."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    parts = (unicodedata.normalize("NFD", letter) for letter in text)
    return "".join(
        unicodedata.normalize("NFC", "".join(p for p in part if p not in tones))
        + "".join(p for p in part if p in tones)
        for part in parts
    )


def system(figure: str, value: str) -> SystemValue:
    return SystemValue("pho-minh", figure, Decimal(value), "bieu-06.xlsx", "Sheet!C8", "Tiếp nhận Tổng số")


def found(figure: str, value: str, reported: Reported | None) -> list[Finding]:
    """Return what is found where a report says `reported` and a system `value`."""
    own = {} if reported is None else {figure: reported}
    return system_findings("2023-Q3", [system(figure, value)], {"pho-minh": own})


class TestDifferences:
    def test_both_are_said(self) -> None:
        """A difference is a figure with two values, names file and cell, and proposes without mending."""
        (one,) = found("dossiers_received", "327", Reported(Decimal(316), "316", "Tiếp nhận 316 hồ sơ.", 2))

        place = "tệp bieu-06.xlsx, ô Sheet!C8, cột “Tiếp nhận Tổng số”"
        assert (one.rule, one.severity, one.figures, one.printed, one.expected) == (
            "conflicting_values", "warning", ("dossiers_received",), "316 · 327", "327"
        )  # fmt: skip
        assert f"báo cáo ghi 316, hệ thống ghi 327 ({place})" in one.message_vi
        assert one.quotes == (Quote("Tiếp nhận 316 hồ sơ.", 2, "316", "dossiers_received"),)
        assert [(p.value, p.evidence_vi) for p in one.proposals] == [(Decimal(327), place)]

    def test_silence_of_a_report_is_worth_knowing(self) -> None:
        """What only the system has is told, and nobody is asked; a unit without a report is left out."""
        (one,) = found("dossiers_late", "2", None)

        assert (one.severity, one.printed) == ("info", "– · 2")
        assert "báo cáo không ghi, hệ thống ghi 2" in one.message_vi
        assert system_findings("2023-Q3", [system("dossiers_late", "2")], {}) == []

    @pytest.mark.parametrize(
        ("raw", "value", "exact", "same"),
        [
            ("78,7%", "78.7", "78.71", True),
            ("78,7%", "78.7", "78.66", True),
            ("78,7%", "78.7", "78.79", True),
            ("78,7%", "78.7", "78.85", False),
            ("78,7%", "78.7", "78.6", False),
            ("85%", "85", "85.01", True),
            ("85%", "85", "85.4", False),
        ],
    )
    def test_a_percentage_at_its_printed_digits(self, raw: str, value: str, exact: str, same: bool) -> None:
        """A percentage rounded or cut off at the digits the report prints is the same."""
        assert (found("dossiers_online_pct", exact, Reported(Decimal(value), raw)) == []) is same


def _values(score: str, rank: str, online: str) -> dict[str, Decimal]:
    return {
        "service_index_score": Decimal(score),
        "service_index_rank": Decimal(rank),
        "dossiers_online_pct": Decimal(online),
    }
