"""Groups of concepts that code treats alike, by purpose.

Belongs here: `concepts_of`, by which a module asks for a group, and the check that the names of concepts and groups in
code and in `catalogue/language/` are the same, both ways.
Stays out: what a module does with a group (`parsers.figures`), phrases (`labels`).
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from functools import cache

from catalogue.language_files import LanguageFiles, shipped_language
from catalogue.named import CONCEPTS, GROUPS, HERE
from catalogue.source import line_naming
from cchc.errors import CatalogueError

KINDS = {
    "topic": "gives a topic and names nothing",
    "thing": "what is counted",
    "state": "what became of it",
    "channel": "how it came or went",
    "act": "what is done",
    "people": "posts and those who hold them",
    "money_subject": "whose money it is",
    "money_role": "what a sum is to its subject",
    "quantity": "total, share, amount, rank",
    "period": "of which period",
    "level": "another level",
    "part": "a part of what is counted",
    "change": "a change, comparison, correction or denial",
    "other_thing": "holds its place, so that nothing else takes it",
}
"""What a concept may be."""

PLACE_HOLDERS = "place_holders"
"""The group of concepts that nothing asks for by name: they are there so that nothing else takes their words."""


def concepts_of(name: str) -> frozenset[str]:
    """Return the concepts of a group of the shipped language.

    Raises:
        CatalogueError: no group has the name.
    """
    groups = _groups()
    if name not in groups:
        raise CatalogueError(f"groups.yaml: no group is called '{name}'; add it there and to catalogue/named.py")
    return groups[name]


@cache
def _groups() -> dict[str, frozenset[str]]:
    files = LanguageFiles(shipped_language())
    return {name: frozenset(entry["concepts"]) for name, entry in files.data["groups"].items()}


def check_names(files: LanguageFiles, used: Collection[str]) -> None:
    """Check the names of concepts and groups both ways; `used` are the concepts that figures name.

    Raises:
        CatalogueError: code or a group names a concept that is not there, code asks for a group that is not there, or
            a concept or group is there that nobody asks for; with file, line and remedy.
    """
    concepts, groups = files.data["concepts"], files.data["groups"]
    for name, entry in groups.items():
        for concept in entry["concepts"]:
            if concept not in concepts:
                says = f"group '{name}' names the unknown concept '{concept}'{_like(concept, concepts, files)}"
                raise CatalogueError(f"{files.where('groups', name)}: {says}; rename it there too, or take it out")
    for concept in CONCEPTS:
        if concept not in concepts:
            says = f"code asks for the concept '{concept}', which no file defines{_like(concept, concepts, files)}"
            raise CatalogueError(
                f"{line_naming(HERE, concept)}: {says}; define it in catalogue/language, or mend the code"
            )
    for name in GROUPS:
        if name not in groups:
            says = f"code asks for the group '{name}', which groups.yaml does not define"
            raise CatalogueError(f"{line_naming(HERE, name)}: {says}; define it there, or mend the code")
    for name in groups:
        if name not in GROUPS:
            raise CatalogueError(f"{files.where('groups', name)}: no code asks for the group '{name}'; take it out")
    _check_used(files, used)


def _check_used(files: LanguageFiles, used: Collection[str]) -> None:
    """Refuse a concept that nobody asks for and that does not only hold its place, or one that does both."""
    held = set(files.data["groups"][PLACE_HOLDERS]["concepts"])
    groups = (entry["concepts"] for name, entry in files.data["groups"].items() if name != PLACE_HOLDERS)
    asked = set(CONCEPTS).union(used, *groups)
    for concept, entry in files.data["concepts"].items():
        if concept in held and (concept in asked or entry["kind"] != "other_thing"):
            says = f"'{concept}' does not only hold its place; take it out of {PLACE_HOLDERS}"
        elif concept not in held | asked:
            says = f"no figure, group or code asks for the concept '{concept}'; use it, or list it in {PLACE_HOLDERS}"
        else:
            continue
        raise CatalogueError(f"{files.where('concepts', concept)}: {says}")


def _like(name: str, concepts: Mapping[str, object], files: LanguageFiles) -> str:
    """Return a hint at the concept that was perhaps meant, empty where none is like it."""
    near = difflib.get_close_matches(name, concepts, n=1)
    return f" (is it '{near[0]}' of {files.where('concepts', near[0])}?)" if near else ""
