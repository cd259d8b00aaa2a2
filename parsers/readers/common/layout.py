"""The order of a page: bands of lines, stretches printed side by side, tables between them.

Belongs here: which lines of one page belong together and in what order they are read.
Stays out: paragraphs and what goes on over a page break (`flow`), page numbers and stamps (`furniture`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from cchc.text import fold
from parsers.readers.common.printed import WIDE_GAP, PrintedLine, PrintedPage, PrintedTable, Token, is_mark, line_of

# Chosen by hand; what they do is held by tests/readers. Points, unless said.
_NARROWEST_GUTTER = 8.0  # white between two columns
_ALIGNED_BANDS = 4  # bands of lines that make a table without rules
_NEAR = 2.2  # heights of a line between bands that belong together
_CENTRED = 30.0  # off the middle at most
_ALIGNED = 5.0
_TITLE = re.compile(r"b\s?a\s?o\s+c\s?a\s?o\s*$")
_LONGEST_TITLE = 16  # characters: "BÁO CÁO"
_COUNT = re.compile(r"\(?[\d.,/%]+\)?%?|[-–]")


@dataclass
class SideBySide:
    """Lines in columns, left to right; `bands` keeps them row by row."""

    columns: list[list[PrintedLine]]
    bands: list[list[PrintedLine]]
    gutters: list[tuple[float, float]] = field(default_factory=list)

    @property
    def top(self) -> float:
        """Return the upper end, in points."""
        return min(line.top for band in self.bands for line in band)

    @property
    def is_table(self) -> bool:
        """Return whether rows line up as a table without rules: several rows, a column of counts beside words."""
        full = [b for b in self.bands if len(b) == len(self.columns)]
        counts = [sum(_COUNT.fullmatch(line.text) is not None for line in c) for c in self.columns]
        numeric = any(n >= 0.6 * len(c) and n >= 3 for n, c in zip(counts, self.columns, strict=True))
        return len(full) >= _ALIGNED_BANDS and len(full) >= 0.6 * len(self.bands) and numeric


Piece = PrintedLine | SideBySide | PrintedTable


def ordered(page: PrintedPage) -> list[Piece]:
    """Return the pieces of a page in reading order."""
    bands = _bands(page.lines)
    if len(bands) == len(page.lines) and not page.tables:
        return [band[0] for band in bands]
    pieces: list[Piece] = []
    place = 0
    while place < len(bands):
        if len(bands[place]) > 1:
            start, end, gutters = _zone(bands, place, page)
            zone = _columns(bands[start:end], gutters)
            if _is_meant(zone, page):
                del pieces[len(pieces) - (place - start) :]
                pieces.append(zone)
                place = end
                continue
        pieces.append(line_of([t for line in bands[place] for t in line.tokens], bands[place][0].set_apart))
        place += 1
    pieces.extend(page.tables)
    return sorted(pieces, key=_top) if page.tables else pieces


def _top(piece: Piece) -> float:
    """Return where a piece begins."""
    return piece.box.top if isinstance(piece, PrintedTable) else piece.top


def _bands(lines: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    """Return lines in bands of one height, top to bottom; pieces of a band stand left to right, wide gaps apart."""
    segments = sorted(lines, key=lambda s: s.top + s.bottom)
    if all(below.top > above.bottom for above, below in pairwise(segments)):
        return [[segment] for segment in segments]
    bands: list[list[PrintedLine]] = []
    for segment in segments:
        band = bands[-1] if bands else None
        if band is not None and _level(band[-1], segment):
            band.append(segment)
        else:
            bands.append([segment])
    return [_closed_up(band) if len(band) > 1 else band for band in bands]


def _level(one: PrintedLine, other: PrintedLine) -> bool:
    """Return whether two lines stand on one height."""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > 0.6 * min(one.height, other.height)


def _closed_up(band: list[PrintedLine]) -> list[PrintedLine]:
    """Return a band from left to right, with pieces that no wide gap parts joined."""
    closed: list[PrintedLine] = []
    for segment in sorted(band, key=lambda s: s.x0):
        before = closed[-1] if closed else None
        if before is not None and (segment.x0 - before.x1 <= WIDE_GAP or is_mark(before.tokens)):
            tokens: list[Token] = sorted([*before.tokens, *segment.tokens], key=lambda t: t.box.x0)
            closed[-1] = line_of(tokens, before.set_apart and segment.set_apart)
        else:
            closed.append(segment)
    return closed


def _zone(bands: list[list[PrintedLine]], place: int, page: PrintedPage) -> tuple[int, int, list[tuple[float, float]]]:
    """Return (first band, last band + 1, gutters) of the stretch of columns that the band at `place` belongs to."""
    gutters = _gaps(bands[place])
    end = place + 1
    while end < len(bands):
        kept = _through(gutters, bands[end])
        if not kept or (len(bands[end]) == 1 and not _is_beside(bands[place:end], bands[end][0], kept)):
            break
        gutters, end = kept, end + 1
    return _start(bands, place, gutters, page), end, gutters


def _start(bands: list[list[PrintedLine]], place: int, gutters: list[tuple[float, float]], page: PrintedPage) -> int:
    """Return the first band of a stretch of columns whose first band with several pieces is at `place`.

    Lone lines above belong to it where they reach up to the top of the first page, as in a letterhead, or where they
    stand in the last column, as over a signature.
    """
    top = place
    while top > 0 and len(bands[top - 1]) == 1 and _through(gutters, bands[top - 1]):
        if bands[top][0].top - bands[top - 1][0].bottom > _NEAR * bands[top - 1][0].height:
            break
        top -= 1
    if top == 0 and page.page.number == 1:
        return 0
    start = place
    while start > top and bands[start - 1][0].x0 >= gutters[-1][1] - 1:
        start -= 1
    return start


def _gaps(band: list[PrintedLine]) -> list[tuple[float, float]]:
    """Return the empty stretches between the pieces of a band."""
    return [(a.x1, b.x0) for a, b in pairwise(band)]


def _through(gutters: list[tuple[float, float]], band: list[PrintedLine]) -> list[tuple[float, float]]:
    """Return what of the gutters stays empty in a band, as wide as a gutter has to be."""
    kept = []
    for left, right in gutters:
        pieces = [(left, right)]
        for line in band:
            pieces = [
                part for a, b in pieces for part in ((a, min(b, line.x0)), (max(a, line.x1), b)) if part[0] < part[1]
            ]
        if pieces:
            widest = max(pieces, key=lambda part: part[1] - part[0])
            if widest[1] - widest[0] >= _NARROWEST_GUTTER:
                kept.append(widest)
    return kept


def _is_beside(bands: list[list[PrintedLine]], line: PrintedLine, gutters: list[tuple[float, float]]) -> bool:
    """Return whether a lone line goes on in a column above it: close below, within its width or centred under it.

    One that is centred under all columns together is a title below them.
    """
    above = [s for band in bands for s in band if _column_of(s, gutters) == _column_of(line, gutters)]
    lowest = max(s.bottom for band in bands for s in band)
    if not above or line.top - lowest > _NEAR * line.height:
        return False
    x0, x1 = min(s.x0 for s in above), max(s.x1 for s in above)
    if _is_title(line, (x0 + x1) / 2, bands):
        return False
    ends = [s for band in bands for s in band]
    off_centre = abs(line.x0 + line.x1 - min(s.x0 for s in ends) - max(s.x1 for s in ends)) / 2
    if off_centre < _CENTRED and off_centre < abs(line.x0 + line.x1 - x0 - x1) / 2 and line.x0 - x0 > _ALIGNED:
        return False
    within = line.x0 >= x0 - 10 and line.x1 <= x1 + 10
    return within or abs((line.x0 + line.x1) - (x0 + x1)) < 30


def _is_title(line: PrintedLine, column: float, bands: list[list[PrintedLine]]) -> bool:
    """Return whether a line is set in the middle of the page rather than of the column above, or says BÁO CÁO."""
    left, right = min(s.x0 for band in bands for s in band), max(s.x1 for band in bands for s in band)
    middle, page = (line.x0 + line.x1) / 2, (left + right) / 2
    on_page, on_column = abs(middle - page) < _CENTRED, abs(middle - column) < _CENTRED
    return (on_page and not on_column) or _TITLE.match(fold(line.text)) is not None


def is_title(text: str) -> bool:
    """Return whether a line says BÁO CÁO and nothing else."""
    return len(text) <= _LONGEST_TITLE and text.isupper() and _TITLE.match(fold(text)) is not None


def _column_of(line: PrintedLine, gutters: list[tuple[float, float]]) -> int:
    """Return in which column a line stands, from 0."""
    middle = (line.x0 + line.x1) / 2
    return sum(middle > (left + right) / 2 for left, right in gutters)


def _columns(bands: list[list[PrintedLine]], gutters: list[tuple[float, float]]) -> SideBySide:
    """Return bands dealt into columns."""
    columns: list[list[PrintedLine]] = [[] for _column in range(len(gutters) + 1)]
    for line in sorted((line for band in bands for line in band), key=lambda s: s.top):
        columns[_column_of(line, gutters)].append(line)
    return SideBySide([c for c in columns if c], bands, gutters)


def _is_meant(zone: SideBySide, page: PrintedPage) -> bool:
    """Return whether columns are printed as such; a lone line with a wide gap in it is only a line."""
    if len(zone.columns) < 2:
        return False
    wide = sum(len(b) > 1 for b in zone.bands)
    at_top = page.page.number == 1 and zone.top < page.page.height / 3
    return at_top or wide >= 2 or len(zone.bands) >= 3
