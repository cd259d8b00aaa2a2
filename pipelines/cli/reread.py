"""`cchc reread`: what today's parser reads otherwise in stored reports, before anything is replaced.

Belongs here: words and layout. Stays out: comparing (`parsers.figures.difference`), loading.
"""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape

from catalogue.figures import figure_definitions
from catalogue.wards import wards
from cchc import formats
from cchc.errors import UpgradeError
from cchc.messages import translator
from parsers.figures.difference import Change, ChangeKind, Difference
from parsers.reading import Printing
from pipelines.cli.common import Exit, errors_told, open_office, out, settings
from pipelines.cli.known import round_named, ward_named
from pipelines.settings import Settings
from warehouse.connection import open_warehouse
from warehouse.takeover import refuse_worse, take_over, told

_ = translator("cli")

STYLE = {ChangeKind.VALUE: "bold red", ChangeKind.LOST: "red", ChangeKind.FOUND: "green"}


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("reread", help=_("Read stored reports with today's parser and show what it reads otherwise."))(reread)


def reread(
    round_label: Annotated[str, typer.Option("--round", help=_("Round, as 2024-Q3."))],
    ward: Annotated[str | None, typer.Option("--ward", help=_("Ward, as pho-minh."))] = None,
    apply: Annotated[
        bool, typer.Option("--apply/--diff", help=_("Load the new readings after showing them, or only show them."))
    ] = False,
) -> None:
    """Print the differences by ward; with --apply, load what reads otherwise and bring the round up to date."""
    from pipelines.keeping.reread import reread as read_again

    with errors_told():
        label, only = round_named(round_label).label, ward_named(ward) if ward else None
        current = settings()
        open_office(current)
        changed: list[str] = []
        refused: list[str] = []
        failed = False
        for one in read_again(current, label, only):
            out.print(f"[bold]{wards()[one.report.ward].full_name}[/]")
            if one.difference is None:
                out.print(f"  [bold red]●[/] {escape(one.error)}")
                failed = True
                continue
            print_difference(one.difference)
            if one.spoilt:
                refused.append(told(one.report.ward, label, one.spoilt))
                out.print(f"  [bold red]●[/] {escape(refused[-1])}", soft_wrap=True)
            if one.difference.changes or one.difference.old_version != one.difference.new_version:
                changed.append(one.report.ward)
        if apply and changed:
            _refuse(current, refused)
            _load(label, changed)
            out.print(_("{n} reports loaded anew.").format(n=len(changed)))
        elif changed:
            out.print(_("Nothing was replaced. With --apply the new readings are loaded."))
    raise typer.Exit(Exit.NEEDS_PERSON if failed or (changed and not apply) else Exit.DONE)


def _refuse(current: Settings, spoiling: list[str]) -> None:
    """Let nothing be replaced where one report would be spoilt, or where a class is proven less well."""
    engine = open_warehouse(current.warehouse_url)
    refuse_worse(engine)
    if spoiling:
        raise UpgradeError("\n".join(spoiling))
    take_over(engine)


def print_difference(difference: Difference) -> None:
    """Print one line a change."""
    if not difference.changes:
        out.print("  " + _("reads the same"))
    for change in difference.changes:
        style = STYLE.get(change.kind, "dim")
        kind = _("other value, sure before and after") if change.is_silent else kind_words()[change.kind]
        name = figure_definitions()[change.figure].meaning_vi
        out.print(f"  [{style}]{kind}[/] {name}: {_shown(change.old)} → {_shown(change.new)}")
        out.print(f"    [dim]{escape(_sentence(change))}[/]")


def kind_words() -> dict[ChangeKind, str]:
    """Return what the kinds of change are called."""
    return {
        ChangeKind.VALUE: _("other value"),
        ChangeKind.LOST: _("no longer read"),
        ChangeKind.FOUND: _("newly read"),
        ChangeKind.PLACE: _("other sentence"),
        ChangeKind.CONFIDENCE: _("other confidence"),
    }


def _shown(printing: Printing | None) -> str:
    return "–" if printing is None else f"{formats.number(printing.value)} ({printing.confidence:.2f})"


def _sentence(change: Change) -> str:
    printing = change.new or change.old
    return printing.sentence if printing else ""


def _load(label: str, changed: list[str]) -> None:
    from assets.partitions import WardRound
    from pipelines.home import dagster_instance
    from pipelines.orchestration.collect import bring_up_to_date
    from pipelines.orchestration.process import run_wards
    from pipelines.wiring import open_house

    house = open_house(settings())
    with dagster_instance(settings()) as instance:
        run_wards(house, instance, [WardRound(ward, label) for ward in changed], force=True)
        bring_up_to_date(house, instance, label)
