"""The steps from printed lines to drafts, each alone: type area, notes at the foot, stray page numbers, annexes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parsers.document import Box, Cell, Page, Unread, Unseen, Word
from parsers.readers.common.annexes import with_annexes
from parsers.readers.common.draft import Draft, Drafted, Line
from parsers.readers.common.footnotes import without_footnotes
from parsers.readers.common.margins import (
    INDENT,
    Measure,
    goes_on_centred,
    is_apart,
    is_centred,
    is_full,
    is_set_in,
    measured,
)
from parsers.readers.common.printed import PrintedLine, PrintedPage, Token, line_of
from parsers.readers.common.strays import without_strays

AREA = Measure(left=80.0, right=520.0, pitch=18.0)


def line(text: str, x0: float, x1: float, top: float = 100.0, height: float = 12.0) -> PrintedLine:
    """Return a printed line of two tokens that reaches from x0 to x1, the first one 30 points wide."""
    first, _, rest = text.partition(" ")
    tokens = [Token(first, Box(x0, top, x0 + 30 if rest else x1, top + height))]
    tokens += [Token(rest, Box(x0 + 33, top, x1, top + height))] if rest else []
    return line_of(tokens)


def page_of(*lines: PrintedLine) -> PrintedPage:
    """Return the second page of a file with some lines."""
    return PrintedPage(Page(2, 595.0, 842.0), list(lines))


class TestMeasure:
    def test_edges_indent_and_pitch_of_a_justified_page(self) -> None:
        """The common left edge, the edge lines end at, the usual distance, and where paragraphs begin."""
        lines = [line("Một dòng", 110.0 if i % 4 == 0 else 80.0, 520.0, 100 + 18.0 * i) for i in range(16)]

        assert measured(lines) == Measure(80.0, 520.0, 18.0, justified=True, indent=110.0)

    def test_a_ragged_page_is_not_justified(self) -> None:
        """Lines that end anywhere tell the right edge by the longest, and nothing by being short."""
        lines = [line("Một dòng", 80.0, 520.0 - 3 * i, 100 + 18.0 * i) for i in range(9)]

        assert measured(lines) == Measure(80.0, 520.0, 18.0)

    def test_first_lines_that_hang_out(self) -> None:
        """Where all but first lines are set in, that is the custom of the page."""
        hanging, usual = (
            [(80.0, 520.0), (110.0, 520.0), (110.0, 300.0)],
            [(110.0, 520.0), (80.0, 520.0), (80.0, 300.0)],
        )

        assert [self.of(paragraph).hanging for paragraph in (hanging, usual)] == [True, False]

    @staticmethod
    def of(paragraph: list[tuple[float, float]]) -> Measure:
        """Return the type area of four paragraphs whose lines reach from here to there."""
        return measured([line("Một dòng", *ends, 100 + 18.0 * i) for i, ends in enumerate(paragraph * 4)])

    def test_no_lines_have_no_edges(self) -> None:
        """An empty page is measured as nothing."""
        assert measured([]) == Measure(0.0, 0.0, 0.0)


class TestJudgedLine:
    @pytest.mark.parametrize(
        ("x0", "x1", "centred"),
        [
            (200.0, 400.0, True),
            (90.0, 510.0, False),
            (200.0, 440.0, False),
            (215.0, 400.0, True),
            (101.0, 501.0, False),
        ],
    )
    def test_in_the_middle_and_away_from_both_edges(self, x0: float, x1: float, centred: bool) -> None:
        """A line that nearly fills the width, or stands off the middle, is not centred."""
        assert is_centred(line("Một dòng", x0, x1), AREA) is centred

    def test_where_paragraphs_begin_nothing_is_centred(self) -> None:
        """A short first line that happens to stand in the middle is a paragraph, a bold one is a title."""
        short = line("Một dòng", 200.0, 400.0)

        assert not is_centred(short, replace(AREA, indent=200.0))
        assert is_centred(short._replace(set_apart=True), replace(AREA, indent=200.0))

    def test_a_line_is_full_when_the_next_word_has_no_room(self) -> None:
        """The first word of the next line is 30 points wide; in justified text a line that ends early is never full."""
        following = line("Tiếp theo", 80.0, 300.0, 118.0)

        assert is_full(line("Một dòng", 80.0, 490.0), following, AREA)
        assert not is_full(line("Một dòng", 80.0, 480.0), following, AREA)
        assert not is_full(line("Một dòng", 80.0, 490.0), following, replace(AREA, justified=True))

    def test_apart_is_more_than_a_pitch_and_a_third(self) -> None:
        """The usual distance is 18 points; without a usual distance nothing is apart."""
        above = line("Một dòng", 80.0, 520.0, 100.0)
        near, far = (line("Một dòng", 80.0, 520.0, 100.0 + distance) for distance in (24.0, 25.0))

        assert (is_apart(above, near, AREA), is_apart(above, far, AREA)) == (False, True)
        assert not is_apart(above, far, replace(AREA, pitch=0.0))

    def test_set_in_is_beyond_the_least_indent(self) -> None:
        """A line on the edge, or less than the indent beside it, is not set in."""
        assert not is_set_in(line("Một dòng", 80.0 + INDENT, 520.0), AREA)
        assert is_set_in(line("Một dòng", 80.5 + INDENT, 520.0), AREA)

    def test_a_centred_title_of_two_lines(self) -> None:
        """The second line goes on where the first one had no room for its first word."""
        first = line("Một dòng", 90.0, 510.0, 100.0)

        assert goes_on_centred(first, line("Thứ hai", 200.0, 400.0, 118.0), AREA)
        assert not goes_on_centred(line("Một dòng", 200.0, 400.0), line("Thứ hai", 200.0, 400.0, 118.0), AREA)
        assert not goes_on_centred(first, line("Thứ hai", 200.0, 400.0, 140.0), AREA)


class TestFootnotes:
    TEXT = tuple(line(f"Dòng {i}", 80.0, 520.0, 100 + 18.0 * i) for i in range(4))

    def test_small_print_below_the_text_that_begins_with_its_mark(self) -> None:
        """A note of two lines goes out of the page, without its mark, and stands as one draft."""
        notes = [line("1Theo Nghị", 80.0, 400.0, 700.0, 9.0), line("quyết này", 80.0, 300.0, 710.0, 9.0)]
        page = page_of(*self.TEXT, *notes)

        (draft,) = without_footnotes([page])

        assert (draft.text, draft.page, draft.footnote) == ("Theo Nghị quyết này", 2, True)
        assert page.lines == list(self.TEXT)

    @pytest.mark.parametrize(
        ("mark", "top", "height"),
        [("3Theo", 700.0, 9.0), ("Theo", 700.0, 9.0), ("1Theo", 700.0, 12.0), ("1Theo", 167.0, 9.0)],
    )
    def test_what_is_no_note(self, mark: str, top: float, height: float) -> None:
        """A mark that does not count on, no mark, print of the usual size, or none of the white above stays text."""
        page = page_of(*self.TEXT, line(f"{mark} quyết", 80.0, 400.0, top, height))

        assert without_footnotes([page]) == ()
        assert len(page.lines) == 5

    def test_two_notes_and_too_little_text(self) -> None:
        """Each mark that counts on begins a note; over two lines of text small print is no note."""
        notes = [line(f"{i}Theo quyết", 80.0, 400.0, 690.0 + 10 * i, 9.0) for i in (1, 2)]

        assert [note.text for note in without_footnotes([page_of(*self.TEXT, *notes)])] == ["Theo quyết", "Theo quyết"]
        assert without_footnotes([page_of(*self.TEXT[:2], notes[0])]) == ()

    def test_marks_count_on_over_pages(self) -> None:
        """The second page's first note is the second one, or the first one again; a scan's sizes are guesses."""

        def note(mark: int) -> PrintedPage:
            return page_of(*self.TEXT, line(f"{mark}Theo quyết", 80.0, 400.0, 700.0, 9.0))

        assert [len(without_footnotes([note(1), note(mark)])) for mark in (1, 2, 3)] == [2, 2, 1]
        scanned = replace(note(1), source="scan")
        assert without_footnotes([scanned]) == ()


class TestStrays:
    @staticmethod
    def cleaned(*texts: str, page: int = 3) -> list[str]:
        """Return the texts of paragraphs of a page once stray numbers are out."""
        return [draft.text for draft in without_strays([Draft(text, page=page) for text in texts])[0]]

    def test_the_page_s_own_number_amid_a_sentence(self) -> None:
        """It goes, the halves become one, and a remark says so."""
        drafts, notes = without_strays([Draft("Xã tiếp nhận"), Draft("- 3 -", page=3), Draft("120 hồ sơ.")])

        assert [draft.text for draft in drafts] == ["Xã tiếp nhận 120 hồ sơ."]
        assert len(notes) == 1 and "3" in notes[0]

    @pytest.mark.parametrize(
        "texts",
        [
            ("Xã tiếp nhận", "4", "hồ sơ."),
            ("Xã tiếp nhận.", "3", "hồ sơ."),
            ("Xã tiếp nhận", "3", "Hồ sơ."),
            ("Xã tiếp nhận", "3", "a) hồ sơ."),
            ("Xã tiếp nhận", "3"),
        ],
    )
    def test_other_lone_numbers_stay(self, texts: tuple[str, ...]) -> None:
        """Another number, or one between what are whole sentences, items or the end, was printed as text."""
        assert self.cleaned(*texts) == list(texts)


def test_an_annex_counts_its_pages_on() -> None:
    """Words, cells, columns and what is unseen or unread of an annex stand on pages behind the report's."""
    word = Word(0, 3, 1, Box(0, 0, 9, 9))
    report = Drafted((Draft("Một", page=1),), (Page(1, 595, 842), Page(2, 595, 842)), "pdf", notes=("a",))
    drafts = (
        Draft("Hai", (word,), page=1),
        Draft(page=1, cells=(Cell(0, 0, "Ba", page=1, words=(word,)),)),
        Draft(page=None, columns=((Line("Bốn", (word,)),),)),
    )
    annex = Drafted(
        drafts,
        (Page(1, 300, 400),),
        "docx",
        notes=("b",),
        unseen=(Unseen("x", "hidden", 1),),
        unread=(Unread("sheet", page=1),),
    )

    whole = with_annexes([report, annex])

    moved = word._replace(page=3)
    assert whole.drafts == (
        Draft("Một", page=1),
        Draft("Hai", (moved,), page=3),
        Draft(page=3, cells=(Cell(0, 0, "Ba", page=3, words=(moved,)),)),
        Draft(page=None, columns=((Line("Bốn", (moved,)),),)),
    )
    assert [(page.number, page.width) for page in whole.pages] == [(1, 595), (2, 595), (3, 300)]
    assert (whole.reader, whole.notes) == ("pdf", ("a", "b"))
    assert (whole.unseen, whole.unread) == ((Unseen("x", "hidden", 3),), (Unread("sheet", page=3),))
