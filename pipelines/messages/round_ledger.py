"""The ledger of a round from the warehouse, and the remarks its messages draw on.

Belongs here: asking the warehouse and handing plain facts to `pipelines.ledger.entries`. Stays out: what a state is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime

from sqlalchemy import Engine

from catalogue.rounds import Round
from catalogue.rules import holding_rules
from cchc.messages import spoken
from pipelines.ledger.entries import Facts, LastRun, Ledger, Loaded, Version, make_ledger
from pipelines.messages.messages import Remarks, Waiting
from validation.audience import told
from warehouse.publishing import publications, runs
from warehouse.queries import figures_long, findings, reports, submissions
from warehouse.rows import FigureRow, FindingRow, ReportRow, RunRow, SubmissionRow
from warehouse.scores.lacking import lacking

GOOD_RUNS = frozenset({"loaded", "unchanged", "read"})
"""Outcomes of a try after which nothing is left to mend."""


def read_ledger(engine: Engine, found: Round, moment: datetime) -> Ledger:
    """Return the ledger of a round at a moment."""
    label = found.label
    arrived: dict[str, list[SubmissionRow]] = defaultdict(list)
    for row in submissions(engine, label, state="placed"):
        arrived[str(row.ward)].append(row)
    tried = {run.ward: run for run in runs(engine, label)}
    loads = _loads(engine, label)
    facts = {
        ward: Facts(
            tuple(_version(row) for row in sorted(rows, key=lambda row: row.version or 0)),
            loads.get(ward),
            _last_run(tried.get(ward), rows),
        )
        for ward, rows in arrived.items()
    }
    papers = publications(engine, label)
    last = papers[-1] if papers else None
    return make_ledger(
        found,
        moment,
        facts,
        published_at=last.published_at if last else None,
        revision=last.revision if last else None,
    )


def read_remarks(engine: Engine, found: Round) -> Remarks:
    """Return what messages say beside the states: what wards should look at, and files that found no place."""
    asked: dict[str, list[str]] = defaultdict(list)
    for row in findings(engine, found.label):
        if row.severity != "info":
            asked[row.ward].append(told(row.message_vi, "ward"))
    return Remarks(dict(asked), waiting_files(engine), lacking(engine, found.label) if asked else {})


def waiting_files(engine: Engine) -> list[Waiting]:
    """Return the files that found no place and were not placed since, the oldest first."""
    rows = submissions(engine)
    placed = {row.sha256 for row in rows if row.state == "placed"}
    return [
        Waiting(row.file_name, row.received_at, spoken(row))
        for row in rows
        if row.state == "quarantined" and row.sha256 not in placed
    ]


def _loads(engine: Engine, label: str) -> dict[str, Loaded]:
    values: dict[str, list[FigureRow]] = defaultdict(list)
    for row in figures_long(engine, label):
        values[row.ward].append(row)
    noted: dict[str, list[FindingRow]] = defaultdict(list)
    for finding in findings(engine, label):
        noted[finding.ward].append(finding)
    return {row.ward: _loaded(row, values[row.ward], noted[row.ward]) for row in reports(engine, label)}


def _loaded(report: ReportRow, values: list[FigureRow], noted: list[FindingRow]) -> Loaded:
    severities = Counter(finding.severity for finding in noted)
    return Loaded(
        version=report.version,
        loaded_at=report.loaded_from,
        parser_version=report.parser_version,
        figures=sum(value.printed is not None for value in values),
        waiting=sum(value.status == "waiting" for value in values),
        errors=severities["error"],
        warnings=severities["warning"],
        holding=sum(finding.rule in holding_rules() for finding in noted),
    )


def _version(row: SubmissionRow) -> Version:
    return Version(
        number=row.version or 0,
        received_at=row.received_at,
        via=row.received_via,
        sha256=row.sha256,
        file_name=row.file_name,
        outcome=row.outcome,
        is_current=row.is_current,
        sender=row.sender or "",
        placed_by=row.placed_by or "",
    )


def _last_run(run: RunRow | None, rows: list[SubmissionRow]) -> LastRun | None:
    """Return the last try, None where it was of another file than the current one."""
    current = next((row.id for row in rows if row.is_current), None)
    if run is None or (run.submission_id is not None and run.submission_id != current):
        return None
    return LastRun(run.step, run.outcome, run.message, run.started_at, run.outcome in GOOD_RUNS)
