"""The mistakes found in one scorecard's file, each with its line and what to do.

Belongs here: gathering mistakes, and the words for what a model of the file refuses.
Stays out: the shape of the file (`file`), what does not fit together (`checks`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from catalogue.scorecards.file import FORMER, KINDS, keys_beside
from catalogue.source import line_of
from cchc.messages import translator

_ = translator("scoring")


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in a file: where it stands and what to do."""

    line: int
    text: str


@dataclass
class Problems:
    """The mistakes found in one file so far."""

    path: Path
    found: list[Problem] = field(default_factory=list)

    def add(self, text: str, *keys: str) -> None:
        """Note a mistake at the nested `keys` of the file."""
        self.found.append(Problem(line_of(self.path, *keys), text))

    def add_refused(self, error: ValidationError) -> None:
        """Note everything that the model of the file refuses."""
        for mistake in error.errors(include_url=False):
            keys = _keys(mistake)
            named = next((key for key in reversed(keys) if not key.isdigit()), "")
            self.add(_says(mistake, named), *keys)

    def __str__(self) -> str:
        return "\n".join(f"{self.path.name}:{p.line}: {p.text}" for p in sorted(set(self.found)))


@dataclass(frozen=True)
class Place:
    """One mapping of the file, at `keys`."""

    problems: Problems
    keys: tuple[str, ...]

    def wrong(self, text: str, *keys: str) -> None:
        """Note a mistake in this mapping, at the nested `keys` below it."""
        self.problems.add(text, *self.keys, *keys)


def _keys(mistake: ErrorDetails) -> list[str]:
    """Return the keys of the file that lead to a mistake; the kind, which a model has in its place, is no key."""
    keys = [str(key) for key in mistake["loc"]]
    if keys[:1] == ["criteria"]:
        del keys[2:3]
    if mistake["type"].startswith("union_tag"):
        keys.append("kind")
    return [*keys, *filter(None, [mistake.get("ctx", {}).get("key")])]


def _says(mistake: ErrorDetails, key: str) -> str:
    """Return what is wrong and what to do; the library's own English reaches no office."""
    kind, context = mistake["type"], mistake.get("ctx", {})
    if kind == "told":
        return str(context["text"])
    if kind == "extra_forbidden":
        known = ", ".join(keys_beside(mistake["loc"]))
        text = _former() if key in FORMER else _("key '{key}' means nothing here; use one of: {known}")
        return text.format(key=key, known=known)
    expected = ", ".join(KINDS) if kind.startswith("union_tag") else str(context.get("expected"))
    options = expected.replace("'", "").replace(" or ", ", ")
    found = context.get("tag", None if kind == "union_tag_not_found" else mistake["input"])
    text = next(text for start, text in _texts() if kind.startswith(start))
    return text.format(key=key, options=options, found=found, **context)


def _former() -> str:
    """Return why keys of former cards are refused: a card that left gaps out would reward who leaves figures out."""
    return _("'{key}' is no choice any more: whose gap it is decides (docs/scoring.md); delete it")


def _texts() -> Iterator[tuple[str, str]]:
    """Yield what each kind of mistake is called in words; kinds by the beginning of the library's name."""
    yield "missing", _("'{key}' is missing; write it")
    yield "string", _("a text is needed for '{key}'; write one")
    for kind in ("decimal", "finite", "int"):
        yield kind, _("a number is needed for '{key}'; found: {found}")
    yield "rounds_each", _("'{key}' must give one number, or one for each of the rounds 1, 2, 3, 4")
    yield "terms", _("'{key}' must list figure codes")
    for kind in ("literal", "union_tag"):
        yield kind, _("'{key}' must be one of: {options}; found: {found}")
    yield "bool", _("'{key}' must be true or false")
    yield "date", _("'{key}' must be a day, written as 2023-01-01")
    for kind in ("tuple", "too_short"):
        yield kind, _("a list is needed for '{key}'; write at least one line '- …'")
    yield "greater_than_equal", _("'{key}' must be at least {ge}")
    yield "greater_than", _("'{key}' must be more than {gt}")
    yield "less_than", _("'{key}' must be at most {le}")
    yield "", _("a list of 'key: value' lines is needed here")
