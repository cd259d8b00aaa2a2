from __future__ import annotations

import copy
import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from cchc.errors import DocumentError
from parsers.limits import Limits
from parsers.readers.docx.numbering import written
from parsers.readers.docx.reader import read_docx
from tests.readers.builders import docx_bytes, saved

LIMITS = Limits()


def xml(inner: str):
    """Return a `w:p` that holds `inner`."""
    return parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>")


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def with_paragraphs(*inners: str) -> bytes:
    """Return a DOCX of paragraphs given as the XML inside them."""
    document = docx.Document()
    for inner in inners:
        document.element.body.insert_element_before(xml(inner), "w:sectPr")
    return saved(document)


def texts(data: bytes) -> list[str]:
    return [d.text for d in read_docx(data, LIMITS).drafts]


class TestText:
    def test_odd_runs_are_one_text(self):
        """Content split into runs anywhere, inside a number too, is read as one text."""
        assert texts(with_paragraphs(run("tiếp nhận 1.") + run("31") + run("2 hồ sơ"))) == ["tiếp nhận 1.312 hồ sơ"]

    def test_tracked_changes_are_taken_as_accepted(self):
        """Insertions and moved-in text are in, deletions and moved-out text are out."""
        inner = (
            run("đạt ")
            + '<w:del w:id="1" w:author="a"><w:r><w:delText>85,44</w:delText></w:r></w:del>'
            + f'<w:ins w:id="2" w:author="a">{run("87,34")}</w:ins>'
            + f'<w:moveFrom w:id="3" w:author="a">{run("%%")}</w:moveFrom>'
            + f'<w:moveTo w:id="4" w:author="a">{run("%")}</w:moveTo>'
        )

        assert texts(with_paragraphs(inner)) == ["đạt 87,34%"]

    def test_deleted_table_rows_are_out(self):
        """A row deleted under tracked changes is not read."""
        document = docx.Document()
        table = document.add_table(rows=2, cols=2)
        for i, text in enumerate(("Thu", "12", "Chi", "10")):
            table.cell(i // 2, i % 2).text = text
        table.rows[1]._tr.get_or_add_trPr().append(parse_xml(f'<w:del {nsdecls("w")} w:id="1" w:author="a"/>'))

        cells = read_docx(saved(document), LIMITS).drafts[0].cells

        assert [c.text for c in cells] == ["Thu", "12"]

    def test_field_shows_its_result(self):
        """Of a field the result is read, its code is not, nested fields included."""
        begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{k}"/></w:r>' for k in ("begin", "separate", "end"))
        code = "<w:r><w:instrText>SUM(ABOVE)</w:instrText></w:r>"
        inner = run("Cộng: ") + begin + code + begin + run("7") + end + separate + run("316") + end
        simple = f'<w:fldSimple w:instr="DATE">{run(" hồ sơ")}</w:fldSimple>'

        assert texts(with_paragraphs(inner + simple)) == ["Cộng: 316 hồ sơ"]

    def test_hidden_text_is_not_read(self):
        """Text that is not printed is no part of the report."""
        assert texts(with_paragraphs(run("316") + run("999", "<w:vanish/>") + run(" hồ sơ"))) == ["316 hồ sơ"]

    def test_mark_raised_by_hand_is_no_digit(self):
        """A digit raised behind a number is the mark of a note; behind a letter it may be the 2 of m²."""
        raised = '<w:vertAlign w:val="superscript"/>'
        inner = run("Nhận 327") + run("1", raised) + run(" hồ sơ, 98,5%") + run("2", raised) + run("; 120 m")

        assert texts(with_paragraphs(inner + run("2", raised))) == ["Nhận 327 hồ sơ, 98,5%; 120 m2"]

    def test_signs_become_characters(self):
        """Hyphens that do not break, tabs and symbol bullets are characters."""
        inner = (
            '<w:r><w:sym w:font="Symbol" w:char="F0B7"/></w:r>'
            + run(" 05/KH")
            + "<w:r><w:noBreakHyphen/></w:r>"
            + run("UBND")
            + "<w:r><w:tab/></w:r>"
            + run("ngày")
        )

        assert texts(with_paragraphs(inner)) == ["- 05/KH-UBND\tngày"]

    def test_wrappers_are_looked_through(self):
        """Hyperlinks, smart tags and content controls hold ordinary text."""
        inner = (
            f"<w:hyperlink>{run('tổng ')}</w:hyperlink><w:smartTag>{run('316 ')}</w:smartTag>"
            f"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{run('hồ sơ')}</w:sdtContent></w:sdt>"
        )

        assert texts(with_paragraphs(inner)) == ["tổng 316 hồ sơ"]

    def test_text_box_is_read_once(self):
        """A text box is read after its paragraph, and its fallback copy is not read again."""
        box = f"<w:txbxContent><w:p>{run('Số: 45/BC-UBND')}</w:p></w:txbxContent>"
        inner = (
            run("ỦY BAN")
            + '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            + f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
            + f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )

        assert texts(with_paragraphs(inner)) == ["ỦY BAN", "Số: 45/BC-UBND"]

    def test_pages_follow_the_breaks_word_left(self):
        """With rendered page breaks every paragraph knows its page; without any, none does."""
        data = with_paragraphs(run("một"), run("hai") + "<w:r><w:lastRenderedPageBreak/></w:r>" + run("ba"), run("bốn"))

        assert [d.page for d in read_docx(data, LIMITS).drafts] == [1, 1, 2]
        assert [d.page for d in read_docx(with_paragraphs(run("một")), LIMITS).drafts] == [None]

    def test_tcvn3_by_font_and_by_letters(self):
        """Old encodings are converted whether the font tells them or only the letters do."""
        sentence = "Ủy ban nhân dân phường đã tiếp nhận và giải quyết hồ sơ đúng hạn theo quy định"
        by_font = docx_bytes([sentence], font=".VnTime", letterhead=False)
        by_letters = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(by_font)) as old, zipfile.ZipFile(by_letters, "w") as new:
            for name in old.namelist():
                new.writestr(name, old.read(name).replace(b".VnTime", b"Arial"))

        for data in (by_font, by_letters.getvalue()):
            read = read_docx(data, LIMITS)
            assert (read.drafts[0].text.lower(), read.encoding) == (sentence.lower(), "tcvn3")


class TestTables:
    def test_order_is_that_of_the_document(self):
        """Paragraphs and tables come in the order in which they stand."""
        document = docx.Document()
        document.add_paragraph("trước")
        document.add_table(rows=1, cols=1).cell(0, 0).text = "bảng"
        document.add_paragraph("sau")

        drafts = read_docx(saved(document), LIMITS).drafts

        assert [d.text or d.cells[0].text for d in drafts] == ["trước", "bảng", "sau"]

    def test_merged_cells_stand_once(self):
        """A merged cell stands at its top left place with its spans, and the others keep their columns."""
        document = docx.Document()
        table = document.add_table(rows=3, cols=3)
        for i, text in enumerate(("Lĩnh vực", "Kỳ này", "", "", "Mới", "Cũ", "Hộ tịch", "74", "6")):
            table.cell(i // 3, i % 3).text = text
        table.cell(0, 1).merge(table.cell(0, 2))
        table.cell(0, 0).merge(table.cell(1, 0))

        cells = read_docx(saved(document), LIMITS).drafts[0].cells

        assert [(c.row, c.column, c.row_span, c.column_span, c.text.strip(), c.header) for c in cells] == [
            (0, 0, 2, 1, "Lĩnh vực", True),
            (0, 1, 1, 2, "Kỳ này", True),
            (1, 1, 1, 1, "Mới", True),
            (1, 2, 1, 1, "Cũ", True),
            (2, 0, 1, 1, "Hộ tịch", False),
            (2, 1, 1, 1, "74", False),
            (2, 2, 1, 1, "6", False),
        ]

    def test_nested_table_follows_its_holder(self):
        """A table inside a cell is a table of its own, and its numbers are not read twice."""
        document = docx.Document()
        outer = document.add_table(rows=1, cols=2)
        outer.cell(0, 0).text = "ngoài"
        outer.cell(0, 1).add_table(rows=1, cols=1).cell(0, 0).text = "316"

        drafts = read_docx(saved(document), LIMITS).drafts

        assert [[c.text for c in d.cells] for d in drafts] == [["ngoài", ""], ["316"]]

    def test_named_header_rows_are_believed(self):
        """Rows that the file marks as headers are headers, whatever they hold."""
        document = docx.Document()
        table = document.add_table(rows=2, cols=2)
        for i, text in enumerate(("Năm", "2023", "Thu", "12")):
            table.cell(i // 2, i % 2).text = text
        table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))

        cells = read_docx(saved(document), LIMITS).drafts[0].cells

        assert [c.header for c in cells] == [True, True, False, False]


class TestNotes:
    def test_footnote_is_read_last(self):
        """A footnote is read, as a footnote, after the body."""
        data = io.BytesIO()
        note = (
            f'<w:footnotes {nsdecls("w")}><w:footnote w:type="separator" w:id="0"><w:p>{run("---")}</w:p></w:footnote>'
            f'<w:footnote w:id="2"><w:p>{run("Số liệu đến 08/9")}</w:p></w:footnote></w:footnotes>'
        )
        with zipfile.ZipFile(io.BytesIO(with_paragraphs(run("thân")))) as old, zipfile.ZipFile(data, "w") as new:
            for name in old.namelist():
                part = old.read(name)
                if name == "word/_rels/document.xml.rels":
                    relation = b'<Relationship Id="rIdN" Type="x/footnotes" Target="footnotes.xml"/></Relationships>'
                    part = part.replace(b"</Relationships>", relation)
                new.writestr(name, part)
            new.writestr("word/footnotes.xml", note)

        drafts = read_docx(data.getvalue(), LIMITS).drafts

        assert [(d.text, d.footnote) for d in drafts] == [("thân", False), ("Số liệu đến 08/9", True)]


class TestHeaders:
    def build(self, *, in_body: bool) -> list[str]:
        document = docx.Document()
        document.sections[0].header.paragraphs[0].text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
        if in_body:
            document.add_paragraph("Số: 45/BC-UBND")
        document.add_paragraph("thân")
        return [d.text for d in read_docx(saved(document), LIMITS).drafts]

    def test_letterhead_in_the_page_header_is_read(self):
        """A letterhead put into the page header is read where the body has none, and only there."""
        assert self.build(in_body=False) == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "thân"]
        assert self.build(in_body=True) == ["Số: 45/BC-UBND", "thân"]


class TestNumbering:
    def labels(self, levels: list[tuple[str, str]], depths: list[int | None], *, overrides: str = "") -> list[str]:
        """Return the labels of paragraphs at `depths` of a list with `levels` (format, pattern)."""
        document = docx.Document()
        root = document.part.numbering_part.element
        body = "".join(
            f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{f}"/><w:lvlText w:val="{p}"/></w:lvl>'
            for i, (f, p) in enumerate(levels)
        )
        root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{body}</w:abstractNum>'))
        for number, extra in (("77", ""), ("78", overrides)):
            root.append(
                parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="77"/>{extra}</w:num>')
            )
        for place, depth in enumerate(depths):
            paragraph = document.add_paragraph(f"đoạn {place}")
            number = "78" if overrides and place >= len(depths) // 2 else "77"
            if depth is not None:
                paragraph._p.get_or_add_pPr().append(
                    parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')
                )
        return [d.label for d in read_docx(saved(document), LIMITS).drafts]

    LEVELS = [
        ("upperRoman", "%1."),
        ("decimal", "%2."),
        ("decimal", "%2.%3"),
        ("lowerLetter", "%4)"),
        ("bullet", "\uf0b7"),
    ]

    def test_numbers_are_those_word_prints(self):
        """Levels count on, restart under a higher one, and may print the numbers above them."""
        found = self.labels(self.LEVELS, [0, 1, 2, 2, 1, 3, 3, None, 0, 1, 4])

        assert found == ["I.", "1.", "1.1", "1.2", "2.", "a)", "b)", "", "II.", "1.", "-"]

    def test_second_list_of_one_definition_counts_on(self):
        """Two lists of one definition share its counters, unless the second says where to start."""
        again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'

        assert self.labels(self.LEVELS, [0, 0, 0, 0]) == ["I.", "II.", "III.", "IV."]
        assert self.labels(self.LEVELS, [0, 0, 0, 0], overrides=again) == ["I.", "II.", "V.", "VI."]

    def test_style_brings_its_list(self):
        """A paragraph without numbers of its own takes those of its style, and id 0 switches them off."""
        document = docx.Document()
        style = document.styles["List Number"]
        document.add_paragraph("một", style=style)
        off = document.add_paragraph("hai", style=style)
        off._p.get_or_add_pPr().append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="0"/></w:numPr>'))
        document.add_paragraph("ba", style=style)

        assert [d.label for d in read_docx(saved(document), LIMITS).drafts] == ["1.", "", "2."]

    @pytest.mark.parametrize(
        ("count", "form", "text"),
        [(4, "upperRoman", "IV"), (9, "lowerRoman", "ix"), (27, "lowerLetter", "aa"), (3, "decimalZero", "03")],
    )
    def test_number_formats(self, count, form, text):
        """Counts are written as Word writes them."""
        assert written(count, form) == text


class TestDamage:
    def test_style_circle_ends(self):
        """Styles based on one another in a circle are read all the same."""
        document = docx.Document()
        one, two = document.styles["Body Text"], document.styles["Body Text 2"]
        for style, based in ((one, two), (two, one)):
            style.element.basedOn_val = based.style_id
        document.add_paragraph("316 hồ sơ", style=one)

        assert texts(saved(document)) == ["316 hồ sơ"]

    def test_deep_nesting_is_named(self):
        """Tables nested without end are damaged or cut, never a crash."""
        document = docx.Document()
        table = document.add_table(rows=1, cols=1)
        table.cell(0, 0).text = "316"
        inner = copy.deepcopy(table._tbl)
        for _depth in range(60):
            outer = copy.deepcopy(table._tbl)
            outer.find(f".//{qn('w:tc')}").insert(1, inner)
            inner = outer
        document.element.body.insert(0, inner)

        try:
            found = read_docx(saved(document), LIMITS).drafts
        except DocumentError as error:
            assert error.outcome == "damaged"
        else:
            assert any("316" in c.text for d in found for c in d.cells)
