"""A scanned page as the reader saw it: turned and set straight, so that its boxes stand where the picture shows them.

Belongs here: finding the way a page was turned by the boxes of its words. Stays out: drawing the page (`drawing`).

A reader of scans turns a page by quarters and by the small angle of its tilt, and keeps boxes on the straight sheet.
The way it turned is not kept; it is the one at which the ink lies in the boxes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import cv2
import numpy as np

from parsers.readers.ocr.orientation import turned_by
from parsers.readers.ocr.photo import flattened
from parsers.readers.ocr.picture import cleared, evened, skew, turned, without_seal
from parsers.readers.ocr.ruled_lines import Picture

ENOUGH = 0.8
"""Share of the ink in the boxes from which no other way is tried."""
_QUARTERS = (0, 1, 3, 2)
_LEAST_ANGLE = 0.1
_DARK = 128
_WHITE = 255


def straightened(picture: Picture, boxes: Sequence[Sequence[float]], dpi: float) -> Picture:
    """Return a page (rows × columns × blue, green, red) as the boxes of its words, in points, stand on it."""
    best, most = picture, -1.0
    for sheet in _sheets(picture, dpi):
        share = ink_in_boxes(sheet, boxes, dpi)
        if share > most:
            best, most = sheet, share
        if share >= ENOUGH:
            break
    return best


def ink_in_boxes(sheet: Picture, boxes: Sequence[Sequence[float]], dpi: float) -> float:
    """Return which share of a sheet's ink lies in boxes given in points, 0–1."""
    ink = evened(without_seal(sheet)) < _DARK
    inside = np.zeros(ink.shape, dtype=bool)
    for x0, top, x1, bottom in boxes:
        left, upper, right, lower = (max(int(v * dpi / 72), 0) for v in (x0, top, x1, bottom))
        inside[upper : lower + 1, left : right + 1] = True
    return float((ink & inside).sum() / max(ink.sum(), 1))


def _sheets(picture: Picture, dpi: float) -> Iterable[Picture]:
    """Yield the sheets a page can be, the likeliest first: as it lies, turned by quarters, then as a photo of one."""
    yield from (_level(turned_by(picture, quarters)) for quarters in _QUARTERS)
    sheet = flattened(picture, dpi)
    if sheet is not picture:
        yield from (_level(turned_by(sheet, quarters)) for quarters in _QUARTERS)


def _level(picture: Picture) -> Picture:
    """Return a picture turned by its tilt about its centre, its size kept."""
    evenly = cleared(evened(without_seal(picture)))
    # Half the size tells the tilt to a pixel or so at the page's edge, in a third of the time.
    half = cv2.resize(evenly, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    angle = skew(np.asarray(half, dtype=np.uint8))
    return turned(picture, angle, _WHITE) if abs(angle) >= _LEAST_ANGLE else picture
