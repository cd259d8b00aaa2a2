"""What the office sees after a collection: arrivals, ledger, ranking, findings by ward, and where the papers lie.

Belongs here: tables for a terminal. Stays out: queries and computing.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table
from sqlalchemy import Engine

from catalogue.rounds import Round
from catalogue.wards import wards
from cchc import formats
from cchc.clock import ZONE, now
from cchc.messages import spoken, translator
from cchc.secrets import without_secret
from pipelines.arrival.phrases import receipt_counts
from pipelines.cli.common import SEVERITY_STYLE, open_office, out
from pipelines.cli.known import latest_round, round_named
from pipelines.ledger.entries import Entry, Ledger, State, Timeliness
from pipelines.ledger.phrases import reason, state_name, timeliness_name
from pipelines.messages.round_ledger import read_ledger, waiting_files
from pipelines.settings import Settings
from warehouse.queries import findings, rank_rows
from warehouse.rows import FindingRow

if TYPE_CHECKING:
    from pipelines.orchestration.collect import Collection

_ = translator("cli")

STATE_STYLE = {State.CHECKED: "green", State.PUBLISHED: "green", State.AWAITING: "yellow", State.FAILED: "bold red"}
WIDE = 130
"""Columns of a terminal from which the ledger shows file names too."""


def print_arrivals(done: Collection) -> None:
    """Print how many files came to what, and what failed; files laid aside stand below the ledger, with the reason."""
    out.print(" · ".join(receipt_counts(done.receipts)) or _("The inbox is empty."))
    for verdict in done.verdicts:
        if not verdict.good:
            out.print(f"  [bold red]●[/] {name_of(verdict.ward)}: {verdict.outcome} {escape(verdict.message)}")
    for run in done.rounds:
        for failure in run.failures:
            out.print(f"  [bold red]●[/] {run.round}: {escape(failure)}")


def print_ledger(settings: Settings, label: str | None) -> None:
    """Print the ledger of a round, the latest one with any arrival where none is named."""
    engine = open_office(settings)
    found = round_named(label) if label else _latest(engine)
    ledger = read_ledger(engine, found, now())
    if ledger.entries:
        out.print(ledger_table(ledger, with_files=out.width >= WIDE))
    out.print(_ledger_line(ledger))
    print_old_drafts(engine, settings, found.label)
    for waiting in waiting_files(engine):
        out.print(f"  [yellow]●[/] {escape(waiting.file_name)}: {escape(waiting.reason)}")


def print_old_drafts(engine: Engine, settings: Settings, label: str) -> None:
    """Say that the drafts of a round are older than its figures, where they are."""
    from publications.freshness import old_drafts_line

    line = old_drafts_line(engine, label, settings.scorecard)
    if line:
        out.print(f"[yellow]●[/] {escape(line[:1].upper() + line[1:])}.", soft_wrap=True)


def _ledger_line(ledger: Ledger) -> str:
    """Return the sums of a ledger in one line."""
    if not ledger.entries:
        return _("No unit of the office reports in round {round}; cchc office show says why and what to do.").format(
            round=ledger.round.label
        )
    return _("{loaded} of {expected} reports loaded, {late} late; due on {due}.").format(
        loaded=sum(e.loaded is not None for e in ledger.entries),
        expected=len(ledger.entries),
        late=sum(e.timeliness is Timeliness.LATE for e in ledger.entries),
        due=formats.day(ledger.round.due),
    )


def ledger_table(ledger: Ledger, *, with_files: bool = True) -> Table:
    """Return the ledger as a table, one row an expected report; file names only where there is room for them."""
    table = Table(title=_("Ledger {round}").format(round=ledger.round.label), header_style="bold", title_justify="left")
    headings = (_("Ward"), _("File"), _("Received"), _("By due date"), _("State"), _("What follows"))
    for place, heading in enumerate(headings):
        if place != 1 or with_files:
            table.add_column(heading, overflow="fold")
    for entry in ledger.entries:
        ward, file, *rest = _ledger_cells(entry)
        table.add_row(ward, *((file,) if with_files else ()), *rest)
    return table


def _ledger_cells(entry: Entry) -> tuple[str, ...]:
    current = entry.current
    file = f"{escape(current.file_name)} (v{current.number})" if current else "–"
    received = formats.moment(current.received_at.astimezone(ZONE)) if current else "–"
    style = STATE_STYLE.get(entry.state, "")
    state = f"[{style}]{state_name(entry.state)}[/]" if style else state_name(entry.state)
    return name_of(entry.ward), file, received, timeliness_name(entry.timeliness), state, escape(reason(entry))


def print_ranking(settings: Settings, label: str) -> None:
    """Print the ranking of a round; wards without a place stand below with the reason."""
    rows = rank_rows(open_office(settings), label, settings.scorecard)
    if not rows:
        out.print(_("No ranking has been computed for {round} yet.").format(round=label))
        return
    table = Table(title=_("Ranking {round}").format(round=label), header_style="bold", title_justify="left")
    for heading, justify in ((_("Place"), "right"), (_("Ward"), "left"), (_("Points"), "right")):
        table.add_column(heading, justify=justify)  # type: ignore[arg-type]
    for heading in (_("Class"), _("Completeness"), _("Remark")):
        table.add_column(heading)
    for row in sorted(rows, key=lambda r: (r.rank is None, r.rank or 0, r.ward)):
        remark = row.reason_unranked or ""
        table.add_row(
            str(row.rank or "–"),
            name_of(row.ward),
            formats.number(row.total, 2),
            row.class_code or "–",
            formats.percent(row.completeness, 0),
            escape(remark),
        )
    out.print(table)


def print_findings(settings: Settings, label: str) -> None:
    """Print the open findings of a round by ward, the heaviest first."""
    by_ward: dict[str, list[FindingRow]] = defaultdict(list)
    for row in findings(open_office(settings), label, open_only=True):
        by_ward[row.ward].append(row)
    out.print(f"[bold]{_('Open findings {round}').format(round=label)}[/]")
    if not by_ward:
        out.print(_("None."))
    for ward, rows in sorted(by_ward.items(), key=lambda item: wards()[item[0]].code):
        out.print(f"[bold]{name_of(ward)}[/]")
        for row in sorted(rows, key=lambda r: list(SEVERITY_STYLE).index(r.severity)):
            message = spoken(row)
            out.print(f"  [{SEVERITY_STYLE[row.severity]}]●[/] {escape(message)}")


def print_outputs(settings: Settings, label: str) -> None:
    """Print where the papers of a round lie."""
    folder = settings.outputs / label
    out.print(f"[bold]{_('Papers')}[/]")
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        out.print(f"  {escape(str(path))}", soft_wrap=True)
    out.print(
        _("Originals: {archive} · Laid aside: {quarantine}").format(
            archive=escape(without_secret(settings.archive_url)),
            quarantine=escape(without_secret(settings.quarantine_url)),
        ),
        soft_wrap=True,
    )


def print_next(settings: Settings, label: str) -> None:
    """Print what to do next, and where the office's page does it."""
    from console.app import page_address
    from console.board import next_step, read_board

    step = next_step(read_board(open_office(settings), settings, round_named(label), now()))
    out.print(f"[bold]{_('What to do next')}[/]")
    out.print(escape(step.text))
    address = escape(page_address(settings))
    out.print(_("In a browser: make console (or cchc console), then {address}").format(address=address), soft_wrap=True)


def name_of(ward: str) -> str:
    """Return a ward's full name."""
    return wards()[ward].full_name


def _latest(engine: Engine) -> Round:
    return latest_round(engine) or _current_round()


def _current_round() -> Round:
    from catalogue.rounds import round_of_day

    return round_of_day(now().date())
