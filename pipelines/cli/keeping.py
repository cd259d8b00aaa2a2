"""The commands that keep what there is: `backup`, `restore`, `verify`, `prune`.

Belongs here: arguments and what is printed. Stays out: the work (`pipelines.keeping.backup`,
`pipelines.keeping.verify`, `pipelines.keeping.pruning`).
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from cchc.clock import now
from cchc.formats import number
from cchc.messages import translator
from pipelines import home
from pipelines.arrival.sources import intake_lock
from pipelines.cli.common import Exit, errors_told, open_office, out, settings
from pipelines.keeping.archive import Archive
from pipelines.keeping.backup import BackupReport, back_up
from pipelines.keeping.restore import restore

_ = translator("operations")


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("backup", help=_("Write warehouse, decisions, originals and papers into one file."))(backup_command)
    app.command("restore", help=_("Bring a backup back into an empty home."))(restore_command)
    app.command("verify", help=_("Re-hash every original and look up every cited sentence again."))(verify_command)
    app.command("prune", help=_("Forget old runs of Dagster and their logs; facts are never forgotten."))(prune_command)


def backup_command(
    target: Annotated[
        Path | None,
        typer.Argument(help=_("File to write; cchc-DATE.tar.gz in the backups folder of the home if none.")),
    ] = None,
    nightly: Annotated[
        bool, typer.Option("--nightly", help=_("Keep the originals beside it, each once for all nights."))
    ] = False,
) -> None:
    """Make a backup and say what is in it."""
    with errors_told():
        current = settings()
        open_office(current)
        moment = now()
        path = target or current.home / "backups" / f"cchc-{moment:%Y%m%d-%H%M%S}.tar.gz"
        with intake_lock(current):
            _print_report(back_up(current, path, moment, nightly=nightly))


def restore_command(
    path: Annotated[Path, typer.Argument(help=_("Backup file."), exists=True, dir_okay=False)],
) -> None:
    """Restore a backup and say what came back."""
    with errors_told():
        current = settings()
        _print_report(restore(current, path))
        home.prepare_home(current)


def verify_command() -> None:
    """Print what is wrong with what is kept; leave with 1 where anything is."""
    from pipelines.keeping.verify import verify

    with errors_told():
        current = settings()
        found = verify(open_office(current), Archive(current.archive_url))
    for complaint in found.complaints:
        out.print(f"[bold red]●[/] {escape(complaint.text)}")
    out.print(
        _("{originals} originals, {reports} reports, {printings} cited figures looked at; {faults} faults.").format(
            originals=number(found.originals),
            reports=number(found.reports),
            printings=number(found.printings),
            faults=number(len(found.complaints)),
        )
    )
    raise typer.Exit(Exit.NEEDS_PERSON if found.complaints else Exit.DONE)


def prune_command(
    older_than: Annotated[int, typer.Option(min=1, help=_("Days a run is kept."))] = 180,
) -> None:
    """Forget old runs, keep caches and quarantine below their limits, and say what went."""
    from pipelines.keeping.bounds import MEGABYTE, shed
    from pipelines.keeping.pruning import prune

    with errors_told():
        current = settings()
        engine = open_office(current)
        home.prepare_home(current)
        before = now() - timedelta(days=older_than)
        with home.dagster_instance(current) as instance:
            done = prune(instance, engine, before, current)
        gone = shed(current)
    out.print(_("{runs} runs and {tries} tries forgotten.").format(runs=number(done.runs), tries=number(done.tries)))
    if gone.files:
        text = _("{files} files ({n} MB) taken out of caches and quarantine; originals stay in the archive.")
        out.print(text.format(files=number(gone.files), n=number(gone.size // MEGABYTE)))


def _print_report(report: BackupReport) -> None:
    out.print(escape(str(report.path)))
    out.print(
        _("{arrivals} arrivals, {originals} originals, {decisions} decisions, {files} other files.").format(
            arrivals=number(report.rows["submission"]),
            originals=number(report.originals),
            decisions=number(report.rows["decision"]),
            files=number(report.files),
        )
    )
