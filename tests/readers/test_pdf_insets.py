"""Pictures of text in a digital PDF are read where they stand; what is not read is named."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image

from parsers.document import Document, Unread
from parsers.readers import read_document
from parsers.readers.ocr.recognise import ocr_available
from tests.readers.builders import escaped, pdf_bytes

needs_engine = pytest.mark.skipif(ocr_available() is not None, reason="Tesseract's Vietnamese data is missing")
TEXT = "Phường báo cáo kết quả công tác cải cách hành chính như sau. "
TABLE = (
    "#table(columns: (80mm, 30mm), stroke: 0.5pt, [Nội dung], [Số liệu], [Hồ sơ tiếp nhận trong quý], [327], "
    "[Hồ sơ đã giải quyết], [321])"
)


def picture_of(body: str, millimetres: int) -> Image.Image:
    """Return Typst content as a picture, 200 dpi, as high as told."""
    setup = f"#set page(width: 130mm, height: {millimetres}mm, margin: 4mm, header: none)\n"
    return pdfium.PdfDocument(pdf_bytes(setup + body, numbered=False))[0].render(scale=200 / 72).to_pil()


def with_picture(picture: Image.Image, wide: float = 360.0) -> bytes:
    """Return a page of text with a picture below the text, `wide` points wide."""
    document = pdfium.PdfDocument(
        pdf_bytes(escaped(TEXT * 6) + "\n#v(90mm)\n" + escaped("Hết báo cáo."), numbered=False)
    )
    page = document[0]
    jpeg = io.BytesIO()
    picture.convert("RGB").save(jpeg, "JPEG", quality=95)
    image = pdfium.PdfImage.new(document)
    image.load_jpeg(jpeg, inline=True)
    high = wide * picture.height / picture.width
    image.set_matrix(pdfium.PdfMatrix().scale(wide, high).translate(90, 480))
    page.insert_obj(image)
    page.gen_content()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def read(folder: Path, data: bytes) -> Document:
    path = folder / "a.pdf"
    path.write_bytes(data)
    return read_document(path)


@pytest.mark.slow
@needs_engine
class TestPictures:
    def test_table_is_read_at_its_place(self, tmp_path: Path) -> None:
        """A table pasted as a picture is a table between the paragraphs, each cell with its box on the page."""
        document = read(tmp_path, with_picture(picture_of(TABLE, 40)))

        kinds = [block.kind for block in document.blocks]
        (table,) = document.tables()
        assert [c.text for c in table.cells][2:] == ["Hồ sơ tiếp nhận trong quý", "327", "Hồ sơ đã giải quyết", "321"]
        assert 0 < kinds.index("table") < len(kinds) - 1
        assert all(90 <= w.box.x0 <= 450 and w.page == 1 for c in table.cells for w in c.words)
        assert document.unread == ()

    def test_photograph_says_nothing(self, tmp_path: Path) -> None:
        """A photograph in the text is neither read nor missed."""
        noise = np.random.default_rng(3).normal(128, 40, (30, 40, 3)).clip(0, 255).astype(np.uint8)

        document = read(tmp_path, with_picture(Image.fromarray(noise).resize((640, 480), Image.Resampling.BICUBIC)))

        assert (list(document.tables()), document.unread) == ([], ())


def test_carried_file_is_named(tmp_path: Path) -> None:
    """A file that a PDF carries beside its pages is a part that was not read."""
    document = pdfium.PdfDocument(pdf_bytes(escaped(TEXT * 6)))
    document.new_attachment("phu-luc.xlsx").set_data(b"sheet")
    out = io.BytesIO()
    document.save(out)

    assert read(tmp_path, out.getvalue()).unread == (Unread("attachment", "phu-luc.xlsx"),)
