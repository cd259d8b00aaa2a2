"""`cchc sample`: blind checks of figures that counted without a look, and the switch of each class of text.

Belongs here: arguments, asking, layout for a terminal. What the machine read is never printed. Stays out: drawing and
comparing (`warehouse.blind_sample`), bounds and switches (`warehouse.acceptance`).
"""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from sqlalchemy import Engine

from catalogue.figures import figure_definitions
from catalogue.wards import wards
from cchc.clock import now
from cchc.errors import CallError, SecondLookError
from cchc.messages import translator
from pipelines.cli.common import Exit, RoundArgument, errors_told, open_office, out, settings
from pipelines.cli.identity import Person, acting
from pipelines.cli.known import round_named
from warehouse.acceptance import acceptances, switch, told
from warehouse.blind_sample import SIZE, Checked, Drawn, draw, record_check, to_check
from warehouse.people.roles import Right

_ = translator("sampling")

RoundOption = Annotated[str | None, typer.Option("--round", help=_("Round, as 2024-Q3; all by default."))]
ByOption = Annotated[str, typer.Option("--by", help=_("Who does this."))]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    group = typer.Typer(help=_("Check figures blindly that counted without a look."), no_args_is_help=True)
    group.command("draw", help=_("Draw figures of a round at random; again adds only what is missing."))(draw_command)
    group.command("list", help=_("List what is still to be checked, without what the machine read."))(list_command)
    group.command("check", help=_("Type what the page says: one figure, or all that are open, one after another."))(
        check
    )
    group.command("standing", help=_("Show by class of text what the checks say."))(standing)
    group.command("switch", help=_("Switch acceptance without a look on or off for a class of text."))(switch_command)
    app.add_typer(group, name="sample")


def draw_command(
    round_label: RoundArgument,
    size: Annotated[int, typer.Option(min=1, help=_("Figures of each class."))] = SIZE,
) -> None:
    """Draw, and say how many are to be checked."""
    with errors_told():
        found = round_named(round_label)
        engine = open_office(settings())
        added = draw(engine, found.label, now(), size)
        left = to_check(engine, found.label)
    out.print(_("{n} figures drawn; {left} of the round are still to be checked.").format(n=added, left=len(left)))


def list_command(round_label: RoundOption = None) -> None:
    """Print each open figure with its sentence; leave with 1 while some are open."""
    with errors_told():
        label = round_named(round_label).label if round_label else None
        found = to_check(open_office(settings()), label)
        for one in found:
            _print(one)
    raise typer.Exit(Exit.NEEDS_PERSON if found else Exit.DONE)


def check(
    number: Annotated[int | None, typer.Argument(help=_("Number of the draw; all open ones without it."))] = None,
    value: Annotated[str | None, typer.Argument(help=_("What the page says, as 1.835 or 12,5 tỷ."))] = None,
    none: Annotated[bool, typer.Option("--none", help=_("The page does not print this figure there."))] = False,
    again: Annotated[bool, typer.Option("--again", help=_("Said a second time after another look."))] = False,
    round_label: RoundOption = None,
    by: ByOption = "",
) -> None:
    """Keep one check, or ask for each open one; an empty answer passes one over, a dash says it is not printed."""
    with errors_told():
        engine = open_office(settings())
        person = acting(settings(), engine, by, Right.DECIDE)
        if number is None:
            label = round_named(round_label).label if round_label else None
            _ask_all(engine, to_check(engine, label), person)
            return
        if (value is None) != none:
            raise CallError(_("say what the page says, or --none where it prints nothing; one of the two"))
        _tell(_keep(engine, number, value or "", person, again))


def standing() -> None:
    """Print a line a class; leave with 1 where one is switched off."""
    with errors_told():
        found = acceptances(open_office(settings()))
        for one in found:
            out.print(escape(told(one)), soft_wrap=True)
    raise typer.Exit(Exit.DONE if all(one.is_on for one in found) else Exit.NEEDS_PERSON)


def switch_command(
    text_class: Annotated[str, typer.Argument(metavar="CLASS", help=_("digital, scan or poor_scan."))],
    on: Annotated[bool, typer.Option("--on/--off", help=_("Let sure figures count unseen, or let all wait."))],
    by: ByOption = "",
    why: Annotated[str, typer.Option("--why", help=_("Why."))] = "",
) -> None:
    """Switch a class in the name of a person who may publish."""
    with errors_told():
        engine = open_office(settings())
        person = acting(settings(), engine, by, Right.PUBLISH)
        act = person.act("switch_trust", text_class=text_class, on=on, reason=why)
        switch(engine, text_class, on, person.name, why, now(), act=act)
        for one in acceptances(engine):
            if one.text_class == text_class:
                out.print(escape(told(one)), soft_wrap=True)


def _ask_all(engine: Engine, found: list[Drawn], person: Person) -> None:
    for one in found:
        _print(one)
        typed = typer.prompt(_("What does the page say (a dash: not printed; empty: later)"), default="", err=True)
        if not typed.strip():
            continue
        said = "" if typed.strip() in ("-", "–") else typed
        try:
            _tell(_keep(engine, one.id, said, person, again=False))
        except SecondLookError as error:
            out.print(escape(str(error)), style="yellow")
            typed = typer.prompt(_("What does the page say (a dash: not printed; empty: later)"), default="", err=True)
            if typed.strip():
                said = "" if typed.strip() in ("-", "–") else typed
                _tell(_keep(engine, one.id, said, person, again=True))


def _keep(engine: Engine, number: int, typed: str, person: Person, again: bool) -> Checked:
    act = person.act("blind_check", sample=number)
    return record_check(engine, number, typed, person.name, now(), again=again, act=act)


def _print(one: Drawn) -> None:
    """Print where a figure stands and nothing of what was read."""
    definition = figure_definitions()[one.figure]
    head = f"{one.id}  {wards()[one.ward].full_name} · {one.round} · {definition.meaning_vi} ({_unit(definition.unit)})"
    out.print(escape(head), style="bold", soft_wrap=True)
    place = _("page {n}").format(n=one.page) if one.page else ""
    out.print(escape(f"   {place} “{one.sentence}”"), soft_wrap=True)


def _unit(unit: str) -> str:
    return {"count": _("a count"), "percent": "%", "vnd": _("dong")}[unit]


def _tell(done: Checked) -> None:
    words = _("Kept: the machine had read the same.") if done.is_right else _("Kept: the machine had read otherwise.")
    out.print(words)
    if done.switched_off:
        out.print(escape(told(done.acceptance)), style="bold red", soft_wrap=True)
