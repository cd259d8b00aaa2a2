"""`cchc compare`: a round's reports held against a table that another system exports.

Belongs here: arguments and what is printed. Stays out: reading the table (`parsers.exports`), comparing (`validation`).
"""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from catalogue.figures import figure_definitions
from catalogue.wards import wards, wards_on
from cchc.formats import number
from cchc.messages import translator
from parsers.exports import read_export
from pipelines.cli.common import Exit, errors_told, out, settings
from pipelines.cli.known import round_named, ward_named
from validation.systems import SystemDifference, system_differences
from warehouse.connection import open_warehouse
from warehouse.queries import figures_long

_ = translator("cli")


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(
        "compare", help=_("Hold the reports of a round against a table of another system (XLSX, CSV); changes nothing.")
    )(compare)


def compare(
    table: Annotated[Path, typer.Argument(help=_("Table, as Biểu 06 or an export of the one-stop software."))],
    round_label: Annotated[str, typer.Option("--round", help=_("Round, as 2024-Q3."))],
    ward: Annotated[str | None, typer.Option("--ward", help=_("Unit of a table that has a total only."))] = None,
) -> None:
    """Print every difference, write them beside the papers, and leave with 1 where there is one."""
    with errors_told():
        current, found = settings(), round_named(round_label)
        exported = read_export(table, wards_on(found.window_end), ward_named(ward) if ward else None)
        reported: dict[str, dict[str, Decimal | None]] = {}
        for row in figures_long(open_warehouse(current.warehouse_url), found.label):
            reported.setdefault(row.ward, {})[row.figure] = row.printed if row.value is None else row.value
        differences = [
            difference
            for one in exported
            for difference in system_differences(one.ward, reported.get(one.ward, {}), one.values, one.headings)
        ]
        path = current.outputs / found.label / f"doi-chieu-{table.stem}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, differences)
    for difference in differences:
        out.print(escape(sentence(difference)), soft_wrap=True)
    out.print(_("{units} units compared, {n} differences: {path}").format(
        units=len(exported), n=len(differences), path=escape(str(path))
    ), soft_wrap=True)  # fmt: skip
    raise typer.Exit(Exit.NEEDS_PERSON if differences else Exit.DONE)


def sentence(difference: SystemDifference) -> str:
    """Return a difference in words: "xã Ba Tơ, Hồ sơ tiếp nhận: báo cáo ghi 536, hệ thống ghi 540"."""
    text = (
        _("{unit}, {figure}: the report says {reported}, the system says {system}")
        if difference.reported is not None
        else _("{unit}, {figure}: the report says nothing, the system says {system}")
    )
    return text.format(
        unit=wards()[difference.ward].full_name,
        figure=figure_definitions()[difference.figure].meaning_vi,
        reported=number(difference.reported),
        system=number(difference.system),
    )


def _write(path: Path, differences: list[SystemDifference]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["ward", "figure", "reported", "system", "heading"])
        for one in differences:
            writer.writerow(
                [one.ward, one.figure, one.reported if one.reported is not None else "", one.system, one.heading]
            )
