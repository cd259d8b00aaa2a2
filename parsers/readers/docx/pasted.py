"""Pages pasted into a Word file as pictures: a scan that wears DOCX.

Belongs here: which parts are pictures of pages, in the order of the document, bound into a PDF and read as that is.
Stays out: text (`docx`), reading the pages (`pdf`). Only PNG and JPEG are looked at.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from cchc.errors import DocumentError
from cchc.messages import translator
from parsers.limits import Limits
from parsers.outcomes import Outcome
from parsers.readers.common.draft import Drafted
from parsers.readers.common.package import MAIN, Package
from parsers.readers.pdf.reader import read_pdf

_ = translator("readers")

_PICTURES = ("{http://schemas.openxmlformats.org/drawingml/2006/main}blip", "{urn:schemas-microsoft-com:vml}imagedata")
_BINDING = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
_SHORT_SIDE = 595.0
"""Points: that of A4, which a picture of a page is taken to show."""

_SMALLEST = 600  # pixels; by hand: a page at 72 dpi is 595 wide, what is smaller is a logo or a seal


def read_pasted(data: bytes, limits: Limits, ocr_cache: Path | None, ocr_threads: int) -> Drafted | None:
    """Return the drafts of the pages pasted into a DOCX, None where it holds none.

    Raises DocumentError damaged, encrypted, too_large or ocr_missing.
    """
    package = Package(data, limits)
    document = pdfium.PdfDocument.new()
    try:
        for name in islice(_pictures(package), limits.pages + 1):
            _bind(document, package.read(name), limits)
        if not len(document):
            return None
        bound = io.BytesIO()
        document.save(bound)
    finally:
        document.close()
    return read_pdf(bound.getvalue(), limits, ocr_cache, ocr_threads)


def _pictures(package: Package) -> Iterator[str]:
    """Yield the parts of the pictures that the document shows, in its order."""
    main = package.related("", "officeDocument") or MAIN
    bound = package.bound(main)
    for picture in package.xml(main).iter(*_PICTURES):
        name = bound.get(picture.get(f"{_BINDING}embed") or picture.get(f"{_BINDING}id") or "")
        if name is not None:
            yield name


def _bind(document: pdfium.PdfDocument, content: bytes, limits: Limits) -> None:
    """Add a page that shows a picture large enough to be of a page; others are passed over."""
    image = _image(document, content, limits)
    if image is None:
        return
    across, down = image.get_px_size()
    if min(across, down) < _SMALLEST:
        return
    _refuse_huge(across, down, limits)
    scale = _SHORT_SIDE / min(across, down)
    page = document.new_page(across * scale, down * scale)
    image.set_matrix(pdfium.PdfMatrix().scale(across * scale, down * scale))
    page.insert_obj(image)
    page.gen_content()
    page.close()


def _image(document: pdfium.PdfDocument, content: bytes, limits: Limits) -> pdfium.PdfImage | None:
    """Return a picture as an object of a PDF, None where it is of another kind or broken."""
    image = pdfium.PdfImage.new(document)
    if content.startswith(_JPEG):
        try:
            image.load_jpeg(io.BytesIO(content), inline=True)
        except pdfium.PdfiumError:
            return None
        return image
    if not content.startswith(_PNG) or len(content) < 24:
        return None
    across, down = struct.unpack(">II", content[16:24])
    _refuse_huge(across, down, limits)
    import cv2

    decoded = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    if decoded is None:
        return None
    bitmap = pdfium.PdfBitmap.new_native(decoded.shape[1], decoded.shape[0], raw.FPDFBitmap_BGR)
    bitmap.to_numpy()[:] = decoded
    image.set_bitmap(bitmap)
    return image


def _refuse_huge(across: int, down: int, limits: Limits) -> None:
    """Raise for a picture with more pixels than a page can have."""
    if across * down > limits.picture_pixels:
        raise DocumentError(
            Outcome.TOO_LARGE,
            _("A picture in the file has {size} million pixels, more than a page needs. Scan at 200 dpi.").format(
                size=across * down // 1_000_000
            ),
        )
