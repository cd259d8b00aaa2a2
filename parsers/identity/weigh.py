"""Weighing what the parts of a report say about its ward and round.

Belongs here: `identify`: evidence from agency line, place line, title, body and file name, weighed into one answer each
for ward and round with a confidence.
Stays out: finding the parts and the names in them (the modules beside this one).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from catalogue.gazetteer import Known
from parsers.document import Document
from parsers.identity.belonging import is_elsewhere, is_named_elsewhere, is_ward_report, other_unit
from parsers.identity.headlines import plain
from parsers.identity.letterhead import Letterhead, read_letterhead
from parsers.identity.roundevidence import is_out_of_season, round_conflicts, round_evidence, written_on
from parsers.identity.wardnames import Mention, find_wards, is_name, kinds_besides, near_ward
from parsers.reading import Evidence, Identity

SURE = 0.8
"""The confidence from which a report is placed without a person."""

# How much each part of a report says about its ward, and what takes from it: by hand (docs/reading.md).
_AGENCY, _PLACE, _TITLE, _BODY, _FILE = 0.9, 0.75, 0.7, 0.75, 0.3
_SLIP = 0.6
_UNMARKED = 0.95
_WRONG_KIND = 0.7
_SHARED = 0.4
"""A name without the marks that alone tell two units apart: all namings of a report together stay a guess."""
# By hand on the letterheads of the corpus (docs/reading.md): what is left of a confidence, and the most of one.
_OTHER_TIME = 0.1
_MISNAMED = 0.75
"""A letterhead that prints the kind of no unit there is: whatever else agrees, the whole stays under `SURE`."""
# By hand as well.
_ELSEWHERE = 0.75
_OUT_OF_SEASON = 0.85
_AGAINST = 0.8
_MOST = 0.99
_AGAINST_ROUND = 0.2
"""How much another round's evidence takes away: a slip in the body is common and is a finding, not a doubt."""

Vote = tuple[str, Evidence]
UnitVote = tuple[Known, Evidence]


def identify(document: Document, file_name: str | None = None) -> Identity:
    """Return what a Document says about itself.

    `file_name` is the name under which it came; alone it never makes anything sure. `conflicts` speaks of rounds only:
    contradicting names of wards lower the confidence and stand in `evidence`.
    """
    head = read_letterhead(document)
    day = written_on(head)
    for_ward = list(_ward_evidence(document, head, day, file_name))
    found, ward_confidence = _weigh_units(for_ward)
    for_round = list(round_evidence(head, file_name))
    label, round_confidence = _weigh(for_round, _AGAINST_ROUND)
    if found is not None and not _was_there(found, head.day):
        ward_confidence *= _OTHER_TIME
    misnamed = _misnamed(head, day)
    if misnamed:
        ward_confidence *= _MISNAMED
    if is_elsewhere(head.place, found, day):
        ward_confidence *= _ELSEWHERE
    if label is not None and is_out_of_season(head, label):
        round_confidence *= _OUT_OF_SEASON
    other = other_unit(document, head, day)
    if is_named_elsewhere(other):
        found, ward_confidence = None, 0.0
    return Identity(
        ward=found.unit.slug if found else None,
        round=label,
        doc_no=head.doc_no,
        doc_date=head.day,
        confidence=round(min(ward_confidence, round_confidence), 4),
        evidence=tuple(e for _, e in (*for_ward, *for_round)),
        conflicts=round_conflicts(head, label),
        agency=" ".join(head.agency),
        is_report=is_ward_report(head),
        other_town=other,
        office=found.office if found else None,
        misnamed=misnamed if found else "",
    )


def _weigh_units(votes: list[UnitVote]) -> tuple[Known | None, float]:
    """Return the unit most evidence names and how surely."""
    by_key = {f"{known.unit.slug}/{known.office}/{known.unit.valid_from}": known for known, _ in votes}
    keys = {known: key for key, known in by_key.items()}
    best, confidence = _weigh([(keys[known], evidence) for known, evidence in votes], _AGAINST)
    return (by_key[best] if best else None), confidence


def _weigh(votes: Iterable[Vote], against: float) -> tuple[str | None, float]:
    """Return what most evidence names and how surely: agreeing evidence adds up, the runner-up's takes away."""
    doubt: dict[str, float] = defaultdict(lambda: 1.0)
    for name, evidence in votes:
        doubt[name] *= 1 - evidence.weight
    if not doubt:
        return None, 0.0
    ranked = sorted(((1 - left, name) for name, left in doubt.items()), reverse=True)
    best, name = ranked[0]
    other = ranked[1][0] if len(ranked) > 1 else 0.0
    return name, min(best, _MOST) * (1 - against * other)


def _was_there(known: Known, day: date | None) -> bool:
    return day is None or known.unit.valid_on(day)


def _ward_evidence(document: Document, head: Letterhead, day: date | None, file_name: str | None) -> Iterable[UnitVote]:
    """Yield what each part of a report says about its unit."""
    yield from _named("agency", " ".join(head.agency), _AGENCY, day)
    yield from _named("place_line", head.place, _PLACE, day)
    yield from _named("title", head.title, _TITLE, day)
    yield from _own_mentions(document, day)
    if file_name:
        yield from _named("file_name", re.sub(r"[-_.]+", " ", file_name), _FILE, day)


def _named(source: str, text: str, weight: float, day: date | None) -> Iterable[UnitVote]:
    """Yield the unit that a short text names; a slip of one letter or a wrong kind weighs less.

    A unit of another day is meant only where its kind is printed: a bare name may be that of a town above.
    """
    mentions = find_wards(text, day)
    if not mentions and text:
        near = near_ward(_name_part(text), day)
        mentions = [near] if near else []
    there = [mention for mention in mentions if _was_there(mention.known, day)]
    meant = there or [mention for mention in mentions if mention.kind]
    if meant:
        mention = meant[-1]
        yield mention.known, Evidence(source, text.strip(), round(weight * _trust(mention), 3))


_NAME_PART = re.compile(r"(?:phuong|xa|thi\s+tran|dac\s+khu)\s+[^,;.]{2,24}$")


def _misnamed(head: Letterhead, day: date | None) -> str:
    """Return the unit of the agency line as printed where no unit of that kind bears the name on that day, else ""."""
    agency = " ".join(head.agency)
    mentions = [mention for mention in find_wards(agency, day) if _was_there(mention.known, day)]
    if any(mention.kind and mention.kind_agrees for mention in mentions):
        return ""
    besides = kinds_besides(agency, day)
    if mentions or besides:
        return " ".join(besides[-1]) if besides else ""
    near = near_ward(_name_part(agency), day)
    return f"{near.kind} {near.known.unit.name}" if near and not near.kind_agrees else ""


def _name_part(text: str) -> str:
    """Return the end of an agency line from "phường" or "xã" on, the whole of a shorter text."""
    match = _NAME_PART.search(plain(text))
    return text[match.start() :] if match else text


def _trust(mention: Mention) -> float:
    trust = _SLIP if mention.slip else _SHARED if mention.shared else 1.0 if mention.marked else _UNMARKED
    return trust if mention.kind_agrees else trust * _WRONG_KIND


def _own_mentions(document: Document, day: date | None) -> Iterable[UnitVote]:
    """Yield the units that the body names as the speaker, each by its share of all namings of units.

    Only capitals begin a name there: "ba tổ" (three teams) is no commune.
    """
    counts: Counter[Known] = Counter()
    said: dict[Known, str] = {}
    for block in document.blocks:
        if block.kind in {"letterhead", "title"}:
            continue
        for mention in find_wards(block.text, day):
            if not is_name(block.text[mention.start : mention.end]) or not _was_there(mention.known, day):
                continue
            counts[mention.known] += 3 if mention.own else 1
            if mention.own:
                said.setdefault(mention.known, block.text[max(0, mention.start - 16) : mention.end].strip())
    for known, words in said.items():
        yield known, Evidence("body", words, round(_BODY * counts[known] / counts.total(), 3))
