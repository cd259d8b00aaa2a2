"""The wards a text names, exactly or with a slip of one letter.

Belongs here: finding names of wards in a text, in any case, with or without marks, with letters a recogniser mixed up.
Stays out: which of the named wards a report is of (`weigh`).

"Phổ Minh", "Phổ Ninh" and "Phổ Vinh" are one letter apart, so a slip is read over only where it is nearer to one name
than to every other, and is marked as a slip.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from rapidfuzz.distance import OSA

from catalogue.wards import Ward, wards
from parsers.identity.headlines import plain

_LOOKALIKES = str.maketrans("01l|!", "oiiii")
_KIND = re.compile(r"(?<!\w)(phuong|xa|thi\s+tran|p\.|x\.)\s*$")
_OWN = re.compile(r"(?:uy\s+ban\s+nhan\s+dan|ubnd|dia\s+ban|cua|toan|nhan\s+dan)\s+(?:phuong|xa)?\s*$")


@dataclass(frozen=True)
class Mention:
    """One naming of a ward. `kind` is "phường" or "xã" as printed, empty where none stands before the name.

    `marked` tells whether the name stands there with its marks, as officially written; `slip` that one letter differs.
    `own` tells whether the words before it make it the speaker ("UBND phường …", "trên địa bàn …").
    """

    slug: str
    start: int
    end: int
    kind: str
    marked: bool
    slip: bool = False
    own: bool = False

    @property
    def kind_agrees(self) -> bool:
        """Tell whether the printed kind, if any, is the ward's own."""
        return not self.kind or self.kind == wards()[self.slug].kind


def find_wards(text: str) -> list[Mention]:
    """Return the wards that a text names without any slip, in order."""
    flat = plain(text).translate(_LOOKALIKES)
    return [
        _mention(text, flat, m.start(), m.end(), _slugs()[re.sub(r"\s+", " ", m[0])]) for m in _names().finditer(flat)
    ]


def near_ward(name: str) -> Mention | None:
    """Return the one ward whose name is a letter away from a short text, None where none or several are."""
    flat = re.sub(r"\s+", " ", plain(name).translate(_LOOKALIKES)).strip()
    bare_name = re.sub(r"^(?:phuong|xa)\s+", "", flat)
    distances = sorted((OSA.distance(bare_name, known), slug) for known, slug in _slugs().items())
    if len(distances) < 2 or distances[0][0] != 1 or distances[1][0] < 2:
        return None
    kind = {"phuong": "phường", "xa": "xã"}.get(flat.split(" ")[0], "")
    return Mention(distances[0][1], 0, len(name), kind, marked=False, slip=True)


def _mention(text: str, flat: str, start: int, end: int, slug: str) -> Mention:
    kind = _KIND.search(flat, max(0, start - 12), start)
    word = {"p": "phường", "x": "xã"}.get(kind[1][0], "") if kind and kind[1] != "thi tran" else ""
    own = _OWN.search(flat, max(0, start - 34), start) is not None
    printed = re.sub(r"\s+", " ", text[start:end]).casefold()
    return Mention(slug, start, end, word, printed in _spellings(slug), own=own)


@cache
def _slugs() -> dict[str, str]:
    return {plain(ward.name): slug for slug, ward in wards().items()}


@cache
def _names() -> re.Pattern[str]:
    body = "|".join(name.replace(" ", r"\s+") for name in sorted(_slugs(), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{body})(?!\w)")


@cache
def _spellings(slug: str) -> frozenset[str]:
    """Return the official name of a ward with the tone mark of "oa" on either vowel."""
    name = wards()[slug].name.casefold()
    return frozenset({name, name.replace("òa", "oà").replace("oà", "oà")})


def named_later(text: str, day: date | None) -> tuple[Ward, ...]:
    """Return the wards that went into the unit a text names, where the unit is one formed after them.

    A name can be both: "phường Nguyễn Nghiêm" was a ward, "xã Nguyễn Nghiêm" is another unit formed later; so kind and
    day decide.
    """
    flat = re.sub(r"\s+", " ", plain(text).translate(_LOOKALIKES))
    return tuple(
        ward
        for ward in wards().values()
        if ward.valid_to is not None
        and (day is None or day > ward.valid_to)
        and re.search(rf"(?<!\w){plain(ward.successor_kind)}\s+{plain(ward.successor_name)}(?!\w)", flat)
    )
