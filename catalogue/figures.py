"""The figures a report is read for.

Belongs here: the definition of every figure code (unit, basis, group, meaning), loaded from `figures.yaml`, and the
types of fields that name figures in other files of the catalogue.
Stays out: the phrases by which a report names a figure (`labels`), and values.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, RootModel

from catalogue.model import Entry, load_model, named
from catalogue.source import line_of, shipped
from cchc.errors import CatalogueError
from cchc.messages import translator

_ = translator("catalogue")

Unit = Literal["count", "percent", "vnd", "points"]
Basis = Literal["period", "ytd", "year", "point", "prior", "ratio"]
OTHER = "other:"
"""What stands before the name of something that is read and is no figure."""


class FigureDefinition(Entry):
    """What one figure code means, in both languages."""

    code: str
    group: str
    unit: Unit
    basis: Basis
    meaning_vi: str = Field(alias="vi", min_length=1)
    meaning_en: str = Field(alias="en", min_length=1)

    @property
    def label_vi(self) -> str:
        """Return the Vietnamese meaning without what stands in brackets behind it."""
        return self.meaning_vi.partition(" (")[0]

    @property
    def label_en(self) -> str:
        """Return what the figure is called in English: its code in words."""
        return self.code.replace("_", " ").capitalize()


def _in_groups(groups: object) -> object:
    """Return the groups of the file with its code and its group written into every entry."""
    if not isinstance(groups, dict):
        return groups
    return {group: named("code", group=group)(entries) for group, entries in groups.items()}


class FigureFile(RootModel[Annotated[dict[str, dict[str, FigureDefinition]], BeforeValidator(_in_groups)]]):
    """Everything `figures.yaml` says: figures by group and code."""


@cache
def figure_definitions() -> dict[str, FigureDefinition]:
    """Return every figure of the catalogue by code, in the order of the file."""
    return read_figures(shipped("figures.yaml"))


def read_figures(path: Path) -> dict[str, FigureDefinition]:
    """Return the figures of a file by code, in its order.

    Raises:
        CatalogueError: a unit or basis is unknown, a meaning is missing, or a code stands twice.
    """
    found: dict[str, FigureDefinition] = {}
    for group, entries in load_model(path, FigureFile).root.items():
        for code, entry in entries.items():
            if code in found:
                where = f"{path.name}:{line_of(path, group, code)}"
                raise CatalogueError(
                    _("{where}: figure '{code}' stands twice; keep one").format(where=where, code=code)
                )
            found[code] = entry
    return found


def _known(code: str) -> str:
    if code not in figure_definitions() and not code.startswith(OTHER):
        raise ValueError(_("no figure is called {code}; write a code of figures.yaml").format(code=code))
    return code


def _added_up(written: object) -> object:
    """Return the figures of a sum written as "a + b"."""
    return tuple(term.strip() for term in written.split("+")) if isinstance(written, str) else written


Figure = Annotated[str, AfterValidator(_known)]
"""A code of figures.yaml, or "other:" and a name."""
Terms = Annotated[tuple[Figure, ...], BeforeValidator(_added_up)]
"""Figures that are added up, written as "a + b"."""
