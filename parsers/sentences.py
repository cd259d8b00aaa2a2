"""Sentences of Vietnamese official prose.

Belongs here: cutting a text into sentences as a clerk would quote them, abbreviations, numbers and dates left whole.
Stays out: clauses inside a sentence (`parsers.figures`). A semicolon or a colon ends no sentence; a new line does
where a list dash, a list number or a capital after a full stop follows.
"""

from __future__ import annotations

import re

from catalogue.wordlists import either

_BREAK = re.compile(r"[.!?…]+/?\.?[\"”’»)\]]*(?=\s)|\n")
_LIST_MARK = re.compile(r"\s*(?:[-–—+•*▪●✓]\s|[0-9]{1,2}(?:\.[0-9]{1,2})*[.)/]\s|[a-zđ][.)]\s|[IVX]{1,5}[.)]\s)")
_OPENS = re.compile(r"\s*[\"“‘«(\[+\-–•]*\s*(?:[0-9]|[^\W\d_])")
_LABEL = re.compile(r"\s*[(\[]?(?:[0-9]{1,2}(?:\.[0-9]{1,2})*|[a-zđA-ZĐ]|[IVXivx]{1,5})$")
_ABBREVIATION = re.compile(rf"(?<!\w)(?:{either('shortened')})$")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences of `text`, in order, blanks at either end left out."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _BREAK.finditer(text):
        if not _ends_sentence(text, start, match):
            continue
        _add(text, start, match.end(), spans)
        start = match.end()
    _add(text, start, len(text), spans)
    return spans


def sentence_at(text: str, position: int) -> tuple[int, int]:
    """Return the span of the sentence in which `position` stands, that of the whole text where none does."""
    for start, end in sentence_spans(text):
        if start <= position < end:
            return start, end
    return 0, len(text)


def _add(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    """Keep a span without the blanks around it, nothing where only blanks are left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    if match[0] == "\n":
        return _line_ends_sentence(text, match.start())
    if match[0].startswith("."):
        before = text[max(start, match.start() - 8) : match.start()]
        if _ABBREVIATION.search(before) or _is_initial(before):
            return False
        if match.start() - start <= 12 and _LABEL.fullmatch(text, start, match.start()):
            return False
    following = _OPENS.match(text, match.end())
    if following is None:
        return match.end() < len(text)
    return not text[following.end() - 1].islower() or _LIST_MARK.match(text, match.end()) is not None


def _is_initial(before: str) -> bool:
    """Return whether a full stop follows a lone capital, as in "Nguyễn V. A"."""
    return len(before) >= 2 and before[-1].isupper() and not before[-2].isalnum() and before[-1] not in "IVX"


def _line_ends_sentence(text: str, position: int) -> bool:
    """Return whether a new line starts something new: a list mark follows, or the line before was closed."""
    if _LIST_MARK.match(text, position + 1):
        return True
    before = text[max(0, position - 3) : position].rstrip()
    return before.endswith((".", ";", ":", "./.")) and text[position + 1 : position + 2] != ""
