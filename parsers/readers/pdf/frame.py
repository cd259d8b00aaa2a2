"""Where a page lies: from the file's own coordinates to points from the top left corner of the page as it is read.

Belongs here: the visible part of a page, its turn, and boxes moved into it.
Stays out: what stands there (`text`, `drawn_lines`).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium

Rows = npt.NDArray[np.float64]


_WIDEST = 1e6  # points; PDF itself allows 14,400, what is wider is a broken file


class Frame(NamedTuple):
    """Where a page's own coordinates lie: its visible corner, size, and rotation in quarter turns, clockwise."""

    left: float
    bottom: float
    width: float
    height: float
    turns: int

    @property
    def size(self) -> tuple[float, float]:
        """Return width and height of the page as it is read."""
        width, height = round(self.width, 2), round(self.height, 2)
        return (height, width) if self.turns % 2 else (width, height)


class Rule(NamedTuple):
    """A thin line on paper, level or upright, in points from the top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


def frame_of(page: pdfium.PdfPage) -> Frame:
    """Return the frame of a page: what of its sheet is shown, pdfium's own sheet where the file names none of any size.

    Width and height are those before rotation.
    """
    left, bottom, right, top = page.get_cropbox()
    sheet = page.get_mediabox()
    if sheet[0] < right and left < sheet[2] and sheet[1] < top and bottom < sheet[3]:
        left, bottom, right, top = max(left, sheet[0]), max(bottom, sheet[1]), min(right, sheet[2]), min(top, sheet[3])
    turns = (page.get_rotation() // 90) % 4
    if 0 < right - left < _WIDEST and 0 < top - bottom < _WIDEST:
        return Frame(left, bottom, right - left, top - bottom, turns)
    width, height = page.get_size()
    return Frame(0.0, 0.0, *((height, width) if turns % 2 else (width, height)), turns)


def upright(corners: Rows, frame: Frame) -> Rows:
    """Return (x0, top, x1, bottom) rows as seen on the turned page, from (left, top, right, bottom) of the file.

    Both are four rows, one of each side.
    """
    x0, x1 = corners[0] - frame.left, corners[2] - frame.left
    low, high = corners[3] - frame.bottom, corners[1] - frame.bottom
    if frame.turns == 1:
        return np.stack([low, x0, high, x1])
    if frame.turns == 2:
        return np.stack([frame.width - x1, low, frame.width - x0, high])
    if frame.turns == 3:
        return np.stack([frame.height - high, frame.width - x1, frame.height - low, frame.width - x0])
    return np.stack([x0, frame.height - high, x1, frame.height - low])
