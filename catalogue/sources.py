"""From which form a figure comes, and since when reports print it.

Belongs here: `sources.yaml`, checked against the figures, and the source of a figure in both languages.
Stays out: the figures themselves (`figures`), which column of a form's table is which figure (`exports`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from catalogue.figures import FigureDefinition, figure_definitions
from catalogue.source import line_of, load_yaml, shipped
from cchc.errors import CatalogueError


@dataclass(frozen=True)
class Source:
    """A figure's source form in words, and the first day from which reports print it, None for ever since."""

    vi: str
    en: str
    since: date | None


@cache
def sources() -> Mapping[str, Source]:
    """Return the source of every figure by code.

    Raises:
        CatalogueError: a group of figures has no chapter, or a form names what is no figure.
    """
    path = shipped("sources.yaml")
    loaded = load_yaml(path)
    for name, form in loaded["forms"].items():
        for code in form["figures"]:
            if code not in figure_definitions():
                where = f"{path.name}:{line_of(path, 'forms', name)}"
                raise CatalogueError(f"{where}: '{code}' is no figure; use a code of figures.yaml")
    return {figure.code: _source(figure, loaded) for figure in figure_definitions().values()}


def _source(figure: FigureDefinition, loaded: dict[str, Any]) -> Source:
    chapter = loaded["chapters"].get(figure.group)
    if chapter is None:
        raise CatalogueError(f"sources.yaml: group '{figure.group}' of {figure.code} has no chapter; add it")
    forms = [form for form in loaded["forms"].values() if figure.code in form["figures"]]

    def words(language: str) -> str:
        report = f"{loaded['report'][language]}, {chapter[language]}"
        return "; ".join([report, *(form[language] for form in forms)])

    return Source(words("vi"), words("en"), chapter.get("since"))
