"""What a criterion is worth to a ward, and whose gap it is where it cannot be measured.

Belongs here: choosing among what the measures gave, and the one rule for gaps:

    a named person found that it does not apply        left out, the rest rescaled
    the report dropped a figure it had printed         0, whatever else it prints
    measured from figures that count                   the points; of several measures the best
    the best rests on a figure we are not sure of      those points, and the place is provisional
    figures contradict or are kept out by an error     0 until corrected
    not printed, and the ward was asked                0
    not printed, nobody asked yet; no mark given       0, and the place is provisional

The best measure counts, and never the first: so leaving a figure out can only take measures away, and never raises
points. A contradiction found by validation blocks every figure it binds, so no other measure of those hides it.
Stays out: the measures (`measure`), rules from value to points (`points`), bounds (`bounds`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from catalogue.scorecards import Criterion
from scoring.inputs import ManualMark, WardInput
from scoring.measure import Figures, Measured
from scoring.values import Gap, State

Worth = Callable[[Decimal], Decimal]
"""From a measured value to points."""

_TELLING = (Gap.BLOCKED, Gap.CONTRADICTORY, Gap.WAITING, Gap.ZERO_DENOMINATOR, Gap.NOT_PRINTED)
"""Gaps by which is told first where several measures fail."""


@dataclass(frozen=True)
class Judged:
    """How a criterion's points came about, the points, and what they rest on."""

    state: State
    points: Decimal
    found: Measured


def judge_measures(
    criterion: Criterion, found: Sequence[Measured], figures: Figures, worth: Worth, asked: bool
) -> Judged:
    """Return what a measured criterion is worth."""
    dropped = tuple(
        code for code in dict.fromkeys(c for m in found for c in (*m.missing,)) if _is_dropped(figures, code)
    )
    if dropped:
        return Judged(State.ZERO, Decimal(0), Measured(None, gap=Gap.DROPPED, missing=dropped))
    worths = [judged for one in found if (judged := _worth(criterion, one, worth)) is not None]
    if worths:
        return max(worths, key=lambda judged: (judged.points, judged.state is not State.HELD))
    return _judge_gap(_most_telling(found), asked)


def judge_lateness(found: Measured, worth: Worth) -> Judged:
    """Return what the day of arrival is worth; an unknown day is ours to find out."""
    if found.value is None:
        return Judged(State.HELD, Decimal(0), found)
    return Judged(State.SCORED, worth(found.value), found)


def judge_mark(mark: ManualMark | None, worth: Worth) -> Judged:
    """Return what the final mark is worth; a mark nobody gave yet is ours to give."""
    if mark is None or mark.final is None:
        return Judged(State.HELD, Decimal(0), Measured(None, gap=Gap.NO_MARK))
    return Judged(State.SCORED, worth(mark.final), Measured(mark.final))


def left_out(ward: WardInput, criterion: Criterion) -> Judged | None:
    """Return the judgement of a criterion that is not scored at all, None where it is."""
    if not ward.reported:
        return Judged(State.EXCLUDED, Decimal(0), Measured(None, gap=Gap.NO_REPORT))
    if any(waiver.criterion == criterion.code for waiver in ward.waivers):
        return Judged(State.EXCLUDED, Decimal(0), Measured(None, gap=Gap.NOT_APPLICABLE))
    return None


def _worth(criterion: Criterion, one: Measured, worth: Worth) -> Judged | None:
    """Return what one measure is worth, None where it gives nothing that counts."""
    if one.value is not None:
        return Judged(State.HELD if one.unsure else State.SCORED, worth(one.value), one)
    if one.gap is Gap.ZERO_DENOMINATOR and not one.unsure and criterion.when_zero != "ask":
        full = criterion.when_zero == "full"
        return Judged(State.FULL if full else State.ZERO, criterion.points if full else Decimal(0), one)
    return None


def _judge_gap(found: Measured, asked: bool) -> Judged:
    """Return the judgement of a gap: the ward's own is worth nothing, ours holds the place as provisional."""
    ours = found.gap is Gap.ZERO_DENOMINATOR or (found.unsure and found.gap is not Gap.NOT_PRINTED)
    if found.gap is Gap.NOT_PRINTED and not asked:
        found, ours = replace(found, gap=Gap.NOT_ASKED), True
    return Judged(State.HELD if ours else State.ZERO, Decimal(0), found)


def _most_telling(found: Sequence[Measured]) -> Measured:
    if not found:
        return Measured(None, gap=Gap.NOT_PRINTED)
    return min(found, key=lambda one: _TELLING.index(one.gap))


def _is_dropped(figures: Figures, code: str) -> bool:
    return code in figures and figures[code].status == "dropped"
