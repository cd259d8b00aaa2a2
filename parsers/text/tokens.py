"""The words and punctuation marks of a text: the one tokeniser of phrases.

Belongs here: cutting a levelled text into tokens, with or without their places.
Stays out: phrases (`lexicon`), spelling (`spelling`), the finer pieces that `parsers.learned` wants.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from parsers.text.spelling import bare

_TOKEN = re.compile(r"[^\W_]+|[^\w\s]")


class Tokens(NamedTuple):
    """The words and punctuation marks of a text: their places, and their levelled and bare forms."""

    spans: list[tuple[int, int]]
    words: list[str]
    bare: list[str]


def tokens_of(levelled: str) -> Tokens:
    """Return the words and punctuation marks of a levelled text."""
    plain = bare(levelled)
    spans = [m.span() for m in _TOKEN.finditer(levelled)]
    return Tokens(spans, [levelled[a:b] for a, b in spans], [plain[a:b] for a, b in spans])


@lru_cache(maxsize=4096)
def words_of(levelled: str) -> tuple[str, ...]:
    """Return the words and punctuation marks of a levelled text, without their places."""
    return tuple(_TOKEN.findall(levelled))
