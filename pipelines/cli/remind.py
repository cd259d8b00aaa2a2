"""The command `remind`: messages to wards and to the office, listed or sent.

Belongs here: arguments and what is printed.
Stays out: what is due (`pipelines.messages.messages`), sending (`pipelines.messages.delivery`).
"""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.panel import Panel

from catalogue.rounds import Round
from catalogue.wards import wards
from cchc.clock import now
from cchc.messages import translator
from pipelines.cli.common import Exit, errors_told, open_office, out, settings
from pipelines.cli.known import round_named
from pipelines.ledger.entries import office_day
from pipelines.messages.delivery import Delivery, addresses, deliver, said
from pipelines.messages.due import due_messages
from pipelines.messages.messages import Message
from pipelines.orchestration.calendar_steps import running_rounds
from pipelines.settings import Settings

_ = translator("operations")


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("remind", help=_("Write to wards and office what the ledger calls for, each message once."))(remind)


def remind(
    round_label: Annotated[
        str | None, typer.Option("--round", help=_("Round, as 2023-Q3; those being collected where none."))
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Only show what would be sent, and to whom."))] = False,
) -> None:
    """Show or send the messages that are due and were not sent."""
    with errors_told():
        current = settings()
        engine = open_office(current)
        moment = now()
        rounds = [round_named(round_label)] if round_label else running_rounds(office_day(moment))
        pending = [m for m in due_messages(engine, rounds, moment) if m.key not in said(engine)]
        if dry_run or not pending:
            _show(current, rounds, pending)
            raise typer.Exit(Exit.DONE)
        deliveries = deliver(engine, current.mail, pending, moment)
        for delivery in deliveries:
            out.print(_line(delivery))
    raise typer.Exit(Exit.DONE if all(d.verdict == "sent" for d in deliveries) else Exit.NEEDS_PERSON)


def _show(current: Settings, rounds: list[Round], pending: list[Message]) -> None:
    for message in pending:
        to = ", ".join(addresses(current.mail, message.ward)) or _("no address")
        title = f"{_receiver(message)} · {to} · {message.subject}"
        out.print(Panel(escape(message.body.strip()), title=escape(title), title_align="left"))
    labels = ", ".join(found.label for found in rounds) or "–"
    out.print(_("{n} messages are due ({rounds}).").format(n=len(pending), rounds=labels))


def _line(delivery: Delivery) -> str:
    words = {"sent": _("sent"), "no_address": _("no address"), "refused": _("refused by the server")}
    colour = "green" if delivery.verdict == "sent" else "yellow"
    about = f"{_receiver(delivery.message)}: {delivery.message.subject} – {words[delivery.verdict]} {delivery.detail}"
    return f"[{colour}]●[/] {escape(about.strip())}"


def _receiver(message: Message) -> str:
    return wards()[message.ward].full_name if message.ward else _("the office")
