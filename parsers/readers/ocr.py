"""Recognition of a page's picture by Tesseract with Vietnamese data.

Belongs here: the engine, its data, running text and table cells recognised each in their own way, a second try where
the first is poor.
Stays out: making the picture ready (`ocr_picture`), keeping results (`ocr_cache`), which pages need it (`pdf`).

One thread a page is fastest: OMP_THREAD_LIMIT must be 1 before the library is loaded, else it fights itself (6 s a
page instead of 0.9).
"""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

os.environ.setdefault("OMP_THREAD_LIMIT", "1")

import cv2  # noqa: E402 - the limit of threads above must come first
import numpy as np  # noqa: E402
import tesserocr  # noqa: E402

from cchc.errors import DocumentError  # noqa: E402
from cchc.messages import translator  # noqa: E402
from cchc.text import nfc  # noqa: E402
from parsers.document import Box  # noqa: E402
from parsers.outcomes import Outcome  # noqa: E402
from parsers.readers.grid import enclosed  # noqa: E402
from parsers.readers.ocr_cache import OcrCache, Recognised, key_of  # noqa: E402
from parsers.readers.ocr_picture import PAPER, Picture, blotted, has_ink, prepare, trimmed  # noqa: E402
from parsers.readers.pdf_text import Rule  # noqa: E402
from parsers.readers.printed import PrintedLine, Token, line_of  # noqa: E402

_ = translator("readers")

POOR = 0.75
_NOISE = 0.5
_SURE = 0.9
_CLEAR = 0.95
_DOUBTED = 0.5
_FINE = 300.0
_COARSE = 200.0
_CLOSER = 2.0
_PARAMETERS = "vie;column,block,word;3"
_DIGIT = re.compile(r"\d")
_DATA_PLACES = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
_LANGUAGE_FILE = "vie.traineddata"
_INSET = 2
_MARGIN = 20
_SMALLEST = 4
_POINTS = 72.0

cv2.setNumThreads(1)
_idle: deque[tesserocr.PyTessBaseAPI] = deque()


def ocr_available() -> str | None:
    """Return None where scans can be read, else what to do about it."""
    if data_folder() is None:
        return _(
            "The Vietnamese data of Tesseract is missing. Install it: apt install tesseract-ocr-vie "
            "(or set TESSDATA_PREFIX to the folder that holds vie.traineddata)."
        )
    return None


def data_folder() -> Path | None:
    """Return the folder that holds Tesseract's Vietnamese data, None where there is none."""
    told = os.environ.get("TESSDATA_PREFIX")
    places = [Path(told), Path(told) / "tessdata"] if told else []
    return next((p for p in [*places, *map(Path, _DATA_PLACES)] if (p / _LANGUAGE_FILE).is_file()), None)


@cache
def engine_name() -> str:
    """Return the engine's version with everything that changes what it reads."""
    folder = data_folder()
    size = (folder / _LANGUAGE_FILE).stat().st_size if folder else 0
    return f"{tesserocr.tesseract_version().splitlines()[0]};{size};{_PARAMETERS}"


def need_ocr() -> None:
    """Raise DocumentError ocr_missing where scans cannot be read."""
    remedy = ocr_available()
    if remedy is not None:
        raise DocumentError(Outcome.OCR_MISSING, remedy)


def recognised(pictures: Callable[[float], Picture], dpi: float, kept: OcrCache) -> Recognised:
    """Return the lines and the ruled lines of a page, in points on the upright page.

    `pictures` draws the page (blue, green, red) at a resolution. A page that reads poorly at `dpi` is tried at another
    resolution, and one that reads like noise in other orientations.
    """
    picture = pictures(dpi)
    key = key_of(picture, f"{engine_name()};{dpi:g}")
    found = kept.get(key)
    if found is None:
        found = _best(picture, pictures, dpi)
        kept.put(key, found)
    return found


def mean_confidence(lines: list[PrintedLine]) -> float:
    """Return how surely the words of lines were recognised, longer words counting more; 0.0 for none."""
    weights = [(len(t.text), t.confidence) for line in lines for t in line.tokens]
    total = sum(w for w, _c in weights)
    return round(sum(w * c for w, c in weights) / total, 4) if total else 0.0


def _best(picture: Picture, pictures: Callable[[float], Picture], dpi: float) -> Recognised:
    """Return the surest of the readings of a page that are worth trying."""
    found = _read(picture, dpi)
    if mean_confidence(found[0]) < POOR:
        other = _FINE if dpi < _FINE else _COARSE
        found = max(found, _read(pictures(other), other), key=_merit)
    if mean_confidence(found[0]) < _NOISE:
        turns = [np.ascontiguousarray(np.rot90(picture, quarter)) for quarter in (2, 1, 3)]
        found = max([found, *(_read(turn, dpi) for turn in turns)], key=_merit)
    return found


def _merit(found: Recognised) -> float:
    """Return how much was read how surely."""
    return sum(len(t.text) * max(t.confidence - _NOISE / 2, 0.0) for line in found[0] for t in line.tokens)


def _read(picture: Picture, dpi: float) -> Recognised:
    """Recognise a page: its running text in one go, every cell of a table by itself."""
    ready = prepare(picture, dpi)
    scale = _POINTS / dpi
    rules = [Rule(*(round(v * scale, 2) for v in rule)) for rule in ready.rules]
    tables = [boxes for boxes in enclosed(rules) if len(boxes) > 1]
    hulls = [_scaled(_hull(boxes), 1 / scale) for boxes in tables]
    text = blotted(ready.picture, hulls) if hulls else ready.picture
    lines = [_checked(line, text, dpi) for line in _words(text, dpi, tesserocr.PSM.SINGLE_COLUMN)]
    for box in [box for boxes in tables for box in boxes]:
        lines.extend(_cell(ready.picture, _scaled(box, 1 / scale), dpi))
    return lines, rules


def _checked(line: PrintedLine, picture: Picture, dpi: float) -> PrintedLine:
    """Return a line after a second look, enlarged, at its doubtful numbers.

    Where the two looks differ in digits, the surer one is kept but no longer trusted: a person has to see it.
    """
    if all(t.confidence >= _SURE or not _DIGIT.search(t.text) for t in line.tokens):
        return line
    box = _scaled(Box(line.x0 - 4, line.top - 2, line.x1 + 4, line.bottom + 2), dpi / _POINTS)
    again = [t for other in _part(picture, box, dpi, _CLOSER) for t in other.tokens]
    tokens = [
        _agreed(token, again) if token.confidence < _SURE and _DIGIT.search(token.text) else token
        for token in line.tokens
    ]
    return line_of(tokens)


def _agreed(token: Token, again: list[Token]) -> Token:
    """Return a word as two looks together have it."""
    middle = (token.box.x0 + token.box.x1) / 2
    other = next((t for t in again if t.box.x0 <= middle <= t.box.x1), None)
    if other is None or other.text == token.text:
        return token if other is None else token._replace(confidence=max(token.confidence, other.confidence))
    surer = max(token, other, key=lambda t: t.confidence)
    return Token(surer.text, token.box, min(surer.confidence, _DOUBTED))


def _cell(picture: Picture, box: Box, dpi: float) -> list[PrintedLine]:
    """Return the lines of one table cell, given in pixels; numbers and doubtful text are looked at twice."""
    inner = Box(box.x0 + _INSET, box.top + _INSET, box.x1 - _INSET, box.bottom - _INSET)
    first = _part(picture, inner, dpi, 1.0)
    if first and mean_confidence(first) >= _SURE and not _DIGIT.search(" ".join(line.text for line in first)):
        return first
    second = _part(picture, inner, dpi, _CLOSER)
    best = max(first, second, key=mean_confidence)
    if first and second and _digits(first) != _digits(second):
        sure = _DOUBTED if mean_confidence(best) < _CLEAR else 1.0
        return [line_of([t._replace(confidence=min(t.confidence, sure)) for t in line.tokens]) for line in best]
    return best


def _digits(lines: list[PrintedLine]) -> str:
    """Return the digits of lines, in order."""
    return "".join(_DIGIT.findall(" ".join(line.text for line in lines)))


def _part(picture: Picture, box: Box, dpi: float, enlarged: float) -> list[PrintedLine]:
    """Return the lines of a part of a page, given in pixels, cut out to its ink and set on white paper.

    The engine loses short numbers close to an edge, and takes a lone digit in a block for a blot: such a one is asked
    for as a word.
    """
    left, top = max(int(box.x0), 0), max(int(box.top), 0)
    part = picture[top : max(int(box.bottom), 0), left : max(int(box.x1), 0)]
    if min(part.shape, default=0) < _SMALLEST or not has_ink(part):
        return []
    inked, more_left, more_top = trimmed(part)
    large = cv2.resize(inked, None, fx=enlarged, fy=enlarged, interpolation=cv2.INTER_CUBIC)
    framed = cv2.copyMakeBorder(large, _MARGIN, _MARGIN, _MARGIN, _MARGIN, cv2.BORDER_CONSTANT, value=(PAPER,))
    corner = ((left + more_left) * enlarged - _MARGIN, (top + more_top) * enlarged - _MARGIN)
    for mode in (tesserocr.PSM.SINGLE_BLOCK, tesserocr.PSM.SINGLE_WORD, tesserocr.PSM.SINGLE_CHAR):
        lines = _words(framed, dpi * enlarged, mode, corner)
        if lines:
            return lines
    return []


def _words(
    picture: Picture, dpi: float, mode: int, corner: tuple[float, float] = (0.0, 0.0)
) -> list[PrintedLine]:
    """Return the lines the engine reads from a picture, in points; `corner` is where it was cut out, in pixels."""
    height, width = picture.shape
    with _engine() as engine:
        engine.SetImageBytes(picture.tobytes(), width, height, 1, width)
        engine.SetSourceResolution(round(dpi))
        engine.SetPageSegMode(mode)
        table = engine.GetTSVText(0)
    return list(_lines(table, _POINTS / dpi, corner))


@contextmanager
def _engine() -> Iterator[tesserocr.PyTessBaseAPI]:
    """Lend an engine that nobody else uses meanwhile; they are started when needed and kept warm."""
    try:
        engine = _idle.pop()
    except IndexError:
        engine = _started()
    yield engine
    _idle.append(engine)


def _started() -> tesserocr.PyTessBaseAPI:
    """Return a new engine; raises DocumentError ocr_missing."""
    try:
        return tesserocr.PyTessBaseAPI(path=f"{data_folder()}{os.sep}", lang="vie", psm=tesserocr.PSM.SINGLE_COLUMN)
    except RuntimeError as error:
        raise DocumentError(Outcome.OCR_MISSING, _("Tesseract cannot start: {detail}").format(detail=error)) from error


def _lines(table: str, scale: float, corner: tuple[float, float] = (0.0, 0.0)) -> Iterator[PrintedLine]:
    """Yield the lines of the engine's table of words, in points; `corner` is where the picture was cut out."""
    place: tuple[str, ...] | None = None
    tokens: list[Token] = []
    for row in table.splitlines():
        fields = row.split("\t")
        if len(fields) < 12 or fields[0] != "5" or not fields[11].strip():
            continue
        if tokens and tuple(fields[1:5]) != place:
            yield line_of(tokens)
            tokens = []
        place = tuple(fields[1:5])
        left, top, width, height = (float(v) for v in fields[6:10])
        left, top = left + corner[0], top + corner[1]
        box = Box(*(round(v * scale, 2) for v in (left, top, left + width, top + height)))
        tokens.append(Token(nfc(fields[11].strip()), box, round(max(float(fields[10]), 0.0) / 100, 4)))
    if tokens:
        yield line_of(tokens)


def _scaled(box: Box, factor: float) -> Box:
    """Return a box in another unit."""
    return Box(*(v * factor for v in box))


def _hull(boxes: list[Box]) -> Box:
    """Return the box around boxes."""
    return Box(
        min(b.x0 for b in boxes), min(b.top for b in boxes), max(b.x1 for b in boxes), max(b.bottom for b in boxes)
    )

