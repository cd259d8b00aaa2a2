"""Words near a number that make it doubtful whose, or of which time, it is.

Belongs here: `nearby.yaml` as frozen values. Stays out: finding the words, and what they weigh (`parsers.judge`).
"""

from __future__ import annotations

from functools import cache

from catalogue.source import load_yaml, shipped
from cchc.errors import CatalogueError

KINDS = ("other", "own", "giver", "ytd", "past", "planned", "part")


@cache
def nearby_words() -> dict[str, tuple[str, ...]]:
    """Return the words of every kind.

    Raises:
        CatalogueError: a kind is missing, or one is there that nobody asks for.
    """
    path = shipped("nearby.yaml")
    loaded = load_yaml(path)
    if set(loaded) != set(KINDS):
        wrong = ", ".join(sorted(set(loaded) ^ set(KINDS)))
        raise CatalogueError(f"{path.name}: kinds of words differ from {', '.join(KINDS)} ({wrong}); keep just these")
    return {kind: tuple(words) for kind, words in loaded.items()}
