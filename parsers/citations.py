"""The documents a report cites: kind, number with symbol, day, subject.

Belongs here: `find_citations`. The spans of everything that cites by its form are `cited_spans` (`parsers.cited`),
handed on from here.
Stays out: whether citations contradict each other (`validation.citations`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from catalogue.wordlists import either, word_list, words_for
from parsers.cited import cited_spans
from parsers.cited.shapes import NUMBER_AND_SYMBOL, plain_symbol
from parsers.document import Document
from parsers.passages import Passage, passages
from parsers.reading import AccountKind, Citation

__all__ = ["cited_spans", "find_citations"]

_KINDS = words_for("document_kinds")
_PRINTED = "|".join(sorted(_KINDS.values(), key=len, reverse=True))
_NUMBER = f"(?:{either('number_word')})"
_NAMED = re.compile(rf"(?P<kind>{_PRINTED})[^\d.;:()]{{0,24}}?\s*{_NUMBER}?\s*:?\s*$", re.IGNORECASE)
_DAY = re.compile(
    rf"[\s,(]*(?:(?:{either('signed')})\s+)?(?:(?:{either('day')})\s+)?(?P<day>[0-9]{{1,2}})\s*"
    rf"(?:[/.-]|{either('month')})\s*(?P<month>[0-9]{{1,2}})\s*(?:[/.-]|{either('year')})\s*"
    r"(?P<year>(?:19|20)[0-9]{2})",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    rf"[\s,]*(?P<issuer>(?:{either('issued_by')})\s[^;.,:()]{{2,70}}?)?[\s,]*(?P<cue>{either('subject_cue')}|\()",
    re.IGNORECASE,
)
_SUBJECT_END = re.compile(
    rf"[;)]|\.(?=\s|$)|,\s+(?=(?:{either('subject_end', ' ')})(?!\w))|\s+(?:{either('purpose')})(?=\s)|"
    rf"\s+(?:{either('and')})\s+(?=(?:{either('next_kinds', ' ')})\s+(?:{_NUMBER}\s)?[0-9])"
)
_NEXT_KIND = re.compile(rf"\s+(?:(?:{either('next_document', ' ')})\s+)?(?:{_PRINTED})\s*{_NUMBER}?\s*$", re.IGNORECASE)
_BEFORE = re.compile(
    rf"(?:{either('subject_before')})\s+(?P<subject>[^;:.,\d/]{{12,160}}?(?:20[0-9]{{2}})?)"
    rf"\s+(?:{either('under_document')})\s*$",
    re.IGNORECASE,
)
# Characters: what is searched of a text before and behind a number with symbol.
_LOOK_BACK = 90
_LONGEST_SUBJECT = 220


def find_citations(document: Document) -> tuple[Citation, ...]:
    """Return the documents that a report cites with number and symbol, in reading order, its own number left out."""
    heads = {b.index for b in document.blocks if b.kind in {"letterhead", "signature"}}
    return tuple(
        citation
        for passage in passages(document)
        if passage.holder[0] not in heads and "/" in passage.text
        for citation in _of_passage(passage)
    )


def _of_passage(passage: Passage) -> Iterator[Citation]:
    text = passage.text
    kinds = {AccountKind.DOCUMENT_NUMBER, AccountKind.LAW}
    spans = [span for span in cited_spans(text) if span[2] in kinds]
    matches = [m for start, _, _ in spans if (m := _at(text, start))]
    for place, match in enumerate(matches):
        limit = matches[place + 1].start() if place + 1 < len(matches) else len(text)
        kind = _kind(text, match)
        day, after = _day(text, match.end())
        yield Citation(
            kind=kind,
            number=_number(match),
            day=day,
            subject=_subject(text, after, limit) or _subject_before(text, match.start()),
            place=passage.place(match.start(), after),
            sentence=passage.sentence_at(match.start()),
        )


def _at(text: str, start: int) -> re.Match[str] | None:
    """Return number and symbol at the first digit of a span."""
    digit = re.compile(r"[0-9]").search(text, start)
    return NUMBER_AND_SYMBOL.match(text, digit.start()) if digit else None


def _number(match: re.Match[str]) -> str:
    """Return number and symbol without blanks and with plain dashes: "05/KH-UBND"."""
    return plain_symbol(match[0])


def _kind(text: str, match: re.Match[str]) -> str:
    """Return the kind that the symbol of a document says, else the one printed before its number."""
    symbol = re.split(r"[-/.]", plain_symbol(match["symbol"] or match["party"]))[0].rstrip("0123456789")
    if symbol in _KINDS:
        return _KINDS[symbol]
    named = _NAMED.search(text, max(0, match.start() - _LOOK_BACK), match.start())
    return named["kind"][:1].upper() + named["kind"][1:].lower() if named else word_list("unnamed_document")[0]


def _day(text: str, position: int) -> tuple[date | None, int]:
    """Return the day printed right behind a number, None where none or an impossible one stands, and where it ends."""
    match = _DAY.match(text, position)
    if match is None:
        return None, position
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"])), match.end()
    except ValueError:
        return None, match.end()


def _subject(text: str, start: int, limit: int) -> str:
    """Return what a document is about, as printed behind its number and day; empty where nothing says so."""
    match = _SUBJECT.match(text, start, limit)
    if match is None:
        return ""
    begin = match.end() if match["cue"] == "(" else match.start("cue")
    end = _SUBJECT_END.search(text, match.end(), min(limit, begin + _LONGEST_SUBJECT))
    stop = end.start() if end else min(limit, begin + _LONGEST_SUBJECT)
    subject = text[begin:stop].strip(" ,;")
    return _NEXT_KIND.sub("", subject).strip(" ,;") if stop == limit else subject


def _subject_before(text: str, start: int) -> str:
    """Return what "… tại Quyết định số" names before the number."""
    named = _NAMED.search(text, max(0, start - _LOOK_BACK), start)
    if named is None:
        return ""
    match = _BEFORE.search(text, max(0, named.start() - 180), named.start())
    return match["subject"].strip(" ,;-–+") if match else ""
