"""The commands `rounds list|wards|open|close|build|today`: the calendar, and its steps by hand.

Belongs here: arguments and what is printed. Stays out: the calendar (`catalogue.rounds`), its steps
(`pipelines.orchestration.calendar_steps`).
"""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from catalogue.rounds import Round, rounds_of_year
from catalogue.wards import wards
from cchc.clock import now
from cchc.formats import day, percent
from cchc.messages import translator
from pipelines import home
from pipelines.cli.common import Exit, RoundArgument, errors_told, open_office, out, settings
from pipelines.cli.known import round_named
from pipelines.ledger.entries import office_day, ward_rates
from pipelines.messages.round_ledger import read_ledger
from pipelines.orchestration.calendar_steps import Step, StepKind, due_now, record_step
from pipelines.settings import Settings
from warehouse.publishing import round_state

_ = translator("operations")

YearOption = Annotated[int | None, typer.Option(help=_("Year; this year where none."))]
ByOption = Annotated[str, typer.Option(help=_("Name of the person who does it."))]


def register(app: typer.Typer) -> None:
    """Add the group of commands to the application."""
    group = typer.Typer(help=_("The calendar of the rounds: list, open, close, build."), no_args_is_help=True)
    group.command("list", help=_("Show the four rounds of a year with their days, states and rates."))(list_rounds)
    group.command("wards", help=_("Show how complete and how punctual each ward was over the rounds of a year."))(
        list_wards
    )
    group.command("open", help=_("Open a round by hand."))(open_round)
    group.command("close", help=_("Close a round by hand."))(close_round)
    group.command("build", help=_("Compute the results and draft papers of a round again."))(build_round)
    group.command("today", help=_("Do what the calendar calls for today; --dry-run only lists it."))(today)
    app.add_typer(group, name="rounds")


def list_rounds(year: YearOption = None) -> None:
    """Print the calendar of a year."""
    with errors_told():
        current = settings()
        engine, moment = open_office(current), now()
        table = _table(
            _("Round"), _("Covers"), _("Opens"), _("Due"), _("Closes"), _("State"), _("Loaded"), _("On time")
        )
        for found in _rounds_of(office_day(moment).year if year is None else year):
            ledger = read_ledger(engine, found, moment)
            rates = _shares(ledger.completeness, ledger.on_time_rate)
            # A round for which no unit of the registry reports (after the units were merged) is no open round.
            state = state_text(round_state(engine, found.label)) if ledger.entries else _("no unit reports")
            table.add_row(*_days(found), state, *(rates if ledger.entries else ("–", "–")))
        out.print(table)


def list_wards(year: YearOption = None) -> None:
    """Print each ward's rates over those rounds of a year that are past their due date."""
    with errors_told():
        current = settings()
        engine, moment = open_office(current), now()
        over = [r for r in _rounds_of(office_day(moment).year if year is None else year) if r.due < office_day(moment)]
        table = _table(_("Ward"), _("Loaded"), _("On time"))
        for ward, rates in ward_rates([read_ledger(engine, found, moment) for found in over]).items():
            table.add_row(wards()[ward].full_name, *_shares(*rates))
        out.print(table)
        out.print(_("Rounds: {rounds}").format(rounds=", ".join(found.label for found in over) or "–"))


def _table(*headings: str) -> Table:
    """Return an empty table in which nothing is cut off."""
    table = Table(header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _shares(*shares: float) -> tuple[str, ...]:
    return tuple(percent(100 * share, 0) for share in shares)


def _rounds_of(year: int) -> list[Round]:
    """Return the rounds of a year that the calendar keeps."""
    return [round_named(found.label) for found in rounds_of_year(year)]


def state_text(state: str) -> str:
    """Return the state of a round in words."""
    return {"open": _("open"), "closed": _("closed"), "published": _("published")}[state]


def _days(found: Round) -> tuple[str, ...]:
    covers = f"{day(found.window_start)} – {day(found.window_end)}"
    return found.label, covers, day(found.opens), day(found.due), day(found.closes)


def open_round(round_label: RoundArgument, by: ByOption) -> None:
    """Open a round and record who did."""
    _by_hand(Step(StepKind.OPEN, _parsed(round_label)), by)


def close_round(round_label: RoundArgument, by: ByOption) -> None:
    """Close a round and record who did."""
    _by_hand(Step(StepKind.CLOSE, _parsed(round_label)), by)


def build_round(round_label: RoundArgument) -> None:
    """Run the round's job and say whether it was done."""
    with errors_told():
        done = _build(settings(), round_named(round_label))
    raise typer.Exit(Exit.DONE if done else Exit.NEEDS_PERSON)


def today(dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Only list the steps."))] = False) -> None:
    """Do the steps that are due, each once."""
    with errors_told():
        current = settings()
        engine, moment = open_office(current), now()
        steps = due_now(engine, moment)
        well = True
        for step in steps:
            out.print(f"{step.round.label}: {step_text(step.kind)}")
            if not dry_run:
                well &= _done(current, step, steps)
                record_step(engine, step, moment)
        if not steps:
            out.print(_("The calendar calls for nothing today."))
    raise typer.Exit(Exit.DONE if well else Exit.NEEDS_PERSON)


def step_text(kind: StepKind) -> str:
    """Return a step of the calendar in words."""
    return {
        StepKind.OPEN: _("open the round"),
        StepKind.CLOSE: _("close the round"),
        StepKind.BUILD: _("build results"),
        StepKind.PAPERS: _("draft papers"),
    }[kind]


def _parsed(label: str) -> Round:
    with errors_told():
        return round_named(label)


def _by_hand(step: Step, by: str) -> None:
    with errors_told():
        current = settings()
        engine = open_office(current)
        record_step(engine, step, now(), by)
        out.print(f"{step.round.label}: {state_text(round_state(engine, step.round.label))}")


def _done(current: Settings, step: Step, steps: list[Step]) -> bool:
    """Do a step that computes and return whether it went well; a build drafts the papers as well."""
    drafted = Step(StepKind.BUILD, step.round) in steps
    if step.kind is StepKind.BUILD or (step.kind is StepKind.PAPERS and not drafted):
        return _build(current, step.round)
    return True


def _build(current: Settings, found: Round) -> bool:
    from pipelines.orchestration.collect import bring_up_to_date
    from pipelines.wiring import open_house

    open_office(current)
    home.prepare_home(current)
    with home.dagster_instance(current) as instance:
        runs = bring_up_to_date(open_house(current), instance, found.label, force=True)
    for run in runs:
        for failure in run.failures:
            out.print(f"[bold red]●[/] {escape(failure)}")
    if not runs:
        out.print(_("{round} has no loaded report yet.").format(round=found.label))
    return all(run.done for run in runs)
