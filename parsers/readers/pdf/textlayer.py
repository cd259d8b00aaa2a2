"""How a PDF page is to be read: by its text layer, or from its picture.

Belongs here: how Vietnamese the words of a page are, line by line, and the decision.
Stays out: what is drawn and what of it is seen (`objects`, `sight`), reading it either way (`text`, `ocr`).
"""

from __future__ import annotations

from typing import Literal

from parsers.encodings import recognise
from parsers.readers.common.printed import PrintedLine
from parsers.readers.pdf.objects import Objects
from parsers.syllables import is_possible, shares

Verdict = Literal["good", "blank", "no_text", "hidden", "damaged"]

# Chosen by hand; what they do is held by tests/readers.
_COVERS = 0.5  # of the page by pictures
_FEW_LETTERS = 12
_SAMPLE = 400  # characters that are judged
_LEAST_POSSIBLE = 0.5  # of the words possible in Vietnamese
_FEWEST_WORDS = 5  # of a line, to be judged
_DAMAGED_LINES = 3
_DAMAGED_SHARE = 0.2  # of the lines


def verdict(lines: list[PrintedLine], drawn: Objects) -> Verdict:
    """Return how good the text that is seen on a page is.

    "damaged" is text that cannot be Vietnamese, in Unicode or an old encoding, on a page that has a picture or whose
    words are impossible; line by line, for one font of a page may have no table of characters and the others one.
    """
    letters = sum(len(line.text) for line in lines)
    if letters < _FEW_LETTERS:
        return "no_text" if drawn.covered > _COVERS / 5 or drawn.paths > _FEW_LETTERS or drawn.dpi else "blank"
    text = " ".join(line.text for line in lines)
    found = shares(text[:_SAMPLE])
    if not found.is_damaged and (is_possible(text) or not _has_damaged_lines(lines)):
        return "good"
    if recognise(text) != "unicode":
        return "good"
    return "damaged" if drawn.covered > _COVERS or found.possible < _LEAST_POSSIBLE or not found.is_damaged else "good"


def _has_damaged_lines(lines: list[PrintedLine]) -> bool:
    """Return whether a good part of the lines hold words that no Vietnamese text has."""
    damaged = judged = 0
    for line in lines:
        if len(line.tokens) < _FEWEST_WORDS:
            continue
        found = shares(line.text)
        if found.words >= _FEWEST_WORDS:
            judged += 1
            damaged += found.possible < _LEAST_POSSIBLE
    return damaged >= _DAMAGED_LINES and damaged > _DAMAGED_SHARE * judged
