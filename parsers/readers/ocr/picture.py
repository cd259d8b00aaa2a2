"""A page's picture made ready for recognition: seal removed, background even, upright, ruled lines taken out.

Belongs here: pictures in, pictures out, as pure functions on arrays.
Stays out: finding ruled lines (`ruled_lines`), quarter turns (`orientation`), recognition (`ocr`).
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from parsers.document import Box
from parsers.readers.ocr.ruled_lines import Picture, lean, ruled
from parsers.readers.pdf.frame import Rule

# Chosen by hand; what they do is held by tests/readers. Shades from 0 (black) to 255.
_REDNESS = 28  # red over the other colours: the ink of a seal
_BLACK = 50
_SEAL = 150
PAPER = 245
_SMALL_WIDTH = 700  # pixels, in which the lean is looked for
_WIDEST_ANGLE = 6.0  # degrees
_LEAST_ANGLE = 0.04  # degrees: 0.15 mm over the width of a page
INK = 160
"""The shade under which a pixel is ink rather than paper."""
# By hand, too: dark pixels, grain and shades of a page that is worth the work.
_LEAST_INK = 12
_GRAINY = 8.0
_SMOOTHING = 0.8
_FAINT = 130.0
_NEARLY_PAPER = 215.0
_LAPLACIAN_SPREAD = 3.0
"""Median of the absolute second difference of noise whose standard deviation is 1."""
_AIR = 3  # pixels around what is cut out; by hand


@dataclass(frozen=True)
class Prepared:
    """A picture ready for recognition.

    `picture` is grey, upright, without seal and ruled lines; `rules` are those lines in pixels; `angle` in degrees is
    by how much the page was turned.
    """

    picture: Picture
    rules: tuple[Rule, ...]
    angle: float


def prepare(colour: Picture, dpi: float) -> Prepared:
    """Return a page's picture (rows × columns × blue, green, red) ready for recognition."""
    grey = cleared(evened(without_seal(colour)))
    angle = skew(grey)
    upright = turned(grey, angle) if abs(angle) >= _LEAST_ANGLE else grey
    rules, mask = ruled(upright, dpi)
    leaning = lean(rules)
    if leaning:
        upright = sheared(upright, leaning)
        rules, mask = ruled(upright, dpi)
    picture = upright.copy()
    picture[mask] = PAPER
    return Prepared(np.ascontiguousarray(picture), rules, angle)


def without_seal(colour: Picture) -> Picture:
    """Return a grey picture in which red ink is paper: black text under a seal is dark in the red channel as well."""
    blue, green, red = (colour[:, :, i] for i in range(3))
    reddish = cv2.subtract(red, cv2.max(blue, green)) > _REDNESS
    grey: Picture = np.asarray(cv2.cvtColor(colour, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    if not reddish.any():
        return grey
    spread = cv2.dilate(reddish.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    lifted = np.clip((red[spread].astype(np.float32) - _BLACK) * (255 / (_SEAL - _BLACK)), 0, 255)
    grey[spread] = lifted.astype(np.uint8)
    return grey


def evened(grey: Picture) -> Picture:
    """Return a grey picture on white paper, whatever shade the background had."""
    small = cv2.resize(grey, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((7, 7), np.uint8)), 15)
    background = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, np.maximum(background, 1), scale=PAPER), dtype=np.uint8)


def cleared(grey: Picture) -> Picture:
    """Return an evened picture with grain smoothed out and faint print made dark; any other as it is.

    On a page with little print the engine's threshold would fall among the grain.
    """
    grain, darkest = _grain(grey), _darkest(grey)
    if grain <= _GRAINY and darkest <= _FAINT:
        return grey
    smooth = cv2.GaussianBlur(grey, (0, 0), _SMOOTHING) if grain > _GRAINY else grey
    stretched = (smooth.astype(np.float32) - darkest) * (PAPER / (_NEARLY_PAPER - darkest))
    return np.asarray(np.clip(stretched, 0, PAPER), dtype=np.uint8)


def _grain(grey: Picture) -> float:
    """Return the standard deviation of the noise on the paper, by its second differences."""
    return float(np.median(np.abs(cv2.Laplacian(grey, cv2.CV_32F)))) / _LAPLACIAN_SPREAD


def _darkest(grey: Picture) -> float:
    """Return the shade of the darkest thousandth of a picture."""
    count = max(grey.size // 1000, 1)
    return float(np.partition(grey.ravel(), count)[:count].mean())


def skew(grey: Picture) -> float:
    """Return by how many degrees a page is tilted, within ±6: the turn at which its lines are sharpest."""
    scale = min(_SMALL_WIDTH / grey.shape[1], 1.0)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = (255 - small).astype(np.uint8)
    ink[ink < 60] = 0
    if not ink.any():
        return 0.0
    best = 0.0
    for step, reach in ((1.0, _WIDEST_ANGLE), (0.2, 0.8), (0.05, 0.15)):
        tried = best + np.arange(-reach, reach + step / 2, step)
        best = max((float(a) for a in tried), key=lambda a: (sharpness(ink, a), -abs(a)))
    return best


def sharpness(ink: Picture, angle: float) -> float:
    """Return how much the ink of neighbouring rows differs when a page is turned by `angle`."""
    rows = turned(ink, angle, paper=0).sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum())


def turned(picture: Picture, angle: float, paper: int = PAPER) -> Picture:
    """Return a picture, grey or in colour, turned about its centre by `angle` degrees, its size kept."""
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    beyond = (paper, paper, paper)
    return np.asarray(
        cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=beyond), dtype=np.uint8
    )


def sheared(picture: Picture, leaning: float) -> Picture:
    """Return a picture whose upright lines move by `leaning` to the right for every row, set upright."""
    height, width = picture.shape[:2]
    matrix = np.array([[1.0, -leaning, leaning * height / 2], [0.0, 1.0, 0.0]])
    return np.asarray(
        cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=PAPER), dtype=np.uint8
    )


def has_ink(picture: Picture) -> bool:
    """Return whether anything is printed on a picture."""
    return int((picture < INK).sum()) >= _LEAST_INK


def trimmed(picture: Picture) -> tuple[Picture, int, int]:
    """Return a picture cut down to its ink, and how much was cut off on the left and at the top."""
    rows, columns = np.nonzero(picture < INK)
    if not rows.size:
        return picture, 0, 0
    top, left = max(int(rows.min()) - _AIR, 0), max(int(columns.min()) - _AIR, 0)
    return picture[top : int(rows.max()) + _AIR + 1, left : int(columns.max()) + _AIR + 1], left, top


def blotted(picture: Picture, boxes: list[Box]) -> Picture:
    """Return a copy of a picture with boxes, given in pixels, made paper."""
    copy = picture.copy()
    for box in boxes:
        copy[max(int(box.top), 0) : int(box.bottom) + 1, max(int(box.x0), 0) : int(box.x1) + 1] = PAPER
    return copy
