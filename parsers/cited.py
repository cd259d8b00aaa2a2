"""The stretches of a text whose numbers are no figures by their own form: documents, dates, periods, standards.

Belongs here: `cited_spans`, which looks at every run of digits, its shape (`parsers.citedshapes`) and the few words
before it (`catalogue/cues.yaml`).
Stays out: what needs the sentence to tell (targets, other levels, changes: `parsers.accounts`), and which document is
cited for what (`parsers.citations`).

A span must be certain: where a number might count something, it is left to the engine that reads figures.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from catalogue.cues import cues
from parsers import citedshapes as shapes
from parsers.numbers import unit_at
from parsers.reading import AccountKind

Span = tuple[int, int, AccountKind]

_DIGITS = re.compile(r"[0-9]+")
_LOOK_BACK = 34
_USUAL_LENGTH = 8000
_DAY_CUES = frozenset({"ngày", "mùng", "mồng", "hôm"})
_EACH = frozenset({"mỗi", "một", "trong", "quân", "từng", "theo", "hằng", "hàng"})
_AROUND_DAY = frozenset({"trước", "sau", "từ", "đến", "tới", "hết", "dịp", "khánh", "lễ", "sáng", "chiều", "niệm"})
_KINDS_OF_DUE = frozenset({"trong", "đúng", "quá", "trễ", "trước", "đến", "còn", "sớm"})
"""Words that make "hạn" the due date of dossiers: "trong hạn 7/9" is a fraction, "hạn 30/11" a day."""
_YEAR_CUES = frozenset(
    {"năm", "kỳ", "đoạn", "khóa", "khoá", "từ", "đến", "trước", "sau", "cuối", "đầu", "giữa", "cchc", "với", "học"}
)
_CLOCK_CUES = frozenset({"lúc", "hồi", "vào"})


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
    return _with_spoken(text, spans)


def _with_spoken(text: str, spans: list[Span]) -> list[Span]:
    """Return the spans with the months counted in words ("chín tháng") among them."""
    if "háng" not in text:
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
    """Return the name that holds a run of digits ("Đề án 06"), None where none does."""
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
        _date_at(text, start, before, last, prior)
        or _phone_at(text, start, before)
        or _period_at(text, start, before, last)
        or _standard_at(text, start, before, last)
        or _cue_at(text, start, before, words)
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


def _from(before: str, start: int, word: str) -> int:
    """Return where the cue `word` before `start` begins."""
    place = before.lower().rfind(word)
    return start - len(before) + place if place >= 0 else start


def _counted(text: str, end: int) -> bool:
    """Tell whether a counting word stands right behind `end`; days and years are none here."""
    return unit_at(text, end)[1] not in {"", "time"}


def _date_at(text: str, start: int, before: str, last: str, prior: str) -> Span | None:
    """Return a day, a month of a year, or a time of day."""
    match = (
        shapes.FULL_DATE.match(text, start) or shapes.CLOCK.match(text, start) or shapes.DAY_RANGE.match(text, start)
    )
    match = match or shapes.DAY_SPOKEN_YEAR.match(text, start)
    if match is None and last in _DAY_CUES:
        match = shapes.DAY_SPOKEN.match(text, start) or shapes.DAYS.match(text, start)
        bare = match is not None and match[0].isdigit()
        if match and bare and (prior in _EACH or _counted(text, match.end())):
            match = None
    elif match is None and last == "tháng":
        match = shapes.MONTH_OF.match(text, start)
        if match and (prior in _EACH - {"trong", "theo"} or (match[0].isdigit() and _counted(text, match.end()))):
            match = None
    elif match is None:
        match = _uncued_date(text, start, last, prior)
    if match is None:
        return None
    return _from(before, start, last) if last in _DAY_CUES | {"tháng"} else start, match.end(), AccountKind.DATE


def _uncued_date(text: str, start: int, last: str, prior: str) -> re.Match[str] | None:
    """Return "15/9" behind a word of time, "9/2022", or the hour behind "lúc", where they count nothing."""
    match = shapes.MONTH_AND_YEAR.match(text, start)
    if match is None and (last in _AROUND_DAY or (last == "hạn" and prior not in _KINDS_OF_DUE)):
        match = shapes.DAY_OF_MONTH.match(text, start)
        if match and int(match["day"]) == int(match["month"]):
            match = None
    if match is None and last in _CLOCK_CUES:
        match = shapes.HOUR.match(text, start)
    return None if match and _counted(text, match.end()) else match


def _phone_at(text: str, start: int, before: str) -> Span | None:
    match = shapes.PHONE.match(text, start)
    if match is None or before[-1:].isdigit() or before[-1:] in {".", ","}:
        return None
    return start, match.end(), AccountKind.PHONE


def _period_at(text: str, start: int, before: str, last: str) -> Span | None:
    """Return a quarter, a count of months, or a year."""
    match = shapes.QUARTER.match(text, start) if last in {"quý", "quí"} else None
    if match:
        return _from(before, start, last), match.end(), AccountKind.PERIOD
    match = shapes.MONTHS.match(text, start)
    if match:
        return start, match.end(), AccountKind.PERIOD
    match = shapes.YEARS.match(text, start)
    if match is None or (last != "năm" and _counted(text, match.end())):
        return None
    quarter = shapes.QUARTER_BEFORE.search(before)
    if quarter:
        return start - len(before) + quarter.start(), match.end(), AccountKind.PERIOD
    if len(match[0]) == 4 and last not in _YEAR_CUES:
        return None
    return _from(before, start, last) if last == "năm" else start, match.end(), AccountKind.PERIOD


def _standard_at(text: str, start: int, before: str, last: str) -> Span | None:
    """Return a service level ("mức độ 3, 4") or a standard ("TCVN ISO 9001:2015")."""
    tail = before.lower().rstrip()
    cue = next((c for c in ("mức độ", "mức", "mđ") if tail.endswith(c)), None)
    if cue:
        match = shapes.LEVELS.match(text, start)
        return (_from(before, start, cue), match.end(), AccountKind.STANDARD) if match else None
    if last in {"iso", "iso/iec"}:
        match = shapes.ISO.match(text, start)
        return (_from(before, start, last), match.end(), AccountKind.STANDARD) if match else None
    return None


def _cue_at(text: str, start: int, before: str, words: list[str]) -> Span | None:
    """Return what the cue word before a number makes of it, unless something says that it counts all the same."""
    first, kind, numbered = _cue(words)
    if kind is None:
        return None
    rules = cues()
    shape = shapes.SHORT_PHONE if kind is AccountKind.PHONE else shapes.ORDINAL
    match = shape.match(text, start)
    if match is None or (kind.value in rules.needs_so and not numbered):
        return None
    if kind.value in rules.unless_padded and text[start] == "0" and not numbered:
        return None
    if kind.value in rules.unless_counted and _counted(text, match.end()):
        return None
    return _from(before, start, first), match.end(), kind


def _cue(words: list[str]) -> tuple[str, AccountKind | None, bool]:
    """Return the first word of the longest cue that ends the words before a number, its kind, whether "số" follows."""
    if not words:
        return "", None, False
    first, kind = _lookup(words)
    if kind is None and words[-1] in {"số", "số:"} and len(words) > 1:
        return *_lookup(words[:-1]), True
    if kind is None and words[-1].endswith(":"):
        first, kind = _lookup([*words[:-1], words[-1][:-1]])
        return (first, kind, False) if kind is AccountKind.PHONE else ("", None, False)
    return first, kind, words[-1] == "số"


def _lookup(words: list[str]) -> tuple[str, AccountKind | None]:
    """Return the first word and the kind of the longest cue phrase at the end of `words`."""
    clean = [w.lstrip('("“[-–+') for w in words]
    for length in (4, 3, 2, 1):
        if len(clean) < length:
            continue
        kind = _kinds().get(" ".join(clean[-length:]))
        if kind is not None:
            prior = clean[-length - 1] if len(clean) > length else ""
            return ("", None) if prior in cues().never_after else (clean[-length], kind)
    return "", None


@cache
def _kinds() -> dict[str, AccountKind]:
    return {phrase: AccountKind(kind) for phrase, kind in cues().kind_of.items()}
