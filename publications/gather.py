"""From the warehouse to the content of a round's papers.

Belongs here: putting together what the papers need but trends (`trends`); nothing else in this package asks the
warehouse for figures.
Stays out: publishing and its records (`publish`), layout.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Engine

from catalogue.office import office
from catalogue.rounds import Round, parse_round
from catalogue.scorecards import DEFAULT, Scorecard, scorecard_for
from catalogue.wards import wards
from cchc.clock import ZONE
from cchc.errors import WarehouseBusyError
from cchc.formats import day
from cchc.messages import translator
from parsers.reading import Printing
from publications.content import (
    Arrival,
    Edition,
    FigureCell,
    FindingRow,
    LedgerRow,
    RoundContent,
)
from publications.measures import measures
from publications.trends import district_series, ward_series
from validation.audience import told, told_arrival
from validation.finding import Finding, Proposal, Quote
from warehouse import queries, rows
from warehouse.paper_texts import paper_text
from warehouse.scores.receipts import receipts_of
from warehouse.scores.store import current_result

_ = translator("publications")

_ATTEMPTS = 3


def gather(
    engine: Engine, round_label: str, moment: datetime, edition: Edition, scorecard: str | None = None
) -> RoundContent:
    """Return what the papers of a round say at this moment, points computed under the named scorecard.

    The queries are several; where a report, a decision or a finding of the round changes between them, all are asked
    again, so that no paper is made half of one state and half of another.

    Raises:
        CatalogueError: the label names no round, or there is no such scorecard.
        WarehouseBusyError: the round kept changing.
    """
    current = parse_round(round_label)
    card = scorecard_for(current, scorecard or queries.card_in_use(engine, current.label) or DEFAULT)
    for _attempt in range(_ATTEMPTS):
        before = _state(engine, current.label)
        content = _gathered(engine, current, moment, edition, card)
        if _state(engine, current.label) == before:
            return content
    line = _("{round} is being changed just now; try again when the reports are in")
    raise WarehouseBusyError(line.format(round=current.label))


def _gathered(engine: Engine, current: Round, moment: datetime, edition: Edition, card: Scorecard) -> RoundContent:
    result = current_result(engine, current.label, card)
    decisions = queries.decisions(engine, current.label)
    return RoundContent(
        round=current,
        moment=moment,
        edition=edition,
        office=office(),
        wards=tuple(wards()[score.ward] for score in result.scores),
        scorecard=card,
        result=result,
        figures=_figures(engine, current.label, decisions),
        findings=tuple(_finding(row, decisions) for row in queries.findings(engine, current.label, open_only=False)),
        ledger=_ledger(engine, current, [score.ward for score in result.scores]),
        measures=measures(),
        series=ward_series(engine, current),
        district=district_series(engine, current),
        directions=added.paragraphs if (added := paper_text(engine, current.label)) else (),
    )


def _state(engine: Engine, label: str) -> tuple[object, ...]:
    """Return what differs whenever anything the papers of a round rest on has changed."""
    return (
        tuple((r.ward, r.id) for r in queries.reports(engine, label)),
        tuple(d.id for d in queries.decisions(engine, label)),
        tuple(sorted(f.key for f in queries.findings(engine, label))),
        tuple(a.id for a in queries.submissions(engine, label)),
        paper_text(engine, label),
    )


def _figures(engine: Engine, label: str, decisions: list[rows.DecisionRow]) -> tuple[FigureCell, ...]:
    places = _places(engine, label)
    reasons = {(d.ward, d.figure): d.reason for d in decisions if d.holds and d.kind in ("enter", "propose", "reject")}
    return tuple(_cell(row, places, reasons) for row in queries.figures_long(engine, label))


def _cell(
    row: rows.FigureRow, places: dict[tuple[str, str], Printing], reasons: dict[tuple[str, str | None], str]
) -> FigureCell:
    printing = places.get((row.ward, row.figure))
    return FigureCell(
        ward=row.ward,
        figure=row.figure,
        status=row.status,
        value=row.value,
        printed=row.printed,
        raw=row.raw,
        sentence=row.sentence,
        page=row.page,
        confidence=1.0 if row.confidence is None else row.confidence,
        decided_by=row.decided_by,
        reason=reasons.get((row.ward, row.figure), "") if row.decided_by else "",
        offset=printing.offset if printing else None,
    )


def _places(engine: Engine, label: str) -> dict[tuple[str, str], Printing]:
    """Return the primary printings of a round by ward and figure."""
    found = {}
    for report in queries.reports(engine, label):
        read = queries.reading_of(engine, report.ward, label)
        if read is not None:
            found.update({(report.ward, code): printing for code, printing in read.primaries().items()})
    return found


def _finding(row: rows.FindingRow, decisions: Iterable[rows.DecisionRow]) -> FindingRow:
    finding = Finding(
        rule=row.rule,
        severity=row.severity,
        ward=row.ward,
        round=row.round,
        figures=row.figures,
        printed=row.printed,
        expected=row.expected,
        message_vi=told(row.message_vi, "public", "vi"),
        message_en=told(row.message_en, "public", "en"),
        quotes=tuple(Quote(**quote) for quote in row.quotes),
        proposals=tuple(Proposal(**{**p, "value": Decimal(p["value"])}) for p in row.proposals),
    )
    return FindingRow(finding, row.state == "open", "" if row.state == "open" else _resolution(row, decisions))


def _resolution(row: rows.FindingRow, decisions: Iterable[rows.DecisionRow]) -> str:
    if row.resolved_by == "decision":
        decision = next((d for d in decisions if d.id == row.resolved_id), None)
        if decision is not None:
            line = _("{by} decided on {day}: {reason}")
            return line.format(by=decision.decided_by, day=day(decision.decided_at), reason=decision.reason)
    return _("No longer found since {day}").format(day=day(row.resolved_at))


def _ledger(engine: Engine, current: Round, expected: list[str]) -> tuple[LedgerRow, ...]:
    """Return the ledger in the order of the wards; queries.ledger sorts by name."""
    loads = {report.ward: report for report in queries.reports(engine, current.label)}
    known = {row.ward: row for row in queries.ledger(engine, current.label)}
    arrivals = {a.id: a for a in queries.submissions(engine, current.label)}
    receipts = receipts_of(engine, current.label, queries.first_readable(engine, current.label))
    found = []
    for ward in expected:
        row = known.get(ward)
        arrival = arrivals.get(row.submission_id) if row and row.submission_id else None
        made = _ledger_row(ward, current, row, arrival, loads.get(ward))
        found.append(replace(made, receipt=receipts.get(ward)))
    return tuple(found)


def _ledger_row(
    ward: str,
    current: Round,
    row: rows.LedgerRow | None,
    arrival: rows.SubmissionRow | None,
    load: rows.ReportRow | None,
) -> LedgerRow:
    if row is None or row.first_received_at is None or arrival is None:
        return LedgerRow(ward, "missing")
    first = row.first_readable_at or row.first_received_at
    late = max((first.astimezone(ZONE).date() - current.due).days, 0)
    message = told_arrival(arrival, "public")
    return LedgerRow(
        ward=ward,
        arrival=_arrival(load, late),
        received_at=first.astimezone(ZONE),
        days_late=late,
        version=load.version if load else arrival.version,
        file_name=arrival.file_name,
        format=(load.format if load else arrival.format) or "",
        doc_no=(load.doc_no if load else None) or "",
        doc_date=load.doc_date if load else None,
        pages=load.pages if load else None,
        figures=row.figures,
        explained_share=Decimal(str(load.explained_share)) if load else None,
        note="" if load else message,
    )


def _arrival(load: rows.ReportRow | None, late: int) -> Arrival:
    if load is None:
        return "unread"
    return "late" if late else "on_time"
