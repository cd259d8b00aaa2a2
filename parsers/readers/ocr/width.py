"""What the paper says of a number beside its letters: how wide it is, how many strokes it has.

Belongs here: checks that share nothing with the recogniser's own certainty. All digits of a face are equally wide, so a
number that lost or gained a digit or a comma does not fit its box ("77,59%" over the ink of "77,5%").
Stays out: what follows for a number that does not fit (`recheck`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from statistics import median

import numpy as np

from parsers.readers.common.printed import PrintedLine, Token
from parsers.readers.ocr.picture import INK
from parsers.readers.ocr.ruled_lines import Picture

_NUMBER = re.compile(r"\(?\d[\d.,/%]*đ?[);.,:]*")
# Widths in digits, about those of Times New Roman, in which Decree 30/2020/NĐ-CP has reports set; the limits by hand.
_WIDTHS = {".": 0.5, ",": 0.5, ";": 0.5, ":": 0.5, "/": 0.56, "(": 0.66, ")": 0.66, "%": 1.63}
_BEARING = 0.15  # white at both ends of a number
_TOO_NARROW, _TOO_WIDE = -0.45, 0.35
_FEWEST_NUMBERS = 5
_FEWEST_DIGITS = 2
_BAND = (0.5, 0.65)


def digit_width(lines: Iterable[PrintedLine]) -> float:
    """Return how wide a digit is in lines set in one size, in points; 0.0 where there are too few numbers to tell."""
    found = [_width(t) / _digits_wide(t.text) for line in lines for t in line.tokens if _is_telling(t.text)]
    return median(found) if len(found) >= _FEWEST_NUMBERS else 0.0


def fits(text: str, token: Token, digit: float) -> bool:
    """Return whether a number could fill the place of a token, given the width of a digit (0.0 for unknown).

    Widths are those of common faces, in digits; whatever is no plain number is let pass. A lone digit may be narrow,
    for the ink of a 1 is.
    """
    if not digit or _NUMBER.fullmatch(text) is None:
        return True
    excess = _width(token) / digit - _digits_wide(text)
    return _TOO_NARROW <= excess <= _TOO_WIDE or (excess < 0 and len(text) == 1)


def strokes(part: Picture) -> int:
    """Return how many upright strokes a picture of a word has half-way down, where no serif joins them.

    The band lies between the dots of a colon that may follow.
    """
    height = part.shape[0]
    band = part[int(_BAND[0] * height) : max(int(_BAND[1] * height), int(_BAND[0] * height) + 1)] < INK
    if not band.size:
        return 0
    edges = np.diff(np.pad(band, ((0, 0), (1, 0))).astype(np.int8), axis=1)
    return int(np.median((edges > 0).sum(axis=1)))


def _is_telling(text: str) -> bool:
    """Return whether a text is a number long enough to measure by."""
    return _NUMBER.fullmatch(text) is not None and sum(map(str.isdigit, text)) >= _FEWEST_DIGITS


def _digits_wide(text: str) -> float:
    """Return how many digits wide the ink of a number is."""
    return sum(_WIDTHS.get(c, 1.0) for c in text) - _BEARING


def _width(token: Token) -> float:
    """Return the width of a token, in points."""
    return token.box.x1 - token.box.x0
