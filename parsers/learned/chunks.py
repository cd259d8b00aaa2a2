"""Lines of a report as the encoder reads them: some lines that stand together, with what stands over them.

Belongs here: the texts of a chunk in order (span of the report, headings, what went before, the lines; a table row as
its label and heads), every spot one piece, cut into windows that fit the encoder.
Stays out: the pieces themselves (`pieces`) and the network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.learned.pieces import APART, NUMBER, START, Pieces
from parsers.learned.positions import Line

ROOM, WINDOW, OVERLAP = 200, 320, 60
"""Pieces after which no further line joins a chunk; the longest body of one, and what two windows of a line share."""
# Pieces of a heading, of the line before and of the title; by hand, the chunk has room for them.
_OVER, _BEFORE, _TITLE = 24, 48, 12
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_")
_SPAN = re.compile(r"(?:quý|tháng|năm|đầu|cuối|[ivx]+|\d+)(?!\w)")


@dataclass(frozen=True)
class Chunk:
    """One input of the encoder: its pieces, and for each spot in it where its piece stands and which spot it is.

    `spots` holds (place among the pieces, line, spot) with line and spot as places in the report's list of lines.
    """

    pieces: tuple[int, ...]
    spots: tuple[tuple[int, int, int], ...]


@dataclass
class _Body:
    """The pieces of one line and where among them its spots stand."""

    pieces: list[int]
    spots: list[tuple[int, int]]


def chunks_of(lines: Sequence[Line], pieces: Pieces) -> Iterator[Chunk]:
    """Yield the chunks of a report's lines in order; every spot stands in exactly one."""
    group: list[tuple[int, _Body]] = []
    size = 0
    for i, line in enumerate(lines):
        body = _body(line, pieces)
        joins = group and _together(lines[group[-1][0]], line) and size + len(body.pieces) <= ROOM
        if group and not joins:
            yield from _windows(group, lines, pieces)
            group, size = [], 0
        group.append((i, body))
        size += len(body.pieces)
    if group:
        yield from _windows(group, lines, pieces)


def _together(above: Line, below: Line) -> bool:
    """Return whether two lines stand under the same headings."""
    return above.over == below.over and below.block - above.block <= 3


def _windows(group: list[tuple[int, _Body]], lines: Sequence[Line], pieces: Pieces) -> Iterator[Chunk]:
    head = _head(lines[group[0][0]], pieces)
    flat: list[int] = []
    spots: list[tuple[int, int, int]] = []
    for i, body in group:
        spots += [(len(flat) + place, i, spot) for place, spot in body.spots]
        flat += [*body.pieces, APART]
    for start in range(0, max(1, len(flat) - OVERLAP), WINDOW - OVERLAP):
        end = start + WINDOW
        least = start + OVERLAP if start else 0
        inside = [s for s in spots if least <= s[0] < end]
        if inside:
            moved = tuple((len(head) + place - start, i, spot) for place, i, spot in inside)
            yield Chunk((*head, *flat[start:end]), moved)


def _head(line: Line, pieces: Pieces) -> list[int]:
    """Return the pieces of what stands over a chunk."""
    found = [START, *_cut(" ".join(_SPAN.findall(line.title)), pieces)[:_TITLE], APART]
    for text in line.over[-3:]:
        found += [*_cut(text, pieces)[:_OVER], APART]
    before = line.caption if line.columns is not None else line.lead if line.lead != line.before else ""
    if before:
        found += [*_cut(before, pieces)[-_BEFORE:], APART]
    if line.before and line.columns is None:
        found += [*_cut(line.before, pieces)[-_BEFORE:], APART]
    return found


def _body(line: Line, pieces: Pieces) -> _Body:
    body = _Body([], [])
    if line.columns is None:
        _add(body, line.text, [(s.start, s.end, i) for i, s in enumerate(line.spots)], pieces)
        return body
    for text in (*line.parents[-2:], line.label, line.unit):
        body.pieces += _cut(text, pieces)[:_OVER]
    last = None
    for spot in line.spots:
        column = line.columns[spot.column or 0]
        if spot.column != last:
            body.pieces += _cut(" | " + " > ".join(column.heads) + " :", pieces)[: _OVER + 2]
            inside = [(s.start, s.end, j) for j, s in enumerate(line.spots) if s.column == spot.column]
            _add(body, column.text, inside, pieces)
            last = spot.column
    return body


def _add(body: _Body, text: str, spots: Sequence[tuple[int, int, int]], pieces: Pieces) -> None:
    """Add a text; every spot becomes one piece, a denial keeps its words before it."""
    place = 0
    for start, end, spot in spots:
        body.pieces += _cut(text[place : max(place, start)], pieces)
        if not text[start : start + 1].isdigit():
            body.pieces += _cut(text[start:end], pieces)
        body.spots.append((len(body.pieces), spot))
        body.pieces.append(NUMBER)
        place = max(place, end)
    body.pieces += _cut(text[place:], pieces)


def words_of(line: Line) -> Iterator[tuple[str, bool]]:
    """Yield every word around a line, and whether it hangs on the one before."""
    texts = [
        line.text,
        line.title,
        line.lead,
        line.before,
        line.label,
        line.unit,
        line.caption,
        *line.over,
        *line.parents,
    ]
    for column in (line.columns or {}).values():
        texts += [column.text, *column.heads]
    for text in texts:
        last = -1
        for match in _TOKEN.finditer(text):
            yield match[0], match.start() == last
            last = match.end()


def _cut(text: str, pieces: Pieces) -> list[int]:
    found: list[int] = []
    last = -1
    for match in _TOKEN.finditer(text):
        found += pieces.of_word(match[0], glued=match.start() == last)
        last = match.end()
    return found
