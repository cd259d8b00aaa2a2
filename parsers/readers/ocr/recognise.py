"""Recognition of a page's picture: running text in one go, table cells one by one.

Belongs here: what is given to the engine how, and a second try where the first is poor.
Stays out: the engine (`engine`), making the picture ready (`picture`, `orientation`), further looks at numbers
(`recheck`), which pages need it (`pdf`).
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median

import cv2

from parsers.document import Box
from parsers.patience import ask_for
from parsers.readers.common.printed import PrintedLine, line_of, mean_confidence, split
from parsers.readers.common.ruled_tables import enclosed
from parsers.readers.ocr.cache import OcrCache, Recognised, key_of
from parsers.readers.ocr.doubt import VOTED
from parsers.readers.ocr.engine import COLUMN, POINTS, engine_name, need_ocr, ocr_available, words
from parsers.readers.ocr.orientation import lies_sideways, quarters, turned_by
from parsers.readers.ocr.photo import flattened
from parsers.readers.ocr.picture import blotted, prepare
from parsers.readers.ocr.recheck import (
    CLOSER_LOOKS,
    POOR,
    Sheet,
    agreed,
    capped,
    cell_lines,
    checked,
    first_look,
    hull,
    part,
    scaled,
)
from parsers.readers.ocr.ruled_lines import Picture
from parsers.readers.ocr.second import second_available
from parsers.readers.ocr.surroundings import doubted_cells, doubted_lines
from parsers.readers.ocr.width import digit_width
from parsers.readers.pdf.frame import Rule

__all__ = ["POOR", "mean_confidence", "need_ocr", "ocr_available", "recognised"]

# Chosen by hand; what they do is held by tests/readers.
_NOISE = 0.5
_FINE = 300.0
_COARSE = 200.0
_SMALLEST = 50  # pixels
_PARAMETERS = "vie;column,block,word;12"
_LOW = 0.5  # of the usual height: dirt, or the dots of a line
_LEEWAY = 0.05  # confidence that a second look may be lower

_SECONDS = 15.0
"""Seconds of processor time that a page to be recognised may take beyond those of its document."""

cv2.setNumThreads(1)


def recognised(pictures: Callable[[float], Picture], dpi: float, kept: OcrCache, *, photo: bool = True) -> Recognised:
    """Return the lines and the ruled lines of a page, in points on the upright page.

    `pictures` draws the page (blue, green, red) at a resolution; `photo` tells that it may show a sheet on a desk.
    A page that lies on its side or reads poorly is turned
    where that helps, and tried at another resolution.
    """
    picture = pictures(dpi)
    if min(picture.shape[:2]) < _SMALLEST:
        return Recognised([], [])
    key = key_of(picture, f"{engine_name(_PARAMETERS)};{dpi:g};{photo:d};{second_available():d}")
    found = kept.get(key)
    if found is None:
        ask_for(_SECONDS)
        found = _best(*_scans(picture, pictures, dpi, photo), dpi)
        kept.put(key, found)
    return found


def _scans(
    picture: Picture, pictures: Callable[[float], Picture], dpi: float, photo: bool
) -> tuple[Picture, Callable[[float], Picture]]:
    """Return a picture and the means to draw it otherwise, made scans where it may be a photo of a sheet."""
    if not photo:
        return picture, pictures
    return flattened(picture, dpi), lambda other: flattened(pictures(other), other)


def _best(picture: Picture, pictures: Callable[[float], Picture], dpi: float) -> Recognised:
    """Return the surest of the readings of a page that are worth trying."""
    turn = _quarters(picture, dpi) if lies_sideways(picture) else 0
    found = _read(picture, dpi, turn)
    if mean_confidence(found.lines) < POOR and not turn:
        turn = _quarters(picture, dpi)
        found = _read(picture, dpi, turn) if turn else found
    if mean_confidence(found.lines) < POOR:
        other = _FINE if dpi < _FINE else _COARSE
        found = max(found, _read(pictures(other), other, turn), key=_merit)
    return found


def _quarters(picture: Picture, dpi: float) -> int:
    """Return by how many quarters, against the clock, a page has to be turned."""
    return quarters(picture, lambda strip: words(prepare(strip, dpi).picture, dpi, COLUMN))


def _merit(found: Recognised) -> float:
    """Return how much was read how surely."""
    return sum(len(t.text) * max(t.confidence - _NOISE / 2, 0.0) for line in found.lines for t in line.tokens)


def _read(picture: Picture, dpi: float, turn: int = 0) -> Recognised:
    """Recognise a page, turned first: its running text in one go, every cell of a table by itself."""
    ready = prepare(turned_by(picture, turn), dpi)
    rules = [Rule(*(round(v * POINTS / dpi, 2) for v in rule)) for rule in ready.rules]
    tables = [boxes for boxes in enclosed(rules) if len(boxes) > 1]
    hulls = [scaled(hull(boxes), dpi / POINTS) for boxes in tables]
    text = blotted(ready.picture, hulls) if hulls else ready.picture
    lines = _text(text, dpi)
    for boxes in tables:
        lines += _table([scaled(box, dpi / POINTS) for box in boxes], ready.picture, dpi)
    return Recognised(lines, rules, turn)


def _text(picture: Picture, dpi: float) -> list[PrintedLine]:
    """Return the lines of running text; numbers are looked at again, or trusted little where all reads poorly."""
    found = words(picture, dpi, COLUMN)
    lines = _mended([piece for line in found for piece in split(line)], picture, dpi)
    if mean_confidence(lines) < POOR:
        return [line_of([capped(token, VOTED) for token in line.tokens]) for line in lines]
    sheet = Sheet(picture, dpi, digit_width(lines))
    return doubted_lines([agreed(checked(line, sheet), sheet) for line in lines])


def _table(boxes: list[Box], picture: Picture, dpi: float) -> list[PrintedLine]:
    """Return the lines in the cells of a table, given in pixels."""
    sheet = Sheet(picture, dpi)
    cells = [(box, first_look(box, sheet)) for box in boxes]
    sheet = sheet._replace(digit=digit_width(line for _box, lines in cells for line in lines))
    looked = [(box, [agreed(line, sheet) for line in cell_lines(box, first, sheet)]) for box, first in cells]
    return [line for _box, lines in doubted_cells(looked) for line in lines]


def _mended(lines: list[PrintedLine], picture: Picture, dpi: float) -> list[PrintedLine]:
    """Return lines with those read again whose marks the engine took for lines of their own.

    Beside another column the stacked marks of capitals ("PHỔ") are easily cut off. What is far lower than a line and
    stands on none is a blot and left out.
    """
    usual = median([t.box.bottom - t.box.top for line in lines for t in line.tokens] or [0.0])
    low = [line for line in lines if line.height < _LOW * usual]
    whole = [line for line in lines if line.height >= _LOW * usual]
    for fragment in low:
        host = next((n for n, line in enumerate(whole) if _stands_on(fragment, line)), None)
        if host is not None:
            whole[host] = _read_again(whole[host], fragment, picture, dpi)
    return whole


def _stands_on(fragment: PrintedLine, line: PrintedLine) -> bool:
    """Return whether a fragment lies right above or below a line, within its width."""
    gap = max(line.top - fragment.bottom, fragment.top - line.bottom)
    return gap < _LOW * line.height and fragment.x0 < line.x1 and line.x0 < fragment.x1


def _read_again(line: PrintedLine, fragment: PrintedLine, picture: Picture, dpi: float) -> PrintedLine:
    """Return the reading of a line together with a fragment, the line itself where that is no single surer line."""
    top, bottom = min(line.top, fragment.top) - 1, max(line.bottom, fragment.bottom) + 1
    box = scaled(Box(line.x0 - 2, top, line.x1 + 2, bottom), dpi / POINTS)
    again = part(Sheet(picture, dpi), box, CLOSER_LOOKS[0])
    if len(again) != 1 or mean_confidence(again) < mean_confidence([line]) - _LEEWAY:
        return line
    return again[0]
