"""What numbers cite by their form, and what they must not be taken for."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.cited import cited_spans
from parsers.reading import AccountKind

# sentence | kind: span, …
CITED = """
Kế hoạch số 05/KH- UBND                          | document_number: 05/KH- UBND
Kế hoạch số 05/KH -UBND ngày 11/01/2023          | document_number: 05/KH -UBND, date: ngày 11/01/2023
Quyết định số 01/2023/QĐÐ - UBND                 | document_number: 01/2023/QĐÐ - UBND
Quyết định số 795/QÐ-UBND                        | document_number: 795/QÐ-UBND
Quyết định số 48/2021/QĐ-UBND                    | document_number: 48/2021/QĐ-UBND
công văn số 422/UBND                             | document_number: 422/UBND
Công văn số 336/PNV-CCHC                         | document_number: 336/PNV-CCHC
Báo cáo số 114/BC – UBND                         | document_number: 114/BC – UBND
Chỉ thị số 31- CT/TU                             | document_number: 31- CT/TU
Công văn 187/UBND-VP                             | document_number: 187/UBND-VP
kế hoạch số 62 của phường                        | document_number: kế hoạch số 62
Nghị định số 30/2020/NĐ-CP                       | law: 30/2020/NĐ-CP
Nghị định 61/NĐ-CP                               | law: 61/NĐ-CP
Nghị định số 117/2013/NĐ - CP                    | law: 117/2013/NĐ - CP
Thông tư số 01/2023/TT-VPCP                      | law: 01/2023/TT-VPCP
Quyết định 766/QĐ-TTg                            | law: 766/QĐ-TTg
Luật số 64/2020/QH14                             | law: 64/2020/QH14
Nghị định số 34 của Chính phủ                    | law: Nghị định số 34
khoản 8 Điều 19                                  | article: khoản 8, article: Điều 19
Phụ lục 02 và mẫu số 01                          | article: Phụ lục 02, article: mẫu số 01
ngày 08 tháng 9 năm 2023                         | date: ngày 08 tháng 9 năm 2023
ngày 11/ 7/2023                                  | date: ngày 11/ 7/2023
10.9.2023                                        | date: 10.9.2023
tháng 5/2023                                     | date: tháng 5/2023
trong tháng 02 và đầu tháng 3                    | date: tháng 02, date: tháng 3
trước 15/12                                      | date: 15/12
từ 15/6 đến 14/9                                 | date: 15/6, date: 14/9
kỳ số liệu 15/6 - 14/9                           | date: 15/6 - 14/9
hạn 30/11                                        | date: 30/11
Quốc khánh 02/9                                  | date: 02/9
16 giờ 30 ngày 10/9/2023                         | date: 16 giờ 30, date: ngày 10/9/2023
lúc 7h30                                         | date: 7h30
quý III/2022                                     | period: quý III/2022
quý 3 là                                         | period: quý 3
9 tháng đầu năm 2023                             | period: 9 tháng đầu năm 2023
luỹ kế chín tháng                                | period: chín tháng
nhiệm kỳ 2021 – 2026                             | period: 2021 – 2026
giai đoạn 2021-2025                              | period: 2021-2025
CCHC năm 2023                                    | period: năm 2023
Trong quý III năm 2023 tổ chức lấy ý kiến        | period: quý III năm 2023
TCVN ISO 9001:2015                               | standard: ISO 9001:2015
ISO 9001: 2015                                   | standard: ISO 9001: 2015
dịch vụ công mức độ 3, 4                         | standard: mức độ 3, 4
mức độ 3,4 còn khó khăn                          | standard: mức độ 3,4
mức độ 3 và mức độ 4                             | standard: mức độ 3 và mức độ 4
định danh mức 2                                  | standard: mức 2
điện thoại: 0255.3859.123                        | phone: điện thoại: 0255.3859.123
liên hệ 0905 123 456                             | phone: 0905 123 456
Cổng 1022 tiếp nhận                              | name: Cổng 1022
Đề án 06 của Chính phủ                           | name: Đề án 06
tổ dân phố 3                                     | name: tổ dân phố 3
công nghiệp 4.0                                  | name: công nghiệp 4.0
https://dichvucong.gov.vn/p/2023                 | name: https://dichvucong.gov.vn/p/2023
xếp thứ 13/15                                    | list_number: xếp thứ 13/15
lần thứ 2                                        | list_number: lần thứ 2
2.1. Danh mục thủ tục                            | list_number: 2.1
1) Tiếp nhận                                     | list_number: 1
(1) khối lượng tăng; (2) quá hạn không tăng      | list_number: (1), list_number: (2)
(1) Tổng hồ sơ = (2) + (3)                       | list_number: (1), list_number: 2, list_number: 3
dòng (3) = (1) + (2)                             | list_number: 3, list_number: 1, list_number: 2
giảm so với (4)                                  | list_number: 4
(2) Quý II chuyển sang                           | list_number: 2
ngày 05/6                                        | date: ngày 05/6
ngày 15                                          | date: ngày 15
ngày 08 tháng 9                                  | date: ngày 08 tháng 9
từ ngày 05 đến ngày 10/6                         | date: ngày 05 đến ngày 10/6
trước ngày 15 tháng 6                            | date: ngày 15 tháng 6
ngày 40 tháng 9                                  | date: tháng 9
lúc 14 giờ                                       | date: 14 giờ
từ 8h đến 17h                                    | date: 8h, date: 17h
tháng 6, 7 và 8 năm 2023                         | date: tháng 6, 7 và 8 năm 2023
tháng 9/2022 hồ sơ tăng                          | date: tháng 9/2022
15/9 - 20/9/2023                                 | date: 15/9 - 20/9/2023
so với 2022                                      | period: 2022
năm 2022 hồ sơ tăng                              | period: năm 2022
kỳ 2023                                          | period: 2023
quý IV - 2023                                    | period: quý IV - 2023
12 tháng năm 2022                                | period: 12 tháng năm 2022
luỹ kế chín tháng, mười tháng                    | period: chín tháng, period: mười tháng
tổng đài: 19001234                               | phone: 19001234
điện thoại 125                                   | phone: điện thoại 125
điện thoại số: 0255                              | phone: điện thoại số: 0255
noi-vu2@xa.gov.vn, https://x.vn/2                | name: noi-vu2@xa.gov.vn, name: https://x.vn/2
mẫu số 99                                        | article: mẫu số 99
khoản số 8                                       | article: khoản số 8
khoản số: 8                                      | article: khoản số: 8
trang 5a                                         | article: trang 5a
kế hoạch số: 62                                  | document_number: kế hoạch số: 62
Quyết định số 5/2023/HS                          | document_number: 5/2023/HS
tổ dân phố số 06                                 | name: tổ dân phố số 06
III.2. Tiếp nhận                                 | list_number: 2
2.1.3 Nội dung                                   | list_number: 2.1.3
""".strip().splitlines()

# sentences whose numbers count something: no span may hide one
COUNTING = [
    "Danh mục: 167 thủ tục",
    "danh mục 167",
    "một phần 209, toàn trình 318",
    "trực tiếp 291, trực tuyến 195",
    "kế hoạch 03, thông báo 05, công văn 13",
    "(kế hoạch 03; quyết định 12)",
    "ISO: 171",
    "số tổ 5, số thành viên 31",
    "tổ 06, thành viên 43",
    "mỗi tổ 05 người",
    "trong hạn 7/7",
    "đúng hạn 5/6",
    "đạt (6/12)",
    "trong ngày 15 hồ sơ",
    "mỗi tháng 2 lần",
    "tiếp nhận 2023 hồ sơ",
    "1971/2023 hồ sơ",
    "mức 95,2%",
    "mức 2.500.000 đồng",
    "2.5 tỷ đồng",
    "321/HS, 105/TTHC",
    "tiếp nhận: 327 hồ sơ (trước hạn: 321)",
    "05 tổ, 31 thành viên",
    "quá hạn (3) hồ sơ",
    "qua điện thoại 125 cuộc",
    "từ 10/12 nhiệm vụ",
    "đến 5/6 tổ",
    "thu trong quý 4 tỷ 460 triệu đồng",
    "so với mức 4 tỷ 300 triệu đồng",
    "trao đổi ĐT: 100%",
    "bị kỷ luật 1 (khiển trách)",
    "kỷ luật 0/19 người",
    "chuyển khoản 471",
    "trên mẫu số 724",
    "140 sớm, đúng ngày 11.",
    "đúng ngày 350, quá ngày 4.",
    "mỗi ngày 15, mỗi tuần 40",
    "trong ngày 15 hồ sơ",
    "mỗi tháng 12, mỗi quý 40",
    "tháng 5 hồ sơ",
    "14 giờ",
    "trước 5/5",
    "trước hạn 5/6",
    "sau 15/9%",
    "9/2022 hồ sơ",
    "tháng 9/2023%",
    "đã nhận 2023",
    "cùng kỳ 2022 hồ sơ",
    "2021-2022 hồ sơ",
    "quý 5",
    "quý 4%",
    "13 tháng",
    "1.0905123456",
    "91,0905123456",
    "mức độ 6",
    "mức độ 3,4%",
    "Đề án 061",
    "công nghiệp 4.05",
    "nghị quyết 18%",
    "mẫu số 100",
    "khoản: 8",
    "kế hoạch: 62",
    "Điều 5 hồ sơ",
    "tổ dân phố 3 hộ",
    "lần 02",
    "ĐT: 125 cuộc",
    "danh mục số 2",
    "123) tiếp nhận",
    "Nhận (2) hồ sơ; (3) khác",
]


@pytest.mark.parametrize("line", CITED, ids=lambda line: line.partition("|")[0].strip())
def test_citing(line: str) -> None:
    """Each form is found with its cue word and named for what it is."""
    text, _, expected = line.partition("|")
    text = text.strip()

    found = ", ".join(f"{kind.value}: {text[a:b].strip()}" for a, b, kind in cited_spans(text))

    assert found == expected.strip()


@pytest.mark.parametrize("text", COUNTING)
def test_a_count_is_never_hidden(text: str) -> None:
    """A number that may count something is left to the reader of figures."""
    assert cited_spans(text) == []


@pytest.mark.parametrize("length", [0, 7_977, 7_978, 20_000])
def test_long_texts_are_read_as_short_ones(length: int) -> None:
    """A text longer than a paragraph is read anew each time, and read alike."""
    text = "đ" * length + " khoản 8; ngày 05/6 họp"

    assert [(text[a:b], kind) for a, b, kind in cited_spans(text)] == [
        ("khoản 8", AccountKind.ARTICLE),
        ("ngày 05/6", AccountKind.DATE),
    ]


def test_what_is_handed_out_may_be_changed() -> None:
    """The spans that are kept for the next reader are no one's to change."""
    cited_spans("khoản 8").clear()

    assert len(cited_spans("khoản 8")) == 1


@given(st.text(alphabet="0123456789/.,-()ngày tháquýđiều khsốKHUBNDmức", max_size=120))
def test_any_text(text: str) -> None:
    """No text raises; spans stand in order inside the text and do not overlap."""
    spans = cited_spans(text)

    assert all(0 <= a < b <= len(text) for a, b, _ in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert all(isinstance(kind, AccountKind) for _, _, kind in spans)


@pytest.mark.parametrize("text", ["1/" * 50_000, "ngày 1 " * 30_000, "2001-" * 50_000, "(1)" * 50_000, "a." * 100_000])
def test_hostile_text_ends(text: str) -> None:
    """Work grows with the length of a text only."""
    assert isinstance(cited_spans(text), list)
