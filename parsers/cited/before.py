"""What the words right before and behind a number say of it.

Belongs here: the small questions that every kind of citation asks.
Stays out: the kinds themselves (`times`, `words`, `find`).
"""

from __future__ import annotations

from parsers.numbers import unit_at
from parsers.reading import AccountKind

Span = tuple[int, int, AccountKind]
"""Start and end of a stretch of text, and what its numbers are."""


def cue_start(before: str, start: int, word: str) -> int:
    """Return where the cue `word` before `start` begins."""
    place = before.lower().rfind(word)
    return start - len(before) + place if place >= 0 else start


def is_counted(text: str, end: int) -> bool:
    """Return whether a counting word stands right behind `end`; days and years are none here."""
    return unit_at(text, end)[1] not in {"", "time"}
