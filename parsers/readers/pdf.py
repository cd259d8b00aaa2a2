"""PDF to drafts, page by page: the text layer where it is good, the picture where it is not.

Belongs here: opening a PDF within its limits, deciding for each page how it is read, and putting the pages together.
Stays out: characters (`pdf_text`), quality (`textlayer`), recognition (`ocr`), paragraphs (`flow`).
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from cchc.errors import DocumentError
from cchc.messages import translator
from parsers.document import Page
from parsers.limits import Limits
from parsers.outcomes import Outcome
from parsers.readers.draft import Drafted
from parsers.readers.flow import drafts_of
from parsers.readers.furniture import without_furniture
from parsers.readers.grid import find_tables
from parsers.readers.pdf_text import printed_lines, ruled_lines
from parsers.readers.printed import PrintedPage

_ = translator("readers")


def read_pdf(data: bytes, limits: Limits, ocr_cache: Path | None) -> Drafted:
    """Return the drafts of a PDF; raises DocumentError damaged, encrypted, empty, too_large, no_text or ocr_missing."""
    document = _opened(data)
    try:
        count = len(document)
        if not count:
            raise DocumentError(Outcome.EMPTY, _("The PDF has no pages. Ask the ward to send it again."))
        if count > limits.pages:
            raise DocumentError(
                Outcome.TOO_LARGE,
                _("The PDF has {pages} pages; a report may have {most}.").format(pages=count, most=limits.pages),
            )
        pages = [_page(document, number) for number in range(count)]
    finally:
        document.close()
    notes = without_furniture(pages)
    return Drafted(drafts_of(pages), tuple(p.page for p in pages), reader="pdfium", notes=tuple(notes))


def _opened(data: bytes) -> pdfium.PdfDocument:
    """Return a PDF opened by pdfium."""
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}:
            raise DocumentError(
                Outcome.ENCRYPTED, _("The file is protected by a password. Send it without one.")
            ) from error
        raise _damaged(str(error)) from error


def _damaged(detail: str) -> DocumentError:
    """Return the error of a PDF that cannot be opened or of which a page is broken."""
    return DocumentError(
        Outcome.DAMAGED, _("The file is damaged ({detail}). Ask the ward to send it again.").format(detail=detail)
    )


def _page(document: pdfium.PdfDocument, index: int) -> PrintedPage:
    """Return one page as printed."""
    try:
        page = document[index]
    except pdfium.PdfiumError as error:
        raise _damaged(_("page {number}").format(number=index + 1)) from error
    try:
        width, height = page.get_size()
        printed = PrintedPage(Page(index + 1, round(width, 2), round(height, 2)))
        textpage = page.get_textpage()
        try:
            lines = printed_lines(page, textpage)
        finally:
            textpage.close()
        printed.tables, printed.lines = find_tables(ruled_lines(page), lines)
        return printed
    finally:
        page.close()
