"""The counting words that stand behind a number.

Belongs here: the phrases of `language/counting_words.yaml` by class ("hồ sơ" is a dossier), checked at load.
Stays out: finding them in a text (`parsers.numbers`), and the unit of a figure (`catalogue.figures`).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from catalogue.source import line_of, load_yaml, shipped
from cchc.errors import CatalogueError


@cache
def unit_classes() -> dict[str, str]:
    """Return the class of every counting word that ships with the catalogue, by the word in lower case."""
    return load_units(shipped("language/counting_words.yaml"))


def load_units(path: Path) -> dict[str, str]:
    """Return the classes of a file by counting word.

    Raises:
        CatalogueError: a phrase stands under two classes, or is not a text in lower case.
    """
    found: dict[str, str] = {}
    for name, phrases in load_yaml(path).items():
        for phrase in phrases:
            if not isinstance(phrase, str) or phrase != phrase.lower().strip():
                says = f"'{phrase}' is no phrase in lower case; quote it and write it small"
                raise CatalogueError(f"{path.name}:{line_of(path, name)}: {says}")
            if found.setdefault(phrase, name) != name:
                says = f"'{phrase}' stands under '{found[phrase]}' too; keep one"
                raise CatalogueError(f"{path.name}:{line_of(path, name)}: {says}")
    return found
