"""A new version of a scorecard from a form: drafted, checked by the catalogue's own rules, shown, taken over.

Belongs here: from fields to the file of a card, in the office's own folder. Stays out: what makes a card right
(`catalogue.scorecards`), what it changes (`console.standings`).

Nothing is written over: a new version begins on a day, the one before ends the day before, and stays.
"""

from __future__ import annotations

import copy
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from catalogue.offices import current_folder
from catalogue.scorecards import Scorecard, scorecards
from catalogue.scorecards.loading import read_scorecard
from catalogue.source import load_yaml, shipped
from cchc.errors import ConfigurationError
from cchc.files import write_whole
from cchc.messages import translator

_ = translator("console")

FIELDS = ("points", "target", "floor", "full_at", "zero_at", "at_least", "at_most", "bands")
"""What a form changes of a criterion: every number below these keys; measures are changed in the file."""
Leaf = tuple[str | int, ...]


@dataclass(frozen=True)
class Draft:
    """A version that is not kept yet: its file's text, and the card the text says."""

    text: str
    card: Scorecard


def draft(name: str, changes: Mapping[str, Mapping[str, Decimal]], begins: date, source: str) -> Draft:
    """Return the next version of a card with some fields of its criteria changed.

    `changes` maps criterion → path of a number (`numbers_of`) → value; `source` says on what the change rests.

    Raises:
        CatalogueError: the card would be wrong; the message lists every mistake.
    """
    entry = dict(load_yaml(_latest(name)))
    entry |= {"version": _next_version(name), "valid_from": begins, "valid_to": None}
    if source:
        entry["source"] = source
    criteria = {code: copy.deepcopy(criterion) for code, criterion in entry["criteria"].items()}
    for code, criterion in criteria.items():
        wanted = changes.get(code, {})
        for leaf, _value in list(_leaves(criterion)):
            if (named := _path(leaf)) in wanted:
                _set(criterion, leaf, _plain(wanted[named]))
    entry["criteria"] = criteria
    entry["total"] = _plain(sum((Decimal(str(c["points"])) for c in criteria.values()), Decimal(0)))
    text = yaml.safe_dump(entry, allow_unicode=True, sort_keys=False, width=120)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        return Draft(text, read_scorecard(path))


def numbers_of(name: str) -> dict[str, dict[str, Decimal]]:
    """Return criterion → path → number of all that a form may change of a card's latest version.

    A path is the way through the card's file, as "points", "target.2" (of the second quarter) or "bands.0.from".
    """
    criteria = load_yaml(_latest(name))["criteria"]
    return {code: {_path(leaf): value for leaf, value in _leaves(criterion)} for code, criterion in criteria.items()}


def take_over(made: Draft, home: Path) -> Path:
    """Keep a draft as the version that holds from its day on, ending the one before, and return its file.

    Raises:
        ConfigurationError: the office has no folder of its own, or a version already begins on or after that day.
    """
    own = own_folder(home) / "scorecards"
    own.mkdir(exist_ok=True)
    before = _latest(made.card.name)
    entry = dict(load_yaml(before))
    if _day(entry["valid_from"]) >= made.card.valid_from:
        raise ConfigurationError(_("a version begins on that day or later already; choose a later day"))
    entry["valid_to"] = made.card.valid_from - timedelta(days=1)
    former = own / f"{made.card.name}-{entry['version']}.yaml" if before.parent != own else before
    write_whole(former, yaml.safe_dump(entry, allow_unicode=True, sort_keys=False, width=120))
    path = own / f"{made.card.name}-{made.card.version}.yaml"
    write_whole(path, made.text)
    scorecards()
    return path


def _leaves(criterion: Mapping[str, Any]) -> Iterator[tuple[Leaf, Decimal]]:
    """Yield the numbers of a criterion's entry with the way to each; a floor that is not written is 0."""
    for key in FIELDS:
        if key in criterion:
            yield from _below((key,), criterion[key])
        elif key == "floor" and criterion["kind"] == "proportional":
            yield (key,), Decimal(0)


def _below(leaf: Leaf, value: Any) -> Iterator[tuple[Leaf, Decimal]]:
    if isinstance(value, int | float) and not isinstance(value, bool):
        yield leaf, Decimal(str(value))
    elif isinstance(value, dict | list):
        for key, below in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _below((*leaf, key), below)


def _path(leaf: Leaf) -> str:
    return ".".join(map(str, leaf))


def _set(criterion: dict[str, Any], leaf: Leaf, value: int | float) -> None:
    place: Any = criterion
    for key in leaf[:-1]:
        place = place[key]
    place[leaf[-1]] = value


def _latest(name: str) -> Path:
    """Return the file of the latest version of a card: the office's own before the shipped one."""
    own = current_folder() / "scorecards"
    for folder in (own, shipped("scorecards")):
        found = [(read_scorecard(path), path) for path in sorted(folder.glob("*.yaml"))] if folder.is_dir() else []
        named = [(card.valid_from, path) for card, path in found if card.name == name]
        if named:
            return max(named)[1]
    raise ConfigurationError(_("there is no scorecard '{name}'").format(name=name))


def _next_version(name: str) -> str:
    versions = [card.version for card in scorecards() if card.name == name]
    numbers = [int(version) for version in versions if version.isdigit()]
    return str(max(numbers) + 1) if numbers else f"{versions[-1]}.1"


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def own_folder(home: Path) -> Path:
    """Return the folder of the office, where it is the office's own.

    Raises:
        ConfigurationError: it is one that ships, which is not to be changed.
    """
    folder = current_folder()
    if not folder.resolve().is_relative_to(home.resolve()):
        raise ConfigurationError(
            _("this office has no folder of its own; make one in {home}/office first (cchc office)").format(home=home)
        )
    return folder
