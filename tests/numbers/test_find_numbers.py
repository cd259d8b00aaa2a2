"""Numbers in sentences: value, unit, and everything printed around them."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.numbers import Number, find_numbers
from parsers.reading import Approximation

# sentence | the numbers in it: value, then % or counting word where one is printed
SENTENCES = """
đã tiếp nhận: 327 hồ sơ                                          | 327 hồ sơ
tiếp nhận 1134 HS                                                | 1134 hs
tiếp nhận 1.234 bộ hồ sơ                                         | 1234 bộ hồ sơ
06 hồ sơ rút                                                     | 6 hồ sơ
đạt 85,44%                                                       | 85.44 %
đạt 86 ,5 % kế hoạch                                             | 86.5 %
đạt 189.26 % dự toán                                             | 189.26 %
tỷ lệ 0,71 phần trăm                                             | 0.71 %
đạt 100%                                                         | 100 %
thu 1.835.779.000 đồng                                           | 1835779000 đồng
thu 1.835.779.000đ                                               | 1835779000 đ
thu 864151000 đồng                                               | 864151000 đồng
thu 1.536,246 tỷ đồng                                            | 1536246000000 đồng
thu 5,653 tỷ                                                     | 5653000000
chi 742,3 triệu đồng                                             | 742300000 đồng
chi 118.400 nghìn đồng                                           | 118400000 đồng
chi 118.400 ngàn đồng                                            | 118400000 đồng
thu 254 triệu 700 nghìn đồng                                     | 254700000 đồng
thu 1 tỷ 250 triệu 500 nghìn đồng                                | 1250500000 đồng
thu 2 triệu rưỡi                                                 | 2500000
chi 861 triệu 7 trăm nghìn đồng                                  | 861700000 đồng
chi 3 chục triệu đồng                                            | 30000000 đồng
thu 350trđ                                                       | 350000000 đ
khoảng 5,65 ngàn lượt người                                      | 5650 lượt người
hơn 2 nghìn tỷ đồng                                              | 2000000000000 đồng
85 tỷ lệ                                                         | 85
xã có ba buổi tuyên truyền                                       | 3 buổi
có tám hồ sơ                                                     | 8 hồ sơ
một trăm hai mươi lăm phiếu                                      | 125 phiếu
cử hai mươi hai lượt cán bộ                                      | 22 lượt cán bộ
có năm hồ sơ trễ hạn                                             | 5 hồ sơ
gồm mười cán bộ và chín công chức                                | 10 cán bộ, 9 công chức
quá hạn: hai.                                                    | 2
phường đã trả lời cả hai.                                        | 2
ba phần trăm                                                     | 3 %
02 (hai) hồ sơ                                                   | 2 hồ sơ
321/327 hồ sơ (98,17%)                                           | 321, 327 hồ sơ, 98.17 %
133 trên tổng số 268 bộ hồ sơ                                    | 133, 268 bộ hồ sơ
742,5 triệu đồng trên chỉ tiêu 900 triệu đồng                    | 742500000 đồng, 900000000 đồng
ngày 08.9.2023                                                   | 8, 9, 2023
mục 3.2.1 nêu                                                    | 3, 2, 1
mức độ 1,2,3                                                     | 1, 2, 3
86 m2 đất                                                        | 86 m2
1.140 m² đất                                                     | 1140 m²
1O5 hồ sơ                                                        | 105 hồ sơ
O6 hồ sơ                                                         | 6 hồ sơ
l00%                                                             | 100 %
1 835 779 000 đồng                                               | 1835779000 đồng
1.835. 779.000 đồng                                              | 1835779000 đồng
1.835 .779.000 đồng                                              | 1835779000 đồng
có 05 tổ CNSCĐ, 31 thành viên                                    | 5 tổ cnscđ, 31 thành viên
09 tổ dân phố                                                    | 9 tổ dân phố
12 tổ chức, cá nhân                                              | 12 tổ chức
24 bộ máy tính                                                   | 24 bộ máy tính
rút từ 15 ngày xuống 12 ngày làm việc                            | 15 ngày, 12 ngày làm việc
tăng 0,89 điểm phần trăm                                         | 0.89 điểm phần trăm
giải ngân 1 tỷ 120tr                                             | 1120000000
thu 120tr, chi 95 tr                                             | 120000000, 95000000
trang 12 tr. 5                                                   | 12, 5
đạt 99 , 9%                                                      | 99.9 %
nhận 1 .790 hồ sơ                                                | 1790 hồ sơ
thu 2tỷ100.                                                      | 2100000000
kế hoạch 3 tỷ 6; đến nay                                         | 3600000000
thu 12 tỷ 6 tháng đầu năm                                        | 12000000000, 6 tháng
thu 12 tỷ 6/12 khoản                                             | 12000000000, 6, 12
hiện có 5 7 người                                                | 57 người
đúng hẹn 4 21 hồ sơ                                              | 421 hồ sơ
quý 3 12 hồ sơ                                                   | 3, 12 hồ sơ
45 12 30 hồ sơ                                                   | 45, 12, 30 hồ sơ
xử lý hăm mốt phản ánh                                           | 21 phản ánh
""".strip().splitlines()

NO_NUMBERS = [
    "bộ phận một cửa, một cửa liên thông",
    "một số công chức, một phần, một trong những",
    "kế hoạch năm, trong năm, năm nay",
    "đầu năm người dân đến đông",
    "thứ hai, thứ ba và thứ tư",
    "đạt giải Ba, cấp ba, huyện Ba Tơ",
    "công tư phân minh, tư pháp, đầu tư",
    "phải đi lại ba, bốn lần",
    "hai ba lần",
    "vài ba hồ sơ",
    "tháng tám năm ngoái",
    "không có hồ sơ nào",
    "không hai lòng",
    "hai bên cùng ký",
    "quý I, quý II, quý III",
]


def shown(number: Number) -> str:
    """Return a number as the table writes it."""
    value = f"{number.value.normalize():f}"
    return f"{value} %" if number.percent else f"{value} {number.unit}".strip()


@pytest.mark.parametrize("line", SENTENCES, ids=lambda line: line.partition("|")[0].strip())
def test_sentence(line: str) -> None:
    """Every number of the sentence is found with its value and counting word, and nothing else."""
    sentence, _, expected = line.partition("|")

    found = [shown(n) for n in find_numbers(sentence.strip())]

    assert found == [part.strip() for part in expected.split(", ")]


@pytest.mark.parametrize("sentence", NO_NUMBERS)
def test_no_number(sentence: str) -> None:
    """Words that only look like numbers are none."""
    assert find_numbers(sentence) == []


class TestPrecision:
    def test_quantum_is_the_worth_of_the_last_digit(self) -> None:
        """5,653 tỷ is known to a million, 85,44 to a hundredth, 254 triệu 700 nghìn to a thousand."""
        text = "5,653 tỷ; 85,44%; 254 triệu 700 nghìn; 1.850.687.000"

        assert [n.quantum for n in find_numbers(text)] == [1_000_000, Decimal("0.01"), 1000, 1]

    def test_raw_is_what_is_printed(self) -> None:
        """The printed text, slips of the keyboard included, stays beside the value."""
        text = "đạt 86 ,5 % và 1O5 hồ sơ, 1,718 tỷ đồng"

        assert [(n.raw, n.mended) for n in find_numbers(text)] == [("86 ,5", True), ("1O5", True), ("1,718 tỷ", False)]


class TestDoubt:
    def test_malformed_number_carries_its_candidates(self) -> None:
        """A number with a digit too many is found, marked, and holds the number that was meant."""
        (number, _) = find_numbers("bằng 52,73% (1.8835.779.000đ/3.481.646.730đ)")[1:]

        assert number.malformed
        assert number.candidates[0] == 1_835_779_000

    @pytest.mark.parametrize(
        ("text", "candidates"),
        [
            ("đạt 1 234 hồ sơ", [1234, 234]),
            ("tiếp nhận 1,234 hồ sơ", [1234, Decimal("1.234")]),
            ("đạt 86, 5%", [Decimal("86.5"), 5]),
            ("là 1. 835.779.000 đồng", [1_835_779_000, 835_779_000]),
            ("05 (sáu) hồ sơ", [5, 6]),
            ("thu 1 234,5 triệu đồng", [1_234_500_000, 234_500_000]),
            ("đạt 85,4 4%", [Decimal("85.44"), 4]),
            ("đạt 8 5,44%", [Decimal("85.44"), Decimal("5.44")]),
            ("nhận 5. 653 hồ sơ", [5653, 653]),
            ("nhận 5 .653 hồ sơ", [5653, 653]),
            ("thu 1.234,567 đồng", [1_234_567, Decimal("1234.567")]),
        ],
    )
    def test_print_with_two_meanings_lists_both(self, text: str, candidates: list[Decimal]) -> None:
        """Where print leaves two meanings open, no digit is dropped in silence."""
        (number,) = find_numbers(text)

        assert list(number.candidates) == candidates

    def test_a_smudged_percent_sign_leaves_the_number_in_doubt(self) -> None:
        """In "74/%" a digit may be lost: the number is a percentage, and malformed."""
        (number,) = find_numbers("đạt 74/% dự toán")

        assert (number.percent, number.malformed) == (True, True)

    def test_a_malformed_percentage_is_first_of_all_a_share(self) -> None:
        """Of the readings of "85,44,2%" the likeliest is one that a share can be."""
        (number,) = find_numbers("đạt 85,44,2%")

        assert number.malformed
        assert number.value == Decimal("85.442")

    def test_neighbours_in_a_flattened_table_are_not_joined(self) -> None:
        """Numbers side by side without a counting word stay apart."""
        assert [n.value for n in find_numbers("Hộ tịch 331 327 271 52")] == [331, 327, 271, 52]

    def test_list_number_is_not_joined(self) -> None:
        """The "1." of a list does not become the head of a number."""
        assert [n.value for n in find_numbers("1. 835.779.000 đồng")] == [1, 835_779_000]


class TestApproximation:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("gần 82,5%", Approximation.NEARLY),
            ("hơn 2.900 hộ", Approximation.OVER),
            ("trên 98%", Approximation.OVER),
            ("khoảng 312 triệu", Approximation.ABOUT),
            ("vào khoảng 1.628 triệu", Approximation.ABOUT),
            ("xấp xỉ 50%", Approximation.ABOUT),
            ("ước đạt 81,5%", Approximation.ESTIMATED),
            ("ước đạt trên 81,5%", Approximation.OVER),
            ("từ 95% trở lên", Approximation.OVER),
            ("cao hơn 43 hồ sơ", Approximation.NONE),
            ("đạt 85%", Approximation.NONE),
            ("trong khoảng thời gian 3 tháng", Approximation.NONE),
        ],
    )
    def test_word_before(self, text: str, expected: Approximation) -> None:
        """The word that widens a number is kept as a mark; a comparison is none."""
        assert find_numbers(text)[0].approximation is expected

    def test_out_of_is_not_more_than(self) -> None:
        """The "trên" between two numbers means "out of"."""
        assert find_numbers("133 trên 268 bộ hồ sơ")[1].approximation is Approximation.NONE


class TestLinks:
    @pytest.mark.parametrize(
        "text",
        [
            "321/327 hồ sơ",
            "1281 / 1312 hồ sơ",
            "864.151.000 đồng/473.000.000 đồng",
            "646 HS trực tuyến/1071 HS",
            "01/03 công trình",
            "04/04 văn bản",
            "trong hạn 7/7",
        ],
    )
    def test_fraction(self, text: str) -> None:
        """Two numbers parted by a slash name each other."""
        first, second = find_numbers(text)

        assert (first.part, first.partner, second.part, second.partner) == ("numerator", 1, "denominator", 0)

    @pytest.mark.parametrize(
        "text", ["ngày 10/3/2022", "tháng 9/2022", "trước 15/12", "số 34/2016/NĐ-CP", "từ 01/7", "Quốc khánh 2/9"]
    )
    def test_dates_and_document_numbers_are_no_fractions(self, text: str) -> None:
        """A slash in a date or a document number joins nothing."""
        assert {n.part for n in find_numbers(text)} == {""}

    @pytest.mark.parametrize("text", ["từ 75 đến 80%", "15 – 20 phút", "2 đến 3 buổi", "5-10 hồ sơ"])
    def test_range(self, text: str) -> None:
        """The ends of a range name each other."""
        assert [n.range_part for n in find_numbers(text)] == ["low", "high"]

    def test_a_range_of_percent_is_percent_at_both_ends(self) -> None:
        """From "75 đến 80%" both are percentages."""
        assert all(n.percent for n in find_numbers("từ 75 đến 80%"))


class TestGlued:
    def test_digits_on_letters_are_marked(self) -> None:
        """A3, 4G and VNeID2 hold digits that count nothing."""
        assert [n.glued for n in find_numbers("khổ A3, sóng 4G, nhóm H1")] == [True, True, True]


def grouped(value: int) -> str:
    return f"{value:,}".replace(",", ".")


@given(
    st.integers(min_value=0, max_value=10**12),
    st.sampled_from([("", 1), (" nghìn", 10**3), (" triệu", 10**6), (" tỷ", 10**9)]),
    st.sampled_from(["thu được {} đồng.", "- Thu: {}đ;", "(đạt {} đồng)", "thu {} đồng, tăng"]),
)
def test_money_reads_back(value: int, scale: tuple[str, int], frame: str) -> None:
    """A sum printed in any sentence and scale is read to the dong."""
    (number,) = find_numbers(frame.format(grouped(value) + scale[0]))

    assert number.value == value * scale[1]
    assert number.unit_class == "money"


@given(st.lists(st.integers(min_value=0, max_value=99_999), min_size=1, max_size=8))
def test_every_number_of_a_list_is_found_in_order(values: list[int]) -> None:
    """However many numbers a sentence prints, each is found once, in order, where it stands."""
    text = "; ".join(f"mục {chr(97 + i)} {grouped(v)} hồ sơ" for i, v in enumerate(values))

    found = find_numbers(text)

    assert [n.value for n in found] == values
    assert all(text[n.start : n.end] == n.raw for n in found)


@given(st.text(alphabet="0123456789.,/%() -–đtỷnăm hồsơOlI", max_size=120))
def test_any_text_is_read_without_harm(text: str) -> None:
    """No text raises; spans stand in order, inside the text, and do not overlap."""
    found = find_numbers(text)

    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(text[n.start : n.end] == n.raw for n in found)


@given(st.text(alphabet="0123456789.,/ hồ", max_size=60))
def test_no_digit_is_lost(text: str) -> None:
    """Every digit of a text without counting words that hold digits is part of a number."""
    covered = {i for n in find_numbers(text) for i in range(n.start, n.end)}

    assert all(i in covered for i, c in enumerate(text) if c.isdigit())


@pytest.mark.parametrize(
    "text",
    [
        "9" * 300_000,
        "1." * 20_000,
        "hai " * 10_000,
        "1 " * 20_000,
        "1/" * 20_000,
        "O1" * 100_000,
        "(" * 300_000,
        "1" + " 000" * 9_000,
    ],
)
def test_hostile_text_ends(text: str) -> None:
    """Work grows with the length of a text only: twenty thousand of anything end."""
    assert isinstance(find_numbers(text), list)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("nhận 1 254, xong 1 241, đang làm 13", ["1254", "1241", "13"]),
        ("Xử lý 2 091. Trong hạn: 2 084, tỷ lệ 99,67%", ["2091", "2084", "99.67"]),
        ("nhận 1 254, xong hết", ["1", "254"]),
        ("nhận 1 254 thì xong 1 241 (99%)", ["1254", "1241", "99"]),
        ("nhận 1 046 ; xong hết", ["1046"]),
        ("1 254", ["1254"]),
        ("khu phố 3 046", ["3", "46"]),
        ("khu phố 3 112 hộ, khu phố 4 230 hộ", ["3", "112", "4", "230"]),
        ("quý 1 254, quý 2 312, quý 3 411.", ["1", "254", "2", "312", "3", "411"]),
    ],
)
def test_groups_that_blanks_part_where_a_text_does_so_by_habit(text: str, values: list[str]) -> None:
    """Twice in one text, alone in it, or with a zero before its group "1 254" is a number in doubt; else it is two."""
    assert [str(n.value) for n in find_numbers(text)] == values
    assert all(n.malformed for n in find_numbers(text) if " " in text[n.start : n.end])
