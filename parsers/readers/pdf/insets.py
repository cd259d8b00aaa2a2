"""Pictures of text on pages that have good text besides, and files that a PDF carries.

Belongs here: which pictures of a page may hold text, their lines at their places on the page, and what was not read.
Stays out: pages that are pictures as a whole (`reader`), recognition (`ocr.recognise`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from parsers.document import Box, Unread
from parsers.readers.common.printed import PrintedLine, PrintedPage, line_of
from parsers.readers.ocr.ruled_lines import Picture

# Chosen by hand; what they do is held by tests/readers.
_LEAST_WIDE, _LEAST_HIGH = 60.0, 24.0  # points: smaller is a logo or a line
_MOST_OF_PAGE = 0.9  # more is a scan
_TOUCHING = 3.0  # points: boxes nearer to each other are one picture
_DPI = 200.0  # as for pages
_MOST_PICTURES = 12
"""Pictures of one page that are looked at; a page of more is no page of a report."""

_IMAGE = b"/Image"


def read_insets(
    document: pdfium.PdfDocument, data: bytes, pages: Sequence[PrintedPage], ocr_cache: Path | None
) -> list[Unread]:
    """Put the text of pictures on the pages they stand on; return the pictures and carried files that were not read.

    Pages that were recognised as a whole are left as they are.
    """
    unread = list(_carried(document))
    if _IMAGE not in data:
        return unread
    for printed in pages:
        if printed.source == "digital" and (printed.lines or printed.tables):
            page = document[printed.page.number - 1]
            try:
                unread += _read_page(page, printed, ocr_cache)
            finally:
                page.close()
    return unread


def _carried(document: pdfium.PdfDocument) -> Iterator[Unread]:
    """Yield the files that a PDF carries beside its pages."""
    for index in range(min(document.count_attachments(), _MOST_PICTURES)):
        yield Unread("attachment", document.get_attachment(index).get_name())


def _read_page(page: pdfium.PdfPage, printed: PrintedPage, ocr_cache: Path | None) -> list[Unread]:
    """Read the pictures of one page; return those whose text could not be read."""
    unread = []
    for box in _candidates(page, printed):
        lost = _read_box(page, box, printed, ocr_cache)
        unread += [Unread("picture", page=printed.page.number)] if lost else []
    return unread


def _candidates(page: pdfium.PdfPage, printed: PrintedPage) -> list[Box]:
    """Return the places of pictures large enough for text and with no text of the page on them."""
    if page.get_rotation():
        return []
    boxes = _joined(list(_pictures(page)))
    whole = printed.page.width * printed.page.height
    held = [t.box for line in _lines_of(printed) for t in line.tokens]
    return [
        box
        for box in boxes[:_MOST_PICTURES]
        if box.x1 - box.x0 >= _LEAST_WIDE
        and box.bottom - box.top >= _LEAST_HIGH
        and (box.x1 - box.x0) * (box.bottom - box.top) < _MOST_OF_PAGE * whole
        and not any(_inside(word, box) for word in held)
    ]


def _pictures(page: pdfium.PdfPage) -> Iterator[Box]:
    """Yield the places of the pictures drawn on a page, within it."""
    left, bottom, right, top = page.get_cropbox()
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        x0, low, x1, high = item.get_bounds()
        box = Box(max(x0, left) - left, top - min(high, top), min(x1, right) - left, top - max(low, bottom))
        if box.x1 > box.x0 and box.bottom > box.top:
            yield box


def _joined(boxes: list[Box]) -> list[Box]:
    """Return places with those that touch as one: a scanner cuts a picture into strips."""
    joined: list[Box] = []
    for box in sorted(boxes, key=lambda b: (b.top, b.x0)):
        touching = next((n for n, other in enumerate(joined) if _touch(other, box)), None)
        if touching is None:
            joined.append(box)
        else:
            other = joined[touching]
            joined[touching] = Box(
                min(box.x0, other.x0), min(box.top, other.top), max(box.x1, other.x1), max(box.bottom, other.bottom)
            )
    return joined


def _touch(one: Box, other: Box) -> bool:
    return (
        one.x0 - _TOUCHING <= other.x1
        and other.x0 - _TOUCHING <= one.x1
        and one.top - _TOUCHING <= other.bottom
        and other.top - _TOUCHING <= one.bottom
    )


def _inside(word: Box, box: Box) -> bool:
    across, down = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box.x0 < across < box.x1 and box.top < down < box.bottom


def _lines_of(printed: PrintedPage) -> Iterator[PrintedLine]:
    yield from printed.lines
    for table in printed.tables:
        for cell in table.cells:
            yield from cell.lines


def _read_box(page: pdfium.PdfPage, box: Box, printed: PrintedPage, ocr_cache: Path | None) -> bool:
    """Put the text of one picture on the page; return whether it has text that could not be read."""
    from parsers.readers.common.ruled_tables import find_tables
    from parsers.readers.ocr.cache import OcrCache
    from parsers.readers.ocr.recognise import POOR, mean_confidence, ocr_available, recognised
    from parsers.readers.pictures.inset import is_text

    if ocr_available() is not None:
        return True
    found = recognised(lambda dpi: _drawn(page, box, printed, dpi), _DPI, OcrCache(ocr_cache), photo=False)
    if not is_text(found.lines):
        return False
    if mean_confidence(found.lines) < POOR or found.quarters:
        return True
    rules = [rule._replace(**_moved(rule, box)) for rule in found.rules]
    lines = [line_of([t._replace(box=Box(**_moved(t.box, box))) for t in line.tokens]) for line in found.lines]
    tables, rest = find_tables(rules, lines)
    printed.tables += tables
    printed.lines += rest
    return False


def _moved(place: Any, box: Box) -> dict[str, float]:
    """Return where a place of a picture lies on the page."""
    return {
        "x0": place.x0 + box.x0,
        "top": place.top + box.top,
        "x1": place.x1 + box.x0,
        "bottom": place.bottom + box.top,
    }


def _drawn(page: pdfium.PdfPage, box: Box, printed: PrintedPage, dpi: float) -> Picture:
    """Return a part of a page as it is seen, at a resolution."""
    margins = (box.x0, printed.page.height - box.bottom, printed.page.width - box.x1, box.top)
    bitmap = page.render(scale=dpi / 72, crop=margins, may_draw_forms=False, draw_annots=False)
    try:
        return np.ascontiguousarray(bitmap.to_numpy()[:, :, :3])
    finally:
        bitmap.close()
