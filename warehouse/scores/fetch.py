"""What scoring needs to know of a round, fetched from the warehouse.

Belongs here: expected wards, the figures that count, open findings and their proposals, arrivals, manual marks, as
the plain values of `inputs`.
Stays out: arithmetic, saving (`store`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from sqlalchemy import Engine, or_, select

from catalogue.rounds import Round, parse_round
from catalogue.scorecards import Scorecard
from cchc.clock import ZONE
from scoring.compare import rounds_needed
from scoring.inputs import FigureInput, ManualMark, RoundFigures, Waiver, WardInput
from warehouse import queries
from warehouse.connection import reading
from warehouse.rows import FigureRow, FindingRow, MarkRow
from warehouse.scores.asked import asked_wards
from warehouse.scores.receipts import receipts_of
from warehouse.tables import WardTable


def round_figures(engine: Engine, round_label: str, card: Scorecard | None = None) -> RoundFigures:
    """Return what is known of a round: every ward expected in it, in the order of the official codes.

    Manual marks are those given under `card`; without one there are none.

    Raises:
        CatalogueError: the label names no round.
    """
    found = parse_round(round_label)
    figures = _figures(engine, found.label)
    arrivals = queries.first_readable(engine, found.label)
    reports = {report.ward: report for report in queries.reports(engine, found.label)}
    given = queries.marks(engine, found.label, card.name) if card else []
    marks, waivers = _marks(given), _waivers(given)
    asked = asked_wards(engine, found.label)
    receipts = receipts_of(engine, found.label, arrivals)
    return RoundFigures(
        round=found.label,
        due=found.due,
        wards=tuple(
            WardInput(
                ward=slug,
                kind=kind,
                name=name,
                figures=tuple(figures.get(slug, ())),
                reported=slug in reports,
                received=arrivals[slug].astimezone(ZONE).date() if slug in arrivals else None,
                report_date=reports[slug].doc_date if slug in reports else None,
                marks=tuple(marks.get(slug, ())),
                waivers=tuple(waivers.get(slug, ())),
                asked=slug in asked,
                receipt=receipts.get(slug),
            )
            for slug, kind, name in _expected(engine, found)
        ),
    )


def history(engine: Engine, round_label: str) -> dict[str, RoundFigures]:
    """Return the earlier rounds that comparisons may use, by label, as far as anything was reported for them.

    A round that was only opened, or looked at, is as unknown as one that nobody has heard of.
    """
    known = set(queries.reported_rounds(engine))
    return {label: round_figures(engine, label) for label in rounds_needed(parse_round(round_label)) if label in known}


def _expected(engine: Engine, found: Round) -> list[tuple[str, str, str]]:
    """Return slug, kind and name of the wards that exist at the end of the round's window."""
    query = (
        select(WardTable.slug, WardTable.kind, WardTable.name)
        .where(WardTable.valid_from <= found.window_end)
        .where(or_(WardTable.valid_to.is_(None), WardTable.valid_to >= found.window_end))
        .order_by(WardTable.code)
    )
    with reading(engine) as connection:
        return [(slug, kind, name) for slug, kind, name in connection.execute(query)]


def _figures(engine: Engine, round_label: str) -> dict[str, list[FigureInput]]:
    keys, proposals = _open(queries.findings(engine, round_label))
    least = queries.confidence_threshold(engine)
    by_ward: dict[str, list[FigureInput]] = defaultdict(list)
    for row in queries.figures_long(engine, round_label):
        where = (row.ward, row.figure)
        figure = _figure_input(row, tuple(keys.get(where, ())), tuple(proposals.get(where, ())), least)
        if figure is not None:
            by_ward[row.ward].append(figure)
    for gone in queries.dropped_figures(engine, round_label):
        by_ward[gone.ward].append(
            FigureInput(
                gone.figure,
                gone.value,
                "dropped",
                report_id=gone.report_id,
                raw=gone.raw,
                sentence=gone.sentence,
                page=gone.page,
            )
        )
    return by_ward


def _figure_input(
    row: FigureRow, keys: tuple[str, ...], proposals: tuple[Decimal, ...], least: float
) -> FigureInput | None:
    """Return the figure, None where there is no value at all, printed or decided."""
    known = (value for value in (row.value, row.decided, row.printed) if value is not None)
    value = next(known, None)
    if value is None:
        return None
    return FigureInput(
        figure=row.figure,
        value=value,
        status=row.status,
        confidence=1.0 if row.confidence is None else row.confidence,
        report_id=row.report_id,
        raw=row.raw,
        sentence=row.sentence,
        page=row.page,
        proposals=tuple(p for p in proposals if p != value),
        findings=keys,
        decided_by=row.decided_by,
        doubted=row.status == "blocked" and not row.decided_by and (row.confidence or 0.0) < least,
    )


Bound = dict[tuple[str, str], list[str]]
Proposed = dict[tuple[str, str], list[Decimal]]


def _open(findings: Iterable[FindingRow]) -> tuple[Bound, Proposed]:
    """Return, by ward and figure, the keys of the open findings that bind it and the values they propose."""
    keys: Bound = defaultdict(list)
    proposals: Proposed = defaultdict(list)
    for finding in findings:
        for figure in finding.figures:
            keys[finding.ward, figure].append(finding.key)
        for proposal in finding.proposals:
            proposals[finding.ward, proposal["figure"]].append(Decimal(proposal["value"]))
    return keys, proposals


def _marks(rows: Iterable[MarkRow]) -> Mapping[str, list[ManualMark]]:
    by_ward: dict[str, list[ManualMark]] = defaultdict(list)
    for row in rows:
        if row.not_applicable:
            continue
        by_ward[row.ward].append(
            ManualMark(
                ward=row.ward,
                criterion=row.criterion,
                self_assessed=row.self_assessed,
                appraised=row.appraised,
                final=row.final,
                evidence=row.evidence,
                by=row.marked_by,
                at=row.marked_at,
            )
        )
    return by_ward


def _waivers(rows: Iterable[MarkRow]) -> Mapping[str, list[Waiver]]:
    by_ward: dict[str, list[Waiver]] = defaultdict(list)
    for row in rows:
        if row.not_applicable:
            by_ward[row.ward].append(Waiver(row.ward, row.criterion, row.marked_by, row.evidence, row.marked_at))
    return by_ward
