"""Office formats beside DOCX and PDF: told by their bytes, read as a person sees them."""

from __future__ import annotations

import base64
import datetime
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Border, Color, Font, PatternFill, Side

from parsers.document import Document, Unseen
from parsers.readers import read_document
from parsers.readers.common.sniff import sniff
from parsers.readers.sheets.shown import shown
from tests.readers.builders import LETTERHEAD, TITLE, docx_bytes
from tests.readers.offices import (
    flat_bytes,
    html_page,
    mht_bytes,
    odt_bytes,
    odt_report,
    word_2003_bytes,
    xls_bytes,
    xlsx_bytes,
)

PARAGRAPHS = ["1. Tiếp nhận 327 hồ sơ, đạt 87,34%.", "2. Giải quyết 321 hồ sơ."]
LINES = [*(text for row in LETTERHEAD for text in row), *TITLE, *PARAGRAPHS]
PAGE = "".join(f"<p>{line}</p>" for line in LINES)
TABLE = [["Nội dung", "Số liệu", "Tỷ lệ"], ["Hồ sơ tiếp nhận", 1327, 1], ["Hồ sơ giải quyết", 1321, 0.9955]]


def read(folder: Path, data: bytes) -> Document:
    path = folder / "report.doc"
    path.write_bytes(data)
    return read_document(path)


def texts(document: Document) -> list[str]:
    """Return the texts of paragraphs and cells in order."""
    return [t for block in document.blocks for t in ([c.text for c in block.cells] if block.cells else [block.text])]


class TestSameReport:
    @pytest.mark.parametrize(
        ("form", "make"),
        [
            ("odt", lambda: odt_report(PARAGRAPHS)),
            ("html", lambda: html_page(PAGE)),
            ("mht", lambda: mht_bytes(PAGE)),
            ("wordxml", lambda: word_2003_bytes(LINES)),
            ("flatopc", lambda: flat_bytes(docx_bytes(PARAGRAPHS))),
        ],
    )
    def test_says_what_the_docx_says(self, form: str, make: Callable[[], bytes], tmp_path: Path) -> None:
        """The same report in another format is told by its bytes and has the same lines below its title."""
        data = make()
        document = read(tmp_path, data)

        assert (sniff(data), document.format) == (form, form)
        assert texts(document)[-2:] == PARAGRAPHS
        assert any("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text for text in texts(document))
        assert (document.unseen, document.unread) == ((), ())


class TestSheets:
    @pytest.mark.parametrize(
        ("form", "data"),
        [
            ("xlsx", xlsx_bytes(TABLE, {"B2": "#,##0", "C2": "0%", "C3": "0.00%"})),
            ("xls", xls_bytes(TABLE, {(1, 1): "#,##0", (1, 2): "0%", (2, 2): "0.00%"})),
        ],
    )
    def test_cells_as_they_show(self, form: str, data: bytes, tmp_path: Path) -> None:
        """A sheet is a table of what its cells print: dots between thousands, percentages as such, a header row."""
        document = read(tmp_path, data)

        assert document.format == form
        assert texts(document) == [
            *("Nội dung", "Số liệu", "Tỷ lệ"),
            *("Hồ sơ tiếp nhận", "1.327", "100%"),
            *("Hồ sơ giải quyết", "1321", "99,55%"),
        ]
        assert [c.header for c in next(document.tables()).cells] == [True] * 3 + [False] * 6

    def test_title_and_notes_are_paragraphs(self, tmp_path: Path) -> None:
        """A title merged over the columns and a note below are running text around the table."""

        def change(book: openpyxl.Workbook) -> None:
            book.active.merge_cells("A1:C1")

        rows = [["BÁO CÁO quý III năm 2023"], *TABLE, [], ["Ghi chú: số liệu đến 14/9."]]
        document = read(tmp_path, xlsx_bytes(rows, change=change))

        assert [b.kind == "table" for b in document.blocks] == [False, True, False]

    def test_what_nobody_sees(self, tmp_path: Path) -> None:
        """Hidden rows, columns and sheets, white and crossed-out cells are no text of the report, and are named."""

        def change(book: openpyxl.Workbook) -> None:
            sheet = book.active
            sheet.row_dimensions[2].hidden = True
            sheet["B3"].font = Font(color="FFFFFFFF")
            sheet["C3"].font = Font(strike=True)
            sheet["A1"].font = Font(color="FFFFFFFF")
            sheet["A1"].fill = PatternFill("solid", fgColor="FF1F3864")
            book.create_sheet("Nháp").sheet_state = "hidden"
            book["Nháp"]["A1"] = 398

        document = read(tmp_path, xlsx_bytes(TABLE, {"C3": "0.00%"}, change=change))

        assert texts(document) == ["Nội dung", "Số liệu", "Tỷ lệ", "Hồ sơ giải quyết"]
        assert set(document.unseen) == {
            *(Unseen(t, "invisible") for t in ("Hồ sơ tiếp nhận", "1327", "1", "398")),
            Unseen("1321", "white"),
            Unseen("99,55%", "struck"),
        }

    def test_neighbouring_columns_are_hidden_by_one_word(self, tmp_path: Path) -> None:
        """A file says once how several columns look."""
        rows = [["Nội dung", "b", "c", "Quý III"], ["Hồ sơ", 1, 2, 327]]
        document = read(
            tmp_path, xlsx_bytes(rows, change=lambda book: book.active.column_dimensions.group("B", "C", hidden=True))
        )

        assert [(c.column, c.text) for c in next(document.tables()).cells] == [
            *((0, "Nội dung"), (3, "Quý III"), (0, "Hồ sơ"), (3, "327")),
        ]
        assert [u.text for u in document.unseen] == ["b", "c", "1", "2"]

    @pytest.mark.parametrize(
        ("letters", "ground", "unseen"),
        [
            (Color(theme=0), None, True),
            (Color(theme=1), None, False),
            (Color(theme=0, tint=-0.5), None, False),
            (Color(theme=4), None, False),
            (Color(theme=0), Color(theme=4), False),
            (Color(theme=0), Color(theme=0), True),
            (Color(theme=0), Color(theme=1), False),
            (Color(theme=1), Color(theme=1), True),
            (Color(rgb="FFFFFFFF"), Color(theme=0), True),
        ],
    )
    def test_colours_of_the_theme(self, letters: Color, ground: Color | None, unseen: bool, tmp_path: Path) -> None:
        """What Excel calls white is the theme's first colour; others of a theme are seen."""

        def change(book: openpyxl.Workbook) -> None:
            book.active["B2"].font = Font(color=letters)
            if ground is not None:
                book.active["B2"].fill = PatternFill("solid", fgColor=ground)

        document = read(tmp_path, xlsx_bytes(TABLE, change=change))

        assert document.unseen == ((Unseen("1327", "white"),) if unseen else ())

    def test_formula_without_result(self, tmp_path: Path) -> None:
        """A formula whose result the file does not keep is a part that was not read."""
        document = read(tmp_path, xlsx_bytes([["Cộng", "Số"], ["Hồ sơ", "=1+1"]]))

        assert [(u.what, u.name) for u in document.unread] == [("sheet", "Sheet")]

    def test_borders_rule_a_table(self, tmp_path: Path) -> None:
        """A lone cell with lines around it belongs to the table above it."""

        def change(book: openpyxl.Workbook) -> None:
            thin = Side(style="thin")
            for row in book.active["A1:B4"]:
                for cell in row:
                    cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)

        rows = [["Lĩnh vực", "Số"], ["A", 1], ["Đất đai"], ["B", 2]]
        document = read(tmp_path, xlsx_bytes(rows, change=change))

        assert [b.kind for b in document.blocks if b.kind == "table"] == ["table"]

    @pytest.mark.parametrize(
        ("value", "form", "text"),
        [
            (0.8734, "0.00%", "87,34%"),
            (0.27, "0%", "27%"),
            (1835779000, "#,##0", "1.835.779.000"),
            (1234.5, "#,##0.00", "1.234,50"),
            (12.5, "General", "12,5"),
            (0.1 + 0.2, "General", "0,3"),
            (327, "General", "327"),
            (-4, '0" hồ sơ"', "-4"),
            (datetime.date(2023, 9, 8), "dd/mm/yyyy", "08/09/2023"),
            ("06", "@", "06"),
            (None, "General", ""),
        ],
    )
    def test_shown(self, value: object, form: str, text: str) -> None:
        """Numbers are printed by their formats, in the manner of a Vietnamese Excel."""
        assert shown(value, form) == text


class TestOdt:
    def test_lists_notes_and_spaces(self, tmp_path: Path) -> None:
        """Automatic numbers are labels, notes stand behind, several blanks and tabs are kept apart."""
        style = (
            '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" '
            'style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" '
            'style:num-suffix=")"/></text:list-style>'
        )
        inner = "<text:list><text:list-item><text:p>Hộ tịch</text:p></text:list-item></text:list>"
        body = (
            '<text:list text:style-name="L"><text:list-item><text:p>Tiếp nhận<text:s text:c="2"/>327'
            "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Nguồn: Một cửa</text:p>"
            f"</text:note-body></text:note> hồ sơ</text:p>{inner}</text:list-item>"
            "<text:list-item><text:p>Giải quyết 321</text:p></text:list-item></text:list>"
        )
        document = read(tmp_path, odt_bytes(body, style))

        assert [(b.label, b.text, b.kind) for b in document.blocks] == [
            ("1.", "Tiếp nhận 327 hồ sơ", document.blocks[0].kind),
            ("a)", "Hộ tịch", document.blocks[1].kind),
            ("2.", "Giải quyết 321", document.blocks[2].kind),
            ("", "Nguồn: Một cửa", "footnote"),
        ]

    def test_what_nobody_sees(self, tmp_path: Path) -> None:
        """White, crossed-out and deleted text is not read; what remains beside it is not sure."""
        styles = (
            '<style:style style:name="W"><style:text-properties fo:color="#ffffff"/></style:style>'
            '<style:style style:name="S"><style:text-properties style:text-line-through-style="solid"/></style:style>'
        )
        body = (
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>cũ 999</text:p></text:deletion>"
            "</text:changed-region></text:tracked-changes>"
            '<text:p>Tiếp nhận <text:span text:style-name="W">9</text:span>908 văn bản</text:p>'
            '<text:p>Phát hành <text:span text:style-name="S">3</text:span>98 văn bản</text:p><text:p>Hết 5.</text:p>'
        )
        document = read(tmp_path, odt_bytes(body, styles))

        assert [(b.text, b.confidence < 0.8) for b in document.blocks] == [
            ("Tiếp nhận 908 văn bản", True),
            ("Phát hành 98 văn bản", True),
            ("Hết 5.", False),
        ]
        assert document.unseen == (Unseen("9", "white"), Unseen("3", "struck"))

    @pytest.mark.parametrize(
        ("styles", "numbers"),
        [
            (('text:start-value="3"', ""), ["3.", "4.", "3."]),
            (("", 'text:start-value="3"'), ["1.", "3.", "1."]),
            (("", ""), ["1.", "2.", "1."]),
        ],
    )
    def test_lists_that_begin_later(self, styles: tuple[str, str], numbers: list[str], tmp_path: Path) -> None:
        """A level or an item says from which number it counts; another list of the style begins anew."""
        level, item = styles
        style = (
            '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" '
            f'{level} style:num-suffix="."/></text:list-style>'
        )
        first = "<text:list-item><text:p>a</text:p></text:list-item>"
        second = f"<text:list-item {item}><text:p>b</text:p></text:list-item>"
        lists = (f'<text:list text:style-name="L">{inner}</text:list>' for inner in (first + second, first))

        assert [b.label for b in read(tmp_path, odt_bytes("".join(lists), style)).blocks] == numbers

    def test_hidden_section(self, tmp_path: Path) -> None:
        """A section that is switched off is unseen, one that is not is read."""
        body = "<text:section{}><text:p>Nhận {} hồ sơ</text:p></text:section>"
        document = read(tmp_path, odt_bytes(body.format(' text:display="none"', 9) + body.format("", 327)))

        assert texts(document) == ["Nhận 327 hồ sơ"]
        assert document.unseen == (Unseen("Nhận 9 hồ sơ", "invisible"),)

    def test_hidden_parts_of_a_sheet(self, tmp_path: Path) -> None:
        """Hidden rows, columns and sheets are unseen, also where one element stands for several columns."""
        style = '<style:style style:name="H"><style:table-properties table:display="false"/></style:style>'
        columns = (
            "<table:table-column/>"
            '<table:table-column table:visibility="collapse" table:number-columns-repeated="2"/><table:table-column/>'
        )
        cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
        repeated = ' table:number-columns-repeated="2"'
        rows = (
            f"<table:table-row>{''.join(cell.format('', n) for n in ('a', 'b', 'c', 'd'))}</table:table-row>",
            f"<table:table-row>{cell.format('', 1)}{cell.format(repeated, 2)}{cell.format('', 4)}</table:table-row>",
            f"<table:table-row>{cell.format(repeated, 5)}{cell.format(repeated, 6)}</table:table-row>",
            f'<table:table-row table:visibility="collapse">{cell.format("", 7)}</table:table-row>',
        )
        hidden = (
            f'<table:table table:style-name="H"><table:table-row>{cell.format("", 8)}</table:table-row></table:table>'
        )
        body = f"<table:table>{columns}{''.join(rows)}</table:table>{hidden}"
        document = read(tmp_path, odt_bytes(body, style, kind="spreadsheet"))

        assert [(c.row, c.column, c.text) for c in next(document.tables()).cells] == [
            *((0, 0, "a"), (0, 3, "d")),
            *((1, 0, "1"), (1, 3, "4")),
            *((2, 0, "5"), (2, 3, "6")),
        ]
        assert [unseen.text for unseen in document.unseen] == ["b", "c", "2", "7", "8"]

    def test_looks_of_cells(self, tmp_path: Path) -> None:
        """White and crossed-out cells are unseen by the style of cell, row or column; white on a dark cell is seen."""
        looks = {
            "W": '<style:text-properties fo:color="#ffffff"/>',
            "S": '<style:text-properties style:text-line-through-style="solid"/>',
            "D": '<style:table-cell-properties fo:background-color="#1f3864"/>'
            '<style:text-properties fo:color="#ffffff"/>',
            "R": '<style:table-row-properties fo:background-color="#1f3864"/>',
            "C": '<style:paragraph-properties fo:background-color="transparent"/>'
            '<style:text-properties fo:color="#ffffff"/>',
        }
        styles = "".join(f'<style:style style:name="{name}">{look}</style:style>' for name, look in looks.items())
        cell = "<table:table-cell{}><text:p{}>{}</text:p></table:table-cell>"
        own, clear = ' table:style-name="{}"', ' text:style-name="C"'
        rows = (
            f"<table:table-row>{cell.format(own.format('W'), '', 1)}{cell.format(own.format('S'), '', 2)}"
            f"{cell.format(own.format('D'), '', 3)}{cell.format(own.format('D'), clear, 4)}</table:table-row>",
            f'<table:table-row table:default-cell-style-name="S">{cell.format("", "", 5)}</table:table-row>',
            '<table:table-row table:style-name="R">'
            f"{cell.format('', '', 6)}{cell.format('', clear, 7)}</table:table-row>",
            f"<table:table-row>{cell.format('', '', 8)}{cell.format('', clear, 9)}</table:table-row>",
        )
        columns = '<table:table-column table:default-cell-style-name="S"/><table:table-column/>'
        document = read(tmp_path, odt_bytes(f"<table:table>{columns}{''.join(rows)}</table:table>", styles))

        assert {(u.text, u.why) for u in document.unseen} == {
            *(("1", "white"), ("2", "struck"), ("5", "struck"), ("6", "struck"), ("8", "struck"), ("9", "white")),
        }
        assert [c.text for c in next(document.tables()).cells] == ["3", "4", "7"]

    def test_embedded_sheet(self, tmp_path: Path) -> None:
        """An embedded table is read where it stands; a chart is named as not read."""
        row = "<table:table-row>{}</table:table-row>"
        cells = "".join(f"<table:table-cell><text:p>{t}</text:p></table:table-cell>" for t in ("Tiếp nhận", "327"))
        sheet = odt_bytes(f"<table:table>{row.format(cells)}</table:table>", kind="spreadsheet")
        chart = odt_bytes("", kind="chart")
        frame = '<draw:frame><draw:object xlink:href="./Object {n}"/></draw:frame>'
        body = f"<text:p>Bảng:{frame.format(n=1)}</text:p><text:p>Biểu đồ:{frame.format(n=2)}</text:p>"
        files = {f"Object {n}/content.xml": _content(data) for n, data in ((1, sheet), (2, chart))}
        document = read(tmp_path, odt_bytes(body, files=files))

        assert texts(document) == ["Bảng:", "Tiếp nhận", "327", "Biểu đồ:"]
        assert [(u.what, u.name) for u in document.unread] == [("object", "Object 2")]


class TestHtml:
    def test_what_nobody_sees(self, tmp_path: Path) -> None:
        """Hidden, white and crossed-out text of a page is set aside; scripts and styles are none."""
        body = (
            '<style>p {color: red}</style><p>Tiếp nhận <span style="color:white">9</span>908 văn bản</p>'
            '<p style="display:none">Mật 77</p><p>Gửi <s>3</s>98 văn bản</p><script>var x = 5;</script>'
        )
        document = read(tmp_path, html_page(body))

        assert texts(document) == ["Tiếp nhận 908 văn bản", "Gửi 98 văn bản"]
        assert document.unseen == (Unseen("9", "white"), Unseen("Mật 77", "invisible"), Unseen("3", "struck"))

    @pytest.mark.parametrize(
        ("look", "why"),
        [
            ("color:rgb(255, 255, 255)", "white"),
            ("color:rgba(250 250 250 / 1)", "white"),
            ("color:#fff !important", "white"),
            ("color:rgb(255,255,255);background:#1f3864", None),
            ("color:rgb(200,0,0)", None),
            ("font-size:0", "tiny"),
            ("font-size:0.0em", "tiny"),
            ("font-size:1px", "tiny"),
            ("font-size:2.9pt", "tiny"),
            ("font-size:3pt", None),
            ("font-size:4px", None),
            ("font-size:0.8em", None),
            ("visibility:collapse", "invisible"),
            ("mso-hide:all", "invisible"),
            ("display:none !important", "invisible"),
            ("display:inline", None),
        ],
    )
    def test_how_letters_are_hidden(self, look: str, why: str | None, tmp_path: Path) -> None:
        """However a page says it, and whatever is said inside of it."""
        inner = '<b style="display:inline;text-decoration:none">77</b>'
        document = read(tmp_path, html_page(f'<p>Nhận <span style="{look}">{inner}</span> hồ sơ</p>'))

        assert document.unseen == ((Unseen("77", why),) if why else ())

    @pytest.mark.parametrize("tag", ["s", "del", 'div style="display:none"'])
    def test_what_hides_an_element_hides_what_is_in_it(self, tag: str, tmp_path: Path) -> None:
        """No style inside brings back what is struck or switched off around it."""
        inner = '<span style="display:inline;text-decoration:underline">77</span>'
        document = read(tmp_path, html_page(f"<p>Nhận 5</p><{tag}>{inner}</{tag.split()[0]}>"))

        assert texts(document) == ["Nhận 5"]
        assert [u.text for u in document.unseen] == ["77"]

    def test_a_clear_ground_shows_the_one_below(self, tmp_path: Path) -> None:
        """White letters on a dark row or table section are seen, whatever their own element says of no ground."""
        cell = '<td style="background:transparent"><span style="color:white;background-color:inherit">{}</span></td>'
        rows = (
            f'<tr style="background:#1f3864">{cell.format(1)}{cell.format(2)}</tr>',
            f'<tbody bgcolor="#1f3864"><tr>{cell.format(3)}{cell.format(4)}</tr></tbody>',
            f"<tbody><tr>{cell.format(5)}<td>6</td></tr></tbody>",
            '<tbody style="display:none"><tr><td>7</td><td>8</td></tr></tbody>',
        )
        document = read(tmp_path, html_page(f"<table border=1>{''.join(rows)}</table>"))

        assert [c.text for c in next(document.tables()).cells if c.text] == ["1", "2", "3", "4", "6"]
        assert [u.text for u in document.unseen] == ["5", "7", "8"]

    def test_caption_of_a_table(self, tmp_path: Path) -> None:
        """What a table is called is read before it: it may be the unit of its numbers."""
        body = "<table border=1><caption>ĐVT: triệu đồng</caption><tr><td>Thu</td><td>5</td></tr></table>"

        assert texts(read(tmp_path, html_page(body))) == ["ĐVT: triệu đồng", "Thu", "5"]

    @pytest.mark.parametrize("charset", ["utf-8", "utf-16", "x-unknown", "ascii"])
    def test_a_kept_page_in_the_charset_its_mail_names(self, charset: str, tmp_path: Path) -> None:
        """The head of the part says it; a page that is not in it, or in one nobody knows, is read as it says itself."""
        page = base64.encodebytes(
            "<html><p>Nhận 327 hồ sơ</p></html>".encode("utf-16" if charset == "utf-16" else "utf-8")
        )
        data = (
            "From: <Saved by Microsoft Word>\r\nMIME-Version: 1.0\r\n"
            'Content-Type: multipart/related; type="text/html"; boundary="x"\r\n\r\n'
            f"--x\r\nContent-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            f"{page.decode()}\r\n--x--\r\n"
        )

        assert texts(read(tmp_path, data.encode())) == ["Nhận 327 hồ sơ"]

    def test_spans_of_a_table(self, tmp_path: Path) -> None:
        """Cells stand at their columns whatever spans rows above them."""
        body = (
            "<table border=1><tr><th rowspan=2>Lĩnh vực</th><th colspan=2>Hồ sơ</th></tr>"
            "<tr><th>Nhận</th><th>Trả</th></tr>"
            "<tr><td>Hộ tịch</td><td>31</td><td>30</td></tr></table>"
        )
        table = next(read(tmp_path, html_page(body)).tables())

        assert [(c.row, c.column, c.text) for c in table.cells] == [
            (0, 0, "Lĩnh vực"),
            (0, 1, "Hồ sơ"),
            (1, 1, "Nhận"),
            (1, 2, "Trả"),
            (2, 0, "Hộ tịch"),
            (2, 1, "31"),
            (2, 2, "30"),
        ]


def _content(odf: bytes) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(odf)) as package:
        return package.read("content.xml")
