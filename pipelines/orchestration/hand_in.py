"""Files a person hands in, and what is done again at a person's word: everything that follows is done at once.

Belongs here: handing in with or without a person's word, running again what was chosen; `cchc submit`, `cchc mail`,
`cchc rerun` and the office's page call these.
Stays out: choosing (`pipelines.ledger.rerun`), taking in (`pipelines.arrival.intake`), what follows (`collect`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assets.house import House
from assets.partitions import WardRound
from assets.verdict import Verdict
from pipelines import home
from pipelines.arrival.arrivals import Arrival
from pipelines.arrival.intake import Receipt, take_in
from pipelines.arrival.placement import PersonsWord
from pipelines.arrival.retry_quarantine import SecondLook, look_again, waiting_rows
from pipelines.arrival.sources import intake_lock
from pipelines.ledger.rerun import Chosen
from pipelines.orchestration.collect import Collection, bring_up_to_date, follow_up
from pipelines.orchestration.process import RoundRun, run_wards
from pipelines.settings import Settings
from pipelines.wiring import open_desk, open_house, reader_pool
from warehouse.rows import SubmissionRow

Told = Callable[[str], None]
"""Hears the name of a file that was taken in, or of a ward that was read."""


def _unheard(_name: str) -> None:
    """Let a name pass unheard."""


@dataclass(frozen=True)
class Again:
    """What running again gave: the wards' verdicts, the rounds built anew, second looks at files that waited."""

    verdicts: tuple[Verdict, ...]
    rounds: tuple[RoundRun, ...]
    looks: tuple[SecondLook, ...]

    @property
    def good(self) -> bool:
        """Return whether nothing failed again."""
        return (
            all(v.good for v in self.verdicts)
            and all(r.done for r in self.rounds)
            and all(look.placed for look in self.looks)
        )


def hand_in(
    settings: Settings,
    arrivals: Sequence[Arrival],
    word: PersonsWord | None = None,
    told: Told = _unheard,
    *,
    taken: Callable[[Receipt], None] | None = None,
    one_report: bool = False,
) -> Collection:
    """Take in files a person hands in, read the wards they are of, and bring their rounds up to date.

    `taken` hears each receipt before anything follows from it. `one_report` says that the files are pictures of the
    pages of one report, in their order.

    Raises:
        PlacementError: the person's word names a ward or round that cannot be; nothing was taken in.
        BusyError: another intake is at work for too long.
    """

    def hear(receipt: Receipt) -> None:
        if taken is not None:
            taken(receipt)
        told(receipt.arrival.name)

    return and_follow(settings, lambda house: _taken(settings, house, arrivals, word, hear, one_report), told)


def and_follow(settings: Settings, take: Callable[[House], list[Receipt]], told: Told = _unheard) -> Collection:
    """Take in what `take` takes in, and do everything that follows from it."""
    home.prepare_home(settings)
    with home.dagster_instance(settings) as instance:
        house = replace(open_house(settings), tell=lambda verdict: told(verdict.ward))
        return follow_up(house, instance, take(house))


def run_again(
    settings: Settings, chosen: Sequence[Chosen], waiting: Sequence[SubmissionRow] = (), told: Told = _unheard
) -> Again:
    """Read the chosen reports again, look again at files that waited, and bring the rounds up to date."""
    with home.dagster_instance(settings) as instance:
        house = replace(open_house(settings), tell=lambda verdict: told(verdict.ward))
        with reader_pool(settings) as pool, intake_lock(settings):
            looks = list(look_again(open_desk(settings, house, pool), list(waiting), settings.mail.senders))
        again = [WardRound(one.ward, one.round) for one in chosen]
        again += [WardRound(str(look.placed.ward), str(look.placed.round)) for look in looks if look.placed]
        verdicts = run_wards(house, instance, dict.fromkeys(again), force=True)
        return Again(tuple(verdicts), tuple(bring_up_to_date(house, instance)), tuple(looks))


def retryable(settings: Settings) -> list[SubmissionRow]:
    """Return the files that wait for want of a machine, not because they are bad themselves."""
    house = open_house(settings)
    with reader_pool(settings) as pool:
        return waiting_rows(open_desk(settings, house, pool), retryable_only=True)


def build_round(settings: Settings, label: str) -> Sequence[RoundRun]:
    """Build the results of a round anew and write its papers, whatever they were made from."""
    with home.dagster_instance(settings) as instance:
        return bring_up_to_date(open_house(settings), instance, label, force=True)


def _taken(
    settings: Settings,
    house: House,
    arrivals: Sequence[Arrival],
    word: PersonsWord | None,
    hear: Callable[[Receipt], None],
    one_report: bool,
) -> list[Receipt]:
    receipts: list[Receipt] = []
    with intake_lock(settings), reader_pool(settings) as pool:
        for receipt in take_in(open_desk(settings, house, pool), arrivals, word=word, one_report=one_report):
            receipts.append(receipt)
            hear(receipt)
    return receipts
