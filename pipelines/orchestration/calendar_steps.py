"""What the calendar calls for on a day: rounds to open, to close, to build, papers to draft.

Belongs here: the steps of a round's life as a pure function of the day and of what was done; doing and recording them.
Stays out: the calendar itself (`catalogue.rounds`), when a schedule ticks (`pipelines.orchestration.schedules`).

A step is named by a key and happens once. A day on which the machine stood still is caught up on the next one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Engine

from catalogue.rounds import Round, known_rounds
from pipelines.arrival.placement import expected_wards
from pipelines.ledger.entries import office_day
from warehouse.blind_sample import draw_once
from warehouse.publishing import events, record_event, round_state, set_round_state
from warehouse.rows import EventRow

STEP = "calendar"
"""Kind of the event that records a step."""


HISTORY = timedelta(days=365)
"""How long after its close a round is looked after; later it is run by command only."""


class StepKind(StrEnum):
    """A step of a round's life; each is also a command."""

    OPEN = "open"
    CLOSE = "close"
    BUILD = "build"
    PAPERS = "papers"


@dataclass(frozen=True)
class Step:
    """One step of one round."""

    kind: StepKind
    round: Round

    @property
    def key(self) -> str:
        """Return the key under which the step is recorded."""
        return f"{STEP}:{self.kind}:{self.round.label}"


def steps_due(today: date, done: frozenset[str], rounds: Iterable[Round] | None = None) -> list[Step]:
    """Return the steps a day calls for and that were not done, oldest round first.

    A round opens on its day and closes the day after its last one; then results are built and papers drafted. A round
    that closed more than a year before is history and calls for nothing.
    """
    found: list[Step] = []
    for one in _reported(known_rounds(until=today.year + 1) if rounds is None else rounds):
        if one.opens <= today <= one.closes:
            found.append(Step(StepKind.OPEN, one))
        if one.closes < today <= one.closes + HISTORY:
            found += [Step(kind, one) for kind in (StepKind.CLOSE, StepKind.BUILD, StepKind.PAPERS)]
    return [step for step in found if step.key not in done]


def running_rounds(today: date) -> list[Round]:
    """Return the rounds that are being collected on a day."""
    return [one for one in _reported(known_rounds(until=today.year + 1)) if one.opens <= today <= one.closes]


def _reported(rounds: Iterable[Round]) -> list[Round]:
    """Return the rounds in which some unit of the registry reports; there is nothing to collect in others."""
    return [one for one in rounds if expected_wards(one)]


def rounds_alive(today: date) -> list[Round]:
    """Return the rounds that began and did not close more than a year before a day."""
    return [one for one in known_rounds(until=today.year + 1) if one.window_start <= today <= one.closes + HISTORY]


def steps_done(engine: Engine) -> frozenset[str]:
    """Return the keys of the steps that were done."""
    return frozenset(event.key for event in events(engine, kind=STEP))


def record_step(engine: Engine, step: Step, moment: datetime, by: str = "") -> bool:
    """Set the round's state and record the step; return False where it was done before.

    A published round stays published; building and drafting change no state. What is to be checked blindly is drawn at
    the latest when the round is closed.
    """
    if round_state(engine, step.round.label) != "published":
        if step.kind is StepKind.OPEN:
            set_round_state(engine, step.round.label, "open")
        elif step.kind is StepKind.CLOSE:
            set_round_state(engine, step.round.label, "closed")
            draw_once(engine, step.round, moment, is_over=True)
    return record_event(engine, EventRow(step.key, STEP, moment, step.round.label, None, {"by": by}))


def due_now(engine: Engine, moment: datetime) -> list[Step]:
    """Return the steps a moment calls for in this warehouse."""
    return steps_due(office_day(moment), steps_done(engine))
