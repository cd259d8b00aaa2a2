"""The figures a report is read for.

Belongs here: the definition of every figure code (unit, basis, group, meaning), loaded from `figures.yaml`.
Stays out: the phrases by which a report names a figure (`labels`), and values.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from catalogue.source import line_of, load_yaml, shipped
from cchc.errors import CatalogueError

Unit = Literal["count", "percent", "vnd", "points"]
Basis = Literal["period", "ytd", "year", "point", "prior", "ratio"]


@dataclass(frozen=True)
class FigureDefinition:
    """What one figure code means, in both languages."""

    code: str
    group: str
    unit: Unit
    basis: Basis
    meaning_vi: str
    meaning_en: str

    @property
    def label_vi(self) -> str:
        """Return the Vietnamese meaning without what stands in brackets behind it."""
        return self.meaning_vi.partition(" (")[0]

    @property
    def label_en(self) -> str:
        """Return what the figure is called in English: its code in words."""
        return self.code.replace("_", " ").capitalize()


@cache
def figure_definitions() -> dict[str, FigureDefinition]:
    """Return every figure of the catalogue by code, in the order of the file.

    Raises:
        CatalogueError: a unit or basis is unknown, a meaning is missing, or a code stands twice.
    """
    path = shipped("figures.yaml")
    found: dict[str, FigureDefinition] = {}
    for group, entries in load_yaml(path).items():
        for code, entry in entries.items():
            where = f"{path.name}:{line_of(path, group, code)}"
            if entry["unit"] not in get_args(Unit) or entry["basis"] not in get_args(Basis):
                raise CatalogueError(f"{where}: unit or basis of '{code}' is unknown; use one of the head's")
            if not entry.get("vi") or not entry.get("en"):
                raise CatalogueError(
                    f"{where}: figure '{code}' has no meaning in Vietnamese (vi) or English (en); write it"
                )
            if code in found:
                raise CatalogueError(f"{where}: figure '{code}' stands twice; keep one")
            found[code] = FigureDefinition(code, group, entry["unit"], entry["basis"], entry["vi"], entry["en"])
    return found
