"""The type area of a page, and what it says of a line: full, set in, centred, set apart.

Belongs here: measuring the edges that lines keep to, and judging one line against them; points throughout.
Stays out: what follows for paragraphs (`flow`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from parsers.readers.common.printed import PrintedLine

INDENT = 8.0
"""From how far inside the left edge a line counts as set in."""

# Chosen by hand; what they do is held by tests/readers. Points, unless said.
_SLACK = 3.0
_CENTRE_SLACK = 9.0  # off the middle at most
_CENTRE_INSET = 20.0  # off both margins at least
_SPREAD = 1.3  # line pitches: a line farther below is set apart
_FEW_LINES = 10
_COMMON = 0.08  # of the lines must begin at a margin
_NEAR_EDGE = 30.0
_FLUSH = 1.5  # of the margin: a line that is full
_MOSTLY = 0.8  # of the lines full: the text is justified
_OFTEN = 3  # times a distance must be printed to be the usual one


@dataclass(frozen=True)
class Measure:
    """The type area of a page: left and right edge of the text, and the usual distance of lines, in points.

    `justified` tells that full lines end right at the edge, so that one that does not ends its paragraph. `indent` is
    where first lines of paragraphs begin, 0.0 without such a custom; `hanging` tells that all but first lines are set
    in.
    """

    left: float
    right: float
    pitch: float
    justified: bool = False
    indent: float = 0.0
    hanging: bool = False


def measured(lines: Sequence[PrintedLine]) -> Measure:
    """Return the type area that lines keep to."""
    if not lines:
        return Measure(0.0, 0.0, 0.0)
    ends = sorted(line.x1 for line in lines)
    right = ends[int(0.9 * (len(ends) - 1))] if len(ends) > _FEW_LINES else ends[-1]
    lefts = Counter(round(line.x0 / 2) for line in lines)
    left = 2.0 * min(x for x, times in lefts.items() if times >= min(max(1, _COMMON * len(lines)), max(lefts.values())))
    pitches = sorted(below.top - above.top for above, below in pairwise(lines) if below.top > above.top)
    near = [end for end in ends if abs(end - right) < _NEAR_EDGE]
    flush = sum(abs(end - right) < _FLUSH for end in near)
    justified = len(near) >= _FEW_LINES and flush >= _MOSTLY * len(near)
    plain = Measure(left, right, pitches[len(pitches) // 4] if pitches else 0.0, justified)
    return replace(plain, indent=_indent(lines, plain), hanging=_is_hanging(lines, plain))


def _indent(lines: Sequence[PrintedLine], measure: Measure) -> float:
    """Return where most of the lines that are set in begin, 0.0 where they have no common place."""
    places = Counter(round(line.x0) for line in lines if is_set_in(line, measure))
    place, times = max(places.items(), key=lambda item: item[1], default=(0, 0))
    return float(place) if times >= _OFTEN else 0.0


def _is_hanging(lines: Sequence[PrintedLine], measure: Measure) -> bool:
    """Return whether full flush lines are followed by lines set in more often than the other way round."""
    full = [(a, b) for a, b in pairwise(lines) if is_full(a, b, measure) and not is_apart(a, b, measure)]
    hanging = sum(is_set_in(b, measure) and not is_set_in(a, measure) for a, b in full)
    indented = sum(is_set_in(a, measure) and not is_set_in(b, measure) for a, b in full)
    return hanging >= _OFTEN and hanging > 2 * indented


def is_centred(line: PrintedLine, measure: Measure) -> bool:
    """Return whether a line stands in the middle, away from both edges, and not where paragraphs begin."""
    if abs(line.x0 - measure.indent) < _FLUSH and not line.set_apart:
        return False
    middle = abs((line.x0 + line.x1) - (measure.left + measure.right)) / 2
    return middle < _CENTRE_SLACK and line.x0 > measure.left + _CENTRE_INSET and line.x1 < measure.right - _CENTRE_INSET


def goes_on_centred(last: PrintedLine, line: PrintedLine, measure: Measure) -> bool:
    """Return whether a centred line goes on from one that is centred as well, though it may fill the width."""
    inset = min(last.x0 - measure.left, measure.right - last.x1)
    skew = abs((last.x0 + last.x1) - (measure.left + measure.right)) / 2
    alike = last.set_apart == line.set_apart and skew < _CENTRE_SLACK and inset > _SLACK
    return alike and not _has_room(last.x1 - last.x0, line, measure) and not is_apart(last, line, measure)


def is_full(last: PrintedLine, line: PrintedLine, measure: Measure) -> bool:
    """Return whether the first word of `line` would not have fitted behind `last`."""
    if measure.justified and last.x1 < measure.right - _SLACK:
        return False
    return not _has_room(last.x1 - measure.left, line, measure)


def _has_room(taken: float, line: PrintedLine, measure: Measure) -> bool:
    """Return whether a line that takes this width has room for the first word of the next."""
    box = line.tokens[0].box
    blank = 0.22 * line.height
    return taken + blank + (box.x1 - box.x0) <= measure.right - measure.left - _SLACK


def is_apart(last: PrintedLine, line: PrintedLine, measure: Measure) -> bool:
    """Return whether more than the usual distance lies between two lines."""
    return measure.pitch > 0 and line.bottom - last.bottom > _SPREAD * measure.pitch + 1.0


def is_set_in(line: PrintedLine, measure: Measure) -> bool:
    """Return whether a line is set in from the type area."""
    return line.x0 > measure.left + INDENT
