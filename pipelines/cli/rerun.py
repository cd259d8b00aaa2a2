"""The command `rerun`: run again what the ledger says needs it, after saying what and why.

Belongs here: arguments and what is printed. Stays out: the choice (`pipelines.ledger.rerun`), running
(`pipelines.orchestration.process`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table
from sqlalchemy import Engine

from catalogue.rounds import Round, parse_round
from catalogue.wards import wards
from cchc.clock import now
from cchc.messages import translator
from parsers.report import parser_version as current_version
from pipelines import home
from pipelines.cli.common import Exit, errors_told, open_office, out, settings
from pipelines.cli.known import round_named, ward_named
from pipelines.ledger.entries import State
from pipelines.ledger.phrases import state_name
from pipelines.ledger.rerun import Choice, Chosen, choose
from pipelines.messages.round_ledger import read_ledger
from pipelines.settings import Settings
from warehouse.queries import rounds
from warehouse.rows import SubmissionRow

if TYPE_CHECKING:
    from assets.verdict import Verdict

_ = translator("operations")


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("rerun", help=_("Run again what failed, or wards, states or old parser versions; never good wards."))(
        rerun
    )


def rerun(
    failed: Annotated[
        bool, typer.Option("--failed", help=_("What broke off or was never run, waiting files too."))
    ] = False,
    round_label: Annotated[str | None, typer.Option("--round", help=_("Round, as 2023-Q3; all where none."))] = None,
    ward: Annotated[list[str] | None, typer.Option(help=_("Ward, as pho-minh; may be given several times."))] = None,
    state: Annotated[
        list[State] | None, typer.Option(help=_("State of the ledger; may be given several times."))
    ] = None,
    parser_version: Annotated[
        bool, typer.Option("--parser-version", help=_("What another version of the parser read."))
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Only list what would run and why."))] = False,
) -> None:
    """Choose, list, and unless it is a dry run, run."""
    with errors_told():
        choice = Choice(
            rounds=(round_named(round_label).label,) if round_label else (),
            wards=tuple(ward_named(one) for one in ward or ()),
            states=tuple(state or ()),
            failed=failed,
            parser_other_than=current_version() if parser_version else None,
        )
        current = settings()
        engine = open_office(current)
        home.prepare_home(current)
        chosen = choose([read_ledger(engine, found, now()) for found in _rounds(engine, choice)], choice)
        out.print(_table(chosen) if chosen else _("Nothing to run again."))
        well = _run(current, chosen, failed, dry_run)
    raise typer.Exit(Exit.DONE if well else Exit.NEEDS_PERSON)


def _rounds(engine: Engine, choice: Choice) -> list[Round]:
    return [parse_round(label) for label in rounds(engine) if not choice.rounds or label in choice.rounds]


def _table(chosen: list[Chosen]) -> Table:
    table = Table(header_style="bold")
    for heading in (_("Round"), _("Ward"), _("State"), _("Why")):
        table.add_column(heading, overflow="fold")
    for one in chosen:
        table.add_row(one.round, wards()[one.ward].full_name, state_name(one.state), escape(one.why))
    return table


def _run(current: Settings, chosen: list[Chosen], failed: bool, dry_run: bool) -> bool:
    """Run the chosen and, with `--failed`, look again at files that waited for want of a machine."""
    from pipelines.orchestration.hand_in import retryable, run_again

    waiting = retryable(current) if failed else []
    _print_waiting(waiting)
    if dry_run:
        return True
    again = run_again(current, chosen, waiting)
    _print_verdicts(list(again.verdicts))
    return again.good


def _print_waiting(waiting: list[SubmissionRow]) -> None:
    for row in waiting:
        out.print(escape(_("{name} is looked at again: {reason}").format(name=row.file_name, reason=row.message_vi)))


def _print_verdicts(verdicts: list[Verdict]) -> None:
    for verdict in verdicts:
        name = wards()[verdict.ward].full_name
        if not verdict.good:
            out.print(f"[bold red]●[/] {verdict.round} {name}: {verdict.outcome} {escape(verdict.message)}")
        else:
            done = _("changed") if verdict.changed else _("unchanged")
            out.print(f"[green]●[/] {verdict.round} {name}: {done}")
