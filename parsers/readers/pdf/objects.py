"""What is drawn on a PDF page, object by object, and which of its text somebody might not see.

Belongs here: one walk over a page's objects: pictures and how much of the page they cover together, shapes, and the
text that gives reason to look whether it is seen (way of drawing, colour, clip, layer, place, what is drawn on it).
Stays out: whether it is seen (`sight`), how the page is to be read (`textlayer`).
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from parsers.document import UnseenWhy
from parsers.readers.pdf.calls import ADDRESS, INT, address, plain
from parsers.readers.pdf.frame import Frame, Rows

Bounds = tuple[float, float, float, float]
"""Left, bottom, right, top in the file's own coordinates."""

# Chosen by hand; what they do is held by tests/readers.
_MOST_OBJECTS = 20_000  # bounds the time on a page
_DEEPEST = 8  # forms in forms
_UNSEEN_MODES = frozenset({3, 7})
_LIGHT = 165  # luma (ITU-R BT.601), 0–255, from which on paper swallows it
_OPAQUE = 200  # of 255
_THICK = 2.5  # points
_GRID = 64  # cells to each side, in which covered ground is counted
_EDGE = 0.5  # points
_LAYER = "OC\0".encode("utf-16-le")


@dataclass(frozen=True)
class Suspect:
    """A piece of text that gives reason to look whether it is seen; `pictured` tells one where a picture is."""

    why: UnseenWhy
    pictured: bool = False


@dataclass
class Objects:
    """What is drawn on a page.

    `covered` is the share of the page under all its pictures together, `dpi` the finest picture's resolution (0.0
    without one), `paths` counts drawn shapes. `suspects` are pieces of text by address.
    """

    covered: float = 0.0
    dpi: float = 0.0
    paths: int = 0
    suspects: dict[int, Suspect] = field(default_factory=dict)


@dataclass(frozen=True)
class _Cover:
    """Something that may hide text: its place in the order of drawing, whether a picture, whether text is lost on it.

    On a light area dark text is not lost, whatever was drawn first; on a dark one or a picture it may be.
    """

    place: int
    bounds: Bounds
    pictured: bool
    is_ground: bool


@dataclass
class _Walk:
    """What the walk has met: text and covers, each with its place in the order of drawing and its bounds."""

    places: list[int] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)
    covers: list[_Cover] = field(default_factory=list)
    pictures: list[Bounds] = field(default_factory=list)


def objects_of(page: pdfium.PdfPage, frame: Frame) -> Objects:
    """Return what is drawn on a page."""
    found, walk = Objects(), _Walk()
    handle = address(page.raw)
    count = min(raw.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)
    items = list(map(plain("FPDFPage_GetObject", ADDRESS, ADDRESS, INT), repeat(handle), range(count)))
    kinds = list(map(plain("FPDFPageObj_GetType", INT, ADDRESS), items))
    for place, (item, kind) in enumerate(zip(items, kinds, strict=True)):
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            walk.places.append(place)
            walk.texts.append(item)
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            found.paths += 1
            _path(place, item, walk)
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            _form(place, item, found, walk)
        else:
            bounds = _bounds(item)
            walk.covers.append(_Cover(place, bounds, pictured=True, is_ground=True))
            if kind == raw.FPDF_PAGEOBJ_IMAGE:
                walk.pictures.append(bounds)
                found.dpi = max(found.dpi, _resolution(item, bounds))
    found.suspects.update((item, Suspect(why)) for item, why in _doubted(walk.texts))
    sheet = (frame.left, frame.bottom, frame.left + frame.width, frame.bottom + frame.height)
    found.covered = _union(walk.pictures, sheet)
    if walk.texts:
        boxes = _many_bounds(walk.texts)
        _covered(found, walk, boxes)
        _off_page(found, walk, boxes, sheet)
    return found


def _bounds(item: int) -> Bounds:
    """Return the bounds of an object, all 0.0 where it has none."""
    left, bottom, right, top = _many_bounds([item])[0].tolist()
    return left, bottom, right, top


def _many_bounds(items: list[int]) -> Rows:
    """Return (left, bottom, right, top) rows of objects, 0.0 where one has no bounds."""
    bounds: Rows = _told(items, "FPDFPageObj_GetBounds", np.float32)[0].astype(float)
    return bounds


def _told(items: list[int], name: str, kind: Any) -> tuple[Any, list[int]]:
    """Return the four values that a function of pdfium tells of each object, and whether it told them."""
    rows = np.zeros((len(items), 4), dtype=kind)
    start, end = rows.ctypes.data, rows.ctypes.data + rows.nbytes
    columns = (range(start + 4 * n, end + 4 * n, 16) for n in range(4))
    call = plain(name, INT, ADDRESS, *[ADDRESS] * 4)
    return rows, list(map(call, items, *columns))


def _doubted(items: list[int]) -> Iterator[tuple[int, UnseenWhy]]:
    """Yield the pieces of text that might not be seen by how they are drawn themselves, each with the reason."""
    colours, known = _told(items, "FPDFPageObj_GetFillColor", np.uint32)
    modes = map(plain("FPDFTextObj_GetTextRenderMode", INT, ADDRESS), items)
    clear = map(plain("FPDFPageObj_HasTransparency", INT, ADDRESS), items)
    marks = map(plain("FPDFPageObj_CountMarks", INT, ADDRESS), items)
    clips = map(plain("FPDFPageObj_GetClipPath", ADDRESS, ADDRESS), items)
    for item, colour, told, mode, thin, marked, clip in zip(
        items, colours.tolist(), known, modes, clear, marks, clips, strict=True
    ):
        if mode in _UNSEEN_MODES or not told or thin or colour[3] < _OPAQUE:
            yield item, "invisible"
        elif _is_light(colour):
            yield item, "white"
        elif marked > 0 and _is_on_a_layer(item):
            yield item, "invisible"
        elif clip and _is_clipped(item, clip):
            yield item, "clipped"


def _colour(item: int, name: str) -> list[int] | None:
    """Return red, green, blue and opacity, 0 to 255 each; None for a pattern."""
    colours, told = _told([item], name, np.uint32)
    colour: list[int] = colours[0].tolist()
    return colour if told[0] else None


def _is_on_a_layer(item: int) -> bool:
    """Return whether an object belongs to a layer that can be switched off: one of its marks is named OC."""
    length = ctypes.c_ulong()
    place = ctypes.addressof(length)
    name = plain("FPDFPageObjMark_GetName", INT, ADDRESS, ADDRESS, ctypes.c_ulong, ADDRESS)
    for number in range(plain("FPDFPageObj_CountMarks", INT, ADDRESS)(item)):
        mark = plain("FPDFPageObj_GetMark", ADDRESS, ADDRESS, ctypes.c_ulong)(item, number)
        if name(mark, None, 0, place) and length.value == len(_LAYER):
            told = ctypes.create_string_buffer(len(_LAYER))
            name(mark, ctypes.addressof(told), len(_LAYER), place)
            if told.raw == _LAYER:
                return True
    return False


def _is_clipped(item: int, clip: int) -> bool:
    """Return whether what an object is clipped to does not hold all of it, or is no plain rectangle."""
    count = plain("FPDFClipPath_CountPaths", INT, ADDRESS)(clip)
    if count <= 0:
        return False
    left, bottom, right, top = _bounds(item)
    for number in range(count):
        points = list(_corners(clip, number))
        if not 2 <= len(points) <= 6:
            return True
        xs, ys = [x for x, _y in points], [y for _x, y in points]
        if len({round(x, 1) for x in xs}) > 2 or len({round(y, 1) for y in ys}) > 2:
            return True
        if left < min(xs) - _EDGE or right > max(xs) + _EDGE or bottom < min(ys) - _EDGE or top > max(ys) + _EDGE:
            return True
    return False


def _corners(clip: int, number: int) -> Iterator[tuple[float, float]]:
    """Yield the points of one path of a clip."""
    count = plain("FPDFClipPath_CountPathSegments", INT, ADDRESS, INT)(clip, number)
    point = np.zeros(2, dtype=np.float32)
    start = point.ctypes.data
    for place in range(min(count, 8)):
        segment = plain("FPDFClipPath_GetPathSegment", ADDRESS, ADDRESS, INT, INT)(clip, number, place)
        plain("FPDFPathSegment_GetPoint", INT, ADDRESS, ADDRESS, ADDRESS)(segment, start, start + 4)
        yield float(point[0]), float(point[1])


def _path(place: int, item: int, walk: _Walk) -> None:
    """Note a shape that could hide what is drawn before it: a filled area, or anything broad or light."""
    bounds = _bounds(item)
    told = np.zeros(2, dtype=np.int32)
    plain("FPDFPath_GetDrawMode", INT, ADDRESS, ADDRESS, ADDRESS)(item, told.ctypes.data, told.ctypes.data + 4)
    filled, stroked = bool(told[0]), bool(told[1])
    if filled:
        broad = min(bounds[2] - bounds[0], bounds[3] - bounds[1]) > _THICK
        light = _is_light(_colour(item, "FPDFPageObj_GetFillColor"))
        if broad or light:
            walk.covers.append(_Cover(place, bounds, pictured=False, is_ground=not light))
            return
    if stroked:
        width = ctypes.c_float()
        raw.FPDFPageObj_GetStrokeWidth(ctypes.cast(item, raw.FPDF_PAGEOBJECT), width)
        if width.value > _THICK or _is_light(_colour(item, "FPDFPageObj_GetStrokeColor")):
            half = width.value / 2
            wider = (bounds[0] - half, bounds[1] - half, bounds[2] + half, bounds[3] + half)
            walk.covers.append(_Cover(place, wider, pictured=False, is_ground=False))


def _is_light(colour: Sequence[int] | None) -> bool:
    """Return whether a colour could be taken for paper; nobody knows of a pattern."""
    return colour is None or 0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2] > _LIGHT


def _form(place: int, item: int, found: Objects, walk: _Walk) -> None:
    """Take in a form: its text is to be looked at, and it may hide what is drawn before it."""
    inside = list(_inside(item, _DEEPEST))
    pictured = any(kind not in {raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH} for _part, kind in inside)
    for part, kind in inside:
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            found.suspects[part] = Suspect(dict(_doubted([part])).get(part, "covered"))
        found.paths += kind == raw.FPDF_PAGEOBJ_PATH
    bounds = _bounds(item)
    if any(kind != raw.FPDF_PAGEOBJ_TEXT for _part, kind in inside):
        walk.covers.append(_Cover(place, bounds, pictured, is_ground=True))
    if any(kind == raw.FPDF_PAGEOBJ_IMAGE for _part, kind in inside):
        walk.pictures.append(bounds)
        found.dpi = max(found.dpi, *(_resolution(p, bounds) for p, k in inside if k == raw.FPDF_PAGEOBJ_IMAGE))


def _inside(form: int, deep: int) -> Iterator[tuple[int, int]]:
    """Yield the objects in a form and in the forms in it, each with its kind."""
    count = plain("FPDFFormObj_CountObjects", INT, ADDRESS)(form)
    for number in range(min(count, _MOST_OBJECTS)):
        part = plain("FPDFFormObj_GetObject", ADDRESS, ADDRESS, ctypes.c_ulong)(form, number)
        kind = plain("FPDFPageObj_GetType", INT, ADDRESS)(part)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            if deep:
                yield from _inside(part, deep - 1)
        else:
            yield part, kind


def _resolution(item: int, bounds: Bounds) -> float:
    """Return the dots an inch of a picture drawn within these bounds."""
    wide, high = bounds[2] - bounds[0], bounds[3] - bounds[1]
    across, down = ctypes.c_uint(), ctypes.c_uint()
    handle = ctypes.cast(item, raw.FPDF_PAGEOBJECT)
    if wide < 1 or not raw.FPDFImageObj_GetImagePixelSize(handle, across, down):
        return 0.0
    turned = (across.value > down.value) != (wide > high)
    return 72 * (down.value if turned else across.value) / wide


def _union(boxes: list[Bounds], sheet: Bounds) -> float:
    """Return the share of a sheet under boxes together: a scan may come in strips or layers."""
    if not boxes:
        return 0.0
    grid = np.zeros((_GRID, _GRID), dtype=bool)
    wide, high = max(sheet[2] - sheet[0], 1.0) / _GRID, max(sheet[3] - sheet[1], 1.0) / _GRID
    for left, bottom, right, top in boxes:
        rows = slice(max(round((bottom - sheet[1]) / high), 0), max(round((top - sheet[1]) / high), 0))
        columns = slice(max(round((left - sheet[0]) / wide), 0), max(round((right - sheet[0]) / wide), 0))
        grid[rows, columns] = True
    return float(grid.mean())


def _covered(found: Objects, walk: _Walk, boxes: Rows) -> None:
    """Suspect the text on which something is drawn later, or that stands on a ground on which it may be lost."""
    places = np.array(walk.places)
    for cover in walk.covers:
        left, bottom, right, top = cover.bounds
        meets = (boxes[:, 0] < right) & (boxes[:, 2] > left) & (boxes[:, 1] < top) & (boxes[:, 3] > bottom)
        before = places < cover.place
        for number in np.flatnonzero(meets & (before | cover.is_ground)).tolist():
            item = walk.texts[number]
            known = found.suspects.get(item) or Suspect("covered" if before[number] else "white")
            found.suspects[item] = Suspect(known.why, known.pictured or cover.pictured)


def _off_page(found: Objects, walk: _Walk, boxes: Rows, sheet: Bounds) -> None:
    """Suspect the text that reaches over the edge of the page."""
    low = (boxes[:, 0] < sheet[0] - _EDGE) | (boxes[:, 1] < sheet[1] - _EDGE)
    high = (boxes[:, 2] > sheet[2] + _EDGE) | (boxes[:, 3] > sheet[3] + _EDGE)
    for number in np.flatnonzero(low | high).tolist():
        found.suspects.setdefault(walk.texts[number], Suspect("off_page"))
