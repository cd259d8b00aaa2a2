"""The ledger in words: what a state means for the office and what to do about it.

Belongs here: names and reasons of states in the language of the moment. Stays out: how a state comes about.
"""

from __future__ import annotations

from collections.abc import Callable

from catalogue.rounds import Round, parse_round
from cchc.clock import ZONE
from cchc.formats import day, moment
from cchc.messages import translator
from pipelines.ledger.entries import Entry, LastRun, State, Timeliness
from pipelines.ledger.names import edition_number, outcome_name, step_name

_ = translator("operations")


def state_name(state: State) -> str:
    """Return the name of a state as it stands in the table."""
    return _NAMES[state]()


def timeliness_name(value: Timeliness) -> str:
    """Return on time, late or a dash."""
    return {Timeliness.ON_TIME: _("on time"), Timeliness.LATE: _("late"), Timeliness.NONE: "–"}[value]


def broke_off(tries: int) -> str:
    """Return what is written down of a report that no run has read to an end."""
    return _("{n} runs broke off without a word (killed, or the machine stopped).").format(n=tries)


def reason(entry: Entry) -> str:
    """Return why a ward's report is in its state and what follows, in one or two sentences."""
    why = _REASONS[entry.state](entry, parse_round(entry.round))
    return f"{why} {_broken_rerun(entry.broken_rerun)}" if entry.broken_rerun else why


def _broken_rerun(run: LastRun) -> str:
    return _(
        "Reading it again on {at} broke off at step {step} ({outcome}): {message} The figures loaded before stand. "
        "Then run it again on the page, or with cchc rerun --failed."
    ).format(
        at=moment(run.at.astimezone(ZONE)),
        step=step_name(run.step),
        outcome=outcome_name(run.outcome),
        message=run.message,
    )


def _unreadable(entry: Entry, _found: Round) -> str:
    return _("Version {n} cannot be read ({outcome}). Ask the ward to send it again.").format(
        n=entry.current.number if entry.current else "–",
        outcome=outcome_name(entry.current.outcome) if entry.current else "–",
    )


def _received(entry: Entry, _found: Round) -> str:
    current = entry.current
    return _(
        "Version {n} came on {at} and has not been read yet. Have it read on the page, or with cchc collect."
    ).format(n=current.number if current else "–", at=moment(current.received_at.astimezone(ZONE)) if current else "–")


def _failed(entry: Entry, _found: Round) -> str:
    run = entry.last_run
    return _(
        "Processing broke off at step {step} ({outcome}): {message} "
        "Then run it again on the page, or with cchc rerun --failed."
    ).format(
        step=step_name(run.step) if run else "–",
        outcome=outcome_name(run.outcome) if run else "–",
        message=run.message if run else "",
    )


def _awaiting(entry: Entry, _found: Round) -> str:
    loaded = entry.loaded
    errors, waiting, holding = (loaded.errors, loaded.waiting, loaded.holding) if loaded else (0, 0, 0)
    tasks = [_("{n} findings must be decided.").format(n=errors)] if errors else []
    tasks += [_("{n} figures must be looked at before they count.").format(n=waiting)] if waiting else []
    if holding:
        tasks.append(_("{n} parts of the report were not read; see the findings and the original.").format(n=holding))
    return " ".join(tasks)


def _checked(entry: Entry, _found: Round) -> str:
    return _("Version {n} is read, checked and loaded: {figures} figures, {warnings} remarks.").format(
        n=entry.loaded.version if entry.loaded else "–",
        figures=entry.loaded.figures if entry.loaded else 0,
        warnings=entry.loaded.warnings if entry.loaded else 0,
    )


def _published(entry: Entry, _found: Round) -> str:
    return _("Published on {day}, revision {n}.").format(
        day=day(entry.published_at), n=edition_number(entry.revision or 0)
    )


def _to_revise(entry: Entry, _found: Round) -> str:
    return _("Changed after revision {n} of {day} was published. Publish a new revision.").format(
        n=edition_number(entry.revision or 0), day=day(entry.published_at)
    )


_NAMES: dict[State, Callable[[], str]] = {
    State.NOT_OPEN: lambda: _("not open"),
    State.EXPECTED: lambda: _("expected"),
    State.OVERDUE: lambda: _("overdue"),
    State.MISSING: lambda: _("missing"),
    State.UNREADABLE: lambda: _("unreadable"),
    State.RECEIVED: lambda: _("received"),
    State.FAILED: lambda: _("failed"),
    State.AWAITING: lambda: _("awaiting a person"),
    State.CHECKED: lambda: _("checked and loaded"),
    State.PUBLISHED: lambda: _("published"),
    State.TO_REVISE: lambda: _("changed after publication"),
}

_REASONS: dict[State, Callable[[Entry, Round], str]] = {
    State.NOT_OPEN: lambda _e, found: _("The round opens on {day}.").format(day=day(found.opens)),
    State.EXPECTED: lambda _e, found: _("Nothing has arrived; due on {day}.").format(day=day(found.due)),
    State.OVERDUE: lambda _e, found: _("Nothing has arrived; it was due on {day}. Ask the ward.").format(
        day=day(found.due)
    ),
    State.MISSING: lambda _e, found: _("Nothing arrived before the round closed on {day}.").format(
        day=day(found.closes)
    ),
    State.UNREADABLE: _unreadable,
    State.RECEIVED: _received,
    State.FAILED: _failed,
    State.AWAITING: _awaiting,
    State.CHECKED: _checked,
    State.PUBLISHED: _published,
    State.TO_REVISE: _to_revise,
}
