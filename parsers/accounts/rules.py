"""The rules that name a number by what stands around it.

Belongs here: the rules of `catalogue/accounts.yaml`, the period in force, nouns that no figure counts, and parts of a
whole, each held against a number's surroundings; the first that holds names the number and says why.
Stays out: cutting out the surroundings (`surroundings`).

A rule that goes by structure alone ("trong đó", a bracket) is silent where the words by the number name a figure: such
a number may be a figure that was missed, and the office has to see it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from catalogue.accounts import AccountRule, account_rules, neutral_concepts
from catalogue.labels import labels
from parsers.accounts.surroundings import Surroundings
from parsers.numbers import Number
from parsers.reading import AccountKind
from parsers.vocabulary import concepts_in, level, level_phrase

Told = tuple[AccountKind, str]

_PERIODS = {
    "p_prior": (AccountKind.PRIOR_PERIOD, "the same period of last year"),
    "p_other": (AccountKind.PRIOR_PERIOD, "another period"),
    "p_future": (AccountKind.TARGET, "a period to come"),
}
_PERIOD_RULE = "time of another period"
_OTHER_CLASSES = frozenset({"time", "measure", "score", "place", "household", "thing", "complaint"})
_NOUN = re.compile(r"\s{0,2}(?P<noun>[^\W\d_]{2,}(?:[\s-][^\W\d_]+){0,2})")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_ONE = frozenset({"một"})


@dataclass(frozen=True)
class _Compiled:
    """One rule with its phrases as patterns by place."""

    kind: AccountKind
    reason: str
    units: frozenset[str]
    only: frozenset[str]
    never: frozenset[str]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]

    def holds(self, number: Number, around: Surroundings) -> str | None:
        """Return the words by which the rule holds, None where it does not."""
        unit = "percent" if number.percent else number.unit_class or ("money" if number.scale > 1 else "none")
        if unit in self.never or (self.only and unit not in self.only):
            return None
        if unit in self.units:
            return number.unit
        for place, pattern in self.patterns:
            match = _find(place, pattern, around)
            if match:
                return match[1]
        return None


def _find(place: str, pattern: re.Pattern[str], around: Surroundings) -> re.Match[str] | None:
    if place == "next":
        return pattern.match(around.tail)
    if place == "heads":
        return next((m for text in around.over if (m := pattern.match(text))), None)
    if place == "over":
        return next((m for text in around.over if (m := pattern.search(text))), None)
    return pattern.search(_text(place, around))


def _text(place: str, around: Surroundings) -> str:
    if place in {"lead", "close", "touching"}:
        return around.lead
    return {"tail": around.tail, "clause": around.clause, "beside": around.beside}[place]


@cache
def _compiled() -> tuple[_Compiled, ...]:
    return tuple(_compile(rule) for rule in account_rules())


def _compile(rule: AccountRule) -> _Compiled:
    patterns = tuple((place, _pattern(place, phrases)) for place, phrases in rule.phrases.items())
    return _Compiled(AccountKind(rule.kind), rule.reason, rule.units, rule.only, rule.never, patterns)


def _pattern(place: str, phrases: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted((level_phrase(p) for p in phrases), key=len, reverse=True)
    body = "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in ordered)
    if place == "close":
        return re.compile(rf"(?<!\w)({body})(?:\s+[^\W\d_]+){{0,3}}[\s(:]*$")
    if place == "touching":
        return re.compile(rf"(?<!\w)({body})\s*$")
    if place == "next":
        return re.compile(rf"[\s%]{{0,3}}(?:[^\W\d_]+\s+){{0,2}}?({body})(?!\w)")
    if place == "heads":
        return re.compile(rf"({body})(?!\w)")
    return re.compile(rf"(?<!\w)({body})(?!\w)")


def rule_of(number: Number, around: Surroundings) -> Told | None:
    """Return the kind of a number and the reason, None where nothing around it says what it is."""
    for rule in _compiled():
        if rule.reason == _PERIOD_RULE and around.period in _PERIODS:
            return _PERIODS[around.period]
        words = rule.holds(number, around)
        if words is not None:
            return rule.kind, f"{rule.reason}: {words.strip()}"
    if around.goal:
        return AccountKind.TARGET, "goal: a heading names a period to come"
    other = _counts_other(number, around)
    if other:
        return AccountKind.SUB_ITEM, f"counts another thing: {other}"
    if _is_part(number, around) and not names_figure(around):
        return AccountKind.SUB_ITEM, f"part of a whole named before: {around.part or number.raw}"
    return None


def _is_part(number: Number, around: Surroundings) -> bool:
    """Tell whether a number stands, with words of its own before it, among the parts of something.

    A share is no part, and a sum of money in brackets may be the whole.
    """
    money = number.scale > 1 or number.unit_class == "money" or number.grouped
    if number.percent or (money and around.part in {"", "(", "["}):
        return False
    if number.in_words and number.raw.lower() in _ONE:
        return True
    words = around.tail if around.part in {"(", "["} and not number.unit else around.lead
    return bool(around.part) and (_LETTERS.search(around.lead) or _LETTERS.match(words.lstrip())) is not None


def _counts_other(number: Number, around: Surroundings) -> str:
    """Return the noun behind a number where no figure counts that thing, empty where one may."""
    if number.percent or number.scale > 1 or number.unit_class == "money" or number.decimals:
        return ""
    if number.unit_class in _OTHER_CLASSES:
        return number.unit
    match = _NOUN.match(around.tail)
    if match is None:
        return ""
    words = match["noun"].split()
    figure_nouns, links = _figure_nouns()
    if words[0] in links or any(" ".join(words[:n]) in figure_nouns for n in range(1, len(words) + 1)):
        return ""
    return match["noun"]


@cache
def _figure_nouns() -> tuple[frozenset[str], frozenset[str]]:
    """Return the nouns that some figure counts, and the words that are no nouns."""
    known = labels()
    nouns = {level(phrase) for phrases in known.nouns.values() for phrase in phrases}
    nouns |= {phrase.split(",")[0] for phrase in nouns}
    return frozenset(nouns), frozenset(level(word) for word in known.links)


def names_figure(around: Surroundings) -> bool:
    """Tell whether the words by a number could name a figure and none of them names another thing."""
    behind = around.tail[: around.tail.find(",")] if "," in around.tail else around.tail
    neutral, other = neutral_concepts()
    concepts = (concepts_in(around.lead) | concepts_in(behind[:40])) - neutral
    return bool(concepts) and not concepts & other
