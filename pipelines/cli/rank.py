"""`cchc rank`: the ranking of a round as the figures stand now; registers its sibling `cchc rollup` too.

Belongs here: layout for a terminal. Stays out: computing (`warehouse.scoring`); nothing is saved.
"""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from catalogue.rounds import parse_round
from catalogue.scorecards import Scorecard, scorecard_for
from cchc.formats import number, percent
from cchc.messages import language, translator
from pipelines.cli.common import Exit, err, errors_told, out, settings
from pipelines.cli.known import latest_round
from pipelines.cli.rollup import rollup_command
from warehouse.engine import open_warehouse
from warehouse.scoring.store import current_result
from warehouse.scoring.values import QualityMarks, Ranking, RankRow, Robustness

_ = translator("scoring")

RoundOption = Annotated[str | None, typer.Option("--round", help=_("Round, as 2024-Q3; the latest by default."))]
CardOption = Annotated[str | None, typer.Option("--scorecard", help=_("Scorecard; that of the settings by default."))]
KindOption = Annotated[str | None, typer.Option("--kind", help=_("Only wards of this kind: phường or xã."))]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("rank", help=_("Rank the wards of a round, and tell how firm each place is."))(rank)
    app.command("rollup", help=_("Total the figures of a round for the district, with the wards each total covers."))(
        rollup_command
    )


def rank(round_label: RoundOption = None, scorecard: CardOption = None, kind: KindOption = None) -> None:
    """Print the ranking; leave with 1 where a ward has no place."""
    with errors_told():
        current = settings()
        engine = open_warehouse(current.warehouse_url)
        found = parse_round(round_label) if round_label else latest_round(engine)
        if found is None:
            err.print(_("No report has been taken in yet; begin with cchc collect."))
            raise typer.Exit(Exit.NEEDS_PERSON)
        card = scorecard_for(found, scorecard or current.scorecard)
        ranking = current_result(engine, found.label, card).ranking
    out.print(ranking_table(ranking, card, kind))
    out.print(escape(_("Source of the scorecard: {source}").format(source=card.source)), style="dim")
    if any(row.rank is None for row in ranking.rows):
        raise typer.Exit(Exit.NEEDS_PERSON)


def ranking_table(ranking: Ranking, card: Scorecard, kind: str | None = None) -> Table:
    """Return the ranking as a table, the unranked below with their reasons."""
    title = _("Ranking {round} – {card}, version {version}").format(
        round=ranking.round, card=card.title, version=card.version
    )
    table = Table(title=escape(title), header_style="bold", title_justify="left")
    for heading in (_("Place"), _("Change"), _("In kind"), _("Points")):
        table.add_column(heading, justify="right")
    table.add_column(_("Ward"), no_wrap=True)
    for heading in (_("Class"), _("Complete"), _("Possible places"), _("Keeps place"), _("Remarks")):
        table.add_column(heading)
    for row in ranking.rows:
        if kind is None or row.kind == kind:
            table.add_row(*_cells(row, card))
    return table


def _cells(row: RankRow, card: Scorecard) -> tuple[str, ...]:
    remarks = (row.reason_en if language() == "en" else row.reason_vi) if row.rank is None else _remarks(row)
    return (
        str(row.rank or "–"),
        change_text(row.change),
        str(row.rank_in_kind or "–"),
        number(row.total, card.decimals),
        escape(f"{row.kind} {row.name}"),
        escape(row.grade or "–"),
        percent(row.completeness * 100, 0),
        _possible(row.robustness),
        percent(row.robustness.kept_share * 100, 0) if row.robustness else "–",
        escape(remarks),
    )


def change_text(change: int | None) -> str:
    """Return a change of place as an arrow and the number of places."""
    if change is None:
        return "–"
    return "=" if change == 0 else f"{'▲' if change > 0 else '▼'}{abs(change)}"


def _possible(firm: Robustness | None) -> str:
    if firm is None:
        return "–"
    return str(firm.best) if firm.best == firm.worst else f"{firm.best}–{firm.worst}"


def _remarks(row: RankRow) -> str:
    remarks = _quality(row.marks)
    if row.robustness and row.robustness.lead_share is not None and not row.robustness.separated:
        remarks.append(_("lead over the next is not firm"))
    return "; ".join(remarks)


def _quality(marks: QualityMarks) -> list[str]:
    counts = (
        (marks.open_findings, _("{n} open findings")),
        (marks.marked_figures, _("{n} figures marked")),
        (marks.gaps, _("{n} criteria without figures")),
        (marks.fallbacks, _("{n} printed percentages in place of numbers")),
        (marks.decided_figures, _("{n} figures decided")),
    )
    return [text.format(n=count) for count, text in counts if count]
