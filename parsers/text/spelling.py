"""One spelling for matching: case, tone placement and i/y levelled, every character in its place.

Belongs here: strings to strings of the same length, so that a place found in the levelled text is a place in the text.
Stays out: phrases (`lexicon`), folding for search (`cchc.text.fold`, which squeezes blanks and so moves places).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from catalogue.wordlists import words_for

_OLD_TONES, _I_FOR_Y = words_for("old_tones"), words_for("i_for_y")
_LEVELS = {**_OLD_TONES, **_I_FOR_Y}
_UNLEVEL = re.compile(rf"(?<!q)(?:{'|'.join(_OLD_TONES)})(?!\w)|(?<!\w)(?:{'|'.join(_I_FOR_Y)})(?!\w)")
"""Only open syllables have two spellings: hoà and hòa, but hoàn alone; after q the tone stands on y in both."""
_TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−÷", "-"))


def _plain_letters() -> dict[int, str]:
    """Return the table from every Vietnamese letter to its bare Latin one."""
    table = {ord("đ"): "d"}
    for code in (*range(0xC0, 0x250), *range(0x1EA0, 0x1EFA)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base != chr(code) and base.isascii():
            table[code] = base
    return table


_PLAIN = _plain_letters()


def level(text: str) -> str:
    """Return `text` (NFC) in lower case with new tone placement, y for i and "-" for every dash; same length."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return _UNLEVEL.sub(lambda m: _LEVELS[m[0]], lowered.translate(_DASHES))


def bare(levelled: str) -> str:
    """Return a levelled text without tone and vowel marks; same length."""
    return levelled.translate(_PLAIN)


def toneless(word: str) -> str:
    """Return a word without tone marks, its vowels kept: "hiện" is "hiên"."""
    kept = "".join(c for c in unicodedata.normalize("NFD", word) if c not in _TONE_MARKS)
    return unicodedata.normalize("NFC", kept)


@lru_cache(maxsize=4096)
def level_phrase(phrase: str) -> str:
    """Return the levelled form of a phrase of the catalogue."""
    return level(unicodedata.normalize("NFC", phrase))
