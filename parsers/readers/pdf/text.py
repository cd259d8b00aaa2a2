"""The text layer of a PDF page as printed lines, by pdfium.

Belongs here: pdfium's characters and boxes turned into tokens and lines, and the ruled lines drawn on the page.
Stays out: judging whether the text layer is any good (`textlayer`), tables (`grid`), paragraphs (`layout`).
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import deque
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import accumulate, repeat
from typing import NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from cchc.text import nfc
from parsers.document import Box
from parsers.readers.common.printed import WIDE_GAP, PrintedLine, Token, many, split
from parsers.readers.pdf.raised_marks import Characters, Rows, raised_marks

_LINE = re.compile("[^\r\n\ufffe\x02]*[^\\s\ufffe\x02][^\r\n\ufffe\x02]*[\ufffe\x02]?")
_WORD = re.compile(r"\S+")
_HYPHENS = "\ufffe\x02"
_NAME_LENGTH = 128
_THIN = 3.0
_SHORTEST_RULE = 6.0
_MOST_PATHS = 5_000


class Frame(NamedTuple):
    """Where a page's own coordinates lie: its visible corner, size, and rotation in quarter turns."""

    left: float
    bottom: float
    width: float
    height: float
    turns: int


class Rule(NamedTuple):
    """A thin line on paper, level or upright, in points from the top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


def frame_of(page: pdfium.PdfPage) -> Frame:
    """Return the frame of a page; width and height are those before rotation."""
    left, bottom, right, top = page.get_cropbox()
    return Frame(left, bottom, right - left, top - bottom, (page.get_rotation() // 90) % 4)


def printed_lines(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> list[PrintedLine]:
    """Return the lines of a page in the order of its text layer, cut at wide gaps.

    Arithmetic is done for the whole page at once: a report has thousands of words.
    """
    text = textpage.get_text_range()
    rows = [_placed(m.start(), m[0]) for m in _LINE.finditer(text)]
    if not rows:
        return []
    places = starts = [place for row in rows for place in row.starts]
    ends = [place for row in rows for place in row.ends]
    if len(text) != textpage.count_chars():
        starts, ends = _as_characters(textpage, starts), _as_characters(textpage, ends)
    firsts, lasts = _char_boxes(textpage, starts), _char_boxes(textpage, ends)
    heads = np.cumsum([0, *(len(row.words) for row in rows[:-1])])
    for place, marks, signs in raised_marks(textpage, text, Characters(places, starts, ends, firsts)):
        at = int(np.searchsorted(heads, place, side="right")) - 1
        _cut(rows[at].words, place - int(heads[at]), marks, signs)
    corners = _corners(firsts, lasts, frame_of(page))
    tops = np.minimum.reduceat(corners[:, 1], heads).tolist()
    bottoms = np.maximum.reduceat(corners[:, 3], heads).tolist()
    after_gaps = np.flatnonzero(corners[1:, 0] - corners[:-1, 2] > WIDE_GAP) + 1
    gaping = set((np.searchsorted(heads, after_gaps, side="right") - 1).tolist())
    fonts = _Fonts(textpage)
    boxes = iter(many(Box, corners.tolist()))
    lines: list[PrintedLine] = []
    for number, row in enumerate(rows):
        tokens = many(Token, zip(row.words, boxes, repeat(1.0), repeat(""), strict=False))
        if "" in row.words:
            tokens = [token for token in tokens if token.text]
        first, last = starts[heads[number]], ends[heads[number] + len(row.words) - 1]
        apart = fonts.is_heavy(first) and fonts.is_heavy(last)
        edges = tokens[0].box.x0, tops[number], tokens[-1].box.x1, bottoms[number]
        line = PrintedLine(tokens, " ".join(filter(None, row.words)), *edges, apart)
        lines += split(line) if number in gaping else [line]
    return lines


class _Row(NamedTuple):
    """The words of a printed row, and the places of their first and last characters in the page's text."""

    words: list[str]
    starts: list[int]
    ends: list[int]


def _placed(start: int, row: str) -> _Row:
    """Return a printed row, its words in NFC.

    A hyphen that pdfium takes for one of hyphenation comes as U+FFFE or U+0002 at the end of its row.
    """
    words = row.split()
    lengths = list(map(len, words))
    if sum(lengths) + len(words) - 1 == len(row) and not row[0].isspace():
        starts = list(accumulate([start, *(length + 1 for length in lengths[:-1])]))
    else:
        starts = [start + m.start() for m in _WORD.finditer(row)]
    ends = [place + length - 1 for place, length in zip(starts, lengths, strict=True)]
    if words[-1][-1] in _HYPHENS:
        words[-1] = f"{words[-1][:-1]}-"
    return _Row(words if unicodedata.is_normalized("NFC", row) else list(map(nfc, words)), starts, ends)


def _cut(words: list[str], number: int, marks: int, signs: int) -> None:
    """Take raised digits out of a word, before the signs that end it."""
    end = len(words[number]) - signs
    words[number] = words[number][: end - marks] + words[number][end:]


def _as_characters(textpage: pdfium.PdfTextPage, places: list[int]) -> list[int]:
    """Return places in the text as places in pdfium's own list of characters, which may hold more."""
    return [max(raw.FPDFText_GetCharIndexFromTextIndex(textpage.raw, place), 0) for place in places]


def _char_boxes(textpage: pdfium.PdfTextPage, places: list[int]) -> Rows:
    """Return (left, top, right, bottom) rows of characters, by the size of their font.

    pdfium is called by plain addresses: two calls a word are most of what a page costs beyond its bare text.
    """
    rows = np.zeros((len(places), 4), dtype=np.float32)
    handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value
    addresses = range(rows.ctypes.data, rows.ctypes.data + rows.nbytes, 16)
    deque(map(_char_box(), repeat(handle), places, addresses), maxlen=0)
    return rows.astype(float)


def _corners(firsts: Rows, lasts: Rows, frame: Frame) -> Rows:
    """Return (x0, top, x1, bottom) rows of words from the boxes of their first and last characters."""
    (left, top, right, bottom), (left2, top2, right2, bottom2) = firsts.T, lasts.T
    hull = (np.minimum(left, left2), np.maximum(top, top2), np.maximum(right, right2), np.minimum(bottom, bottom2))
    return _upright(np.array(hull), frame).T.round(2)


@cache
def _char_box() -> Callable[[int | None, int, int], int]:
    """Return pdfium's loose character box as a function of (text page, index, place of four floats)."""
    plain = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
    return plain(ctypes.cast(raw.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0)


def _upright(corners: Rows, frame: Frame) -> Rows:
    """Return (x0, top, x1, bottom) rows as seen on the turned page, from (left, top, right, bottom) of the file."""
    x0, x1 = corners[0] - frame.left, corners[2] - frame.left
    low, high = corners[3] - frame.bottom, corners[1] - frame.bottom
    if frame.turns == 1:
        return np.stack([low, x0, high, x1])
    if frame.turns == 2:
        return np.stack([frame.width - x1, low, frame.width - x0, high])
    if frame.turns == 3:
        return np.stack([frame.height - high, frame.width - x1, frame.height - low, frame.width - x0])
    return np.stack([x0, frame.height - high, x1, frame.height - low])


class _Fonts:
    """Tells of the characters of a page whether their font calls itself bold or italic; one buffer for all names."""

    def __init__(self, textpage: pdfium.PdfTextPage) -> None:
        self._page = textpage.raw
        self._name = ctypes.create_string_buffer(_NAME_LENGTH)
        self._flags = ctypes.c_int()

    def is_heavy(self, index: int) -> bool:
        """Return whether a character stands in such a font; one without a font does not."""
        return bool(
            raw.FPDFText_GetFontInfo(self._page, index, self._name, _NAME_LENGTH, self._flags)
        ) and _calls_itself_heavy(self._name.value)


@lru_cache(maxsize=256)
def _calls_itself_heavy(name: bytes) -> bool:
    lowered = name.lower()
    return b"bold" in lowered or b"italic" in lowered or b"oblique" in lowered or b"-bd" in lowered


def ruled_lines(page: pdfium.PdfPage) -> list[Rule]:
    """Return the thin level and upright lines drawn on a page, whether stroked or filled."""
    paths = _paths(page)
    if len(paths) < 3:
        return []
    boxes: list[tuple[float, float, float, float]] = []
    for path in paths:
        boxes.extend(_strokes(path))
    if not boxes:
        return []
    left, bottom, right, top = np.array(boxes, dtype=float).T
    placed = _upright(np.stack([left, top, right, bottom]), frame_of(page)).T
    return [Rule(*row) for row in placed.tolist() if max(row[2] - row[0], row[3] - row[1]) >= _SHORTEST_RULE]


def _paths(page: pdfium.PdfPage) -> list[raw.FPDF_PAGEOBJECT]:
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
    return [s for s in _segments(path) if abs(s[0] - s[2]) <= _THIN or abs(s[1] - s[3]) <= _THIN]


def _segments(path: raw.FPDF_PAGEOBJECT) -> list[tuple[float, float, float, float]]:
    """Return the straight pieces of a path as (left, bottom, right, top), moved by the path's own matrix."""
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
            pieces.append(_spanned(here, there))
        here = there
        if raw.FPDFPathSegment_GetClose(segment):
            pieces.append(_spanned(here, first))
            here = first
    return pieces


def _spanned(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float, float, float]:
    """Return the box between two points."""
    return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])
