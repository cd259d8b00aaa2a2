"""What a number is that is no figure, by the words around it.

Belongs here: the rules of `accounts.yaml`, checked at load.
Stays out: finding the words (`parsers.accounts`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from catalogue.groups import concepts_of
from catalogue.labels import Told, labels
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
    """One rule: the kind it gives, its reason, the phrases by place, classes of counting words for and against it.

    Its `name` is what phrases of the language say that speak for it too; empty where none does.
    """

    name: str
    kind: str
    reason: str
    phrases: dict[str, tuple[str, ...]]
    units: frozenset[str]
    only: frozenset[str]
    never: frozenset[str]


@dataclass(frozen=True)
class AccountBook:
    """The rules in their order, and the concepts that name no figure by themselves or another thing."""

    rules: tuple[AccountRule, ...]
    neutral: frozenset[str]
    other: frozenset[str]


@cache
def account_book() -> AccountBook:
    """Return the rules that ship with the catalogue."""
    return load_account_book(shipped("accounts.yaml"), labels().told)


def load_account_book(path: Path, told: Iterable[Told] = ()) -> AccountBook:
    """Return the rules of a file, with the phrases of the language that are `told` of them.

    Raises:
        CatalogueError: a kind, place or class of counting words is unknown, a phrase is not in lower case, or
            a phrase of the language speaks for a rule or place that is not there.
    """
    by_rule: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for phrase, name, place in told:
        by_rule[name][place].append(phrase)
    loaded = load_yaml(path)
    rules = tuple(_rule(path, index, entry, by_rule) for index, entry in enumerate(loaded["rules"]))
    for phrase, name, place in told:
        if place not in PLACES or name not in {rule.name for rule in rules}:
            says = f"{path.name} has no rule '{name}' with a place '{place}'; mend 'accounts' of the phrase there"
            raise CatalogueError(f"catalogue/language: '{phrase}': {says}")
    return AccountBook(rules, concepts_of("names_no_figure"), concepts_of("names_another_thing"))


def _rule(path: Path, index: int, entry: dict[str, Any], told: Mapping[str, Mapping[str, list[str]]]) -> AccountRule:
    """Return one rule; what is wrong with it is said with its line."""
    name = entry.get("name", "")
    of_language = told.get(name, {}) if name else {}
    found = {place: (*of_language.get(place, ()), *entry.get(place, ())) for place in PLACES}
    phrases = {place: some for place, some in found.items() if some}
    classes = {key: frozenset(entry.get(key, ())) for key in _CLASSES}
    wrong = _wrong(entry, phrases, frozenset().union(*classes.values()))
    if wrong:
        raise CatalogueError(f"{path.name}:{line_of(path, 'rules', str(index))}: {wrong}")
    return AccountRule(name, entry["kind"], entry["reason"], phrases, **classes)


def _wrong(entry: dict[str, Any], phrases: dict[str, tuple[Any, ...]], classes: frozenset[str]) -> str:
    """Return what is wrong with a rule and the remedy, empty where nothing is."""
    unknown = sorted(set(entry) - {"name", "kind", "reason", *_CLASSES, *PLACES})
    if unknown:
        return f"'{unknown[0]}' is no key of a rule; see the head of the file"
    if entry["kind"] not in KINDS:
        return f"kind '{entry['kind']}' is unknown; use one of {', '.join(sorted(KINDS))}"
    odd = [p for some in phrases.values() for p in some if not isinstance(p, str) or p != p.lower().strip()]
    if odd:
        return f"'{odd[0]}' is no phrase in lower case; quote it and write it small"
    strange = sorted(classes - set(unit_classes().values()) - {"percent", "none"})
    return f"'{strange[0]}' is no class of counting_words.yaml; use one that is" if strange else ""
