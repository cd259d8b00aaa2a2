"""`cchc compare`: a round's reports held against a table that another system exports.

Belongs here: arguments, keeping the file, and what is printed. Stays out: reading the table (`parsers.exports`),
comparing (`validation.systems`), keeping values and findings (`warehouse.system_values`).
"""

from __future__ import annotations

import csv
import getpass
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from catalogue.wards import wards, wards_on
from cchc.clock import now
from cchc.messages import language, translator
from parsers.exports import Exported, read_export
from pipelines.arrival.arrivals import plain_name
from pipelines.cli.common import Exit, errors_told, open_office, out, settings
from pipelines.cli.identity import acting
from pipelines.cli.known import round_named, ward_named
from pipelines.keeping.archive import Archive
from pipelines.keeping.shelf import papers_of
from validation.finding import Finding
from validation.systems import SystemValue
from warehouse.people.roles import Right
from warehouse.system_values import take_values

_ = translator("cli")


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(
        "compare",
        help=_(
            "Hold the reports of a round against a table of another system (XLSX, CSV); differences become findings."
        ),
    )(compare)


def compare(
    table: Annotated[Path, typer.Argument(help=_("Table, as Biểu 06 or an export of the one-stop software."))],
    round_label: Annotated[str, typer.Option("--round", help=_("Round, as 2024-Q3."))],
    ward: Annotated[str | None, typer.Option("--ward", help=_("Unit of a table that has a total only."))] = None,
    by: Annotated[str, typer.Option("--by", help=_("Who takes the table in; who is signed in otherwise."))] = "",
) -> None:
    """Keep the table's values, make every difference a finding, print them, and leave with 1 where there is one."""
    with errors_told():
        current, found = settings(), round_named(round_label)
        units = wards_on(found.window_end)
        exported = read_export(table, units, ward_named(ward) if ward else None)
        engine = open_office(current)
        person = acting(current, engine, by, Right.INTAKE)
        sha256 = Archive(current.archive_url).put(table).sha256
        values = _values(exported, plain_name(table.name))
        taken = {value.ward for value in values}
        every = take_values(engine, found.label, values, sha256, person.name or getpass.getuser(), now())
        differences = [finding for finding in every if finding.ward in taken]
        path = current.outputs / found.label / f"doi-chieu-{table.stem}.csv"
        with papers_of(current).shared(found.label):
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, differences)
    for finding in differences:
        out.print(escape(_line(finding)), soft_wrap=True)
    text = _("{units} units compared, {n} differences, each a finding of the round (cchc decide KEY): {path}")
    out.print(text.format(units=len(taken), n=len(differences), path=escape(str(path))), soft_wrap=True)
    missing = [unit.full_name for unit in units if unit.slug not in taken]
    if missing and ward is None:
        text = _("Not in the table: {units}")
        out.print(escape(text.format(units=", ".join(missing))), soft_wrap=True)
    raise typer.Exit(Exit.NEEDS_PERSON if differences else Exit.DONE)


def _values(exported: list[Exported], source: str) -> list[SystemValue]:
    return [
        SystemValue(one.ward, code, value, source, one.cells[code], one.headings[code])
        for one in exported
        for code, value in one.values.items()
    ]


def _line(finding: Finding) -> str:
    """Return a difference with its key, as `cchc findings` gives it, and its unit."""
    message = finding.message_en if language() == "en" else finding.message_vi
    return f"{finding.key[:8]}  {wards()[finding.ward].full_name}: {message}"


def _write(path: Path, differences: list[Finding]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["key", "ward", "figure", "printed", "message"])
        writer.writerows([f.key, f.ward, f.figures[0], f.printed, f.message_vi] for f in differences)
