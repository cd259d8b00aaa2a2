"""`cchc letters`: a letter to every ward with open findings, ready to sign.

Belongs here: whom to write to and where the files go. Stays out: what a letter says (`publications.letters`).
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from catalogue.office import office
from catalogue.wards import wards
from cchc.clock import now
from cchc.messages import translator
from pipelines.cli.common import errors_told, out, settings
from pipelines.cli.known import round_named, ward_named
from publications.letters import Letter, letter_to, write_letter
from warehouse.connection import open_warehouse
from warehouse.queries import findings, ledger

_ = translator("letters")

DAYS = 5
"""Days a ward has to answer unless the command says otherwise."""


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
        label, only = found.label, ward_named(ward) if ward else None
        target = folder or current.outputs / label / "letters"
        due = (now() + timedelta(days=days)).date()
        engine = open_warehouse(current.warehouse_url)
        open_findings = findings(engine, label, only, open_only=True)
        written: list[tuple[Path, Letter]] = []
        for row in ledger(engine, label):
            concerned = [f for f in open_findings if f.ward == row.ward]
            letter = letter_to(wards()[row.ward], found, concerned, due, row.doc_no, row.doc_date)
            if letter is not None:
                target.mkdir(parents=True, exist_ok=True)
                path = write_letter(letter, office(), target / file_name(letter), deputy=deputy)
                written.append((path, letter))
    for path, letter in written:
        _print_written(path, letter)
    if not written:
        out.print(_("No ward has an open finding to be asked about."))


def file_name(letter: Letter) -> str:
    """Return the name of a letter's file: ward and round, never anything from outside."""
    return f"cong-van-{letter.ward.slug}-{letter.round.label}.docx"


def _print_written(path: Path, letter: Letter) -> None:
    """Print where a letter lies, and which points to hold against the original before signing."""
    out.print(escape(str(path)), soft_wrap=True)
    unsure = [str(number) for number, point in enumerate(letter.points, 1) if point.unsure]
    if unsure:
        text = _("see the original before signing: the machine may have misread what stands in point {points}")
        out.print("  [yellow]" + text.format(points=", ".join(unsure)) + "[/]", soft_wrap=True)
