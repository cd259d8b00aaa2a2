"""Numbers whose surroundings were read badly: right digits mean nothing beside a label that is torn.

Belongs here: pure functions from recognised lines to lines whose numbers are trusted no further than the words that say
what they are. Stays out: looking again (`recheck`), what a number means (`parsers.figures`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.document import Box
from parsers.readers.common.printed import PrintedLine, Token, line_of, mean_confidence
from parsers.readers.ocr.doubt import VOTED, figures, has_digit
from parsers.syllables import is_syllable

POOR = 0.75
"""Mean confidence of words under which what stands among them is not trusted; for a page, a line, a label."""

# Chosen by hand; what they do is held by tests/readers.
_BEFORE, _AFTER = 5, 3  # words before a number and behind it
_MOST_GARBLED = 0.34  # of them, more than one in three
_FEWEST_WORDS = 3
_LETTERS = re.compile(r"[^\W\d_]+")
_EDGES = ".,;:()[]\"'“”‘’-–/%"
_NEXT = 1.8
"""How many heights below a line the next one of its paragraph stands at most."""


def is_poor(tokens: Sequence[Token]) -> bool:
    """Return whether words were read with little certainty, or are no Vietnamese words."""
    words = [t for t in tokens if _is_word(t.text)]
    if not words:
        return False
    if mean_confidence([line_of(list(words))]) < POOR:
        return True
    garbled = sum(not is_syllable(t.text.strip(_EDGES)) for t in words)
    return len(words) >= _FEWEST_WORDS and garbled > _MOST_GARBLED * len(words)


def doubted_lines(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Return lines of running text with numbers trusted little where the words around them read poorly.

    A sentence goes over line ends: the lines right above and below count for what stands at the ends.
    """
    poor = [is_poor(line.tokens) for line in lines]
    result = []
    for number, line in enumerate(lines):
        near = [n for n in (number - 1, number + 1) if 0 <= n < len(lines) and _follows(lines[n], line)]
        beside = poor[number] or any(poor[n] for n in near)
        result.append(_doubted(line, everywhere=beside))
    return result


def doubted_cells(cells: Sequence[tuple[Box, list[PrintedLine]]]) -> list[tuple[Box, list[PrintedLine]]]:
    """Return the cells of a table with numbers trusted little whose row or column is labelled by poorly read words."""
    poor = [box for box, lines in cells if is_poor([t for line in lines for t in line.tokens])]
    return [
        (box, [_capped(line) for line in lines] if any(_labels(label, box) for label in poor) else lines)
        for box, lines in cells
    ]


def _doubted(line: PrintedLine, *, everywhere: bool) -> PrintedLine:
    """Return a line with its numbers capped, all of them or those amid poorly read words."""
    if everywhere:
        return _capped(line)
    tokens = [
        _cap(token) if has_digit(token.text) and is_poor(_around(line.tokens, place)) else token
        for place, token in enumerate(line.tokens)
    ]
    return line_of(tokens, line.set_apart)


def _around(tokens: Sequence[Token], place: int) -> list[Token]:
    return [*tokens[max(place - _BEFORE, 0) : place], *tokens[place + 1 : place + 1 + _AFTER]]


def _capped(line: PrintedLine) -> PrintedLine:
    return line_of([_cap(token) for token in line.tokens], line.set_apart)


def _cap(token: Token) -> Token:
    """Return a word, trusted no further than what two looks of three agree on where it holds a number."""
    return token._replace(confidence=min(token.confidence, VOTED)) if figures(token.text) else token


def _follows(one: PrintedLine, other: PrintedLine) -> bool:
    """Return whether two lines stand one right above the other in one column."""
    upper, lower = (one, other) if one.top <= other.top else (other, one)
    return lower.top - upper.top <= _NEXT * max(upper.height, 1.0) and upper.x0 < lower.x1 and lower.x0 < upper.x1


def _labels(label: Box, box: Box) -> bool:
    """Return whether a cell may label another: in its row to the left, or above it."""
    level = min(label.bottom, box.bottom) - max(label.top, box.top) > 0.5 * (box.bottom - box.top)
    upright = min(label.x1, box.x1) - max(label.x0, box.x0) > 0.5 * (box.x1 - box.x0)
    return (level and label.x0 <= box.x0) or (upright and label.top <= box.top)


def _is_word(text: str) -> bool:
    """Return whether a text is a word whose letters can be judged: no number, no abbreviation in capitals."""
    letters = "".join(_LETTERS.findall(text))
    return len(letters) > 1 and not has_digit(text) and not letters.isupper()
