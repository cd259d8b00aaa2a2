"""Catalogue files as models: YAML in, checked frozen values out.

Belongs here: the base of all models, types of their fields, and the one way in which a mistake becomes a message with
file, line, what is wrong and what to do.
Stays out: what a particular file holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from catalogue.figures import figure_definitions
from catalogue.source import line_of, load_yaml
from cchc.errors import CatalogueError
from cchc.messages import translator

_ = translator("catalogue")

OTHER = "other:"
"""What stands before the name of something that is read and is no figure."""


class Entry(BaseModel):
    """A frozen value of a catalogue file; a key it does not know is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


M = TypeVar("M", bound=BaseModel)


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


def named(key: str) -> Callable[[object], object]:
    """Return what writes the name of every entry of a mapping into the entry, under a key."""

    def listed(entries: object) -> object:
        if not isinstance(entries, dict):
            return entries
        return {name: {**entry, key: name} if isinstance(entry, dict) else entry for name, entry in entries.items()}

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
    if kind == "literal_error":
        return _("'{value}' is unknown; use one of {known}").format(value=error["input"], known=context["expected"])
    text = _("'{value}' cannot stand here; see the head of the file")
    return text.format(value=str(error["input"])[:60])
