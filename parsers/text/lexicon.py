"""Where the phrases of the catalogue stand in a text.

Belongs here: one trie over the words of all phrases, walked once over a text; the longest phrase wins a place.
Stays out: periods (`periods`), numbers (`parsers.numbers`), and what a phrase means for a number (`parsers.figures`).

A phrase is found by its bare letters and then held against the marks: a word alone must carry the right ones ("thu" is
not "thứ"), a longer phrase may have a slip in one word in three ("thực hiên"), unless the text has no marks at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from catalogue.labels import Labels, labels
from parsers.text.spelling import bare, level, level_phrase, toneless
from parsers.text.tokens import Tokens, tokens_of

_NAMED = frozenset({"named"})
_MARKED = re.compile(r"[^\x00-\x7f]")


class Hit(NamedTuple):
    """A phrase at a place: the concepts it may say, the figures it names by itself, the noun classes it is."""

    start: int
    end: int
    names: frozenset[str]
    figures: frozenset[str]
    text: str


@dataclass
class _Node:
    """A step in the trie; `entries` are the phrases that end here."""

    steps: dict[str, _Node] = field(default_factory=dict)
    entries: dict[tuple[str, ...], _Entry] = field(default_factory=dict)


@dataclass
class _Entry:
    names: frozenset[str] = frozenset()
    figures: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    mark: str = ""


@dataclass(frozen=True)
class Found:
    """What stands in a text.

    Concept phrases, those inside longer ones, whole-figure phrases, nouns by their start (end and classes), and the
    words that cut a clause, open its parts or pause in it.
    """

    concepts: list[Hit]
    inner: list[Hit]
    whole: list[Hit]
    nouns: dict[int, tuple[int, frozenset[str]]]
    cuts: list[tuple[int, int, str]]
    tokens: Tokens


class Lexicon:
    """The phrases of a set of labels, ready to be found."""

    def __init__(self, source: Labels) -> None:
        self.labels = source
        self._root = _Node()
        for name, phrases in source.concepts.items():
            for phrase in phrases:
                self._add(phrase, _Entry(names=frozenset({name})))
        for code, phrases in source.phrases.items():
            for phrase in phrases:
                self._add(phrase, _Entry(figures=frozenset({code})))
        for name, phrases in source.nouns.items():
            for phrase in phrases:
                self._add(phrase, _Entry(nouns=frozenset({name})))
        for mark, words in (
            ("cut", source.cuts),
            ("pause", source.pauses),
            ("part", source.parts),
            ("each", source.each),
        ):
            for word in words:
                self._add(word, _Entry(mark=mark))

    def _add(self, phrase: str, says: _Entry) -> None:
        for spelling in self.labels.spellings(phrase):
            words = tuple(tokens_of(level_phrase(spelling)).words)
            node = self._root
            for word in words:
                node = node.steps.setdefault(bare(word), _Node())
            entry = node.entries.setdefault(words, _Entry())
            entry.names |= says.names
            entry.figures |= says.figures
            entry.nouns |= says.nouns
            entry.mark = says.mark or entry.mark

    def find(self, levelled: str) -> Found:
        """Return what stands in a levelled text, in order; of concept phrases that overlap the longer one stays."""
        tokens = tokens_of(levelled)
        unmarked = not _MARKED.search(levelled)
        found = Found([], [], [], {}, [], tokens)
        taken = -1
        steps = self._root.steps
        for index, word in enumerate(tokens.bare):
            node = steps.get(word)
            if node is not None:
                taken = self._walk(levelled, tokens, index, node, unmarked, found, taken)
        _add_named(found)
        return found

    def _walk(
        self, levelled: str, tokens: Tokens, index: int, node: _Node, unmarked: bool, found: Found, taken: int
    ) -> int:
        """Record all phrases that begin at a token; return the place up to which concepts have taken the text."""
        start, best = tokens.spans[index][0], None
        following: _Node | None = node
        last, slip = index, False
        while following is not None:
            node = following
            if node.entries:
                entry = _agreeing(node, tokens.words[index : last + 1], unmarked)
                if entry is not None:
                    slip = tuple(tokens.words[index : last + 1]) not in node.entries
                    hit = self._record(levelled, start, tokens.spans[last][1], entry, found)
                    if hit is not None and best is not None:
                        found.inner.append(best)
                    best = hit or best
            last += 1
            following = node.steps.get(tokens.bare[last]) if last < len(tokens.bare) else None
        if best is None:
            return taken
        if start < taken:
            held = found.concepts[-1]
            if slip or best.end - best.start <= held.end - held.start or best.end <= taken:
                found.inner.append(best)
                return taken
            found.inner.append(found.concepts.pop())
        found.concepts.append(best)
        return best.end

    @staticmethod
    def _record(levelled: str, start: int, end: int, entry: _Entry, found: Found) -> Hit | None:
        """Keep what an entry says of a place; return it where it is a concept."""
        if entry.nouns:
            found.nouns[start] = (end, entry.nouns)
        if entry.mark:
            found.cuts.append((start, end, entry.mark))
        if not (entry.names or entry.figures):
            return None
        hit = Hit(start, end, entry.names, entry.figures, levelled[start:end])
        if entry.figures:
            found.whole.append(hit)
        return hit if entry.names else None


def _add_named(found: Found) -> None:
    """Let a whole phrase that holds no concept stand as one, so that it has a place beside the numbers."""
    taken = {place for hit in found.concepts for place in range(hit.start, hit.end)}
    alone = [h for h in found.whole if not any(place in taken for place in (h.start, h.end - 1))]
    if alone:
        found.concepts.extend(hit._replace(names=_NAMED) for hit in alone)
        found.concepts.sort(key=lambda hit: hit.start)


def _agreeing(node: _Node, words: list[str], unmarked: bool) -> _Entry | None:
    """Return the phrase at a node whose marks agree with the words, the exact one first."""
    exact = node.entries.get(tuple(words))
    if exact is not None or (len(words) == 1 and not unmarked):
        return exact
    if unmarked:
        return next(iter(node.entries.values()))
    for spelling, entry in node.entries.items():
        wrong = [(a, b) for a, b in zip(spelling, words, strict=True) if a != b]
        if len(wrong) == 1 and (len(words) > 2 or _lost_its_tone(*wrong[0])):
            return entry
    return None


def _lost_its_tone(meant: str, written: str) -> bool:
    """Return whether a word differs from a phrase's only by a tone mark that was left out ("hiên" for "hiện")."""
    return toneless(meant) == written


@cache
def lexicon() -> Lexicon:
    """Return the lexicon of the labels that ship with the catalogue."""
    return Lexicon(labels())


def find(text: str, using: Lexicon) -> Found:
    """Return what stands in a text as printed."""
    return using.find(level(text))


@lru_cache(maxsize=2048)
def concepts_in(levelled: str) -> frozenset[str]:
    """Return the concepts that a levelled text names, those that only give a topic left out."""
    hits = lexicon().find(levelled).concepts
    return frozenset(name for hit in hits for name in hit.names) - labels().quiet
