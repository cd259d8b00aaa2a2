"""Ruled lines on a page's picture: found though faint, torn or leaning, and told from the feet of blurred text.

Belongs here: pictures in, lines in pixels out, as pure functions on arrays.
Stays out: making the picture ready (`picture`), the grid that lines make (`common.ruled_tables`).
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from parsers.readers.pdf.frame import Rule

Picture = npt.NDArray[np.uint8]

# Chosen by hand; what they do is held by tests/readers. Shades from 0 (black) to 255.
_RULE_INCHES = 0.4  # shorter is a stroke of a letter
_PIECE_INCHES = 0.22  # of a torn rule
_LEVEL_GAP_INCHES = 0.8
_UPRIGHT_GAP_INCHES = 0.3  # less: rows of text stand close
_DRIFT_INCHES = 0.025
_FAINT_INK = 205
_BESIDE = 4  # pixels on both sides
_CLEAR = 0.25  # of them ink at most, or it is the foot of letters
_MAX_THICKNESS_INCHES = 0.04
_FEWEST_TO_LEAN = 4
_LEAST_LEAN = 0.008  # of the length
_MOST_LEAN = 0.06  # 3.4 degrees
_STRAIGHT = 4.0  # pixels off a straight line


def ruled(grey: Picture, dpi: float) -> tuple[tuple[Rule, ...], npt.NDArray[np.bool_]]:
    """Return the long level and upright lines of a page, in pixels, and the mask of their ink.

    Thin lines of a turned page are faint and torn: ink is taken generously, thickened across, and pieces in one line
    are joined over small gaps before the short ones are dropped. What has ink all along one side is the foot of a
    blurred line of text.
    """
    ink = (grey < _FAINT_INK).astype(np.uint8)
    rules: list[Rule] = []
    mask = np.zeros(grey.shape, np.uint8)
    for level in (True, False):
        long = [rule for rule in _joined(_strokes(ink, level, dpi), level, dpi) if _length(rule) >= _RULE_INCHES * dpi]
        found = [rule for rule in long if _stands_clear(rule, ink, level)]
        rules += found
        for rule in found:
            mask[int(rule.top) : int(rule.bottom) + 1, int(rule.x0) : int(rule.x1) + 1] = 1
    return tuple(rules), mask > 0


def lean(rules: tuple[Rule, ...]) -> float:
    """Return by how many pixels a row the sides of a table move to the right; 0.0 where they stand upright.

    In a photograph level lines may be level and the page lean all the same. Both ends of a table's level lines have to
    tell the same.
    """
    level = [rule for rule in rules if rule.x1 - rule.x0 > rule.bottom - rule.top]
    if len(level) < _FEWEST_TO_LEAN or len(level) < len(rules):
        return 0.0
    rows = np.array([rule.top for rule in level])
    slopes = []
    for ends in (np.array([rule.x0 for rule in level]), np.array([rule.x1 for rule in level])):
        slope, start = np.polyfit(rows, ends, 1)
        if np.abs(ends - slope * rows - start).max() > _STRAIGHT:
            return 0.0
        slopes.append(float(slope))
    leaning = sum(slopes) / 2
    return leaning if _LEAST_LEAN <= abs(leaning) <= _MOST_LEAN else 0.0


def _stands_clear(rule: Rule, ink: Picture, level: bool) -> bool:
    """Return whether a line has little ink right along either side."""
    across, x0, x1, top, bottom = ink, *(int(v) for v in (rule.x0, rule.x1, rule.top, rule.bottom))
    if not level:
        across, x0, x1, top, bottom = ink.T, top, bottom, x0, x1
    sides = (across[max(top - _BESIDE, 0) : max(top - 1, 0), x0:x1], across[bottom + 1 : bottom + _BESIDE, x0:x1])
    return all(float(side.mean()) <= _CLEAR for side in sides if side.size)


def _strokes(ink: Picture, level: bool, dpi: float) -> list[Rule]:
    """Return the pieces of straight lines in one direction."""
    long, thick = int(_PIECE_INCHES * dpi), max(int(_MAX_THICKNESS_INCHES * dpi), 4)
    across = np.ones((3, 1) if level else (1, 3), np.uint8)
    along = np.ones((1, long) if level else (long, 1), np.uint8)
    lines = cv2.morphologyEx(cv2.dilate(ink, across), cv2.MORPH_OPEN, along)
    _count, _labels, stats, _centres = cv2.connectedComponentsWithStats(lines, connectivity=8)
    boxes = [(int(x), int(y), int(w), int(h)) for x, y, w, h, _area in stats[1:]]
    return [Rule(x, y, x + w, y + h) for x, y, w, h in boxes if (h if level else w) <= thick + 2]


def _joined(rules: list[Rule], level: bool, dpi: float) -> list[Rule]:
    """Return lines with the pieces that follow one another on one height (or side) joined."""
    gap = (_LEVEL_GAP_INCHES if level else _UPRIGHT_GAP_INCHES) * dpi
    drift = _DRIFT_INCHES * dpi
    joined: list[Rule] = []
    for rule in sorted(rules, key=lambda r: r.x0 if level else r.top):
        for place, before in enumerate(joined):
            apart = rule.x0 - before.x1 if level else rule.top - before.bottom
            aside = abs(_middle(rule, level) - _middle(before, level))
            if apart <= gap and aside <= drift:
                joined[place] = _hull(before, rule)
                break
        else:
            joined.append(rule)
    return joined


def _middle(rule: Rule, level: bool) -> float:
    """Return the height of a level line, or the side of an upright one."""
    return (rule.top + rule.bottom) / 2 if level else (rule.x0 + rule.x1) / 2


def _hull(one: Rule, other: Rule) -> Rule:
    """Return the box around two lines."""
    return Rule(min(one.x0, other.x0), min(one.top, other.top), max(one.x1, other.x1), max(one.bottom, other.bottom))


def _length(rule: Rule) -> float:
    """Return the length of a line."""
    return max(rule.x1 - rule.x0, rule.bottom - rule.top)
