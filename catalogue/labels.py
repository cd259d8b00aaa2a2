"""The phrases by which reports name the figures, and how ideas make a figure.

Belongs here: `catalogue/language/` as frozen values, every mistake in it named with line and remedy.
Stays out: finding phrases in a text and choosing between figures (`parsers.figures`).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from catalogue.figures import Unit, figure_definitions
from catalogue.groups import KINDS, check_names
from catalogue.language_files import LanguageFiles, shipped_language
from catalogue.phrases import Entry, spoken_by, written_in
from catalogue.relations import relations
from catalogue.source import line_of, shipped
from catalogue.spellings import spellings
from cchc.errors import CatalogueError

ROLES = frozenset({"period", "ytd", "town", "council", "budget", "prior"})
"""What a sum of money or its percentage is to its subject."""

_JOINED = ("", "also", "phrases", "sum", "total_behind", "subject", "role", "kind")
_WAY_KEYS = frozenset({"all", "with", "topic", "nouns", "weight", "under", "near", "left", "unless", "shy", "fraction"})


@dataclass(frozen=True)
class Way:
    """One way in which concepts make a figure.

    `all` holds alternatives: of every set one concept must stand by the number. `allowed` are the concepts that may
    stand there besides, `topic` those of which one must stand by it or be inherited, `under` those of which one must
    stand in what the number is a part of, `near` those of which one must stand in the same sentence or block. `weight`
    (0 to 1) is how surely the concepts mean the figure. `fraction` ways name the upper half of a fraction only.
    """

    figure: str
    unit: Unit
    all: tuple[frozenset[str], ...]
    allowed: frozenset[str]
    topic: frozenset[str]
    nouns: frozenset[str]
    weight: float = 1.0
    under: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    shy: frozenset[str] = frozenset()
    printed: bool = True
    fraction: bool = False


@dataclass(frozen=True)
class Twins:
    """Two figures that one number prints where a phrase of the concept `said` stands by it."""

    said: str
    figures: tuple[str, str]


class Told(NamedTuple):
    """A phrase of the language that also speaks for a rule of `accounts.yaml`, at a place beside the number."""

    phrase: str
    rule: str
    place: str


@dataclass(frozen=True)
class Labels:
    """The whole of `catalogue/language/`.

    `concepts` and `nouns` give phrases by name; `phrases` gives the figures that a whole phrase names by itself;
    `shares` the percentage of a count; `totals` the figures of which a figure is a part; `sums` the figures that a
    report may print in parts; `totals_behind` the percentages whose total, named right behind them, is easily taken for
    their name; `money` the (subject, role) of the figures of public finance; `told` the phrases that
    speak for rules of the accounts too.
    """

    concepts: dict[str, tuple[str, ...]]
    quiet: frozenset[str]
    nouns: dict[str, tuple[str, ...]]
    ways: tuple[Way, ...]
    phrases: dict[str, tuple[str, ...]]
    shares: dict[str, str]
    totals: dict[str, tuple[str, ...]]
    sums: frozenset[str]
    totals_behind: frozenset[str]
    money: dict[str, tuple[str, str]]
    kinds: dict[str, str]
    amounts: dict[str, str]
    follows: dict[str, str]
    twins: tuple[Twins, ...]
    cuts: tuple[str, ...]
    pauses: tuple[str, ...]
    parts: tuple[str, ...]
    each: tuple[str, ...]
    links: frozenset[str]
    abbreviations: dict[str, tuple[str, ...]]
    told: tuple[Told, ...] = ()

    def spellings(self, phrase: str) -> tuple[str, ...]:
        """Return all spellings of a phrase: its variants, in full words and shortened."""
        return spellings(phrase, self.abbreviations)


@cache
def labels() -> Labels:
    """Return the labels that ship with the catalogue."""
    return load_labels(shipped_language())


def load_labels(folder: Path) -> Labels:
    """Return the labels of a folder of language files.

    Raises:
        CatalogueError: a figure, concept, group or noun class is unknown, a name of code is missing or unused, or a
            phrase stands twice.
    """
    return _Reader(LanguageFiles(folder)).read()


class _Reader:
    """Reads the files of a language; keeps them for messages."""

    def __init__(self, files: LanguageFiles) -> None:
        self.files = files
        self.data: dict[str, Any] = files.data

    def read(self) -> Labels:
        """Return the file's content, checked."""
        entries = {name: self._entry(name) for name in self.data["concepts"]}
        given = self.data["figures"]
        figures = {code: given[code] for code in (*(c for c in figure_definitions() if c in given), *given)}
        spoken = spoken_by(self.files)
        concepts = spoken["concepts"]
        ways = [way for code in figures for way in self._ways("figures", code, concepts)]
        ways += [way for code in self.data["others"] for way in self._ways("others", code, concepts)]
        related = relations()
        self._check_totals(concepts)
        self._check_used(ways)
        return Labels(
            concepts=concepts,
            quiet=frozenset(name for name, entry in entries.items() if entry.get("quiet")),
            nouns=spoken["nouns"],
            ways=tuple(ways),
            phrases={code: spoken["figures"][code] for code in figures},
            shares=dict(related.share_of),
            totals=dict(related.wholes),
            sums=frozenset(code for code, entry in figures.items() if entry.get("sum")),
            totals_behind=frozenset(code for code, entry in figures.items() if entry.get("total_behind")),
            money={code: self._money(code) for code, entry in figures.items() if "subject" in entry},
            kinds={f"other:{code}": entry.get("kind", "sub_item") for code, entry in self.data["others"].items()},
            amounts=dict(related.amounts),
            twins=tuple(self._twins(entry, concepts) for entry in self.data.get("twins", ())),
            follows=dict(related.members),
            cuts=tuple(self.data["cuts"]),
            pauses=tuple(self.data["pauses"]),
            parts=tuple(self.data["parts"]),
            each=tuple(self.data["each"]),
            links=frozenset(self.data["links"]),
            abbreviations={words: tuple(short) for words, short in self.data.get("abbreviations", {}).items()},
            told=tuple(
                itertools.chain.from_iterable(
                    _told(written_in(self.files, Entry(part, name))) for part, names in spoken.items() for name in names
                )
            ),
        )

    def _entry(self, name: str) -> dict[str, Any]:
        entry: dict[str, Any] = self.data["concepts"][name]
        if entry.get("kind") not in KINDS:
            raise self._wrong(f"'{name}' has no kind; use one of {', '.join(KINDS)}", "concepts", name)
        unknown = sorted(set(entry) - {"kind", "quiet", "says", "made_by", "phrases"})
        if unknown:
            says = f"'{name}' has the unknown key '{unknown[0]}'; see the head of words.yaml"
            raise self._wrong(says, "concepts", name)
        if not entry.get("phrases") and not entry.get("made_by"):
            raise self._wrong(f"'{name}' has no phrase; give one, or say what makes it", "concepts", name)
        return entry

    def _check_used(self, ways: list[Way]) -> None:
        """Check that code, groups and figures ask for the concepts that are there, and for no others."""
        related = relations()
        asked = {entry["said"] for entry in self.data["twins"]} | set(related.totals)
        asked = asked.union(related.groups, *related.groups.values())
        for way in ways:
            asked |= way.allowed | way.topic | way.under | way.near | way.left | way.unless | way.shy
        check_names(self.files, asked)

    def _check_totals(self, concepts: dict[str, tuple[str, ...]]) -> None:
        """Refuse a concept that relations.yaml names and no phrase says."""
        related = relations()
        named = {**{name: ("totals", name) for name in related.totals}}
        named |= {name: ("groups", group) for group, parts in related.groups.items() for name in (group, *parts)}
        for name in sorted(named.keys() - concepts.keys()):
            path = shipped("relations.yaml")
            says = f"the concept '{name}' has no phrases in catalogue/language; add them, or name another"
            raise CatalogueError(f"{path.name}:{line_of(path, *named[name])}: {says}")

    def _ways(self, part: str, code: str, concepts: dict[str, tuple[str, ...]]) -> list[Way]:
        entry = self.data[part][code]
        if part == "figures" and code not in figure_definitions():
            raise self._wrong(f"'{code}' is no figure; use a code of figures.yaml", part, code)
        if "subject" in entry:
            return []
        if "all" not in entry:
            raise self._wrong(f"'{code}' says nothing that must stand by the number; give 'all'", part, code)
        shared = {key: entry[key] for key in _WAY_KEYS - {"all", "weight"} if key in entry}
        described = [entry, *({**shared, **way} for way in entry.get("also", ()))]
        return [self._way(part, code, way, concepts) for way in described]

    def _way(self, part: str, code: str, entry: dict[str, Any], concepts: dict[str, tuple[str, ...]]) -> Way:
        unknown = set(entry) - _WAY_KEYS - set(_JOINED)
        if unknown:
            raise self._wrong(f"'{code}' has the unknown key '{min(unknown)}'; see the head of the file", part, code)
        core = tuple(frozenset(alternatives.split("|")) for alternatives in entry["all"])
        allowed = frozenset(entry.get("with", ())) | frozenset(itertools.chain.from_iterable(core))
        topic, nouns = frozenset(entry.get("topic", ())), frozenset(entry.get("nouns", ()))
        under, near = frozenset(entry.get("under", ())), frozenset(entry.get("near", ()))
        left, unless = frozenset(entry.get("left", ())), frozenset(entry.get("unless", ()))
        shy = frozenset(entry.get("shy", ()))
        known = concepts.keys()
        for concept in sorted((allowed | topic | under | near | left | unless | shy) - known):
            raise self._wrong(f"'{code}' names the unknown concept '{concept}'; add it under concepts", part, code)
        for noun in sorted(nouns - self.data["nouns"].keys()):
            raise self._wrong(f"'{code}' names the unknown noun class '{noun}'; add it under nouns", part, code)
        printed = part == "figures"
        unit = figure_definitions()[code].unit if printed else "count"
        figure = code if printed else f"other:{code}"
        weight, fraction = entry.get("weight", 1.0), entry.get("fraction", False)
        return Way(figure, unit, core, allowed, topic, nouns, weight, under, near, left, unless, shy, printed, fraction)

    def _twins(self, entry: dict[str, Any], concepts: dict[str, tuple[str, ...]]) -> Twins:
        first, second = entry["figures"]
        for code in (first, second):
            if code not in self.data["figures"]:
                raise self._wrong(f"'{code}' is no figure; use a code of figures.yaml", "twins")
        if entry["said"] not in concepts:
            raise self._wrong(f"twins name the unknown concept '{entry['said']}'; add it under concepts", "twins")
        return Twins(entry["said"], (first, second))

    def _money(self, code: str) -> tuple[str, str]:
        entry = self.data["figures"][code]
        if entry.get("role") not in ROLES:
            raise self._wrong(f"'{code}' has no role; use one of {', '.join(sorted(ROLES))}", "figures", code)
        return entry["subject"], entry["role"]

    def _wrong(self, says: str, *keys: str) -> CatalogueError:
        under = keys if len(keys) > 1 or keys[0] in self.data else ("concepts", *keys)
        return CatalogueError(f"{self.files.where(*under)}: {says}")


def _told(written: Iterable[Any]) -> Iterator[Told]:
    for phrase in written:
        for use in phrase.get("accounts", ()) if isinstance(phrase, dict) else ():
            rule, _, place = use.partition(" ")
            yield Told(phrase["phrase"], rule, place)
