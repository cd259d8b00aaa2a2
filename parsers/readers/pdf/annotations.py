"""What is laid upon a PDF page: notes, filled form fields, stamps, lines through text.

Belongs here: what of it a person sees made part of the page, and what it says of the text below (struck out, typed).
Stays out: links, pop-ups, sticky notes and the picture of a digital signature, which are no text of the report.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from parsers.readers.pdf.objects import Bounds

_DRAWN = frozenset(
    {
        raw.FPDF_ANNOT_FREETEXT,
        raw.FPDF_ANNOT_LINE,
        raw.FPDF_ANNOT_SQUARE,
        raw.FPDF_ANNOT_CIRCLE,
        raw.FPDF_ANNOT_POLYGON,
        raw.FPDF_ANNOT_POLYLINE,
        raw.FPDF_ANNOT_HIGHLIGHT,
        raw.FPDF_ANNOT_UNDERLINE,
        raw.FPDF_ANNOT_STRIKEOUT,
        raw.FPDF_ANNOT_STAMP,
        raw.FPDF_ANNOT_INK,
        raw.FPDF_ANNOT_WIDGET,
        raw.FPDF_ANNOT_REDACT,
    }
)
_STRIKING = frozenset({raw.FPDF_ANNOT_STRIKEOUT, raw.FPDF_ANNOT_REDACT})
_UNSEEN_FLAGS = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
# By hand: far more than a person lays upon a page, little beside the limits of a document.
_MOST = 2_000
_LONGEST = 4_096  # characters of a form field


@dataclass(frozen=True)
class Typed:
    """Text that a viewer shows within bounds, though the file does not draw it itself."""

    text: str
    bounds: Bounds


@dataclass
class LaidUpon:
    """What lies upon a page: areas struck out, strokes (x, y, x, y), text that the viewer has to draw.

    All in the file's own coordinates.
    """

    areas: list[Bounds] = field(default_factory=list)
    strokes: list[Bounds] = field(default_factory=list)
    typed: list[Typed] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.areas or self.strokes or self.typed)


def settle(document: pdfium.PdfDocument, index: int) -> LaidUpon:
    """Draw what a person sees upon a page into the page itself; return what else it says.

    The document is changed in memory only, and the page has to be opened anew.
    """
    found = LaidUpon()
    page = document[index]
    try:
        count = min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST)
        kept = [_take(document, page, number, found) for number in range(count)]
        for number in reversed([n for n, keep in enumerate(kept) if not keep]):
            raw.FPDFPage_RemoveAnnot(page.raw, number)
        if any(kept):
            raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
    finally:
        page.close()
    return found


def _take(document: pdfium.PdfDocument, page: pdfium.PdfPage, number: int, found: LaidUpon) -> bool:
    """Return whether a note is to be drawn into the page; note down what it says of the text."""
    with _note(page, number) as note:
        kind = raw.FPDFAnnot_GetSubtype(note)
        if kind not in _DRAWN or raw.FPDFAnnot_GetFlags(note) & _UNSEEN_FLAGS:
            return False
        if kind in _STRIKING:
            found.areas += _quads(note)
        elif kind == raw.FPDF_ANNOT_LINE:
            found.strokes += _line(note)
        elif kind == raw.FPDF_ANNOT_INK:
            found.strokes += _ink(note)
        drawn = bool(raw.FPDFAnnot_HasKey(note, b"AP"))
        if kind == raw.FPDF_ANNOT_WIDGET:
            return _take_field(document, note, found, drawn=drawn)
        if kind == raw.FPDF_ANNOT_FREETEXT and not drawn:
            _add(_text(note, b"Contents"), note, found)
        return drawn


def _take_field(document: pdfium.PdfDocument, note: raw.FPDF_ANNOTATION, found: LaidUpon, *, drawn: bool) -> bool:
    """Return whether the field of a form is to be drawn into the page: signatures are not."""
    if document.formenv is None:
        return drawn and _text(note, b"FT") != "Sig"
    kind = raw.FPDFAnnot_GetFormFieldType(document.formenv.raw, note)
    if kind == raw.FPDF_FORMFIELD_SIGNATURE:
        return False
    if not drawn and kind in {raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX}:
        buffer = (ctypes.c_ushort * _LONGEST)()
        length = raw.FPDFAnnot_GetFormFieldValue(document.formenv.raw, note, buffer, _LONGEST * 2)
        _add(bytes(buffer)[: max(length - 2, 0)].decode("utf-16-le", "replace"), note, found)
    return drawn


def _add(text: str, note: raw.FPDF_ANNOTATION, found: LaidUpon) -> None:
    """Note down text that a viewer draws."""
    if text.strip():
        found.typed.append(Typed(text, _rectangle(note)))


@contextmanager
def _note(page: pdfium.PdfPage, number: int) -> Iterator[raw.FPDF_ANNOTATION]:
    """Lend a note of a page."""
    note = raw.FPDFPage_GetAnnot(page.raw, number)
    try:
        yield note
    finally:
        raw.FPDFPage_CloseAnnot(note)


def _text(note: raw.FPDF_ANNOTATION, key: bytes) -> str:
    """Return a text of a note."""
    buffer = (ctypes.c_ushort * _LONGEST)()
    length = raw.FPDFAnnot_GetStringValue(note, key, buffer, _LONGEST * 2)
    return bytes(buffer)[: max(min(length, _LONGEST * 2) - 2, 0)].decode("utf-16-le", "replace")


def _rectangle(note: raw.FPDF_ANNOTATION) -> Bounds:
    """Return the bounds of a note."""
    box = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(note, box)
    return min(box.left, box.right), min(box.bottom, box.top), max(box.left, box.right), max(box.bottom, box.top)


def _quads(note: raw.FPDF_ANNOTATION) -> list[Bounds]:
    """Return the areas that a note marks, its whole bounds where it names none."""
    areas: list[Bounds] = []
    quad = raw.FS_QUADPOINTSF()
    for number in range(min(raw.FPDFAnnot_CountAttachmentPoints(note), _MOST)):
        if raw.FPDFAnnot_GetAttachmentPoints(note, number, quad):
            xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
            areas.append((min(xs), min(ys), max(xs), max(ys)))
    return areas or [_rectangle(note)]


def _line(note: raw.FPDF_ANNOTATION) -> list[Bounds]:
    """Return the stroke of a line."""
    start, end = raw.FS_POINTF(), raw.FS_POINTF()
    return [(start.x, start.y, end.x, end.y)] if raw.FPDFAnnot_GetLine(note, start, end) else []


def _ink(note: raw.FPDF_ANNOTATION) -> list[Bounds]:
    """Return the strokes drawn by hand, each from its first to its last point."""
    strokes: list[Bounds] = []
    for number in range(min(raw.FPDFAnnot_GetInkListCount(note), _MOST)):
        count = raw.FPDFAnnot_GetInkListPath(note, number, None, 0)
        if count > 1:
            points = (raw.FS_POINTF * count)()
            raw.FPDFAnnot_GetInkListPath(note, number, points, count)
            strokes.append((points[0].x, points[0].y, points[count - 1].x, points[count - 1].y))
    return strokes
