"""The words before a number that say it is no figure.

Belongs here: `language/cues.yaml`, checked at load.
Stays out: finding them in a text (`parsers.cited`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

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
    most: dict[str, int]
    names: tuple[str, ...]
    symbols: frozenset[str]
    laws: tuple[str, ...]


@cache
def cues() -> Cues:
    """Return the cues that ship with the catalogue."""
    return load_cues(shipped("language/cues.yaml"))


def load_cues(path: Path) -> Cues:
    """Return the cues of a file.

    Raises:
        CatalogueError: a kind is unknown, a phrase is not in lower case, or it stands under two kinds.
    """
    loaded = load_yaml(path)
    kind_of: dict[str, str] = {}
    for kind, phrases in loaded["before"].items():
        for phrase in phrases:
            wrong = _wrong(kind, phrase, kind_of)
            if wrong:
                raise CatalogueError(f"{path.name}:{line_of(path, 'before', kind)}: {wrong}")
            kind_of[phrase] = kind
    sets = {key: frozenset(loaded[key]) for key in ("needs_so", "unless_counted", "unless_padded", "never_after")}
    unknown = sorted(set(loaded["most"]) - set(kind_of))
    if unknown:
        raise CatalogueError(
            f"{path.name}:{line_of(path, 'most', unknown[0])}: '{unknown[0]}' is no cue; name one of 'before'"
        )
    most = {phrase: int(number) for phrase, number in loaded["most"].items()}
    return Cues(
        kind_of,
        **sets,
        most=most,
        names=tuple(loaded["names"]),
        symbols=frozenset(loaded["symbols"]),
        laws=tuple(loaded["laws"]),
    )


def _wrong(kind: str, phrase: object, kind_of: dict[str, str]) -> str:
    """Return what is wrong with a cue and the remedy, empty where nothing is."""
    if kind not in KINDS:
        return f"kind '{kind}' is unknown; use one of {', '.join(sorted(KINDS))}"
    if not isinstance(phrase, str) or phrase != phrase.lower():
        return f"'{phrase}' is no phrase in lower case; quote it and write it small"
    return f"'{phrase}' stands under '{kind_of[phrase]}' too; keep one" if kind_of.get(phrase, kind) != kind else ""
