"""A photographed page made a scan: its corners found, its perspective undone.

Belongs here: telling a photograph of a sheet from a scan, and the sheet cut out of it, as pure functions on arrays.
Stays out: shade and tilt (`picture`), which every page has undone.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from parsers.readers.ocr.ruled_lines import Picture

Corners = npt.NDArray[np.float32]
"""Four points in pixels, from the top left one clockwise."""

# Chosen by hand; what they do is held by tests/readers.
_SMALL = 900  # pixels of the longer side, in which the sheet is looked for
_LEAST_SHARE, _MOST_SHARE = 0.25, 0.97
_STRAIGHT = 0.02  # of the outline's length: how far an edge may bend
_A4 = 2.0**0.5
_A4_LEEWAY = 0.17  # of the ratio: a tilted photograph shortens one side
_A4_INCHES = 8.27  # 210 mm
_EDGE = 3  # pixels: a corner nearer to the border is cut off
_OTHER_GROUND = 40.0  # of 441: colours of sheet and table must differ so much
_SQUARE = 25.0
"""Degrees by which a corner of a photographed sheet may differ from a right angle."""


def flattened(picture: Picture, dpi: float) -> Picture:
    """Return the sheet that a photograph shows, as a scan at `dpi`; any other picture as it is.

    The sheet is taken to be A4 where its sides say so.
    """
    corners = sheet_corners(picture)
    return picture if corners is None else _cut_out(picture, corners, dpi)


def sheet_corners(picture: Picture) -> Corners | None:
    """Return the corners of the sheet on a photograph, None where no sheet stands out from what lies around it."""
    scale = min(_SMALL / max(picture.shape[:2]), 1.0)
    shrunk = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    small: Picture = np.asarray(shrunk, dtype=np.uint8)
    whole = float(small.shape[0] * small.shape[1])
    for mask in (_bright(small), _pale(small), _edged(small)):
        found = _quadrangle(mask, whole)
        if found is not None and _lies_on_something(found, small):
            return np.asarray(found / scale, dtype=np.float32)
    return None


def _lies_on_something(points: Corners, small: Picture) -> bool:
    """Return whether what lies around a quadrangle has another shade or colour than most of what is inside it.

    Around a table or frame printed on a scanned page there is the page's own paper.
    """
    inside = np.zeros(small.shape[:2], np.uint8)
    cv2.fillConvexPoly(inside, points.astype(np.int32), 1)
    outside = cv2.dilate(inside, np.ones((9, 9), np.uint8)) == 0
    if not outside.any():
        return False
    paper, ground = (np.median(small[part], axis=0) for part in (inside > 0, outside))
    return float(np.linalg.norm(paper - ground)) > _OTHER_GROUND


def _bright(small: Picture) -> Picture:
    """Return where a picture is bright, told by its own two shades."""
    grey = cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), (7, 7), 0)
    _level, mask = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return _closed(np.asarray(mask, dtype=np.uint8))


def _pale(small: Picture) -> Picture:
    """Return where a picture has little colour and is not dark: paper in shade on a brown table."""
    hsv = cv2.cvtColor(cv2.GaussianBlur(small, (7, 7), 0), cv2.COLOR_BGR2HSV)
    _level, mask = cv2.threshold(hsv[:, :, 1], 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    mask[hsv[:, :, 2] < hsv[:, :, 2].mean() / 2] = 0
    return _closed(np.asarray(mask, dtype=np.uint8))


def _edged(small: Picture) -> Picture:
    """Return what the strong edges of a picture enclose."""
    grey = cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), (5, 5), 0)
    edges = cv2.dilate(cv2.Canny(grey, 40, 120), np.ones((5, 5), np.uint8))
    return np.asarray(edges, dtype=np.uint8)


def _closed(mask: Picture) -> Picture:
    """Return a mask whose small holes, such as text, are filled."""
    kernel = np.ones((15, 15), np.uint8)
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, kernel), dtype=np.uint8)


def _quadrangle(mask: Picture, whole: float) -> Corners | None:
    """Return the corners of the largest thing of a mask, None where it is no sheet inside the picture."""
    contours, _tree = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return None
    largest = max(contours, key=cv2.contourArea)
    hull = cv2.convexHull(largest)
    share = cv2.contourArea(hull) / whole
    if not _LEAST_SHARE <= share <= _MOST_SHARE or cv2.contourArea(largest) < 0.9 * cv2.contourArea(hull):
        return None
    points = _four(np.asarray(hull, dtype=np.int32))
    return None if points is None or not _is_sheet(points, mask) else points


def _four(hull: npt.NDArray[np.int32]) -> Corners | None:
    """Return the four corners of a hull, None where it has another shape."""
    length = cv2.arcLength(hull, True)
    for loose in (1.0, 1.6, 2.4):
        points = cv2.approxPolyDP(hull, loose * _STRAIGHT * length, True)
        if len(points) == 4:
            return _ordered(points.reshape(4, 2).astype(np.float32))
    return None


def _ordered(points: Corners) -> Corners:
    """Return four points from the top left one clockwise."""
    total, difference = points.sum(axis=1), points[:, 1] - points[:, 0]
    order = [int(total.argmin()), int(difference.argmin()), int(total.argmax()), int(difference.argmax())]
    return points[order]


def _is_sheet(points: Corners, mask: Picture) -> bool:
    """Return whether four points are those of a sheet seen from about above, with something around it."""
    if len({tuple(p) for p in points.tolist()}) < 4:
        return False
    sides = np.roll(points, -1, axis=0) - points
    lengths = np.hypot(sides[:, 0], sides[:, 1])
    after = np.roll(sides, -1, axis=0)
    cosines = (sides * after).sum(axis=1) / np.maximum(lengths * np.roll(lengths, -1), 1e-6)
    square = bool((np.abs(np.degrees(np.arccos(np.clip(cosines, -1, 1))) - 90.0) <= _SQUARE).all())
    height, width = mask.shape[:2]
    inside = (points > _EDGE) & (points < np.array([width, height], np.float32) - _EDGE)
    return square and int(inside.all(axis=1).sum()) >= 2


def _cut_out(picture: Picture, corners: Corners, dpi: float) -> Picture:
    """Return the sheet between corners, seen from right above."""
    top, right, bottom, left = (float(np.hypot(*(corners[(n + 1) % 4] - corners[n]))) for n in range(4))
    across, down = max(top, bottom), max(left, right)
    short = _A4_INCHES * dpi
    ratio = down / across
    if abs(max(ratio, 1 / ratio) - _A4) <= _A4_LEEWAY:
        ratio = _A4 if ratio > 1 else 1 / _A4
    width, height = (short, short * ratio) if ratio >= 1 else (short / ratio, short)
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    view = cv2.getPerspectiveTransform(corners, target)
    flat = cv2.warpPerspective(
        picture, view, (round(width), round(height)), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(flat, dtype=np.uint8)
