"""The rules that name a number by what stands around it.

Belongs here: the rules of `catalogue/accounts.yaml`, the period in force, nouns that no figure counts, and parts of a
whole, each held against a number's surroundings; the first that holds names the number and says why.
Stays out: cutting out the surroundings (`surroundings`).

A rule that goes by structure alone ("trong đó", a bracket) is silent where the words by the number name a figure: such
a number may be a figure that was missed, and the office has to see it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from catalogue.accounts import PLACES, AccountRule, account_book
from catalogue.labels import labels
from catalogue.shapes import shape
from catalogue.wordlists import word_list
from parsers.accounts.phrases import (
    Table,
    anywhere,
    at_start,
    close_before,
    close_behind,
    table_of,
)
from parsers.accounts.surroundings import Surroundings
from parsers.numbers import Number, unit_at
from parsers.reading import AccountKind
from parsers.text.lexicon import concepts_in
from parsers.text.spelling import level
from parsers.text.tokens import words_of

Told = tuple[AccountKind, str]

_PERIODS = {
    "p_prior": (AccountKind.PRIOR_PERIOD, "the same period of last year"),
    "p_other": (AccountKind.PRIOR_PERIOD, "another period"),
    "p_future": (AccountKind.TARGET, "a period to come"),
}
_CUMULATIVE = (AccountKind.PRIOR_PERIOD, "another span of time: since the start of the year")
_NOT_KEPT_YTD = frozenset({"dossier", "turn", "case", "form"})
"""What figures keep for the quarter only: their count since January is another period's, not a figure's."""
_PERIOD_RULE = "time of another period"
_OTHER_CLASSES = frozenset({"time", "measure", "score", "place", "household", "thing", "complaint"})
_THINGS_AND_PLACES = frozenset({"place", "household", "thing"})
_SHARE_OF = re.compile(shape("share_of"))
_NOUN = re.compile(r"\s{0,2}(?P<noun>[^\W\d_]{2,}(?:[\s-][^\W\d_]+){0,2})")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_ONE = frozenset(word_list("one"))


@cache
def _tables() -> dict[str, Table]:
    """Return the phrases of all rules by the place where they are looked for."""
    return {
        place: table_of(
            (phrase, i) for i, rule in enumerate(account_book().rules) for phrase in rule.phrases.get(place, ())
        )
        for place in PLACES
    }


def _phrases_around(around: Surroundings) -> dict[int, str]:
    """Return the rules of which a phrase stands in its place around a number, each with the phrase."""
    tables = _tables()
    lead, tail = words_of(around.lead), words_of(around.tail)
    found = {
        **anywhere(tables["clause"], words_of(around.clause)),
        **anywhere(tables["tail"], tail),
        **close_behind(tables["next"], tail),
        **anywhere(tables["lead"], lead),
        **close_before(tables["close"], lead),
        **close_before(tables["touching"], lead, words_between=0),
    }
    for heading in around.over:
        found.update(_of_heading(heading))
    if around.beside:
        found.update(anywhere(tables["beside"], words_of(around.beside)))
    return found


@lru_cache(maxsize=1024)
def _of_heading(heading: str) -> dict[int, str]:
    tokens = words_of(heading)
    return {**anywhere(_tables()["over"], tokens), **at_start(_tables()["heads"], tokens)}


def _is_for(rule: AccountRule, unit: str) -> bool:
    """Return whether a rule speaks of numbers with counting words of a class."""
    return unit not in rule.never and (not rule.only or unit in rule.only)


def rule_of(number: Number, around: Surroundings) -> Told | None:
    """Return the kind of a number and the reason, None where nothing around it says what it is."""
    unit = "percent" if number.percent else number.unit_class or ("money" if number.scale > 1 else "none")
    phrases = _phrases_around(around)
    for index, rule in enumerate(account_book().rules):
        if rule.reason == _PERIOD_RULE:
            period = _CUMULATIVE if around.period == "p_ytd" and unit in _NOT_KEPT_YTD else _PERIODS.get(around.period)
            if period:
                return period
        words = number.unit if unit in rule.units else phrases.get(index)
        if words is not None and _is_for(rule, unit):
            return AccountKind(rule.kind), f"{rule.reason}: {words}"
    if around.goal:
        return AccountKind.TARGET, "goal: a heading names a period to come"
    other = _counts_other(number, around)
    if other:
        return AccountKind.SUB_ITEM, f"counts another thing: {other}"
    if _is_part(number, around) and not names_figure(around):
        return AccountKind.SUB_ITEM, f"part of a whole named before: {around.part or number.raw}"
    return None


def _is_part(number: Number, around: Surroundings) -> bool:
    """Return whether a number stands, with words of its own before it, among the parts of something.

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
    if number.percent:
        return _share_of_other(around.tail)
    if number.scale > 1 or number.unit_class == "money" or number.decimals:
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


def _share_of_other(tail: str) -> str:
    """Return the noun of "100% số thôn" where no figure counts it, empty where one may."""
    share = _SHARE_OF.match(tail)
    if share is None:
        return ""
    noun, unit_class, _ = unit_at(tail, share.end())
    return noun if unit_class in _THINGS_AND_PLACES else ""


@cache
def _figure_nouns() -> tuple[frozenset[str], frozenset[str]]:
    """Return the nouns that some figure counts, and the words that are no nouns."""
    known = labels()
    nouns = {level(phrase) for phrases in known.nouns.values() for phrase in phrases}
    nouns |= {phrase.split(",")[0] for phrase in nouns}
    return frozenset(nouns), frozenset(level(word) for word in known.links)


def names_figure(around: Surroundings) -> bool:
    """Return whether the words by a number could name a figure and none of them names another thing."""
    behind = around.tail[: around.tail.find(",")] if "," in around.tail else around.tail
    book = account_book()
    concepts = (concepts_in(around.lead) | concepts_in(behind[:40])) - book.neutral
    return bool(concepts) and not concepts & book.other
