"""`cchc rollup`: the district's totals of a round, each with the wards it covers.

Belongs here: layout for a terminal. Stays out: computing (`scoring.rollup`); nothing is saved.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.markup import escape
from rich.table import Table

from catalogue.figures import figure_definitions
from catalogue.indicators import indicators
from catalogue.wards import KINDS
from cchc.formats import number, percent
from cchc.messages import language, translator
from pipelines.cli.common import Exit, err, errors_told, open_office, out, settings
from pipelines.cli.known import latest_round, round_named
from scoring.rollup import rollup
from scoring.values import Comparison, RollupRow, Scope
from warehouse.scores.fetch import history, round_figures

_ = translator("scoring")

RoundOption = Annotated[str | None, typer.Option("--round", help=_("Round, as 2024-Q3; the latest by default."))]
KindOption = Annotated[str, typer.Option("--kind", help=_("Wards of this kind: all, or a kind as phường."))]


def rollup_command(round_label: RoundOption = None, kind: KindOption = "all") -> None:
    """Print every total that at least one ward supplies."""
    scope = scope_of(kind)
    with errors_told():
        engine = open_office(settings())
        found = round_named(round_label) if round_label else latest_round(engine)
        if found is None:
            err.print(_("No report has been taken in yet; begin with cchc collect."))
            raise typer.Exit(Exit.NEEDS_PERSON)
        rows = rollup(round_figures(engine, found.label), history(engine, found.label))
    out.print(rollup_table(rows, found.label, scope))


def scope_of(kind: str) -> Scope:
    """Return the scope a kind of ward names; another word is a wrong call."""
    known = ("all", *KINDS)
    if kind not in known:
        message = _("'{kind}' is no kind of ward; say one of: {known}")
        raise typer.BadParameter(message.format(kind=kind, known=", ".join(known)))
    return kind


def rollup_table(rows: tuple[RollupRow, ...], round_label: str, scope: Scope) -> Table:
    """Return the totals of one scope as a table."""
    title = _("Totals {round}, {scope}").format(round=round_label, scope=scope_name(scope))
    table = Table(
        title=title, header_style="bold", title_justify="left", box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0)
    )
    table.add_column(_("Figure"))
    for heading, width in ((_("Value"), 15), (_("Wards"), 6)):
        table.add_column(heading, justify="right", min_width=width)
    for heading in (_("Previous round"), _("Same round last year")):
        table.add_column(heading, justify="right")
    for row in rows:
        if row.scope == scope and row.covered:
            table.add_row(
                escape(_name(row)),
                value_text(row, row.value),
                f"{row.covered}/{row.expected}",
                comparison_text(row, row.previous),
                comparison_text(row, row.last_year),
            )
    return table


def scope_name(scope: Scope) -> str:
    """Return what a scope is called."""
    return _("all wards") if scope == "all" else scope


def value_text(row: RollupRow, value: Decimal | None) -> str:
    """Return a value in the unit of its row."""
    return percent(value) if row.unit == "percent" else number(value)


def comparison_text(row: RollupRow, comparison: Comparison | None) -> str:
    """Return the change, the wards it is told over, and what was compared where that is not plain."""
    if comparison is None or not comparison.covered:
        return "–"
    note = {
        "": "",
        "quarter_flow": _("quarters only"),
        "spans_differ": _("unlike spans: {then}").format(then=value_text(row, comparison.then)),
    }[comparison.note]
    change = "" if comparison.change is None else _change_text(row, comparison)
    wards = _("{n} wards").format(n=comparison.covered)
    return "; ".join(part for part in (change, note, wards) if part)


def _change_text(row: RollupRow, comparison: Comparison) -> str:
    change = comparison.change or Decimal(0)
    sign = "+" if change > 0 else ""
    if row.measure == "ratio":
        return _("{change} percentage points").format(change=sign + number(change, 2))
    share = "" if comparison.change_pct is None else f" ({sign}{percent(comparison.change_pct, 1)})"
    return sign + number(change) + share


def _name(row: RollupRow) -> str:
    if row.measure == "ratio":
        indicator = indicators()[row.code]
        return indicator.meaning_en if language() == "en" else indicator.meaning_vi
    return row.code if language() == "en" else figure_definitions()[row.code].meaning_vi
