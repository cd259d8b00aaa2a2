"""`cchc dictionary`: what a column, a figure or an indicator means, found by words.

Belongs here: the call and its table. Stays out: meanings and searching (`warehouse.dictionary`).
"""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from cchc.errors import CallError
from cchc.messages import language, translator
from pipelines.cli.common import errors_told, out
from warehouse.dictionary import search

_ = translator("warehouse")

Words = Annotated[list[str], typer.Argument(help=_("Words to look for, with or without marks."))]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("dictionary", help=_("Find what a column, a figure or an indicator means."))(look_up)


def look_up(words: Words) -> None:
    """Print where the words stand, what it is called there and what it means."""
    asked = " ".join(words)
    with errors_told():
        found = search(asked, language())
        if not found:
            raise CallError(_("nothing in the dictionary has “{words}”; try fewer words").format(words=asked))
    table = Table(header_style="bold")
    for heading in (_("Where"), _("Label"), _("Meaning"), _("Source form")):
        table.add_column(heading, overflow="fold")
    for line in found:
        table.add_row(*(escape(text) for text in (line.where, line.label, line.meaning, line.source)))
    out.print(table)
