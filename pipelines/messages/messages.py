"""Messages the office owes: to wards about their reports, to itself about the round and its failures.

Belongs here: which messages a ledger calls for on a day, each under a key that names its event; their text from the
templates. Stays out: sending (`pipelines.messages.delivery`) and what was sent already (warehouse: events by key).

A key makes a message happen once: the reminder of a given day, the request to correct a given version, the state of a
given morning. A day on which the machine stood still is caught up with the latest reminder, not with all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from catalogue.office import Office, office
from catalogue.rounds import Round
from catalogue.wards import wards
from cchc.clock import ZONE
from cchc.formats import day, moment, percent
from pipelines.ledger.entries import NOTHING_SENT, Entry, Ledger, State, Timeliness, office_day
from pipelines.ledger.phrases import reason, state_name, timeliness_name


class Kind(StrEnum):
    """What a message is about; each has a template of its name."""

    REMIND = "remind"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    CORRECT = "correct"
    LATE = "late"
    THANKS = "thanks"
    MORNING = "morning"
    FAILURE = "failure"
    GIVEN_UP = "given_up"


@dataclass(frozen=True)
class Message:
    """One message: the key of its event, whom it is for (`ward` None: the office itself), subject and text.

    `round` is None where it is about no single round.
    """

    key: str
    kind: Kind
    round: str | None
    ward: str | None
    subject: str
    body: str


@dataclass(frozen=True)
class Waiting:
    """A file that found no place: its name as received, when it came, and the reason in words."""

    file_name: str
    received_at: datetime
    reason: str


@dataclass(frozen=True)
class Remarks:
    """What a round's messages draw on beside the ledger: findings by ward in words, files that wait for a person.

    `lacking` are the required figures a report does not print; they stand in the request to correct it.
    """

    findings: Mapping[str, Sequence[str]] = field(default_factory=dict)
    waiting: Sequence[Waiting] = ()
    lacking: Mapping[str, Sequence[str]] = field(default_factory=dict)


def messages_due(ledger: Ledger, remarks: Remarks) -> list[Message]:
    """Return every message the ledger calls for at its moment, sent already or not, wards first."""
    today = office_day(ledger.moment)
    found = [m for entry in ledger.entries for m in _to_ward(ledger.round, entry, today, remarks)]
    found += [_failure(ledger.round, e) for e in ledger.entries if e.state is State.FAILED or e.broken_rerun]
    if ledger.round.opens <= today <= ledger.round.closes:
        found.append(_morning(ledger, today, remarks))
    return found


def given_up_message(what: str, tries: int, command: str) -> Message:
    """Return what the office is told where an intake or a round's results broke off too often to be asked for again.

    `what` is the key it was asked for under, such as `inbox:HASH`; `command` what a person is to run.
    """
    about = what.partition(":")[0]
    subject, body = _render(Kind.GIVEN_UP, about=about, tries=tries, command=command)
    return Message(f"{Kind.GIVEN_UP}:{what}", Kind.GIVEN_UP, None, None, subject, body)


def _to_ward(found: Round, entry: Entry, today: date, remarks: Remarks) -> Iterator[Message]:
    """Yield what a ward is to hear on a day; after the round closed it hears only of what it sent."""
    if entry.state in NOTHING_SENT:
        yield from _about_nothing(found, entry, today)
        return
    current = entry.current
    findings = remarks.findings.get(entry.ward, ())
    if current is None:
        return
    if entry.state is State.UNREADABLE:
        yield _message(Kind.UNREADABLE, found, entry, current.sha256[:12], reason=reason(entry))
    elif findings and entry.state in (State.AWAITING, State.CHECKED):
        asked = (*findings, *remarks.lacking.get(entry.ward, ()))
        yield _message(Kind.CORRECT, found, entry, f"v{current.number}", findings=asked)
    elif entry.state is State.CHECKED and entry.timeliness is Timeliness.ON_TIME:
        yield _message(Kind.THANKS, found, entry, "accepted", received=entry.received_at)
    if entry.timeliness is Timeliness.LATE:
        yield _message(Kind.LATE, found, entry, "late", received=entry.received_at)


def _about_nothing(found: Round, entry: Entry, today: date) -> Iterator[Message]:
    if reminder := _latest(found.reminders, today, found.due):
        yield _message(Kind.REMIND, found, entry, reminder.isoformat())
    if chase := _latest(found.chases, today, found.closes):
        yield _message(Kind.MISSING, found, entry, chase.isoformat())


def _latest(days: Sequence[date], today: date, last: date) -> date | None:
    """Return the latest of some days that has come, None before the first and after `last`."""
    return max((d for d in days if d <= today), default=None) if today <= last else None


def _message(kind: Kind, found: Round, entry: Entry, event: str, **facts: object) -> Message:
    unit = wards()[entry.ward]
    subject, body = _render(kind, round=found, unit=unit, entry=entry, **facts)
    return Message(f"{kind}:{found.label}:{entry.ward}:{event}", kind, found.label, entry.ward, subject, body)


def _failure(found: Round, entry: Entry) -> Message:
    sha = entry.current.sha256[:12] if entry.current else "-"
    if entry.broken_rerun:
        sha += f":again:{office_day(entry.broken_rerun.at).isoformat()}"
    subject, body = _render(Kind.FAILURE, round=found, unit=wards()[entry.ward], entry=entry, reason=reason(entry))
    return Message(f"{Kind.FAILURE}:{found.label}:{entry.ward}:{sha}", Kind.FAILURE, found.label, None, subject, body)


def _morning(ledger: Ledger, today: date, remarks: Remarks) -> Message:
    rows = [
        (wards()[e.ward].full_name, state_name(e.state), timeliness_name(e.timeliness), reason(e))
        for e in ledger.entries
    ]
    subject, body = _render(
        Kind.MORNING, round=ledger.round, ledger=ledger, rows=rows, today=today, waiting=remarks.waiting
    )
    return Message(
        f"{Kind.MORNING}:{ledger.round.label}:{today.isoformat()}",
        Kind.MORNING,
        ledger.round.label,
        None,
        subject,
        body,
    )


def _render(kind: Kind, **facts: object) -> tuple[str, str]:
    """Return subject and text: the template's first line, and what follows the empty line after it."""
    text = _templates().get_template(f"{kind}.txt.j2").render(office=_office(), **facts)
    subject, _, body = text.partition("\n")
    return " ".join(subject.split()), body.strip() + "\n"


def _office() -> Office:
    return office()


@cache
def _templates() -> Environment:
    environment = Environment(  # noqa: S701 (plain text, no markup to escape)
        loader=PackageLoader("pipelines.messages"), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {
        "day": day,
        "moment": lambda value: moment(value.astimezone(ZONE)),
        "share": lambda value: percent(100 * value, 1),
    }
    return environment
