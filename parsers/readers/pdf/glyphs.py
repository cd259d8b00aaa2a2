"""The characters of a PDF page one by one: what each is and where it stands, taken from pdfium in bulk.

Belongs here: arrays of characters as pdfium hands them out, called by plain addresses since a page has thousands.
Stays out: their order (`arranged`), words and lines (`text`).
"""

from __future__ import annotations

import ctypes
from collections import deque
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium

from parsers.readers.pdf.calls import ADDRESS, INT, address, plain
from parsers.readers.pdf.frame import Rows

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_QUARTER = np.pi / 2
_SQUARE = 0.2  # radians off a quarter turn; by hand
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

    def kept(self, keep: Flags) -> Glyphs:
        """Return those of the characters that `keep` tells."""
        return Glyphs(
            self.places[keep],
            self.codes[keep],
            self.boxes[keep],
            self.origins[keep],
            self.sizes[keep],
            self.quarters[keep],
        )

    def __len__(self) -> int:
        return len(self.places)


def glyphs_of(textpage: pdfium.PdfTextPage) -> Glyphs:
    """Return the characters of a page, without the blanks and line ends that pdfium puts in."""
    count = textpage.count_chars()
    codes = told(textpage, "FPDFText_GetUnicode", ctypes.c_uint, range(count)).astype(np.int64)
    boxes = char_boxes(textpage, range(count))
    blank = np.isin(codes, (0, 9, 10, 13)) | ((codes == ord(" ")) & (boxes[:, 2] - boxes[:, 0] < 1e-3))
    places = np.flatnonzero(~(blank & (np.abs(boxes[:, 2] - boxes[:, 0]) < 1e-3)))
    listed = places.tolist()
    matrices = _filled(textpage, "FPDFText_GetMatrix", listed, 6, np.float32).astype(float)
    sizes = told(textpage, "FPDFText_GetFontSize", ctypes.c_double, listed)
    angles = told(textpage, "FPDFText_GetCharAngle", ctypes.c_float, listed)
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
    call = plain("FPDFText_GetCharOrigin", INT, ADDRESS, INT, ADDRESS, ADDRESS)
    deque(map(call, repeat(address(textpage.raw)), places, firsts, seconds), maxlen=0)
    return rows


def _filled(textpage: pdfium.PdfTextPage, name: str, places: Any, width: int, kind: Any) -> Any:
    """Return the rows that a function of pdfium fills, one a character."""
    rows = np.zeros((len(places), width), dtype=kind)
    step = rows.itemsize * width
    addresses = range(rows.ctypes.data, rows.ctypes.data + rows.nbytes, step)
    deque(map(plain(name, INT, ADDRESS, INT, ADDRESS), repeat(address(textpage.raw)), places, addresses), maxlen=0)
    return rows


def told(textpage: pdfium.PdfTextPage, name: str, kind: Any, places: Any) -> Rows:
    """Return what a function of pdfium says of each character."""
    call = plain(name, kind, ADDRESS, INT)
    return np.fromiter(map(call, repeat(address(textpage.raw)), places), dtype=float, count=len(places))


def ink_boxes(textpage: pdfium.PdfTextPage, places: list[int]) -> Rows:
    """Return (left, top, right, bottom) rows of the ink of characters; they are flat where nothing is drawn."""
    sides = np.zeros((4, len(places)))
    call = plain("FPDFText_GetCharBox", INT, ADDRESS, INT, *[ADDRESS] * 4)
    starts = (range(row.ctypes.data, row.ctypes.data + row.nbytes, 8) for row in sides)
    deque(map(call, repeat(address(textpage.raw)), places, *starts), maxlen=0)
    boxes: Rows = sides[[0, 3, 1, 2]].T
    return boxes
