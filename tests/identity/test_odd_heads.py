"""Letterheads as odd as they come: placed where they say enough, left to a person where they do not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parsers.document import Page
from parsers.identity import SURE, identify
from parsers.reading import Identity
from tests.identity.letters import Letter

PLAIN = Letter()
TITLE = "Kết quả công tác cải cách hành chính"
MINH = ("pho-minh", "2023-Q3")
AN = {
    "agency": "UBND XÃ PHỔ AN",
    "place": "Phổ An, ngày 11 tháng 9 năm 2023",
    "opening": "UBND xã Phổ An báo cáo kết quả cải cách hành chính quý III năm 2023:",
    "closing": "",
}
JOINED = {"agency": "UBND XÃ PHỔAN", "place": "PhổAn, ngày 11 tháng 9 năm 2023"}
SCANNED = {"agency": "ỦY BAN NHÀN DÀN\nPHƯỞNG PHÓ MĨNH", "place": "Phó Mĩnh, ngày 08 tháng 9 năm 2023"}
CITY_WARD = {
    "agency": "UBND PHƯỜNG NGUYỄN NGHIÊM",
    "place": "Quảng Ngãi, ngày 08 tháng 9 năm 2023",
    "opening": "UBND phường báo cáo kết quả cải cách hành chính quý III năm 2023:",
    "closing": "",
}


def of(parts: dict[str, str], *, scanned: bool = False) -> Identity:
    document = PLAIN.but(**parts).document()
    page = Page(1, 595, 842, source="ocr", text_confidence=0.95)
    return identify(replace(document, pages=(page,)) if scanned else document)


AGENCIES = {
    "short": "UBND XÃ PHỔ AN",
    "dotted": "U.B.N.D XÃ PHỔ AN",
    "dot behind": "UBND. XÃ PHỔ AN",
    "half short": "ỦY BAN ND XÃ PHỔ AN",
    "small letters": "UBND xã Phổ An",
    "X. for xã": "UBND X.PHỔ AN",
    "town above, short": "UBND TX. ĐỨC PHỔ\nUBND XÃ PHỔ AN",
    "the district the town once was": "UBND HUYỆN ĐỨC PHỔ\nUBND XÃ PHỔ AN",
    "wide blanks": "ỦY  BAN  NHÂN  DÂN\nXÃ   PHỔ   AN",
    "spaced letters": "U B N D  X Ã  P H Ổ  A N",
    "three lines": "ỦY BAN\nNHÂN DÂN\nXÃ PHỔ AN",
    "hyphen in the name": "UBND XÃ PHỔ-AN",
    "an office below": "UBND XÃ PHỔ AN\nBỘ PHẬN MỘT CỬA",
    "tone gone": "UBND XÃ PHÔ AN",
    "tone of a scan": "UBND XÃ PHỐ AN",
    "another tone": "UBND XÃ PHỔ ẠN",
}


@pytest.mark.parametrize("agency", AGENCIES.values(), ids=AGENCIES.keys())
def test_agency_in_any_dress_is_the_ward(agency: str) -> None:
    """The agency line may be short, dotted, spaced, broken or slightly wrong."""
    found = of({**AN, "agency": agency})

    assert (found.ward, found.round, found.other_town) == ("pho-an", "2023-Q3", None)
    assert found.confidence >= SURE


PLACED: dict[str, tuple[dict[str, str], tuple[str, str]]] = {
    "name run together": ({**AN, **JOINED}, ("pho-an", "2023-Q3")),
    "dated in the town": ({"place": "Đức Phổ, ngày 08 tháng 9 năm 2023"}, MINH),
    "dated in the town, said in full": ({"place": "Thị xã Đức Phổ, ngày 08 tháng 9 năm 2023"}, MINH),
    "place misspelt": ({"place": "Phổ Mình, ngày 08 tháng 9 năm 2023"}, MINH),
    "agency and place poorly recognised": (SCANNED, MINH),
    "title names the ward": ({"title": f"{TITLE} quý III năm 2023 của UBND phường Phổ Minh"}, MINH),
    "round in the body only": (
        {"title": TITLE, "opening": "UBND phường Phổ Minh báo cáo kết quả công tác CCHC quý III năm 2023 như sau:"},
        MINH,
    ),
    "no title at all": (
        {"title": "", "opening": "UBND phường Phổ Minh báo cáo kết quả cải cách hành chính quý III/2023 như sau:"},
        MINH,
    ),
    "comma before the year": ({"title": f"{TITLE} Quý 3, năm 2023"}, MINH),
    "dash before the year": ({"title": f"{TITLE} quý III - 2023"}, MINH),
    "three months in words and quarter": ({"title": f"{TITLE} 3 tháng (quý III) năm 2023"}, MINH),
    "09 tháng": ({"title": f"{TITLE} 09 tháng năm 2023"}, MINH),
    "nine months and the tasks of three": (
        {"title": f"{TITLE} 9 tháng đầu năm và nhiệm vụ 3 tháng cuối năm 2023"},
        MINH,
    ),
    "window in brackets": ({"title": f"{TITLE} quý III năm 2023 (từ ngày 15/6/2023 đến ngày 14/9/2023)"}, MINH),
    "tasks of the next quarter first": (
        {"title": "Phương hướng quý IV và kết quả cải cách hành chính quý III năm 2023"},
        MINH,
    ),
    "a stroke as 1": ({"title": f"{TITLE} quý 1II năm 2023"}, MINH),
    "two strokes as H": ({"title": f"{TITLE} quý IH năm 2023"}, MINH),
    "strokes as l": ({"title": f"{TITLE} quý Ill năm 2023"}, MINH),
    "tone on the wrong letter": ({"title": f"{TITLE} qúy III năm 2023"}, MINH),
    "year in two digits": ({"title": f"{TITLE} QUÍ III/23"}, MINH),
    "quý IV dated in January": (
        {"title": f"{TITLE} quý IV năm 2023", "place": "Phổ Minh, ngày 10 tháng 01 năm 2024", "opening": ""},
        ("pho-minh", "2023-Q4"),
    ),
}


@pytest.mark.parametrize(("parts", "expected"), PLACED.values(), ids=PLACED.keys())
def test_odd_heads_that_say_enough_are_placed(parts: dict[str, str], expected: tuple[str, str]) -> None:
    """Where what is odd contradicts nothing, the report is placed, and surely."""
    found = of(parts)

    assert (found.ward, found.round, found.other_town) == (*expected, None)
    assert found.confidence >= SURE


LEFT: dict[str, dict[str, str]] = {
    "kind that the unit is not": {**AN, "agency": "UBND PHƯỜNG PHỔ AN"},
    "agency of another ward": {"agency": "ỦY BAN NHÂN DÂN\nPHƯỜNG PHỔ VINH"},
    "place of another ward, no agency": {"agency": "", "place": "Phổ Ninh, ngày 08 tháng 9 năm 2023"},
    "body copied from another ward": {
        "opening": "UBND phường Phổ Ninh báo cáo CCHC quý III năm 2023:",
        "body": "UBND phường Phổ Ninh đã tiếp nhận 327 hồ sơ.",
        "closing": "Trên đây là báo cáo của UBND phường Phổ Ninh./.",
    },
    "title of another ward": {"title": f"{TITLE} quý III năm 2023 của phường Phổ Ninh"},
    "former name": {
        "agency": "UBND PHƯỜNG PHỔ THẠCH",
        "place": "Phổ Thạch, ngày 08 tháng 9 năm 2023",
        "opening": "UBND phường Phổ Thạch báo cáo:",
        "closing": "",
    },
    "a ward before it was one": {
        "agency": "UBND XÃ PHỔ MINH",
        "place": "Phổ Minh, ngày 10 tháng 9 năm 2019",
        "title": f"{TITLE} quý III năm 2019",
        "opening": "UBND xã Phổ Minh báo cáo:",
        "closing": "",
    },
    "a ward of a city has the same name": CITY_WARD,
    "last quarter's title, this quarter's body": {
        "title": f"{TITLE} quý II năm 2023",
        "opening": "UBND phường Phổ Minh báo cáo kết quả CCHC quý III năm 2023 như sau:",
    },
    "last quarter's title and opening, this quarter's date": {
        "title": f"{TITLE} quý II năm 2023",
        "opening": "UBND phường Phổ Minh báo cáo kết quả CCHC quý II năm 2023 như sau:",
    },
    "last year's title": {"title": f"{TITLE} quý III năm 2022"},
    "a year to come in the title": {"title": f"{TITLE} quý III năm 2032"},
    "a year to come in the date": {"place": "Phổ Minh, ngày 08 tháng 9 năm 2032"},
    "next year in the date": {"place": "Phổ Minh, ngày 08 tháng 9 năm 2024"},
    "months listed": {"title": f"{TITLE} các tháng 7, 8, 9 năm 2023"},
    "only a window": {"title": f"{TITLE} (từ ngày 15/6/2023 đến ngày 14/9/2023)"},
    "the year, in September": {"title": f"{TITLE} năm 2023"},
    "six months, in September": {"title": f"{TITLE} 6 tháng đầu năm 2023"},
}


@pytest.mark.parametrize("parts", LEFT.values(), ids=LEFT.keys())
def test_odd_heads_that_contradict_themselves_are_left_to_a_person(parts: dict[str, str]) -> None:
    """Where parts of a report say different things, nothing is sure."""
    assert of(parts).confidence < SURE


ELSEWHERE: dict[str, tuple[dict[str, str], str]] = {
    "district above": ({"agency": "UBND HUYỆN CHƯ SÊ\nUBND XÃ PHỔ AN"}, "XÃ PHỔ AN, HUYỆN CHƯ SÊ"),
    "another town above": (
        {"agency": "UBND THỊ XÃ HOÀI NHƠN\nUBND PHƯỜNG PHỔ MINH"},
        "PHƯỜNG PHỔ MINH, THỊ XÃ HOÀI NHƠN",
    ),
    "province and district above": (
        {"agency": "TỈNH BÌNH THUẬN\nHUYỆN TUY PHONG\nUBND XÃ PHỔ AN"},
        "XÃ PHỔ AN, HUYỆN TUY PHONG",
    ),
    "city above, in short": ({"agency": "UBND TP QUẢNG NGÃI\nUBND XÃ NGHĨA AN"}, "XÃ NGHĨA AN, TP QUẢNG NGÃI"),
    "bodies of a district": (
        {
            "opening": "Kính gửi: UBND huyện Tây Sơn; Phòng Nội vụ huyện.",
            "body": "Thực hiện chỉ đạo của UBND huyện Tây Sơn, UBND phường báo cáo CCHC quý III năm 2023.",
            "closing": "",
        },
        "huyện",
    ),
}


@pytest.mark.parametrize(("parts", "said"), ELSEWHERE.values(), ids=ELSEWHERE.keys())
def test_wards_of_other_towns_are_told_by_what_stands_above(parts: dict[str, str], said: str) -> None:
    """A ward of the same name in another town is named with its town."""
    assert of(parts).other_town == said


SCANS: dict[str, tuple[str, str, str, bool]] = {
    "all three agree": ("III", "III", "08 tháng 9", True),
    "title lost a stroke": ("II", "III", "08 tháng 9", False),
    "title and opening lost a stroke": ("II", "II", "08 tháng 9", False),
    "title gained nothing, date missing": ("II", "II", "", False),
    "quý IV has more than strokes": ("IV", "IV", "12 tháng 12", True),
}


@pytest.mark.parametrize(("title", "opening", "day", "sure"), SCANS.values(), ids=SCANS.keys())
def test_strokes_of_a_scan_need_the_date(title: str, opening: str, day: str, sure: bool) -> None:
    """On a recognised page a numeral of strokes alone places nothing: the date has to bear it out."""
    parts = {
        "title": f"{TITLE} quý {title} năm 2023",
        "opening": f"UBND phường Phổ Minh báo cáo kết quả CCHC quý {opening} năm 2023 như sau:",
        "place": f"Phổ Minh, ngày {day} năm 2023" if day else "",
        "closing": "",
    }

    assert (of(parts, scanned=True).confidence >= SURE) is sure
