"""Recognition of a page's picture: running text, table cells, doubtful numbers, each in their own way.

Belongs here: what is given to the engine how, a second look at numbers, a second try where the first is poor.
Stays out: the engine (`ocr_engine`), making the picture ready (`ocr_picture`), which pages need it (`pdf`).
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median

import cv2
import numpy as np

from parsers.document import Box
from parsers.readers.grid import enclosed
from parsers.readers.ocr_cache import OcrCache, Recognised, key_of
from parsers.readers.ocr_doubt import figures, has_digit, is_strange, mended, vote
from parsers.readers.ocr_engine import (
    BLOCK,
    CHARACTER,
    COLUMN,
    POINTS,
    WORD,
    engine_name,
    need_ocr,
    ocr_available,
    words,
)
from parsers.readers.ocr_picture import PAPER, Picture, blotted, has_ink, prepare, trimmed
from parsers.readers.pdf_text import Rule
from parsers.readers.printed import PrintedLine, Token, line_of, split

__all__ = ["POOR", "mean_confidence", "need_ocr", "ocr_available", "recognised"]

POOR = 0.75
"""Mean confidence of a page under which it is tried in other ways, and people are told."""

_NOISE = 0.5
_SURE = 0.9
_FINE = 300.0
_COARSE = 200.0
_CLOSER_LOOKS = (2.0, 1.5)
_PARAMETERS = "vie;column,block,word;6"
_LOW = 0.5
_LEEWAY = 0.05
_INSET = 2
_MARGIN = 20
_SMALLEST = 4

cv2.setNumThreads(1)


def recognised(pictures: Callable[[float], Picture], dpi: float, kept: OcrCache) -> Recognised:
    """Return the lines and the ruled lines of a page, in points on the upright page.

    `pictures` draws the page (blue, green, red) at a resolution. A page that reads poorly at `dpi` is tried at another
    resolution, and one that reads like noise in other orientations.
    """
    picture = pictures(dpi)
    key = key_of(picture, f"{engine_name(_PARAMETERS)};{dpi:g}")
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
    scale = POINTS / dpi
    rules = [Rule(*(round(v * scale, 2) for v in rule)) for rule in ready.rules]
    tables = [boxes for boxes in enclosed(rules) if len(boxes) > 1]
    hulls = [_scaled(_hull(boxes), 1 / scale) for boxes in tables]
    text = blotted(ready.picture, hulls) if hulls else ready.picture
    found = words(text, dpi, COLUMN)
    pieces = [piece for line in found for piece in split(line)]
    lines = [_checked(line, text, dpi) for line in _mended(pieces, text, dpi)]
    for box in [box for boxes in tables for box in boxes]:
        lines.extend(_cell(ready.picture, _scaled(box, 1 / scale), dpi))
    return lines, rules


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
    again = _part(picture, _scaled(Box(line.x0 - 2, top, line.x1 + 2, bottom), dpi / POINTS), dpi, _CLOSER_LOOKS[0])
    if len(again) != 1 or mean_confidence(again) < mean_confidence([line]) - _LEEWAY:
        return line
    return again[0]


def _checked(line: PrintedLine, picture: Picture, dpi: float) -> PrintedLine:
    """Return a line after further looks, enlarged, at its doubtful numbers."""
    if not any(map(_needs_look, line.tokens)):
        return line
    box = _scaled(Box(line.x0 - 4, line.top - 2, line.x1 + 4, line.bottom + 2), dpi / POINTS)
    looks = [
        [token for other in _part(picture, box, dpi, enlarged) for token in other.tokens] for enlarged in _CLOSER_LOOKS
    ]
    return line_of([_settled(token, looks) if _needs_look(token) else token for token in line.tokens])


def _needs_look(token: Token) -> bool:
    """Return whether a word is a number that one look has not made sure."""
    return has_digit(token.text) and (token.confidence < _SURE or is_strange(token.text))


def _settled(token: Token, looks: list[list[Token]]) -> Token:
    """Return a word as several looks together have it."""
    middle = (token.box.x0 + token.box.x1) / 2
    same = [next((t for t in look if t.box.x0 <= middle <= t.box.x1), None) for look in looks]
    tokens = [token, *(t for t in same if t is not None)]
    chosen, most = vote([(t.text, t.confidence) for t in tokens])
    return Token(mended(tokens[chosen].text), token.box, min(tokens[chosen].confidence, most))


def _cell(picture: Picture, box: Box, dpi: float) -> list[PrintedLine]:
    """Return the lines of one table cell, given in pixels; numbers and doubtful text are looked at again."""
    inner = Box(box.x0 + _INSET, box.top + _INSET, box.x1 - _INSET, box.bottom - _INSET)
    first = _part(picture, inner, dpi, 1.0)
    if first and mean_confidence(first) >= _SURE and not has_digit(_text(first)):
        return first
    looks = [first, _part(picture, inner, dpi, _CLOSER_LOOKS[0])]
    texts = [_text(look) for look in looks]
    if figures(texts[0]) != figures(texts[1]) or any(map(is_strange, texts)):
        looks.append(_part(picture, inner, dpi, _CLOSER_LOOKS[1]))
    looks = [look for look in looks if look]
    if not looks:
        return []
    chosen, most = vote([(_text(look), mean_confidence(look)) for look in looks])
    return [line_of([_capped(token, most) for token in line.tokens]) for line in looks[chosen]]


def _capped(token: Token, most: float) -> Token:
    """Return a word, trusted no further than `most` where it holds a number."""
    if not figures(token.text):
        return token
    return Token(mended(token.text), token.box, min(token.confidence, most))


def _text(lines: list[PrintedLine]) -> str:
    """Return the text of lines."""
    return " ".join(line.text for line in lines)


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
    framed = np.pad(np.asarray(large, dtype=np.uint8), _MARGIN, constant_values=PAPER)
    corner = ((left + more_left) * enlarged - _MARGIN, (top + more_top) * enlarged - _MARGIN)
    for mode in (BLOCK, WORD, CHARACTER):
        lines = words(framed, dpi * enlarged, mode, corner)
        if lines:
            return lines
    return []


def _scaled(box: Box, factor: float) -> Box:
    """Return a box in another unit."""
    return Box(*(v * factor for v in box))


def _hull(boxes: list[Box]) -> Box:
    """Return the box around boxes."""
    return Box(
        min(b.x0 for b in boxes), min(b.top for b in boxes), max(b.x1 for b in boxes), max(b.bottom for b in boxes)
    )
