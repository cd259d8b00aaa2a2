"""The words before a number that say it is no figure.

Belongs here: `cues.yaml`, checked at load.
Stays out: finding them in a text (`parsers.cited`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from catalogue.source import line_of, load_yaml, shipped
from cchc.errors import CatalogueError

KINDS = frozenset({"law", "document_number", "article", "standard", "phone", "name", "list_number"})
"""What a cue can make of a number; the names are those of `parsers.reading.AccountKind`."""


@dataclass(frozen=True)
class Cues:
    """The cue phrases and when they do not count; see the head of `cues.yaml`."""

    kind_of: dict[str, str]
    needs_so: frozenset[str]
    unless_counted: frozenset[str]
    unless_padded: frozenset[str]
    never_after: frozenset[str]
    names: tuple[str, ...]
    symbols: frozenset[str]
    laws: tuple[str, ...]


@cache
def cues() -> Cues:
    """Return the cues.

    Raises:
        CatalogueError: a kind is unknown, a phrase is not in lower case, or it stands under two kinds.
    """
    path = shipped("cues.yaml")
    loaded = load_yaml(path)
    kind_of: dict[str, str] = {}
    for kind, phrases in loaded["before"].items():
        where = f"{path.name}:{line_of(path, 'before', kind)}"
        if kind not in KINDS:
            raise CatalogueError(f"{where}: kind '{kind}' is unknown; use one of {', '.join(sorted(KINDS))}")
        for phrase in phrases:
            if not isinstance(phrase, str) or phrase != phrase.lower():
                raise CatalogueError(f"{where}: '{phrase}' is no phrase in lower case; quote it and write it small")
            if kind_of.setdefault(phrase, kind) != kind:
                raise CatalogueError(f"{where}: '{phrase}' stands under '{kind_of[phrase]}' too; keep one")
    sets = {key: frozenset(loaded[key]) for key in ("needs_so", "unless_counted", "unless_padded", "never_after")}
    return Cues(
        kind_of, **sets, names=tuple(loaded["names"]), symbols=frozenset(loaded["symbols"]), laws=tuple(loaded["laws"])
    )
