"""The workbook holds what the content says: numbers where they count, inert text where they come from outside."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from functools import cache

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from publications import words
from publications.content import Change, Edition, FindingRow
from publications.workbook import make_workbook, sheets_of
from publications.workbook.sheet import CELL_LIMIT, inert
from publications.workbook.writer import workbook_bytes
from scoring.values import Robustness
from tests.publications.sample import BLOCKED, HOSTILE, HOSTILE_TEXT, MOMENT, SILENT, content

NAMES = [
    "Mục lục", "Xếp hạng", "Tiêu chí", "Số liệu", "Tổng hợp toàn thị xã", "Diễn biến qua các kỳ", "Phát hiện",
    "Sổ theo dõi", "Nguồn số liệu", "Cách tính điểm", "Danh mục",
]  # fmt: skip
HEAD = 4

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


@cache
def made() -> bytes:
    """Return the sample's workbook, made once."""
    return make_workbook(content())


@cache
def book() -> Workbook:
    """Return it as a reader sees it."""
    return openpyxl.load_workbook(io.BytesIO(made()))


def rows_of(sheet: Worksheet) -> list[dict[str, object]]:
    """Return the lines of a sheet's table by the names of its columns."""
    heads = [cell.value for cell in sheet[HEAD] if cell.value]
    return [dict(zip(heads, (c.value for c in row), strict=False)) for row in sheet.iter_rows(min_row=HEAD + 1)]


class TestSheets:
    def test_every_sheet_stands_in_its_order(self) -> None:
        """The contents come first and the rest in the order the office reads them."""
        assert book().sheetnames == NAMES

    @pytest.mark.parametrize("name", NAMES)
    def test_every_sheet_is_a_real_table_with_a_frozen_head(self, name: str) -> None:
        """Each sheet has one table object over its head, frozen above the data and repeated in print."""
        sheet = book()[name]

        (table,) = sheet.tables.values()
        assert table.ref.startswith(f"A{HEAD}:")
        assert sheet.freeze_panes is not None
        assert int("".join(c for c in sheet.freeze_panes if c.isdigit())) == HEAD + 1
        assert sheet.print_title_rows == f"${HEAD}:${HEAD}"

    @pytest.mark.parametrize("name", NAMES[1:])
    def test_every_sheet_prints_on_landscape_a4(self, name: str) -> None:
        """A sheet is set up for A4 across, one page wide."""
        sheet = book()[name]

        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)

    def test_nothing_is_underlined(self) -> None:
        """An underline hides the marks below a letter: "Mục lục" read "Muc luc"."""
        marked = [
            cell.coordinate for sheet in book() for row in sheet.iter_rows() for cell in row if cell.font.underline
        ]

        assert marked == []

    def test_contents_links_every_sheet(self) -> None:
        """Each line of the contents leads to the sheet it names."""
        sheet = book()["Mục lục"]

        links = [row[0].hyperlink.location for row in sheet.iter_rows(min_row=HEAD + 1)]
        assert links == [f"'{name}'!A1" for name in NAMES[1:]]

    def test_revision_has_a_sheet_of_changes(self) -> None:
        """What changed stands on a sheet of its own, with the reason."""
        change = Change("figure", "pho-an", "dossiers_late", "3", "4", "Báo cáo bản thứ 2")
        edition = Edition(draft=False, revision=1, published_by="A", note="Đính chính", changes=(change,))

        revised = openpyxl.load_workbook(io.BytesIO(make_workbook(content(edition))))

        (row,) = rows_of(revised["Thay đổi"])
        assert list(row.values()) == ["Số liệu", "Xã Phổ An", "Hồ sơ giải quyết quá hạn/trễ hạn", "3", "4", change.why]


class TestTrend:
    def test_each_round_has_its_value_and_the_wards_it_covers(self) -> None:
        """A value over some of the wards is marked and says how many; a round without one is empty, never zero."""
        sheet = book()["Diễn biến qua các kỳ"]
        rows = {row["Số liệu"]: row for row in rows_of(sheet)}

        line = rows["Tỷ lệ hồ sơ trực tuyến trên tổng số tiếp nhận"]
        assert (line["2022-Q3"], line["2022-Q4"], line["2023-Q2"]) == (41.2, None, 57.3333)
        assert (line["Đơn vị 2022-Q4"], line["Đơn vị 2023-Q2"]) == (None, "13/15")
        notes = {cell.value: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}
        assert notes[57.3333].startswith("13/15 đơn vị; bao gồm khoảng thời gian dài hơn quý")

    def test_one_round_alone_has_no_trend(self) -> None:
        """With a single round there is nothing to set side by side, and no sheet for it."""
        alone = tuple(replace(line, points=line.points[-1:]) for line in content().district)

        made = openpyxl.load_workbook(io.BytesIO(make_workbook(replace(content(), district=alone))))

        assert "Diễn biến qua các kỳ" not in made.sheetnames


class TestValues:
    def test_ranking_says_what_scoring_said(self) -> None:
        """Places and totals are those of the result, as numbers."""
        shown = [(r["Hạng"], r["Tổng điểm"]) for r in rows_of(book()["Xếp hạng"])]

        expected = [
            (row.rank, float(row.total) if row.rank and row.total is not None else None) for row in content().ranking
        ]
        assert shown[: len(expected)] == expected

    def test_every_counting_figure_is_a_number_and_adds_up_to_the_total(self) -> None:
        """The cells of a figure that add up give the district's total: what does not count is no number."""
        for row in rows_of(book()["Số liệu"]):
            total = content().total(str(row["Mã"]))
            if total is None or total.value is None:
                continue
            numbers = [v for k, v in row.items() if k not in ("Mã",) and isinstance(v, int | float)]
            assert sum(map(Decimal, map(str, numbers))) == total.value, row["Mã"]

    def test_blocked_figure_is_text_in_brackets_with_its_reason(self) -> None:
        """A printed value that may not count is shown, marked, and cannot be added up."""
        sheet = book()["Số liệu"]
        heads = [c.value for c in sheet[HEAD]]
        line = next(r for r in sheet.iter_rows(min_row=HEAD + 1) if r[heads.index("Mã")].value == BLOCKED[1])
        cell = line[heads.index("Phường Phổ Minh")]

        printed = content().cells[BLOCKED].printed
        assert cell.value == f"({printed})"
        assert "còn lỗi chưa xử lý" in cell.comment.text

    def test_silent_ward_has_empty_cells_never_zeros(self) -> None:
        """Absent is not zero: a ward that sent nothing has no value anywhere."""
        name = content().name(SILENT)
        column = name[0].upper() + name[1:]

        assert {row[column] for row in rows_of(book()["Số liệu"])} == {None}

    def test_every_figure_has_its_sentence(self) -> None:
        """The sheet of sources has one line a figure with sentence and page."""
        rows = rows_of(book()["Nguồn số liệu"])

        assert len(rows) == len(content().figures)
        assert all(r["Câu trong báo cáo"] and r["Trang"] for r in rows)


class TestWords:
    def test_place_that_cannot_move_is_one_number(self) -> None:
        """8–11 is a reach; 14–14 would only look like one."""
        firm = Robustness("x", 10, Decimal(1), 14, 14, Decimal(1), Decimal(1), None, separated=False)

        assert words.reach(firm) == "14"
        assert words.reach(replace(firm, best=12)) == "12–14"
        assert words.reach(None) == "–"

    def test_sentence_of_a_format_without_pages_names_none(self) -> None:
        """A page is named where there is one."""
        assert words.quoted(3, "Có 5 hồ sơ.") == "Trang 3: “Có 5 hồ sơ.”"
        assert words.quoted(None, "Có 5 hồ sơ.") == "“Có 5 hồ sơ.”"

    def test_every_open_finding_of_a_ward_is_counted(self) -> None:
        """Also one on a figure that the report does not print, which no score has ever seen."""
        silent = replace(content().findings[0].finding, ward="pho-van", rule="missing_figure", figures=("staff_total",))
        noted = replace(content(), findings=(*content().findings, FindingRow(silent, True)))

        made = openpyxl.load_workbook(io.BytesIO(make_workbook(noted)))
        counts = {r["Đơn vị"]: r["Phát hiện chưa xử lý"] for r in rows_of(made["Xếp hạng"]) if r["Đơn vị"]}

        assert counts["Phường Phổ Văn"] == len(content().findings_of("pho-van", open_only=True)) + 1

    def test_long_lead_gets_the_lines_it_needs(self) -> None:
        """A lead wider than its table is wrapped, so that print cuts nothing off; a short one stays in its line."""
        sheet = sheets_of(content())[1]
        long = replace(sheet, lead="từ " * 240)

        heights = []
        for one in (long, replace(sheet, lead="ngắn")):
            body = workbook_bytes([one], "t", "a", MOMENT, "f")
            heights.append(openpyxl.load_workbook(io.BytesIO(body)).worksheets[0].row_dimensions[2].height)

        assert heights == [60.0, None]


class TestInert:
    def test_no_cell_is_a_formula_or_an_outside_link(self) -> None:
        """Text from outside stays text: no formula and no link but those inside the book."""
        with zipfile.ZipFile(io.BytesIO(made())) as archive:
            sheets = [archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
            links = [n for n in archive.namelist() if "externalLink" in n]

        assert not any("<f>" in sheet or "<f " in sheet for sheet in sheets)
        assert not any(re.search(r"<hyperlink [^>]*r:id", sheet) for sheet in sheets)
        assert links == []

    def test_text_that_looks_like_a_formula_stays_text_when_edited(self) -> None:
        """A cell that begins with a sign carries the quote prefix."""
        found = [
            cell
            for sheet in book()
            for row in sheet.iter_rows(min_row=HEAD + 1)
            for cell in row
            if isinstance(cell.value, str) and cell.value.startswith("=HYPERLINK")
        ]

        assert len(found) > len(content().figures_of(HOSTILE))
        assert all(cell.data_type == "s" and cell.quotePrefix for cell in found)

    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1"])
    def test_risky_beginnings_are_known(self, text: str) -> None:
        """Every beginning by which a spreadsheet takes text for a formula is marked."""
        assert inert(text) == (text, True)

    def test_control_characters_and_overlong_text_are_made_to_fit(self) -> None:
        """What a cell cannot hold is cut, never refused."""
        kept, _quoted = inert("a\u0007b\ufffe" + "x" * CELL_LIMIT)

        assert kept.startswith("abx")
        assert len(kept) == CELL_LIMIT
        assert kept.endswith("…")


class TestSteadiness:
    def test_equal_content_gives_equal_bytes(self) -> None:
        """Nothing of the moment of writing gets into the file."""
        assert make_workbook(content()) == made()

    def test_other_content_gives_other_bytes(self) -> None:
        """The bytes do depend on the content."""
        assert made() != make_workbook(replace(content(), findings=()))

    def test_empty_round_still_makes_every_sheet(self) -> None:
        """A round nobody has reported for gives the same sheets without lines."""
        bare = replace(content(), figures=(), findings=(), ledger=(), series=())

        assert [sheet.name for sheet in sheets_of(bare)] == NAMES
        assert make_workbook(bare)

    def test_hostile_text_is_in_the_book(self) -> None:
        """The sample really carries the text these tests are about."""
        assert any(HOSTILE_TEXT.replace("\u0007", "") in str(r.values()) for r in rows_of(book()["Nguồn số liệu"]))
