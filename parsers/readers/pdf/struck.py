"""Text of a PDF page that is crossed out.

Belongs here: lines level or slanting through the middle of characters, and areas that a note of the file strikes out.
Stays out: lines under text and in tables (`drawn_lines`, `common.ruled_tables`), other ways of being hidden (`sight`).
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from parsers.document import Box
from parsers.readers.common.printed import PrintedLine
from parsers.readers.pdf.drawn_lines import segments_of, shapes_of
from parsers.readers.pdf.frame import Frame, Rows, Rule, upright
from parsers.readers.pdf.glyphs import Flags, Glyphs

# Chosen by hand; what they do is held by tests/readers. Shares of the letters' size, unless said.
_LOW = 0.12  # over the foot of letters; lower underlines
_HIGH = 0.62  # higher is a line over them
_ABOUT = (0.2, 0.82)
_OVERLAP = 0.5  # of a character's width
_LEVEL = 0.2
_THIN = 3.0  # points
_SLANT = 4.0  # points to both sides
_MOST_SLANTS = 500  # more are a drawing
_STEPS = 9  # along a character
_MOST = 20_000_000  # pairs of lines and characters; bounds the time


class Stroke(NamedTuple):
    """A straight stroke that slants, from one point to another, upright on the page."""

    x0: float
    y0: float
    x1: float
    y1: float


def slants_of(page: pdfium.PdfPage, frame: Frame) -> list[Stroke]:
    """Return the slanting straight strokes drawn on a page; areas that are filled are none."""
    found: list[Stroke] = []
    for shape in shapes_of(page):
        if _is_drawing(shape):
            continue
        for x0, y0, x1, y1 in segments_of(shape):
            if abs(x1 - x0) > _SLANT and abs(y1 - y0) > _SLANT:
                found.append(set_up((x0, y0, x1, y1), frame))
            if len(found) >= _MOST_SLANTS:
                return found
    return found


def _is_drawing(shape: raw.FPDF_PAGEOBJECT) -> bool:
    """Return whether a shape is filled, curved or of many pieces: a picture rather than a stroke."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(shape, fill, stroke)
    return bool(fill.value) or not stroke.value or raw.FPDFPath_CountSegments(shape) > 6


def set_up(stroke: tuple[float, float, float, float], frame: Frame) -> Stroke:
    """Return a stroke of the file as it lies on the page."""
    points = np.array([[stroke[0], stroke[2]], [stroke[1], stroke[3]]])
    x, y = points
    x0, top, _x1, _bottom = upright(np.stack([x, y, x, y]), frame)
    return Stroke(float(x0[0]), float(top[0]), float(x0[1]), float(top[1]))


def may_be_struck(lines: Sequence[PrintedLine], rules: Sequence[Rule], slants: Sequence[Stroke]) -> bool:
    """Return whether some line may run through some word: a quick look before characters are asked."""
    if slants:
        return True
    level = [r for r in rules if r.bottom - r.top <= _THIN < r.x1 - r.x0]
    boxes = np.array([token.box for line in lines for token in line.tokens]) if level else np.zeros((0, 4))
    if not len(boxes) or len(boxes) * len(level) > _MOST:
        return False
    x0, top, x1, bottom = boxes.T
    for rule in level:
        share = ((rule.top + rule.bottom) / 2 - top) / np.maximum(bottom - top, 0.1)
        over = np.minimum(x1, rule.x1) - np.maximum(x0, rule.x0)
        if np.any((share > _ABOUT[0]) & (share < _ABOUT[1]) & (over > 1.0)):
            return True
    return False


def struck_out(
    glyphs: Glyphs,
    frame: Frame,
    rules: Sequence[Rule],
    slants: Sequence[Stroke],
    areas: Sequence[Box],
) -> Flags:
    """Return which characters are crossed out by level lines, slanting strokes, or lie in areas struck out."""
    boxes = upright(glyphs.boxes.T, frame).T
    x, y = glyphs.origins.T
    base = upright(np.stack([x, y, x, y]), frame)[1]
    left, right = boxes[:, 0], boxes[:, 2]
    struck = np.zeros(len(glyphs), dtype=bool)
    level = glyphs.quarters == frame.turns
    for rule in rules:
        if rule.bottom - rule.top <= _THIN < rule.x1 - rule.x0:
            rise = base - (rule.top + rule.bottom) / 2
            over = np.minimum(right, rule.x1) - np.maximum(left, rule.x0)
            through = (rise > _LOW * glyphs.sizes) & (rise < _HIGH * glyphs.sizes)
            struck |= level & through & (over > _OVERLAP * np.maximum(right - left, 0.1))
    for stroke in slants:
        if abs(stroke.x1 - stroke.x0) > 1.0:
            struck |= _slant_through(stroke, left, right, base, glyphs.sizes) & level
    middle = (left + right) / 2, base - glyphs.sizes / 3
    for area in areas:
        struck |= (middle[0] > area.x0) & (middle[0] < area.x1) & (middle[1] > area.top) & (middle[1] < area.bottom)
    inked: Flags = struck & (glyphs.codes != ord(" "))
    return inked


def _slant_through(stroke: Stroke, left: Rows, right: Rows, base: Rows, size: Rows) -> Flags:
    """Return through the body of which characters a stroke runs."""
    hit = np.zeros(len(left), dtype=bool)
    for step in range(_STEPS + 1):
        share = (left + (right - left) * step / _STEPS - stroke.x0) / (stroke.x1 - stroke.x0)
        y = stroke.y0 + share * (stroke.y1 - stroke.y0)
        hit |= (share >= 0) & (share <= 1) & (y < base - _LOW * size) & (y > base - _HIGH * size)
    return hit
