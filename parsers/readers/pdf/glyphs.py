"""The characters of a PDF page one by one: what each is and where it stands, taken from pdfium in bulk.

Belongs here: arrays of characters as pdfium hands them out, called by plain addresses since a page has thousands.
Stays out: their order (`arranged`), words and lines (`text`).
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from parsers.readers.pdf.frame import Rows

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_QUARTER = np.pi / 2
_SQUARE = 0.2
HYPHENS = (0xFFFE, 0x02)
"""What pdfium says for a hyphen at the end of a row."""


@dataclass(frozen=True)
class Glyphs:
    """The characters of a page, in the order of the file; coordinates are the file's own, upwards.

    `places` are their numbers in pdfium's list, `codes` their Unicode, `boxes` (left, top, right, bottom) rows by their
    font, `origins` (x, y) on the baseline, `sizes` the size of type, `quarters` by how many quarters, clockwise, the
    page has to be turned for each to stand upright, -1 for one that leans.
    """

    places: Numbers
    codes: Numbers
    boxes: Rows
    origins: Rows
    sizes: Rows
    quarters: Numbers

    def __len__(self) -> int:
        return len(self.places)


def glyphs_of(textpage: pdfium.PdfTextPage) -> Glyphs:
    """Return the characters of a page, without the blanks and line ends that pdfium puts in."""
    count = textpage.count_chars()
    codes = _told(textpage, "FPDFText_GetUnicode", ctypes.c_uint, range(count)).astype(np.int64)
    boxes = char_boxes(textpage, range(count))
    blank = np.isin(codes, (0, 9, 10, 13)) | ((codes == ord(" ")) & (boxes[:, 2] - boxes[:, 0] < 1e-3))
    places = np.flatnonzero(~(blank & (np.abs(boxes[:, 2] - boxes[:, 0]) < 1e-3)))
    listed = places.tolist()
    matrices = _filled(textpage, "FPDFText_GetMatrix", listed, 6, np.float32).astype(float)
    sizes = _told(textpage, "FPDFText_GetFontSize", ctypes.c_double, listed)
    angles = _told(textpage, "FPDFText_GetCharAngle", ctypes.c_float, listed)
    return Glyphs(
        places,
        codes[places],
        boxes[places],
        _origins(textpage, listed),
        np.abs(sizes) * np.hypot(matrices[:, 2], matrices[:, 3]),
        _quarters(angles),
    )


def char_boxes(textpage: pdfium.PdfTextPage, places: Any) -> Rows:
    """Return (left, top, right, bottom) rows of characters, by the size of their font."""
    boxes: Rows = _filled(textpage, "FPDFText_GetLooseCharBox", places, 4, np.float32).astype(float)
    return boxes


def _quarters(angles: Rows) -> Numbers:
    """Return the quarter turns, clockwise, that set characters upright; pdfium's angles run against the clock."""
    turns = np.rint(angles / _QUARTER)
    leans = np.abs(angles - turns * _QUARTER) > _SQUARE
    return np.where(leans, -1, (4 - turns.astype(np.int64)) % 4)


def _origins(textpage: pdfium.PdfTextPage, places: list[int]) -> Rows:
    """Return (x, y) rows of where characters stand on their baselines."""
    rows = np.zeros((len(places), 2))
    firsts = range(rows.ctypes.data, rows.ctypes.data + rows.nbytes, 16)
    seconds = range(rows.ctypes.data + 8, rows.ctypes.data + 8 + rows.nbytes, 16)
    call = _plain("FPDFText_GetCharOrigin", ctypes.c_int, 2)
    deque(map(call, repeat(_handle(textpage)), places, firsts, seconds), maxlen=0)
    return rows


def _filled(textpage: pdfium.PdfTextPage, name: str, places: Any, width: int, kind: Any) -> Any:
    """Return the rows that a function of pdfium fills, one a character."""
    rows = np.zeros((len(places), width), dtype=kind)
    step = rows.itemsize * width
    addresses = range(rows.ctypes.data, rows.ctypes.data + rows.nbytes, step)
    deque(map(_plain(name, ctypes.c_int, 1), repeat(_handle(textpage)), places, addresses), maxlen=0)
    return rows


def _told(textpage: pdfium.PdfTextPage, name: str, kind: Any, places: Any) -> Rows:
    """Return what a function of pdfium says of each character."""
    call = _plain(name, kind, 0)
    return np.fromiter(map(call, repeat(_handle(textpage)), places), dtype=float, count=len(places))


def _handle(textpage: pdfium.PdfTextPage) -> int | None:
    return ctypes.cast(textpage.raw, ctypes.c_void_p).value


@cache
def _plain(name: str, kind: Any, pointers: int) -> Callable[..., Any]:
    """Return a function of pdfium that takes (text page, index, addresses to fill …) as plain numbers."""
    plain = ctypes.CFUNCTYPE(kind, ctypes.c_void_p, ctypes.c_int, *[ctypes.c_void_p] * pointers)
    return plain(ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0)
