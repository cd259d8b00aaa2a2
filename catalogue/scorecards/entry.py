"""Reading fields from a YAML mapping, gathering every problem with its line.

Belongs here: typed access to one mapping of a file; a wrong field becomes a `Problem` and a stand-in value, so that
one look at the file finds all its mistakes.
Stays out: what the fields mean (`loading`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

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

    def __str__(self) -> str:
        return "\n".join(f"{self.path.name}:{p.line}: {p.text}" for p in sorted(set(self.found)))


class Entry:
    """One mapping of the file, at `keys`."""

    def __init__(self, values: Any, problems: Problems, *keys: str) -> None:
        self.keys = keys
        self.problems = problems
        self.values: Mapping[str, Any] = values if isinstance(values, Mapping) else {}
        if not isinstance(values, Mapping):
            self.wrong(_("a list of 'key: value' lines is needed here"))

    def wrong(self, text: str, *keys: str) -> None:
        """Note a mistake in this mapping, at the nested `keys` below it."""
        self.problems.add(text, *self.keys, *keys)

    def refuse_unknown(self, known: Sequence[str]) -> None:
        """Note every key that means nothing here, so that a misspelt one cannot pass unseen."""
        for key in self.values:
            if key not in known:
                self.wrong(
                    _("key '{key}' means nothing here; use one of: {known}").format(key=key, known=", ".join(known)),
                    str(key),
                )

    def has(self, key: str) -> bool:
        """Return whether a key is given and not null."""
        return self.values.get(key) is not None

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; without `default` it is needed."""
        value = self.values.get(key)
        if value is None and default is not None:
            return default
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str) or not value.strip():
            self.wrong(_("a text is needed for '{key}'; write one").format(key=key), key)
            return "?"
        return value.strip()

    def decimal(self, key: str, default: Decimal | None = None) -> Decimal:
        """Return a number; without `default` it is needed."""
        if default is not None and not self.has(key):
            return default
        return self._as_decimal(self.values.get(key), key)

    def decimals(self, key: str, default: Decimal | None = None) -> tuple[Decimal, Decimal, Decimal, Decimal]:
        """Return four numbers, one a round: given as one number or as {1: …, 2: …, 3: …, 4: …}."""
        value = self.values.get(key)
        if not isinstance(value, Mapping):
            one = self.decimal(key, default)
            return one, one, one, one
        if set(value) != {1, 2, 3, 4}:
            self.wrong(_("'{key}' must give one number, or one for each of the rounds 1, 2, 3, 4").format(key=key), key)
        a, b, c, d = (self._as_decimal(value.get(n, 0), key) for n in (1, 2, 3, 4))
        return a, b, c, d

    def choice(self, key: str, options: Sequence[str], default: str | None = None) -> str:
        """Return one of `options`; without `default` it is needed."""
        value = self.values.get(key, default)
        if value not in options:
            self.wrong(
                _("'{key}' must be one of: {options}; found: {found}").format(
                    key=key, options=", ".join(options), found=value
                ),
                key,
            )
            return options[0]
        return str(value)

    def flag(self, key: str) -> bool:
        """Return a yes or no; not given means no."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self.wrong(_("'{key}' must be true or false").format(key=key), key)
        return value is True

    def day(self, key: str, needed: bool = True) -> date | None:
        """Return a day written as 2023-01-01."""
        value = self.values.get(key)
        if value is None and not needed:
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            self.wrong(_("'{key}' must be a day, written as 2023-01-01").format(key=key), key)
            return None
        return value

    def children(self, key: str) -> Iterator[tuple[str, Entry]]:
        """Yield the named mappings under a key."""
        for name, values in Entry(self.values.get(key), self.problems, *self.keys, key).values.items():
            yield str(name), Entry(values, self.problems, *self.keys, key, str(name))

    def items(self, key: str) -> Iterator[Entry]:
        """Yield the mappings of the list under a key."""
        values = self.values.get(key)
        if not isinstance(values, list) or not values:
            self.wrong(_("a list is needed for '{key}'; write at least one line '- …'").format(key=key), key)
            return
        for index, value in enumerate(values):
            yield Entry(value, self.problems, *self.keys, key, str(index))

    def _as_decimal(self, value: Any, key: str) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.wrong(_("a number is needed for '{key}'; found: {found}").format(key=key, found=value), key)
            return Decimal(0)
        number = Decimal(str(value))
        if not number.is_finite():
            self.wrong(_("a number is needed for '{key}'; found: {found}").format(key=key, found=value), key)
            return Decimal(0)
        return number
