"""What stands in a DOCX as a picture, a chart, an embedded object or a chunk of another file.

Belongs here: finding the parts, reading each once, and naming what was not read.
Stays out: reading a picture (`pictures.inset`) or an inner file (`formats`), which whoever opens the DOCX lends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from cchc.errors import DocumentError
from parsers.document import Unread, UnreadWhat, Unseen
from parsers.readers.common.draft import Draft, Drafted
from parsers.readers.common.package import Package

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_OBJECT = "{urn:schemas-microsoft-com:office:office}OLEObject"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_HOLDER = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}object"
_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_EMU_PER_INCH = 914_400  # ECMA-376, part 1, 20.1.2.1
_FORMULA = ("Equation", "MathType")

PictureReader = Callable[[bytes, float | None], tuple[Draft, ...] | None]
"""Reads a picture so many inches wide; None where its text could not be read."""

InnerReader = Callable[[bytes], Drafted]
"""Reads a file that stands inside another; raises DocumentError."""


@dataclass
class Insets:
    """The pictures and objects of one DOCX; each part is read where it first stands."""

    package: Package
    bound: dict[str, str]
    picture: PictureReader
    inner: InnerReader
    unread: list[Unread] = field(default_factory=list)
    unseen: list[Unseen] = field(default_factory=list)
    _done: set[str] = field(default_factory=set)

    def begin(self) -> None:
        """Forget what was read: the walk over the document begins anew."""
        self.unread.clear()
        self.unseen.clear()
        self._done.clear()

    def drafts(self, elements: Sequence[etree._Element], page: int | None) -> Iterator[Draft]:
        """Yield what the elements of one paragraph show, in their order."""
        held = {id(e.getparent()) for e in elements if e.tag == _OBJECT}
        for element in elements:
            part = self._part(element)
            if part is None or part in self._done or self._is_preview(element, held):
                continue
            self._done.add(part)
            if element.tag == _CHART:
                self.unread.append(Unread("object", _last(part), page))
            elif element.tag == _OBJECT:
                if not (element.get("ProgID") or "").startswith(_FORMULA):
                    yield from self._inner(part, page, "object")
            else:
                yield from self._picture(part, _inches(element), page)

    def chunk(self, element: etree._Element, page: int | None) -> Iterator[Draft]:
        """Yield what a chunk of another file holds."""
        part = self._part(element)
        if part is not None:
            yield from self._inner(part, page, "object")

    def _part(self, element: etree._Element) -> str | None:
        return self.bound.get(element.get(f"{_R}embed") or element.get(f"{_R}id") or "")

    def _is_preview(self, element: etree._Element, held: set[int]) -> bool:
        """Return whether a picture only shows what the embedded object beside it holds."""
        holder = next(element.iterancestors(_HOLDER), None) if element.tag != _OBJECT else None
        return holder is not None and id(holder) in held

    def _picture(self, part: str, inches: float | None, page: int | None) -> Iterator[Draft]:
        try:
            found = self.picture(self.package.read(part), inches)
        except DocumentError:
            found = None
        if found is None:
            self.unread.append(Unread("picture", _last(part), page))
        else:
            yield from found

    def _inner(self, part: str, page: int | None, what: UnreadWhat) -> Iterator[Draft]:
        try:
            inner = self.inner(self.package.read(part))
        except DocumentError:
            self.unread.append(Unread("sheet" if "xls" in part.lower() else what, _last(part), page))
            return
        self.unread += inner.unread
        self.unseen += inner.unseen
        yield from inner.drafts


def _inches(element: etree._Element) -> float | None:
    """Return how wide a picture is shown, None where the file does not say."""
    for holder in element.iterancestors():
        extent = holder.find(_EXTENT)
        if extent is not None:
            wide = extent.get("cx", "")
            return int(wide) / _EMU_PER_INCH if wide.isdigit() and int(wide) else None
    return None


def _last(part: str) -> str:
    return part.rsplit("/", 1)[-1]
