"""The ledger: one row for every report the office expects in a round, and what is still to do about it.

Belongs here: the state of each ward's report as a pure function of what the warehouse holds and of the moment; how
complete and how punctual a round is. Stays out: queries (`pipelines.messages.round_ledger`), words for people
(`phrases`).

Nothing of the ledger is stored or clicked. It, and not the list of Dagster's runs, is the truth on what is to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from catalogue.rounds import Round
from cchc.clock import ZONE
from parsers.outcomes import Outcome
from pipelines.arrival.placement import expected_wards


class State(StrEnum):
    """Where a ward's report stands; later ones come nearer to publication."""

    NOT_OPEN = "not_open"
    EXPECTED = "expected"
    OVERDUE = "overdue"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    RECEIVED = "received"
    FAILED = "failed"
    AWAITING = "awaiting"
    CHECKED = "checked"
    PUBLISHED = "published"
    TO_REVISE = "to_revise"


class Timeliness(StrEnum):
    """Whether the first readable version came by the due date, late, or not (yet)."""

    ON_TIME = "on_time"
    LATE = "late"
    NONE = "none"


NOTHING_SENT = frozenset({State.NOT_OPEN, State.EXPECTED, State.OVERDUE, State.MISSING})
"""States in which no file of the ward has arrived."""


@dataclass(frozen=True)
class Version:
    """One file that was placed with a ward and round: when, by which way, its hash, whether it could be read."""

    number: int
    received_at: datetime
    via: str
    sha256: str
    file_name: str
    outcome: str
    is_current: bool
    sender: str = ""
    placed_by: str = ""

    @property
    def readable(self) -> bool:
        """Return whether figures can be read from it."""
        return self.outcome == Outcome.READ


@dataclass(frozen=True)
class Loaded:
    """The load in force: from which version, when, by which parser, and what a person still has to decide.

    `holding` are open findings that keep the whole report waiting, such as a part that was not read.
    """

    version: int
    loaded_at: datetime
    parser_version: str
    figures: int = 0
    waiting: int = 0
    errors: int = 0
    warnings: int = 0
    holding: int = 0


@dataclass(frozen=True)
class LastRun:
    """The last try at processing a ward's report: the step it came to, its named outcome, what to do."""

    step: str
    outcome: str
    message: str
    at: datetime
    good: bool


@dataclass(frozen=True)
class Facts:
    """What the warehouse holds on one ward and round; versions in order of their numbers."""

    versions: tuple[Version, ...] = ()
    loaded: Loaded | None = None
    last_run: LastRun | None = None


@dataclass(frozen=True)
class Entry:
    """One row of the ledger: an expected report, its state at `moment`, and what that rests on."""

    round: str
    ward: str
    state: State
    timeliness: Timeliness
    versions: tuple[Version, ...]
    loaded: Loaded | None
    last_run: LastRun | None
    published_at: datetime | None
    revision: int | None

    @property
    def current(self) -> Version | None:
        """Return the version that counts, None where nothing has arrived."""
        return next((v for v in self.versions if v.is_current), self.versions[-1] if self.versions else None)

    @property
    def broken_rerun(self) -> LastRun | None:
        """Return the try that broke off after the figures in force were loaded (they stand), None where none did."""
        run, loaded = self.last_run, self.loaded
        if run is None or run.good or loaded is None or run.at < loaded.loaded_at:
            return None
        return run if self.state is not State.FAILED else None

    @property
    def received_at(self) -> datetime | None:
        """Return when the first readable version arrived, the moment by which punctuality is judged."""
        return _first_readable(self.versions)

    @property
    def read_at(self) -> datetime | None:
        """Return when the figures in force were read and checked: a load writes all of it in one transaction."""
        return self.loaded.loaded_at if self.loaded else None


@dataclass(frozen=True)
class Ledger:
    """The rows of a round in the order of the wards' official codes."""

    round: Round
    moment: datetime
    entries: tuple[Entry, ...]

    def entry(self, ward: str) -> Entry:
        """Return the row of one ward."""
        return next(e for e in self.entries if e.ward == ward)

    def in_state(self, *states: State) -> list[Entry]:
        """Return the rows in one of some states."""
        return [e for e in self.entries if e.state in states]

    @property
    def completeness(self) -> float:
        """Return the share of expected reports whose figures are in the warehouse, 0–1."""
        return _share(e.loaded is not None for e in self.entries)

    @property
    def received_rate(self) -> float:
        """Return the share of expected reports of which a readable version has arrived, 0–1."""
        return _share(e.timeliness is not Timeliness.NONE for e in self.entries)

    @property
    def on_time_rate(self) -> float:
        """Return the share of expected reports that arrived by the due date, 0–1."""
        return _share(e.timeliness is Timeliness.ON_TIME for e in self.entries)


def make_ledger(
    found: Round,
    moment: datetime,
    facts: Mapping[str, Facts],
    *,
    published_at: datetime | None = None,
    revision: int | None = None,
) -> Ledger:
    """Return the ledger of a round: a row for every ward of the registry, in whatever state.

    `facts` are by ward; `published_at` and `revision` are those of the round's latest publication.
    """
    rows = [
        _entry(found, unit.slug, facts.get(unit.slug, Facts()), moment, published_at, revision)
        for unit in expected_wards(found)
    ]
    return Ledger(found, moment, tuple(rows))


def ward_rates(ledgers: Sequence[Ledger]) -> dict[str, tuple[float, float]]:
    """Return completeness and punctuality of each ward over several rounds, each 0–1 of the rounds it had to report."""
    rows: dict[str, list[Entry]] = {}
    for ledger in ledgers:
        for entry in ledger.entries:
            rows.setdefault(entry.ward, []).append(entry)
    return {
        ward: (_share(e.loaded is not None for e in own), _share(e.timeliness is Timeliness.ON_TIME for e in own))
        for ward, own in rows.items()
    }


def _entry(
    found: Round, ward: str, facts: Facts, moment: datetime, published_at: datetime | None, revision: int | None
) -> Entry:
    return Entry(
        round=found.label,
        ward=ward,
        state=_state(found, facts, moment, published_at),
        timeliness=_timeliness(found, facts.versions),
        versions=facts.versions,
        loaded=facts.loaded,
        last_run=facts.last_run,
        published_at=published_at if facts.loaded else None,
        revision=revision if facts.loaded else None,
    )


def _state(found: Round, facts: Facts, moment: datetime, published_at: datetime | None) -> State:
    if not facts.versions:
        return _state_of_nothing(found, office_day(moment))
    current = next((v for v in facts.versions if v.is_current), facts.versions[-1])
    if facts.loaded is None or facts.loaded.version < current.number:
        return _state_of_unloaded(facts, current)
    if published_at is not None:
        return State.PUBLISHED if facts.loaded.loaded_at <= published_at else State.TO_REVISE
    return State.AWAITING if facts.loaded.errors or facts.loaded.waiting or facts.loaded.holding else State.CHECKED


def _state_of_nothing(found: Round, today: date) -> State:
    if today < found.opens:
        return State.NOT_OPEN
    if today <= found.due:
        return State.EXPECTED
    return State.OVERDUE if today <= found.closes else State.MISSING


def _state_of_unloaded(facts: Facts, current: Version) -> State:
    """Return the state of a version that is not in force: a failed try of an earlier version says nothing about it."""
    if not current.readable:
        return State.UNREADABLE
    run = facts.last_run
    return State.FAILED if run and not run.good and run.at >= current.received_at else State.RECEIVED


def _timeliness(found: Round, versions: Sequence[Version]) -> Timeliness:
    first = _first_readable(versions)
    if first is None:
        return Timeliness.NONE
    return Timeliness.ON_TIME if office_day(first) <= found.due else Timeliness.LATE


def _first_readable(versions: Sequence[Version]) -> datetime | None:
    """Return when the first one arrived; a file placed by hand is a later version though it may have come earlier."""
    return min((v.received_at for v in versions if v.readable), default=None)


def office_day(moment: datetime) -> date:
    """Return the day of a moment in the office's time zone."""
    return moment.astimezone(ZONE).date()


def _share(flags: Iterable[bool]) -> float:
    values = list(flags)
    return sum(values) / len(values) if values else 0.0
