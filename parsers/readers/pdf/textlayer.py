"""How a PDF page is to be read: by its text layer, or from its picture.

Belongs here: what is measured of a page (pictures, hidden text, how Vietnamese its words are) and the decision.
Stays out: reading it either way (`text`, `ocr`).
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Literal

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from parsers.encodings import recognise
from parsers.readers.common.printed import PrintedLine
from parsers.syllables import shares

Verdict = Literal["good", "blank", "no_text", "hidden", "damaged"]

_COVERS = 0.5
_HIDDEN = 3
_FEW_LETTERS = 12
_SAMPLE = 400
_MOST_OBJECTS = 20_000


@dataclass(frozen=True)
class Objects:
    """What is drawn on a page.

    `covered` is the share of the page under its largest picture, `dpi` that picture's resolution (0.0 without one).
    `hidden` tells text that is there but not shown; `paths` counts drawn shapes.
    """

    covered: float = 0.0
    dpi: float = 0.0
    hidden: bool = False
    paths: int = 0


def objects_of(page: pdfium.PdfPage) -> Objects:
    """Return what is drawn on a page, looked at from the outside only."""
    width, height = page.get_size()
    covered = dpi = 0.0
    paths = texts = hidden = 0
    for number in range(min(raw.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)):
        item = raw.FPDFPage_GetObject(page.raw, number)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            texts += 1
            hidden += texts <= 3 and raw.FPDFTextObj_GetTextRenderMode(item) == _HIDDEN
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            paths += 1
        elif kind in {raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM}:
            share, resolution = _extent(item, width * height)
            if kind == raw.FPDF_PAGEOBJ_IMAGE or not texts:
                covered, dpi = max(covered, share), max(dpi, resolution)
    return Objects(covered, dpi, hidden > 0, paths)


def _extent(item: raw.FPDF_PAGEOBJECT, area: float) -> tuple[float, float]:
    """Return the share of the page under an object, and the resolution of its picture (0.0 for none)."""
    bounds = [ctypes.c_float() for _side in range(4)]
    if not raw.FPDFPageObj_GetBounds(item, *bounds):
        return 0.0, 0.0
    left, bottom, right, top = (b.value for b in bounds)
    across, down = ctypes.c_uint(), ctypes.c_uint()
    is_picture = raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_IMAGE
    if not is_picture or not raw.FPDFImageObj_GetImagePixelSize(item, across, down) or right - left < 1:
        return max(right - left, 0) * max(top - bottom, 0) / max(area, 1), 0.0
    turned = (across.value > down.value) != (right - left > top - bottom)
    pixels = down.value if turned else across.value
    return max(right - left, 0) * max(top - bottom, 0) / max(area, 1), 72 * pixels / (right - left)


def verdict(lines: list[PrintedLine], drawn: Objects) -> Verdict:
    """Return how good the text layer of a page is.

    "hidden" is a text layer behind a picture of the page: however well it reads, nobody proved it, and its digits may
    be a scanner's guesses. "damaged" is text that cannot be Vietnamese, in Unicode or an old encoding, on a page that
    has a picture or whose words are impossible.
    """
    letters = sum(len(line.text) for line in lines)
    if letters < _FEW_LETTERS:
        return "no_text" if drawn.covered > _COVERS / 5 or drawn.paths > _FEW_LETTERS or drawn.dpi else "blank"
    if drawn.hidden and drawn.covered > _COVERS:
        return "hidden"
    text = " ".join(line.text for line in lines)
    found = shares(text[:_SAMPLE])
    if not found.is_damaged or recognise(text) != "unicode":
        return "good"
    return "damaged" if drawn.covered > _COVERS or found.possible < 0.5 else "good"
