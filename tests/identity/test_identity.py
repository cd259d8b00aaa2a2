"""Whose report it is, of which round: from every habit of clerk and scanner."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from catalogue.country import country_units
from catalogue.wards import wards
from parsers.document import Page
from parsers.identity import SURE, identify
from parsers.identity.headlines import kind_of
from parsers.reading import Identity
from tests.identity.letters import Letter

PLAIN = Letter()
TITLE = "Kết quả công tác cải cách hành chính"
Expected = tuple[str | None, str | None, str | None, str | None]
MINH: Expected = ("pho-minh", "2023-Q3", "204/BC-UBND", "2023-09-08")


def of(letter: Letter, file_name: str | None = None) -> Identity:
    return identify(letter.document(), file_name)


def said(identity: Identity) -> Expected:
    day = identity.doc_date.isoformat() if identity.doc_date else None
    return identity.ward, identity.round, identity.doc_no, day


def q(round_label: str | None, day: str | None = "2023-09-08") -> Expected:
    return "pho-minh", round_label, "204/BC-UBND", day


# what is printed otherwise than in the plain letter | what the report then is; every one of these is sure
SURE_CASES: dict[str, tuple[dict[str, str], Expected]] = {
    "as it should be": ({}, MINH),
    "upper body above": ({"agency": "UBND THỊ XÃ ĐỨC PHỔ\nỦY BAN NHÂN DÂN\nPHƯỜNG PHỔ MINH"}, MINH),
    "agency on one line": ({"agency": "ỦY BAN NHÂN DÂN PHƯỜNG PHỔ MINH"}, MINH),
    "agency abbreviated": ({"agency": "UBND PHƯỜNG PHỔ MINH"}, MINH),
    "agency with tone on the other vowel": ({"agency": "UỶ BAN NHÂN DÂN\nPHƯỜNG PHỔ MINH"}, MINH),
    "agency without marks": ({"agency": "UY BAN NHAN DAN\nPHUONG PHO MINH"}, MINH),
    "agency with digits for letters": ({"agency": "UY BAN NHAN DAN\nPHUONG PH0 M1NH"}, MINH),
    "agency with a typing slip": ({"agency": "ỦY BAN NHÂN DÂN\nPHƯỜNG PHỔ MNH"}, MINH),
    "agency line missing": ({"agency": ""}, MINH),
    "ward line missing": ({"agency": "ỦY BAN NHÂN DÂN"}, MINH),
    "place missing": ({"place": "ngày 08 tháng 9 năm 2023"}, MINH),
    "blank before the slash": ({"number": "Số: 204 /BC-UBND"}, MINH),
    "blanks in the symbol": ({"number": "Số: 204/BC – UBND"}, MINH),
    "blank before UBND": ({"number": "Số: 204/BC- UBND"}, MINH),
    "number without colon": ({"number": "Số 204/BC-UBND"}, MINH),
    "number without marks": ({"number": "So: 204/BC-UBND"}, MINH),
    "letter for zero in the number": ({"number": "Số: 2O4/BC-UBND"}, MINH),
    "one letter of the symbol misread": ({"number": "Số: 204/BC-UBMD"}, MINH),
    "number not filled in": ({"number": "Số:     /BC-UBND"}, ("pho-minh", "2023-Q3", None, "2023-09-08")),
    "number missing": ({"number": ""}, ("pho-minh", "2023-Q3", None, "2023-09-08")),
    "year in the number": (
        {"number": "Số: 204/2023/BC-UBND"},
        ("pho-minh", "2023-Q3", "204/2023/BC-UBND", "2023-09-08"),
    ),
    "date in digits": ({"place": "Phổ Minh, ngày 08/9/2023"}, MINH),
    "date with a letter for zero": ({"place": "Phổ Minh, ngày O8 tháng 9 năm 2O23"}, MINH),
    "date without marks": ({"place": "Pho Minh, ngay 08 thang 9 nam 2023"}, MINH),
    "day not filled in": ({"place": "Phổ Minh, ngày     tháng 9 năm 2023"}, q("2023-Q3", None)),
    "date that cannot be": ({"place": "Phổ Minh, ngày 31 tháng 9 năm 2023"}, q("2023-Q3", None)),
    "date missing": ({"place": ""}, q("2023-Q3", None)),
    "signature stamp above": (
        {"motto": "Ký bởi: UBND phường\nNgày ký: 12-09-2023 08:15:02 +07:00\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
        MINH,
    ),
    "quý III/2023": ({"title": f"{TITLE} quý III/2023"}, MINH),
    "quí 3": ({"title": f"{TITLE} quí 3 năm 2023"}, MINH),
    "quý 3/2023": ({"title": f"{TITLE} quý 3/2023"}, MINH),
    "QUÝ III": ({"title": f"{TITLE} QUÝ III NĂM 2023".upper()}, MINH),
    "Q3/2023": ({"title": f"{TITLE} Q3/2023"}, MINH),
    "Q.III": ({"title": f"{TITLE} Q.III năm 2023"}, MINH),
    "numeral with a stroke misread": ({"title": f"{TITLE} quý TII năm 2023"}, MINH),
    "quarter misread but for its numeral": ({"title": f"{TITLE} œný TII năm 2023"}, MINH),
    "numeral with two strokes as H": ({"title": f"{TITLE} quý HI năm 2023"}, MINH),
    "numeral read as letters l": ({"title": f"{TITLE} quý lll năm 2023"}, MINH),
    "no marks in the title": ({"title": "Ket qua cong tac cai cach hanh chinh quy III nam 2023"}, MINH),
    "quý 03": ({"title": f"{TITLE} quý 03 năm 2023"}, MINH),
    "quý ba": ({"title": f"{TITLE} quý ba năm 2023"}, MINH),
    "quý I, dated in the December before": (
        {"title": f"{TITLE} quý I năm 2024", "place": "Phổ Minh, ngày 28 tháng 12 năm 2023"},
        q("2024-Q1", "2023-12-28"),
    ),
    "number and symbol the other way": ({"number": "Số: 204-BC/UBND"}, MINH),
    "year in two digits": ({"place": "Phổ Minh, ngày 08/9/23"}, MINH),
    "P. for phường": ({"agency": "UBND P. PHỔ MINH"}, MINH),
    "name on the next line": ({"agency": "ỦY BAN NHÂN DÂN PHƯỜNG\nPHỔ MINH"}, MINH),
    "quarter without year": ({"title": f"{TITLE} quý III"}, MINH),
    "9 tháng": ({"title": f"{TITLE} 9 tháng đầu năm 2023"}, MINH),
    "quý III and 9 tháng": ({"title": f"{TITLE} quý III và 9 tháng đầu năm 2023"}, MINH),
    "tasks of the next quarter behind": (
        {"title": f"{TITLE} quý III; phương hướng, nhiệm vụ quý IV năm 2023"},
        MINH,
    ),
    "results of tasks": ({"title": "Tình hình thực hiện nhiệm vụ cải cách hành chính quý III năm 2023"}, MINH),
    "results of the plan": ({"title": "Kết quả thực hiện Kế hoạch cải cách hành chính quý III năm 2023"}, MINH),
    "CCHC for short": ({"title": "V/v thực hiện CCHC quý III/2023"}, MINH),
    "title in two lines": ({"title": "Kết quả công tác\ncải cách hành chính quý III năm 2023"}, MINH),
    "type and title on one line": (
        {"kind": "BÁO CÁO KẾT QUẢ", "title": "Công tác cải cách hành chính quý III năm 2023"},
        MINH,
    ),
    "spaced type": ({"kind": "B Á O  C Á O"}, MINH),
    "quý I": (
        {"title": f"{TITLE} quý I năm 2023", "place": "Phổ Minh, ngày 10 tháng 3 năm 2023"},
        q("2023-Q1", "2023-03-10"),
    ),
    "quý I with the tasks of quý II": (
        {
            "title": "Tình hình cải cách hành chính quý I và nhiệm vụ công tác quý II năm 2023",
            "place": "Phổ Minh, ngày 10 tháng 3 năm 2023",
        },
        q("2023-Q1", "2023-03-10"),
    ),
    "quý I without year, a week into the year": (
        {"title": f"{TITLE} quý I", "place": "Phổ Minh, ngày 14 tháng 3 năm 2024"},
        q("2024-Q1", "2024-03-14"),
    ),
    "6 tháng đầu năm": (
        {"title": f"{TITLE} 6 tháng đầu năm 2023", "place": "Phổ Minh, ngày 12 tháng 6 năm 2023"},
        q("2023-Q2", "2023-06-12"),
    ),
    "6 tháng with the tasks of the other six": (
        {
            "title": "Sơ kết công tác cải cách hành chính 6 tháng đầu năm,\nnhiệm vụ 6 tháng cuối năm 2023",
            "place": "Phổ Minh, ngày 12 tháng 6 năm 2023",
        },
        q("2023-Q2", "2023-06-12"),
    ),
    "quý II": (
        {"title": f"{TITLE} quý II năm 2023", "place": "Phổ Minh, ngày 12 tháng 6 năm 2023"},
        q("2023-Q2", "2023-06-12"),
    ),
    "the year": (
        {
            "title": f"{TITLE} năm 2023, phương hướng, nhiệm vụ năm 2024",
            "place": "Phổ Minh, ngày 12 tháng 12 năm 2023",
        },
        q("2023-Q4", "2023-12-12"),
    ),
    "the year, sent in January": (
        {"title": f"{TITLE} năm 2023", "place": "Phổ Minh, ngày 05 tháng 01 năm 2024"},
        q("2023-Q4", "2024-01-05"),
    ),
    "quý IV": (
        {"title": f"{TITLE} quý IV năm 2023", "place": "Phổ Minh, ngày 12 tháng 12 năm 2023"},
        q("2023-Q4", "2023-12-12"),
    ),
    "opening names another round": (
        {"opening": "UBND phường Phổ Minh báo cáo kết quả cải cách hành chính quý II năm 2023 như sau:"},
        MINH,
    ),
    "another ward is only mentioned": (
        {"body": "Phường học tập kinh nghiệm tại phường Phổ Ninh, xã Phổ An. UBND phường Phổ Minh đã mở 02 lớp."},
        MINH,
    ),
    "xã": (
        {
            "agency": "ỦY BAN NHÂN DÂN\nXÃ PHỔ KHÁNH",
            "place": "Phổ Khánh, ngày 11 tháng 9 năm 2023",
            "opening": "UBND xã Phổ Khánh báo cáo kết quả cải cách hành chính quý III/2023.",
            "closing": "",
        },
        ("pho-khanh", "2023-Q3", "204/BC-UBND", "2023-09-11"),
    ),
    "name without its tone": (
        {
            "agency": "UBND PHƯỜNG PHỔ THANH",
            "place": "Phổ Thanh, ngày 11 tháng 9 năm 2023",
            "opening": "UBND phường Phổ Thạnh báo cáo kết quả cải cách hành chính quý III/2023.",
            "closing": "",
        },
        ("pho-thanh", "2023-Q3", "204/BC-UBND", "2023-09-11"),
    ),
    "hòa and hoà": (
        {
            "agency": "UỶ BAN NHÂN DÂN\nPHƯỜNG PHỔ HOÀ",
            "place": "Phổ Hoà, ngày 11 tháng 9 năm 2023",
            "opening": "UBND phường Phổ Hoà báo cáo kết quả cải cách hành chính quý III/2023.",
            "closing": "",
        },
        ("pho-hoa", "2023-Q3", "204/BC-UBND", "2023-09-11"),
    ),
}


@pytest.mark.parametrize("parts, expected", SURE_CASES.values(), ids=SURE_CASES.keys())
class TestSure:
    def test_told_apart_by_the_reader(self, parts: dict[str, str], expected: Expected) -> None:
        """However the clerk writes it, the report is placed, and surely."""
        found = of(PLAIN.but(**parts))

        assert said(found) == expected
        assert found.confidence >= SURE, found.evidence
        assert (found.is_report, found.other_town) == (True, None)

    def test_told_apart_by_nobody(self, parts: dict[str, str], expected: Expected) -> None:
        """A reader that tells letterhead, title and text not apart changes nothing."""
        assert said(identify(PLAIN.but(**parts).document(flat=True))) == expected

    def test_columns_run_together(self, parts: dict[str, str], expected: Expected) -> None:
        """Nor does one that reads the two columns of the head across."""
        assert said(identify(PLAIN.but(**parts).document(columns=False))) == expected


NAMELESS = {"place": "ngày 08 tháng 9 năm 2023", "opening": "UBND phường báo cáo:", "closing": ""}

# what is printed otherwise | the ward and round that may still be named; a person has to place every one of these
UNSURE_CASES: dict[str, dict[str, str]] = {
    "agency and place name two wards": {"agency": "ỦY BAN NHÂN DÂN\nPHƯỜNG PHỔ NINH"},
    "nothing names a ward": {"agency": "", **NAMELESS},
    "only a slip names a ward": {"agency": "UBND PHƯỜNG PHỔ MNH", **NAMELESS},
    "a name between three wards": {"agency": "UBND PHƯỜNG PHỔ LINH", **NAMELESS},
    "a quarter that cannot be read": {"title": f"{TITLE} quý rn năm 2023"},
    "nothing names a round": {"title": TITLE, "place": ""},
    "only the date names a round": {"title": TITLE},
    "title and date far apart": {"title": f"{TITLE} quý I năm 2023"},
    "title of last year": {"title": f"{TITLE} quý III năm 2022"},
    "a month is no round": {"title": f"{TITLE} tháng 8 năm 2023", "place": "Phổ Minh, ngày 25 tháng 7 năm 2023"},
    "the town's own report": {
        "agency": "ỦY BAN NHÂN DÂN\nTHỊ XÃ ĐỨC PHỔ",
        "place": "Đức Phổ, ngày 20 tháng 9 năm 2023",
        "opening": "UBND thị xã báo cáo kết quả cải cách hành chính quý III/2023.",
        "body": "Trong đó UBND phường Phổ Minh 327 hồ sơ, UBND phường Phổ Ninh 846 hồ sơ, UBND xã Phổ An 486 hồ sơ.",
        "closing": "",
    },
    "a ward after its end": {
        "place": "Phổ Minh, ngày 08 tháng 9 năm 2025", "title": f"{TITLE} quý III năm 2025",
    },
}  # fmt: skip


@pytest.mark.parametrize("parts", UNSURE_CASES.values(), ids=UNSURE_CASES.keys())
def test_unsure_goes_to_a_person(parts: dict[str, str]) -> None:
    """Where the evidence is thin or contradicts itself, the confidence stays under the threshold."""
    assert of(PLAIN.but(**parts)).confidence < SURE


OTHER_TOWNS: dict[str, dict[str, str]] = {
    "another district above": {"agency": "UBND HUYỆN MỘ ĐỨC\nỦY BAN NHÂN DÂN XÃ ĐỨC LÂN"},
    "a city above, a ward of the same name": {"agency": "UBND THÀNH PHỐ QUẢNG NGÃI\nUBND PHƯỜNG NGUYỄN NGHIÊM"},
    "a ward the town does not have": {"agency": "ỦY BAN NHÂN DÂN\nXÃ BÌNH CHƯƠNG"},
    "a township": {"agency": "ỦY BAN NHÂN DÂN\nTHỊ TRẤN BA TƠ"},
    "addressed to a city": {
        "agency": "UBND PHƯỜNG NGUYỄN NGHIÊM",
        "place": "Nguyễn Nghiêm, ngày 08 tháng 9 năm 2023",
        "opening": "Thực hiện Công văn của Phòng Nội vụ thành phố, UBND phường Nguyễn Nghiêm báo cáo CCHC quý III:",
        "closing": "Kính đề nghị UBND thành phố Quảng Ngãi, Phòng Nội vụ thành phố tổng hợp./.",
    },
}


@pytest.mark.parametrize("parts", OTHER_TOWNS.values(), ids=OTHER_TOWNS.keys())
def test_other_towns_are_named(parts: dict[str, str]) -> None:
    """A report of another town's ward is recognised as such, even where the name of the ward is one of ours."""
    assert of(PLAIN.but(**parts)).other_town


NO_REPORTS: dict[str, dict[str, str]] = {
    "invitation": {"kind": "GIẤY MỜI", "number": "Số: 31/GM-UBND", "title": "Họp công tác cải cách hành chính quý III"},
    "decision": {"kind": "QUYẾT ĐỊNH", "number": "Số: 12/QĐ-UBND", "title": "Ban hành Kế hoạch cải cách hành chính"},
    "plan": {"kind": "KẾ HOẠCH", "number": "Số: 05/KH-UBND", "title": "Cải cách hành chính năm 2023"},
    "notice": {"kind": "THÔNG BÁO", "number": "Số: 88/TB-UBND", "title": "Kết luận về cải cách hành chính"},
    "options": {"kind": "PHƯƠNG ÁN", "number": "Số: 06/PA-UBND", "title": "Cải cách hành chính năm 2023"},
    "options on one line": {"kind": "PHƯƠNG ÁN CẢI CÁCH HÀNH CHÍNH", "number": "Số: 06/PA-UBND", "title": "Năm 2023"},
    "options without marks": {"kind": "PHUONG AN", "number": "Số: 06/PA-UBND", "title": "Cải cách hành chính"},
    "proposal": {"kind": "TỜ TRÌNH", "number": "Số: 9/TTr-UBND", "title": "Xin kinh phí cải cách hành chính"},
    "letter without type": {"kind": "", "number": "Số: 422/UBND", "title": "", "opening": "V/v thực hiện CCHC"},
    "report on another topic": {"title": "Tình hình phòng, chống dịch bệnh quý III năm 2023", "opening": ""},
    "report on the economy": {
        "title": "Tình hình phát triển kinh tế - xã hội quý III năm 2023",
        "opening": "UBND phường Phổ Minh báo cáo tình hình kinh tế - xã hội quý III như sau:",
    },
}  # fmt: skip


@pytest.mark.parametrize("parts", NO_REPORTS.values(), ids=NO_REPORTS.keys())
def test_other_documents_are_no_reports(parts: dict[str, str]) -> None:
    """Only a report on administrative reform is one."""
    assert not of(PLAIN.but(**parts)).is_report


@pytest.mark.parametrize("agency", ["PHƯỜNG AN TƯỜNG", "PHƯỜNG AN\nTƯỜNG", "PHƯỜNG AN", "PHUONG AN TUONG"])
def test_a_ward_whose_name_begins_like_a_type_sends_reports(agency: str) -> None:
    """Without its marks "Phường An …" begins as "Phương án" does, and is the agency all the same."""
    found = of(PLAIN.but(agency=f"ỦY BAN NHÂN DÂN\n{agency}", place="An Tường, ngày 08 tháng 9 năm 2023"))

    assert (found.is_report, found.doc_no) == (True, "204/BC-UBND")
    assert found.agency.endswith(agency.split("\n")[-1])


def test_no_unit_of_the_country_is_a_type_of_document() -> None:
    """Whatever a unit is called, its name in capitals at the head of a report is no type."""
    names = {f"{unit.kind} {unit.name}".upper() for unit in country_units()}
    taken = [name for name in sorted(names) if kind_of([name])[1]]

    assert taken == []


class TestConflicts:
    def test_opening_of_another_round_is_a_conflict(self) -> None:
        """Title III, opening II: placed by title and date, and said."""
        found = of(PLAIN.but(opening="UBND phường Phổ Minh báo cáo kết quả CCHC quý II năm 2023 như sau:"))

        assert found.round == "2023-Q3"
        assert ["quý II năm 2023" in text for text in found.conflicts] == [True]

    def test_a_stroke_lost_on_a_scan_is_none(self) -> None:
        """On a recognised page II for III, against title and date, is a misreading."""
        letter = PLAIN.but(opening="UBND phường Phổ Minh báo cáo kết quả CCHC quý II năm 2023 như sau:")
        scan = replace(letter.document(), pages=(Page(1, 595, 842, source="ocr", text_confidence=0.95),))

        found = identify(scan)

        assert (found.round, found.conflicts, found.confidence >= SURE) == ("2023-Q3", (), True)

    def test_date_out_of_season_is_a_conflict(self) -> None:
        """A report of quý I dated in September is said to be so."""
        found = of(PLAIN.but(title=f"{TITLE} quý I năm 2023"))

        assert any("08/09/2023" in text for text in found.conflicts)

    @pytest.mark.parametrize(
        ("window", "told"),
        [
            ("từ ngày 15/6/2023 đến ngày 14/9/2023", False),
            ("từ ngày 15/12/2022 đến 30/9/2023", False),
            ("từ ngày 15/6/2022 đến ngày 14/9/2022", True),
            ("từ ngày 15/6/2023 đến ngày 14/9/2023, cùng kỳ là từ 15/6/2022 đến 14/9/2022", False),
            ("từ ngày 15/6/2023 đến ngày 31/9/2023", False),
        ],
    )
    def test_the_days_it_covers(self, window: str, told: bool) -> None:
        """Days of another year are told; those compared with, a day or two more, and a day that is none are not."""
        found = of(PLAIN.but(opening=f"UBND phường Phổ Minh báo cáo như sau (số liệu {window}):"))

        assert (found.round, bool(found.conflicts)) == ("2023-Q3", told)

    @pytest.mark.parametrize(
        "said",
        [
            'Trong các biểu, "kỳ này" là quý III/2023, "kỳ trước" là quý II/2023; UBND phường báo cáo như sau.',
            "UBND phường báo cáo như sau, cùng kỳ là quý III/2022.",
            'Số liệu: "cùng kỳ" = quý III/2022 của phường.',
        ],
    )
    def test_other_times_of_the_opening(self, said: str) -> None:
        """An opening that explains what it compares with does not speak of another round."""
        assert of(PLAIN.but(opening=said)).conflicts == ()

    def test_tasks_of_the_next_round_are_none(self) -> None:
        """What a report plans for quý IV contradicts nothing."""
        found = of(
            PLAIN.but(
                title=f"{TITLE} quý III và phương hướng, nhiệm vụ quý IV năm 2023",
                closing="Trên đây là báo cáo kết quả CCHC quý III, phương hướng nhiệm vụ quý IV năm 2023 của phường./.",
            )
        )

        assert found.conflicts == ()

    @pytest.mark.parametrize("day", ["20 tháng 8", "14 tháng 9", "25 tháng 9", "20 tháng 10"])
    def test_early_and_late_dates_are_none(self, day: str) -> None:
        """A report dated before its window ends, or some weeks late, contradicts nothing."""
        assert of(PLAIN.but(place=f"Phổ Minh, ngày {day} năm 2023")).conflicts == ()


class TestFileName:
    def test_is_never_enough(self) -> None:
        """A name alone places nothing."""
        bare = Letter("", "", "", "", "", "", "UBND phường báo cáo CCHC.", "Đã tiếp nhận 327 hồ sơ.", "")
        found = of(bare, "BC CCHC quy III 2023 phuong Pho Minh.docx")

        assert (found.ward, found.round) == ("pho-minh", "2023-Q3")
        assert found.confidence < SURE

    def test_never_outweighs_the_report(self) -> None:
        """A wrong name changes neither ward nor round."""
        assert said(of(PLAIN, "pho-ninh-2022-Q1.pdf")) == MINH


class TestAppendix:
    def test_names_number_and_date_that_the_head_lost(self) -> None:
        """ "Kèm theo Báo cáo số …" stands in where the head of the page is cut off."""
        letter = PLAIN.but(
            number="", place="", appendix="(Kèm theo Báo cáo số 204/BC-UBND ngày 08/9/2023 của UBND phường Phổ Minh)"
        )

        assert said(of(letter)) == MINH


class TestEveryWard:
    @pytest.mark.parametrize("slug", wards())
    def test_from_agency_and_place(self, slug: str) -> None:
        """Every ward of the catalogue is told from all others, marks or no marks."""
        ward = wards()[slug]
        letter = PLAIN.but(
            agency=f"ỦY BAN NHÂN DÂN\n{ward.full_name.upper()}",
            place=f"{ward.name}, ngày 08 tháng 9 năm 2023",
            opening="UBND báo cáo kết quả cải cách hành chính:",
            closing="",
        )
        found = of(letter)

        assert (found.ward, found.confidence >= SURE) == (slug, True)

    def test_evidence_is_given(self) -> None:
        """What was believed, where it stands and how much it weighs can be shown."""
        sources = {e.source for e in of(PLAIN).evidence}

        assert {"agency", "place_line", "body", "title", "date"} <= sources

    def test_date_is_a_date(self) -> None:
        """The date of the letter is that of the place line, not of a cited document."""
        assert of(PLAIN).doc_date == date(2023, 9, 8)
