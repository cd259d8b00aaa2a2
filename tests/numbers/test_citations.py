"""Documents a report cites: kind, number, day, subject."""

from __future__ import annotations

from datetime import date

import pytest

from parsers.citations import find_citations
from parsers.cited.find import cited_spans
from parsers.reading import AccountKind
from tests.numbers.marked import keyed

# sentence
#     kind | number | day | subject
CITATIONS = """
Kế hoạch số 05/KH- UBND ngày 11/01/2023 về tuyên truyền CCHC năm 2023;
    Kế hoạch | 05/KH-UBND | 2023-01-11 | về tuyên truyền CCHC năm 2023
Quyết định số 795/QĐ-UBND ngày 30 tháng 12 năm 2022 ban hành Kế hoạch.
    Quyết định | 795/QĐ-UBND | 2022-12-30 | ban hành Kế hoạch
Kế hoạch số 24/KH-UBND về khắc phục hạn chế
    Kế hoạch | 24/KH-UBND | None | về khắc phục hạn chế
Công văn số 336/PNV-CCHC ngày 24/8/2023 của Phòng Nội vụ thị xã
    Công văn | 336/PNV-CCHC | 2023-08-24 |
Thông báo số 88/TB-UBND ngày 08/8/2023 (kết luận phiên họp tháng 8)
    Thông báo | 88/TB-UBND | 2023-08-08 | kết luận phiên họp tháng 8
Quyết định số 48/2021/QĐ-UBND ngày 22/9/2021 của UBND tỉnh về kỷ cương
    Quyết định | 48/2021/QĐ-UBND | 2021-09-22 | về kỷ cương
Quyết định số 7/QÐ-UBND ngày 05/3/2020 về việc phân công
    Quyết định | 7/QĐ-UBND | 2020-03-05 | về việc phân công
Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ
    Nghị định | 30/2020/NĐ-CP | 2020-03-05 |
Chi thị số 31- CT/TU ngày 13/6/2014 về chủ trương chung
    Chỉ thị | 31-CT/TU | 2014-06-13 | về chủ trương chung
ban hành quy chế thực hiện dân chủ tại Quyết định số 01/2023/QĐ-UBND
    Quyết định | 01/2023/QĐ-UBND | None | quy chế thực hiện dân chủ
Kế hoạch số 7/KH-UBND ngày 31/02/2023 về việc rà soát văn bản
    Kế hoạch | 7/KH-UBND | None | về việc rà soát văn bản
bồi dưỡng theo Nghị định số 89/2021/NĐ-CP.Trong quý cử 04 cán bộ đi học
    Nghị định | 89/2021/NĐ-CP | None |
Quyết định số 15/QĐ.UBND ngày 05/3/2023 về việc phân công
    Quyết định | 15/QĐ.UBND | 2023-03-05 | về việc phân công
Quy chế phối hợp số 07/UBND ngày 05/3/2023 về tiếp công dân
    Quy chế | 07/UBND | 2023-03-05 | về tiếp công dân
tiếp công dân theo văn thư số 07/UBND về tiếp công dân
    Công văn | 07/UBND | None | về tiếp công dân
kế hoạch tuyên truyền số 07/UBND về tiếp công dân
    Kế hoạch | 07/UBND | None | về tiếp công dân
""".strip().splitlines()


@pytest.mark.parametrize(("sentence", "expected"), list(zip(CITATIONS[::2], CITATIONS[1::2], strict=True)))
def test_citation(sentence: str, expected: str) -> None:
    """A document is cited with its kind, its number without blanks, its day and what it is about."""
    kind, number, day, subject = (part.strip() for part in expected.split("|"))

    (found,) = find_citations(keyed("case", sentence).document)

    assert (found.kind, found.number, found.subject) == (kind, number, subject)
    assert found.day == (None if day == "None" else date.fromisoformat(day))


def test_several_in_one_sentence() -> None:
    """Documents listed in a row each keep their own day and subject."""
    report = keyed(
        "case",
        "Ban hành Kế hoạch số 11/KH-UBND ngày 30/01/2023 về chuyển đổi vị trí; "
        "Kế hoạch số 09/KH-UBND ngày 01/02/2023 chuyển đổi vị trí và Quyết định số 12/QĐ-UBND ngày 15/02/2023.",
    )

    found = find_citations(report.document)

    assert [(c.number, c.subject) for c in found] == [
        ("11/KH-UBND", "về chuyển đổi vị trí"),
        ("09/KH-UBND", "chuyển đổi vị trí"),
        ("12/QĐ-UBND", ""),
    ]


@pytest.mark.parametrize(("between", "kind"), [(24, "Kế hoạch"), (25, "Công văn")])
def test_the_kind_stands_near_its_number(between: int, kind: str) -> None:
    """A kind of document some words before the number is another one's."""
    (found,) = find_citations(
        keyed("case", f"{'Trong quý ' * 12}kế hoạch{' năm sau'.ljust(between, 'u')} 07/UBND").document
    )

    assert (found.kind, found.number) == (kind, "07/UBND")


def test_a_long_subject_is_cut() -> None:
    """No subject goes on for longer than a few lines, nor into the next document."""
    (found,) = find_citations(keyed("case", f"Kế hoạch số 07/KH-UBND về {'tiếp công dân ' * 40}").document)

    assert (len(found.subject), found.subject[:13]) == (220, "về tiếp công ")


def test_the_own_number_is_no_citation() -> None:
    """The number in the letterhead names the report itself."""
    assert find_citations(keyed("case", "::head Số: 204/BC-UBND").document) == ()


def test_place_covers_number_and_day() -> None:
    """The place of a citation runs from its number to its day."""
    report = keyed("case", "theo Kế hoạch số 05/KH-UBND ngày 11/01/2023 về CCHC")
    (found,) = find_citations(report.document)

    assert report.document.text_at(found.place) == "05/KH-UBND ngày 11/01/2023"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Bộ phận một cửa của Phường 3 đã giải quyết 712 hồ sơ", ["Phường 3"]),
        ("Quận 8, Phường 16", ["Quận 8", "Phường 16"]),
        ("Thu ngân sách Phường 11 tỷ đồng", []),
        ("Phường 12 hồ sơ trễ", []),
        ("giao phường 48 biên chế", []),
        ("Phường 91,4%", []),
    ],
)
def test_the_number_of_a_unit_is_its_name(text: str, named: list[str]) -> None:
    """A small number behind "Phường" or "Quận" with a capital is a name, unless it counts something."""
    assert [text[a:b] for a, b, kind in cited_spans(text) if kind is AccountKind.NAME] == named
