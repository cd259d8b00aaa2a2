"""The counting words that stand behind a number.

Belongs here: the phrases of `units.yaml` by class ("hồ sơ" is a dossier, "lượt" a turn), checked at load.
Stays out: finding them in a text (`parsers.numbers`), and the unit of a figure (`catalogue.figures`).
"""

from __future__ import annotations

from functools import cache

from catalogue.source import line_of, load_yaml, shipped
from cchc.errors import CatalogueError


@cache
def unit_classes() -> dict[str, str]:
    """Return the class of every counting word, by the word in lower case.

    Raises:
        CatalogueError: a phrase stands under two classes, or is not a text in lower case.
    """
    path = shipped("units.yaml")
    found: dict[str, str] = {}
    for name, phrases in load_yaml(path).items():
        where = f"{path.name}:{line_of(path, name)}"
        for phrase in phrases:
            if not isinstance(phrase, str) or phrase != phrase.lower().strip():
                raise CatalogueError(f"{where}: '{phrase}' is no phrase in lower case; quote it and write it small")
            if found.get(phrase, name) != name:
                raise CatalogueError(f"{where}: '{phrase}' stands under '{found[phrase]}' too; keep one")
            found[phrase] = name
    return found
