"""The words of one row of characters: by gaps, whatever blanks the file has.

Belongs here: what parts words, what is printed twice or over dots or over other characters, how high a word is.
Stays out: which characters make a row (`arranged`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

import numpy as np

from parsers.readers.pdf.frame import Rows
from parsers.readers.pdf.glyphs import HYPHENS, Flags, Glyphs, Numbers

# Chosen by hand; what they do is held by tests/readers. Shares of the letters' size.
_GAP = 0.15  # between words; a blank of Times New Roman is 0.25
_SLIGHT = 0.03  # where the file has a blank
_SPREAD = 1.8  # times the usual gap, in letter-spaced words
_SAME = 0.35  # of a character's width: printed twice to look bold
_OVER = 0.5  # of its width: a mark set over it
_LEADERS = frozenset(map(ord, "._…"))
_LEADER_RUN = 4  # dots in a row


@dataclass
class Row:
    """Words of one row, left to right: texts, numbers of their first and last characters, corners upright.

    `doubtful` are the places of words in which different characters lie on one another.
    """

    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    corners: list[tuple[float, float, float, float]] = field(default_factory=list)
    doubtful: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Upright:
    """Characters of one direction, set upright: edges, baselines (downwards) and sizes, each an array."""

    chosen: Numbers
    left: Rows
    right: Rows
    base: Rows
    size: Rows


def words_of(
    glyphs: Glyphs,
    upright: Upright,
    members: Numbers,
    page: Rows,
    heights: dict[float, tuple[float, float]] | None,
) -> Row:
    """Return the words of the characters `members` of a direction, their corners as they lie on the page.

    `heights` says how far type of each size usually reaches above and below its baseline; without it every word is as
    high as its own characters.
    """
    return _Words(glyphs, upright, members, page, heights).row()


class _Words:
    """One row on its way from characters to words."""

    def __init__(
        self,
        glyphs: Glyphs,
        upright: Upright,
        members: Numbers,
        page: Rows,
        heights: dict[float, tuple[float, float]] | None,
    ) -> None:
        chosen = upright.chosen[members]
        self._codes = glyphs.codes[chosen]
        keys = upright.left[members].copy()
        by_file = np.argsort(glyphs.places[chosen], kind="stable")
        _hold_marks(keys, self._codes, by_file)
        free, self._led = _without_leaders(self._codes, upright.left[members], upright.right[members], by_file)
        order = np.argsort(keys, kind="stable")
        order = order[free[order]]
        self._order: list[int] = order.tolist()
        self._signs = list(map(sign, self._codes.tolist()))
        self._places: list[int] = glyphs.places[chosen].tolist()
        self._boxes = page[chosen].tolist()
        self._left: list[float] = upright.left[members].tolist()
        self._right: list[float] = upright.right[members].tolist()
        self._size = float(np.median(upright.size[members])) or 1.0
        self._base = float(np.median(upright.base[members]))
        self._band = (heights or {}).get(float(np.round(self._size, 1)))

    def row(self) -> Row:
        """Return the words."""
        row = Row()
        for part, doubtful in self._parts():
            if doubtful:
                row.doubtful.add(len(row.words))
            row.words.append(unicodedata.normalize("NFC", "".join([self._signs[p] for p in part])))
            row.starts.append(self._places[part[0]])
            row.ends.append(self._places[part[-1]])
            row.corners.append(self._corners(part))
        if self._band is not None:
            _fill(row.corners, self._led)
        return row

    def _corners(self, part: list[int]) -> tuple[float, float, float, float]:
        """Return where a word lies on the page: as high as type of its row usually is, where that is known."""
        x0, top, x1, bottom = hull([self._boxes[p] for p in part])
        if self._band is None:
            return x0, top, x1, bottom
        return x0, self._base - self._band[0], x1, self._base + self._band[1]

    def _parts(self) -> Iterator[tuple[list[int], bool]]:
        """Yield the characters of each word, and whether different ones lie on one another."""
        least = self._least_gap()
        part: list[int] = []
        doubtful = blank = False
        for place in self._order:
            if self._signs[place] == " ":
                blank = True
                continue
            if part:
                last = part[-1]
                gap = self._left[place] - self._right[last]
                if self._is_again(last, place):
                    continue
                if gap > least or (blank and gap > _SLIGHT * self._size):
                    yield part, doubtful
                    part, doubtful = [], False
                else:
                    doubtful = doubtful or self._lies_on(last, place)
            part.append(place)
            blank = False
        if part:
            yield part, doubtful

    def _least_gap(self) -> float:
        """Return the least gap between words; where all letters are set wide, one that stands out among them."""
        inked = [p for p in self._order if self._signs[p] != " "]
        gaps = sorted(self._left[b] - self._right[a] for a, b in pairwise(inked))
        usual = gaps[len(gaps) // 2] if gaps else 0.0
        return max(_GAP * self._size, _SPREAD * usual)

    def _is_again(self, last: int, place: int) -> bool:
        """Return whether a character is the one before it printed once more, as for bold type."""
        if self._signs[last] != self._signs[place] or unicodedata.combining(self._signs[place]):
            return False
        return abs(self._left[place] - self._left[last]) < _SAME * (self._right[last] - self._left[last])

    def _lies_on(self, last: int, place: int) -> bool:
        """Return whether two different characters are printed on one place; the letters of a ligature are not."""
        over = self._right[last] - self._left[place]
        width = min(self._right[last] - self._left[last], self._right[place] - self._left[place])
        if width <= 0 or over < _OVER * width or unicodedata.combining(self._signs[place]):
            return False
        return not (self._places[place] == self._places[last] + 1 and self._left[last] == self._left[place])


def hull(boxes: Sequence[Sequence[float]]) -> tuple[float, float, float, float]:
    """Return the rectangle around boxes."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _hold_marks(keys: Rows, codes: Numbers, by_file: Numbers) -> None:
    """Let marks that are drawn by themselves follow the letters drawn before them."""
    before: int | None = None
    for place in by_file.tolist():
        if before is not None and _is_mark(int(codes[place])):
            keys[place] = keys[before] + 1e-3
        before = place


def _without_leaders(
    codes: Numbers, left: Rows, right: Rows, by_file: Numbers
) -> tuple[Flags, list[tuple[float, float]]]:
    """Return which characters stay, and from where to where dots were taken off that lead along the row.

    Such dots go where something was written over them.
    """
    free = np.ones(len(codes), dtype=bool)
    taken: list[tuple[float, float]] = []
    runs = (list(run) for code, run in groupby(by_file.tolist(), lambda p: int(codes[p])) if code in _LEADERS)
    for run in runs:
        if len(run) < _LEADER_RUN:
            continue
        x0, x1 = float(left[run].min()), float(right[run].max())
        inside = (left < x1 - 1) & (right > x0 + 1) & ~np.isin(codes, [*_LEADERS, 32])
        if inside.any():
            free[run] = False
            taken.append((x0, x1))
    return free, taken


def _fill(corners: list[tuple[float, float, float, float]], led: Sequence[tuple[float, float]]) -> None:
    """Let what was written over dots reach from their first to their last: the row has no gap there."""
    for x0, x1 in led:
        inside = [n for n, word in enumerate(corners) if word[0] < x1 - 1 and word[2] > x0 + 1]
        if inside:
            first = corners[inside[0]]
            corners[inside[0]] = (min(first[0], x0), *first[1:])
            last = corners[inside[-1]]
            corners[inside[-1]] = (last[0], last[1], max(last[2], x1), last[3])


def _is_mark(code: int) -> bool:
    """Return whether a code is a mark that stands on the letter before it."""
    return unicodedata.combining(sign(code)) > 0


def sign(code: int) -> str:
    """Return the character of a code; a hyphen at the end of a row is one."""
    return "-" if code in HYPHENS else chr(code) if 0 < code < 0x110000 else "\ufffd"
