"""The vocabulary of the figure engine, for the modules that the engine itself calls.

Belongs here: the spelling, the periods and the concepts of `parsers.figures`, imported when first asked for. The engine
imports the accounts, and the accounts speak its words: without this the two could not be imported one before the other.
Stays out: any word or rule of its own.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from catalogue.labels import labels


class NamedPeriod(NamedTuple):
    """A period named at `start`–`end` of a levelled text, as a concept seen from the report's round ("p_prior")."""

    start: int
    end: int
    concept: str


def level(text: str) -> str:
    """Return a text in the one spelling in which phrases are matched; same length."""
    from parsers.figures.spelling import level as levelled

    return levelled(text)


def level_phrase(phrase: str) -> str:
    """Return a phrase of the catalogue in that spelling."""
    from parsers.figures.spelling import level_phrase as levelled

    return levelled(phrase)


@lru_cache(maxsize=2048)
def periods_in(levelled: str, round_label: str | None) -> tuple[NamedPeriod, ...]:
    """Return the periods that a levelled text names, seen from a round ("2023-Q3")."""
    from parsers.figures.periods import Calendar, find_periods

    hits = find_periods(levelled, Calendar.of(round_label))
    return tuple(NamedPeriod(hit.start, hit.end, next(iter(hit.names))) for hit in hits)


@lru_cache(maxsize=2048)
def concepts_in(text: str) -> frozenset[str]:
    """Return the concepts of the language that a levelled text names, those that only give a topic left out."""
    from parsers.figures.lexicon import lexicon

    hits = lexicon().find(text).concepts
    return frozenset(name for hit in hits for name in hit.names) - labels().quiet
