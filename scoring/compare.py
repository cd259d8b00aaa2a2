"""A total set against the previous round and against the same round last year.

Belongs here: which rounds can be compared how. Totals are compared over the wards that have the figure in both
rounds, so that a ward's silence never looks like a fall. Q2 and Q4 reports are cumulative (docs of the domain: the
6-month report contains Q1), so where quarters add up each quarter's own flow is taken out first.
Stays out: the totals themselves (`rollup`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from catalogue.rounddays import NINE_MONTHS
from catalogue.rounds import Round
from scoring.exact import percentage, rounded
from scoring.parts import Part, Subject, WardParts, total_of
from scoring.values import Comparison, Note

History = Mapping[str, Mapping[str, WardParts]]
"""Parts by round label, then by subject and ward."""

CHANGE_DECIMALS = 6

_CONTAINED = {2: (1,), NINE_MONTHS: (2,), 4: (2, 3)}
"""Rounds of the same year whose flows the report of a round contains and that are themselves reported."""


def rounds_needed(current: Round) -> tuple[str, ...]:
    """Return the labels of the earlier rounds a comparison may use, latest first."""
    previous = current.previous()
    needed = {previous, current.same_last_year(), *_contained(current), *_contained(previous)}
    return tuple(r.label for r in sorted(needed - {current}, reverse=True))


def compare(
    subject: Subject, current: Round, other: Round, history: History, wards: Collection[str]
) -> Comparison | None:
    """Return a subject's total now against another round's, over `wards` that have it in both.

    None where nothing is known of the other round. `history` holds the current round too.
    """
    if other.label not in history:
        return None
    alike = current.number == other.number or current.kind == other.kind == "month"
    if alike or not (subject.spans_matter or subject.year_to_date):
        return _comparison(subject, _plain(subject, current, history), _plain(subject, other, history), other, wards)
    if subject.additive:
        now, then = _quarter(subject, current, history), _quarter(subject, other, history)
        if now is not None and then is not None:
            return _comparison(subject, now, then, other, wards, "quarter_flow")
    if subject.year_to_date and current.year == other.year:
        return _comparison(subject, _plain(subject, current, history), _plain(subject, other, history), other, wards)
    now, then = _plain(subject, current, history), _plain(subject, other, history)
    return _comparison(subject, now, then, other, wards, "spans_differ")


def _comparison(
    subject: Subject, now: WardParts, then: WardParts, other: Round, wards: Collection[str], note: Note = ""
) -> Comparison:
    both = [ward for ward in wards if ward in now and ward in then]
    value, former = (total_of([parts[ward] for ward in both], subject.measure)[0] for parts in (now, then))
    change = change_pct = None
    tellable = note != "spans_differ"
    if value is not None and former is not None and tellable:
        change = rounded(value - former, CHANGE_DECIMALS)
        change_pct = percentage(change, former) if subject.measure == "sum" and former > 0 else None
    return Comparison(other.label, value, former, change, change_pct, len(both), note)


def _plain(subject: Subject, when: Round, history: History) -> WardParts:
    return history.get(when.label, {}).get(subject.code, {})


def _quarter(subject: Subject, when: Round, history: History) -> WardParts | None:
    """Return each ward's own flow of the quarter, None where a contained round is unknown.

    A ward whose cumulative report gives less than the rounds it contains, or leaves a part greater than its whole, is
    left out: that is a fault, not a flow.
    """
    contained = _contained(when, history)
    if any(r.label not in history for r in contained):
        return None
    flows: dict[str, Part] = {}
    for ward, part in _plain(subject, when, history).items():
        earlier = [_plain(subject, r, history).get(ward) for r in contained]
        flow = _less(part, [p for p in earlier if p is not None])
        if None not in earlier and flow is not None and not (subject.part and _is_beyond(flow)):
            flows[ward] = flow
    return flows


def _less(part: Part, earlier: list[Part]) -> Part | None:
    above, below = part.numerator, part.denominator
    for former in earlier:
        above -= former.numerator
        below = None if below is None else below - (former.denominator or Decimal(0))
    return None if above < 0 or (below is not None and below < 0) else Part(above, below, part.marked)


def _is_beyond(flow: Part) -> bool:
    return flow.denominator is not None and flow.numerator > flow.denominator


def _contained(when: Round, history: History | None = None) -> tuple[Round, ...]:
    """Return the rounds to take away; where the year's third quarter came as nine months only, that one alone."""
    known = history or {}
    if when.number == 4 and Round(when.year, 3).label not in known and Round(when.year, NINE_MONTHS).label in known:
        return (Round(when.year, NINE_MONTHS),)
    return tuple(Round(when.year, number) for number in _CONTAINED.get(when.number, ()))
