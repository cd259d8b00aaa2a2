"""Numbers in Vietnamese words: tám, mười lăm, một trăm hai mươi lăm, ba tỷ rưỡi.

Belongs here: the grammar from words to a value (`value_of_words`), from a value to words (`words_of`), and finding
runs of number words in a text (`find_words`).
Stays out: whether a lone word counts anything; `find_words` says only that it could, the caller looks at its
neighbours (`parsers.numbers`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from catalogue.wordlists import numbers_of, word_list

_UNITS = numbers_of("digits")
_SCALES = numbers_of("scales")
_TENS = numbers_of("tens")
"""Twenty and thirty as they are said before a unit: "hăm mốt" is 21."""
(_ZERO,), (_TEN,) = word_list("zero"), word_list("ten")
(_HUNDRED,), (_HALF,) = word_list("hundred"), word_list("half")
_LINKS, _TENS_WORDS = word_list("empty_tens"), word_list("tens_word")
_ONLY_AFTER_TENS = frozenset(word_list("after_tens_only"))
_NOT_AFTER_TENS, _NOT_AFTER_TEN = frozenset(word_list("not_after_tens")), frozenset(word_list("not_after_ten"))
_AFTER_BARE_TEN = frozenset(word_list("after_bare_ten"))
_TENTHS = {word: value for word, value in _UNITS.items() if value and word not in word_list("no_tenth")}
"""A lone unit behind hundreds or a scale counts the tenths of it: "một tỷ hai" is 1,2 tỷ, "một trăm hai" 120; what is
meant as 102 is said "một trăm linh hai". Not "năm", which also means year."""
_WORDS = sorted({*_UNITS, *_SCALES, *_LINKS, *_TENS, _TEN, *_TENS_WORDS, _HUNDRED, _HALF}, key=lambda w: (-len(w), w))
_WORD = re.compile(rf"(?:{'|'.join(_WORDS)})(?!\w)")
_BLANK = re.compile(r"\s{1,3}")

_DIGIT_NAMES = {value: name for name, value in reversed(_UNITS.items())}
_SCALE_NAMES = {value: name for name, value in reversed(_SCALES.items())}
_AFTER_TENS = {value: name for name, value in numbers_of("written_after_tens").items()}


@dataclass(frozen=True)
class Words:
    """A run of number words at `start`–`end`; `single` marks one lone word."""

    start: int
    end: int
    value: Decimal
    single: bool


def value_of_words(words: list[str]) -> Decimal | None:
    """Return the value of number words in lower case, None where they are no number by the grammar."""
    total, below, rest = 0, 0, words
    last_scale = 0
    while rest:
        place = next((i for i, word in enumerate(rest) if word in _SCALES), None)
        part = rest if place is None else rest[:place]
        scale = 1 if place is None else _SCALES[rest[place]]
        rest = [] if place is None else rest[place + 1 :]
        if last_scale and part == [_HALF] and scale == 1:
            return Decimal(total) + Decimal(last_scale) / 2
        if last_scale and scale == 1 and len(part) == 1 and part[0] in _TENTHS:
            return Decimal(total) + Decimal(last_scale) / 10 * _TENTHS[part[0]]
        value = _below_thousand(part, after_scale=bool(last_scale))
        if value is None or (last_scale and scale >= last_scale) or (scale > 1 and not value):
            return None
        total, below, last_scale = total + value * scale, value, scale
    return Decimal(total) if words and (below or words == [_ZERO]) else None


def _below_thousand(words: list[str], *, after_scale: bool) -> int | None:
    """Return the value of words for 0–999; behind a scale, "không trăm linh năm" and "linh năm" are allowed."""
    if _HUNDRED in words:
        place = words.index(_HUNDRED)
        hundreds = _UNITS.get(words[0]) if place == 1 and words[0] not in _ONLY_AFTER_TENS else None
        if hundreds is None or (hundreds == 0 and not after_scale):
            return None
        tail = words[2:]
        if tail == [_HALF]:
            return hundreds * 100 + 50
        if hundreds and len(tail) == 1 and tail[0] in _TENTHS:
            return hundreds * 100 + 10 * _TENTHS[tail[0]]
        rest = _below_hundred(tail, linked=True) if tail else 0
        return None if rest is None else hundreds * 100 + rest
    return _below_hundred(words, linked=after_scale)


def _below_hundred(words: list[str], *, linked: bool) -> int | None:
    """Return the value of words for 0–99; `linked` allows "linh năm" after a hundred or a scale."""
    match words:
        case [link, unit] if link in _LINKS and linked and unit in _UNITS and unit not in _AFTER_BARE_TEN:
            return _UNITS[unit]
        case [unit] if unit in _UNITS and unit not in _ONLY_AFTER_TENS:
            return _UNITS[unit]
        case [tens, unit] if tens in _TENS and unit in _UNITS and unit not in _NOT_AFTER_TENS:
            return _TENS[tens] + _UNITS[unit]
        case [word] if word == _TEN:
            return 10
        case [word, unit] if word == _TEN and unit in _UNITS and unit not in _NOT_AFTER_TEN:
            return 10 + _UNITS[unit]
        case [ten, word] if word in _TENS_WORDS and _is_ten(ten):
            return _UNITS[ten] * 10
        case [ten, word, unit] if (
            word == _TENS_WORDS[0] and _is_ten(ten) and unit in _UNITS and unit not in _NOT_AFTER_TENS
        ):
            return _UNITS[ten] * 10 + _UNITS[unit]
        case [ten, unit] if _is_ten(ten) and unit in _AFTER_BARE_TEN:
            return _UNITS[ten] * 10 + _UNITS[unit]
        case _:
            return None


def _is_ten(word: str) -> bool:
    return _UNITS.get(word, 0) > 1 and word not in _ONLY_AFTER_TENS


def words_of(value: int) -> str:
    """Return a whole number from 0 to 999,999,999,999 in words.

    >>> words_of(1125)
    'một nghìn một trăm hai mươi lăm'
    """
    if value < 1000:
        return _three(value, full=False)
    for scale, name in sorted(_SCALE_NAMES.items(), reverse=True):
        if value >= scale:
            head, rest = divmod(value, scale)
            tail = "" if not rest else " " + (_three(rest, full=True) if rest < 1000 else words_of(rest))
            return f"{_three(head, full=False)} {name}{tail}"
    raise AssertionError("unreachable: every value of a thousand and more has a scale")


def _three(value: int, *, full: bool) -> str:
    """Return 0–999 in words; `full` names the empty hundred ("không trăm linh năm")."""
    hundreds, rest = divmod(value, 100)
    head = f"{_DIGIT_NAMES[hundreds]} {_HUNDRED}" if hundreds or full else ""
    if not rest:
        return head or _ZERO
    tens, unit = divmod(rest, 10)
    if not tens:
        tail = f"{_LINKS[0]} {_DIGIT_NAMES[unit]}" if head else _DIGIT_NAMES[unit]
    else:
        tail = f"{_TEN if tens == 1 else f'{_DIGIT_NAMES[tens]} {_TENS_WORDS[0]}'} {_behind_tens(tens, unit)}"
    return f"{head} {tail}".strip()


def _behind_tens(tens: int, unit: int) -> str:
    """Return the word of a unit behind tens, empty for none: "mười một", "hai mươi mốt"."""
    name = _AFTER_TENS.get(unit, _DIGIT_NAMES[unit])
    return "" if not unit else _DIGIT_NAMES[unit] if tens == 1 and name in _NOT_AFTER_TEN else name


def find_words(text: str) -> Iterator[Words]:
    """Yield the runs of number words of `text`, each as long as the grammar allows, from left to right."""
    for run in _runs(text):
        position = 0
        while position < len(run):
            end, value = _longest(text, run, position)
            if value is None:
                position += 1
                continue
            first, last = run[position], run[end - 1]
            yield Words(first[0], last[1], value, end - position == 1)
            position = end


def _runs(text: str) -> Iterator[list[tuple[int, int]]]:
    """Yield the spans of number words parted by blanks only, run by run."""
    lowered = text.lower()
    if len(lowered) != len(text):
        return
    run: list[tuple[int, int]] = []
    for match in _WORD.finditer(lowered):
        if match.start() and (lowered[match.start() - 1].isalnum()):
            continue
        if run and not _BLANK.fullmatch(text, run[-1][1], match.start()):
            yield run
            run = []
        run.append(match.span())
    if run:
        yield run


# Words: the longest number below a quadrillion has fewer.
_LONGEST_RUN = 24


def _longest(text: str, run: list[tuple[int, int]], first: int) -> tuple[int, Decimal | None]:
    """Return where the longest number from `first` ends, and its value, None where none begins here."""
    for end in range(min(len(run), first + _LONGEST_RUN), first, -1):
        words = [text[a:b].lower() for a, b in run[first:end]]
        value = value_of_words(words)
        if value is not None and not _ends_in_negation(words):
            return end, value
    return first, None


def _ends_in_negation(words: list[str]) -> bool:
    """Return whether a run of several words would swallow a "không" that denies what follows."""
    return len(words) > 1 and words[-1] == _ZERO and not any(a == _HUNDRED for a, _ in pairwise(words))
