"""Whether a stretch of an office file is seen by a person who looks at the page.

Belongs here: the judgement on size, colour and ground, for every format that tells them, and how little text beside
unseen text is trusted.
Stays out: how a format says them (`docx.styles`, `odf`, `sheets`).
"""

from __future__ import annotations

import re

from parsers.document import UnseenWhy

BESIDE_UNSEEN = 0.7
"""How surely a stretch is what a person sees where the file holds other text amid it."""

_TINY = 3.0
"""Points under which letters are a line of dust."""

_ALIKE = 0.12
"""The difference in lightness, of 1, under which letters do not stand out from their ground."""

_HEX = re.compile(r"[0-9a-fA-F]{6}")
_WORD = re.compile(r"\w")


def unseen_because(
    *, hidden: bool = False, struck: bool = False, points: float | None = None, colour: str = "", ground: str = ""
) -> UnseenWhy | None:
    """Return why letters are not seen, None where they are.

    `colour` and `ground` are RRGGBB; what says nothing ("", "auto") is black on white.
    """
    if hidden:
        return "invisible"
    if struck:
        return "struck"
    if points is not None and points < _TINY:
        return "tiny"
    return "white" if abs(lightness(colour, 0.0) - lightness(ground, 1.0)) < _ALIKE else None


def lightness(colour: str, otherwise: float) -> float:
    """Return how light a colour RRGGBB is, from 0 to 1; `otherwise` where it is none."""
    plain = colour.lstrip("#")
    if _HEX.fullmatch(plain) is None:
        return otherwise
    red, green, blue = (int(plain[at : at + 2], 16) for at in (0, 2, 4))
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


def says_something(text: str) -> bool:
    """Return whether unseen text holds a letter or digit at all."""
    return _WORD.search(text) is not None
