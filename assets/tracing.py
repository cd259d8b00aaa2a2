"""Whether a figure can be traced: its characters stand where it says, in the sentence it cites.

Belongs here: the check before a load, as a pure function. Stays out: whether the value is right (`validation`).
"""

from __future__ import annotations

from cchc.text import squeeze
from parsers.document import Document, Place
from parsers.reading import Printing, Reading

PLUS = " + "
"""What stands between the parts in the quotation of a sum (`parsers.figures`)."""

REACH = 12
"""Blocks from the first part of a sum within which its other parts stand."""


def untraceable(document: Document, reading: Reading) -> tuple[str, ...]:
    """Return the codes of figures whose provenance does not hold, in order, each once."""
    return tuple(dict.fromkeys(p.figure for p in reading.printings if not _traces(document, p)))


def _traces(document: Document, printing: Printing) -> bool:
    """Return whether a printing's characters are those it quotes, inside the sentence it cites."""
    place, sentence = printing.place, printing.sentence_place
    try:
        printed, cited = document.text_at(place), document.text_at(sentence)
    except (IndexError, StopIteration):
        return False
    # A cell is cited with the words of its row, so its sentence need not be a stretch of one text.
    quoted = squeeze(printing.sentence)
    inside = squeeze(cited) in quoted or quoted in squeeze(cited)
    first, *others = _parts(printing)
    near = quoted if not others else f"{quoted} {_text_after(document, place)}"
    return bool(first) and first == squeeze(printed) and inside and all(part in near for part in others)


def _text_after(document: Document, place: Place) -> str:
    """Return the text of a place's block and of the few after it, where the other parts of a sum may stand."""
    blocks = document.blocks[place.block : place.block + REACH]
    return squeeze(" ".join(text for block in blocks for text in (block.text, *(cell.text for cell in block.cells))))


def _parts(printing: Printing) -> list[str]:
    """Return what stands printed, part by part: a sum quotes its parts and its place is that of the first."""
    raw = printing.raw.split(PLUS) if printing.components else [printing.raw]
    return [squeeze(part) for part in raw]
