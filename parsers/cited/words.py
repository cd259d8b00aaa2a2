"""Numbers named by the cue word before them: "khoản 8", "tổ dân phố 3", "Nghị định số 34".

Belongs here: matching the cue words of `catalogue/language/cues.yaml`, and the reasons for which a cue does not count.
Stays out: numbers that their own shape names (`find`, `times`).
"""

from __future__ import annotations

from functools import cache

from catalogue.cues import cues
from catalogue.wordlists import word_list
from parsers.cited import shapes
from parsers.cited.before import Span, cue_start, is_counted
from parsers.reading import AccountKind

_NUMBER = frozenset(word_list("number_word"))


def cue_at(text: str, start: int, before: str, words: list[str]) -> Span | None:
    """Return what the cue word before a number makes of it, unless something says that it counts all the same."""
    phrase, kind, numbered = _cue(words)
    if kind is None:
        return None
    rules = cues()
    shape = shapes.SHORT_PHONE if kind is AccountKind.PHONE else shapes.ORDINAL
    match = shape.match(text, start)
    if (
        match is None
        or _is_more_than(match[0], rules.most.get(phrase))
        or (kind.value in rules.needs_so and not numbered)
    ):
        return None
    if kind.value in rules.unless_padded and text[start] == "0" and not numbered:
        return None
    if kind.value in rules.unless_counted and is_counted(text, match.end()):
        return None
    return cue_start(before, start, phrase.partition(" ")[0]), match.end(), kind


def _is_more_than(printed: str, most: int | None) -> bool:
    return most is not None and printed.isdigit() and int(printed) > most


def _cue(words: list[str]) -> tuple[str, AccountKind | None, bool]:
    """Return the longest cue that ends the words before a number, its kind, and whether "số" follows it."""
    if not words:
        return "", None, False
    phrase, kind = _lookup(words)
    if kind is None and words[-1].removesuffix(":") in _NUMBER and len(words) > 1:
        return *_lookup(words[:-1]), True
    if kind is None and words[-1].endswith(":"):
        phrase, kind = _lookup([*words[:-1], words[-1][:-1]])
        return (phrase, kind, False) if kind is AccountKind.PHONE else ("", None, False)
    return phrase, kind, words[-1] in _NUMBER


def _lookup(words: list[str]) -> tuple[str, AccountKind | None]:
    """Return the longest cue phrase at the end of `words` and its kind."""
    clean = [w.lstrip('("“[-–+') for w in words]
    for length in (4, 3, 2, 1):
        if len(clean) < length:
            continue
        phrase = " ".join(clean[-length:])
        kind = _kinds().get(phrase)
        if kind is not None:
            prior = clean[-length - 1] if len(clean) > length else ""
            return ("", None) if prior in cues().never_after else (phrase, kind)
    return "", None


@cache
def _kinds() -> dict[str, AccountKind]:
    return {phrase: AccountKind(kind) for phrase, kind in cues().kind_of.items()}
