"""The spellings of a phrase: what its commas may be, and its words in full or shortened.

Belongs here: from a phrase of the language to every text it stands for.
Stays out: tone marks, i and y, capitals (`parsers.text.spelling`); finding a phrase in a text (`parsers.text.lexicon`).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping

Abbreviations = Mapping[str, tuple[str, ...]]
_COMMA = (" , ", " và ", " / ", " - ", " & ", " ")


def spellings(phrase: str, abbreviations: Abbreviations) -> tuple[str, ...]:
    """Return all spellings of a phrase: its variants, in full words and shortened."""
    short = _shortened(phrase, abbreviations)
    return tuple(dict.fromkeys(itertools.chain.from_iterable(variants(p) for p in (phrase, *short))))


def _shortened(phrase: str, abbreviations: Abbreviations) -> Iterator[str]:
    """Yield a phrase in full and with some of its words shortened; what is but one such word stays as it is."""
    if phrase in abbreviations or any(phrase in forms for forms in abbreviations.values()):
        return
    full = put_for(phrase, {short: words for words, forms in abbreviations.items() for short in forms})
    known = [words for words in abbreviations if words in full and words != full]
    forms = [[(words, form) for form in (words, *abbreviations[words])] for words in known]
    yield full
    for choice in itertools.product(*forms):
        yield put_for(full, dict(choice))


def put_for(phrase: str, forms: Mapping[str, str]) -> str:
    """Return a phrase with whole words put for others, the longest first."""
    if not any(words in phrase for words in forms):
        return phrase
    found = "|".join(re.escape(words) for words in sorted(forms, key=len, reverse=True))
    return re.sub(rf"(?<!\w)(?:{found})(?!\w)", lambda match: forms[match[0]], phrase)


def variants(phrase: str) -> tuple[str, ...]:
    """Return the spellings a phrase stands for: each comma may be a comma, "và", "/", "-", "&" or nothing."""
    parts = [part.strip() for part in phrase.split(",")]
    choices = itertools.product(_COMMA, repeat=len(parts) - 1)
    return tuple(parts[0] + "".join(c + p for c, p in zip(choice, parts[1:], strict=True)) for choice in choices)
