"""Documents cited inconsistently within one report.

Belongs here: one document under two numbers or dates, one number for two documents.
Stays out: finding citations in text (`parsers.citations`).

Two citations are compared only where they name the same kind of document. Subjects are compared folded and without
the words every subject shares; subjects of different years are different documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import combinations

from rapidfuzz import fuzz

from catalogue.labels import labels
from catalogue.spellings import put_for
from cchc.formats import day
from cchc.messages import translator
from cchc.text import fold
from parsers.reading import Citation
from validation.finding import Finding, Quote
from validation.phrases import make
from validation.report_values import Sheet

_ = translator("validation")

SAME = 90
"""Likeness of two subjects (0 to 100) from which they are one."""
DIFFERENT = 55
"""Likeness of two subjects under which they are two."""
MOST = 300
"""Different citations of a report that are compared with one another; a report cites a few dozen."""
Pair = tuple[Citation, Citation]
"""Two citations that contradict each other."""

# A subject of fewer words fits too many documents to say that two citations are of one.
_LEAST_WORDS = 4
_COMMON = re.compile(r"\b(ve viec|ve|viec|cua|tren dia ban|ubnd|uy ban nhan dan|phuong|xa|thi xa|cong tac|ban hanh)\b")
_YEAR = re.compile(r"\b20\d\d\b")


def citation_conflicts(sheet: Sheet) -> Iterator[Finding]:
    """Return one finding for every cluster of citations that contradict each other."""
    pairs = _told_once(
        (first, second)
        for first, second in combinations(_different(sheet.reading.citations), 2)
        if _two_numbers(first, second) or _two_subjects(first, second)
    )
    if pairs:
        cited = list(dict.fromkeys(citation for pair in pairs for citation in pair))
        yield make(
            sheet,
            "citation_conflict",
            [],
            lambda: _text(pairs),
            printed=" · ".join(dict.fromkeys(f"{c.number} ({_iso(c)})" for c in cited)),
            quotes=[Quote(c.sentence, None, c.number) for c in cited],
        )


def _different(citations: tuple[Citation, ...]) -> list[Citation]:
    """Return one citation of every kind, number, day and subject."""
    seen = {(fold(c.kind), _number(c), c.day, _subject(c)): c for c in reversed(citations)}
    return list(seen.values())[::-1][:MOST]


def _told_once(pairs: Iterable[Pair]) -> list[Pair]:
    """Return the pairs, those left out that say again of the same documents what an earlier one says."""
    kept: list[Pair] = []
    for pair in pairs:
        if not any(all(_like(citation, other) for citation in pair) for other in kept):
            kept.append(pair)
    return kept


def _like(citation: Citation, pair: Pair) -> bool:
    """Return whether a citation is one of a pair, its subject perhaps in other words."""
    return any(
        (_number(citation), citation.day) == (_number(other), other.day)
        and fuzz.token_set_ratio(_subject(citation), _subject(other)) >= DIFFERENT
        for other in pair
    )


def _two_numbers(first: Citation, second: Citation) -> bool:
    """Return whether one document stands under two numbers, or under one number with two dates."""
    same = _same_subject(first, second) or _miswritten(first, second)
    if fold(first.kind) != fold(second.kind) or not same:
        return False
    if _number(first) == _number(second):
        return None not in (first.day, second.day) and first.day != second.day
    return _symbol(first) == _symbol(second)


def _two_subjects(first: Citation, second: Citation) -> bool:
    """Return whether one number of one day is given to two documents."""
    if fold(first.kind) != fold(second.kind) or _number(first) != _number(second):
        return False
    if first.day is None or first.day != second.day or not (_telling(first) and _telling(second)):
        return False
    return fuzz.token_set_ratio(_subject(first), _subject(second)) < DIFFERENT


def _same_subject(first: Citation, second: Citation) -> bool:
    if not (_telling(first) and _telling(second)) or _years(first) != _years(second):
        return False
    return fuzz.token_sort_ratio(_subject(first), _subject(second)) >= SAME


def _miswritten(first: Citation, second: Citation) -> bool:
    """Return whether two citations of one day have one number's digits in two orders, and subjects that begin alike.

    "14/KH-UBND ... về cải cách hành chính năm 2024" and "41/KH-UBND ... về cải cách hành chính của xã" are one plan;
    two decisions of one day with neighbouring numbers and subjects that begin alike are two.
    """
    one, other = (re.sub(r"\D", "", c.number.partition("/")[0]) for c in (first, second))
    turned = one != other and sorted(one) == sorted(other) and None is not first.day == second.day
    return turned and _begin_alike(first, second)


def _begin_alike(first: Citation, second: Citation) -> bool:
    """Return whether two subjects have their first words alike, abbreviations in full, and are of one year."""
    one, other = (_in_full(c).split()[:_LEAST_WORDS] for c in (first, second))
    years = [_years(c) for c in (first, second)]
    return len(one) == _LEAST_WORDS and one == other and (years[0] == years[1] or not all(years))


def _in_full(citation: Citation) -> str:
    return put_for(_subject(citation), _words_of_short())


@cache
def _words_of_short() -> dict[str, str]:
    """Return what abbreviations stand for, both folded."""
    return {fold(short): fold(words) for words, forms in labels().abbreviations.items() for short in forms}


def _number(citation: Citation) -> str:
    return re.sub(r"\s+", "", fold(citation.number)).replace("–", "-").lstrip("0")


def _symbol(citation: Citation) -> str:
    return _number(citation).partition("/")[2]


def _subject(citation: Citation) -> str:
    return _bare(citation.subject)


@lru_cache(maxsize=2 * MOST)
def _bare(subject: str) -> str:
    """Return a subject folded and without the words that every subject shares."""
    return " ".join(_COMMON.sub(" ", fold(subject)).split())


def _telling(citation: Citation) -> bool:
    return len(_subject(citation).split()) >= _LEAST_WORDS


def _years(citation: Citation) -> set[str]:
    return set(_YEAR.findall(citation.subject))


def _iso(citation: Citation) -> str:
    return citation.day.isoformat() if citation.day else ""


def _text(pairs: list[Pair]) -> str:
    text = _("Documents are cited inconsistently: {pairs}. Please check their numbers and dates.")
    return text.format(pairs="; ".join(_pair(first, second) for first, second in pairs))


def _pair(first: Citation, second: Citation) -> str:
    if _number(first) == _number(second) and first.day == second.day:
        text = _("{number} of {day} stands for both “{first}” and “{second}”")
        return text.format(number=first.number, day=day(first.day), first=first.subject, second=second.subject)
    text = _("“{subject}” stands under {first} of {first_day} and {second} of {second_day}")
    return text.format(
        subject=first.subject,
        first=first.number,
        first_day=day(first.day),
        second=second.number,
        second_day=day(second.day),
    )
