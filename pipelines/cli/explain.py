"""`cchc explain`: why a ward stands where it stands, down to sentence and page.

Belongs here: layout for a terminal. Stays out: the explanation itself (`scoring.explain`).
"""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.tree import Tree

from catalogue.scorecards import scorecard_for
from cchc.messages import translator
from pipelines.cli.common import Exit, RoundArgument, err, errors_told, open_office, out, settings
from pipelines.cli.known import find_ward, round_named
from scoring.explain import Node, explain
from warehouse.scores.store import current_result

_ = translator("scoring")

WardArgument = Annotated[str, typer.Argument(help=_("Ward, as pho-minh."))]
CardOption = Annotated[str | None, typer.Option("--scorecard", help=_("Scorecard; that of the settings by default."))]
PlainOption = Annotated[bool, typer.Option("--plain", help=_("Plain lines, indented; for files and other programs."))]

STYLES = {
    "rank": "bold",
    "criterion": "bold",
    "figure": "",
    "sentence": "italic",
    "change": "cyan",
    "robustness": "cyan",
}


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("explain", help=_("Explain a ward's place: points, ratios, figures, sentences and pages."))(
        explain_command
    )


def explain_command(
    ward: WardArgument, round_label: RoundArgument, scorecard: CardOption = None, plain: PlainOption = False
) -> None:
    """Print the explanation as a tree."""
    with errors_told():
        current = settings()
        found = round_named(round_label)
        card = scorecard_for(found, scorecard or current.scorecard)
        result = current_result(open_office(current), found.label, card)
    slug = find_ward(ward)
    score = next((s for s in result.scores if s.ward == slug), None)
    row = result.ranking.row(slug) if slug else None
    if score is None or row is None:
        known = ", ".join(s.ward for s in result.scores)
        err.print(escape(_("'{ward}' is no ward of {round}; they are: {known}").format(
            ward=ward, round=found.label, known=known)))  # fmt: skip
        raise typer.Exit(Exit.USAGE)
    node = explain(row, score, result.ranking, card)
    if plain:
        for line in node.lines():
            out.print(escape(line), soft_wrap=True)
    else:
        out.print(as_tree(node))


def as_tree(node: Node, tree: Tree | None = None) -> Tree:
    """Return an explanation as a tree for the terminal."""
    style = STYLES.get(node.kind, "")
    branch = Tree(escape(node.text), style=style) if tree is None else tree.add(escape(node.text), style=style)
    for child in node.children:
        as_tree(child, branch)
    return branch
