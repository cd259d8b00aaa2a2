"""How far a recognised number may be trusted: strange shapes, and what several looks at one place agree on.

Belongs here: pure functions on texts and confidences. A number that cannot be settled keeps a confidence under which
nobody takes it without looking.
Stays out: looking (`ocr`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence

from catalogue.wordlists import either

# By hand: under the 0.9 that digits must reach to be sure (parsers.judge.verdict), so that a split vote never is.
VOTED = 0.75
DOUBTED = 0.5

_DIGIT = re.compile(r"\d")
_FIGURE = re.compile(r"[\dIVX%]|[.,/](?=\d)")
_UNIT = rf"(?:{either('units_at_digits')})\b"
_STRANGE = re.compile(
    rf"\d(?!{_UNIT}|m2)[^\W\d_]"
    r"|(?<![\w])(?!A[0-5]\b)[^\W\d_]+\d(?<!m2)"
    r"|[^\W\d_]{2,}\d|\d\+|\d[(“\"']|\d:\d{3}(?!\d)|\.\d{3}\.\d{1,2}(?!\d)|\d[?!]|[€£¥§@#*~^|\\{}¡¢¬&$°©®«»]"
)
_BARE_NUMERAL = re.compile(r"[I1l|]*I[I1l|]*[.,;:)]*")
_JOINED_NUMERAL = re.compile(r"(?<!\w)(?:[I1l|]?H|H[I1l|])(?=/\d{4}\b)")
_TORN_NUMERAL = re.compile(r"(?<![\w])(?=[1l|]*I)(?=I*[1l|])[I1l|]{2,3}(?=/\d{4}\b|[\s,;.)]|$)")


def has_digit(text: str) -> bool:
    """Return whether a text holds a digit."""
    return _DIGIT.search(text) is not None


def is_strange(text: str) -> bool:
    """Return whether a text holds a number in a shape nobody writes: "7+", "9€,90%", "S17", "3ó", "2.099.312.6"."""
    return any(has_digit(word) and _STRANGE.search(word) is not None for word in text.split())


def is_bare_numeral(text: str) -> bool:
    """Return whether a text is a Roman numeral made of strokes only: I, II, III, torn or not."""
    return _BARE_NUMERAL.fullmatch(text) is not None


def figures(text: str) -> str:
    """Return what of a text makes numbers: digits, Roman digits, separators, percent."""
    return "".join(_FIGURE.findall(text))


def mended(text: str) -> str:
    """Return a text with Roman numerals whole, torn or run together: "1II/2023" and "IH/2023" can only be III/2023."""
    whole = _JOINED_NUMERAL.sub(lambda found: found[0].replace("H", "II"), text)
    return _TORN_NUMERAL.sub(lambda found: "I" * len(found[0]), whole)


def vote(looks: Sequence[tuple[str, float]], is_odd: Callable[[str], bool] = is_strange) -> tuple[int, float]:
    """Return which of several looks (text, confidence) at one place to believe, and how far at most.

    Looks that are not odd come first, of them those that saw a number at all ("5" and not "S"), then those on which
    most agree, then the surest. Agreement of all is believed as far as each is sure, of two at most `VOTED`, a lone
    look among others at most `DOUBTED`.
    """
    plain = [place for place, (text, _sure) in enumerate(looks) if not is_odd(text)]
    plain = [place for place in plain if has_digit(looks[place][0])] or plain
    groups: dict[str, list[int]] = defaultdict(list)
    for place in plain or range(len(looks)):
        groups[figures(looks[place][0])].append(place)
    group = max(groups.values(), key=lambda g: (len(g), max(looks[place][1] for place in g)))
    chosen = max(group, key=lambda place: looks[place][1])
    if not plain:
        return chosen, DOUBTED
    if len(group) == len(looks):
        return chosen, 1.0
    return chosen, VOTED if len(group) > 1 else DOUBTED
