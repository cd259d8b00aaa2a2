"""Which way up a page lies.

Belongs here: telling a page on its side by the direction of its lines, and trying the four ways on a strip of it.
Stays out: tilt of a few degrees (`picture`), reading the page (`ocr`).
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from parsers.readers.common.printed import PrintedLine
from parsers.readers.ocr.picture import evened, sharpness, without_seal
from parsers.readers.ocr.ruled_lines import Picture
from parsers.syllables import is_syllable

# Chosen by hand; what they do is held by tests/readers.
_SMALL = 500  # pixels of the longer side, enough to see lines of text
_FAINTEST = 60  # ink (0–255) that counts
_ANGLES = np.arange(-6.0, 6.1, 1.0)  # degrees that a page may lean
_SIDEWAYS = 0.75  # a page lies on its side where level lines are so much less sharp than upright ones
_STRIP = 0.25  # of the height, from the middle, is read each way up
_SURE = 0.7  # confidence of a word that counts
_UPRIGHT_FIRST = (0, 2, 1, 3)  # quarter turns; of equals the more usual


def turned_by(picture: Picture, quarters: int) -> Picture:
    """Return a picture turned by quarters, against the clock."""
    return np.ascontiguousarray(np.rot90(picture, quarters)) if quarters else picture


def lies_sideways(picture: Picture) -> bool:
    """Return whether lines seem to run up and down: ink changes less from row to row than from column to column.

    So it is with a tall narrow table as well; a strip of the page has to tell (`quarters`).
    """
    scale = min(_SMALL / max(picture.shape[:2]), 1.0)
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = (255 - evened(without_seal(np.asarray(small, dtype=np.uint8)))).astype(np.uint8)
    ink[ink < _FAINTEST] = 0
    level, upright = (max(sharpness(way, a) for a in _ANGLES) / way.shape[1] for way in (ink, turned_by(ink, 1)))
    return bool(level < _SIDEWAYS * upright)


def quarters(picture: Picture, read: Callable[[Picture], list[PrintedLine]]) -> int:
    """Return by how many quarters, against the clock, a page has to be turned to be read; 0 where none reads better.

    `read` recognises a picture quickly.
    """
    return max(_UPRIGHT_FIRST, key=lambda turn: _words_in(read(_strip(turned_by(picture, turn)))))


def _strip(picture: Picture) -> Picture:
    """Return the part of a page around the middle of its ink."""
    dark = (picture.max(axis=2) < picture.mean() - _FAINTEST).sum(axis=1).cumsum()
    middle = int(np.searchsorted(dark, dark[-1] / 2))
    half = int(_STRIP * picture.shape[0] / 2)
    top = min(max(middle - half, 0), max(picture.shape[0] - 2 * half, 0))
    return np.ascontiguousarray(picture[top : top + 2 * half])


def _words_in(lines: list[PrintedLine]) -> int:
    """Return how many letters stand in words that are surely read and can be Vietnamese."""
    words = (t for line in lines for t in line.tokens if t.confidence >= _SURE)
    return sum(len(t.text) for t in words if is_syllable(t.text.strip(".,;:()")))
