"""Lists of words that a step of the reader asks for by name: what stands before a day, what heads a section.

Belongs here: `language/lists.yaml` as tuples and maps, and a list as the alternatives of a pattern; names checked both
ways.
Stays out: phrases that name figures and concepts (`labels`), the patterns around the words (`parsers`).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from pathlib import Path

from catalogue.named_words import HERE, WORDLISTS, WORDMAPS
from catalogue.source import line_naming, line_of, load_yaml, shipped
from cchc.errors import CatalogueError


def word_list(name: str) -> tuple[str, ...]:
    """Return the words of a list in the order of its file.

    Raises:
        CatalogueError: no list has the name.
    """
    lists = _lists()
    if name not in lists:
        raise CatalogueError(f"lists.yaml: no list is called '{name}'; add it there and to catalogue/named_words.py")
    return lists[name]


def either(name: str, blank: str = r"\s+") -> str:
    """Return the words of a list as the alternatives of a pattern, in the order of the file.

    `blank` is what stands between the words of a phrase; a levelled text has single blanks.
    """
    return "|".join(re.escape(word).replace(r"\ ", blank) for word in word_list(name))


def words_for(name: str) -> dict[str, str]:
    """Return the words that a map gives for others, in the order of its file.

    Raises:
        CatalogueError: no map has the name.
    """
    return {word: str(value) for word, value in _map(name).items()}


def numbers_of(name: str) -> dict[str, int]:
    """Return the numbers that a map gives for words, in the order of its file.

    Raises:
        CatalogueError: no map has the name.
    """
    return {word: int(value) for word, value in _map(name).items()}


def _map(name: str) -> dict[str, str | int]:
    maps = _maps()
    if name not in maps:
        raise CatalogueError(f"lists.yaml: no map is called '{name}'; add it there and to catalogue/named_words.py")
    return maps[name]


@cache
def _maps() -> dict[str, dict[str, str | int]]:
    return load_maps(shipped("language/lists.yaml"))


def load_maps(path: Path) -> dict[str, dict[str, str | int]]:
    """Return the maps of a file by name.

    Raises:
        CatalogueError: code asks for a map that is not there, or nobody asks for one that is; with file, line, remedy.
    """
    found = {name: dict(entry["gives"]) for name, entry in load_yaml(path)["wordmaps"].items()}
    _check_asked(path, "map", WORDMAPS, found)
    for name in found.keys() - set(WORDMAPS):
        raise CatalogueError(
            f"{path.name}:{line_of(path, 'wordmaps', name)}: no code asks for the map '{name}'; take it out"
        )
    return found


def _check_asked(path: Path, kind: str, asked: tuple[str, ...], found: Collection[str]) -> None:
    """Refuse a file that does not define what code asks for."""
    for name in asked:
        if name not in found:
            says = f"code asks for the {kind} '{name}', which {path.name} does not define"
            raise CatalogueError(f"{line_naming(HERE, name)}: {says}; define it there, or mend the code")


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    return load_lists(shipped("language/lists.yaml"))


def load_lists(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the lists of a file by name.

    Raises:
        CatalogueError: code asks for a list that is not there, nobody asks for one that is, or a word stands twice;
            with file, line and remedy.
    """
    found = {name: tuple(entry["words"]) for name, entry in load_yaml(path)["wordlists"].items()}
    _check_asked(path, "list", WORDLISTS, found)
    for name, listed in found.items():
        wrong = _wrong(name, listed)
        if wrong:
            raise CatalogueError(f"{path.name}:{line_of(path, 'wordlists', name)}: {wrong}")
    return found


def _wrong(name: str, listed: tuple[str, ...]) -> str:
    """Return what is wrong with a list and the remedy, empty where nothing is."""
    if name not in WORDLISTS:
        return f"no code asks for the list '{name}'; take it out"
    twice = next((word for word in listed if listed.count(word) > 1), None)
    return f"'{twice}' stands twice in '{name}'; keep one" if twice is not None else ""
