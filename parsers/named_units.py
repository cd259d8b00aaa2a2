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
_KINDS = "|".join(sorted(map(re.escape, set(words_for("kinds_of_unit").values())), key=len, reverse=True))
_UNIT = re.compile(rf"(?<!\w)(?i:{_KINDS})\s+({_NAME})")
_NOT_ITS = re.compile(rf"(?<!\w)(?:{either('unit_not_owner')})\s+$", re.IGNORECASE)
_ABOVE = "|".join(sorted(map(re.escape, set(words_for("kinds_of_level").values())), key=len, reverse=True))
_BUT = rf"(?!\w)(?!\s+(?:{either('above_gives', ' ')})(?!\w))"
_OF_ABOVE = re.compile(rf"(?<!\w)(?:{either('above_opens', ' ')})\s+(?:{_ABOVE}){_BUT}")
_DONE_ABOVE = re.compile(
    rf"(?:^|[.;:]\s|,\s)(?:[^,;:.]{{0,40}},\s)?(?:{either('above_opens', ' ')})\s+(?:{_ABOVE})"
    rf"\s+(?:{either('above_does', ' ')})(?!\w)"
)
_OWN = re.compile(rf"(?<!\w)(?:{either('own_mentioned', ' ')})(?!\w)")
_CLAUSE_END = re.compile(r"[;:()]")
_OVER = frozenset({"letterhead", "title"})


def is_of_another_unit(document: Document, place: Place, start: int) -> bool:
    """Return whether the unit named last before a number is another than the report's; `start` opens its sentence."""
    if place.row is not None:
        return False
    before = document.text_of(place)[start : place.start]
    named = [match for match in _UNIT.finditer(before) if not _NOT_ITS.search(before[: match.start()])]
    return bool(named) and not _stands_in(plain(named[-1][1]), _over(document, place.block))


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
    level: int | None = None
    for block in reversed(document.blocks[:index]):
        if block.kind == "heading" and (level is None or block.level < level):
            level = block.level
            yield block
