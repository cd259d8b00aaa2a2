"""What stands near a number: words of another level, of another time, of a plan, of a part.

Belongs here: finding the catalogue's words before and behind a number, the nearest first. Stays out: the words
(`catalogue.nearby`), what they weigh (`model`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from catalogue.nearby import KINDS, nearby_words
from parsers.document import Document
from parsers.reading import Printing
from parsers.text.spelling import level as spelled

REACH = 260
"""Characters before a sentence in which a level that was named still holds."""


@dataclass(frozen=True)
class Nearby:
    """What stands near one number, each as 0 or 1.

    `other_nearest` says that the level word nearest before the number, in its sentence or else before it, is another's.
    """

    other_nearest: bool
    own_nearest: bool
    other_in_sentence: bool
    ytd: bool
    past: bool
    planned: bool
    part: bool


def nearby_of(printing: Printing, document: Document) -> Nearby:
    """Return what stands near a printing."""
    sentence = spelled(printing.sentence)
    text = document.text_of(printing.place)
    start = printing.place.start - printing.sentence_place.start
    left = sentence[:start] if printing.place.row is None else sentence
    above = spelled(text[max(0, printing.sentence_place.start - REACH) : printing.sentence_place.start])
    level = _nearest_level(left) or _nearest_level(above)
    close = left[-60:] if printing.place.row is None else sentence
    return Nearby(
        other_nearest=level == "other",
        own_nearest=level == "own",
        other_in_sentence=_nearest_level(sentence, "other") is not None,
        ytd=bool(_pattern("ytd").search(left or sentence)),
        past=bool(_pattern("past").search(close)),
        planned=bool(_pattern("planned").search(close)),
        part=bool(_pattern("part").search(close)),
    )


def _nearest_level(text: str, only: str | None = None) -> str | None:
    """Return whose the last level word of a text is ("other" or "own"), None without one; givers of plans are none."""
    found: tuple[int, int, str] | None = None
    for kind in ("own", "other"):
        for match in _pattern(kind).finditer(text):
            if _GIVEN.match(text, match.end()) or only not in (None, kind):
                continue
            here = (match.end(), match.end() - match.start(), kind)
            found = max(found, here) if found else here
    return found[2] if found else None


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    words = sorted(map(spelled, nearby_words()[kind]), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")


_GIVEN = re.compile(rf"\s+(?:{'|'.join(map(re.escape, nearby_words()[KINDS[2]]))})(?!\w)")
