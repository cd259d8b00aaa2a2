"""The wording of the district's own report.

Belongs here: chapters, sentences and phrases of `paper.yaml`, checked against figures and indicators.
Stays out: numbers, layout (`publications.district`).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, Literal, get_args

from catalogue.figures import figure_definitions
from catalogue.indicators import indicators
from catalogue.offices import office_file
from catalogue.source import line_of, load_yaml, shipped
from cchc.errors import CatalogueError

Counted = Literal["submissions", "ranking", "appraisal", "shortcomings", "requests"]

PLACEHOLDER = re.compile(r"\{([a-z_]+)(:change)?\}")
_WORDS = frozenset({"round", "district", "office", "addressee", "units", "UNITS"})
"""Words that every text may hold; `UNITS` is `units` in capitals, for headings."""
_TEXTS = ("title", "abstract", "opening", "how_to_read", "nothing", "closing")
_TEXT_WORDS = {"how_to_read": ("sources",)}
_PHRASES = {
    "draft": "",
    "revised": "revision why changes",
    "received": "day received expected on_time late due",
    "received_none_late": "day received expected on_time late due",
    "late": "wards",
    "days": "ward days receipt",
    "backdated": "wards name reason",
    "missing": "wards",
    "unread": "wards",
    "waiting": "figures waiting",
    "coverage": "covered expected",
    "up": "percent",
    "down": "percent",
    "level": "",
    "scored_by": "scorecard version",
    "grades": "grades",
    "grade": "count grade",
    "first": "wards points",
    "unranked": "wards",
    "because": "ward reason",
    "tiers": "tiers",
    "tier": "number wards",
    "one_tier": "",
    "provisional": "wards",
    "everyone": "count",
    "praise": "wards",
    "no_praise": "",
    "no_previous": "",
    "unmoved": "",
    "blame": "wards",
    "in_time_and_full": "",
    "first_of_kind": "kind",
    "sent_nothing": "",
    "sent_late": "days",
    "not_printed": "count",
    "contradictory": "count",
    "dropped": "count",
    "moved_up": "wards",
    "moved_down": "wards",
    "move": "ward before now places",
    "causes": "causes",
    "cause": "rule count wards",
    "task": "criterion share wards",
    "partial": "covered expected",
    "disagree": "sum difference",
    "not_whole": "least",
    "close": "pairs",
    "pair": "first second",
    "weak": "criteria",
    "weak_item": "criterion share",
    "overdue": "count",
    "findings": "errors warnings wards",
    "findings_errors": "errors wards",
    "findings_warnings": "warnings wards",
    "no_findings": "",
    "ask_missing": "wards",
    "ask_confirm": "wards",
    "ask_late": "wards",
}
"""Every phrase with the words in braces that it may hold besides those of every text."""

_TABLES = ("ranking", "findings", "totals", "method", "sources", "changes")


@dataclass(frozen=True)
class Part:
    """A part of a chapter: a title ("" for none) and sentences, each a tuple of clauses."""

    title: str
    sentences: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chapter:
    """A chapter: parts with sentences, or `counted` from ledger, ranking and findings."""

    title: str
    parts: tuple[Part, ...] = ()
    counted: Counted | None = None


@dataclass(frozen=True)
class Wording:
    """Everything the report says besides its numbers; texts hold the words of `_WORDS` in braces.

    `least_coverage` is the percent of wards from which on a total may stand as the town's.
    """

    title: str
    abstract: str
    opening: str
    how_to_read: str
    nothing: str
    closing: str
    bases: tuple[str, ...]
    least_coverage: Decimal
    chapters: tuple[Chapter, ...]
    phrases: dict[str, str]
    tables: dict[str, str]


def wording(path: Path | None = None) -> Wording:
    """Return the wording of `path`, the current office's `paper.yaml` or else the shipped one by default.

    Raises:
        CatalogueError: a text, phrase or table is missing or unknown, a chapter says nothing, or a sentence names a
            figure that cannot be totalled; the message names the line.
    """
    return _load(path or office_file("paper.yaml"))


@cache
def _load(source: Path) -> Wording:
    loaded = load_yaml(source)
    _need(source, loaded, (), (*_TEXTS, "bases", "least_coverage", "chapters", "phrases", "tables"))
    phrases = _filled(source, loaded["phrases"], "phrases", tuple(_PHRASES))
    tables = _filled(source, loaded["tables"], "tables", _TABLES)
    for name in _TEXTS:
        _check_words(source, (name,), str(loaded[name]), _WORDS | set(_TEXT_WORDS.get(name, ())))
    for name, words in _PHRASES.items():
        _check_words(source, ("phrases", name), phrases[name], _WORDS | set(words.split()))
    return Wording(
        **{name: str(loaded[name]) for name in _TEXTS},
        bases=_bases(source, loaded["bases"]),
        least_coverage=_least_coverage(source, loaded["least_coverage"]),
        chapters=tuple(_chapter(source, str(place), entry) for place, entry in enumerate(loaded["chapters"])),
        phrases=phrases,
        tables=tables,
    )


def _filled(source: Path, own: Any, part: str, names: tuple[str, ...]) -> dict[str, str]:
    """Return a part of the wording with the shipped words for what an office's own file does not say.

    An upgrade that says more must not stop the papers of an office whose file is older.
    """
    words = {**load_yaml(shipped("paper.yaml"))[part], **(own if isinstance(own, dict) else {})}
    _need(source, words, (part,), names)
    return {name: str(words[name]) for name in names}


def _bases(source: Path, listed: Any) -> tuple[str, ...]:
    if not isinstance(listed, list) or not all(isinstance(base, str) for base in listed):
        raise CatalogueError(f"{source.name}:{line_of(source, 'bases')}: 'bases' lists texts; write '- Căn cứ …' or []")
    for base in listed:
        _check_words(source, ("bases",), base, _WORDS)
    return tuple(listed)


def _least_coverage(source: Path, value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 100:
        where = f"{source.name}:{line_of(source, 'least_coverage')}"
        raise CatalogueError(f"{where}: 'least_coverage' is a percentage between 0 and 100; found {value}")
    return Decimal(str(value))


def _need(source: Path, entries: Any, where: tuple[str, ...], names: tuple[str, ...]) -> None:
    present = set(entries) if isinstance(entries, dict) else set()
    wrong = sorted(present ^ set(names))
    if wrong:
        known = [name for name in wrong if name in present]
        line = line_of(source, *where, *known[:1])
        raise CatalogueError(f"{source.name}:{line}: missing or unknown: {', '.join(wrong)}; see the shipped file")


def _check_words(source: Path, where: tuple[str, ...], text: str, known: Collection[str]) -> None:
    line = f"{source.name}:{line_of(source, *where)}"
    try:
        held = {name for _text, name, _form, _conversion in Formatter().parse(text) if name is not None}
    except ValueError as error:
        raise CatalogueError(f"{line}: braces do not pair in “{text}” ({error}); mend them") from error
    for name in sorted(held - set(known)):
        raise CatalogueError(f"{line}: nothing fills '{{{name}}}' here; known are {', '.join(sorted(known))}")


def _chapter(source: Path, place: str, entry: Any) -> Chapter:
    where = f"{source.name}:{line_of(source, 'chapters', place)}"
    counted = entry.get("counted")
    if counted is not None and counted not in get_args(Counted):
        raise CatalogueError(f"{where}: '{counted}' cannot be counted; use one of {', '.join(get_args(Counted))}")
    parts = tuple(_part(where, part) for part in entry.get("parts", ()))
    if bool(counted) == bool(parts):
        raise CatalogueError(f"{where}: a chapter needs either 'parts' or 'counted'; give one of them")
    _check_words(source, ("chapters", place, "title"), str(entry["title"]), _WORDS)
    return Chapter(str(entry["title"]), parts, counted)


def _part(where: str, entry: Any) -> Part:
    sentences = tuple(tuple(str(clause) for clause in sentence) for sentence in entry["sentences"])
    for clause in (clause for sentence in sentences for clause in sentence):
        _check_clause(where, clause)
    return Part(str(entry["title"]), sentences)


def _check_clause(where: str, clause: str) -> None:
    for name, _change in PLACEHOLDER.findall(clause):
        figure = figure_definitions().get(name)
        if name in _WORDS or name in indicators() or (figure and figure.unit != "percent"):
            continue
        remedy = "use a count, an amount or an indicator: printed percentages are never totalled"
        raise CatalogueError(f"{where}: '{{{name}}}' in “{clause}” cannot be totalled; {remedy}")
