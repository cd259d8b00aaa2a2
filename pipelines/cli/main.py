"""The commands of a round's day: `init`, `collect`, `status`, `doctor`, and `demo`, which `make run` calls.

Belongs here: arguments, progress, and what is printed afterwards. Stays out: the work
(`pipelines.orchestration.collect`).

Dagster and the readers take seconds to import, so commands import what they run and `cchc --help` imports neither.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from cchc.clock import ZONE, now
from cchc.messages import translator
from pipelines.cli.common import Exit, err, errors_told, out, settings
from pipelines.cli.known import round_named
from pipelines.cli.reader import ReaderOption, make_reader
from pipelines.settings import Settings
from warehouse.connection import open_warehouse

if TYPE_CHECKING:
    from assets.house import House
    from pipelines.arrival.arrivals import Look
    from pipelines.arrival.intake import Receipt
    from pipelines.orchestration.collect import Collection

_ = translator("cli")

RoundOption = Annotated[str | None, typer.Option("--round", help=_("Round, as 2024-Q3."))]
InboxOption = Annotated[Path | None, typer.Option("--inbox", help=_("Folder to look into instead of the inbox."))]
ReceivedOption = Annotated[
    datetime | None,
    typer.Option(
        "--received-at",
        formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M"],
        help=_("When the files arrived, for a round that was collected before; with --by and --why. Otherwise now."),
    ),
]
SaidByOption = Annotated[str | None, typer.Option("--by", help=_("Who says when the files arrived."))]
SaidWhyOption = Annotated[str | None, typer.Option("--why", help=_("How one knows when they arrived."))]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("collect", help=_("Take in what arrived, read, check, load, and bring the round up to date."))(
        collect_command
    )
    app.command("status", help=_("Show who has sent what, in which state, and what is still to do."))(status)
    app.command("init", help=_("Make the home: warehouse, archive, Dagster's folder. Once; again changes nothing."))(
        init
    )
    app.command("doctor", help=_("Say what is installed, what is missing, and what follows from it."))(doctor)
    app.command("demo", hidden=True, help=_("Do the main job from end to end and show all of it."))(demo)


def init(reader: ReaderOption = False) -> None:
    """Make what is missing of the home."""
    from pipelines.home import prepare_home

    with errors_told():
        current = settings()
        fresh = prepare_home(current)
        if reader:
            make_reader(current)
    text = _("Home made: {home}") if fresh else _("Home is ready: {home}")
    out.print(escape(text.format(home=current.home)))
    with errors_told():
        print_standing()


def print_standing() -> None:
    """Print for which office the home is, how many units report, and which round is open."""
    from catalogue.standing import standing
    from pipelines.cli.office import standing_lines

    found = standing(now().date())
    out.print(escape(" · ".join((found.office.full_name, *standing_lines(found)))), soft_wrap=True)


def collect_command(
    round_label: RoundOption = None,
    inbox: InboxOption = None,
    received_at: ReceivedOption = None,
    by: SaidByOption = None,
    why: SaidWhyOption = None,
) -> None:
    """Collect, then print the receipts of the files and the ledger of the rounds that changed."""
    from pipelines.cli.overview import print_arrivals, print_ledger

    with errors_told():
        done = run_collection(settings(), round_label, inbox, received_at, by, why)
        print_arrivals(done)
        for label in [run.round for run in done.rounds] or ([round_label] if round_label else []):
            print_ledger(settings(), label)
    raise typer.Exit(Exit.NEEDS_PERSON if done.needs_person else Exit.DONE)


def status(round_label: RoundOption = None) -> None:
    """Print the ledger of a round, the latest with any arrival where none is named."""
    from pipelines.cli.overview import print_ledger

    with errors_told():
        current = settings()
        print_standing()
        print_ledger(current, round_label)


def doctor() -> None:
    """Print one line a part; leave with 1 where something is missing."""
    from pipelines.cli.doctor import print_health

    with errors_told():
        healthy = print_health(settings())
    raise typer.Exit(Exit.DONE if healthy else Exit.NEEDS_PERSON)


def demo(
    round_label: Annotated[str, typer.Option("--round")],
    inbox: InboxOption = None,
    received_at: ReceivedOption = None,
    by: SaidByOption = None,
    why: SaidWhyOption = None,
) -> None:
    """Do the main job from end to end and show all of it."""
    from pipelines.cli.overview import (
        print_arrivals,
        print_findings,
        print_ledger,
        print_next,
        print_outputs,
        print_ranking,
    )

    began = time.monotonic()
    with errors_told():
        current = settings()
        done = run_collection(current, round_label, inbox, received_at, by, why)
        print_arrivals(done)
        print_ledger(current, round_label)
        print_ranking(current, round_label)
        print_findings(current, round_label)
        print_outputs(current, round_label)
        print_next(current, round_label)
    if not done.changed:
        out.print(f"[green]{_('Nothing has changed since the last run.')}[/]")
    out.print(_("{seconds} seconds").format(seconds=round(time.monotonic() - began, 1)), style="dim")
    if not all(run.done for run in done.rounds):
        raise typer.Exit(Exit.NEEDS_PERSON)


def run_collection(
    current: Settings,
    round_label: str | None,
    inbox: Path | None,
    received_at: datetime | None,
    by: str | None = None,
    why: str | None = None,
) -> Collection:
    """Collect from an inbox with a progress bar on the terminal.

    Raises:
        DecisionError: a time of arrival is given without the name of who says so, or without a reason.
    """
    from pipelines.cli.intake import backdating
    from pipelines.home import dagster_instance, prepare_home

    label = round_named(round_label).label if round_label else None
    note = backdating(current, received_at, by, why)
    prepare_home(current)
    look = whole_look(inbox or current.inbox, received_at.replace(tzinfo=ZONE) if received_at else None)
    _start_readers(current, look)
    from pipelines.orchestration.collect import collect
    from pipelines.wiring import open_house

    for name in look.barred:
        err.print(escape(_("{name} may not be opened by this user and is left out.").format(name=name)), style="red")
    with dagster_instance(current) as instance, _Steps(len(look.whole)) as step:
        house = _telling(open_house(current), step)

        def told(receipt: Receipt) -> None:
            note(receipt)
            step(receipt.arrival.name)

        done = collect(house, instance, current, look.whole, label, told=told)
    for name in (*look.unfinished, *done.left):
        err.print(escape(_("{name} is not whole yet and is left for the next time.").format(name=name)), style="yellow")
    return replace(done, barred=look.barred)


def _start_readers(current: Settings, look: Look) -> None:
    """Let the readers' server start beside our own imports, where something of a name lies there that never came."""
    from parsers.worker import start_server
    from warehouse.queries import submissions

    engine = open_warehouse(current.warehouse_url)
    had = {name for row in submissions(engine) for name in (row.file_name, row.file_name.partition("/")[0])}
    engine.dispose()
    if any(arrival.name not in had for arrival in look.whole):
        start_server()


def whole_look(inbox: Path, received_at: datetime | None) -> Look:
    """Return a look into the inbox; where a file is still being written, a second one shortly after."""
    from pipelines.arrival.arrivals import look_into, still_growing

    look = look_into(inbox, now(), received_at=received_at)
    if still_growing(look):
        time.sleep(2.2)
        look = look_into(inbox, now(), received_at=received_at)
    return look


_SAYING_SECONDS = 10.0
"""How often progress is told where there is no terminal."""


class _Steps:
    """Progress on standard error, one step a file taken in or a ward read.

    A bar on a terminal; elsewhere (a log, a scheduler) a line now and then, so that a long round is not silent.
    """

    def __init__(self, files: int) -> None:
        self._done, self._files, self._said = 0, files, time.monotonic()
        self._progress = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=err, transient=True
        )
        self._task = self._progress.add_task(_("reading"), total=files or None)

    def __enter__(self) -> Callable[[str], None]:
        """Show the bar."""
        self._progress.start()
        return self._step

    def __exit__(self, *_exc: object) -> None:
        """Take the bar away."""
        self._progress.stop()

    def _step(self, name: str) -> None:
        self._done += 1
        self._progress.update(self._task, advance=1, description=escape(name[-40:]))
        if not err.is_terminal and time.monotonic() - self._said > _SAYING_SECONDS:
            self._said = time.monotonic()
            err.print(escape(f"{self._done}/{max(self._files, self._done)} {name}"), style="dim", soft_wrap=True)


def _telling(house: House, step: Callable[[str], None]) -> House:
    return replace(house, tell=lambda verdict: step(verdict.ward))
