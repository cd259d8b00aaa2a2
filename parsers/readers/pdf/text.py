"""The text layer of a PDF page as printed lines, by pdfium.

Belongs here: pdfium's characters and boxes turned into tokens and lines, in the file's order where a person reads so.
Stays out: another order (`arranged`), whether the text layer is any good (`textlayer`), paragraphs (`common.flow`).
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate, repeat
from typing import NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from cchc.text import nfc
from parsers.document import Box
from parsers.readers.common.printed import WIDE_GAP, PrintedLine, Token, many, split
from parsers.readers.pdf.arranged import arranged, is_out_of_order, main_turn
from parsers.readers.pdf.frame import Frame, Rows, upright
from parsers.readers.pdf.glyphs import Glyphs, Numbers, char_boxes, glyphs_of
from parsers.readers.pdf.raised_marks import Characters, raised_marks

_LINE = re.compile("[^\r\n\ufffe\x02]*[^\\s\ufffe\x02][^\r\n\ufffe\x02]*[\ufffe\x02]?")
_WORD = re.compile(r"\S+")
_HYPHENS = "\ufffe\x02"
_BACK = 0.5  # points, as in `arranged`
_NAME_LENGTH = 128  # bytes; PostScript names have 127 at most
OVERPRINTED = 0.5
"""How far a word is believed in which different characters lie on one another."""


class PageText(NamedTuple):
    """The lines of a page, and the frame in which they stand upright."""

    lines: list[PrintedLine]
    frame: Frame


def printed_lines(textpage: pdfium.PdfTextPage, frame: Frame) -> PageText:
    """Return the lines of a page, cut at wide gaps: in the order of its text layer, where that is the page's own.

    Arithmetic is done for the whole page at once: a report has thousands of words.
    """
    text = textpage.get_text_range()
    rows = [_placed(m.start(), m[0]) for m in _LINE.finditer(text)]
    if not rows:
        return PageText([], frame)
    places = starts = [place for row in rows for place in row.starts]
    ends = [place for row in rows for place in row.ends]
    if len(text) != textpage.count_chars():
        starts, ends = _as_characters(textpage, starts), _as_characters(textpage, ends)
    firsts, lasts = char_boxes(textpage, starts), char_boxes(textpage, ends)
    heads = np.cumsum([0, *(len(row.words) for row in rows[:-1])])
    corners = _corners(firsts, lasts, frame)
    first, last = upright(firsts.T, frame).T, upright(lasts.T, frame).T
    if is_out_of_order(first, last, heads) or _is_mixed(textpage, frame, heads, starts, ends):
        return lines_by_place(glyphs_of(textpage), textpage, frame)
    characters = Characters(places, starts, ends, firsts)
    return PageText(_lines(textpage, text, characters, [row.words for row in rows], heads, corners), frame)


def _is_mixed(textpage: pdfium.PdfTextPage, frame: Frame, heads: Numbers, starts: list[int], ends: list[int]) -> bool:
    """Return whether characters of the last word of a row stand in another order than the file's.

    What is drawn over a number hangs at the end of the row; further on it would be a row by itself.
    """
    lasts = [*(heads[1:] - 1).tolist(), len(starts) - 1]
    spans = [(starts[n], ends[n]) for n in lasts if starts[n] < ends[n]]
    places = [place for first, last in spans for place in range(first, last + 1)]
    left = upright(char_boxes(textpage, places).T, frame)[0]
    within = ~np.isin(places[1:], [first for first, _last in spans])
    return bool(np.any((np.diff(left) < -_BACK) & within))


def lines_by_place(glyphs: Glyphs, textpage: pdfium.PdfTextPage, frame: Frame) -> PageText:
    """Return the lines of characters of a page by where they stand."""
    turn = main_turn(glyphs, frame.turns)
    origins = np.concatenate([glyphs.origins, glyphs.origins], axis=1)
    every = np.concatenate([glyphs.boxes, origins]).T
    corners = [upright(every, frame._replace(turns=quarter)).T for quarter in range(4)]
    frame = frame._replace(turns=turn)
    rows = arranged(glyphs, corners, turn)
    if not rows:
        return PageText([], frame)
    starts, ends = [p for row in rows for p in row.starts], [p for row in rows for p in row.ends]
    words = [row.words for row in rows]
    text = "\r\n".join(" ".join(row) for row in words)
    places = list(
        accumulate((len(word) + 1 + (n == len(row) - 1) for row in words for n, word in enumerate(row)), initial=0)
    )
    heads = np.cumsum([0, *map(len, words[:-1])])
    placed = np.array([c for row in rows for c in row.corners]).round(2)
    characters = Characters(places[:-1], starts, ends, char_boxes(textpage, starts))
    sure = [OVERPRINTED if n in row.doubtful else 1.0 for row in rows for n in range(len(row.words))]
    return PageText(_lines(textpage, text, characters, words, heads, placed, sure), frame)


def _lines(
    textpage: pdfium.PdfTextPage,
    text: str,
    characters: Characters,
    rows: list[list[str]],
    heads: Numbers,
    corners: Rows,
    sure: Iterable[float] = repeat(1.0),
) -> list[PrintedLine]:
    """Return rows of words, whose first words have the numbers `heads`, as lines; raised digits are taken off."""
    sure = iter(sure)
    for place, marks, signs in raised_marks(textpage, text, characters):
        at = int(np.searchsorted(heads, place, side="right")) - 1
        _cut(rows[at], place - int(heads[at]), marks, signs)
    tops = np.minimum.reduceat(corners[:, 1], heads).tolist()
    bottoms = np.maximum.reduceat(corners[:, 3], heads).tolist()
    after_gaps = np.flatnonzero(corners[1:, 0] - corners[:-1, 2] > WIDE_GAP) + 1
    gaping = set((np.searchsorted(heads, after_gaps, side="right") - 1).tolist())
    fonts = _Fonts(textpage)
    boxes = iter(many(Box, corners.tolist()))
    lines: list[PrintedLine] = []
    for number, words in enumerate(rows):
        tokens = many(Token, zip(words, boxes, sure, repeat(""), strict=False))
        if "" in words:
            tokens = [token for token in tokens if token.text]
            if not tokens:
                continue
        first, last = characters.starts[heads[number]], characters.ends[heads[number] + len(words) - 1]
        apart = fonts.is_heavy(first) and fonts.is_heavy(last)
        edges = tokens[0].box.x0, tops[number], tokens[-1].box.x1, bottoms[number]
        line = PrintedLine(tokens, " ".join(filter(None, words)), *edges, apart)
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


def _corners(firsts: Rows, lasts: Rows, frame: Frame) -> Rows:
    """Return (x0, top, x1, bottom) rows of words from the boxes of their first and last characters."""
    (left, top, right, bottom), (left2, top2, right2, bottom2) = firsts.T, lasts.T
    hull = (np.minimum(left, left2), np.maximum(top, top2), np.maximum(right, right2), np.minimum(bottom, bottom2))
    return upright(np.array(hull), frame).T.round(2)


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
