"""Whether a document is a reform report of a ward of this town at all.

Belongs here: telling apart reports on administrative reform from other documents, and wards of this town from those of
others, by the letterhead and by the bodies a report addresses.
Stays out: which ward of the town it is (`weigh`).
"""

from __future__ import annotations

import re
from collections import Counter

from rapidfuzz.distance import OSA

from catalogue.wards import wards
from parsers.document import Document
from parsers.identity.headlines import plain
from parsers.identity.letterhead import Letterhead
from parsers.identity.wardnames import find_wards, named_later, near_ward

_REFORM = re.compile(r"cai\s+cach\s+(?:thu\s+tuc\s+)?hanh\s+chinh|cai\s*cach\s*hanh|(?<!\w)cchc(?!\w)|par\s+index")
_REPORT_SYMBOL = re.compile(r"/(?:20\d\d/)?BC(?:-|$)")
_UNIT = re.compile(
    r"(?<!\w)(?<!thi )(?P<kind>phuong|xa|thi\s+tran)\s+"
    r"(?P<name>[^\W\d_]+(?:\s+[^\W\d_]+){0,3}?)\s*(?=$|[,;.\n]|\s(?:uy|ubnd|thi\s+xa|huyen|thanh))"
)
_ABOVE = re.compile(
    r"(?<!\w)(?P<kind>thanh\s+pho|huyen|thi\s+xa|quan|tp\.?)\s+(?P<name>[^\W\d_]+(?:\s+[^\W\d_]+){0,2})"
)
_ADDRESSED = re.compile(
    r"(?:ubnd|uy\s+ban\s+nhan\s+dan|phong\s+noi\s+vu|huyen\s+uy|thanh\s+uy)\s+(?P<kind>thanh\s+pho|thi\s+xa|huyen)(?!\w)"
)
_TOWN = "duc pho"
_REACH = 2


def is_ward_report(head: Letterhead) -> bool:
    """Tell whether a document is a report (báo cáo) and its topic is administrative reform.

    Type line and symbol decide the first, each where the other is missing; title, then opening, decide the second.
    """
    if head.kind and head.kind != "bao cao":
        return False
    if not head.kind and head.doc_no and not _REPORT_SYMBOL.search(head.doc_no):
        return False
    if head.title and _REFORM.search(plain(head.title)):
        return True
    return any(_REFORM.search(plain(text)) for text in head.opening[: 2 if head.title else 4])


def other_town(document: Document, head: Letterhead) -> str | None:
    """Return the unit of another town or district that issued a document, None where nothing says so.

    A body above that is not this town's decides first (names of wards repeat from town to town); then an agency line
    that names a unit not in the catalogue; then the level of the bodies that the report addresses.
    """
    agency = ", ".join(head.agency)
    above = _above(agency)
    if above is not None:
        return None if plain(above).endswith(_TOWN) else _named_with(agency, above)
    unknown = _unknown_unit(head.agency)
    if unknown is not None:
        return unknown
    return _by_address(document)


def is_elsewhere(place: str) -> bool:
    """Tell whether the place before the date is far from the name of every ward and of the town.

    Two cities have a ward of one name; the place line is then all that tells them apart.
    """
    name = plain(place)
    return bool(name) and _TOWN not in name and not find_wards(place) and not _within_reach(place)


def _above(agency: str) -> str | None:
    """Return the town or district that an agency line names, as printed."""
    match = _ABOVE.search(plain(agency))
    return agency[match.start() : match.end()] if match else None


def _named_with(agency: str, above: str) -> str:
    unit = _UNIT.search(plain(agency))
    return f"{agency[unit.start() : unit.end()].strip()}, {above}" if unit else above


def _unknown_unit(lines: tuple[str, ...]) -> str | None:
    """Return the unit of an agency line that no ward of the catalogue is near to."""
    for line in lines:
        match = _UNIT.search(plain(line))
        if match is None or find_wards(line) or named_later(line, None):
            continue
        printed = line[match.start("name") : match.end("name")].strip()
        if near_ward(printed) is None and not _within_reach(printed):
            return line[match.start() : match.end()].strip()
    return None


def _within_reach(name: str) -> bool:
    """Tell whether a name shares a syllable's worth of letters with one of ours: a poor scan, not another town."""
    ours = (_TOWN, *(plain(ward.name) for ward in wards().values()))
    return any(OSA.distance(plain(name), known) <= _REACH for known in ours)


def _by_address(document: Document) -> str | None:
    """Return the level above where a report addresses a city's or district's bodies and never a town's."""
    levels: Counter[str] = Counter()
    for block in document.blocks:
        levels.update(re.sub(r"\s+", " ", m["kind"]) for m in _ADDRESSED.finditer(plain(block.text)))
    if levels["thi xa"] or not levels:
        return None
    kind, count = levels.most_common(1)[0]
    return {"thanh pho": "thành phố", "huyen": "huyện"}[kind] if count >= 2 else None
