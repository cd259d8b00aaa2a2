"""PDF to drafts, page by page: the text layer where it is good, the picture where it is not.

Belongs here: opening a PDF within its limits, reading each page the way it needs, and putting the pages together.
Stays out: one page by its text layer (`pages`), recognition (`ocr`), paragraphs (`common.flow`).

pdfium belongs to one thread: pages are drawn here and recognised in others, as many at a time as there are threads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import islice
from pathlib import Path
from threading import Lock

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from cchc.errors import DocumentError
from cchc.messages import translator
from parsers.document import Page
from parsers.encodings import Encoding, decode, recognise
from parsers.limits import Limits
from parsers.outcomes import Outcome
from parsers.readers.common.draft import Drafted
from parsers.readers.common.flow import drafts_of
from parsers.readers.common.footnotes import without_footnotes
from parsers.readers.common.furniture import without_furniture
from parsers.readers.common.printed import PrintedLine, PrintedPage, line_of
from parsers.readers.common.strays import without_strays
from parsers.readers.pdf.insets import read_insets
from parsers.readers.pdf.pages import Scan, damaged, doubt, page_of, read_page

_ = translator("readers")

_SAMPLE_LINES = 60  # by hand: enough letters to tell an old encoding by


def read_pdf(data: bytes, limits: Limits, ocr_cache: Path | None, ocr_threads: int = 1) -> Drafted:
    """Return the drafts of a PDF.

    Raises DocumentError damaged, encrypted, empty, too_large, or ocr_missing.
    """
    document = _opened(data)
    try:
        _bounded(document, limits)
        read = [read_page(document, index) for index in range(len(document))]
        pages, scans = [r.printed for r in read], [r.scan for r in read if r.scan is not None]
        encoding = _settled(pages)
        notes = _recognise(document, pages, scans, limits, ocr_cache, ocr_threads)
        unread = tuple(read_insets(document, data, pages, ocr_cache))
    finally:
        document.close()
    for found in read:
        if found.doubtful:
            doubt(found.printed)
    if encoding != "unicode":
        notes.append(_("The text was in the old encoding {name} and was converted.").format(name=encoding.upper()))
    notes += without_furniture(pages)
    footnotes = without_footnotes(pages)
    drafts, strays = without_strays(drafts_of(pages))
    notes += strays
    reader = "pdfium+tesseract" if scans else "pdfium"
    unseen = tuple(note for found in read for note in found.unseen)
    numbers = tuple(p.page for p in pages)
    return Drafted(drafts + footnotes, numbers, reader, encoding, tuple(notes), unseen=unseen, unread=unread)


def _opened(data: bytes) -> pdfium.PdfDocument:
    """Return a PDF opened by pdfium."""
    try:
        document = pdfium.PdfDocument(data)
        if document.get_formtype() != raw.FORMTYPE_NONE:
            document.init_forms()
        return document
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}:
            raise DocumentError(
                Outcome.ENCRYPTED, _("The file is protected by a password. Send it without one.")
            ) from error
        raise damaged(str(error)) from error


def _bounded(document: pdfium.PdfDocument, limits: Limits) -> None:
    """Raise for a PDF without pages or with too many."""
    count = len(document)
    if not count:
        raise DocumentError(Outcome.EMPTY, _("The PDF has no pages. Ask the ward to send it again."))
    if count > limits.pages:
        raise DocumentError(
            Outcome.TOO_LARGE,
            _("The PDF has {pages} pages; a report may have {most}.").format(pages=count, most=limits.pages),
        )


def _settled(pages: Sequence[PrintedPage]) -> Encoding:
    """Convert the text of pages written in an old encoding; return the encoding they were in."""
    told = recognise(" ".join(islice((line.text for page in pages for line in _all_lines(page)), _SAMPLE_LINES)))
    if told != "unicode":
        for page in pages:
            page.lines = [_decoded(line, told) for line in page.lines]
            page.tables = [
                table._replace(cells=[c._replace(lines=[_decoded(x, told) for x in c.lines]) for c in table.cells])
                for table in page.tables
            ]
    return told


def _all_lines(page: PrintedPage) -> Iterator[PrintedLine]:
    """Yield the lines of a page, those of its tables last."""
    yield from page.lines
    for table in page.tables:
        for cell in table.cells:
            yield from cell.lines


def _decoded(line: PrintedLine, encoding: Encoding) -> PrintedLine:
    """Return a line in Unicode; capitals need the whole line, and no conversion makes or takes a blank."""
    texts = decode(line.text, encoding).split(" ")
    return line_of([t._replace(text=text) for t, text in zip(line.tokens, texts, strict=True)], line.set_apart)


def _recognise(
    document: pdfium.PdfDocument,
    pages: list[PrintedPage],
    scans: Sequence[Scan],
    limits: Limits,
    ocr_cache: Path | None,
    threads: int,
) -> list[str]:
    """Put recognised text on the pages that need it; return remarks on text layers that were passed over."""
    if not scans:
        return []
    from parsers.readers.common.ruled_tables import find_tables
    from parsers.readers.ocr.cache import OcrCache
    from parsers.readers.ocr.recognise import POOR, mean_confidence, need_ocr, recognised

    need_ocr()
    kept, drawing = OcrCache(ocr_cache), Lock()

    def work(scan: Scan) -> None:
        found = recognised(_pictures(document, scan.index, limits, drawing), scan.dpi, kept)
        printed = pages[scan.index]
        printed.page = _upright(printed.page, found.quarters, mean_confidence(found.lines))
        printed.tables, printed.lines = find_tables(found.rules, found.lines)
        printed.source = "ocr"

    with ThreadPoolExecutor(max_workers=max(threads, 1)) as pool:
        for _done in pool.map(work, scans):
            pass
    return list(_remarks(pages, scans, POOR))


def _upright(page: Page, quarters: int, confidence: float) -> Page:
    """Return a recognised page as it was turned to be read."""
    width, height = (page.height, page.width) if quarters % 2 else (page.width, page.height)
    return replace(page, width=width, height=height, source="ocr", text_confidence=confidence)


def _remarks(pages: Sequence[PrintedPage], scans: Sequence[Scan], poor: float) -> Iterator[str]:
    """Yield what people should know of pages that were recognised."""
    passed = [str(scan.index + 1) for scan in scans if scan.why in {"hidden", "damaged"}]
    if passed:
        yield _("The text layer of page {pages} is unusable; read from the picture.").format(pages=", ".join(passed))
    dim = [str(scan.index + 1) for scan in scans if pages[scan.index].page.text_confidence < poor]
    if dim:
        yield _("The picture of page {pages} reads poorly; ask for a better copy.").format(pages=", ".join(dim))


def _pictures(document: pdfium.PdfDocument, index: int, limits: Limits, drawing: Lock) -> Callable[[float], np.ndarray]:
    """Return a function that draws a page at a resolution, one page at a time, as a person sees it."""

    def draw(dpi: float) -> np.ndarray:
        with drawing, page_of(document, index) as page:
            width, height = page.get_size()
            scale = dpi / 72
            if width * height * scale * scale > limits.picture_pixels:
                scale = (limits.picture_pixels / (width * height)) ** 0.5
            bitmap = page.render(scale=scale, may_draw_forms=False, draw_annots=False)
            try:
                return np.ascontiguousarray(bitmap.to_numpy()[:, :, :3])
            finally:
                bitmap.close()

    return draw
