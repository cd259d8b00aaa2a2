"""Zeros in words: không có, không phát sinh, chưa có … nào.

Belongs here: finding a denial in a text, and the stretch of text that names what is denied, before or behind it.
Stays out: deciding which figure is thereby printed as zero (`parsers.figures`).

A denial counts only where it denies that things exist or happened. "Không để xảy ra", "không đủ điều kiện" and
"không quá 03 ngày" deny something else and are left out, as is everything that a goal forbids ("không để phát sinh").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from catalogue.wordlists import either, word_list
from parsers.numbers import unit_at

Side = Literal["before", "after", "both"]


@dataclass(frozen=True)
class Negation:
    """One denial. `start`–`end` covers the denying words ("chưa có", "không phát sinh").

    `subject_start`–`subject_end` covers the words that name what is denied: behind the denial ("không có" *hồ sơ trễ
    hạn*), or before it in "Hồ sơ trễ hạn: không". `side` says which. `verb` is the denied verb in lower case ("có",
    "phát sinh", "ban hành"), empty for a lone "không".
    """

    start: int
    end: int
    subject_start: int
    subject_end: int
    side: Side
    verb: str


_NO = f"(?P<no>{either('denying_alone')})"
_DENYING = re.compile(either("denying"), re.IGNORECASE)
_DENIAL = re.compile(
    rf"(?<!\w)(?P<no>{either('denying')})\s+(?:(?:{either('before_denied')})\s+)?"
    rf"(?P<verb>{either('denied_verbs')})(?!\w)",
    re.IGNORECASE,
)
_BARE = re.compile(rf"(?<!\w){_NO}(?:\s+(?:{either('one')}))?(?=\s)", re.IGNORECASE)
_UNSPENT = re.compile(
    rf"(?<!\w){_NO}\s+(?P<subject>{either('spending')})"
    rf"(?=(?:\s+(?:{either('spent_behind')}))?(?:\s+(?:{either('no_money')}))?\s*(?:[.;,)]|$))",
    re.IGNORECASE,
)
_ANY = re.compile(rf"(?<!\w)(?:{either('none_of')})(?!\w)")
_NONE_OF = re.compile(rf"[^.;:,\n]{{0,60}}?{_ANY.pattern}")
_THINGS = frozenset(
    {"dossier", "case", "person", "document", "procedure", "feedback", "turn", "form", "session", "task"}
)
_LONE = re.compile(rf"(?<=[:：])\s*{_NO}(?=\s*(?:[.;,)\]]|$|\n))", re.IGNORECASE)
_CELL = re.compile(rf"\s*(?P<no>{either('cells_of_none', ' ')})\s*\.?\s*", re.IGNORECASE)
_GOAL = re.compile(
    rf"(?<!\w)(?:{either('denying_goal')})\s+(?:(?:{either('still')})\s+)?(?:{either('leave')})\s", re.IGNORECASE
)
_EXISTENTIAL = frozenset(word_list("existential"))
_NOT_A_THING = re.compile(rf"\s+(?:{either('no_thing')})(?!\w)", re.IGNORECASE)
_SUBJECT_END = re.compile(rf"[.;:\n(\[]|,(?!\s+(?:{either('subject_goes_on')}))|\s+(?:{either('turns', ' ')})\s")
_SUBJECT_START = re.compile(r"[.;\n(\[]|,(?=\s)|(?:^|\s)[-+•]\s")
# Characters: what is denied stands in the same clause; a search that ends keeps long texts cheap.
_LONGEST_SUBJECT = 160


def find_negations(text: str) -> list[Negation]:
    """Return the denials of `text` that say nothing was there, in order.

    A text that is a denial and nothing else (a table cell) gives one with an empty subject.
    """
    if not _DENYING.search(text):
        return []
    whole = _CELL.fullmatch(text)
    if whole:
        verb = " ".join(whole["no"].lower().split()[1:])
        return [Negation(whole.start("no"), whole.end("no"), whole.start("no"), whole.start("no"), "before", verb)]
    found = [_denial(text, match) for match in _DENIAL.finditer(text)]
    found += [_bare(text, match) for match in _BARE.finditer(text)]
    found += [Negation(*m.span("no"), *m.span("subject"), "after", "") for m in _UNSPENT.finditer(text)]
    lone = [_lone(text, match) for match in _LONE.finditer(text)]
    return sorted([n for n in (*found, *lone) if n is not None], key=lambda n: n.start)


def _denial(text: str, match: re.Match[str]) -> Negation | None:
    """Return a denial with its subject, None where it forbids or denies no thing."""
    if _GOAL.match(text, match.start()) or _NOT_A_THING.match(text, match.end()):
        return None
    verb = " ".join(match["verb"].lower().split())
    after = _subject_after(text, match.end())
    if text[slice(*after)].strip():
        named = _ANY.search(text[slice(*after)]) is not None
        if verb not in _EXISTENTIAL and not named and verb not in word_list("denied_of_any"):
            return None
        return Negation(match.start(), match.end(), *after, "after", verb)
    before = _subject_before(text, match.start())
    return Negation(match.start(), match.end(), *before, "before", verb)


def _bare(text: str, match: re.Match[str]) -> Negation | None:
    """Return the "không" of "không hồ sơ nào quá hạn", where a counted thing and "nào" follow without a verb."""
    if unit_at(text, match.end())[1] not in _THINGS or not _NONE_OF.match(text, match.end()):
        return None
    return Negation(match.start(), match.end(), *_subject_after(text, match.end()), "after", "")


def _lone(text: str, match: re.Match[str]) -> Negation:
    """Return the "không" of "Hồ sơ trễ hạn: không" with what stands before the colon."""
    return Negation(match.start("no"), match.end("no"), *_subject_before(text, match.start("no")), "before", "")


def _subject_after(text: str, start: int) -> tuple[int, int]:
    match = _SUBJECT_END.search(text, start, start + _LONGEST_SUBJECT)
    end = match.start() if match else min(len(text), start + _LONGEST_SUBJECT)
    return _trimmed(text, start, end)


def _subject_before(text: str, end: int) -> tuple[int, int]:
    """Return the span of the words before a denial, from the last clause mark, the colon before it left out."""
    begin = max(0, end - _LONGEST_SUBJECT)
    marks = list(_SUBJECT_START.finditer(text, begin, end))
    return _trimmed(text, marks[-1].end() if marks else begin, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \t\n,:":
        start += 1
    while end > start and text[end - 1] in " \t\n,:":
        end -= 1
    return start, end
