"""Lists of words that a step of the reader asks for by name: what stands before a day, what heads a section.

Belongs here: `language/lists.yaml` as tuples, and a list as the alternatives of a pattern; names checked both ways.
Stays out: phrases that name figures and concepts (`labels`), the patterns around the words (`parsers`).
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from catalogue.named import HERE, WORDLISTS
from catalogue.source import line_naming, line_of, load_yaml, shipped
from cchc.errors import CatalogueError


def word_list(name: str) -> tuple[str, ...]:
    """Return the words of a list in the order of its file.

    Raises:
        CatalogueError: no list has the name.
    """
    lists = _lists()
    if name not in lists:
        raise CatalogueError(f"lists.yaml: no list is called '{name}'; add it there and to catalogue/named.py")
    return lists[name]


def either(name: str, blank: str = r"\s+") -> str:
    """Return the words of a list as the alternatives of a pattern, in the order of the file.

    `blank` is what stands between the words of a phrase; a levelled text has single blanks.
    """
    return "|".join(re.escape(word).replace(r"\ ", blank) for word in word_list(name))


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
    for name in WORDLISTS:
        if name not in found:
            says = f"code asks for the list '{name}', which {path.name} does not define"
            raise CatalogueError(f"{line_naming(HERE, name)}: {says}; define it there, or mend the code")
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
