"""`cchc letters`: a letter to every ward with open findings, ready to sign.

Belongs here: whom to write to and where the files go. Stays out: what a letter says (`publications.letters`).
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from cchc.clock import now
from cchc.messages import translator
from pipelines.cli.common import errors_told, open_office, out, settings
from pipelines.cli.known import round_named, ward_named
from pipelines.keeping.shelf import papers_of
from publications.letterbook import DAYS, write_letters
from publications.letters import Letter

_ = translator("letters")


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("letters", help=_("Write to every ward with open findings, in the form of Decree 30/2020."))(letters)


def letters(
    round_label: Annotated[str, typer.Option("--round", help=_("Round, as 2024-Q3."))],
    ward: Annotated[str | None, typer.Option("--ward", help=_("Only this ward, as pho-minh."))] = None,
    folder: Annotated[Path | None, typer.Option("--out", help=_("Folder for the letters."))] = None,
    days: Annotated[int, typer.Option("--days", min=1, help=_("Days to answer, from today."))] = DAYS,
    deputy: Annotated[bool, typer.Option("--deputy", help=_("A deputy signs for the head."))] = False,
) -> None:
    """Write one DOCX a ward and print its path."""
    with errors_told():
        current = settings()
        found = round_named(round_label)
        only = ward_named(ward) if ward else None
        target = folder or current.outputs / found.label / "letters"
        due = (now() + timedelta(days=days)).date()
        with papers_of(current).shared(found.label):
            written = write_letters(open_office(current), found, target, due, ward=only, deputy=deputy)
    for path, letter in written:
        _print_written(path, letter)
    if not written:
        out.print(_("No ward has an open finding to be asked about."))


def _print_written(path: Path, letter: Letter) -> None:
    """Print where a letter lies, and which points to hold against the original before signing."""
    out.print(escape(str(path)), soft_wrap=True)
    unsure = [str(number) for number, point in enumerate(letter.points, 1) if point.unsure]
    if unsure:
        text = _("see the original before signing: the machine may have misread what stands in point {points}")
        out.print("  [yellow]" + text.format(points=", ".join(unsure)) + "[/]", soft_wrap=True)
