"""`cchc show`: the figures of one ward and round, each with its sentence, and the numbers nobody could explain.

Belongs here: layout for a terminal. Stays out: queries (`warehouse.queries`).
"""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from catalogue.figures import figure_definitions
from cchc import formats
from cchc.messages import spoken, translator
from parsers.reading import AccountKind, Reading
from pipelines.cli.common import SEVERITY_STYLE, Exit, err, errors_told, open_office, out, settings
from pipelines.cli.known import round_named, ward_named
from warehouse.queries import figures_long, findings, reading_of
from warehouse.rows import FigureRow

_ = translator("cli")


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("show", help=_("Show the figures of one ward's report, each with the sentence it was read from."))(show)


def show(
    ward: Annotated[str, typer.Argument(help=_("Ward, as pho-minh."))],
    round_label: Annotated[str, typer.Argument(metavar="ROUND", help=_("Round, as 2024-Q3."))],
) -> None:
    """Print one line a figure: value, state, page and sentence, then the open findings."""
    with errors_told():
        label, ward = round_named(round_label).label, ward_named(ward)
        engine = open_office(settings())
        rows = [row for row in figures_long(engine, label) if row.ward == ward]
        open_findings = findings(engine, label, ward=ward, open_only=True)
        reading = reading_of(engine, ward, label)
    if not rows:
        err.print(_("Nothing is loaded for {ward} in {round}; cchc status says why.").format(ward=ward, round=label))
        raise typer.Exit(Exit.NEEDS_PERSON)
    out.print(figure_table(rows))
    for finding in open_findings:
        message = spoken(finding)
        out.print(f"[{SEVERITY_STYLE[finding.severity]}]●[/] {escape(message)}")
    if reading is not None:
        print_unexplained(reading)


def print_unexplained(reading: Reading) -> None:
    """Print the share of the report's numbers that have an account, and those that have none with their sentence."""
    share = formats.percent(reading.explained_share * 100, 1)
    out.print(_("{share} of the report's {n} numbers are accounted for.").format(share=share, n=len(reading.accounts)))
    for account in reading.accounts:
        if account.kind is AccountKind.UNEXPLAINED:
            page = _("page {n}").format(n=account.page) if account.page else ""
            out.print(f"  [magenta]?[/] [bold]{escape(account.raw)}[/] [dim]{escape(account.sentence)} {page}[/]")


STATUS_STYLE = {"entered": "green", "marked": "yellow", "waiting": "magenta", "blocked": "bold red"}


def figure_table(rows: list[FigureRow]) -> Table:
    """Return the figures as a table in the order of the catalogue."""
    order = {code: place for place, code in enumerate(figure_definitions())}
    table = Table(header_style="bold", expand=True)
    table.add_column(_("Figure"), ratio=3)
    table.add_column(_("Value"), justify="right", no_wrap=True)
    table.add_column(_("State"), no_wrap=True)
    table.add_column(_("Page"), justify="right")
    table.add_column(_("Sentence"), ratio=5)
    for row in sorted(rows, key=lambda r: order[r.figure]):
        table.add_row(
            f"{figure_definitions()[row.figure].meaning_vi}\n[dim]{row.figure}[/]",
            shown_value(row),
            f"[{STATUS_STYLE[row.status]}]{status_words()[row.status]}[/]",
            str(row.page or "–"),
            escape(row.sentence),
        )
    return table


def shown_value(row: FigureRow) -> str:
    """Return the value that counts, or the printed one in brackets where it does not count yet."""
    value = row.value if row.value is not None else row.printed
    text = formats.number(value) + {"percent": "%", "vnd": " đ"}.get(row.unit, "")
    return text if row.value is not None else f"({text})"


def status_words() -> dict[str, str]:
    """Return what the states of a figure are called."""
    return {
        "entered": _("counts"),
        "marked": _("counts, marked"),
        "waiting": _("waits for a person"),
        "blocked": _("blocked"),
    }
