"""`cchc findings`, `cchc decide`, `cchc rules`: what was found, what people decide, how noisy each rule is.

Belongs here: words of the commands and layout for a terminal.
Stays out: recording a decision and what follows from it (`warehouse.decisions`), counting (`validation.statistics`).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from catalogue.figures import figure_definitions
from catalogue.rules import rule_book
from cchc.clock import now
from cchc.errors import DecisionError
from cchc.formats import day, number, percent
from cchc.messages import language, spoken, translator
from parsers.numbers import find_numbers
from pipelines.cli.common import SEVERITY_STYLE, Exit, errors_told, out, settings
from pipelines.cli.known import round_named, ward_named
from validation.statistics import firings
from warehouse.decisions import record_decision
from warehouse.engine import open_warehouse
from warehouse.queries import decisions, findings
from warehouse.rows import DecisionKind, DecisionRow, FindingRow, NewDecision

_ = translator("decisions")


RoundOption = Annotated[str | None, typer.Option("--round", help=_("Round, as 2024-Q3; all by default."))]
WardOption = Annotated[str | None, typer.Option("--ward", help=_("Ward, as pho-minh; all by default."))]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("findings", help=_("List what was found wrong, with the key that cchc decide takes."))(list_findings)
    app.command("decide", help=_("Record what a named person decides on a finding or a figure."))(decide)
    app.command("rules", help=_("Show how often each rule fires, and how often it was right as printed."))(list_rules)


def list_findings(
    round_label: RoundOption = None,
    ward: WardOption = None,
    every: Annotated[bool, typer.Option("--all", help=_("Also those that are resolved."))] = False,
) -> None:
    """Print the findings; leave with 1 where one is open that somebody has to settle."""
    with errors_told():
        label = round_named(round_label).label if round_label else None
        only = ward_named(ward) if ward else None
        engine = open_warehouse(settings().warehouse_url)
        found = findings(engine, label, only, open_only=not every)
        taken = decisions(engine, label, only)
    for row in found:
        _print_finding(row, [d for d in taken if d.finding_key == row.key])
    if any(row.state == "open" and row.severity != "info" for row in found):
        raise typer.Exit(Exit.NEEDS_PERSON)


def decide(
    finding: Annotated[str | None, typer.Argument(help=_("Key of the finding, or its first letters."))] = None,
    accept: Annotated[bool, typer.Option("--accept", help=_("It is right as printed."))] = False,
    propose: Annotated[bool, typer.Option("--propose", help=_("Take the value that the finding proposes."))] = False,
    enter: Annotated[str | None, typer.Option("--enter", help=_("Take this value."))] = None,
    reject: Annotated[bool, typer.Option("--reject", help=_("Keep the figure out."))] = False,
    reopen: Annotated[bool, typer.Option("--reopen", help=_("Undo what was decided."))] = False,
    figure: Annotated[str | None, typer.Option("--figure", help=_("Figure, where the finding has several."))] = None,
    ward: WardOption = None,
    round_label: RoundOption = None,
    by: Annotated[str, typer.Option("--by", help=_("Who decides."))] = "",
    why: Annotated[str, typer.Option("--why", help=_("Why."))] = "",
) -> None:
    """Record one decision and say what it did."""
    with errors_told():
        wanted = {"accept": accept, "propose": propose, "enter": enter is not None, "reject": reject, "reopen": reopen}
        kind = one_kind(wanted)
        engine = open_warehouse(settings().warehouse_url)
        value = read_value(enter) if enter is not None else None
        if finding is not None:
            row = find_one(findings(engine, open_only=False), finding)
            new = on_finding(row, kind, figure, value, by, why)
        elif ward and round_label and figure:
            label = round_named(round_label).label
            new = NewDecision(ward_named(ward), label, kind, by, why, None, figure, value)
        else:
            raise DecisionError(_("Name a finding by its key, or a figure with --ward, --round and --figure."))
        for recorded in record_decision(engine, new, now()):
            out.print(escape(_recorded(recorded)))


def list_rules(round_label: RoundOption = None) -> None:
    """Print a table of the rules by how often they fired."""
    with errors_told():
        engine = open_warehouse(settings().warehouse_url)
        label = round_named(round_label).label if round_label else None
        last = {d.finding_key: str(d.kind) for d in decisions(engine, label) if d.finding_key}
        counts = firings(findings(engine, label, open_only=False), last, rule_book())
    table = Table(header_style="bold")
    table.add_column(_("Rule"))
    for heading in (_("Findings"), _("Reports"), _("Open"), _("Decided"), _("Right as printed")):
        table.add_column(heading, justify="right")
    for count in counts:
        noise = percent(count.noise * 100, 0) if count.noise is not None else "–"
        numbers = (count.findings, count.reports, count.open, count.decided)
        name = f"[{SEVERITY_STYLE[count.severity]}]●[/] {escape(rule_name(count.rule))}"
        table.add_row(name, *map(str, numbers), noise)
    out.print(table)


def one_kind(wanted: dict[str, bool]) -> DecisionKind:
    """Return the one kind of decision that is asked for.

    Raises:
        DecisionError: none or more than one is.
    """
    kinds: list[DecisionKind] = [kind for kind, on in wanted.items() if on]  # type: ignore[misc]
    if len(kinds) != 1:
        raise DecisionError(_("Say one of --accept, --propose, --enter VALUE, --reject or --reopen."))
    return kinds[0]


def find_one(rows: list[FindingRow], key: str) -> FindingRow:
    """Return the finding whose key begins with `key`.

    Raises:
        DecisionError: none or several do.
    """
    found = [row for row in rows if row.key.startswith(key)]
    if len(found) != 1:
        text = _("{count} findings have a key that begins with “{key}”; cchc findings lists the keys.")
        raise DecisionError(text.format(count=len(found), key=key))
    return found[0]


def on_finding(
    row: FindingRow, kind: DecisionKind, figure: str | None, value: Decimal | None, by: str, why: str
) -> NewDecision:
    """Return the decision on a finding; taking its proposal takes the one value proposed.

    Raises:
        DecisionError: a proposal is to be taken where the finding has none, or several.
    """
    if kind == "propose":
        offered = [p for p in row.proposals if figure in (None, p["figure"])]
        if len(offered) != 1:
            raise DecisionError(_("There is no single proposal to take; enter the value with --enter."))
        figure, value = str(offered[0]["figure"]), Decimal(str(offered[0]["value"]))
    return NewDecision(row.ward, row.round, kind, by, why, row.key, figure, value)


def read_value(text: str) -> Decimal:
    """Return the value of a number written as people here write it: 1.835.779.000 or 85,44.

    Raises:
        DecisionError: it is not one well-formed number.
    """
    found = find_numbers(text.strip())
    whole = len(found) == 1 and (found[0].start, found[0].end) == (0, len(text.strip()))
    if not whole or found[0].malformed or found[0].value is None:
        raise DecisionError(_("“{text}” is not one number; write it as 1.835.779.000 or 85,44.").format(text=text))
    return Decimal(found[0].value)


def rule_name(code: str) -> str:
    """Return what people call a rule, in the language of the moment."""
    rule = rule_book().rules[code]
    return rule.name_en if language() == "en" else rule.name_vi


def _print_finding(row: FindingRow, taken: list[DecisionRow]) -> None:
    message = spoken(row)
    state = "" if row.state == "open" else f" [dim]({_('resolved')})[/]"
    style = SEVERITY_STYLE[row.severity]
    out.print(f"[bold]{row.key[:8]}[/] [{style}]{escape(rule_name(row.rule))}[/] {row.ward} {row.round}{state}")
    out.print(f"  {escape(message)}")
    for offered in row.proposals:
        evidence = offered["evidence_en" if language() == "en" else "evidence_vi"]
        shown = _shown(str(offered["figure"]), Decimal(str(offered["value"])))
        out.print("  " + escape(_("Proposal: {value}, because {evidence}").format(value=shown, evidence=evidence)))
    for decision in taken:
        out.print(f"  [green]{escape(_recorded(decision))}[/]")


def _recorded(row: DecisionRow) -> str:
    """Return one line on a decision: what, by whom, when, why, and whether the report still prints what was judged."""
    text = _("{kind}: {figure} {value} – {by}, {day}: {why}")
    line = text.format(
        kind=kind_words()[row.kind],
        figure=row.figure or "",
        value=_shown(row.figure, row.value) if row.figure and row.value is not None else "",
        by=row.decided_by,
        day=day(row.decided_at),
        why=row.reason,
    )
    return line if row.holds else f"{line} ({_('the report now prints another number; decide again')})"


def kind_words() -> dict[str, str]:
    """Return what the kinds of decisions are called."""
    return {
        "accept": _("accepted as printed"),
        "propose": _("proposal taken"),
        "enter": _("value entered"),
        "reject": _("kept out"),
        "reopen": _("reopened"),
    }


def _shown(figure: str, value: Decimal) -> str:
    return percent(value, None) if figure_definitions()[figure].unit == "percent" else number(value)
