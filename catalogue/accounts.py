"""What a number is that is no figure, by the words around it.

Belongs here: the rules of `accounts.yaml`, checked at load.
Stays out: finding the words (`parsers.accounts`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from catalogue.labels import labels
from catalogue.source import line_of, load_yaml, shipped
from catalogue.units import unit_classes
from cchc.errors import CatalogueError

PLACES = ("lead", "close", "touching", "tail", "next", "clause", "heads", "over", "beside")
"""Where the phrases of a rule are looked for; see the head of `accounts.yaml`."""

_CLASSES = ("units", "only", "never")
KINDS = frozenset(
    {"other_level", "prior_period", "change", "target", "sub_item", "complaint", "measure", "list_number", "name"}
)


@dataclass(frozen=True)
class AccountRule:
    """One rule: the kind it gives, its reason, the phrases by place, classes of counting words for and against it."""

    kind: str
    reason: str
    phrases: dict[str, tuple[str, ...]]
    units: frozenset[str]
    only: frozenset[str]
    never: frozenset[str]


@cache
def account_rules() -> tuple[AccountRule, ...]:
    """Return the rules in their order.

    Raises:
        CatalogueError: a kind, place or unit class is unknown, or a phrase is not in lower case.
    """
    path = shipped("accounts.yaml")
    return tuple(
        _rule(entry, f"{path.name}:{line_of(path, 'rules', str(index))}")
        for index, entry in enumerate(load_yaml(path)["rules"])
    )


@cache
def neutral_concepts() -> tuple[frozenset[str], frozenset[str]]:
    """Return the concepts of labels.yaml that name no figure by themselves, and those that name another thing.

    Raises:
        CatalogueError: a concept is unknown.
    """
    path = shipped("accounts.yaml")
    loaded = load_yaml(path)
    for key in ("neutral", "other"):
        unknown = sorted(set(loaded[key]) - set(labels().concepts))
        if unknown:
            raise CatalogueError(f"{path.name}:{line_of(path, key)}: '{unknown[0]}' is no concept of labels.yaml")
    return frozenset(loaded["neutral"]), frozenset(loaded["other"])


def _rule(entry: dict[str, Any], where: str) -> AccountRule:
    unknown = sorted(set(entry) - {"kind", "reason", *_CLASSES, *PLACES})
    if unknown:
        raise CatalogueError(f"{where}: '{unknown[0]}' is no key of a rule; see the head of the file")
    if entry["kind"] not in KINDS:
        raise CatalogueError(f"{where}: kind '{entry['kind']}' is unknown; use one of {', '.join(sorted(KINDS))}")
    phrases = {place: tuple(entry[place]) for place in PLACES if entry.get(place)}
    for phrase in (p for some in phrases.values() for p in some):
        if not isinstance(phrase, str) or phrase != phrase.lower().strip():
            raise CatalogueError(f"{where}: '{phrase}' is no phrase in lower case; quote it and write it small")
    classes = {key: frozenset(entry.get(key, ())) for key in _CLASSES}
    strange = sorted(frozenset().union(*classes.values()) - set(unit_classes().values()) - {"percent", "none"})
    if strange:
        raise CatalogueError(f"{where}: '{strange[0]}' is no class of units.yaml; use one that is")
    return AccountRule(entry["kind"], entry["reason"], phrases, **classes)
