"""`cchc rank`: the ranking of a round as the figures stand now; registers its sibling `cchc rollup` too.

Belongs here: layout for a terminal. Stays out: computing (`scoring`); nothing is saved.
"""

from __future__ import annotations

from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.markup import escape
from rich.table import Table

from catalogue.scorecards import Scorecard, scorecard_for
from cchc.formats import number, percent
from cchc.messages import language, translator
from pipelines.cli.common import Exit, err, errors_told, open_office, out, settings
from pipelines.cli.known import latest_round, round_named
from pipelines.cli.rollup import KindOption, rollup_command, scope_of
from scoring.values import Ranking, RankRow, Robustness, Scope
from warehouse.scores.store import current_result

_ = translator("scoring")

RoundOption = Annotated[str | None, typer.Option("--round", help=_("Round, as 2024-Q3; the latest by default."))]
CardOption = Annotated[str | None, typer.Option("--scorecard", help=_("Scorecard; that of the settings by default."))]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("rank", help=_("Rank the wards of a round, and tell how firm each place is."))(rank)
    app.command("rollup", help=_("Total the figures of a round for the district, with the wards each total covers."))(
        rollup_command
    )


def rank(round_label: RoundOption = None, scorecard: CardOption = None, kind: KindOption = "all") -> None:
    """Print the ranking; leave with 1 where a ward has no place."""
    scope = scope_of(kind)
    with errors_told():
        current = settings()
        engine = open_office(current)
        found = round_named(round_label) if round_label else latest_round(engine)
        if found is None:
            err.print(_("No report has been taken in yet; begin with cchc collect."))
            raise typer.Exit(Exit.NEEDS_PERSON)
        card = scorecard_for(found, scorecard or current.scorecard)
        ranking = current_result(engine, found.label, card).ranking
    out.print(ranking_table(ranking, card, scope))
    for line in unranked_lines(ranking, scope):
        out.print(f"[yellow]●[/] {escape(line)}")
    out.print(legend(), style="dim")
    out.print(escape(_("Source of the scorecard: {source}").format(source=card.source)), style="dim")
    if any(row.rank is None for row in ranking.rows):
        raise typer.Exit(Exit.NEEDS_PERSON)


def ranking_table(ranking: Ranking, card: Scorecard, scope: Scope = "all") -> Table:
    """Return the ranking as a table narrow enough for any terminal; `legend` tells what its signs mean."""
    title = _("Ranking {round} – {card}, version {version}").format(
        round=ranking.round, card=card.title, version=card.version
    )
    table = Table(
        title=escape(title),
        header_style="bold",
        title_justify="left",
        box=SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )
    for heading, width in ((_("Place"), 7), ("±", 2)):
        table.add_column(heading, justify="right", min_width=width)
    table.add_column(_("Ward"))
    table.add_column(_("Points"), justify="right", min_width=6)
    for heading in (_("Class"), _("Full"), _("May be"), _("Tier"), _("Remarks")):
        table.add_column(heading)
    for row in ranking.rows:
        if scope in ("all", row.kind):
            table.add_row(*_cells(row, card))
    return table


def unranked_lines(ranking: Ranking, scope: Scope = "all") -> list[str]:
    """Return why each ward without a place has none."""
    return [
        f"{row.kind} {row.name}: {row.reason_en if language() == 'en' else row.reason_vi}"
        for row in ranking.rows
        if row.rank is None and scope in ("all", row.kind)
    ]


def legend() -> str:
    """Return what headings and signs stand for."""
    return _(
        "Place: among all wards (among its kind). Full: share of the points with figures. May be: places over 1,000 "
        "weightings, all bounds of gaps and all ways of deciding what is open (share keeping the place). Tier: wards "
        "of one tier cannot be told apart.\n"
        "?n open findings  !n figures marked  ∅n criteria without figures  %n printed percentages in place of numbers  "
        "✎n figures decided  ≈ lead over the next not firm  "
        "⧖n criteria that wait for a person: the place is provisional"
    )


def change_text(change: int | None) -> str:
    """Return a change of place as an arrow and the number of places."""
    if change is None:
        return "–"
    return "=" if change == 0 else f"{'▲' if change > 0 else '▼'}{abs(change)}"


def _cells(row: RankRow, card: Scorecard) -> tuple[str, ...]:
    return (
        f"{row.rank} ({row.rank_in_kind})" if row.rank else "–",
        change_text(row.change),
        escape(f"{row.kind} {row.name}"),
        number(row.total, card.decimals),
        escape(row.grade or "–"),
        percent(row.completeness * 100, 0),
        _possible(row.robustness),
        str(row.robustness.tier) if row.robustness else "–",
        _remarks(row) if row.rank else "",
    )


def _possible(firm: Robustness | None) -> str:
    """Return the places a ward may take, and how often it keeps its own."""
    if firm is None:
        return "–"
    places = str(firm.best) if firm.best == firm.worst else f"{firm.best}–{firm.worst}"
    return f"{places} ({percent(firm.kept_share * 100, 0)})"


def _remarks(row: RankRow) -> str:
    marks = row.marks
    counts = (("?", marks.open_findings), ("!", marks.marked_figures), ("∅", marks.gaps), ("%", marks.fallbacks),
              ("✎", marks.decided_figures), ("⧖", len(row.provisional)))  # fmt: skip
    firm = row.robustness is None or row.robustness.lead_share is None or row.robustness.separated
    return " ".join([f"{sign}{count}" for sign, count in counts if count] + ([] if firm else ["≈"]))
