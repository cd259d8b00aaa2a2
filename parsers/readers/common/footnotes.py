"""Notes at the foot of a page: taken out of the flow, so that they cut no sentence in two.

Belongs here: finding them by their small print, their place below the text and their counting marks.
Stays out: the marks in the text (`readers.pdf.text`). Recognised pages are left as they are: sizes there are guesses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from parsers.readers.common.draft import Draft
from parsers.readers.common.printed import PrintedLine, PrintedPage, line_of, running_text

# Chosen by hand; what they do is held by tests/readers.
_SMALL = 0.92  # of the usual height: notes are set one size smaller at least
_FEWEST_ABOVE = 3  # lines of text over a note; fewer are no page of text
_GAP = 0.3  # of a note's height: the least distance from the text above
_MARK = re.compile(r"\(?\[?(\d{1,2})[\])]?(?=$|[^\W\d]|[\"“(])")


def without_footnotes(pages: Sequence[PrintedPage]) -> tuple[Draft, ...]:
    """Take footnotes out of the lines of pages; return each as a draft."""
    heights = [line.height for page in pages if page.source == "digital" for line in page.lines]
    if not heights:
        return ()
    usual = median(heights)
    drafts: list[Draft] = []
    for page in pages:
        notes = _notes(page, usual, len(drafts)) if page.source == "digital" else []
        taken = {id(line) for note in notes for line in note}
        page.lines = [line for line in page.lines if id(line) not in taken] if taken else page.lines
        for note in notes:
            text, words = running_text([line for line in (_unmarked(note[0]), *note[1:]) if line], page.page.number)
            drafts.append(Draft(text=text, words=words, page=page.page.number, footnote=True))
    return tuple(drafts)


def _notes(page: PrintedPage, usual: float, before: int) -> list[list[PrintedLine]]:
    """Return the notes at the foot of a page, each as its lines; `before` counts those of the pages before.

    The small print has to stand below text of the usual size, set off from it, and its marks have to count on from the
    last page or from 1.
    """
    lines = sorted(page.lines, key=lambda line: line.top)
    foot = len(lines)
    while foot and lines[foot - 1].height < _SMALL * usual:
        foot -= 1
    small, above = lines[foot:], lines[:foot]
    if not small or len(above) < _FEWEST_ABOVE or small[0].top - above[-1].bottom < _GAP * small[0].height:
        return []
    for number in (before + 1, 1):
        if _mark(small[0]) == number:
            return _split(small, number)
    return []


def _split(lines: list[PrintedLine], number: int) -> list[list[PrintedLine]]:
    """Return lines as notes that begin at marks counting from `number`."""
    notes: list[list[PrintedLine]] = []
    for line in lines:
        if _mark(line) == number:
            notes.append([line])
            number += 1
        else:
            notes[-1].append(line)
    return notes


def _mark(line: PrintedLine) -> int | None:
    """Return the number with which a line begins as a note does, None where it does not."""
    found = _MARK.match(line.tokens[0].text)
    return int(found[1]) if found else None


def _unmarked(line: PrintedLine) -> PrintedLine | None:
    """Return the first line of a note without its mark, None where nothing else stands on it."""
    first = line.tokens[0]
    rest = _MARK.sub("", first.text, count=1)
    tokens = ([first._replace(text=rest)] if rest else []) + line.tokens[1:]
    return line_of(tokens, line.set_apart) if tokens else None
