"""Whether a document is a reform report of a unit that is known here at all.

Belongs here: telling apart reports on administrative reform from other documents, and units of the offices known from
those of others, by the letterhead, by the country's list and by the bodies a report addresses.
Stays out: which of the known units it is (`weigh`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from rapidfuzz.distance import OSA

from catalogue.country import CountryUnit, country_units
from catalogue.gazetteer import Known, known_units
from catalogue.office import Level
from catalogue.wordlists import word_list, words_for
from parsers.document import Document
from parsers.identity.headlines import plain
from parsers.identity.letterhead import Letterhead, is_beside_committee
from parsers.identity.wardnames import find_wards, is_name, near_ward

_REFORM = re.compile(r"cai\s+cach\s+(?:thu\s+tuc\s+)?hanh\s+chinh|cai\s*cach\s*hanh|(?<!\w)cchc(?!\w)|par\s+index")
_REPORT_SYMBOL = re.compile(r"/(?:20\d\d/)?BC(?:-|$)")
_UNIT = re.compile(
    r"(?<!\w)(?<!thi )(?P<kind>phuong|xa|thi\s+tran|dac\s+khu)\s+"
    r"(?P<name>[\w'’-]+(?:\s+[\w'’-]+){0,3}?)\s*(?=$|[,;.(\n]|\s(?:uy|ubnd|thi\s+xa|huyen|thanh|tinh|quan)\s)"
)
_ABOVE = re.compile(
    r"(?<!\w)(?<!phuong )(?<!xa )(?<!thi tran )(?<!dac khu )"
    r"(?P<kind>thanh\s+pho|huyen|thi\s+xa|quan|tinh|tp\.?|tx\.?)\s+(?P<name>[\w'’-]+(?:\s+[\w'’-]+){0,2}?)"
    r"(?=\s*(?:$|[,;.(\n]|\s(?:uy|ubnd|thi\s+xa|huyen|thanh|tinh|quan|phuong|xa|thi\s+tran|dac\s+khu)(?!\w)))"
)
_ADDRESSED = re.compile(
    r"(?:ubnd|uy\s+ban\s+nhan\s+dan|phong\s+noi\s+vu|huyen\s+uy|thanh\s+uy)\s+(?P<kind>thanh\s+pho|thi\s+xa|huyen|tinh)"
    r"(?!\w)"
)
_LEVELS = words_for("kinds_of_level")
_DISTRICTS = frozenset(word_list("district_kinds"))
"""Kinds of one level, which change: a huyện became a thị xã."""
_REACH = 2
_SHORT = 6
"""Names with fewer letters are told apart by one letter already."""


def is_ward_report(head: Letterhead) -> bool:
    """Return whether a document is a report (báo cáo) and its topic is administrative reform.

    Type line and symbol decide the first, each where the other is missing; title, then opening, decide the second.
    """
    if head.kind and head.kind != "bao cao":
        return False
    if not head.kind and head.doc_no and not _REPORT_SYMBOL.search(head.doc_no):
        return False
    if head.title and _REFORM.search(plain(head.title)):
        return True
    return any(_REFORM.search(plain(text)) for text in head.opening[: 2 if head.title else 4])


def other_unit(document: Document, head: Letterhead, day: date | None) -> str | None:
    """Return the unit that issued a document where it is none of those known, None where nothing says so.

    A body beside the People's Committee (party, police, school) decides first; then a body above that is above no unit
    of the printed name, a letter misread in it apart (names repeat from district to district); then an agency line that
    names a unit not known here; then the level of the bodies that the report addresses.
    """
    agency = ", ".join(head.agency)
    if is_beside_committee(*head.agency):
        return agency
    named = [m.known for line in head.agency for m in find_wards(line, day) if _exists(m.known, day)]
    above = list(_levels_above(agency))
    if above:
        levels = [level for level, _ in above]
        ours = _under(named or known_units(), levels) or _under(named, levels, slips=1)
        return None if ours else _named_with(agency, above)
    unknown = None if named else _unknown_unit(head.agency, day)
    return unknown if unknown is not None else _by_address(document, named)


def is_named_elsewhere(other: str | None) -> bool:
    """Return whether what is foreign is known surely: a unit with what stands above it, or a body beside the committee.

    A bare name may be one of ours misread.
    """
    return other is not None and ("," in other or is_beside_committee(other))


def is_elsewhere(place: str, found: Known | None, day: date | None) -> bool:
    """Return whether the place before the date is far from the name of every unit and of the level above `found`.

    Two cities have a ward of one name; the place line is then all that tells them apart. The name of a province is
    never a unit's misread.
    """
    name = plain(place)
    if not name or any(_exists(m.known, day) for m in find_wards(place, day)):
        return False
    above = found.above[:1] if found else tuple(known.above[0] for known in known_units())
    if any(plain(level.name) in name for level in above):
        return False
    return name in _provinces() or not _within_reach(place, day)


def _exists(known: Known, day: date | None) -> bool:
    return day is None or known.unit.valid_on(day)


def _levels_above(agency: str) -> Iterator[tuple[Level, str]]:
    """Yield the districts and provinces an agency line names, as levels and as printed."""
    for match in _ABOVE.finditer(plain(agency)):
        word = re.sub(r"\s+", " ", match["kind"]).rstrip(".")
        kind = _LEVELS[word]
        printed = agency[match.start() : match.end()]
        if not printed.casefold().startswith((kind, word)):
            continue
        yield Level(kind, agency[match.start("name") : match.end("name")]), printed


def _under(units: Iterable[Known], printed: list[Level], slips: int = 0) -> bool:
    """Return whether a unit stands under every level printed, their names with at most some letters misread."""
    return any(all(any(_same(own, level, slips) for own in known.above) for level in printed) for known in units)


def _same(own: Level, printed: Level, slips: int) -> bool:
    if own.kind != printed.kind and not {own.kind, printed.kind} <= _DISTRICTS:
        return False
    name, known = plain(printed.name), plain(own.name)
    return name.endswith(known) or OSA.distance(name, known) <= slips


def _named_with(agency: str, above: list[tuple[Level, str]]) -> str:
    """Return a foreign unit as printed, with the nearest level above it."""
    nearest = next((printed for level, printed in reversed(above) if level.kind in _DISTRICTS), above[-1][1])
    unit = _UNIT.search(plain(agency))
    return f"{agency[unit.start() : unit.end()].strip()}, {nearest}" if unit else nearest


def _unknown_unit(lines: tuple[str, ...], day: date | None) -> str | None:
    """Return the unit of an agency line that no unit known here is near to, by the country's list where it is there."""
    for line in lines:
        match = _UNIT.search(plain(line))
        if match is None:
            continue
        printed = line[match.start("name") : match.end("name")].strip()
        if not is_name(printed):
            continue
        listed = _listed(re.sub(r"\s+", " ", match["kind"]), printed, day)
        if listed:
            return listed[0].full_name if len(listed) == 1 else line[match.start() : match.end()].strip()
        if not find_wards(line, day) and near_ward(printed, day) is None and not _within_reach(printed, day):
            return line[match.start() : match.end()].strip()
    return None


def _listed(kind: str, name: str, day: date | None) -> list[CountryUnit]:
    """Return the units of the country's list that bear a kind and name on a day, those of our provinces before others.

    None where the day is not known.
    """
    if day is None:
        return []
    there = [unit for unit in _country().get((kind, plain(name)), ()) if unit.valid_on(day)]
    ours = {known.above[-1] for known in known_units()}
    return [unit for unit in there if unit.above[-1] in ours] or there


@cache
def _country() -> dict[tuple[str, str], list[CountryUnit]]:
    found: dict[tuple[str, str], list[CountryUnit]] = {}
    for unit in country_units():
        found.setdefault((plain(unit.kind), plain(unit.name)), []).append(unit)
    return found


@cache
def _provinces() -> frozenset[str]:
    """Return the names of the country's provinces, before and after the reform, without marks."""
    return frozenset(plain(unit.above[-1].name) for unit in country_units())


def _within_reach(name: str, day: date | None) -> bool:
    """Return whether a name is a few letters from one known here: a poor scan, not another place."""
    known = {plain(k.unit.name) for k in known_units() if _exists(k, day)}
    known |= {plain(k.above[0].name) for k in known_units() if _exists(k, day) and k.above[0].kind in _DISTRICTS}
    return any(OSA.distance(plain(name), one) <= (_REACH if len(one) >= _SHORT else 1) for one in known)


def _by_address(document: Document, named: list[Known]) -> str | None:
    """Return the level above where a report addresses bodies of a level that no named unit reports to."""
    levels: Counter[str] = Counter()
    for block in document.blocks:
        levels.update(_LEVELS[re.sub(r"\s+", " ", m["kind"])] for m in _ADDRESSED.finditer(plain(block.text)))
    kinds = {known.above[0].kind for known in named or known_units()}
    if not levels or any(levels[kind] for kind in kinds):
        return None
    kind, count = max(
        ((k, n) for k, n in levels.items() if k not in word_list("province_kind")),
        key=lambda pair: pair[1],
        default=("", 0),
    )
    return kind if count >= 2 else None
