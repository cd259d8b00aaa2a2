"""A collection: look into the inbox, take in what is whole, run what has something to do, bring its rounds up to date.

Belongs here: the order of these, and what is left to do after them. `cchc collect` and the simulated year use it.
Stays out: printing (`pipelines.cli`), each of the steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import dagster as dg
from sqlalchemy import Engine

from assets.builds import built_from, fingerprint, rounds_with_results
from assets.house import House
from assets.partitions import WardRound
from assets.verdict import Verdict
from parsers.outcomes import RETRYABLE, Outcome
from parsers.report import parser_version
from pipelines.arrival.arrivals import Arrival
from pipelines.arrival.intake import Kind, Receipt, take_in
from pipelines.arrival.sources import intake_lock
from pipelines.orchestration.process import RoundRun, run_round, run_wards
from pipelines.settings import Settings
from pipelines.wiring import open_desk, reader_pool
from warehouse.publishing import runs
from warehouse.queries import reports, submissions
from warehouse.rows import RunRow


@dataclass(frozen=True)
class Collection:
    """What one collection did: a receipt a file, a verdict a ward that was run, a run a round brought up to date.

    `left` names files that went away or grew while they were taken in, `barred` those that may not be opened.
    """

    receipts: tuple[Receipt, ...]
    verdicts: tuple[Verdict, ...]
    rounds: tuple[RoundRun, ...]
    left: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Return whether anything is another than before."""
        return bool(self.rounds) or any(r.kind is not Kind.KNOWN for r in self.receipts)

    @property
    def needs_person(self) -> bool:
        """Return whether a file was laid aside, a ward failed or a round could not be built."""
        refused = any(r.kind in (Kind.QUARANTINED, Kind.UNREADABLE) for r in self.receipts) or bool(self.barred)
        return refused or not all(v.good for v in self.verdicts) or not all(r.done for r in self.rounds)


def collect(
    house: House,
    instance: dg.DagsterInstance,
    settings: Settings,
    arrivals: Sequence[Arrival],
    only_round: str | None = None,
    told: Callable[[Receipt], None] | None = None,
) -> Collection:
    """Take in arrivals and do everything that follows from them; a second call over the same changes nothing.

    `only_round` limits the runs to one round; files of other rounds are taken in all the same. `told` hears receipts.
    """
    receipts = _taken_in(house, settings, arrivals, told)
    return replace(follow_up(house, instance, receipts, only_round), left=left_over(arrivals, receipts))


def follow_up(
    house: House, instance: dg.DagsterInstance, receipts: Sequence[Receipt], only_round: str | None = None
) -> Collection:
    """Run the wards that have something to do and bring their rounds up to date; what intake read is not read again."""
    house = replace(house, read_ahead={r.sha256: r.reading for r in receipts if r.reading is not None})
    verdicts = run_wards(house, instance, to_do(house.engine, only_round))
    return Collection(tuple(receipts), tuple(verdicts), tuple(bring_up_to_date(house, instance, only_round)))


def left_over(arrivals: Iterable[Arrival], receipts: Iterable[Receipt]) -> tuple[str, ...]:
    """Return the names of arrivals for which there is no receipt, neither for them nor for what they hold."""
    had = {name for receipt in receipts for name in (receipt.arrival.name, *receipt.arrival.parts)}
    holders = {name[:end] for name in had for end in range(len(name)) if name[end] == "/"}
    return tuple(arrival.name for arrival in arrivals if arrival.name not in had | holders)


def _taken_in(
    house: House, settings: Settings, arrivals: Iterable[Arrival], told: Callable[[Receipt], None] | None
) -> list[Receipt]:
    receipts: list[Receipt] = []
    with intake_lock(settings), reader_pool(settings, meanwhile=_import_what_follows) as pool:
        for receipt in take_in(open_desk(settings, house, pool), arrivals):
            receipts.append(receipt)
            if told is not None:
                told(receipt)
    return receipts


def _import_what_follows() -> None:
    """Import what the round's checks and papers need, while the first reports are read by others."""
    import publications.publish  # noqa: F401
    from validation.expectations.quality import import_library

    import_library()


def to_do(engine: Engine, only_round: str | None = None) -> list[WardRound]:
    """Return the partitions whose current version is readable and not loaded, and was not refused by this parser."""
    loaded = {(r.submission_id, r.parser_version) for r in reports(engine, only_round)}
    refused = refused_submissions(engine, only_round)
    return [
        WardRound(str(s.ward), str(s.round))
        for s in submissions(engine, only_round, state="placed")
        if s.is_current and s.outcome == Outcome.READ and (s.id, parser_version()) not in loaded and s.id not in refused
    ]


def refused_submissions(engine: Engine, only_round: str | None = None) -> set[int]:
    """Return the submissions at which a try of today's parser failed in a way that it would fail again."""
    return {r.submission_id for r in runs(engine, only_round) if r.submission_id is not None and _is_final(r)}


def _is_final(run: RunRow) -> bool:
    """Return whether a try failed in a way that the same parser would fail again."""
    return run.parser_version == parser_version() and run.outcome not in ("loaded", "unchanged", *RETRYABLE, *_PASSING)


_PASSING = ("WarehouseBusyError",)
"""Outcomes of tries that failed for want of the warehouse."""


def bring_up_to_date(
    house: House, instance: dg.DagsterInstance, only_round: str | None = None, *, force: bool = False
) -> Sequence[RoundRun]:
    """Run the round job for every round whose results were made from other figures than those that count now."""
    done: list[RoundRun] = []
    for label in sorted(rounds_with_results(house.engine)):
        if only_round not in (None, label):
            continue
        if force or built_from(house.engine, label) != fingerprint(house, label):
            done.append(run_round(house, instance, label))
    return done
