"""Finding what cites by its form in a text.

Belongs here: `cited_spans`, which looks at every run of digits: its shape, then the few words before it.
Stays out: dates and periods (`times`), cue words (`words`).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from catalogue.cues import cues
from catalogue.wordlists import word_list
from parsers.cited import shapes
from parsers.cited.before import Span, cue_start
from parsers.cited.times import date_at, period_at
from parsers.cited.words import cue_at
from parsers.numbers import find_numbers
from parsers.reading import AccountKind

_DIGITS = re.compile(r"[0-9]+")
_AMOUNT = re.compile(r"%|tri|t[ỷỉ]|ngh|ng[àa]n|tr", re.IGNORECASE)
"""What a text with a scale or a share has in it, cheaply asked."""
# Characters: the longest cue word with what may stand behind it; and a paragraph, above which texts are cut.
_LOOK_BACK = 34
_USUAL_LENGTH = 8000


def cited_spans(text: str) -> list[Span]:
    """Return the spans of a text that cite documents, dates, periods, laws, articles, standards, phones and names.

    Spans do not overlap and stand in order; each covers the number with its cue word ("khoản 8", "quý III/2022").
    Those of a paragraph of usual length are kept, as several readers ask for them.
    """
    return list(_kept(text)) if len(text) <= _USUAL_LENGTH else _find(text)


@lru_cache(maxsize=1024)
def _kept(text: str) -> tuple[Span, ...]:
    return tuple(_find(text))


def _find(text: str) -> list[Span]:
    if not text:
        return []
    known = _listed(text) | _web(text)
    spans: list[Span] = []
    done = 0
    for digits in _DIGITS.finditer(text):
        start = digits.start()
        if start < done:
            continue
        span = known.get(start) or _name_at(text, digits) or _span_at(text, start)
        if span is not None and (span[0] >= done or span[2] is not AccountKind.DATE):
            spans.append((max(span[0], done), span[1], span[2]))
            done = span[1]
    return _with_spoken(text, _certain(text, spans))


def _certain(text: str, spans: list[Span]) -> list[Span]:
    """Return the spans but those that end inside a sum or a share: "trong quý 4 tỷ 460 triệu" names no quarter."""
    if not spans or not _AMOUNT.search(text):
        return spans
    amounts = [n for n in find_numbers(text) if n.scale > 1 or n.percent]
    return [
        (a, b, kind)
        for a, b, kind in spans
        if not any(a <= n.start < b < (n.end if n.scale > 1 else n.unit_end) for n in amounts)
    ]


def _with_spoken(text: str, spans: list[Span]) -> list[Span]:
    """Return the spans with the months counted in words ("chín tháng") among them."""
    if not any(word[1:] in text for word in word_list("month")):
        return spans
    spoken = [(m.start(), m.end(), AccountKind.PERIOD) for m in shapes.SPOKEN_MONTHS.finditer(text)]
    merged: list[Span] = []
    for span in sorted([*spans, *spoken]):
        if not merged or merged[-1][1] <= span[0]:
            merged.append(span)
    return merged


def _listed(text: str) -> dict[int, Span]:
    """Return list numbers by the place of their first digit: "2.1." that opens a line, "(1) … (2)" in a row."""
    found: dict[int, Span] = {}
    for line in (0, *(m.end() for m in shapes.NEW_LINE.finditer(text))):
        match = shapes.LIST.match(text, line)
        if match:
            found[match.start("label")] = (match.start("label"), match.end("label"), AccountKind.LIST_NUMBER)
    if "(" not in text:
        return found
    expected = 1
    for match in shapes.BRACKETED.finditer(text):
        if int(match["label"]) == expected:
            found[match.start("label")] = (match.start(), match.end(), AccountKind.LIST_NUMBER)
            expected += 1
    for match in shapes.FORMULA.finditer(text):
        group = "label" if match["label"] else "left"
        found.setdefault(match.start(group), (match.start(group), match.end(group), AccountKind.LIST_NUMBER))
    return found


def _web(text: str) -> dict[int, Span]:
    """Return web and mail addresses by the place of every digit run in them."""
    if not any(sign in text for sign in ("@", "http", "www.", ".vn")):
        return {}
    return {
        digits.start(): (match.start(), match.end(), AccountKind.NAME)
        for match in shapes.WEB.finditer(text)
        for digits in _DIGITS.finditer(text, *match.span())
    }


def _name_at(text: str, digits: re.Match[str]) -> Span | None:
    """Return the name that holds a run of digits ("Đề án 06", "Phường 3"), None where none does."""
    before_it = shapes.NUMBERED_UNIT.search(text, max(0, digits.start() - _LOOK_BACK), digits.start())
    if before_it and shapes.UNIT_NUMBER.match(text, digits.start()):
        return before_it.start(), digits.end(), AccountKind.NAME
    for before, after in _names().get(digits[0], ()):
        start, end = digits.start() - len(before), digits.end() + len(after)
        if start < 0 or text[start:end].lower() != before + digits[0] + after:
            continue
        if not text[start - 1 : start].isalnum() and shapes.NAME_ENDS.match(text, end):
            return start, end, AccountKind.NAME
    return None


@cache
def _names() -> dict[str, list[tuple[str, str]]]:
    """Return what stands before and behind the digits of every name of the catalogue, by the digits."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(cues().names, key=len, reverse=True):
        digits = _DIGITS.search(name)
        if digits:
            found.setdefault(digits[0], []).append((name[: digits.start()], name[digits.end() :]))
    return found


def _span_at(text: str, start: int) -> Span | None:
    """Return what the number at `start` cites by its own shape or by the words before it."""
    document = _document_at(text, start)
    if document:
        return document
    before = text[max(0, start - _LOOK_BACK) : start]
    words = before.lower().split()
    last = words[-1].strip('("“[') if words else ""
    prior = words[-2] if len(words) > 1 else ""
    return (
        date_at(text, start, before, last, prior)
        or _phone_at(text, start, before)
        or period_at(text, start, before, last)
        or _standard_at(text, start, before, last)
        or cue_at(text, start, before, words)
    )


def _document_at(text: str, start: int) -> Span | None:
    match = shapes.NUMBER_AND_SYMBOL.match(text, start)
    if match is None:
        return None
    symbol = shapes.plain_symbol(match["symbol"] or match["party"])
    if "-" not in symbol and "/" not in symbol and symbol not in cues().symbols and not match["year"]:
        return None
    is_law = any(symbol.startswith(law) for law in cues().laws)
    return start, match.end(), AccountKind.LAW if is_law else AccountKind.DOCUMENT_NUMBER


def _phone_at(text: str, start: int, before: str) -> Span | None:
    match = shapes.PHONE.match(text, start)
    if match is None or before[-1:].isdigit() or before[-1:] in {".", ","}:
        return None
    return start, match.end(), AccountKind.PHONE


def _standard_at(text: str, start: int, before: str, last: str) -> Span | None:
    """Return a service level ("mức độ 3, 4") or a standard ("TCVN ISO 9001:2015")."""
    tail = before.lower().rstrip()
    cue = next((c for c in word_list("level_cues") if tail.endswith(c)), None)
    if cue:
        match = shapes.LEVELS.match(text, start)
        return (cue_start(before, start, cue), match.end(), AccountKind.STANDARD) if match else None
    if last in {"iso", "iso/iec"}:
        match = shapes.ISO.match(text, start)
        return (cue_start(before, start, last), match.end(), AccountKind.STANDARD) if match else None
    return None
