"""Units of the lowest level that running text names: whose number it is where a sentence sets several side by side.

Belongs here: the unit named last before a number, and whether it is the report's own, or a level above it. Stays out:
tables (`other_units`), whose report it is (`parsers.identity`).

"Phường Hương Xuân dẫn đầu với 91,4%, còn xã Phú Lương có tỷ lệ cao nhất với 99,61%" prints one number of the own unit
and one of a neighbour. Own are the names that the letterhead, a title or a heading over the text prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalogue.wordlists import either, words_for
from parsers.document import Block, Document, Place
from parsers.identity.headlines import plain
from parsers.text.spelling import level

_LATIN = 0x1EFF
"""The last letter of the block that holds the Vietnamese vowels (Latin Extended Additional)."""
_CAPITAL = "".join(filter(str.isupper, map(chr, range(_LATIN + 1))))
_NAME = rf"[{_CAPITAL}][\w'’]*(?:[ -][{_CAPITAL}][\w'’]*){{0,3}}"


def _any_kind(name: str) -> str:
    """Return the kinds that a map gives, with their marks, as the alternatives of a pattern."""
    return "|".join(sorted(map(re.escape, set(words_for(name).values())), key=len, reverse=True))


_UNIT = re.compile(rf"(?<!\w)(?i:{_any_kind('kinds_of_unit')})\s+({_NAME})")
_NOT_ITS = re.compile(rf"(?<!\w)(?:{either('unit_not_owner')})\s+$", re.IGNORECASE)
_REACH = 24
"""Characters before a unit in which such a word stands; with more blanks behind it, it stands elsewhere."""
_ABOVE = rf"(?:{either('above_opens', ' ')})\s+(?:{_any_kind('kinds_of_level')})"
_OF_ABOVE = re.compile(rf"(?<!\w){_ABOVE}(?!\w)(?!\s+(?:{either('above_gives', ' ')})(?!\w))")
_DONE_ABOVE = re.compile(rf"(?:^|[.;:]\s|,\s)(?:[^,;:.]{{0,40}},\s)?{_ABOVE}\s+(?:{either('above_does', ' ')})(?!\w)")
_OWN = re.compile(rf"(?<!\w)(?:{either('own_mentioned', ' ')})(?!\w)")
_CLAUSE_END = re.compile(r"[;:()]")
_OVER = frozenset({"letterhead", "title"})


def is_of_another_unit(document: Document, place: Place, start: int) -> bool:
    """Return whether the unit named last before a number is another than the report's; `start` opens its sentence."""
    if place.row is not None:
        return False
    before = document.text_of(place)[start : place.start]
    last = next((match for match in reversed([*_UNIT.finditer(before)]) if not _is_another_matter(before, match)), None)
    return last is not None and not _stands_in(plain(last[1]), _over(document, place.block))


def _is_another_matter(text: str, unit: re.Match[str]) -> bool:
    """Return whether the word before a unit says that what follows is not its own: "so với xã Bình Phú"."""
    return _NOT_ITS.search(text, max(0, unit.start() - _REACH), unit.start()) is not None


def is_of_the_level_above(document: Document, place: Place, start: int) -> bool:
    """Return whether the level above is what a number's clause, or the text before it, speaks of.

    "UBND quận tiếp nhận 521.408 hồ sơ. Kết quả đã giải quyết 521.213" is the district's until the own unit is named.
    """
    if place.row is not None:
        return False
    before = level(document.text_of(place)[: place.start])
    begun = max((match.end() for match in _DONE_ABOVE.finditer(before)), default=-1)
    clause = _CLAUSE_END.split(before[start:])[-1]
    within = max((match.end() for match in _OF_ABOVE.finditer(clause)), default=-1)
    at = max(begun, len(before) - len(clause) + within if within >= 0 else -1)
    return at >= 0 and _OWN.search(before, at) is None


def is_headed(document: Document, place: Place) -> bool:
    """Return whether a heading over a number names a unit, so that the text says itself whose its numbers are."""
    return any(_UNIT.search(block.text) for block in _headings(document, place.block))


def _stands_in(name: str, over: list[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for text in over)


def _over(document: Document, index: int) -> list[str]:
    """Return the letterhead, titles and headings over a block, without marks."""
    top = (block for block in document.blocks[:index] if block.kind in _OVER)
    return [plain(" ".join(block.text.split())) for block in (*top, *_headings(document, index))]


def _headings(document: Document, index: int) -> Iterator[Block]:
    """Yield the headings that a block stands under, the nearest first."""
    depth: int | None = None
    for block in reversed(document.blocks[:index]):
        if block.kind == "heading" and (depth is None or block.level < depth):
            depth = block.level
            yield block
