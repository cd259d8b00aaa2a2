"""A picture that stands in the text of a report: a table or a paragraph pasted as a picture.

Belongs here: whether a picture holds text at all, and its drafts without places, for its page is another's.
Stays out: which pictures a report shows (`docx.insets`, `odf`), recognition itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from parsers.document import Page, Word
from parsers.limits import Limits
from parsers.readers.common.draft import Draft, Line
from parsers.readers.common.flow import drafts_of
from parsers.readers.common.printed import PrintedLine, PrintedPage
from parsers.readers.common.rescue import faults_named
from parsers.readers.common.ruled_tables import find_tables
from parsers.readers.ocr.cache import OcrCache
from parsers.readers.ocr.doubt import has_digit
from parsers.readers.ocr.recognise import POOR, mean_confidence, ocr_available, recognised
from parsers.readers.ocr.ruled_lines import Picture
from parsers.readers.pictures.frames import frames
from parsers.syllables import is_syllable

# Chosen by hand; what they do is held by tests/readers.
_USUAL_DPI = 200.0  # as for pages
_SCREEN_DPI = 96.0  # of a picture that does not say: a screenshot
_LEAST_DPI, _MOST_DPI = 60.0, 600.0
_LEAST_PIXELS = 40
_FEWEST_WORDS = 4  # fewer are a logo
_SURE = 0.7  # confidence of a word that counts
_EMPTY_SPREAD = 4.0  # of 255: one colour


def read_inset(data: bytes, inches: float | None, limits: Limits, ocr_cache: Path | None) -> tuple[Draft, ...] | None:
    """Return the drafts of a picture `inches` wide, none where it holds no text, None where its text cannot be read.

    A picture that is damaged, of a kind that cannot be drawn, or too poor to trust is not read.
    """
    if ocr_available() is not None:
        return None
    with faults_named():
        picture = next(iter(frames(data, limits)), None)
    if picture is None or min(picture.shape[:2]) < _LEAST_PIXELS or float(picture.std()) < _EMPTY_SPREAD:
        return ()
    own = min(max(picture.shape[1] / inches if inches else _SCREEN_DPI, _LEAST_DPI), _MOST_DPI)
    found = recognised(lambda dpi: _drawn(picture, dpi / own), _USUAL_DPI, OcrCache(ocr_cache), photo=False)
    if not is_text(found.lines):
        return ()
    if mean_confidence(found.lines) < POOR:
        return None
    printed = PrintedPage(Page(1, 0.0, 0.0, "ocr"), source="ocr")
    printed.tables, printed.lines = find_tables(found.rules, found.lines)
    return tuple(unplaced(draft) for draft in drafts_of([printed]))


def unplaced(draft: Draft) -> Draft:
    """Return a draft without places on paper; how surely its numbers were read is kept for the whole of it."""
    cells = tuple(replace(c, words=(), page=None, confidence=_least(c.text, c.words)) for c in draft.cells)
    columns = tuple(tuple(Line(line.text) for line in column) for column in draft.columns)
    sure = _least(draft.text, draft.words)
    return replace(draft, words=(), page=None, cells=cells, columns=columns, confidence=min(sure, draft.confidence))


def _least(text: str, words: Iterable[Word]) -> float:
    """Return how surely the least sure number among words was read, 1.0 where there is none."""
    return min((w.confidence for w in words if has_digit(text[w.start : w.end])), default=1.0)


def is_text(lines: Iterable[PrintedLine]) -> bool:
    """Return whether lines are text that was surely read here and there, and not what a photograph looks like."""
    tokens = [token for line in lines for token in line.tokens if token.confidence >= _SURE]
    words = [t for t in tokens if has_digit(t.text) or (len(t.text) > 1 and is_syllable(t.text.strip(".,;:()")))]
    return len(words) >= _FEWEST_WORDS


def _drawn(picture: Picture, scale: float) -> Picture:
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=method), dtype=np.uint8)
