"""What the page shows of each ward and of the map, ready for the template.

Belongs here: plain values made from the content, so that the template only loops.
Stays out: trends (`trends`), HTML, styles, scripts.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from catalogue.wards import Ward
from cchc.messages import translator
from cchc.text import places_alone
from publications import words
from publications.content import FigureCell, FindingRow, LedgerRow, RoundContent
from publications.measures import MAIN_MEASURES
from publications.page.trend_view import TrendView, ward_trend
from publications.phrases import measured, used_figures
from scoring.phrases import gap_text, state_text
from scoring.values import RankRow, State

_ = translator("publications")

LEVELS = 5
"""How many shades the tile map has."""


@dataclass(frozen=True)
class CriterionView:
    """One line of a ward's points; `width` is the share had, 0–100."""

    title: str
    points: str
    most: str
    width: float
    measured: str
    how: str
    used: str


@dataclass(frozen=True)
class FigureView:
    """One figure of a ward: value, whether it counts, and its sentence split around the printed number."""

    title: str
    value: str
    status: str
    status_text: str
    page: int | None
    before: str
    raw: str
    after: str
    decision: str


@dataclass(frozen=True)
class WardView:
    """Everything the page says of one ward."""

    ward: Ward
    row: RankRow | None
    ledger: LedgerRow | None
    criteria: tuple[CriterionView, ...]
    figures: tuple[tuple[str, tuple[FigureView, ...]], ...]
    findings: tuple[FindingRow, ...]
    trend: TrendView | None


@dataclass(frozen=True)
class MapMeasure:
    """One measure of the tile map: by ward, what the tile says and its shade (0 lightest; -1 without a value)."""

    code: str
    title: str
    tiles: dict[str, tuple[str, int]]


def ward_views(content: RoundContent) -> tuple[WardView, ...]:
    """Return the wards in the order of the ranking."""
    order = [row.ward for row in content.ranking]
    order += [ward.slug for ward in content.wards if ward.slug not in order]
    return tuple(_ward_view(content, slug) for slug in order if slug in content.ward_by_slug)


def _ward_view(content: RoundContent, slug: str) -> WardView:
    return WardView(
        ward=content.ward_by_slug[slug],
        row=content.result.ranking.row(slug),
        ledger=content.ledger_by_ward.get(slug),
        criteria=_criteria(content, slug),
        figures=_figures(content, slug),
        findings=content.findings_of(slug),
        trend=ward_trend(content, slug),
    )


def _criteria(content: RoundContent, slug: str) -> tuple[CriterionView, ...]:
    score = content.score_by_ward.get(slug)
    if score is None:
        return ()
    lines = []
    for criterion in content.scorecard.criteria:
        part = score.criterion(criterion.code)
        counted = part.state is not State.EXCLUDED
        lines.append(
            CriterionView(
                title=criterion.title,
                points=words.points(part.points) if counted else words.NO_VALUE,
                most=words.points(part.max_points),
                width=float(100 * part.points / part.max_points) if counted and part.max_points else 0.0,
                measured=measured(content, part),
                how="; ".join(text for text in (state_text(part.state), gap_text(part)) if text),
                used=used_figures(content, part),
            )
        )
    return tuple(lines)


def _figures(content: RoundContent, slug: str) -> tuple[tuple[str, tuple[FigureView, ...]], ...]:
    groups: dict[str, list[FigureView]] = {}
    for cell in content.figures_of(slug):
        measure = content.measure_by_code[cell.figure]
        groups.setdefault(measure.group, []).append(_figure(content, cell))
    return tuple((group, tuple(views)) for group, views in groups.items())


def _figure(content: RoundContent, cell: FigureCell) -> FigureView:
    measure = content.measure_by_code[cell.figure]
    before, raw, after = around_number(cell)
    decision = ""
    if cell.decided_by:
        line = _("Decided by {by}: {reason}. Printed: {printed}.")
        printed = words.amount(cell.printed, measure.unit)
        decision = line.format(by=cell.decided_by, reason=cell.reason, printed=printed)
    return FigureView(
        title=measure.title,
        value=words.amount(cell.printed if cell.value is None else cell.value, measure.unit),
        status=cell.status,
        status_text=words.status(cell.status),
        page=cell.page,
        before=before,
        raw=raw,
        after=after,
        decision=decision,
    )


def around_number(cell: FigureCell) -> tuple[str, str, str]:
    """Return the sentence before, at and after the printed number.

    Without a known place the number is pointed out only where it stands once: pointing at another number that reads
    the same would be worse than pointing at none.
    """
    sentence, raw = cell.sentence, cell.raw
    start = cell.offset
    if start is None and raw:
        alone = places_alone(sentence, raw)
        start = alone[0] if len(alone) == 1 else None
    if start is None or not raw or sentence[start : start + len(raw)] != raw:
        return sentence, "", ""
    return sentence[:start], raw, sentence[start + len(raw) :]


def map_measures(content: RoundContent) -> tuple[MapMeasure, ...]:
    """Return what the tile map can show: total points, then main measures, then every criterion's share of points."""
    totals = {row.ward: row.total for row in content.ranking if row.rank is not None and row.total is not None}
    found = [_map_measure("total", _("Total points"), totals, {s: words.points(v) for s, v in totals.items()})]
    for code in MAIN_MEASURES:
        latest = {line.ward: line.points[-1][1] for line in content.series if line.code == code and line.points}
        known = {slug: value for slug, value in latest.items() if value is not None}
        unit = content.measure_by_code[code].unit if code in content.measure_by_code else "count"
        shown = {slug: words.amount(value, unit) for slug, value in known.items()}
        found.append(_map_measure(code, content.title(code), known, shown))
    for criterion in content.scorecard.criteria:
        shares = _shares(content, criterion.code)
        title = _("Points had, %: {criterion}").format(criterion=criterion.title)
        found.append(_map_measure(criterion.code, title, shares, {s: f"{v:.0f}%" for s, v in shares.items()}))
    return tuple(measure for measure in found if measure.tiles)


def _shares(content: RoundContent, criterion: str) -> dict[str, Decimal]:
    parts = {ward: score.criterion(criterion) for ward, score in content.score_by_ward.items() if score.reported}
    return {ward: 100 * part.points / part.possible for ward, part in parts.items() if part.possible}


def _map_measure(code: str, title: str, values: dict[str, Decimal], shown: dict[str, str]) -> MapMeasure:
    """Shade by equal steps between the least and the greatest value."""
    if not values:
        return MapMeasure(code, title, {})
    low, high = min(values.values()), max(values.values())
    span = high - low
    shades = {s: int((v - low) / span * (LEVELS - 1) + Decimal("0.5")) if span else 2 for s, v in values.items()}
    return MapMeasure(code, title, {slug: (shown[slug], shades[slug]) for slug in values})
