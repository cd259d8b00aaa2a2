"""Scans that wear DOCX: pages pasted into Word as pictures."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import docx
import pypdfium2 as pdfium
import pytest
from docx.shared import Inches

from cchc.errors import DocumentError
from parsers.limits import Limits
from parsers.outcomes import Outcome
from parsers.readers import read_document
from parsers.readers.ocr import recognise as ocr
from tests.readers.builders import escaped, pdf_bytes, saved

SIZE = "#set page(width: 150mm, height: 105mm, margin: 10mm, header: none)\n"
FIRST = "Trong quý III, phường tiếp nhận 1.312 hồ sơ, đã giải quyết 1.281 hồ sơ, đạt 97,64% số hồ sơ tiếp nhận."
SECOND = "Thu ngân sách trên địa bàn được 1.835.779.000 đồng, bằng 52,73% dự toán năm của phường."
needs_engine = pytest.mark.skipif(ocr.ocr_available() is not None, reason="Tesseract's Vietnamese data is missing")


def picture(text: str, kind: str = "PNG", dpi: int = 200) -> io.BytesIO:
    """Return a page with a text as a picture."""
    page = pdfium.PdfDocument(pdf_bytes(SIZE + escaped(text), numbered=False))[0]
    out = io.BytesIO()
    page.render(scale=dpi / 72).to_pil().convert("RGB").save(out, kind)
    return out


def word(tmp_path: Path, *pictures: io.BytesIO, typed: str = "") -> Path:
    """Return a DOCX that holds a typed paragraph and pictures."""
    document = docx.Document()
    document.add_paragraph(typed)
    for shown in pictures:
        document.add_picture(shown, width=Inches(6))
    path = tmp_path / "report.docx"
    path.write_bytes(saved(document))
    return path


@needs_engine
def test_pasted_pages_are_read_in_order(tmp_path: Path) -> None:
    """PNG and JPEG pages are recognised, page by page behind what is typed, and people are told."""
    document = read_document(word(tmp_path, picture(FIRST), picture(SECOND, "JPEG"), typed="BÁO CÁO quý III"))
    text = " ".join(block.text for block in document.blocks)

    assert text.index("BÁO CÁO") < text.index("1.312") < text.index("97,64%") < text.index("1.835.779.000")
    assert [(page.number, page.source) for page in document.pages] == [(1, "ocr"), (2, "ocr")]
    assert (document.format, len(document.notes)) == ("docx", 1)


@needs_engine
def test_a_picture_in_a_typed_report_is_read_where_it_stands(tmp_path: Path) -> None:
    """What is typed keeps its text; the text of a picture follows it, as on paper."""
    document = read_document(word(tmp_path, picture(FIRST), typed=f"{SECOND} " * 4))

    assert document.blocks[0].text == f"{SECOND} {SECOND} {SECOND} {SECOND}"
    assert "1.312" in document.blocks[1].text


@needs_engine
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP"])
def test_small_pictures_are_read_too(tmp_path: Path, kind: str) -> None:
    """A picture too coarse for a page still gives its numbers."""
    document = read_document(word(tmp_path, picture(FIRST, kind, dpi=60)))

    assert "1.312" in document.blocks[0].text


def test_pictures_of_other_kinds_are_no_text(tmp_path: Path) -> None:
    """A file that holds only a picture nobody can read here holds no text."""
    with pytest.raises(DocumentError) as caught:
        read_document(word(tmp_path, picture(FIRST, "GIF", dpi=60)))

    assert caught.value.outcome == Outcome.NO_TEXT


def bomb(across: int, down: int) -> io.BytesIO:
    """Return a PNG that claims a size and holds next to nothing."""
    head = struct.pack(">IIBBBBB", across, down, 8, 2, 0, 0, 0)

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("pictures", "limits", "outcome"),
    [
        ([bomb(60_000, 60_000)], Limits(), Outcome.TOO_LARGE),
        ([bomb(1_000, 1_000)], Limits(), Outcome.NO_TEXT),
        ([picture(FIRST)] * 3, Limits(pages=2), Outcome.TOO_LARGE),
        ([picture(FIRST, "JPEG")], Limits(picture_pixels=100_000), Outcome.TOO_LARGE),
    ],
    ids=["PNG bomb", "torn PNG", "too many pages", "too many pixels"],
)
def test_pasted_pages_keep_to_the_limits(
    tmp_path: Path, pictures: list[io.BytesIO], limits: Limits, outcome: Outcome
) -> None:
    """Pages and pixels are counted before anything is unpacked; what is torn is passed over."""
    with pytest.raises(DocumentError) as caught:
        read_document(word(tmp_path, *pictures), limits=limits)

    assert caught.value.outcome == outcome
