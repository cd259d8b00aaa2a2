"""The parts of the reader on their own: spelling, phrases, periods, clauses, tables, sums, the primary printing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.document import Block, Cell, Document
from parsers.figures import PARSER_VERSION, read_figures, read_printings
from parsers.reading import AccountKind, Identity
from parsers.text.lexicon import find, lexicon
from parsers.text.periods import Calendar, find_periods
from parsers.text.spelling import bare, level, toneless
from tests.figures.casebook import ROUND
from tests.figures.marked import build

THIRD = Calendar.of(ROUND)


class TestSpelling:
    @given(st.text())
    def test_levelling_keeps_every_character_in_its_place(self, text: str) -> None:
        """A place found in the levelled text is a place of the text."""
        assert len(level(text)) == len(text)
        assert len(bare(level(text))) == len(text)

    @pytest.mark.parametrize(
        ("one", "other"),
        [("hoà giải", "hòa giải"), ("uỷ ban", "ủy ban"), ("kì", "kỳ"), ("Tỉ lệ", "tỷ lệ"), ("quí", "quý")],
    )
    def test_two_spellings_of_a_word_are_one(self, one: str, other: str) -> None:
        """Tone placement and i/y make no difference."""
        assert level(one) == level(other)

    @pytest.mark.parametrize("word", ["toàn", "hoàn", "khoản", "ngoái", "quý"])
    def test_syllables_with_one_spelling_stay(self, word: str) -> None:
        """Closed syllables and qu- are left alone."""
        assert level(word) == word

    def test_toneless_keeps_the_vowel(self) -> None:
        """Only the tone goes, not the vowel's own mark."""
        assert (toneless("hiện"), toneless("phần")) == ("hiên", "phân")


class TestLexicon:
    def names(self, text: str) -> list[set[str]]:
        return [set(hit.names) for hit in find(text, lexicon()).concepts]

    def test_the_longest_phrase_wins(self) -> None:
        """The desk's name is no "received"."""
        assert not any("received" in names for names in self.names("Bộ phận Tiếp nhận và Trả kết quả của phường"))

    def test_a_word_alone_must_carry_its_marks(self) -> None:
        """ "thứ" and "thư" are not "thu"; "chỉ" is not "chi"."""
        assert not any(names & {"revenue", "expenditure"} for names in self.names("thứ hai, lá thư, chỉ có chị ấy"))

    def test_a_lost_tone_is_read_over(self) -> None:
        """A slip of the keyboard in a phrase of two words does not hide it."""
        assert {"progress"} in self.names("tiến đô thực hiện")[:1] or self.names("đã giải quyêt")

    def test_another_word_is_no_slip(self) -> None:
        """ "một phản ánh" is not "một phần"."""
        assert not any("online_partial" in names for names in self.names("gửi một phản ánh đến phường"))


class TestPeriods:
    @pytest.mark.parametrize(
        ("text", "label", "name"),
        [
            ("quý III/2023", "2023-Q3", "p_this"),
            ("quý 3", "2023-Q3", "p_this"),
            ("quý II", "2023-Q3", "p_other"),
            ("quý IV năm 2023", "2023-Q3", "p_future"),
            ("quý III năm 2022", "2023-Q3", "p_prior"),
            ("9 tháng đầu năm", "2023-Q3", "p_ytd"),
            ("lũy kế", "2023-Q3", "p_ytd"),
            ("6 tháng đầu năm", "2023-Q3", "p_other"),
            ("6 tháng đầu năm", "2023-Q2", "p_this"),
            ("quý II", "2023-Q2", "p_other"),
            ("6 tháng cuối năm", "2023-Q2", "p_future"),
            ("cùng kỳ năm trước", "2023-Q3", "p_prior"),
            ("năm 2022", "2023-Q3", "p_prior"),
            ("năm 2023", "2023-Q3", "p_year"),
            ("năm 2023", "2023-Q4", "p_this"),
            ("quý trước", "2023-Q3", "p_other"),
            ("trong quý", "2023-Q3", "p_this"),
            ("từ đầu năm", "2023-Q1", "p_this"),
            ("quý I năm ngoái", "2023-Q1", "p_prior"),
            ("trong quý IV", "2023-Q3", "p_future"),
        ],
    )
    def test_a_period_is_seen_from_the_round(self, text: str, label: str, name: str) -> None:
        """The same words mean the report's own period in one round and another period in the next."""
        assert [set(h.names) for h in find_periods(level(text), Calendar.of(label))][-1] == {name}

    def test_a_number_is_no_quarter(self) -> None:
        """ "trong quý 1.327.450.000 đồng" names no first quarter."""
        assert all("p_other" not in h.names for h in find_periods("trong quý 1.327.450.000 đồng", THIRD))


class TestTables:
    def table(self, cells: list[Cell]) -> Document:
        blocks = (
            Block(0, "heading", "Tình hình giải quyết thủ tục hành chính", level=1),
            Block(1, "table", cells=tuple(cells)),
        )
        return Document("0" * 64, "docx", blocks)

    def test_heads_of_two_levels(self) -> None:
        """A merged head over two columns speaks for both, with what stands under it."""
        cells = [
            Cell(0, 0, "Lĩnh vực", row_span=2),
            Cell(0, 1, "Tiếp nhận", row_span=2),
            Cell(0, 2, "Đã giải quyết", column_span=2),
            Cell(0, 4, "Đang giải quyết", column_span=2),
            Cell(1, 2, "Trước hạn"),
            Cell(1, 3, "Quá hạn"),
            Cell(1, 4, "Trong hạn"),
            Cell(1, 5, "Quá hạn"),
            Cell(2, 0, "Hộ tịch"),
            *(Cell(2, c, v) for c, v in enumerate(("90", "70", "1", "15", "4"), start=1)),
            Cell(3, 0, "Tổng cộng"), *(Cell(3, c, v) for c, v in enumerate(("120", "99", "1", "16", "4"), start=1)),
        ]  # fmt: skip

        read = {(p.figure, p.value) for p in read_printings(self.table(cells), ROUND)}

        assert read == {
            ("dossiers_received", 120), ("dossiers_early", 99), ("dossiers_late", 1),
            ("dossiers_pending_in_time", 16), ("dossiers_pending_overdue", 4),
        }  # fmt: skip

    def test_no_place_of_a_printing_is_outside_its_cell(self) -> None:
        """A printing of a table names the cell and the characters of it."""
        cells = [Cell(0, 0, "Nội dung"), Cell(0, 1, "Kết quả"), Cell(1, 0, "Hồ sơ tiếp nhận"), Cell(1, 1, "250 hồ sơ")]
        document = self.table(cells)

        (printing,) = read_printings(document, ROUND)

        assert document.text_at(printing.place) == "250"
        assert (printing.place.row, printing.place.column) == (1, 1)


class TestSums:
    def test_parts_are_added_and_kept(self) -> None:
        """The disbursed sum is that of the works; the parts stay with it, and confidence is low."""
        source = (
            "# Tài chính công\nGiải ngân công trình đường 350 triệu đồng; giải ngân công trình cầu 150 triệu đồng.\n"
        )

        (printing,) = read_printings(build(source)[0], ROUND)

        assert (printing.value, printing.components) == (500_000_000, (350_000_000, 150_000_000))
        assert printing.confidence < 0.8

    def test_a_total_with_its_parts_is_no_sum(self) -> None:
        """Where the total is printed the parts are not added to it."""
        source = (
            "# Tài chính công\nGiải ngân vốn đầu tư công 500 triệu đồng, trong đó công trình đường 350 triệu đồng, "
            "công trình cầu 150 triệu đồng.\n"
        )

        (printing,) = (p for p in read_printings(build(source)[0], ROUND) if p.primary)

        assert (printing.value, printing.components) == (500_000_000, ())


class TestPrimary:
    def test_the_first_of_equals_is_primary(self) -> None:
        """Of two printings about equally sure the one that is read first counts; both are kept."""
        source = (
            "# Kết quả\nHồ sơ giải quyết trước hạn: 126 hồ sơ.\n# Phụ lục\nHồ sơ giải quyết trước hạn: 162 hồ sơ.\n"
        )

        printings = read_printings(build(source)[0], ROUND)

        assert [(p.value, p.primary) for p in printings] == [(126, True), (162, False)]

    def test_a_broken_number_never_beats_a_whole_one(self) -> None:
        """A malformed printing is kept with its candidates, but is not primary."""
        source = (
            "# Tài chính công\nThu ngân sách xã quý III là 1.8835.779.000 đồng. "
            "Như vậy thu ngân sách xã quý III đạt 1.835.779.000 đồng.\n"
        )

        printings = read_printings(build(source)[0], ROUND)

        assert [(p.malformed, p.primary) for p in printings] == [(True, False), (False, True)]
        assert Decimal(1835779000) in printings[0].candidates


class TestPercentages:
    @pytest.mark.parametrize(
        ("sentence", "base"),
        [
            ("Số hóa kết quả 219 hồ sơ, đạt 84,9% số hồ sơ đã giải quyết.", "dossiers_resolved"),
            ("Hồ sơ trực tuyến 162 hồ sơ, chiếm 61,6% tổng số hồ sơ tiếp nhận.", "dossiers_received"),
            ("67,57% hồ sơ mới tiếp nhận được nộp trực tuyến (871 hồ sơ).", "dossiers_received_new"),
            ("Tỷ lệ hồ sơ trực tuyến đạt 61,6%.", None),
        ],
    )
    def test_the_total_that_a_sentence_names_is_kept(self, sentence: str, base: str | None) -> None:
        """What a percentage is of is recorded where the sentence says it, and only there."""
        printings = read_printings(build(f"# Chính quyền điện tử\n{sentence}\n")[0], ROUND)

        (share,) = (p for p in printings if p.figure.endswith("_pct"))
        assert share.base == base


def test_a_reading_accounts_for_every_number() -> None:
    """Version, printings, accounts and citations come together in one Reading."""
    text = "# Cải cách thủ tục hành chính\nTheo Quyết định số 12/QĐ-UBND, tiếp nhận 412 hồ sơ, trễ hạn: không có.\n"
    identity = Identity("pho-minh", ROUND, None, None, 1.0)

    reading = read_figures(build(text)[0], identity)

    assert reading.parser_version == PARSER_VERSION
    assert {(p.figure, p.value) for p in reading.printings} == {("dossiers_received", 412), ("dossiers_late", 0)}
    figures = [a.figure for a in reading.accounts if a.kind is AccountKind.FIGURE]
    assert sorted(str(f) for f in figures) == ["dossiers_late", "dossiers_received"]
    assert reading.explained_share == 1.0


def test_an_empty_document_has_no_figures() -> None:
    """Nothing is invented from nothing."""
    assert read_printings(Document("0" * 64, "docx", ()), ROUND) == ()


@given(st.text(alphabet="đạt hồ sơ tiếp nhận 0123456789.,%()/-:;\n", max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    """Whatever stands in a paragraph, reading ends, and every printing is at its place."""
    document = Document("0" * 64, "docx", (Block(0, "paragraph", text),))

    for printing in read_printings(document, ROUND):
        assert document.text_at(printing.place) == printing.raw or printing.components
