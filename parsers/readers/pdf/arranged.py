"""Characters of a page put in the order in which a person reads them, whatever order the file draws them in.

Belongs here: whether the order of the file will do; rows by baseline, with what is raised, turned or leaning.
Stays out: taking characters from pdfium (`glyphs`), the words of a row (`row_words`), lines and columns
(`common.layout`).

A file that draws the letters of a second font behind those of the first, fills in a form, or prints a heading twice to
make it bold hands its characters out in an order that nobody sees.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np

from parsers.readers.pdf.frame import Rows
from parsers.readers.pdf.glyphs import Glyphs, Numbers
from parsers.readers.pdf.row_words import Row, Upright, hull, sign, words_of

# Chosen by hand; what they do is held by tests/readers. Shares of the letters' size, unless said.
_BACK = 0.5  # points that a character may go back (kerning) and stay in its row
_STEEP = 2.5  # points up or down
_CLOSE = 0.25  # of a character's width
_NEIGHBOURS = 6  # rows that are compared with one
_ONE_LEVEL = 0.6  # of the lower row shared: one level
_BESIDE = 1.0
_LEVEL = 0.25
_SMALL = 0.85
_RAISED_UP_TO = 0.65
_LOWERED_UP_TO = 0.3
_USUAL_HIGH = 90  # percentile of the heights
_FAR = 4  # places


def is_out_of_order(firsts: Rows, lasts: Rows, heads: Numbers) -> bool:
    """Return whether the words of a page, row by row as the file has them, do not stand as they are read.

    `firsts` and `lasts` are the upright boxes of their first and last characters, `heads` the numbers of the words
    that begin rows. Words run backwards, upwards or over one another, or a row lies within another.
    """
    forward = lasts[:, 0] - firsts[:, 0]
    rise = np.abs(lasts[:, 3] - firsts[:, 3])
    if np.any((forward < -_BACK) | (rise > np.maximum(forward, _STEEP))):
        return True
    back = lasts[:-1, 2] - firsts[1:, 0]
    within = np.ones(len(firsts), dtype=bool)
    within[heads] = False
    if np.any((back > _CLOSE * (firsts[1:, 3] - firsts[1:, 1])) & within[1:]):
        return True
    hulls = [
        np.minimum.reduceat(firsts[:, 0], heads),
        np.minimum.reduceat(np.minimum(firsts[:, 1], lasts[:, 1]), heads),
        np.maximum.reduceat(lasts[:, 2], heads),
        np.maximum.reduceat(np.maximum(firsts[:, 3], lasts[:, 3]), heads),
    ]
    return _rows_meet(*hulls)


def _rows_meet(left: Rows, top: Rows, right: Rows, bottom: Rows) -> bool:
    """Return whether two rows of one height lie within or right beside one another."""
    order = np.argsort(top + bottom, kind="stable")
    left, top, right, bottom = left[order], top[order], right[order], bottom[order]
    for step in range(1, min(_NEIGHBOURS, len(order))):
        shared = np.minimum(bottom[step:], bottom[:-step]) - np.maximum(top[step:], top[:-step])
        level = shared > _ONE_LEVEL * np.minimum((bottom - top)[step:], (bottom - top)[:-step])
        beside = np.maximum(left[step:], left[:-step]) - np.minimum(right[step:], right[:-step])
        if np.any(level & (beside < _BESIDE)):
            return True
    return False


def main_turn(glyphs: Glyphs, usual: int) -> int:
    """Return by how many quarters, clockwise, a page has to be turned for most of its characters to stand upright."""
    told = glyphs.quarters[glyphs.quarters >= 0]
    return int(np.bincount(told, minlength=4).argmax()) if len(told) else usual


def arranged(glyphs: Glyphs, corners: Sequence[Rows], turn: int) -> list[Row]:
    """Return the rows of a page from top to bottom, those that stand or lean against the page last.

    `corners[q]` are the boxes of all characters, then their origins as boxes without size, as (x0, top, x1, bottom)
    rows of the page turned by q quarters.
    """
    rows = list(_rows(glyphs, _set_up(glyphs, corners, turn), corners[turn]))
    for other in sorted({0, 1, 2, 3} - {turn}):
        rows += _rows(glyphs, _set_up(glyphs, corners, other), corners[turn])
    leaning = np.flatnonzero(glyphs.quarters < 0)
    return [*rows, *_as_drawn(glyphs, leaning, corners[turn])]


def _set_up(glyphs: Glyphs, corners: Sequence[Rows], turn: int) -> Upright:
    """Return the characters that stand upright on the page turned so."""
    chosen = np.flatnonzero(glyphs.quarters == turn)
    boxes, origins = np.split(corners[turn], 2)
    return Upright(chosen, boxes[chosen, 0], boxes[chosen, 2], origins[chosen, 1], glyphs.sizes[chosen])


def _rows(glyphs: Glyphs, upright: Upright, page: Rows) -> Iterator[Row]:
    """Yield the rows of characters of one direction, their corners as they lie on the page."""
    if not len(upright.chosen):
        return
    heights = _heights(upright, page) if _is_level(upright, page) else None
    for members in _levels(upright):
        row = words_of(glyphs, upright, members, page, heights)
        if row.words:
            yield row


def _is_level(upright: Upright, page: Rows) -> bool:
    """Return whether characters of a direction stand upright on the page itself."""
    return bool(np.allclose(page[upright.chosen, 0], upright.left))


def _heights(upright: Upright, page: Rows) -> dict[float, tuple[float, float]]:
    """Return how far type of each size usually reaches above and below its baseline."""
    up = upright.base - page[upright.chosen, 1]
    down = page[upright.chosen, 3] - upright.base
    rounded = np.round(upright.size, 1)
    return {
        float(size): (
            float(np.percentile(up[rounded == size], _USUAL_HIGH)),
            float(np.percentile(down[rounded == size], _USUAL_HIGH)),
        )
        for size in np.unique(rounded)
    }


def _levels(upright: Upright) -> list[Numbers]:
    """Return characters level by level, each from left to right; what is raised or lowered goes with its row."""
    order = np.lexsort((upright.left, upright.base))
    base, size = upright.base[order], upright.size[order]
    apart = np.diff(base) > _LEVEL * np.minimum(size[1:], size[:-1])
    return _with_raised(np.split(order, np.flatnonzero(apart) + 1), upright)


def _with_raised(levels: list[Numbers], upright: Upright) -> list[Numbers]:
    """Return levels with those of small type close above or below a larger row put into it."""
    kept = dict(enumerate(levels))
    sizes = [float(np.median(upright.size[level])) for level in levels]
    for place, level in enumerate(levels):
        for other in (place + 1, place - 1):
            if other in kept and _belongs(level, levels[other], upright, sizes[place], sizes[other]):
                kept[other] = np.concatenate([kept[other], level])
                del kept[place]
                break
    return list(kept.values())


def _belongs(level: Numbers, row: Numbers, upright: Upright, size: float, usual: float) -> bool:
    """Return whether small type is raised or lowered in a row: beside its letters and not far from its baseline."""
    if size > _SMALL * usual:
        return False
    rise = (np.median(upright.base[row]) - np.median(upright.base[level])) / usual
    if not -_LOWERED_UP_TO < rise < _RAISED_UP_TO:
        return False
    return bool(
        upright.left[level].min() > upright.left[row].min()
        and upright.right[level].max() < upright.right[row].max() + usual
    )


def _as_drawn(glyphs: Glyphs, leaning: Numbers, page: Rows) -> Iterator[Row]:
    """Yield characters that lean, as a mark across the page does: runs in the order of the file, each a row."""
    if not len(leaning):
        return
    for run in np.split(leaning, np.flatnonzero(np.diff(leaning) > _FAR) + 1):
        row = Row()
        for blank, part in groupby(run.tolist(), lambda p: int(glyphs.codes[p]) == ord(" ")):
            if blank:
                continue
            members = list(part)
            row.words.append(unicodedata.normalize("NFC", "".join(sign(int(glyphs.codes[p])) for p in members)))
            row.starts.append(int(glyphs.places[members[0]]))
            row.ends.append(int(glyphs.places[members[-1]]))
            row.corners.append(hull(page[members].tolist()))
        if row.words:
            yield row
