"""What a sequence model is told of a number: its print, its neighbours, the words around it, a cell's row and heads."""

from __future__ import annotations

import pytest

from parsers.document import Block, Cell, Document
from parsers.learned.features import FAR, features_of, signs_of
from parsers.learned.positions import Line, lines_of


def lines(*blocks: Block) -> list[Line]:
    """Return the lines of some blocks."""
    return list(lines_of(Document(sha256="0" * 64, format="docx", blocks=blocks)))


def line_of(text: str) -> Line:
    """Return the line of one paragraph."""
    (line,) = lines(Block(0, "paragraph", text))
    return line


def table(*rows: list[str]) -> list[Line]:
    """Return the lines of a table whose first row is its head."""
    cells = tuple(Cell(r, c, text, header=r == 0) for r, row in enumerate(rows) for c, text in enumerate(row))
    return lines(Block(0, "table", cells=cells))


def told(line: Line, *names: str) -> list[list[str]]:
    """Return, for every spot, its features of some names, in order."""
    return [[f for f in own if f.startswith(names)] for own in features_of(line)]


class TestPrint:
    @pytest.mark.parametrize(
        ("text", "shape"),
        [
            ("Thu 3,5 tỷ đồng", ["N=vnd", "N.class=money", "N.dec=1", "N.mag=10"]),
            ("Đạt 85,44%", ["N=pct", "N.class=", "N.dec=2", "N.mag=2"]),
            ("Nhận 1.204 hồ sơ", ["N=cnt", "N.class=dossier", "N.dec=0", "N.mag=4"]),
            ("Không có hồ sơ trễ hạn", ["N=denial"]),
        ],
    )
    def test_kind_class_decimals_and_size(self, text: str, shape: list[str]) -> None:
        """Money, share or count; the class of its unit; printed decimals; how many digits it is worth."""
        (found,) = told(line_of(text), "N=", "N.class=", "N.dec=", "N.mag=")

        assert found == shape

    @pytest.mark.parametrize(
        ("text", "marks"),
        [
            ("Từ khi có 2024 hồ sơ", ["N.year"]),
            ("Nhận 2.024 hồ sơ", []),
            ("Nhận 2041 hồ sơ", []),
            ("Đạt 100%", ["N.is=100"]),
            ("Nhận 0 hồ sơ", ["N.is=0"]),
            ("Nhận 99 hồ sơ", []),
        ],
    )
    def test_numbers_that_may_be_something_else(self, text: str, marks: list[str]) -> None:
        """Four plain digits may be a year; nothing and all are told apart from other values."""
        (found,) = told(line_of(text), "N.year", "N.is=")

        assert found == marks


class TestNeighbours:
    def test_kinds_of_five_numbers_in_a_row(self) -> None:
        """Which kinds stand before and behind, "-" where the line ends, and the number's place, five for the rest."""
        first, *_, last = told(line_of("Nhận 7 hồ sơ, 5%, 8 hồ sơ, 6%, 9 hồ sơ, 4%"), "K5=", "I=")

        assert (first, last) == (["K5=-.-.cnt.pct.cnt", "I=0"], ["K5=pct.cnt.pct.-.-", "I=4"])

    @pytest.mark.parametrize(
        ("text", "arithmetic"),
        [
            ("Nhận 500 hồ sơ, trả 300 hồ sơ, đạt 60%.", [[], [], ["A.share=-1-2"]]),
            ("Nhận 500 hồ sơ, trả 300 hồ sơ, đạt 61%.", [[], [], []]),
            ("Nhận 30 hồ sơ, trả 30 hồ sơ.", [["A.eq=+1"], ["A.eq=-1"]]),
            ("Nhận 30 hồ sơ, đạt 30%.", [[], []]),
            ("Nhận 5 hồ sơ: 2 cũ, 3 mới.", [["A.whole=+1+2"], ["A.rest=-1+1"], ["A.rest=-2-1"]]),
            ("Gồm 2 cũ, 3 mới, cộng 5.", [["A.rest=+1+2"], ["A.rest=-1+1"], ["A.whole=-2-1"]]),
            ("Nhận 9 hồ sơ: 2 cũ, 3 mới, 4 khác.", [["A.sum=+1"], [], [], []]),
        ],
    )
    def test_arithmetic_that_comes_out(self, text: str, arithmetic: list[list[str]]) -> None:
        """A share of two counts, the same number again, whole, rest, and the sum of three; never by chance alone."""
        assert told(line_of(text), "A.") == arithmetic


class TestWords:
    def test_nearest_words_one_by_one_and_together(self) -> None:
        """To the left nearest first, to the right in order; numbers are "#"."""
        (found,) = told(line_of("Đã trả 12 hồ sơ sớm."), "L1=", "L2=", "L2g=", "R1=", "R2=", "R3g=")

        assert found == ["L1=trả", "L2=đã", "L2g=trả đã", "R1=hồ", "R2=sơ", "R3g=hồ sơ sớm"]
        *_, last = told(line_of("Trong 5 ngày, xã trả 12 hồ sơ."), "L2=", "L4=", "L5=")
        assert last == ["L2=xã", "L4=ngày", "L5=#"]

    def test_a_clause_ends_at_the_neighbour(self) -> None:
        """Left of a number are the words since the one before, right of it those up to the next."""
        _, second = told(line_of("Nhận 12 hồ sơ, trả 9 đơn; còn 3."), "CL=", "CR=")[:2]

        assert [f for f in second if " " not in f] == [
            "CL=hồ", "CL=sơ", "CL=,", "CL=trả", "CR=đơn", "CR=;", "CR=còn",
        ]  # fmt: skip

    def test_a_sentence_ends_at_its_stop(self) -> None:
        """Words of the sentence before are told apart from those of its own, in which the number is the first."""
        _, found = told(line_of("Xã có 5 bàn. 12 đơn đã nhận; 3 còn."), "SL=", "BF=", "S1=", "B1=", "S.first")[:2]

        assert found == [
            "BF=xã", "BF=có", "BF=#", "BF=bàn", "BF=.", "S1=# đơn", "S.first=True", "B1=xã có",
        ]  # fmt: skip

    def test_a_long_sentence_is_cut(self) -> None:
        """Of a sentence without end only so many words to either side are told."""
        words = ["x" * (i + 2) for i in range(FAR + 5)]
        (found,) = told(line_of(f"{' '.join(words)} 12 hồ sơ"), "SL=")

        assert found == [f"SL={word}" for word in words[-FAR:]]

    def test_words_before_earlier_numbers(self) -> None:
        """What stood right before each of the three numbers before, nearest first."""
        *_, last = told(line_of("Xã nhận 1; có 2; trả 3; đang giữ 4; khác 5"), "P1=", "P2=", "P3=", "P4=")

        assert [f for f in last if " " not in f] == [
            "P1=;", "P1=đang", "P1=giữ", "P2=;", "P2=trả", "P3=;", "P3=có",
        ]  # fmt: skip
        assert "P1=đang giữ" in last


def test_what_all_numbers_of_a_line_share() -> None:
    """Kind of the block, headings nearest first, lead, the paragraph before, the span that the title gives."""
    *_, line = lines(
        Block(0, "title", "Báo cáo 6 tháng đầu năm 2024"),
        Block(1, "heading", "Kết quả", level=1),
        Block(2, "heading", "Hồ sơ", level=2),
        Block(3, "paragraph", "Đã trả:"),
        Block(4, "item", "- Sớm: 12", label="-"),
    )
    (found,) = told(line, "BK=", "H0=", "H1=", "LD=", "T=")

    assert [f for f in found if " " not in f or f.startswith("T=")] == [
        "BK=item", "H0=hồ", "H0=sơ", "H1=kết", "H1=quả", "LD=đã", "LD=trả", "LD=:", "T=6 tháng đầu năm",
    ]  # fmt: skip


class TestCells:
    ROWS = (["Nội dung", "Quý III", "Năm"], ["Nhận", "7", "9"], ["Trả", "5", "6"], ["Tổng", "12", "15"])

    def test_a_cell_has_its_label_and_its_own_heads(self) -> None:
        """Label and head of row and column, and the two side by side."""
        quarter, year = told(table(*self.ROWS)[0], "RL=", "CH=", "RC=")

        assert quarter == ["RL=nhận", "RL=nhận", "CH=quý iii", "RC=nhận|quý iii"]
        assert year == ["RL=nhận", "RL=nhận", "CH=năm", "RC=nhận|năm"]

    def test_a_column_that_adds_up(self) -> None:
        """The part and the total of a column are told by its numbers, whatever its words say."""
        first, _, total = (told(line, "T.role")[0] for line in table(*self.ROWS))

        assert [first, total] == [["T.role=part", "T.role=part:True"], ["T.role=whole", "T.role=whole:True"]]


def test_signs_hold_no_word() -> None:
    """The network is told print, neighbours and a cell's role beside its words, and none of the words again."""
    (cell, _), *_ = (signs_of(line) for line in table(*TestCells.ROWS))
    (text,) = signs_of(line_of("Nhận 7 hồ sơ"))

    assert {f.split("=")[0].split(".")[0].rstrip("+-15") for f in (*cell, *text)} <= {"N", "K", "I", "A", "T", "Y", "M"}
    assert "T.label=True" in cell
    assert not any(f.startswith("T.") for f in text)
