"""`cchc sql`: a question in SQL, answered and nothing changed.

Belongs here: layout of an answer as table, CSV or JSON. Stays out: asking (`warehouse.sql`).
"""

from __future__ import annotations

import csv
import json
import sys
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from cchc.messages import translator
from pipelines.cli.common import err, errors_told, open_office, out, settings
from warehouse import sql
from warehouse.export.table import plain_text

_ = translator("warehouse")


class Layout(StrEnum):
    """How an answer is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


Statement = Annotated[str, typer.Argument(help=_("The question, as SELECT …; - reads it from standard input."))]
LayoutOption = Annotated[Layout, typer.Option("--format", help=_("table for people, csv or json for programs."))]
MostOption = Annotated[int, typer.Option("--limit", min=0, help=_("Rows at most; 0 for all."))]
SecondsOption = Annotated[float, typer.Option("--seconds", min=0.1, help=_("Give up after so many seconds."))]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("sql", help=_("Answer a question in SQL over the warehouse; nothing can be changed."))(ask)


def ask(
    statement: Statement, layout: LayoutOption = Layout.TABLE, limit: MostOption = 1000, seconds: SecondsOption = 60
) -> None:
    """Print the answer; say so on standard error where rows were left out."""
    question = sys.stdin.read() if statement == "-" else statement
    with errors_told():
        engine = open_office(settings())
        answer = sql.query(engine, question, most_rows=limit or None, seconds=seconds)
    _PRINTERS[layout](answer)
    if answer.cut:
        err.print(escape(_("There are more rows; ask for them with --limit.")))


def _print_table(answer: sql.Answer) -> None:
    table = Table(header_style="bold")
    numeric = [_is_numeric(answer, place) for place in range(len(answer.columns))]
    for name, right in zip(answer.columns, numeric, strict=True):
        table.add_column(escape(name), justify="right" if right else "left")
    for row in answer.rows:
        table.add_row(*(escape(_shown(value)) for value in row))
    out.print(table)


def _print_csv(answer: sql.Answer) -> None:
    writer = csv.writer(sys.stdout)
    writer.writerow(answer.columns)
    writer.writerows([plain_text(value) for value in row] for row in answer.rows)


def _print_json(answer: sql.Answer) -> None:
    for row in answer.rows:
        print(json.dumps(dict(zip(answer.columns, row, strict=True)), ensure_ascii=False, default=plain_text))


_PRINTERS = {Layout.TABLE: _print_table, Layout.CSV: _print_csv, Layout.JSON: _print_json}


def _is_numeric(answer: sql.Answer, place: int) -> bool:
    values = [row[place] for row in answer.rows if row[place] is not None]
    return bool(values) and not any(isinstance(value, str) for value in values)


def _shown(value: Any) -> str:
    return "–" if value is None else str(value)
