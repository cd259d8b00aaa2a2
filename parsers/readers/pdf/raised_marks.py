"""Raised marks of footnotes taken off the words of a PDF before them: "327¹ hồ sơ" are 327 dossiers, not 3271.

Belongs here: telling a raised digit by its place on paper, whether set small or drawn small by the font.
Stays out: the notes at the foot of the page (`common.footnotes`), the words themselves (`text`).
"""

from __future__ import annotations

import ctypes
import re
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import repeat
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as raw

Rows = npt.NDArray[np.float64]

_LIKELY = re.compile(r"\d([.,;:)\]”\"]*)(?!\S)")
_POWERS = frozenset({"m2", "m3"})
# Chosen by hand; what they do is held by tests/readers.
_MOST_DIGITS = 3  # of a note's number
_SUSPECT = 0.3  # of the letters' height, over the foot
_RAISED = 0.15  # of the same, over the line
_LEVEL = 0.01  # radians


class Characters(NamedTuple):
    """Where words stand: their places in the page's text, their first and last characters in pdfium's own list.

    `firsts` are the boxes that the font gives to the first characters: left, top, right, bottom, upwards.
    """

    places: Sequence[int]
    starts: Sequence[int]
    ends: Sequence[int]
    firsts: Rows


def raised_marks(textpage: pdfium.PdfTextPage, text: str, characters: Characters) -> Iterator[tuple[int, int, int]]:
    """Yield (word, how many raised digits, how many signs behind them) of the words of a page that end in a mark.

    A mark may be a word by itself, set off by a blank that nobody typed; it is measured by the word before. Most words
    are passed over by one look at how high their last digit begins; m² is none.
    """
    found = [_Likely.at(m, characters.places) for m in _LIKELY.finditer(text) if _has_base(text, m.start())]
    if not found:
        return
    lasts = [characters.ends[likely.word] - likely.signs for likely in found]
    fonts = characters.firsts[[likely.base for likely in found]]
    suspects = _feet(textpage, lasts) > fonts[:, 3] + _SUSPECT * (fonts[:, 1] - fonts[:, 3])
    for at in np.flatnonzero(suspects).tolist():
        word, base, signs = found[at]
        most = lasts[at] - characters.starts[word] + (word != base)
        marks = _raised_digits(textpage, characters.starts[base], lasts[at], min(most, _MOST_DIGITS))
        if marks:
            yield word, marks, signs


class _Likely(NamedTuple):
    """A word that ends in a digit, the word by which that is measured, and how many signs stand behind it."""

    word: int
    base: int
    signs: int

    @classmethod
    def at(cls, found: re.Match[str], places: Sequence[int]) -> _Likely:
        """Return the word that a match ends in."""
        word = bisect_right(places, found.start()) - 1
        return cls(word, word - (places[word] == found.start()), len(found[1]))


def _has_base(text: str, digit: int) -> bool:
    """Return whether a digit stands behind a word or in one, and is not the power of a unit."""
    before = text[max(digit - 2, 0) : digit]
    return bool(before.strip()) and before[-1] not in "\r\n" and before[-1] + text[digit] not in _POWERS


def _raised_digits(textpage: pdfium.PdfTextPage, first: int, last: int, most: int) -> int:
    """Return how many characters up to `last`, at most `most`, are printed high above the line of that at `first`."""
    if abs(raw.FPDFText_GetCharAngle(textpage.raw, first)) > _LEVEL:
        return 0
    x, line = ctypes.c_double(), ctypes.c_double()
    font = raw.FS_RECTF()
    raw.FPDFText_GetCharOrigin(textpage.raw, first, x, line)
    raw.FPDFText_GetLooseCharBox(textpage.raw, first, font)
    least = line.value + _RAISED * abs(font.top - font.bottom)
    feet = _feet(textpage, range(last, last - most, -1))
    return int(np.argmin(np.append(feet > least, False)))


def _feet(textpage: pdfium.PdfTextPage, places: Sequence[int]) -> Rows:
    """Return where the ink of characters begins, upwards, in the file's own coordinates; called by plain addresses."""
    sides = np.zeros((4, len(places)))
    handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value
    addresses = (range(row.ctypes.data, row.ctypes.data + row.nbytes, 8) for row in sides)
    deque(map(_ink_box(), repeat(handle), places, *addresses), maxlen=0)
    feet: Rows = sides[2]
    return feet


@cache
def _ink_box() -> Callable[..., int]:
    """Return pdfium's character box as a function of (text page, index, places of left, right, bottom, top)."""
    plain = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, *[ctypes.c_void_p] * 4)
    return plain(ctypes.cast(raw.FPDFText_GetCharBox, ctypes.c_void_p).value or 0)
