"""Further looks at numbers: what one look has not made sure, or what does not fit its place on paper.

Belongs here: looking again at a line or a table cell, enlarged and in part, and settling what several looks say.
Stays out: the page as a whole (`ocr`), how far looks are believed (`doubt`), widths and strokes (`width`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import cv2
import numpy as np

from parsers.document import Box
from parsers.readers.common.printed import PrintedLine, Token, line_of, mean_confidence
from parsers.readers.ocr.doubt import (
    DOUBTED,
    VOTED,
    figures,
    has_digit,
    is_bare_numeral,
    is_strange,
    mended,
    vote,
)
from parsers.readers.ocr.engine import BLOCK, CHARACTER, POINTS, WORD, words
from parsers.readers.ocr.picture import PAPER, has_ink, trimmed
from parsers.readers.ocr.ruled_lines import Picture
from parsers.readers.ocr.second import second_available, second_text
from parsers.readers.ocr.width import fits, strokes

POOR = 0.75
"""Mean confidence of words under which what stands among them is not trusted; for a page, and for a line."""

# Chosen by hand; what they do is held by tests/readers.
SURE = 0.9  # confidence; see parsers.judge.verdict
CLOSER_LOOKS = (2.0, 1.5)  # times larger
_WORD_LOOK = 1.5
_INSET = 2
_MARGIN = 20  # pixels of paper around a part
_SMALLEST = 4  # pixels
_MOST_STROKES = 3  # upright strokes that are counted; more are no number of one digit
_PIECE = 0.7  # of a number's width: less was read of a part only
_LOST_COMMA, _NO_GAP = 1.1, 0.3
"""How many digits' width apart two pieces of one number may be, without and with a comma before the gap."""

_HEAD_OF_NUMBER = re.compile(r"\(?\d[\d., ]*")
_REST_OF_NUMBER = re.compile(r"[.,]?\d")
_LIST_NUMBER = re.compile(r"(?:\d{1,2}\.)*\d{1,2}[.):/]?")
_YEAR = re.compile(r"\(?(?:19|20)\d\d[.,;:)]*")


class Sheet(NamedTuple):
    """What is looked at: a picture, its resolution, and the width of a digit in points (0.0 for unknown)."""

    picture: Picture
    dpi: float
    digit: float = 0.0


def checked(line: PrintedLine, sheet: Sheet) -> PrintedLine:
    """Return a line after further looks at its doubtful numbers.

    Where the words around them read poorly, numbers are not looked at but trusted little.
    """
    if mean_confidence([line]) < POOR:
        return line_of([capped(token, VOTED) for token in line.tokens])
    line = line_of(_whole([_counted(token, sheet) for token in line.tokens], sheet.digit))
    if not any(_needs_look(token, sheet.digit) for token in line.tokens):
        return line
    box = scaled(Box(line.x0 - 4, line.top - 2, line.x1 + 4, line.bottom + 2), sheet.dpi / POINTS)
    looks = [[t for other in part(sheet, box, enlarged) for t in other.tokens] for enlarged in CLOSER_LOOKS]
    return line_of([_settled(t, looks, sheet) if _needs_look(t, sheet.digit) else t for t in line.tokens])


def cell_lines(box: Box, first: list[PrintedLine], sheet: Sheet) -> list[PrintedLine]:
    """Return the lines of a table cell, given in pixels, after further looks at numbers and doubtful text."""
    odd = partial(_is_odd_cell, first=first, digit=sheet.digit)
    if first and mean_confidence(first) >= SURE and not has_digit(text_of(first)):
        return first
    looks = [first, first_look(box, sheet, CLOSER_LOOKS[0])]
    texts = [text_of(look) for look in looks]
    if figures(texts[0]) != figures(texts[1]) or any(map(odd, texts)):
        looks.append(first_look(box, sheet, CLOSER_LOOKS[1]))
    looks = [look for look in looks if look]
    if not looks:
        return []
    chosen, most = vote([(text_of(look), mean_confidence(look)) for look in looks], odd)
    return [line_of([capped(token, most) for token in line.tokens]) for line in looks[chosen]]


def agreed(line: PrintedLine, sheet: Sheet) -> PrintedLine:
    """Return a line whose numbers are sure only where a recogniser of another kind reads the same.

    Numbers that are not sure anyhow, numbers of a list and years are not asked for.
    """
    if not second_available():
        return line
    tokens = [
        _confirmed(token, sheet) if _matters(token, first=place == 0) else token
        for place, token in enumerate(line.tokens)
    ]
    return line_of(tokens, line.set_apart)


def first_look(box: Box, sheet: Sheet, enlarged: float = 1.0) -> list[PrintedLine]:
    """Return what one look reads in a table cell, given in pixels."""
    inner = Box(box.x0 + _INSET, box.top + _INSET, box.x1 - _INSET, box.bottom - _INSET)
    return part(sheet, inner, enlarged)


def capped(token: Token, most: float) -> Token:
    """Return a word, trusted no further than `most` where it holds a number."""
    if not figures(token.text):
        return token
    return _whole_numerals(token.text, token, min(token.confidence, most))


def part(sheet: Sheet, box: Box, enlarged: float) -> list[PrintedLine]:
    """Return the lines of a part of a page, given in pixels, cut out to its ink and set on white paper.

    The engine loses short numbers close to an edge, and takes a lone digit in a block for a blot: such a one is asked
    for as a word.
    """
    left, top = max(int(box.x0), 0), max(int(box.top), 0)
    found = sheet.picture[top : max(int(box.bottom), 0), left : max(int(box.x1), 0)]
    if min(found.shape, default=0) < _SMALLEST or not has_ink(found):
        return []
    inked, more_left, more_top = trimmed(found)
    large = cv2.resize(inked, None, fx=enlarged, fy=enlarged, interpolation=cv2.INTER_CUBIC)
    framed = np.pad(np.asarray(large, dtype=np.uint8), _MARGIN, constant_values=PAPER)
    corner = ((left + more_left) * enlarged - _MARGIN, (top + more_top) * enlarged - _MARGIN)
    for mode in (BLOCK, WORD, CHARACTER):
        lines = words(framed, sheet.dpi * enlarged, mode, corner)
        if lines:
            return lines
    return []


def scaled(box: Box, factor: float) -> Box:
    """Return a box in another unit."""
    return Box(*(v * factor for v in box))


def hull(boxes: list[Box]) -> Box:
    """Return the box around boxes."""
    return Box(
        min(b.x0 for b in boxes), min(b.top for b in boxes), max(b.x1 for b in boxes), max(b.bottom for b in boxes)
    )


def text_of(lines: list[PrintedLine]) -> str:
    """Return the text of lines."""
    return " ".join(line.text for line in lines)


def _matters(token: Token, *, first: bool) -> bool:
    """Return whether a word is a sure number that may be a figure."""
    if token.confidence <= VOTED or not has_digit(token.text):
        return False
    return not (first and _LIST_NUMBER.fullmatch(token.text)) and _YEAR.fullmatch(token.text) is None


def _confirmed(token: Token, sheet: Sheet) -> Token:
    """Return a number as it is where the second recogniser reads the same at its place, else trusted less."""
    left, top, right, bottom = (v * sheet.dpi / POINTS for v in token.box)
    part = sheet.picture[max(int(top) - 1, 0) : int(bottom) + 2, max(int(left) - 1, 0) : int(right) + 2]
    read = second_text(np.ascontiguousarray(part))
    return token if read is not None and figures(read) == figures(token.text) else capped(token, VOTED)


def _whole(tokens: list[Token], digit: float) -> list[Token]:
    """Return tokens with the pieces of torn numbers as one word with a blank in it, which nobody trusts."""
    whole = tokens[:1]
    for token in tokens[1:]:
        before = whole[-1]
        if _is_torn(before, token, digit):
            hull = Box(
                before.box.x0,
                min(before.box.top, token.box.top),
                token.box.x1,
                max(before.box.bottom, token.box.bottom),
            )
            whole[-1] = Token(f"{before.text} {token.text}", hull, min(before.confidence, token.confidence, DOUBTED))
        else:
            whole.append(token)
    return whole


def _is_torn(before: Token, token: Token, digit: float) -> bool:
    """Return whether two words are pieces of one number, set apart by no more than a comma that was lost."""
    if _HEAD_OF_NUMBER.fullmatch(before.text) is None or _REST_OF_NUMBER.match(token.text) is None:
        return False
    between = _LOST_COMMA if before.text[-1].isdigit() else _NO_GAP
    return token.box.x0 - before.box.x1 < between * digit


def _needs_look(token: Token, digit: float) -> bool:
    """Return whether a word is a number that one look has not made sure."""
    return has_digit(token.text) and (token.confidence < SURE or _is_odd(token.text, token, digit))


def _is_odd(text: str, token: Token, digit: float) -> bool:
    """Return whether a text cannot be the number at the place of a token: by its shape or by its width."""
    return is_strange(text) or not fits(text, token, digit)


def _is_odd_cell(text: str, first: list[PrintedLine], digit: float) -> bool:
    """Return whether a text cannot be what a cell holds; widths are compared where the first look saw one word."""
    lone = first[0].tokens[0] if len(first) == 1 and len(first[0].tokens) == 1 else None
    return is_strange(text) or (lone is not None and not fits(text, lone, digit))


def _settled(token: Token, looks: Sequence[list[Token]], sheet: Sheet) -> Token:
    """Return a word as several looks together have it; where they do not agree the word is looked at by itself."""
    tokens = [token, *(t for look in looks for t in look if _is_same(t, token))]
    odd = partial(_is_odd, token=token, digit=sheet.digit)
    chosen, most = vote([(t.text, t.confidence) for t in tokens], odd)
    if most <= DOUBTED:
        tokens += _alone(token, sheet)
        chosen, most = vote([(t.text, t.confidence) for t in tokens], odd)
    return _whole_numerals(tokens[chosen].text, token, min(tokens[chosen].confidence, most))


def _whole_numerals(text: str, token: Token, confidence: float) -> Token:
    """Return a text at the place of a token, its Roman numerals whole."""
    whole = mended(text)
    return Token(whole, token.box, confidence, token.read or (text if whole != text else ""))


def _is_same(other: Token, token: Token) -> bool:
    """Return whether a word of another look is the one at the place of a token, and no piece of it."""
    middle = (token.box.x0 + token.box.x1) / 2
    whole = _PIECE * (token.box.x1 - token.box.x0)
    return other.box.x0 <= middle <= other.box.x1 and other.box.x1 - other.box.x0 >= whole


def _alone(token: Token, sheet: Sheet) -> list[Token]:
    """Return what a word is when nothing stands beside it, nothing where that is not sure."""
    left, top, right, bottom = token.box
    box = scaled(Box(left - 1, top - 1, right + 1, bottom + 1), sheet.dpi / POINTS)
    found = [t for line in part(sheet, box, _WORD_LOOK) for t in line.tokens]
    return found if len(found) == 1 and found[0].confidence >= SURE else []


def _counted(token: Token, sheet: Sheet) -> Token:
    """Return a bare Roman numeral made of strokes with as many as there are on paper: "II" over three is III."""
    if not is_bare_numeral(token.text):
        return token
    left, top, right, bottom = (round(v * sheet.dpi / POINTS) for v in token.box)
    printed = token.text.rstrip(".,;:)")
    count = strokes(sheet.picture[max(top, 0) : bottom, max(left, 0) : right])
    if count == len(printed) or not 1 <= count <= _MOST_STROKES:
        return token
    return Token("I" * count + token.text[len(printed) :], token.box, min(token.confidence, VOTED), token.text)
