"""Which phrases say what: every phrase of the language stands once, with all that it says.

Belongs here: the phrases of concepts, figures and nouns, and the rule that none stands in two places.
Stays out: what the entries mean (`labels`), how a phrase is spelled (`spellings`).

Most phrases say one thing. One that must say more ("hồ sơ" is a topic and a noun, "lượt" counts nine things) stands
with one of them and names the others: `{phrase: lượt, also_says: [noun session]}`. So whoever adds a phrase that is
there already is told where, and nobody finds half of what a phrase does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from catalogue.language_files import LanguageFiles
from cchc.errors import CatalogueError

PARTS = {"concept": "concepts", "figure": "figures", "noun": "nouns"}
"""What a phrase may say, and the part of the language in which such entries stand."""
_KEYS = frozenset({"phrase", "also_says", "accounts", "example", "source"})


class Entry(NamedTuple):
    """One entry of the language that phrases say: its part and its name."""

    part: str
    name: str

    @property
    def kind(self) -> str:
        """Return what sort of entry it is: concept, figure or noun."""
        return next(word for word, part in PARTS.items() if part == self.part)

    def __str__(self) -> str:
        """Return the entry as `also_says` names it."""
        return f"{self.kind} {self.name}"


def spoken_by(files: LanguageFiles) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the phrases of every entry by part and name, those that stand with another entry last.

    Raises:
        CatalogueError: a phrase stands twice, is not written small, has an unknown key, or also says what is not there.
    """
    spoken: dict[Entry, list[str]] = {entry: [] for entry in _entries(files)}
    home: dict[str, Entry] = {}
    further: list[tuple[Entry, str]] = []
    for entry in spoken:
        for written in written_in(files, entry):
            phrase, others = _said(files, entry, written)
            if phrase in home:
                raise _twice(files, entry, phrase, home[phrase])
            home[phrase] = entry
            spoken[entry].append(phrase)
            further += [(other, phrase) for other in others]
    for other, phrase in further:
        if other not in spoken:
            says = f"'{phrase}' also says the {other.kind} '{other.name}', which is not there; name one that is"
            raise CatalogueError(f"{files.where(*home[phrase])}: {says}")
        spoken[other].append(phrase)
    by_part: dict[str, dict[str, tuple[str, ...]]] = {part: {} for part in PARTS.values()}
    for (part, name), phrases in spoken.items():
        by_part[part][name] = tuple(phrases)
    return by_part


def _entries(files: LanguageFiles) -> Iterator[Entry]:
    for part in PARTS.values():
        yield from (Entry(part, name) for name in files.data[part])


def written_in(files: LanguageFiles, entry: Entry) -> list[Any]:
    """Return the phrases of an entry as the file has them: texts, or mappings for phrases of which more is said."""
    content = files.data[entry.part][entry.name]
    written: list[Any] = content if entry.part == "nouns" else content.get("phrases", [])
    return written


def _said(files: LanguageFiles, entry: Entry, written: Any) -> tuple[str, tuple[Entry, ...]]:
    """Return a phrase and what it says besides the entry that it stands with."""
    told = written if isinstance(written, dict) else {"phrase": written}
    phrase = told.get("phrase")
    if not isinstance(phrase, str) or phrase != phrase.lower().strip():
        says = f"'{phrase}' is no phrase in lower case; quote it and write it small"
        raise CatalogueError(f"{files.where(*entry)}: {says}")
    unknown = sorted(told.keys() - _KEYS)
    if unknown:
        says = f"'{phrase}' has the unknown key '{unknown[0]}'; use {', '.join(sorted(_KEYS))}"
        raise CatalogueError(f"{files.where(*entry)}: {says}")
    return phrase, tuple(_named(files, entry, phrase, other) for other in told.get("also_says", ()))


def _named(files: LanguageFiles, entry: Entry, phrase: str, other: str) -> Entry:
    """Return the entry that a phrase names as "noun session"."""
    word, _, name = other.partition(" ")
    if word not in PARTS or not name:
        says = f"'{phrase}' also says '{other}'; write one of {', '.join(PARTS)} and a name, as in 'noun session'"
        raise CatalogueError(f"{files.where(*entry)}: {says}")
    return Entry(PARTS[word], name)


def _twice(files: LanguageFiles, entry: Entry, phrase: str, first: Entry) -> CatalogueError:
    if entry == first:
        return CatalogueError(f"{files.where(*entry)}: '{phrase}' stands twice; keep one")
    there = f"'{phrase}' stands twice, at {files.where(*first)} with '{first}' too"
    return CatalogueError(f"{files.where(*entry)}: {there}; keep that one, and add there also_says: [{entry}]")
