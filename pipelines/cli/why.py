"""`cchc why`: how a number of a file came to be what it is, as a tree.

Belongs here: arguments and drawing. Stays out: the derivation (`parsers.judge.trace`).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.tree import Tree

from cchc.messages import translator
from pipelines.cli.common import Exit, err, errors_told, out

if TYPE_CHECKING:
    from parsers.judge.trace import Branch

_ = translator("judge")


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("why", help=_("Show how a number of a report came to be what it is."))(why)


def why(
    file: Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help=_("A report."))],
    figure: Annotated[str | None, typer.Option("--figure", help=_("Code of a figure."))] = None,
    number: Annotated[str | None, typer.Option("--number", help=_("A number as it is printed."))] = None,
) -> None:
    """Print one tree a number: phrases, both readers, the judge's terms, the verdict."""
    from parsers.identity import identify
    from parsers.judge.trace import traces
    from parsers.readers import read_document

    with errors_told():
        document = read_document(file)
        found = list(traces(document, identify(document, file.name), figure, number))
    if not found:
        err.print(_("No such number was found in {file}.").format(file=file.name))
        raise typer.Exit(Exit.NEEDS_PERSON)
    for branch in found:
        out.print(_drawn(branch))


def _drawn(branch: Branch, tree: Tree | None = None) -> Tree:
    here = Tree(escape(branch.text)) if tree is None else tree.add(escape(branch.text))
    for below in branch.branches:
        _drawn(below, here)
    return here
