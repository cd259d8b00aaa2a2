"""Catalogue files as models: YAML in, checked frozen values out.

Belongs here: the base of all models, and the one way in which a mistake becomes a message with file, line, what is
wrong and what to do.
Stays out: what a particular file holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from catalogue.source import line_of, load_yaml
from cchc.errors import CatalogueError
from cchc.messages import translator

_ = translator("catalogue")


class Entry(BaseModel):
    """A frozen value of a catalogue file; a key it does not know is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


M = TypeVar("M", bound=BaseModel)


def named(key: str, **others: str) -> Callable[[object], object]:
    """Return what writes the name of every entry of a mapping into the entry under `key`, and `others` as they are."""

    def listed(entries: object) -> object:
        if not isinstance(entries, dict):
            return entries
        return {
            name: {**entry, key: name, **others} if isinstance(entry, dict) else entry
            for name, entry in entries.items()
        }

    return listed


def load_model(path: Path, kind: type[M]) -> M:
    """Return the content of a YAML file as a model.

    Raises:
        CatalogueError: the file breaks the model; the message names file and line of the first mistake.
    """
    return checked(path, kind, load_yaml(path))


def checked(path: Path, kind: type[M], content: Any, under: Sequence[str] = ()) -> M:
    """Return values read from a file, below the keys `under`, as a model.

    Raises:
        CatalogueError: the values break the model.
    """
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        raise _mistake(path, error.errors()[0], under) from error


def _mistake(path: Path, error: ErrorDetails, under: Sequence[str]) -> CatalogueError:
    keys = [*under, *(str(key) for key in error["loc"] if key != "[key]")]
    where = " → ".join(keys) or path.name
    return CatalogueError(f"{path.name}:{line_of(path, *keys)}: {where}: {_says(error)}")


def _says(error: ErrorDetails) -> str:
    """Return what is wrong and what to do; the library's own English reaches no office."""
    kind, context = error["type"], error.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind == "missing":
        return _("this section or key is missing; see the head of the file")
    if kind == "extra_forbidden":
        return _("this key is unknown; see the head of the file")
    if kind == "string_too_short":
        return _("this text is empty; write it")
    if kind == "literal_error":
        return _("'{value}' is unknown; use one of {known}").format(
            value=error["input"], known=context["expected"].replace(" or ", ", ")
        )
    text = _("'{value}' cannot stand here; see the head of the file")
    return text.format(value=str(error["input"])[:60])
