"""A scorecard's YAML as frozen values.

Belongs here: which keys a card, a criterion, a measure and a band may have.
Stays out: access to fields (`entry`), what makes the whole wrong (`checks`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import cast, get_args

from catalogue.indicators import indicators
from catalogue.scorecards.checks import check_card, check_criterion
from catalogue.scorecards.entry import Entry, Problems
from catalogue.scorecards.model import (
    Arrival,
    Band,
    Bands,
    Criterion,
    Grade,
    Kind,
    Linear,
    Manual,
    Measure,
    Rule,
    Scorecard,
    Term,
    Threshold,
    ZeroPolicy,
)
from catalogue.source import load_yaml
from cchc.errors import CatalogueError
from cchc.messages import translator

_ = translator("scoring")

_CARD = ("name", "version", "title", "source", "valid_from", "valid_to", "total", "decimals", "grades", "criteria",
         "note", "sample")  # fmt: skip
_COMMON = ("title", "group", "points", "kind", "note")
_MEASURED = (*_COMMON, "measure", "share", "when_zero")
_FORMER = ("when_missing", "when_undecided")
_KEYS: dict[str, tuple[str, ...]] = {
    "proportional": (*_MEASURED, "target", "floor"),
    "inverse": (*_MEASURED, "full_at", "zero_at"),
    "bands": (*_MEASURED, "bands"),
    "yes_no": (*_MEASURED, "at_least", "at_most"),
    "timeliness": (*_COMMON, "full_at", "zero_at", "bands", "counted_from", "trusted_days"),
    "manual": _COMMON,
}


def read_scorecard(path: Path) -> Scorecard:
    """Return the card a file holds.

    Raises:
        CatalogueError: the card is wrong; the message lists every mistake with file, line and remedy.
    """
    problems = Problems(path)
    entry = Entry(load_yaml(path), problems)
    entry.refuse_unknown(_CARD)
    card = Scorecard(
        name=entry.text("name"),
        version=entry.text("version"),
        title_vi=_title(entry)[0],
        title_en=_title(entry)[1],
        source=entry.text("source"),
        valid_from=entry.day("valid_from") or date.min,
        valid_to=entry.day("valid_to", needed=False),
        total=entry.decimal("total"),
        decimals=int(entry.decimal("decimals", Decimal(2))),
        grades=tuple(_grade(item) for item in entry.items("grades")),
        criteria=tuple(_criterion(code, child) for code, child in entry.children("criteria")),
        note=entry.text("note", ""),
        sample=entry.flag("sample"),
    )
    check_card(card, problems)
    for criterion, (_code, child) in zip(card.criteria, entry.children("criteria"), strict=True):
        check_criterion(criterion, child, card.decimals)
    if problems.found:
        raise CatalogueError(str(problems))
    return card


def _title(entry: Entry) -> tuple[str, str]:
    titles = Entry(entry.values.get("title"), entry.problems, *entry.keys, "title")
    titles.refuse_unknown(("vi", "en"))
    return titles.text("vi"), titles.text("en")


def _grade(entry: Entry) -> Grade:
    entry.refuse_unknown(("name", "from", "each_group"))
    return Grade(entry.text("name"), entry.decimal("from"), entry.decimal("each_group", Decimal(0)))


def _criterion(code: str, entry: Entry) -> Criterion:
    kind = cast("Kind", entry.choice("kind", get_args(Kind)))
    _refuse_policies(entry)
    entry.refuse_unknown((*_KEYS[kind], *_FORMER))
    measured = "measure" in _KEYS[kind]
    measures = tuple(way for item in entry.items("measure") for way in _measures(item)) if measured else ()
    zero_needed = any(m.denominator for m in measures)
    return Criterion(
        code=code,
        kind=kind,
        title_vi=_title(entry)[0],
        title_en=_title(entry)[1],
        group=entry.text("group", ""),
        points=entry.decimal("points"),
        rule=_rule(kind, entry),
        when_zero=cast("ZeroPolicy", entry.choice("when_zero", get_args(ZeroPolicy), None if zero_needed else "ask")),
        measures=measures,
        share=entry.flag("share"),
        arrival=_arrival(entry) if kind == "timeliness" else None,
        note=entry.text("note", ""),
    )


def _refuse_policies(entry: Entry) -> None:
    """Note keys of former cards: a card that left gaps out would reward the ward that leaves figures out."""
    for key in _FORMER:
        if key in entry.values:
            entry.wrong(
                _("'{key}' is no choice any more: whose gap it is decides (docs/scoring.md); delete it").format(
                    key=key
                ),
                key,
            )


def _rule(kind: Kind, entry: Entry) -> Rule:
    if kind == "manual":
        return Manual()
    if kind == "proportional":
        return Linear(zero_at=entry.decimals("floor", Decimal(0)), full_at=entry.decimals("target"))
    if kind == "bands" or entry.has("bands"):
        return Bands(tuple(sorted((_band(item) for item in entry.items("bands")), key=_band_order)))
    if kind == "yes_no":
        return _threshold(entry)
    return Linear(zero_at=entry.decimals("zero_at"), full_at=entry.decimals("full_at"))


def _threshold(entry: Entry) -> Threshold:
    if entry.has("at_least") == entry.has("at_most"):
        entry.wrong(_("a yes/no criterion needs either 'at_least' or 'at_most'; write one of the two"))
        return Threshold(Decimal(0))
    at_least = entry.has("at_least")
    return Threshold(entry.decimal("at_least" if at_least else "at_most"), at_least)


def _band(entry: Entry) -> Band:
    entry.refuse_unknown(("points", "from", "over", "below", "up_to"))
    for one, other in (("from", "over"), ("below", "up_to")):
        if entry.has(one) and entry.has(other):
            entry.wrong(_("'{one}' and '{other}' cannot both bound a band; keep one").format(one=one, other=other))
    return Band(
        points=entry.decimal("points"),
        low=_bound(entry, "from", "over"),
        high=_bound(entry, "below", "up_to"),
        low_in=entry.has("from"),
        high_in=entry.has("up_to"),
    )


def _bound(entry: Entry, *keys: str) -> Decimal | None:
    return next((entry.decimal(key) for key in keys if entry.has(key)), None)


def _band_order(band: Band) -> tuple[Decimal, bool, Decimal]:
    low = Decimal("-Infinity") if band.low is None else band.low
    return low, not band.low_in, Decimal("Infinity") if band.high is None else band.high


def _measures(entry: Entry) -> Iterator[Measure]:
    """Yield the measures of one line: an indicator is all the ways its definition allows, in its order."""
    entry.refuse_unknown(("indicator", "sum", "over", "printed", "value", "rounds"))
    given = [key for key in ("indicator", "sum", "printed", "value") if entry.has(key)]
    if len(given) != 1 or (given[0] == "sum") != entry.has("over"):
        entry.wrong(
            _("a measure is 'indicator', or 'sum' with 'over', or 'printed', or 'value'; write exactly one of these")
        )
    rounds = _rounds(entry)
    if given == ["indicator"]:
        yield from _indicator_ways(entry, rounds)
        return
    yield Measure(
        numerator=_terms(entry, given[0]) if given else (),
        denominator=_terms(entry, "over") if entry.has("over") else (),
        printed=entry.has("printed"),
        rounds=rounds,
    )


def _indicator_ways(entry: Entry, rounds: tuple[int, ...]) -> Iterator[Measure]:
    code = entry.text("indicator")
    known = indicators().get(code)
    if known is None:
        entry.wrong(_("indicator '{code}' is not in indicators.yaml; define it there").format(code=code), "indicator")
        return
    for numerator, denominator in product(known.numerator, known.denominator):
        above, below = (tuple(Term(figure) for figure in side) for side in (numerator, denominator))
        yield Measure(above, below, rounds=rounds, indicator=code)


def _rounds(entry: Entry) -> tuple[int, ...]:
    rounds = entry.values.get("rounds", [1, 2, 3, 4])
    if not isinstance(rounds, list) or not rounds or any(number not in (1, 2, 3, 4) for number in rounds):
        entry.wrong(_("'rounds' must be a list of round numbers from 1 to 4"), "rounds")
        return (1, 2, 3, 4)
    return tuple(rounds)


def _terms(entry: Entry, key: str) -> tuple[Term, ...]:
    value = entry.values[key]
    names = value if isinstance(value, list) else [value]
    if not names or not all(isinstance(name, str) for name in names):
        entry.wrong(_("'{key}' must list figure codes").format(key=key), key)
        return ()
    return tuple(Term(name.removeprefix("-").strip(), -1 if name.startswith("-") else 1) for name in names)


def _arrival(entry: Entry) -> Arrival:
    counted = entry.choice("counted_from", ("arrival", "report_date"), "arrival")
    return Arrival(
        counted_from="arrival" if counted == "arrival" else "report_date",
        trusted_days=int(entry.decimal("trusted_days", Decimal(60))),
    )
