"""Shapes: patterns in which words stand, which a step of the reader asks for by name.

Belongs here: `language/shapes.yaml` as patterns; names checked both ways.
Stays out: plain lists of words (`wordlists`), phrases that name figures (`labels`).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from catalogue.model import Entry, load_model
from catalogue.named_words import HERE, SHAPES
from catalogue.source import line_naming, line_of, shipped
from cchc.errors import CatalogueError


class Shape(Entry):
    """One pattern: what it names, texts in which it is found and is not, and where in a text it is looked for."""

    says: str
    pattern: tuple[str, ...]
    fits: tuple[str, ...]
    fits_not: tuple[str, ...]
    at: Literal["start", "all", "anywhere"] = "anywhere"


class ShapeFile(Entry):
    """Everything `shapes.yaml` says."""

    shapes: dict[str, Shape]


def shape(name: str) -> str:
    """Return the pattern of a shape, as the text of a regular expression.

    Raises:
        CatalogueError: no shape has the name.
    """
    known = shapes()
    if name not in known:
        raise CatalogueError(f"shapes.yaml: no shape is called '{name}'; add it there and to catalogue/named_words.py")
    return "".join(known[name].pattern)


@cache
def shapes() -> dict[str, Shape]:
    """Return the shapes that ship, by name."""
    return load_shapes(shipped("language/shapes.yaml"))


def load_shapes(path: Path) -> dict[str, Shape]:
    """Return the shapes of a file by name.

    Raises:
        CatalogueError: code asks for a shape that is not there, or nobody asks for one that is; with file and line.
    """
    found = load_model(path, ShapeFile).shapes
    for name in SHAPES:
        if name not in found:
            says = f"code asks for the shape '{name}', which {path.name} does not define"
            raise CatalogueError(f"{line_naming(HERE, name)}: {says}; define it there, or mend the code")
    for name in found.keys() - set(SHAPES):
        raise CatalogueError(
            f"{path.name}:{line_of(path, 'shapes', name)}: no code asks for the shape '{name}'; take it out"
        )
    return found
