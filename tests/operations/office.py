"""An office for a simulated year: a home, real mail servers, real jobs, and a clock that is told what time it is.

Belongs here: doing what the clockwork or a clerk would do at a moment. Stays out: what is asserted of it.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import dagster as dg

from assets.house import House
from assets.partitions import WardRound
from assets.verdict import Verdict
from catalogue.rounds import parse_round
from cchc.clock import now
from cchc.errors import DecisionError
from parsers.document import Document
from parsers.pool import ReaderPool
from parsers.reading import Reading
from pipelines.arrival.arrivals import Arrival, Way, look_into
from pipelines.arrival.intake import Receipt, take_in
from pipelines.arrival.placement import PersonsWord
from pipelines.arrival.sources import take_in_post
from pipelines.home import dagster_instance
from pipelines.ledger.entries import Entry, Ledger, State, office_day
from pipelines.ledger.rerun import Choice, Chosen, choose
from pipelines.messages.delivery import deliver
from pipelines.messages.due import due_messages
from pipelines.messages.round_ledger import read_ledger
from pipelines.orchestration.calendar_steps import StepKind, due_now, record_step, running_rounds
from pipelines.orchestration.collect import to_do
from pipelines.orchestration.process import run_round, run_wards
from pipelines.settings import MailSettings, Settings
from pipelines.wiring import open_desk, open_house, reader_pool
from tests.homes import new_home
from warehouse.decisions import Wish, record_decisions
from warehouse.queries import figures_long
from warehouse.rows import NewDecision

from .mailservers import Postman, imap_server, smtp_server

CLERK = "Lê Thị Hoa"
"""Who looks at the figures that were read with doubt."""


@dataclass
class Office:
    """The office; `clock` is its time, and `letters` counts what it sent, by kind of message.

    One pool of readers serves the whole year, and what an intake has read is not read again, as in `cchc collect`.
    `builds` are the rounds whose results are computed when they close; the others' are left out to save time.
    """

    settings: Settings
    instance: dg.DagsterInstance
    postman: Postman
    clock: datetime
    pool: ReaderPool[tuple[Document, Reading]]
    builds: frozenset[str] = frozenset()
    ahead: dict[str, tuple[Document, Reading]] = field(default_factory=dict)
    letters: Counter[str] = field(default_factory=Counter)

    @property
    def house(self) -> House:
        """Return the house at this moment."""
        house = open_house(self.settings)
        return replace(house, now=lambda: self.clock, read_ahead=self.ahead)

    def take_in(
        self, arrivals: Sequence[Arrival], word: PersonsWord | None = None, break_after: int | None = None
    ) -> list[Receipt]:
        """Take in arrivals; `break_after` breaks the intake off after so many files, as a power cut would."""
        receipts: list[Receipt] = []
        for receipt in take_in(open_desk(self.settings, self.house, self.pool), arrivals, word=word):
            receipts.append(receipt)
            if receipt.reading is not None:
                self.ahead[receipt.sha256] = receipt.reading
            if len(receipts) == break_after:
                break
        return receipts

    def inbox(self, break_after: int | None = None) -> list[Receipt]:
        """Take in what lies in the inbox, at the office's time."""
        look = look_into(self.settings.inbox, now() + timedelta(minutes=1), received_at=self.clock)
        return self.take_in(look.whole, break_after=break_after)

    def mail(self) -> list[Receipt]:
        """Take in what came by mail."""
        return list(take_in_post(self.settings, lambda arrivals: self.take_in(arrivals)).receipts)

    def submit(self, path: Path, word: PersonsWord) -> list[Receipt]:
        """Hand in a file with a person's word."""
        return self.take_in([Arrival(path, path.name, Way.SUBMIT, self.clock, word.by)], word)

    def run(self) -> list[Verdict]:
        """Run what has something to do; the clerk then confirms what was read with doubt."""
        verdicts = run_wards(self.house, self.instance, to_do(self.house.engine))
        self.confirm({verdict.round for verdict in verdicts})
        return verdicts

    def confirm(self, labels: Iterable[str]) -> None:
        """Accept every figure that waits for a look, as printed; findings stay as they are.

        How sure the readers are differs from model to model; the states of a year do not.
        """
        engine = self.house.engine
        waiting = [row for label in labels for row in figures_long(engine, label) if row.status == "waiting"]
        wishes = [Wish(NewDecision(r.ward, r.round, "accept", CLERK, "as printed", figure=r.figure)) for r in waiting]
        assert not [one for one in record_decisions(engine, wishes, self.clock) if isinstance(one, DecisionError)]

    def rerun(self, choice: Choice) -> tuple[list[Chosen], list[Verdict]]:
        """Choose from the ledgers of the running rounds and run again."""
        chosen = choose([self.ledger(r.label) for r in running_rounds(office_day(self.clock))], choice)
        again = [WardRound(one.ward, one.round) for one in chosen]
        verdicts = run_wards(self.house, self.instance, again, force=True)
        self.confirm({one.round for one in chosen})
        return chosen, verdicts

    def morning(self, moment: datetime) -> list[str]:
        """Let the calendar and the letters of a day happen; return the steps that were done."""
        self.clock = moment
        engine, done = self.house.engine, []
        for step in due_now(engine, moment):
            if step.kind is StepKind.BUILD and step.round.label in self.builds:
                assert run_round(self.house, self.instance, step.round.label).done
            record_step(engine, step, moment)
            done.append(f"{step.round.label} {step.kind}")
        due = due_messages(engine, running_rounds(office_day(moment)), moment)
        sent = deliver(engine, self.settings.mail, due, moment)
        self.letters.update(d.message.kind.value for d in sent if d.verdict == "sent")
        return done

    def ledger(self, label: str) -> Ledger:
        """Return the ledger of a round now."""
        return read_ledger(self.house.engine, parse_round(label), self.clock)

    def states(self, label: str) -> dict[State, int]:
        """Return how many wards are in each state."""
        return dict(Counter(entry.state for entry in self.ledger(label).entries))

    def entry(self, label: str, ward: str) -> Entry:
        """Return a ward's row."""
        return self.ledger(label).entry(ward)


@contextmanager
def office(folder: Path, senders: dict[str, str], builds: frozenset[str]) -> Iterator[Office]:
    """Open an office with an inbox, a mailbox and a mail server."""
    before = os.environ.get("DAGSTER_HOME")
    with imap_server() as imap, smtp_server() as (postman, smtp):
        mail = MailSettings(
            imap=imap,
            smtp=smtp,
            sender="phongnoivu@example.org",
            office="phongnoivu@example.org",
            senders=senders,
            enabled=True,
        )
        home = folder / "home"
        settings = Settings(
            home, folder / "inbox", f"sqlite:///{home / 'warehouse.db'}", str(home / "archive"), workers=1, mail=mail
        )
        settings.inbox.mkdir(parents=True)
        new_home(settings)
        with dagster_instance(settings) as instance, reader_pool(settings) as pool:
            yield Office(settings, instance, postman, now(), pool, builds)
    if before is None:
        os.environ.pop("DAGSTER_HOME", None)
    else:
        os.environ["DAGSTER_HOME"] = before
