"""The lines at the head of a report, each recognised alone: number and symbol, place and date, period of the title."""

from __future__ import annotations

from datetime import date

import pytest

from parsers.identity.headlines import attached, kind_of, number_in, place_and_day, without_motto
from parsers.identity.letterhead import is_beside_committee
from parsers.identity.roundnames import Period, find_periods, period_of_title


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Số: 204/BC-UBND", "204/BC-UBND"),
        ("Số 204 /BC-UBND", "204/BC-UBND"),
        ("Số : 204/BC - UBND", "204/BC-UBND"),
        ("Số: 204/BC_UBND", "204/BC-UBND"),
        ("Số: 204/BC.UBND", "204/BC-UBND"),
        ("Số: 204/BCUBND", "204/BC-UBND"),
        ("Số: 2O4/BC-UBND", "204/BC-UBND"),
        ("Số: l2/BC-UBND", "12/BC-UBND"),
        ("Số:204/BC-UBN0", "204/BC-UBND"),
        ("S6: 12/BC-ỦBND", "12/BC-UBND"),
        ("Số: 12/BC-UBMD", "12/BC-UBND"),
        ("Số: 12/BC-HĐND", "12/BC-HĐND"),
        ("Số: 12/BC-UBMT", "12/BC-UBMT"),
        ("Số: 204-BC/ĐU", "204/BC-ĐU"),
        ("Số: 204/2023/BC-UBND", "204/2023/BC-UBND"),
        ("Số: 204/BC-UBND-VP", "204/BC-UBND-VP"),
        ("Số: /BC-UBND", None),
        ("204/BC-UBND", None),
    ],
)
def test_number_and_symbol(line: str, number: str | None) -> None:
    """One spelling for all habits and for a letter that a recogniser took for another; none where none is filled in."""
    assert number_in([line]) == number


def test_the_number_stands_at_the_head() -> None:
    """The first of sixteen lines that has one; below them other documents are cited."""
    lines = ["x"] * 15

    assert number_in([*lines, "Số: 1/BC-UBND", "Số: 2/BC-UBND"]) == "1/BC-UBND"
    assert number_in([*lines, "x", "Số: 1/BC-UBND"]) is None
    assert number_in(["Số: /BC-UBND", "Số: 2/BC-UBND"]) == "2/BC-UBND"


@pytest.mark.parametrize(
    ("line", "place", "day", "printed"),
    [
        ("Phổ Minh, ngày 08 tháng 9 năm 2023", "Phổ Minh", date(2023, 9, 8), "ngày 08 tháng 9 năm 2023"),
        ("Phổ Minh, ngày 08 tháng 9, năm 2023", "Phổ Minh", date(2023, 9, 8), "ngày 08 tháng 9, năm 2023"),
        (
            "Số: 204/BC-UBND Phổ Minh, ngày 08 tháng 9 năm 2023",
            "Phổ Minh",
            date(2023, 9, 8),
            "ngày 08 tháng 9 năm 2023",
        ),
        ("Ea H'Leo, ngày 8 tháng 9 năm 2023", "Ea H'Leo", date(2023, 9, 8), "ngày 8 tháng 9 năm 2023"),
        ("TP. Hồ Chí Minh, ngày 8 tháng 9 năm 2023", "TP. Hồ Chí Minh", date(2023, 9, 8), "ngày 8 tháng 9 năm 2023"),
        ("Quảng Ngãi, ngày l8 tháng o9 năm 2o23", "Quảng Ngãi", date(2023, 9, 18), "ngày l8 tháng o9 năm 2o23"),
        ("ngày 8 tháng 9 năm 2023", "", date(2023, 9, 8), "ngày 8 tháng 9 năm 2023"),
        ("Phổ Minh, 8/9/23", "Phổ Minh", date(2023, 9, 8), "8/9/23"),
        ("Phổ Minh, ngày 08 /9/2023", "Phổ Minh", date(2023, 9, 8), "ngày 08 /9/2023"),
        ("Phổ Minh, ngày … tháng … năm 2023", "Phổ Minh", None, "ngày … tháng … năm 2023"),
        ("Phổ Minh, ngày 31 tháng 2 năm 2023", "Phổ Minh", None, "ngày 31 tháng 2 năm 2023"),
    ],
)
def test_place_and_day(line: str, place: str, day: date | None, printed: str) -> None:
    """The line is found in every habit; a day that is not filled in, or cannot be, is none."""
    assert place_and_day([line]) == (place, day, printed)


@pytest.mark.parametrize(
    "line",
    [
        "Ký bởi: UBND, ngày 8/9/2023 10:00:00 +07:00",
        "Thời gian ký, ngày 8 tháng 9 năm 2023",
        "Thực hiện chỉ đạo của Ủy ban nhân dân thị xã vào ngày 8 tháng 9 năm 2023",
        "8/9/2023",
        "Phổ Minh, 8/9/20234",
    ],
)
def test_no_place_and_day(line: str) -> None:
    """Time stamps of signatures, days in running text and bare days are no date of a report."""
    assert place_and_day([line]) is None


@pytest.mark.parametrize(
    ("title", "number", "year", "mended"),
    [
        ("quý III năm 2023", 3, 2023, False),
        ("quý III/2023", 3, 2023, False),
        ("quý III.2023", 3, 2023, False),
        ("quý 3.2023", 3, 2023, False),
        ("quý 3,2023", 3, 2023, False),
        ("quý III – 2023", 3, 2023, False),
        ("Quý 03-2023", 3, 2023, False),
        ("Q3/2023", 3, 2023, False),
        ("quý III. Số liệu năm 2023", 3, 2023, False),
        ("quý 3", 3, None, False),
        ("quý IV và cả năm 2023", 4, 2023, False),
        ("quý II, 6 tháng đầu năm 2023", 2, 2023, False),
        ("quý I và nhiệm vụ quý II năm 2023", 1, 2023, False),
        ("Quý lll/2023", 3, 2023, True),
        ("quý TII năm 2024", 3, 2024, True),
        ("œný TII năm 2024", 3, 2024, True),
        ("3 tháng đầu năm", 1, None, False),
        ("6 tháng đầu năm 2023", 2, 2023, False),
        ("sáu tháng đầu năm 2023", 2, 2023, False),
        ("9 tháng năm 2023", 3, 2023, False),
        ("mười hai tháng 2023", 4, 2023, False),
        ("năm 2023", 4, 2023, False),
        ("cả năm 2023", 4, 2023, False),
        ("năm 2023 và phương hướng năm 2024", 4, 2023, False),
    ],
)
def test_period_of_a_title(title: str, number: int, year: int | None, mended: bool) -> None:
    """The first quarter or months that a title is about, else its year; strokes misread are mended and said."""
    found = period_of_title(title)

    assert found is not None
    assert (found.number, found.year, found.mended) == (number, year, mended)


@pytest.mark.parametrize(
    "title",
    [
        "tháng 8 năm 2023",
        "tháng 01/2024",
        "quý rn năm 2023",
        "quý 3.5",
        "quý III,2",
        "quý 3.20234",
        "quý h năm 2023",
        "phương hướng, nhiệm vụ năm 2024",
        "năm học 2023-2024",
        "tuần 3",
        "",
    ],
)
def test_no_period_of_a_title(title: str) -> None:
    """What no round is, what cannot be read and what is only planned gives none."""
    assert period_of_title(title) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Trong quý III/2023, so với quý II/2023 tăng", ["quý III/2023"]),
        ("cùng kỳ là quý III/2022; quý III/2023", ["quý III/2023"]),
        ("quý III/2023 và 9 tháng đầu năm 2023", ["quý III/2023", "9 tháng đầu năm 2023"]),
        ("nhiệm vụ trọng tâm quý IV", []),
        ("kết quả thực hiện nhiệm vụ quý IV", ["quý IV"]),
        ("6 tháng cuối năm, 3 tháng qua", []),
    ],
)
def test_periods_of_a_text(text: str, words: list[str]) -> None:
    """In order, without what something is compared with and without what is still ahead."""
    assert [period.words for period in find_periods(text)] == words


def test_nothing_is_said_of_a_year_that_is_not_printed() -> None:
    """A period keeps the words as printed."""
    assert find_periods("đạt trong Quý  3") == [Period(3, None, "Quý  3")]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["BÁO CÁO"], (0, "bao cao")),
        (["UBND", "BÁO CÁO KẾT QUẢ"], (1, "bao cao")),
        (["B Á O  C Á O"], (0, "bao cao")),
        (["BÁ0 CÁ0"], (0, "bao cao")),
        (["Báo cáo kết quả"], (None, "")),
        (["BÁO CÁO TÀI CHÍNH CỦA ĐẢNG"], (0, "bao cao")),
        (["BÁO CÁO" + " NHANH" * 20], (None, "")),
        (["PHƯƠNG ÁN"], (0, "phuong an")),
        (["PHƯỜNG AN"], (None, "")),
    ],
)
def test_type_of_a_document(lines: list[str], found: tuple[int | None, str]) -> None:
    """A line in capitals that begins with a type, with letters parted or misread."""
    assert kind_of(lines) == found


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("UBND PHƯỜNG PHỔ MINH CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "UBND PHƯỜNG PHỔ MINH"),
        ("Số: 5/BC-UBND Độc lập - Tự do - Hạnh phúc", "Số: 5/BC-UBND"),
        ("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA", ""),
        ("- Phổ Minh -", "Phổ Minh"),
        ("Quảng Nam, ngày 5", "Quảng Nam, ngày 5"),
    ],
)
def test_the_national_title_is_cut_out(line: str, left: str) -> None:
    """What stands beside title and motto in two columns read across is kept."""
    assert without_motto(line) == left


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kèm theo Báo cáo số 5/BC-UBND ngày 08/9/2023 của", ("5/BC-UBND", date(2023, 9, 8))),
        ("(Kèm theo báo cáo số: 5 / BC - UBND, ngày 8 tháng 9 năm 2023)", ("5/BC-UBND", date(2023, 9, 8))),
        ("Kèm theo Báo cáo số 5/BC-UBND ngày 31/02/2023", ("5/BC-UBND", None)),
        ("Kèm theo Báo cáo số 5/BC-UBND", ("5/BC-UBND", None)),
        ("Kèm theo Kế hoạch số 5/KH-UBND", None),
    ],
)
def test_what_an_appendix_says_of_its_report(text: str, found: tuple[str, date | None] | None) -> None:
    """Number and day, the day None where none or an impossible one stands; the words only with a day."""
    said = attached(text)

    assert (said and said[:2]) == found
    assert said is None or bool(said[2]) == (said[1] is not None)


@pytest.mark.parametrize(
    ("lines", "beside"),
    [
        (["ĐẢNG ỦY PHƯỜNG PHỔ MINH"], True),
        (["ỦY BAN NHÂN DÂN", "CÔNG AN PHƯỜNG PHỔ MINH"], True),
        (["HỘI ĐỒNG NHÂN DÂN - ỦY BAN NHÂN DÂN PHƯỜNG"], False),
        (["ĐẢNG ỦY PHƯỜNG PHỔ MINH", "UBND PHƯỜNG PHỔ MINH"], False),
        (["UBND PHƯỜNG PHỔ MINH"], False),
        ([], False),
    ],
)
def test_bodies_beside_the_committee(lines: list[str], beside: bool) -> None:
    """A body named last is the one that signs; where the committee stands behind it they sign together."""
    assert is_beside_committee(*lines) is beside
