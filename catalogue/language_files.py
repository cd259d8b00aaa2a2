"""The files of `catalogue/language/` as one: concepts, groups, nouns, figures and words, each with its file and line.

Belongs here: opening the folder, joining its files, and saying where an entry stands.
Stays out: what an entry means (`labels`, `groups`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from catalogue.source import line_of, load_yaml, shipped
from cchc.errors import CatalogueError

SECTIONS = ("concepts", "groups", "abbreviations", "nouns", "figures", "others")
"""Parts that every file may have some entries of; all other parts are lists and stand in one file."""
OWN_LOADERS = ("counting_words.yaml", "cues.yaml", "lists.yaml", "shapes.yaml")
"""Files of the folder without concepts; modules of their own load them (`units`, `cues`, `wordlists`, `shapes`)."""
LISTS = ("twins", "cuts", "parts", "each", "pauses", "links")


class LanguageFiles:
    """The joined content of a folder; `data` is plain values by part, in the order of the files' names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data: dict[str, Any] = {part: {} for part in SECTIONS} | {part: [] for part in LISTS}
        self._home: dict[tuple[str, str], Path] = {}
        self._file_of: dict[str, Path] = {}
        for path in sorted(folder.glob("*.yaml")):
            if path.name not in OWN_LOADERS:
                self._join(path)
        if not self._file_of:
            raise CatalogueError(f"{folder}: no file of the language stands there; put the folder back")

    def _join(self, path: Path) -> None:
        for part, content in load_yaml(path).items():
            if part in SECTIONS:
                self._add(part, content, path)
            elif part in LISTS and part not in self._file_of:
                self.data[part] = content
            else:
                says = f"'{part}' is no part of the language, or stands in {self._file_of.get(part, path).name} too"
                raise CatalogueError(f"{path.name}:{line_of(path, part)}: {says}; use {', '.join(SECTIONS + LISTS)}")
            self._file_of.setdefault(part, path)

    def _add(self, part: str, content: dict[str, Any], path: Path) -> None:
        for name, entry in content.items():
            held = self._home.get((part, name))
            if held is not None:
                where = f"{path.name}:{line_of(path, part, name)}"
                raise CatalogueError(f"{where}: '{name}' stands in {held.name} as well; keep one")
            self._home[part, name] = path
            self.data[part][name] = entry

    def where(self, part: str, *keys: str) -> str:
        """Return the file and line of an entry ("dossiers.yaml:12"), of its part where there is no such entry."""
        path = self._home.get((part, keys[0])) if keys else None
        path = path or self._file_of.get(part)
        return f"{path.name}:{line_of(path, part, *keys)}" if path is not None else self.folder.name


def shipped_language() -> Path:
    """Return the folder of the language that ships with the catalogue."""
    return shipped("language")
