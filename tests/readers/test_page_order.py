from __future__ import annotations

import pytest

from parsers.limits import Limits
from parsers.readers.common.blocks import outline
from parsers.readers.common.cut_numbers import UNSURE, cut_between, cut_in_cell
from parsers.readers.pdf.reader import read_pdf
from tests.readers.builders import escaped, pdf_bytes
from tests.readers.rawpdf import one_page, raw_pdf, stream

LIMITS = Limits()


WIDE = 6.0
"""How wide each letter of Courier is at the size used here."""


def page(*runs: tuple[float, float, str], turn: str = "1 0 0 1") -> bytes:
    """Return a page with runs of text in Courier at places (x, y), in the order given."""
    drawn = "".join(f"BT /F2 10 Tf {turn} {x} {y} Tm ({text}) Tj ET\n" for x, y, text in runs)
    courier = b"<</Type/Font/Subtype/Type1/BaseFont/Courier>>"
    fonts = b"/Resources<</Font<</F2 6 0 R>>>>"
    return one_page(stream(drawn.encode()), courier, page=fonts)


def letters_apart(line: str, late: str) -> list[tuple[float, float, str]]:
    """Return a line as runs: first all letters but those of `late`, then those, each where it belongs."""
    first = "".join(" " if c in late else c for c in line)
    return [(50, 700, first), *((50 + WIDE * n, 700, c) for n, c in enumerate(line) if c in late)]


def texts(data: bytes) -> list[str]:
    return [draft.text for draft in read_pdf(data, LIMITS, None).drafts]


class TestOrder:
    def test_letters_drawn_later_stand_in_their_words(self):
        """A letter of another font, drawn behind its line, is read where it stands; a number is whole."""
        line = "Trong quy tiep nhan 1.327 ho so, da giai quyet 321 ho so"

        assert texts(page(*letters_apart(line, "oay27"))) == [line]

    def test_form_filled_in_reads_as_one_line(self):
        """A number written over the dots of a form, drawn last, stands in its line and the dots are gone."""
        before = "Tong so ho so tiep nhan: "
        form = [(50, 700, before + "................ ho so."), (50, 640, "Da giai quyet xong ca.")]

        found = texts(page(*form, (50 + WIDE * (len(before) + 5), 701, "327")))

        assert found == [before + "327 ho so. Da giai quyet xong ca."]

    def test_heading_printed_twice_is_read_once(self):
        """A line printed again a little beside itself, to look bold, is one line."""
        data = page((50, 700, "KET QUA GIAI QUYET 327 HO SO"), (50.3, 700, "KET QUA GIAI QUYET 327 HO SO"))

        assert texts(data) == ["KET QUA GIAI QUYET 327 HO SO"]

    def test_characters_on_one_another_are_not_sure(self):
        """A digit typed over another one leaves a word that nobody can be sure of; its neighbours stay sure."""
        over = page((50, 700, "Tong so ho so 327"), (50 + WIDE * 15, 700, "9"))
        (draft,) = read_pdf(over, LIMITS, None).drafts

        assert [w.confidence for w in draft.words] == [1.0, 1.0, 1.0, 1.0, 0.5]

    def test_words_drawn_backwards_read_forwards(self):
        """Words drawn from right to left, each by itself, stand from left to right."""
        words = [(50.0, "tiep"), (80.0, "nhan"), (110.0, "1.312"), (146.0, "ho"), (164.0, "so")]

        assert texts(page(*((x, 700, word) for x, word in reversed(words)))) == ["tiep nhan 1.312 ho so"]

    @pytest.mark.parametrize("turn", ["0 1 -1 0", "0 -1 1 0", "-1 0 0 -1"])
    def test_page_drawn_on_its_side_is_read_upright(self, turn):
        """A page whose text runs up, down or upside down is read as if it were turned; its size says so."""
        lines = [(300.0, 400.0, "Tong so ho so tiep nhan 327 ho so"), (300.0, 400.0, "Da giai quyet 321 ho so")]
        step = {"0 1 -1 0": (30.0, 0.0), "0 -1 1 0": (-30.0, 0.0), "-1 0 0 -1": (0.0, 30.0)}[turn]
        data = page(lines[0], (lines[1][0] + step[0], lines[1][1] + step[1], lines[1][2]), turn=turn)
        read = read_pdf(data, LIMITS, None)

        assert [d.text for d in read.drafts] == [f"{lines[0][2]} {lines[1][2]}"]
        sideways = turn != "-1 0 0 -1"
        assert (read.pages[0].width, read.pages[0].height) == ((842.0, 595.0) if sideways else (595.0, 842.0))
        assert all(0 <= w.box.x0 < w.box.x1 <= read.pages[0].width for d in read.drafts for w in d.words)

    def test_row_of_raised_digits_alone_is_no_fault(self):
        """A row that holds nothing but the marks of notes leaves no line behind and breaks nothing."""
        data = page((50, 700, "Tong so ho so 327"), (152, 705, "1"))

        assert "327" in " ".join(texts(data))


class TestTables:
    RULED = "BT /F1 10 Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n"

    def cut(self, *, closed: bool) -> bytes:
        """Return two pages of a table whose third row is cut by the page; `closed` draws borders at the cut."""
        columns = (40, 70, 270, 330)

        def rules(rows: list[int], ends: tuple[int, int]) -> str:
            level = "".join(f"{columns[0]} {y} m {columns[-1]} {y} l S\n" for y in rows)
            return level + "".join(f"{x} {ends[0]} m {x} {ends[1]} l S\n" for x in columns)

        def text(x: int, y: int, said: str) -> str:
            return self.RULED.format(x=x, y=y, text=said)

        above = rules([130, 100, 70, *([40] if closed else [])], (130, 40))
        above += text(45, 115, "TT") + text(75, 115, "Noi dung") + text(275, 115, "So luong")
        above += text(45, 85, "1") + text(75, 85, "Tong so ho so tiep nhan") + text(275, 85, "327")
        above += text(45, 55, "2") + text(75, 55, "Ho so da giai")
        below = rules([*([800] if closed else []), 770, 740], (800, 740))
        below += text(75, 785, "quyet") + text(275, 785, "321")
        below += text(45, 755, "3") + text(75, 755, "Ho so qua han") + text(275, 755, "6")
        pages = [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 5 0 R>>>>>>" % n
            for n in (6, 7)
        ]
        font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
        return raw_pdf(
            [
                b"<</Type/Catalog/Pages 2 0 R>>",
                b"<</Type/Pages/Count 2/Kids[3 0 R 4 0 R]>>",
                *pages,
                font,
                stream(above.encode()),
                stream(below.encode()),
            ]
        )

    @pytest.mark.parametrize("closed", [True, False], ids=["borders at the cut", "open"])
    def test_row_cut_by_a_page_is_one(self, closed):
        """A row whose lower half stands on the next page is one row, whether or not a border is drawn at the cut."""
        (table,) = (d for d in read_pdf(self.cut(closed=closed), LIMITS, None).drafts if d.is_table)

        assert [(c.row, c.text) for c in table.cells if c.text] == [
            (0, "TT"), (0, "Noi dung"), (0, "So luong"),
            (1, "1"), (1, "Tong so ho so tiep nhan"), (1, "327"),
            (2, "2"), (2, "Ho so da giai quyet"), (2, "321"),
            (3, "3"), (3, "Ho so qua han"), (3, "6"),
        ]  # fmt: skip

    def test_next_row_stays_its_own(self):
        """A row at the top of the next page that has a number of its own is no half of the one before."""
        body = (
            "#table(columns: 3, [TT], [Nội dung], [Số lượng], [1], [Tiếp nhận], [327], [2], [Đã giải], [5],"
            "[3], [quyết], [6])"
        )
        (table,) = (b for b in outline(read_pdf(pdf_bytes(body), LIMITS, None).drafts) if b.kind == "table")

        assert [c.text for c in table.cells if c.column == 1] == ["Nội dung", "Tiếp nhận", "Đã giải", "quyết"]

    def test_number_wrapped_in_a_narrow_cell_is_whole(self):
        """A number that a narrow cell cuts, wherever, is one; two numbers in a cell stay two."""
        body = (
            "#table(columns: (30mm, 30mm), [Thu], [Chi], [6.240.50 \\ 0.000], [29, \\ 4],"
            "[1.835. \\ 779.000], [327 \\ 321])"
        )
        (table,) = (b for b in outline(read_pdf(pdf_bytes(body), LIMITS, None).drafts) if b.kind == "table")

        assert [c.text for c in table.cells] == ["Thu", "Chi", "6.240.500.000", "29,4", "1.835.779.000", "327 321"]


class TestCutNumbers:
    @pytest.mark.parametrize(
        ("before", "after", "sure"),
        [
            ("là 1.835.", "779.000 đồng", 1.0),
            ("là 6.240.50", "0.000", 1.0),
            ("đạt 86", ",5% kế hoạch", 1.0),
            ("đạt 27,", "3% dự toán", UNSURE),
            ("tiếp nhận 1.", "327 hồ sơ", UNSURE),
            ("trong đó quá hạn 0", "6 hồ sơ", UNSURE),
            ("trong năm 2023.", "327 hồ sơ", 0.0),
            ("trong tháng 9.", "327 hồ sơ", 0.0),
            ("gồm mục 1, 2,", "3 và 4", 0.0),
            ("đạt 27", "hồ sơ", 0.0),
            ("tiếp nhận 327", "321 hồ sơ", 0.0),
            ("5.", "327 hồ sơ", 0.0),
            ("quá hạn 0", "2. Kết quả", 0.0),
            ("ngày 12/9/2023.", "1.312 hồ sơ", 0.0),
        ],
    )
    def test_only_what_is_no_number_yet_goes_on(self, before, after, sure):
        """A number goes on over a line end where either half is none by itself; what may be two is unsure or two."""
        assert cut_between(before, after) == sure

    def test_open_comma_goes_on_in_a_cell(self):
        """In a cell a comma at a line end needs no unit behind the next digits; a whole number does not go on."""
        assert cut_in_cell("22,", "7") == UNSURE
        assert cut_in_cell("22", "7") == 0.0

    def test_number_that_may_be_two_is_not_sure(self):
        """The words of a number joined on a guess are believed below what counts as sure."""
        setup = "#set par(first-line-indent: 0pt, justify: false)"
        data = pdf_bytes(escaped("Trong quý đã tiếp nhận 1.") + " \\\n" + escaped("327 hồ sơ các loại."), setup=setup)
        (block,) = outline(read_pdf(data, LIMITS, None).drafts)

        assert block.text == "Trong quý đã tiếp nhận 1.327 hồ sơ các loại."
        assert {w.confidence for w in block.words if "1.327".startswith(block.text[w.start : w.end])} <= {UNSURE}
