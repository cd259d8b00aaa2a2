"""Number words that count something: "ba buổi" is 3, "một cửa" and "năm 2023" are no numbers.

Belongs here: deciding from its neighbours whether a run of number words is a number of the text.
Stays out: the grammar of the words (`words`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalogue.wordlists import either, word_list
from parsers.numbers.around import approximation_at, percent_end, unit_at
from parsers.numbers.value import Number
from parsers.numbers.words import find_words

_BEFORE = re.compile(r"([^\W\d_]+)?([^\w\n]*)$")
_NO_COUNT_AFTER = frozenset(word_list("no_count_after"))
_FIVE_AFTER = frozenset(word_list("five_after"))
_NO_ONE = re.compile(rf"\s+(?:{either('no_one')})(?!\w)", re.IGNORECASE)
_ONE_COUNTS = frozenset(
    {"dossier", "case", "turn", "person", "member", "team", "document", "procedure", "form", "session", "item"}
    | {"feedback", "complaint", "task"}
)
_MAY_COUNT = frozenset(word_list("may_count"))
_ZERO, _ONE, _FIVE = word_list("zero"), word_list("one"), word_list("five")
_NAMES_BEHIND, _ALTOGETHER, _BOTH_NEVER = word_list("names_behind"), word_list("altogether"), word_list("both_never")
_RATIO = re.compile(rf" (?:{either('ratio_behind')})", re.IGNORECASE)
_CLAUSE_END = re.compile(r"\s*(?:[.;,)\]]|$)")


def counted_words(text: str, digits: list[Number]) -> Iterator[Number]:
    """Yield the numbers printed in words that count something."""
    ends = {n.end for n in digits}
    for words in find_words(text):
        start, end = words.start, words.end
        if _RATIO.match(text, end) or (start - 1) in ends:
            continue
        percent = percent_end(text, end)
        unit, unit_class, unit_end = ("", "", percent) if percent else unit_at(text, end)
        if words.single and not percent and not _counts(text, start, end, unit_class):
            continue
        if not words.single and _word_before(text, start)[0] in _NAMES_BEHIND:
            continue
        yield Number(
            start=start,
            end=end,
            raw=text[start:end],
            value=words.value,
            percent=bool(percent),
            unit=unit,
            unit_class=unit_class,
            unit_end=unit_end,
            approximation=approximation_at(text, start, unit_end),
            in_words=True,
        )


def may_count(text: str, start: int, end: int) -> bool:
    """Return whether a lone number word that is an everyday word as well may count something where it stands.

    Wider than `counted_words`: "công nhận một.", "ra một NQ", "quá hạn chưa trả hai"; who asks must be able to tell.
    """
    word = text[start:end].lower()
    before, between = _word_before(text, start)
    if word not in _MAY_COUNT or (before in _NO_COUNT_AFTER and between.strip() in {"", ","}):
        return False
    if word in _FIVE:
        return unit_at(text, end)[1] not in {"", "time"}
    return not _NO_ONE.match(text, end) and (_CLAUSE_END.match(text, end) is not None or text[end : end + 1] in " (")


def _word_before(text: str, start: int) -> tuple[str, str]:
    """Return the word before `start` in lower case, and what is printed between it and `start`."""
    match = _BEFORE.search(text[max(0, start - 24) : start])
    return ((match[1] or "").lower(), match[2]) if match else ("", "")


def _counts(text: str, start: int, end: int, unit_class: str) -> bool:
    """Return whether a lone number word counts something: a counting word follows, or it ends a "label:" or "cả …"."""
    word = text[start:end].lower()
    before, between = _word_before(text, start)
    parted = bool(between.strip())
    if word in _ZERO or (before in _NO_COUNT_AFTER and between.strip() in {"", ","}):
        return False
    if text[start].isupper() and before and not parted:
        return False
    if not unit_class:
        closes = _CLAUSE_END.match(text, end) is not None
        return closes and (between.strip() == ":" or (before in _ALTOGETHER and not parted and word not in _BOTH_NEVER))
    if word in _ONE:
        return unit_class in _ONE_COUNTS and not _NO_ONE.match(text, end)
    if word in _FIVE:
        return unit_class not in {"time"} and (parted or before in _FIVE_AFTER)
    return True
