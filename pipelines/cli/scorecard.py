"""`cchc scorecard`: check a scorecard, set two side by side, try one on a round, print the schema of their files.

Belongs here: arguments and layout for a terminal. Stays out: what makes a card wrong (`catalogue.scorecards`), what
another would change (`scoring.simulate`), marks by hand (`marks`).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from catalogue.rounds import Round
from catalogue.scorecards import DEFAULT, Scorecard, load_scorecard, read_scorecard, scorecard_for, scorecards
from catalogue.scorecards.schema import json_schema
from cchc.formats import day, number, percent
from cchc.messages import translator
from pipelines.cli.common import Exit, RoundArgument, errors_told, open_office, out, settings
from pipelines.cli.known import round_named
from pipelines.cli.marks import add_marking
from pipelines.cli.rank import change_text
from scoring.audit import Audit, audit
from scoring.card_phrases import value_text
from scoring.phrases import figure_name
from scoring.simulate import CardChange, SimulatedMove, diff, simulate
from scoring.widths import Source
from warehouse.scores.fetch import round_figures

_ = translator("scoring")

CardArgument = Annotated[str, typer.Argument(help=_("Scorecard: a name, or a YAML file."))]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    group = typer.Typer(help=_("Check, compare and try scorecards."), no_args_is_help=True)
    group.command("check", help=_("Check a scorecard, or all that ship; every mistake with its line."))(check)
    group.command("diff", help=_("Show how one scorecard differs from another."))(diff_command)
    group.command("simulate", help=_("Show what another scorecard would change in a round; saves nothing."))(
        simulate_command
    )
    group.command(
        "audit",
        help=_("Try a scorecard on a round: gain by omission, ceilings, criteria that are one, weight without data."),
    )(audit_command)
    group.command("schema", help=_("Print the JSON schema of a scorecard's file, for editors."))(schema_command)
    add_marking(group)
    app.add_typer(group, name="scorecard")


def check(
    cards: Annotated[list[str] | None, typer.Argument(help=_("Scorecards: names, or YAML files."))] = None,
) -> None:
    """Print each card that is right; a wrong one ends the call with its mistakes."""
    with errors_told():
        found = [_card(name) for name in cards] if cards else list(scorecards())
    for card in found:
        out.print(card_table(card))
        out.print(escape(_("Source: {source}").format(source=card.source)), style="dim")


def schema_command() -> None:
    """Print the schema as it ships beside the cards."""
    typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


def diff_command(before: CardArgument, after: CardArgument) -> None:
    """Print the differences, one a line."""
    with errors_told():
        changes = diff(_card(before), _card(after))
    for change in changes:
        out.print(escape(change_line(change)))
    if not changes:
        out.print(_("The two scorecards are the same."))


def simulate_command(
    round_label: RoundArgument,
    card: CardArgument,
    against: Annotated[str | None, typer.Option("--against", help=_("Scorecard to compare with."))] = None,
) -> None:
    """Print every ward under both cards."""
    with errors_told():
        current = settings()
        found = round_named(round_label)
        before = _card(against, found) if against else scorecard_for(found, current.scorecard)
        after = _card(card, found)
        figures = round_figures(open_office(current), found.label, before)
        moves = simulate(figures, before, after)
    out.print(simulation_table(moves, before, after))


def audit_command(round_label: RoundArgument, card: CardArgument = DEFAULT) -> None:
    """Print what is weak about a card; leave with 1 where hiding a figure would gain anything."""
    with errors_told():
        found = round_named(round_label)
        tried = _card(card, found)
        figures = round_figures(open_office(settings()), found.label, tried)
        result = audit(figures, tried)
    out.print(audit_table(result, tried, found.label))
    for line in audit_lines(result, tried):
        out.print(escape(line), soft_wrap=True)
    if result.gains:
        raise typer.Exit(Exit.NEEDS_PERSON)


def audit_table(result: Audit, card: Scorecard, round_label: str) -> Table:
    """Return the criteria of an audited card, one row each."""
    title = _("{title} ({name}, version {version}) tried on {round}, {n} wards").format(
        title=card.title, name=card.name, version=card.version, round=round_label, n=result.wards
    )
    table = Table(title=escape(title), header_style="bold", title_justify="left")
    table.add_column(_("Criterion"))
    for heading in (_("Points"), _("Wards scored"), _("At the ceiling"), _("Spread of points")):
        table.add_column(heading, justify="right")
    titles = {criterion.code: criterion.title for criterion in card.criteria}
    for row in result.criteria:
        table.add_row(
            escape(titles[row.criterion]),
            number(row.points),
            percent(row.scored * 100, 0),
            percent(row.ceiling * 100, 0),
            number(row.spread, card.decimals),
        )
    return table


def audit_lines(result: Audit, card: Scorecard) -> list[str]:
    """Return what an audit found besides the table, a line each."""
    titles = {criterion.code: criterion.title for criterion in card.criteria}
    ways = {"left out": _("left out"), "dropped by a later version": _("dropped by a later version"),
            "kept out by an error": _("kept out by an error"), "below zero": _("below zero")}  # fmt: skip
    lines = [_("Gain by omission: {n}").format(n=len(result.gains))]
    lines += [
        _("{ward}, {figure}, {way}: {points} points, {places} places").format(
            ward=gain.ward, figure=figure_name(gain.figure), way=ways[gain.way],
            points=number(gain.points, card.decimals), places=gain.places,
        )
        for gain in result.gains
    ]  # fmt: skip
    lines += [
        _("{first} and {second} go together ({correlation}): {points} points on what is nearly one measure").format(
            first=titles[pair.first], second=titles[pair.second], correlation=number(pair.correlation, 2),
            points=number(pair.points),
        )
        for pair in result.correlated
    ] or [_("Criteria that go together: none")]  # fmt: skip
    text = _("Points without any data: {points} of {total}")
    return [*lines, text.format(points=number(result.without_data), total=number(card.total)), *width_lines(result)]


def width_lines(result: Audit) -> list[str]:
    """Return where the width of the wards' totals comes from, the widest source first, a line each."""
    names = {
        Source.NOT_PRINTED: _("figures not printed and not asked for yet: from nothing to all points"),
        Source.UNSURE: _("figures we are not sure of"),
        Source.CONTRADICTORY: _("figures that contradict, cannot be, or were dropped"),
        Source.NO_MARK: _("marks or days of arrival that are missing"),
        Source.FIGURES: _("open findings, choice of measure, small counts"),
        Source.WEIGHTS: _("weights varied by 20 %, points as they are"),
    }
    line = _("Mean width of a total, {source}: {points} points ({n} of {wards} wards)")
    return [
        line.format(source=names[w.source], points=number(w.points, 2), n=w.wards, wards=result.wards)
        for w in result.widths
    ]


def card_table(card: Scorecard) -> Table:
    """Return a card as a table, one row a criterion."""
    title = _("{title} ({name}, version {version}, in force from {day})").format(
        title=card.title, name=card.name, version=card.version, day=day(card.valid_from)
    )
    table = Table(title=escape(title), header_style="bold", title_justify="left")
    table.add_column(_("Criterion"))
    table.add_column(_("Points"), justify="right")
    for heading in (_("Kind"), _("Denominator 0"), _("Figures a report must print (one line, whole)")):
        table.add_column(heading)
    for criterion in card.criteria:
        table.add_row(
            escape(f"{criterion.title}\n{criterion.code}"),
            number(criterion.points),
            criterion.kind,
            criterion.when_zero if any(m.denominator for m in criterion.measures) else "–",
            escape("\n".join(m.formula for m in criterion.measures) or "–"),
        )
    return table


def change_line(change: CardChange) -> str:
    """Return one difference as a line."""
    if change.kind == "added":
        return _("+ {criterion} ({points} points)").format(criterion=change.criterion, points=change.after)
    if change.kind == "removed":
        return _("- {criterion} ({points} points)").format(criterion=change.criterion, points=change.before)
    where = f"{change.criterion}.{change.field}" if change.criterion else change.field
    return f"~ {where}: {value_text(change.before)} → {value_text(change.after)}"


def simulation_table(moves: tuple[SimulatedMove, ...], before: Scorecard, after: Scorecard) -> Table:
    """Return each ward under both cards as a table, in the order of the second ranking."""
    title = _("{before} version {old} → {after} version {new}").format(
        before=before.name, old=before.version, after=after.name, new=after.version
    )
    table = Table(title=escape(title), header_style="bold", title_justify="left")
    table.add_column(_("Ward"))
    for heading in (_("Place before"), _("Place after"), _("Change"), _("Points before"), _("Points after")):
        table.add_column(heading, justify="right")
    table.add_column(_("Criteria that carry the difference"))
    titles = {criterion.code: criterion.title for criterion in (*after.criteria, *before.criteria)}
    for move in moves:
        change = move.rank_before - move.rank_after if move.rank_before and move.rank_after else None
        table.add_row(
            escape(move.name),
            str(move.rank_before or "–"),
            str(move.rank_after or "–"),
            change_text(change),
            number(move.total_before, before.decimals),
            number(move.total_after, after.decimals),
            escape("; ".join(f"{titles[code]} {number(gain, 2)}" for code, gain in move.gained[:3])),
        )
    return table


def _card(name: str, found: Round | None = None) -> Scorecard:
    """Return the card of a file, or of a name: in the version that holds for a round, the newest where none does."""
    path = Path(name)
    if path.suffix in (".yaml", ".yml"):
        return read_scorecard(path)
    holding = [card for card in scorecards() if card.name == name and found and card.holds_on(found.window_end)]
    return holding[-1] if holding else load_scorecard(name)
