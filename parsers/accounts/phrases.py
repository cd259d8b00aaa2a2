"""Where the phrases of the account rules stand in a few words of text.

Belongs here: one table a place (lead, tail, …) from the first word of a phrase to the rules it speaks for, so that a
text is walked once for all rules together.
Stays out: what a rule means (`rules`), and cutting out the text (`surroundings`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from parsers.text.spelling import level_phrase
from parsers.text.tokens import words_of

_NEAR = 3
"""Words that may stand between a "close" phrase and its number."""
_SKIPPED = 2
"""Words that may stand between a number and a "next" phrase."""

Tokens = tuple[str, ...]
Table = dict[str, tuple[tuple[Tokens, int], ...]]


def table_of(phrases: Iterable[tuple[str, int]]) -> Table:
    """Return the table of (phrase, rule) pairs by first word, longer phrases first."""
    found: dict[str, list[tuple[Tokens, int]]] = defaultdict(list)
    for phrase, rule in phrases:
        tokens = words_of(level_phrase(phrase))
        found[tokens[0]].append((tokens, rule))
    return {first: tuple(sorted(entries, key=lambda e: -len(e[0]))) for first, entries in found.items()}


def anywhere(table: Table, tokens: Tokens) -> dict[int, str]:
    """Return the rules of which a phrase stands anywhere, each with its phrase."""
    return _found(table, tokens, range(len(tokens)))


def at_start(table: Table, tokens: Tokens) -> dict[int, str]:
    """Return the rules of which a phrase begins the text."""
    return _found(table, tokens, range(min(1, len(tokens))))


def close_behind(table: Table, tokens: Tokens) -> dict[int, str]:
    """Return the rules of which a phrase follows the number, at most two words away."""
    first = next((i for i, word in enumerate(tokens) if word != "%"), len(tokens))
    last = first
    while last < len(tokens) and last - first < _SKIPPED and tokens[last].isalpha():
        last += 1
    return _found(table, tokens, range(first, min(last + 1, len(tokens))))


def close_before(table: Table, tokens: Tokens, *, words_between: int = _NEAR) -> dict[int, str]:
    """Return the rules of which a phrase ends at most `words_between` words before the number."""
    end = len(tokens)
    while words_between and end and tokens[end - 1] in {"(", ":"}:
        end -= 1
    found: dict[int, str] = {}
    for start in range(end):
        for phrase, rule in table.get(tokens[start], ()):
            stop = start + len(phrase)
            between = tokens[stop:end]
            fits = stop <= end and len(between) <= words_between and all(map(str.isalpha, between))
            if fits and tokens[start:stop] == phrase:
                found.setdefault(rule, " ".join(phrase))
    return found


def _found(table: Table, tokens: Tokens, starts: range) -> dict[int, str]:
    found: dict[int, str] = {}
    for start in starts:
        for phrase, rule in table.get(tokens[start], ()):
            if rule not in found and tokens[start : start + len(phrase)] == phrase:
                found[rule] = " ".join(phrase)
    return found
