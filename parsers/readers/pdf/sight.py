"""Whether a person sees the characters of a PDF page: the page is drawn with and without them, and held side by side.

Belongs here: that look, for text that gives reason for it, and what of a page's characters is not seen and why.
Stays out: what gives reason (`objects`), lines through text (`struck`), what follows for the page (`reader`).

Whatever hides text (colour of the ground, clip, transparency, layers, pictures and shapes on top), the page looks the
same without it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium

from parsers.document import UnseenWhy
from parsers.readers.pdf.calls import ADDRESS, INT, plain
from parsers.readers.pdf.frame import Rows, frame_of, upright
from parsers.readers.pdf.glyphs import Flags, Glyphs, ink_boxes, told
from parsers.readers.pdf.objects import Objects

Picture = npt.NDArray[np.int16]

_SCALE = 2.0
# Chosen by hand; what they do is held by tests/readers.
_MOST_PIXELS = 8_000_000  # bounds memory
_CONTRAST = 22  # of 255: less is not seen on paper
_MOST_OF = 0.5  # of a character must leave a trace
_TINY = 3.0  # points
_FLAT = 0.2  # points: it has no ink
_AIR = 3  # pixels around a character
_MOST_GROUPS = 6  # drawings of one page; characters that overlap need more than one


@dataclass(frozen=True)
class Hidden:
    """Characters of a page that nobody sees: numbers among its glyphs, why, and whether a picture is in their place."""

    members: tuple[int, ...]
    why: UnseenWhy
    pictured: bool = False


def hidden_in(
    page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, glyphs: Glyphs, drawn: Objects, struck: Flags
) -> list[Hidden]:
    """Return the characters of a page that nobody sees, in runs of the file's order with one reason each.

    `struck` tells which are known to be crossed out.
    """
    owners = told(textpage, "FPDFText_GetTextObject", ctypes.c_size_t, glyphs.places.tolist())
    suspects = np.isin(owners, np.array(list(drawn.suspects), dtype=float))
    inked = _has_ink(glyphs)
    tiny = inked & (glyphs.sizes < _TINY)
    asked = suspects & inked & ~tiny
    lost = ~_seen(page, textpage, glyphs, owners, asked) if asked.any() else np.zeros(len(glyphs), dtype=bool)
    unseen = struck | tiny | lost
    runs: list[Hidden] = []
    for member in np.flatnonzero(unseen).tolist():
        suspect = drawn.suspects.get(int(owners[member]))
        why: UnseenWhy = suspect.why if suspect and lost[member] else "struck" if struck[member] else "tiny"
        pictured = suspect is not None and suspect.pictured
        last = runs[-1] if runs else None
        if last is not None and (last.why, last.pictured) == (why, pictured) and member - last.members[-1] <= 2:
            runs[-1] = Hidden((*last.members, member), why, pictured)
        else:
            runs.append(Hidden((member,), why, pictured))
    return runs


def said_by(hidden: Hidden, glyphs: Glyphs) -> str:
    """Return what characters that nobody sees say, blanks among them kept."""
    first, last = hidden.members[0], hidden.members[-1]
    return "".join(chr(code) for code in glyphs.codes[first : last + 1].tolist() if 0 < code < 0x110000)


def _has_ink(glyphs: Glyphs) -> Flags:
    """Return which characters leave ink: not blanks."""
    return ~np.isin(glyphs.codes, (32, 0xA0, 0x200B, 0x200C, 0x200D, 0xFEFF, 0xAD))


def _seen(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, glyphs: Glyphs, owners: Rows, asked: Flags) -> Flags:
    """Return which of the characters asked about a person sees on the page; True for all others."""
    frame = frame_of(page)
    scale = min(_SCALE, (_MOST_PIXELS / max(frame.width * frame.height, 1.0)) ** 0.5)
    seen = np.ones(len(glyphs), dtype=bool)
    members = np.flatnonzero(asked)
    inks = upright(ink_boxes(textpage, glyphs.places[members].tolist()).T, frame).T * scale
    whole = _drawn(page, scale)
    for group in _apart(owners[members], inks):
        with _left_out([int(owner) for owner in group]):
            without = _drawn(page, scale)
        trace = np.abs(whole - without).max(axis=2) > _CONTRAST
        for number in np.flatnonzero(np.isin(owners[members], group)).tolist():
            seen[members[number]] = _is_seen(whole, trace, inks[number].tolist())
    return seen


def _apart(owners: Rows, inks: Rows) -> list[list[float]]:
    """Return pieces of text in groups in which none lies on another, so that each leaves its own trace."""
    groups: list[tuple[list[float], list[list[float]]]] = []
    for owner in dict.fromkeys(owners.tolist()):
        boxes = inks[owners == owner]
        box = [*boxes[:, :2].min(axis=0).tolist(), *boxes[:, 2:].max(axis=0).tolist()]
        free = next((g for g in groups if not _meets(box, g[1])), None)
        if free is None and len(groups) < _MOST_GROUPS:
            groups.append(([], []))
        (free or groups[-1])[0].append(owner)
        (free or groups[-1])[1].append(box)
    return [group for group, _boxes in groups]


def _meets(box: list[float], others: list[list[float]]) -> bool:
    """Return whether a box meets one of others."""
    x0, top, x1, bottom = box
    held = np.array(others)
    return bool(np.any((held[:, 0] < x1) & (held[:, 2] > x0) & (held[:, 1] < bottom) & (held[:, 3] > top)))


def _drawn(page: pdfium.PdfPage, scale: float) -> Picture:
    """Return a page as pixels (rows × columns × channels)."""
    bitmap = page.render(scale=scale, may_draw_forms=False, draw_annots=False)
    try:
        return np.array(bitmap.to_numpy()[:, :, :3]).astype(np.int16)
    finally:
        bitmap.close()


@contextmanager
def _left_out(items: Sequence[int]) -> Iterator[None]:
    """Leave objects out of what is drawn meanwhile."""
    call = plain("FPDFPageObj_SetIsActive", INT, ADDRESS, INT)
    for item in items:
        call(item, 0)
    try:
        yield
    finally:
        for item in items:
            call(item, 1)


def _is_seen(whole: Picture, trace: Flags, box: Sequence[float]) -> bool:
    """Return whether a character leaves a trace over most of its width and height, in another shade than around it.

    One without measurable ink of its own is given the benefit; one beyond the page leaves nothing.
    """
    x0, top, x1, bottom = box
    if x1 - x0 < _FLAT and bottom - top < _FLAT:
        return True
    rows, columns = trace.shape
    left, right, upper, lower = int(x0), int(np.ceil(x1)), int(top), int(np.ceil(bottom))
    if right <= 0 or lower <= 0 or left >= columns or upper >= rows:
        return False
    part = trace[max(upper, 0) : max(lower, upper + 1), max(left, 0) : max(right, left + 1)]
    across, down = np.flatnonzero(part.any(axis=0)), np.flatnonzero(part.any(axis=1))
    if not len(across):
        return False
    wide = (across[-1] - across[0] + 1) / max(right - left, 1)
    high = (down[-1] - down[0] + 1) / max(lower - upper, 1)
    around = slice(max(upper - _AIR, 0), lower + _AIR), slice(max(left - _AIR, 0), right + _AIR)
    return bool(wide >= _MOST_OF and high >= _MOST_OF) and _stands_out(whole[around], trace[around])


def _stands_out(picture: Picture, trace: Flags) -> bool:
    """Return whether the pixels of a trace have another shade than the others: white on white letters has none."""
    ground = picture[~trace]
    if not len(ground):
        return True
    shade = np.abs(np.median(picture[trace], axis=0) - np.median(ground, axis=0))
    return bool(shade.max() > _CONTRAST)
