"""What is printed on every page and says nothing: page numbers, running heads, the stamp of a digital signature.

Belongs here: finding such lines by where they stand, and taking them out of the flow, with a remark where it matters.
Stays out: everything that could be part of the report. A lone number that does not count along with the pages stays.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cchc.messages import translator
from cchc.text import fold
from parsers.readers.common.printed import PrintedLine, PrintedPage

_ = translator("readers")

# Chosen by hand; what they do is held by tests/readers.
_EDGE = 0.12  # of the page at top and bottom: margins of Decree 30 are 20–25 mm of 297
_RUNNING_SHARE = 0.5  # of the pages must bear a line that is a running head
_NUMBER = re.compile(r"[-–—\s]*(?:trang\s*)?(\d{1,3})(?:\s*/\s*\d{1,3})?[-–—\s]*")
_DIGITS = re.compile(r"\d+")
_STAMP = re.compile(
    r"(?:nguoi ky|ky boi|ngay ky|thoi gian ky|co quan|email|don vi|ly do|vi tri|chuc vu)\s*:"
    r"|signature not verified|digitally signed|signature valid|signed by|^date\s*:"
    r"|\d{1,2}:\d{2}:\d{2}\s*[+-]\d{2}[:']\d{2}"
)
_STAMP_SURE = re.compile(r"nguoi ky|ky boi|thoi gian ky|ngay ky|signature|signed by|:\d{2}\s*[+-]\d{2}[:']")


class _Edge(NamedTuple):
    """A line in a margin, which is `margin` points from the edge of the paper: as folded text, and without numbers."""

    line: PrintedLine
    margin: float
    page: int
    folded: str
    mask: str


def without_furniture(pages: Sequence[PrintedPage]) -> list[str]:
    """Take page numbers, running heads and signature stamps out of the lines of pages; return remarks."""
    edges = [edge for page in pages for edge in _edges(page)]
    running = _running(edges, len(pages))
    offsets = Counter(offset for edge in edges if (offset := _offset(edge)) is not None)
    taken = {id(e.line) for e in edges if e.mask in running}
    taken |= {id(e.line) for e in _outermost(e for e in edges if _is_number(e, offsets))}
    if taken:
        for page in pages:
            page.lines = [line for line in page.lines if id(line) not in taken]
    return _without_stamp(pages[0]) if pages else []


def _outermost(edges: Iterable[_Edge]) -> Iterable[_Edge]:
    """Return of the page numbers of each page the one nearest to the edge of the paper: a page has no second one."""
    nearest: dict[int, _Edge] = {}
    for edge in edges:
        known = nearest.get(edge.page)
        if known is None or edge.margin < known.margin:
            nearest[edge.page] = edge
    return nearest.values()


def _edges(page: PrintedPage) -> Iterator[_Edge]:
    """Yield the lines in the top and bottom margin of a page, which alone can be numbers or running heads."""
    height = page.page.height
    for line in page.lines:
        if line.bottom < _EDGE * height or line.top > (1 - _EDGE) * height:
            folded = fold(line.text)
            yield _Edge(line, min(line.top, height - line.bottom), page.page.number, folded, _DIGITS.sub("#", folded))


def _offset(edge: _Edge) -> int | None:
    """Return by how much a lone number differs from the page's own, None for no lone number."""
    found = _NUMBER.fullmatch(edge.folded)
    return int(found[1]) - edge.page if found else None


def _is_number(edge: _Edge, offsets: Counter[int]) -> bool:
    """Return whether a line is the page's number: that of the sheet, or one that counts along on several pages."""
    offset = _offset(edge)
    return offset is not None and (offset == 0 or offsets[offset] > 1)


def _running(edges: Sequence[_Edge], pages: int) -> set[str]:
    """Return the lines (numbers blotted out) that come back at the edge of pages.

    On at least three pages and half of all; on two where the line names its page and counts along.
    """
    seen = Counter(mask for _page, mask in {(edge.page, edge.mask) for edge in edges})
    counting = Counter(map(_counting, edges))
    least = max(3, _RUNNING_SHARE * pages)
    often = {mask for mask, times in seen.items() if times >= least and re.search(r"[a-z]", mask)}
    return often | {found[0] for found, times in counting.items() if found is not None and times > 1}


def _counting(edge: _Edge) -> tuple[str, int] | None:
    """Return a line that speaks of its page ("trang 4"), as its mask and by how much it differs from the page's own."""
    found = re.search(r"\btrang\s*(\d{1,3})", edge.folded)
    return (edge.mask, int(found[1]) - edge.page) if found else None


def _without_stamp(page: PrintedPage) -> list[str]:
    """Take the stamp of a digital signature out of the first page; its date is not the report's."""
    upper = [line for line in page.lines if line.top < page.page.height / 3]
    marked = [line for line in upper if _STAMP.search(fold(line.text))]
    if not any(_STAMP_SURE.search(fold(line.text)) for line in marked):
        return []
    top, bottom = min(m.top for m in marked), max(m.bottom for m in marked)
    left, right = min(m.x0 for m in marked), max(m.x1 for m in marked)
    small = max(m.height for m in marked) * 1.1
    stamp = [
        line
        for line in upper
        if line in marked
        or (
            line.top >= top - 2
            and line.bottom <= bottom + small
            and left - 4 <= line.x0
            and line.x1 <= right + 40
            and line.height <= small
        )
    ]
    page.lines = [line for line in page.lines if line not in stamp]
    said = "; ".join(line.text for line in stamp)
    return [_("The stamp of a digital signature was left out of the text: {text}").format(text=said)]
