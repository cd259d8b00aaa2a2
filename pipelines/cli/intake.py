"""The commands for files that do not come by the inbox: `submit` and `mail`.

Belongs here: arguments and what is printed.
Stays out: taking in (`pipelines.arrival.intake`), what follows (`pipelines.orchestration.collect`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from cchc.clock import ZONE, now
from cchc.errors import CallError
from cchc.formats import moment
from cchc.messages import translator
from pipelines.arrival.arrivals import Arrival, Way
from pipelines.arrival.intake import Receipt, take_in
from pipelines.arrival.mailbox import PassedOver
from pipelines.arrival.placement import PersonsWord
from pipelines.arrival.sources import take_in_post
from pipelines.cli.common import Exit, errors_told, out, settings
from pipelines.cli.identity import acting
from pipelines.cli.known import round_named, ward_named
from pipelines.cli.overview import print_arrivals, print_ledger
from pipelines.settings import Settings
from warehouse.connection import open_warehouse
from warehouse.people.roles import Right
from warehouse.scores.receipts import record_backdating, refuse_backdating

if TYPE_CHECKING:
    from assets.house import House

_ = translator("operations")


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("submit", help=_("Hand in files; with --ward, --round and --by a person says whose report they are."))(
        submit
    )
    app.command("mail", help=_("Fetch the attachments of known senders from the mailbox and take them in."))(mail)


def submit(
    files: Annotated[list[Path], typer.Argument(help=_("Files to hand in."), exists=True, dir_okay=False)],
    ward: Annotated[str | None, typer.Option(help=_("Ward the report is of, as pho-minh."))] = None,
    round_label: Annotated[str | None, typer.Option("--round", help=_("Round it is of, as 2023-Q3."))] = None,
    by: Annotated[str | None, typer.Option(help=_("Name of the person who says so."))] = None,
    one_report: Annotated[
        bool, typer.Option("--one-report", help=_("The pictures are the pages of one report, in this order."))
    ] = False,
    received_at: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M"], help=_("When it arrived, with --by and --why; otherwise now.")
        ),
    ] = None,
    why: Annotated[str | None, typer.Option("--why", help=_("How one knows when it arrived."))] = None,
) -> None:
    """Take in files by hand, run what follows, and print receipts and ledger."""
    from pipelines.orchestration.hand_in import hand_in

    with errors_told():
        word = _word(ward, round_label, by)
        current = settings()
        note = backdating(current, received_at, by, why)
        if word is not None:
            who = acting(current, open_warehouse(current.warehouse_url), word.by, Right.INTAKE)
            if not who.name:
                raise CallError(_("a word needs all three: --ward, --round and --by with the name of who says so"))
            word = replace(word, by=who.name)
        arrived = received_at.replace(tzinfo=ZONE) if received_at else now()
        arrivals = [Arrival(path, path.name, Way.SUBMIT, arrived, by or "") for path in files]
        done = hand_in(current, arrivals, word, taken=note, one_report=one_report)
        print_arrivals(done)
        for label in sorted({str(r.submission.round) for r in done.receipts if r.submission.round}):
            print_ledger(current, label)
    raise typer.Exit(Exit.NEEDS_PERSON if done.needs_person else Exit.DONE)


def mail() -> None:
    """Look into the mailbox, take in what came, run what follows, and name the letters passed over."""
    from pipelines.orchestration.hand_in import and_follow
    from pipelines.wiring import open_desk, reader_pool

    passed: list[PassedOver] = []

    def fetch(house: House) -> list[Receipt]:
        with reader_pool(current) as pool:
            desk = open_desk(current, house, pool)
            taken = take_in_post(current, lambda arrivals: list(take_in(desk, arrivals)))
        passed.extend(taken.passed_over)
        return list(taken.receipts)

    with errors_told():
        current = settings()
        done = and_follow(current, fetch)
        print_arrivals(done)
        for letter in passed:
            out.print(f"  [yellow]●[/] {escape(passed_over_text(letter))}")
    raise typer.Exit(Exit.NEEDS_PERSON if done.needs_person or passed else Exit.DONE)


def passed_over_text(letter: PassedOver) -> str:
    """Return why a letter was passed over, in words."""
    why = {
        "unknown_sender": _("sender is not known; add the address to [mail.senders] if it is right"),
        "too_large": _("larger than is fetched; look at it in the mailbox"),
        "no_attachment": _("no document attached; look at it in the mailbox"),
    }[letter.why]
    sender = letter.sender or _("unclear sender")
    return f"{sender}, {moment(letter.received_at)}, „{letter.subject}“: {why}"


def backdating(
    current: Settings, received_at: datetime | None, by: str | None, why: str | None
) -> Callable[[Receipt], None]:
    """Return what records, for each file as it is taken in, who said when it arrived and why.

    It is recorded at once, so that the papers made next already say so. A file that was known before keeps its time.

    Raises:
        DecisionError: a time of arrival is given without a name or a reason.
    """
    if received_at is None:
        return lambda _receipt: None
    refuse_backdating(by, why)
    warehouse = cache(lambda: open_warehouse(current.warehouse_url))

    def note(receipt: Receipt) -> None:
        if receipt.submission.received_at == receipt.arrival.received_at:
            record_backdating(warehouse(), receipt.submission, by or "", why or "", now())

    return note


def _word(ward: str | None, round_label: str | None, by: str | None) -> PersonsWord | None:
    """Return the person's word, None where nothing is said; half a word is refused."""
    if ward is None and round_label is None:
        return None
    if not (ward and round_label):
        raise CallError(_("a word needs all three: --ward, --round and --by with the name of who says so"))
    return PersonsWord(ward_named(ward), round_named(round_label).label, (by or "").strip())
