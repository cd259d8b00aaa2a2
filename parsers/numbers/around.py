"""What stands around a number: scale word, percent sign, counting word, approximating word.

Belongs here: looking at the text right behind and right before a number, whether printed in digits or in words.
Stays out: the number itself (`digits`, `words`).
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from catalogue.units import unit_classes
from catalogue.wordlists import either, numbers_of, word_list, words_for
from parsers.reading import Approximation

_SCALES = {**numbers_of("scales"), **numbers_of("short_scales")}
_TENS = dict(zip(word_list("tens_of_scales"), (100, 10), strict=True))
_SHORT_SCALE, _DONG = "|".join(numbers_of("short_scales")), either("short_money")
_SCALE = re.compile(
    rf"(?:[^\S\n]+(?P<tens>{either('tens_of_scales')})(?=[^\S\n]+(?:{'|'.join(_SCALES)})(?!\w)))?"
    rf"[^\S\n]{{0,2}}(?P<scale>{'|'.join(numbers_of('scales'))}|(?:{_SHORT_SCALE})\.?(?=\s?(?:{_DONG}))"
    rf"|(?:{_SHORT_SCALE})(?=\s*(?:[,;)]|$)))(?:[^\S\n]+(?P<more>{either('scale_of_scale')})(?![^\W\d_]))?"
    rf"(?!\s+(?:{either('no_scale_before')})(?!\w))(?:(?![^\W\d_])|(?=(?:{_DONG})(?!\w)))"
    rf"(?P<half>\s+(?:{either('half')})(?!\w))?",
    re.IGNORECASE,
)
_SMUDGED = re.compile(r"\s?[/\\|'`´’;:.,]\s?%")
_PERCENT = re.compile(rf"\s{{0,2}}%|\s+(?:{either('percent_words')})(?!\w)", re.IGNORECASE)

_APPROXIMATIONS = {
    Approximation.NEARLY: word_list("nearly"),
    Approximation.OVER: word_list("over"),
    Approximation.ABOUT: word_list("about"),
    Approximation.ESTIMATED: word_list("estimated"),
}
_APPROXIMATION_OF = {phrase: kind for kind, phrases in _APPROXIMATIONS.items() for phrase in phrases}
_APPROXIMATOR = re.compile(
    r"(?:^|(?<=[\s(\[:,]))(?P<word>"
    + "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in sorted(_APPROXIMATION_OF, key=len, reverse=True))
    + rf")(?:\s+(?:{either('linking_verbs')}))?\s*$",
    re.IGNORECASE,
)
_COMPARED = re.compile(rf"(?:{either('compared_by')})\s+$", re.IGNORECASE)
_AT_LEAST = re.compile(rf"\s*(?:%\s*)?(?:{either('at_least')})(?!\w)", re.IGNORECASE)
# Characters: the longest words that approximate a number, with a verb between.
_LOOK_BACK = 26


def scale_at(text: str, position: int) -> tuple[Decimal, int, bool]:
    """Return the factor of the scale words at `position`, where they end, and whether "rưỡi" follows."""
    match = _SCALE.match(text, position)
    if match is None:
        return Decimal(1), position, False
    factor = _SCALES[match["scale"].lower().rstrip(".")] * _SCALES.get((match["more"] or "").lower(), 1)
    factor *= _TENS.get((match["tens"] or "").lower(), 1)
    return Decimal(factor), match.end(), match["half"] is not None


def percent_end(text: str, position: int) -> int | None:
    """Return where a percent sign or "phần trăm" at `position` ends, None where none stands."""
    match = _PERCENT.match(text, position)
    return match.end() if match else None


def smudged_percent_end(text: str, position: int) -> int | None:
    """Return where a percent sign ends that a stray mark parts from its digits ("74/%"): a digit may be lost there."""
    match = _SMUDGED.match(text, position)
    return match.end() if match else None


def unit_at(text: str, position: int) -> tuple[str, str, int]:
    """Return the counting word at `position` in lower case, its class, and where it ends; empty where none stands."""
    pattern, classes = _units()
    match = pattern.match(text, position)
    if match is None:
        return "", "", position
    phrase = " ".join(match[1].lower().split())
    return phrase, classes[phrase], match.end()


@cache
def _units() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the pattern of all counting words, longest first, and the class of each, both tone spellings."""
    classes = {spelling: name for phrase, name in unit_classes().items() for spelling in _spellings(phrase)}
    ordered = sorted(classes, key=len, reverse=True)
    body = "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in ordered)
    return re.compile(rf"\s{{0,2}}({body})(?![\w²³])", re.IGNORECASE), classes


def _spellings(phrase: str) -> set[str]:
    """Return a phrase with the tone mark on either vowel of oa and uy."""
    old = phrase
    for old_place, new_place in words_for("old_tones").items():
        old = old.replace(new_place, old_place)
    return {phrase, old}


def approximation_at(text: str, start: int, after: int) -> Approximation:
    """Return the approximating word right before `start`, or "trở lên" right behind `after`."""
    before = text[max(0, start - _LOOK_BACK) : start]
    match = _APPROXIMATOR.search(before)
    if match and not _COMPARED.search(before[: match.start()]):
        return _APPROXIMATION_OF[" ".join(match["word"].lower().split())]
    return Approximation.OVER if _AT_LEAST.match(text, after) else Approximation.NONE


def is_glued(text: str, start: int, end: int, has_unit: bool) -> bool:
    """Return whether digits hang on a letter before them, or behind them on one that is no counting word."""
    if start and (text[start - 1].isalpha() or text[start - 1] == "_"):
        return True
    return not has_unit and end < len(text) and text[end].isalpha()
