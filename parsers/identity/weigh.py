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

from catalogue.wards import wards
from parsers.document import Document
from parsers.identity.belonging import is_elsewhere, is_ward_report, other_town
from parsers.identity.headlines import plain
from parsers.identity.letterhead import Letterhead, read_letterhead
from parsers.identity.roundevidence import is_out_of_season, round_conflicts, round_evidence
from parsers.identity.wardnames import Mention, find_wards, named_later, near_ward
from parsers.reading import Evidence, Identity

SURE = 0.8
"""The confidence from which a report is placed without a person."""

_AGENCY, _PLACE, _TITLE, _BODY, _FILE = 0.9, 0.75, 0.7, 0.75, 0.3
_SLIP = 0.6
_UNMARKED = 0.95
_WRONG_KIND = 0.7
_SUCCESSOR = 0.1
_ELSEWHERE = 0.75
_OUT_OF_SEASON = 0.85
_AGAINST = 0.8
_MOST = 0.99
_AGAINST_ROUND = 0.2
"""How much another round's evidence takes away: a slip in the body is common and is a finding, not a doubt."""

Vote = tuple[str, Evidence]


def identify(document: Document, file_name: str | None = None) -> Identity:
    """Return what a Document says about itself.

    `file_name` is the name under which it came; alone it never makes anything sure. `conflicts` speaks of rounds only:
    contradicting names of wards lower the confidence and stand in `evidence`.
    """
    head = read_letterhead(document)
    for_ward = list(_ward_evidence(document, head, file_name))
    ward, ward_confidence = _weigh(for_ward, _AGAINST)
    for_round = list(round_evidence(head, file_name))
    label, round_confidence = _weigh(for_round, _AGAINST_ROUND)
    if ward is not None and not _was_there(ward, head.day):
        ward_confidence *= _SUCCESSOR
    if is_elsewhere(head.place):
        ward_confidence *= _ELSEWHERE
    if label is not None and is_out_of_season(head, label):
        round_confidence *= _OUT_OF_SEASON
    return Identity(
        ward=ward,
        round=label,
        doc_no=head.doc_no,
        doc_date=head.day,
        confidence=round(min(ward_confidence, round_confidence), 4),
        evidence=tuple(e for _, e in (*for_ward, *for_round)),
        conflicts=round_conflicts(head, label),
        agency=" ".join(head.agency),
        is_report=is_ward_report(head),
        other_town=other_town(document, head),
    )


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


def _was_there(slug: str, day: date | None) -> bool:
    return day is None or wards()[slug].valid_on(day)


def _ward_evidence(document: Document, head: Letterhead, file_name: str | None) -> Iterable[Vote]:
    """Yield what each part of a report says about its ward."""
    agency = " ".join(head.agency)
    if named_later(agency, head.day):
        return
    yield from _named("agency", agency, _AGENCY)
    yield from _named("place_line", head.place, _PLACE)
    yield from _named("title", head.title, _TITLE)
    yield from _own_mentions(document)
    if file_name:
        yield from _named("file_name", re.sub(r"[-_.]+", " ", file_name), _FILE)


def _named(source: str, text: str, weight: float) -> Iterable[Vote]:
    """Yield the ward that a short text names; a slip of one letter or a wrong kind weighs less."""
    mentions = find_wards(text)
    if not mentions and text:
        near = near_ward(_name_part(text))
        mentions = [near] if near else []
    if mentions:
        mention = mentions[-1]
        yield mention.slug, Evidence(source, text.strip(), round(weight * _trust(mention), 3))


_NAME_PART = re.compile(r"(?:phuong|xa|thi\s+tran)\s+[^,;.]{2,24}$")


def _name_part(text: str) -> str:
    """Return the end of an agency line from "phường" or "xã" on, the whole of a shorter text."""
    match = _NAME_PART.search(plain(text))
    return text[match.start() :] if match else text


def _trust(mention: Mention) -> float:
    trust = _SLIP if mention.slip else 1.0 if mention.marked else _UNMARKED
    return trust if mention.kind_agrees else trust * _WRONG_KIND


def _own_mentions(document: Document) -> Iterable[Vote]:
    """Yield the wards that the body names as the speaker, each by its share of all namings of wards."""
    counts: Counter[str] = Counter()
    said: dict[str, str] = {}
    for block in document.blocks:
        if block.kind in {"letterhead", "title"} or "h" not in block.text.lower():
            continue
        for mention in find_wards(block.text):
            counts[mention.slug] += 3 if mention.own else 1
            if mention.own:
                said.setdefault(mention.slug, block.text[max(0, mention.start - 16) : mention.end].strip())
    for slug, words in said.items():
        yield slug, Evidence("body", words, round(_BODY * counts[slug] / counts.total(), 3))
