"""Pictures of pages to drafts.

Belongs here: the pages that one or several picture files show, each recognised, and put together as a report.
Stays out: decoding (`frames`), making a photograph a scan (`parsers.readers.ocr.photo`), recognition itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import cv2
import numpy as np

from cchc.errors import DocumentError
from cchc.messages import translator
from cchc.text import fold
from parsers.document import Page
from parsers.limits import Limits
from parsers.outcomes import Outcome
from parsers.readers.common.draft import Drafted
from parsers.readers.common.pages import drafted_pages
from parsers.readers.common.printed import PrintedPage
from parsers.readers.common.ruled_tables import find_tables
from parsers.readers.ocr.cache import OcrCache
from parsers.readers.ocr.photo import flattened
from parsers.readers.ocr.recognise import POOR, mean_confidence, need_ocr, recognised
from parsers.readers.ocr.ruled_lines import Picture
from parsers.readers.pictures.frames import frames

_ = translator("formats")

_USUAL_DPI, _FINE_DPI = 200.0, 300.0  # as for pages of a PDF; by hand
_SHORT_SIDE = 595.0
"""Points: that of A4, which a picture of a page is taken to show."""

_TITLE = "cong hoa xa hoi chu nghia"
_LEAST_PIXELS = 500
"""The short side under which a picture is no page."""


def read_pictures(files: Iterable[bytes], limits: Limits, ocr_cache: Path | None, ocr_threads: int = 1) -> Drafted:
    """Return the drafts of the pages that picture files show, in their order.

    Raises DocumentError damaged, no_text, too_large or ocr_missing.
    """
    need_ocr()
    kept = OcrCache(ocr_cache)
    shown = (picture for data in files for picture in frames(data, limits))
    with ThreadPoolExecutor(max_workers=max(ocr_threads, 1)) as pool:
        pages = _read_all(shown, kept, pool, limits, max(ocr_threads, 1))
    _one_report(pages)
    if not pages:
        raise DocumentError(
            Outcome.NO_TEXT, _("The picture is too small to be a page. Ask for a scan or a photo of the whole page.")
        )
    return drafted_pages(pages, [_("Read from pictures of the pages."), *_remarks(pages)], "tesseract")


def _one_report(pages: Sequence[PrintedPage]) -> None:
    """Raise DocumentError two_reports where a later page bears the national title: two reports were put together."""
    heads = [p.page.number for p in pages if any(_TITLE in fold(line.text) for line in p.lines)]
    if len(heads) > 1:
        raise DocumentError(
            Outcome.TWO_REPORTS,
            _(
                "The pictures show more than one letterhead (pages {pages}). Hand in the pictures of each report by "
                "themselves: cchc submit --one-report."
            ).format(pages=", ".join(map(str, heads))),
        )


def _read_all(
    shown: Iterable[Picture], kept: OcrCache, pool: ThreadPoolExecutor, limits: Limits, threads: int
) -> list[PrintedPage]:
    """Return the pages of pictures, as many read at a time as there are threads; few are held in memory at once."""
    pages: list[PrintedPage] = []
    large = (picture for picture in shown if min(picture.shape[:2]) >= _LEAST_PIXELS)
    while batch := list(islice(large, threads)):
        if len(pages) + len(batch) > limits.pages:
            raise DocumentError(
                Outcome.TOO_LARGE,
                _("The file has {pages} pictures; a report may have {most} pages.").format(
                    pages=len(pages) + len(batch), most=limits.pages
                ),
            )
        numbers = range(len(pages) + 1, len(pages) + len(batch) + 1)
        pages += pool.map(lambda number, picture: page_of(picture, number, kept), numbers, batch)
    return pages


def page_of(picture: Picture, number: int, kept: OcrCache) -> PrintedPage:
    """Return what a picture of a page (blue, green, red) shows, in points on an A4 sheet."""
    found = recognised(_drawn(picture), _resolution(picture), kept)
    height, width = flattened(picture, _USUAL_DPI).shape[:2]
    scale = _SHORT_SIDE / min(width, height)
    size = (width * scale, height * scale) if found.quarters % 2 == 0 else (height * scale, width * scale)
    page = Page(number, round(size[0], 2), round(size[1], 2), "ocr", mean_confidence(found.lines))
    printed = PrintedPage(page, source="ocr")
    printed.tables, printed.lines = find_tables(found.rules, found.lines)
    return printed


def _drawn(picture: Picture) -> Callable[[float], Picture]:
    """Return a function that gives a picture as a scan at a resolution."""

    def draw(dpi: float) -> Picture:
        sheet = flattened(picture, dpi)
        if sheet is not picture:
            return sheet
        scale = dpi * _SHORT_SIDE / 72 / min(picture.shape[:2])
        method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        return np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=method), dtype=np.uint8)

    return draw


def _resolution(picture: Picture) -> float:
    """Return the resolution at which a picture is read first: its own for a page, within what pays."""
    own = min(picture.shape[:2]) / (_SHORT_SIDE / 72)
    return float(round(min(max(own, _USUAL_DPI), _FINE_DPI)))


def _remarks(pages: Sequence[PrintedPage]) -> list[str]:
    """Return what people should know of pages that read poorly."""
    dim = [str(p.page.number) for p in pages if p.page.text_confidence < POOR]
    if not dim:
        return []
    return [_("The picture of page {pages} reads poorly; ask for a better copy.").format(pages=", ".join(dim))]
