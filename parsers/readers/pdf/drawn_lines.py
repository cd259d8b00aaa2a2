"""The ruled lines drawn on a PDF page.

Belongs here: thin level and upright lines, whether stroked, filled, or the sides of a frame.
Stays out: tables from them (`common.ruled_tables`), lines of a picture (`ocr.ruled_lines`).
"""

from __future__ import annotations

import ctypes

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from parsers.readers.pdf.frame import Frame, Rule, upright

# Chosen by hand; what they do is held by tests/readers.
_THIN = 3.0  # points; thicker is a bar
_SHORTEST_RULE = 6.0  # points; shorter is a stroke of a sign
_MOST_PATHS = 5_000  # more are a drawing


def ruled_lines(page: pdfium.PdfPage, frame: Frame) -> list[Rule]:
    """Return the thin level and upright lines drawn on a page, whether stroked or filled, as they lie in a frame."""
    boxes: list[tuple[float, float, float, float]] = []
    for path in shapes_of(page):
        boxes.extend(_strokes(path))
    if not boxes:
        return []
    left, bottom, right, top = np.array(boxes, dtype=float).T
    placed = upright(np.stack([left, top, right, bottom]), frame).T
    return [Rule(*row) for row in placed.tolist() if max(row[2] - row[0], row[3] - row[1]) >= _SHORTEST_RULE]


def shapes_of(page: pdfium.PdfPage) -> list[raw.FPDF_PAGEOBJECT]:
    """Return the path objects of a page; a page with thousands is a drawing and not looked into further."""
    handle = page.raw
    objects = (raw.FPDFPage_GetObject(handle, i) for i in range(raw.FPDFPage_CountObjects(handle)))
    paths = [o for o in objects if raw.FPDFPageObj_GetType(o) == raw.FPDF_PAGEOBJ_PATH]
    return paths[:_MOST_PATHS]


def _strokes(path: raw.FPDF_PAGEOBJECT) -> list[tuple[float, float, float, float]]:
    """Return (left, bottom, right, top) of the thin lines of one path: itself, or the sides of its rectangles."""
    bounds = [ctypes.c_float() for _side in range(4)]
    if not raw.FPDFPageObj_GetBounds(path, *bounds):
        return []
    left, bottom, right, top = (b.value for b in bounds)
    if right - left <= _THIN or top - bottom <= _THIN:
        return [(left, bottom, right, top)]
    return [_spanned(s) for s in segments_of(path) if abs(s[0] - s[2]) <= _THIN or abs(s[1] - s[3]) <= _THIN]


def segments_of(path: raw.FPDF_PAGEOBJECT) -> list[tuple[float, float, float, float]]:
    """Return the straight pieces of a path, each from (x, y) to (x, y), moved by the path's own matrix."""
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(path, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    pieces: list[tuple[float, float, float, float]] = []
    here = first = (0.0, 0.0)
    for number in range(min(raw.FPDFPath_CountSegments(path), _MOST_PATHS)):
        segment = raw.FPDFPath_GetPathSegment(path, number)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        there = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = there
        elif kind == raw.FPDF_SEGMENT_LINETO:
            pieces.append((*here, *there))
        here = there
        if raw.FPDFPathSegment_GetClose(segment):
            pieces.append((*here, *first))
            here = first
    return pieces


def _spanned(piece: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Return the box between two points."""
    x0, y0, x1, y1 = piece
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
