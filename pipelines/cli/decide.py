"""`cchc findings`, `cchc decide`, `cchc rules`: what was found, what people decide, how noisy each rule is.

Belongs here: words of the commands and layout for a terminal.
Stays out: recording a decision and what follows from it (`warehouse.decisions`), counting (`validation.statistics`).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table
from sqlalchemy import Engine

from catalogue.rules import rule_book
from cchc.clock import now
from cchc.errors import DecisionError
from cchc.formats import day, percent
from cchc.messages import language, spoken, translator
from pipelines.cli.common import SEVERITY_STYLE, Exit, errors_told, open_office, out, settings
from pipelines.cli.identity import acting
from pipelines.cli.known import round_named, ward_named
from pipelines.cli.overview import print_old_drafts
from publications.letters import shortened
from validation.phrases import figure_name
from validation.statistics import firings
from warehouse.decision_sheet import COLUMNS, plan
from warehouse.decision_sheet import rows as sheet_rows
from warehouse.decisions import record_decision, record_decisions
from warehouse.export.table import plain_text
from warehouse.figure_names import figure_named
from warehouse.judging import (
    check_sense,
    find_one,
    on_finding,
    read_value,
    shown_value,
    standing_decisions,
)
from warehouse.people.roles import Right
from warehouse.queries import decisions, figures_long, findings, rounds
from warehouse.review import Item, queue
from warehouse.rows import DecisionKind, DecisionRow, FigureRow, FindingRow, NewDecision
from warehouse.scores.lacking import dropped_effects

_ = translator("decisions")

MOST_QUOTES = 4
"""Sentences of a finding that are shown; the letter and the page have them all."""
MOST_CODES = 12
"""Figures of a finding whose codes are listed; a finding on more concerns the report as a whole."""

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
    file: Annotated[
        Path | None, typer.Option("--file", help=_("Write what waits into this CSV file, to be filled in."))
    ] = None,
) -> None:
    """Print the findings and the figures that wait; leave with 1 where somebody has to settle one."""
    with errors_told():
        label = round_named(round_label).label if round_label else None
        only = ward_named(ward) if ward else None
        engine = open_office(settings())
        found = findings(engine, label, only, open_only=not every)
        taken = decisions(engine, label, only)
        rows = [row for decided in {d.round for d in taken} for row in figures_long(engine, decided)]
        current = {(row.ward, row.round, row.figure): row for row in rows}
        waiting = [item for one in ([label] if label else rounds(engine)) for item in queue(engine, one, only)]
        touched = _touched(engine, found)
        if file is not None:
            write_sheet(file, waiting)
    for row in found:
        _print_finding(row, [d for d in taken if d.finding_key == row.key], current, touched.get(row.key, ""))
    _print_lapsed(taken, {row.key for row in found}, current)
    _print_waiting([item for item in waiting if item.finding is None])
    if file is not None:
        out.print(escape(_("{n} lines in {file}; fill in two columns, then: cchc decide --file {file}").format(
            n=len(waiting), file=file)))  # fmt: skip
    if waiting:
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
    file: Annotated[
        Path | None, typer.Option("--file", help=_("A CSV file of cchc findings --file, filled in."))
    ] = None,
) -> None:
    """Record one decision, or those of a file, and say what it did."""
    if file is not None:
        with errors_told():
            well = _decide_file(file, by)
        raise typer.Exit(Exit.DONE if well else Exit.NEEDS_PERSON)
    with errors_told():
        wanted = {"accept": accept, "propose": propose, "enter": enter is not None, "reject": reject, "reopen": reopen}
        kind = one_kind(wanted)
        engine = open_office(settings())
        person = acting(settings(), engine, by, Right.DECIDE)
        by = person.name
        value = read_value(enter) if enter is not None else None
        figure = figure_named(figure) if figure else None
        row = None
        if finding is not None:
            row = find_one(findings(engine, open_only=False), finding)
            new = on_finding(row, kind, figure, value, by, why)
        elif ward and round_label and figure:
            label = round_named(round_label).label
            new = NewDecision(ward_named(ward), label, kind, by, why, None, figure, value)
        else:
            raise DecisionError(_("Name a finding by its key, or a figure with --ward, --round and --figure."))
        before = decisions(engine, new.round, new.ward)
        check_sense(new, row.figures if row else (), before)
        detail = {"item": new.finding_key or new.figure, "decision": new.kind, "value": new.value}
        act = person.act("decide", round_label=new.round, ward=new.ward, **detail)
        recorded = record_decision(engine, new, now(), act=act)
        _print_recorded(engine, recorded, before)
        print_old_drafts(engine, settings(), new.round)


def write_sheet(path: Path, items: Sequence[Item]) -> None:
    """Write what waits as a CSV file that spreadsheets open."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows({name: plain_text(value) for name, value in row.items()} for row in sheet_rows(items))


def _decide_file(path: Path, by: str) -> bool:
    """Record what a filled-in file says, say it line by line, and return whether every line was recorded."""
    engine = open_office(settings())
    person = acting(settings(), engine, by, Right.DECIDE)
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    items = [item for label in rounds(engine) for item in queue(engine, label)]
    asked = plan(table, items, person.name, person.account.id if person.account else None)
    results = record_decisions(engine, asked.wishes, now())
    for line, result in zip(asked.lines, results, strict=True):
        out.print(
            f"[red]●[/] {escape(str(result))}" if isinstance(result, DecisionError) else f"[green]●[/] {escape(line)}"
        )
    for problem in asked.problems:
        out.print(f"[red]●[/] {escape(problem)}")
    out.print(_("Lines without an answer: {n}.").format(n=asked.empty))
    for label in sorted({wish.new.round for wish in asked.wishes}):
        print_old_drafts(engine, settings(), label)
    return not asked.problems and not any(isinstance(result, DecisionError) for result in results)


def _print_waiting(items: Sequence[Item]) -> None:
    """Print the figures that wait because they were read with doubt, each with what decides it."""
    if items:
        out.print(f"[bold]{_('Figures read with doubt')}[/]")
    for item in items:
        row = item.row
        if row is None or row.printed is None:
            continue
        shown = shown_value(row.figure, row.printed)
        page = f" ({_('page {page}').format(page=row.page)})" if row.page else ""
        out.print(f"[magenta]?[/] {item.ward} {item.round} [bold]{escape(figure_name(row.figure))}: {shown}[/]")
        out.print(f"  [italic]“{escape(shortened(row.sentence, row.raw))}”[/]{page}")


def list_rules(round_label: RoundOption = None) -> None:
    """Print a table of the rules by how often they fired."""
    with errors_told():
        engine = open_office(settings())
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


def rule_name(code: str) -> str:
    """Return what people call a rule, in the language of the moment."""
    rule = rule_book().rules[code]
    return rule.name_en if language() == "en" else rule.name_vi


def one_kind(wanted: dict[str, bool]) -> DecisionKind:
    """Return the one kind of decision that is asked for.

    Raises:
        DecisionError: none or more than one is.
    """
    kinds: list[DecisionKind] = [kind for kind, on in wanted.items() if on]  # type: ignore[misc]
    if len(kinds) != 1:
        raise DecisionError(_("Say one of --accept, --propose, --enter VALUE, --reject or --reopen."))
    return kinds[0]


Current = Mapping[tuple[str, str, str], FigureRow]
"""(ward, round, figure) → how it counts now."""


def _touched(engine: Engine, found: Sequence[FindingRow]) -> dict[str, str]:
    """Return, by key, what the figures touch that a later version of a report dropped."""
    own = [row for row in found if row.rule == "dropped_figure" and row.state == "open" and not row.printed]
    effects = {label: dropped_effects(engine, label) for label in {row.round for row in own}}
    return {row.key: effects[row.round].get(row.ward, "") for row in own}


def _print_finding(row: FindingRow, taken: list[DecisionRow], current: Current, touched: str) -> None:
    state = "" if row.state == "open" else f" [dim]({_('resolved')})[/]"
    style = SEVERITY_STYLE[row.severity]
    out.print(f"[bold]{row.key[:8]}[/] [{style}]{escape(rule_name(row.rule))}[/] {row.ward} {row.round}{state}")
    out.print(f"  {escape(spoken(row))}")
    if touched:
        out.print(f"  {escape(touched)}")
    for quoted in list(dict.fromkeys(map(_quoted, row.quotes)))[:MOST_QUOTES]:
        out.print(f"  [italic]{escape(quoted)}[/]")
    if 1 < len(row.figures) <= MOST_CODES:
        out.print("  [dim]" + escape(_("Codes for --figure: {codes}").format(codes=", ".join(row.figures))) + "[/]")
    for offered in row.proposals:
        evidence = offered["evidence_en" if language() == "en" else "evidence_vi"]
        shown = shown_value(str(offered["figure"]), Decimal(str(offered["value"])))
        out.print("  " + escape(_("Proposal: {value}, because {evidence}").format(value=shown, evidence=evidence)))
    for decision in taken:
        out.print(f"  [green]{escape(_recorded(decision, current))}[/]")


def _quoted(quote: Mapping[str, Any]) -> str:
    """Return a sentence that a finding rests on, with its page and, of an earlier report, its round."""
    sentence = f"“{shortened(str(quote['sentence']), str(quote['raw']))}”"
    places = [quote["round"] or "", _("page {page}").format(page=quote["page"]) if quote["page"] else ""]
    where = ", ".join(place for place in places if place)
    return f"{sentence} ({where})" if where else sentence


def _print_lapsed(taken: list[DecisionRow], shown: set[str], current: Current) -> None:
    """Print the decisions that a resend has made void, those left out that stand beside their finding already."""
    keys = {(d.finding_key, d.ward, d.round, d.figure): d for d in taken}
    lapsed = [d for d in keys.values() if d.kind != "reopen" and not d.holds and d.finding_key not in shown]
    if lapsed:
        out.print(f"[yellow]{_('Decisions on an earlier report that no longer apply:')}[/]")
    for decision in lapsed:
        out.print(f"  {decision.ward} {decision.round} {escape(_recorded(decision, current))}")


def _print_recorded(engine: Engine, recorded: Sequence[DecisionRow], before: list[DecisionRow]) -> None:
    """Print what was recorded, what it replaces, and how each figure counts from now on."""
    first = recorded[0]
    text = _("{kind} – {by}, {day}: {why}")
    said = {"kind": kind_words()[first.kind], "by": first.decided_by, "day": day(first.decided_at), "why": first.reason}
    out.print(escape(text.format(**said)))
    replaced = standing_decisions(before, first.finding_key, {d.figure for d in recorded if d.figure})
    for decision in replaced.values() if first.kind != "reopen" else ():
        out.print("  [yellow]" + escape(_("instead of {decision}").format(decision=_recorded(decision, {}))) + "[/]")
    current = {r.figure: r for r in figures_long(engine, first.round, first.ward)}
    still_open = findings(engine, first.round, first.ward)
    for decision in recorded:
        if decision.figure:
            blocking = [f.key[:8] for f in still_open if f.severity == "error" and decision.figure in f.figures]
            line = _("{figure}: {standing}")
            standing = _standing(decision, current.get(decision.figure), blocking)
            name = f"{figure_name(decision.figure)} ({decision.figure})"
            out.print("  " + escape(line.format(figure=name, standing=standing)))


def _standing(decision: DecisionRow, row: FigureRow | None, blocking: list[str]) -> str:
    """Return how a figure counts after a decision, in words."""
    if row is None:
        return _("the report does not print it")
    if row.value is not None:
        return _("counts as {value}").format(value=shown_value(row.figure, row.value))
    if decision.kind == "reject":
        return _("does not count")
    if blocking:
        return _("does not count yet, for these findings are open: {keys}").format(keys=", ".join(blocking))
    return _("does not count yet; somebody has to look at it")


def _recorded(row: DecisionRow, current: Current) -> str:
    """Return one line on a decision: what, by whom, when, why, and whether the report still prints what was judged."""
    text = _("{kind}: {figure} {value} – {by}, {day}: {why}")
    line = text.format(
        kind=kind_words()[row.kind],
        figure=figure_name(row.figure) if row.figure else "",
        value=shown_value(row.figure, row.value) if row.figure and row.value is not None else "",
        by=row.decided_by,
        day=day(row.decided_at),
        why=row.reason,
    )
    return line if row.holds else f"{line} ({_lapse(row, current.get((row.ward, row.round, row.figure or '')))})"


def _lapse(row: DecisionRow, now_row: FigureRow | None) -> str:
    """Return why a decision no longer applies."""
    if now_row is None or now_row.printed is None:
        return _("the report no longer prints it")
    if now_row.printed == row.value:
        return _("the report now prints just this number")
    return _("the report now prints another number; decide again")


def kind_words() -> dict[str, str]:
    """Return what the kinds of decisions are called."""
    return {
        "accept": _("accepted as printed"),
        "propose": _("proposal taken"),
        "enter": _("value entered"),
        "reject": _("kept out"),
        "reopen": _("reopened"),
    }
