"""The units a text names, exactly or with a slip of one letter.

Belongs here: finding names of units in a text, in any case, with or without marks, with letters a recogniser mixed up,
and choosing the unit that bears a name by kind and day.
Stays out: the names themselves (`catalogue.gazetteer`), which of the named units a report is of (`weigh`).

Names one letter apart are common among neighbours, so a slip is read over only where it is nearer to one name than to
every other, and is marked as a slip. A name may be borne by several units at different times, or by two at once that
differ in their marks only: kind, day and marks decide, in this order.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache

from rapidfuzz.distance import OSA

from catalogue.gazetteer import Known, known_units
from catalogue.wordlists import either, words_for
from parsers.identity.headlines import plain
from parsers.text.spelling import level

_LOOKALIKES = str.maketrans("01l|!", "oiiii")
_KIND = re.compile(r"(?<!\w)(?P<kind>phuong|xa|thi\s+tran|dac\s+khu|p\.|x\.|tt\.?|dk\.?)\s*$")
_LEVEL_ABOVE = re.compile(r"(?<!\w)(?:tinh|thanh\s+pho|huyen|thi\s+xa|quan|tp\.?|tx\.?|t\.)\s*$")
_OWN = re.compile(
    r"(?:uy\s+ban\s+nhan\s+dan|ubnd|dia\s+ban|cua|toan|nhan\s+dan)\s+(?:phuong|xa|thi\s+tran|dac\s+khu)?\s*$"
)
_FORMER = re.compile(
    rf"\s*(?:\(\s*)?(?:{either('former')})(?!\w)|[^()]{{0,40}}\s(?:{either('former')})\s*\)", re.IGNORECASE
)
_KIND_WORDS = words_for("kinds_of_unit")
_ALIKE = words_for("taken_for")
_TAKEN_FOR = {kind: {other for other, said in _ALIKE.items() if said == group} for kind, group in _ALIKE.items()}
"""The kinds a clerk takes for one another: phường and xã only."""


@dataclass(frozen=True)
class Mention:
    """One naming of a unit. `kind` is the printed kind ("phường"), empty where none stands before the name.

    `marked` tells whether the name stands there with its marks, as officially written; `slip` that one letter differs.
    `own` tells whether the words before it make it the speaker ("UBND phường …", "trên địa bàn …"); `shared` whether
    the marks that tell it from another unit of the day are not printed.
    """

    known: Known
    start: int
    end: int
    kind: str
    marked: bool
    slip: bool = False
    own: bool = False
    shared: bool = False

    @property
    def kind_agrees(self) -> bool:
        """Return whether the printed kind, if any, is the unit's own."""
        return not self.kind or self.kind == self.known.unit.kind


def find_wards(text: str, day: date | None = None) -> list[Mention]:
    """Return the units that a text names without any slip, in order.

    `day` is when the text was written: of units that bear one name, the one that exists then is meant.
    """
    flat = plain(text).translate(_LOOKALIKES)
    found = (_mention(text, flat, m, day) for m in _pattern(known_units()).finditer(flat))
    return [mention for mention in found if mention is not None]


def near_ward(name: str, day: date | None = None) -> Mention | None:
    """Return the one unit whose name is a letter away from a short text, None where none or several are."""
    flat = re.sub(r"\s+", " ", plain(name).translate(_LOOKALIKES)).strip()
    kind = _KIND_WORDS.get(flat.split(" ")[0], _KIND_WORDS.get(" ".join(flat.split(" ")[:2]), ""))
    bare_name = flat[len(plain(kind)) :].strip() if kind else flat
    names = [key for key, bearers in _by_name(known_units()).items() if any(_exists(b, day) for b in bearers)]
    distances = sorted((OSA.distance(bare_name, known), known) for known in names)
    if len(distances) < 2 or distances[0][0] != 1 or distances[1][0] < 2:
        return None
    chosen = _chosen(_by_name(known_units())[distances[0][1]], kind, day)
    return Mention(chosen, 0, len(name), kind, marked=False, slip=True) if chosen else None


def kinds_besides(text: str, day: date | None = None) -> list[tuple[str, str]]:
    """Return kind and name where a text prints a unit's name behind a kind that no unit of the day with it is of."""
    flat = plain(text).translate(_LOOKALIKES)
    found = []
    for match in _pattern(known_units()).finditer(flat):
        kind = _kind_before(flat, match.start())
        there = [b.unit for b in _by_name(known_units())[re.sub(r"\s+", " ", match[0])] if _exists(b, day)]
        if kind and there and not _FORMER.match(text, match.end()) and all(unit.kind != kind for unit in there):
            found.append((kind, there[0].name))
    return found


def is_written(printed: str, known: Known) -> bool:
    """Return whether a name is printed with the unit's own marks, a tone on either vowel."""
    return level(re.sub(r"\s+", " ", printed)) == level(known.unit.name)


def is_name(printed: str) -> bool:
    """Return whether every word of a name begins with a capital, or with a digit a recogniser put for one."""
    return not any(word[0].islower() for word in printed.split())


def _mention(text: str, flat: str, match: re.Match[str], day: date | None) -> Mention | None:
    """Return the mention at a match; None where the name is that of a level above, of a former unit or of none."""
    start, end = match.span()
    before = flat[max(0, start - 34) : start]
    if _LEVEL_ABOVE.search(before) or _FORMER.match(text, end):
        return None
    word = _kind_before(flat, start)
    printed = text[start:end]
    bearers = _by_name(known_units())[re.sub(r"\s+", " ", match[0])]
    written = tuple(b for b in bearers if is_written(printed, b))
    chosen = _chosen(written, word, day) or _chosen(bearers, word, day)
    if chosen is None:
        return None
    shared = not written and sum(b.unit.kind == chosen.unit.kind and _exists(b, day) for b in bearers) > 1
    own = _OWN.search(before) is not None
    return Mention(chosen, start, end, word, is_written(printed, chosen), own=own, shared=shared)


def _kind_before(flat: str, place: int) -> str:
    """Return the kind of unit that stands right before a place, empty where none does or it belongs to a level."""
    before = flat[max(0, place - 34) : place]
    kind = None if _LEVEL_ABOVE.search(before) else _KIND.search(before)
    return _KIND_WORDS[re.sub(r"\s+", " ", kind["kind"])] if kind else ""


def _chosen(bearers: tuple[Known, ...], kind: str, day: date | None) -> Known | None:
    """Return which bearer of a name is meant: one of the day and the kind, of a kind taken for it, or of another day.

    A unit of another day is chosen only where its kind may be meant; `weigh` doubts it then.
    """
    there = [b for b in bearers if _exists(b, day)]
    alike = _TAKEN_FOR.get(kind, set(_TAKEN_FOR))
    return next(
        (
            b
            for some, kinds in ((there, {kind}), (there, alike), (bearers, {kind}), (bearers, alike))
            for b in some
            if b.unit.kind in kinds
        ),
        None,
    )


def _exists(known: Known, day: date | None) -> bool:
    return day is None or known.unit.valid_on(day)


@cache
def _by_name(units: tuple[Known, ...]) -> dict[str, tuple[Known, ...]]:
    """Return the units by their name without marks."""
    found: dict[str, list[Known]] = defaultdict(list)
    for known in units:
        found[plain(known.unit.name).translate(_LOOKALIKES)].append(known)
    return {name: tuple(bearers) for name, bearers in found.items()}


@cache
def _pattern(units: tuple[Known, ...]) -> re.Pattern[str]:
    names = sorted(_by_name(units), key=len, reverse=True)
    body = "|".join(r"\s+".join(map(re.escape, name.split(" "))) for name in names)
    return re.compile(rf"(?<!\w)(?:{body})(?!\w)")
