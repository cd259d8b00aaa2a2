"""What a DOCX shows: white, tiny, struck and prompted text is not read; pictures and objects are, or are named."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from PIL import Image

from parsers.document import Document, Unread, Unseen
from parsers.readers import read_document
from parsers.readers.ocr.recognise import ocr_available
from tests.readers.builders import docx_bytes, pdf_bytes, saved, scan_bytes
from tests.readers.offices import html_page, xlsx_bytes

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
needs_engine = pytest.mark.skipif(ocr_available() is not None, reason="Tesseract's Vietnamese data is missing")


def read(folder: Path, data: bytes) -> Document:
    path = folder / "report.docx"
    path.write_bytes(data)
    return read_document(path)


def white(run) -> None:
    run.font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)


def tiny(run) -> None:
    run.font.size = Pt(1)


def struck(run) -> None:
    run.font.strike = True


def hidden(run) -> None:
    run.font.hidden = True


def control(properties: str, content: str):
    """Return a content control."""
    return parse_xml(f"<w:sdt {W}><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>")


class TestRuns:
    @pytest.mark.parametrize(
        ("change", "why"), [(white, "white"), (tiny, "tiny"), (struck, "struck"), (hidden, "invisible")]
    )
    def test_unseen_digit(self, change: Callable, why: str, tmp_path: Path) -> None:
        """A digit that nobody sees is no part of the number beside it, which is then not sure."""
        document = docx.Document()
        paragraph = document.add_paragraph("Tiếp nhận ")
        change(paragraph.add_run("9"))
        paragraph.add_run("908 văn bản.")
        document.add_paragraph("Phát hành 606 văn bản.")

        found = read(tmp_path, saved(document))

        assert [(b.text, b.confidence < 0.8) for b in found.blocks] == [
            ("Tiếp nhận 908 văn bản.", True),
            ("Phát hành 606 văn bản.", False),
        ]
        assert found.unseen == (Unseen("9", why),)

    def test_white_on_a_dark_cell_is_seen(self, tmp_path: Path) -> None:
        """White letters in a shaded cell, and white blanks anywhere, hide nothing."""
        document = docx.Document()
        table = document.add_table(rows=1, cols=2)
        shade = f'<w:shd {W} w:val="clear" w:fill="1F3864"/>'
        table.cell(0, 0)._tc.get_or_add_tcPr().append(parse_xml(shade))
        white(table.cell(0, 0).paragraphs[0].add_run("Lĩnh vực 5"))
        white(table.cell(0, 1).paragraphs[0].add_run("Số 7"))
        white(document.add_paragraph("Hết").add_run(" . "))

        found = read(tmp_path, saved(document))

        assert next(iter(next(found.tables()).cells)).text == "Lĩnh vực 5"
        assert found.unseen == (Unseen("Số 7", "white"),)

    def test_style_strikes_out(self, tmp_path: Path) -> None:
        """What a style crosses out is crossed out, unless the run says otherwise."""
        document = docx.Document()
        style = document.styles.add_style("Bỏ", 1)
        style.font.strike = True
        document.add_paragraph("Tiếp nhận 398 văn bản.", style="Bỏ")
        kept = document.add_paragraph(style="Bỏ").add_run("Tiếp nhận 908 văn bản.")
        kept.font.strike = False

        found = read(tmp_path, saved(document))

        assert [b.text for b in found.blocks] == ["Tiếp nhận 908 văn bản."]

    def test_prompt_of_an_unfilled_field(self, tmp_path: Path) -> None:
        """The grey prompt of a content control is no answer; what was filled in is."""
        document = docx.Document()
        for prompt, text in (("<w:showingPlcHdr/>", "398"), ("", "908")):
            paragraph = document.add_paragraph("Tiếp nhận ")
            paragraph._p.append(control(prompt, f"<w:r><w:t>{text}</w:t></w:r>"))
        whole = control("<w:showingPlcHdr/>", "<w:p><w:r><w:t>Nhập 5</w:t></w:r></w:p>")
        document.element.body.insert(0, whole)

        found = read(tmp_path, saved(document))

        assert [b.text for b in found.blocks] == ["Tiếp nhận", "Tiếp nhận 908"]


class TestStrict:
    def test_strict_open_xml(self, tmp_path: Path) -> None:
        """Word's "Strict Open XML" says the same under other names."""
        plain = docx_bytes(["Tiếp nhận 908 văn bản."])
        out = io.BytesIO()
        usual = b"http://schemas.openxmlformats.org/"
        with zipfile.ZipFile(io.BytesIO(plain)) as source, zipfile.ZipFile(out, "w") as target:
            for name in source.namelist():
                content = source.read(name)
                content = content.replace(
                    usual + b"wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"
                )
                content = content.replace(
                    usual + b"officeDocument/2006/relationships",
                    b"http://purl.oclc.org/ooxml/officeDocument/relationships",
                )
                target.writestr(name, content)

        assert texts(read(tmp_path, out.getvalue())) == texts(read(tmp_path, plain))


def texts(document: Document) -> list[str]:
    return [t for block in document.blocks for t in ([c.text for c in block.cells] if block.cells else [block.text])]


def with_object(data: bytes, name: str, kind: str) -> bytes:
    """Return a DOCX of some words with an embedded file between two paragraphs."""
    document = docx.Document()
    document.add_paragraph("Phường báo cáo kết quả công tác như sau. " * 8)
    part = docx.opc.part.Part(
        docx.opc.packuri.PackURI(f"/word/embeddings/{name}"), "application/octet-stream", data, document.part.package
    )
    relation = document.part.relate_to(
        part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    )
    r = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    if kind == "aFChunk":
        document.element.body.insert(1, parse_xml(f'<w:altChunk {W} {r} r:id="{relation}"/>'))
    else:
        o = 'xmlns:o="urn:schemas-microsoft-com:office:office"'
        inner = f'<w:object><o:OLEObject ProgID="Excel.Sheet.12" r:id="{relation}"/></w:object>'
        held = f"<w:p {W} {r} {o}><w:r>{inner}</w:r></w:p>"
        document.element.body.insert(1, parse_xml(held))
    document.add_paragraph("Hết.")
    return saved(document)


class TestInsets:
    def test_embedded_sheet_is_read_where_it_stands(self, tmp_path: Path) -> None:
        """An Excel sheet in the text is a table between the paragraphs around it."""
        found = read(tmp_path, with_object(xlsx_bytes([["Tiếp nhận", 327], ["Giải quyết", 321]]), "o.xlsx", "package"))

        assert texts(found)[1:] == ["Tiếp nhận", "327", "Giải quyết", "321", "Hết."]
        assert found.unread == ()

    def test_chunk_of_another_file(self, tmp_path: Path) -> None:
        """A chunk in HTML is read where it stands."""
        found = read(tmp_path, with_object(html_page("<p>Tiếp nhận 327 hồ sơ.</p>"), "a.html", "aFChunk"))

        assert texts(found)[1:] == ["Tiếp nhận 327 hồ sơ.", "Hết."]

    @pytest.mark.parametrize("data", [b"no sheet at all", b"PK\x03\x04 torn"])
    def test_object_that_cannot_be_read_is_named(self, data: bytes, tmp_path: Path) -> None:
        """What is not read is a named part of the report."""
        found = read(tmp_path, with_object(data, "o.xlsx", "package"))

        assert found.unread == (Unread("sheet", "o.xlsx"),)

    @pytest.mark.slow
    @needs_engine
    def test_picture_of_a_table_is_read(self, tmp_path: Path) -> None:
        """A table pasted as a picture is a table of the report, each number as sure as it was recognised."""
        rows = "[Nội dung], [Số liệu], [Hồ sơ tiếp nhận trong quý], [327], [Hồ sơ đã giải quyết], [321]"
        page = pdf_bytes(f"#table(columns: (80mm, 30mm), stroke: 0.5pt, {rows})", numbered=False)
        found = read(tmp_path, with_picture(picture_of(page)))

        (table,) = found.tables()
        assert [c.text for c in table.cells][2:] == ["Hồ sơ tiếp nhận trong quý", "327", "Hồ sơ đã giải quyết", "321"]
        assert all(0 < c.confidence <= 1 for c in table.cells)
        assert found.unread == ()

    @needs_engine
    def test_photograph_holds_no_text(self, tmp_path: Path) -> None:
        """A photograph among the text is no part that was left unread."""
        import numpy as np

        noise = np.random.default_rng(3).normal(128, 40, (30, 40, 3)).clip(0, 255).astype(np.uint8)
        picture = io.BytesIO()
        Image.fromarray(noise).resize((640, 480), Image.Resampling.BICUBIC).save(picture, "PNG")

        found = read(tmp_path, with_picture(picture.getvalue()))

        assert (len(found.blocks), found.unread) == (1, ())

    def test_drawing_of_another_kind_is_named(self, tmp_path: Path) -> None:
        """A picture in a form nobody can draw here is named as not read."""
        data = with_picture(picture_of(pdf_bytes("Tiếp nhận 327", numbered=False)))
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
            for name in source.namelist():
                target.writestr(name, b"\x01\0\0\0 EMF" if "media/" in name else source.read(name))

        assert [u.what for u in read(tmp_path, out.getvalue()).unread] == ["picture"]


def picture_of(pdf: bytes) -> bytes:
    """Return the upper part of a PDF's first page as PNG."""
    import pypdfium2 as pdfium

    page = pdfium.PdfDocument(scan_bytes(pdf))[0].render(scale=200 / 72).to_pil()
    out = io.BytesIO()
    page.crop((0, 0, page.width, page.height // 4)).save(out, "PNG")
    return out.getvalue()


def with_picture(picture: bytes) -> bytes:
    """Return a DOCX of some words with a picture 160 mm wide."""
    document = docx.Document()
    document.add_paragraph("Phường báo cáo kết quả công tác như sau. " * 8)
    document.add_picture(io.BytesIO(picture), width=docx.shared.Mm(210))
    assert document.element.body.find(f".//{qn('w:drawing')}") is not None
    return saved(document)
