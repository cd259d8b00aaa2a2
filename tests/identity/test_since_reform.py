"""Units since 1 July 2025: communes of a province, with names that were others' before."""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path

import pytest

from catalogue.gazetteer import known_units
from cchc.text import fold
from parsers.identity import SURE, identify
from parsers.readers import read_document
from tests.identity.letters import Letter
from tests.unseen import Unseen, unseen

ROOT = Path(__file__).resolve().parents[2]
REPORTS = unseen(ROOT / "training" / "reports" / "r3")
TITLE = "Kết quả công tác cải cách hành chính quý I năm 2026"


def letter(agency: str, place: str, unit: str, **parts: str) -> Letter:
    """Return a report of quý I 2026 whose unit speaks of itself as `unit`."""
    return Letter(
        agency=agency,
        place=f"{place}, ngày 11 tháng 3 năm 2026",
        title=TITLE,
        opening=f"UBND {unit} báo cáo kết quả cải cách hành chính quý I năm 2026 như sau:",
        body=f"Trung tâm Phục vụ hành chính công {unit} đã tiếp nhận 327 hồ sơ.",
        closing=f"Trên đây là báo cáo của UBND {unit}, kính gửi Sở Nội vụ tỉnh tổng hợp./.",
    ).but(**parts)


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_reports_of_the_province(report: Unseen, kind: str, tmp_path: Path) -> None:
    """Unit, round, number and date of whole reports are read, and surely."""
    found = identify(read_document(report.write(tmp_path, kind)))

    day = found.doc_date.isoformat() if found.doc_date else None
    assert (found.ward, found.round, found.doc_no, day) == (report.ward, report.round, report.doc_no, report.day)
    assert (found.office, found.other_town, found.confidence >= SURE) == ("quang-ngai", None, True)


@pytest.mark.parametrize("known", known_units(), ids=lambda known: known.unit.slug)
def test_every_known_unit_is_told_from_all_others(known: object) -> None:
    """Every unit of every shipped office is placed by its own letterhead, on a day when it exists."""
    unit = known.unit  # type: ignore[attr-defined]
    year = 2023 if unit.valid_to else 2026
    made = letter(f"ỦY BAN NHÂN DÂN\n{unit.full_name.upper()}", unit.name, unit.full_name).but(
        place=f"{unit.name}, ngày 11 tháng 3 năm {year}",
        title=TITLE.replace("2026", str(year)),
        opening=f"UBND {unit.full_name} báo cáo kết quả cải cách hành chính quý I năm {year} như sau:",
    )
    found = identify(made.document())

    assert (found.ward, found.round) == (unit.slug, f"{year}-Q1")
    assert (found.other_town, found.confidence >= SURE) == (None, True)


PLACED: dict[str, tuple[Letter, str]] = {
    "province above": (letter("UBND TỈNH QUẢNG NGÃI\nUBND XÃ BA TƠ", "Ba Tơ", "xã Ba Tơ"), "ba-to"),
    "province above, in full": (
        letter("ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI\nỦY BAN NHÂN DÂN XÃ MỘ ĐỨC", "Mộ Đức", "xã Mộ Đức"),
        "mo-duc",
    ),
    "on one line": (letter("UBND ĐẶC KHU LÝ SƠN", "Lý Sơn", "đặc khu Lý Sơn"), "ly-son"),
    "dated in the province's capital": (letter("UBND XÃ SƠN HẠ", "Quảng Ngãi", "xã Sơn Hạ"), "son-ha-21292"),
    "a name that differs in its marks only": (letter("UBND XÃ BA TÔ", "Ba Tô", "xã Ba Tô"), "ba-to-21523"),
    "the ward with a town's name": (letter("UBND PHƯỜNG ĐỨC PHỔ", "Đức Phổ", "phường Đức Phổ"), "duc-pho"),
    "the commune with a ward's name": (
        letter("UBND XÃ NGUYỄN NGHIÊM", "Nguyễn Nghiêm", "xã Nguyễn Nghiêm"),
        "xa-nguyen-nghiem",
    ),
    "old names beside the new": (
        letter("UBND XÃ KHÁNH CƯỜNG\n(XÃ PHỔ CƯỜNG, XÃ PHỔ KHÁNH CŨ)", "Khánh Cường", "xã Khánh Cường"),
        "khanh-cuong",
    ),
    "old names in the text": (
        letter(
            "UBND PHƯỜNG SA HUỲNH", "Sa Huỳnh", "phường Sa Huỳnh", opening="UBND phường Sa Huỳnh (phường Phổ Thạnh và "
            "xã Phổ Châu cũ) báo cáo kết quả cải cách hành chính quý I năm 2026:",
        ),
        "sa-huynh",
    ),
    "tone on the other vowel": (letter("UBND XÃ SƠN THUỶ", "Sơn Thuỷ", "xã Sơn Thuỷ"), "son-thuy"),
    "a number word that is a name": (
        letter("UBND XÃ BA XA", "Ba Xa", "xã Ba Xa", body="Hội nghị có ba xã bạn dự; ba tổ công tác đi kiểm tra."),
        "ba-xa",
    ),
    "neighbours in the text": (
        letter("UBND PHƯỜNG TRÀ CÂU", "Trà Câu", "phường Trà Câu", body="So với phường Đức Phổ, xã Nguyễn Nghiêm, "
               "phường Sa Huỳnh và xã Khánh Cường, UBND phường Trà Câu giải quyết nhiều hơn."),
        "tra-cau",
    ),
    "name of two words and letters": (letter("UBND XÃ ĐĂK RƠ WA", "Đăk Rơ Wa", "xã Đăk Rơ Wa"), "dak-ro-wa"),
}  # fmt: skip


@pytest.mark.parametrize(("made", "slug"), PLACED.values(), ids=PLACED.keys())
def test_placed(made: Letter, slug: str) -> None:
    """A unit is placed by kind, name and day, however its head is printed."""
    found = identify(made.document())

    assert (found.ward, found.round, found.other_town) == (slug, "2026-Q1", None)
    assert found.confidence >= SURE


FOREIGN: dict[str, tuple[Letter, str]] = {
    "a commune of another province": (
        letter("UBND TỈNH GIA LAI\nUBND PHƯỜNG HOÀI NHƠN BẮC", "Hoài Nhơn Bắc", "phường Hoài Nhơn Bắc"),
        "PHƯỜNG HOÀI NHƠN BẮC, TỈNH GIA LAI",
    ),
    "a commune the country's list has once": (
        letter("UBND PHƯỜNG HOÀI NHƠN BẮC", "Hoài Nhơn Bắc", "phường Hoài Nhơn Bắc"),
        "phường Hoài Nhơn Bắc, tỉnh Gia Lai",
    ),
    "a unit of another province of a name of ours": (
        letter("UBND TỈNH LÂM ĐỒNG\nUBND XÃ SƠN TÂY", "Sơn Tây", "xã Sơn Tây"),
        "XÃ SƠN TÂY, TỈNH LÂM ĐỒNG",
    ),
    "a township before the reform": (
        letter("UBND THỊ TRẤN BA TƠ", "Ba Tơ", "thị trấn Ba Tơ").but(
            place="Ba Tơ, ngày 11 tháng 3 năm 2024", title=TITLE.replace("2026", "2024"), opening=""
        ),
        "thị trấn Ba Tơ, huyện Ba Tơ, tỉnh Quảng Ngãi",
    ),
    "a commune of the same name before the reform": (
        letter("UBND XÃ BA VÌ", "Ba Vì", "xã Ba Vì").but(
            place="Ba Vì, ngày 11 tháng 3 năm 2024", title=TITLE.replace("2026", "2024"), opening=""
        ),
        "xã Ba Vì, huyện Ba Tơ, tỉnh Quảng Ngãi",
    ),
}


@pytest.mark.parametrize(("made", "named"), FOREIGN.values(), ids=FOREIGN.keys())
def test_units_of_none_of_the_offices_are_named_for_what_they_are(made: Letter, named: str) -> None:
    """What is of no office known here is said with the levels above it."""
    assert identify(made.document()).other_town == named


LEFT: dict[str, Letter] = {
    "an old ward after its end": letter("UBND PHƯỜNG PHỔ MINH", "Phổ Minh", "phường Phổ Minh"),
    "marks lost between two communes": letter("UBND XA BA TO", "Ba To", "xa").but(opening="UBND xa bao cao CCHC:"),
    "dated in another province's capital": letter("UBND XÃ SƠN TÂY", "Hà Nội", "xã Sơn Tây"),
    "agency and place of two communes": letter("UBND XÃ BA TƠ", "Ba Vinh", "xã").but(opening="UBND xã báo cáo CCHC:"),
}


@pytest.mark.parametrize("made", LEFT.values(), ids=LEFT.keys())
def test_left_to_a_person(made: Letter) -> None:
    """What may be two units, or none of its day, is sure of neither."""
    assert identify(made.document()).confidence < SURE


PACKAGES = tuple(
    path.parent.name
    for path in sorted(ROOT.glob("*/__init__.py"))
    if path.parent.name not in {"tests", "bench", "offices", "sample"}
)


def test_no_place_name_stands_in_code() -> None:
    """Units, districts and provinces are data: no string of the code names one; docstrings may give examples."""
    names = {fold(k.unit.name) for k in known_units()} | {fold(level.name) for k in known_units() for level in k.above}
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(n for n in names if ' ' in n))})(?!\w)")
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        for line, text in _strings(path)
        if pattern.search(fold(text))
    ]

    assert found == []
    assert {"assets", "catalogue", "cchc", "console", "parsers", "pipelines", "training"} <= set(PACKAGES)


def _strings(path: Path) -> list[tuple[int, str]]:
    """Return the string constants of a module that are not docstrings or bare strings, with their lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare
    ]


def test_days_of_the_units_meet() -> None:
    """Where the old units of the shipped offices end, the new ones begin."""
    ends = {k.unit.valid_to for k in known_units() if k.unit.valid_to}

    assert ends == {date(2025, 6, 30)}
    assert {k.unit.valid_from for k in known_units() if not k.unit.valid_to} == {date(2025, 7, 1)}
