"""Computing a round's results from the warehouse and saving them there.

Belongs here: the steps as the pipeline calls them, and results as the rows of the warehouse's tables.
Stays out: fetching (`fetch`), arithmetic (the sibling modules), how rows replace one another (`warehouse.results`).

Equal figures give equal rows, and `warehouse.results` saves equal rows only once; so a step that is run again without
news changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import Engine

from catalogue.rounds import parse_round
from catalogue.scorecards import Scorecard
from cchc.messages import use_language
from scoring.compute import ranking_of, result_of
from scoring.inputs import FigureInput
from scoring.phrases import gap_text
from scoring.rollup import rollup
from scoring.score import score
from scoring.values import (
    CriterionScore,
    Ranking,
    RankRow,
    RollupRow,
    RoundResult,
    State,
    WardScore,
)
from warehouse import queries, results, rows
from warehouse.codec import to_plain
from warehouse.scores.fetch import history, round_figures


def compute_rollup(engine: Engine, round_label: str, moment: datetime) -> tuple[RollupRow, ...]:
    """Total the round, save the totals and return them."""
    totals = rollup(round_figures(engine, round_label), history(engine, round_label))
    results.save_rollup(engine, round_label, [_rollup_row(row) for row in totals], moment)
    return totals


def compute_scores(engine: Engine, round_label: str, card: Scorecard, moment: datetime) -> tuple[WardScore, ...]:
    """Give every ward its points, save them and return them."""
    scores = score(round_figures(engine, round_label, card), card)
    results.save_scores(engine, round_label, card.name, list(_score_rows(scores)), moment)
    return scores


def compute_ranking(engine: Engine, round_label: str, card: Scorecard, moment: datetime) -> Ranking:
    """Put the wards in their places, save the ranking and return it."""
    previous = parse_round(round_label).previous().label
    before = round_figures(engine, previous, card) if previous in queries.reported_rounds(engine) else None
    ranking = ranking_of(round_figures(engine, round_label, card), card, before)
    results.save_ranking(engine, round_label, card.name, [_rank_row(row) for row in ranking.rows], moment)
    return ranking


def compute_round(engine: Engine, round_label: str, card: Scorecard, moment: datetime) -> RoundResult:
    """Do all three steps on one look at the figures, and save all results in one transaction."""
    result = current_result(engine, round_label, card)
    save_round(engine, round_label, card, result, moment)
    return result


def save_round(engine: Engine, round_label: str, card: Scorecard, result: RoundResult, moment: datetime) -> None:
    """Save all that was worked out for a round under a card, in one transaction."""
    results.save_results(
        engine,
        round_label,
        card.name,
        rollup=[_rollup_row(row) for row in result.rollup],
        scores=list(_score_rows(result.scores)),
        ranking=[_rank_row(row) for row in result.ranking.rows],
        moment=moment,
    )


def current_result(engine: Engine, round_label: str, card: Scorecard) -> RoundResult:
    """Return what the steps give for the figures as they count now; saves nothing."""
    known = history(engine, round_label)
    previous = parse_round(round_label).previous().label
    if previous in known:
        known[previous] = round_figures(engine, previous, card)
    return result_of(round_figures(engine, round_label, card), card, known)


def _rollup_row(row: RollupRow) -> rows.RollupRow:
    return rows.RollupRow(
        scope=row.scope,
        measure_kind="figure" if row.measure == "sum" else "indicator",
        measure=row.code,
        unit=row.unit,
        value=row.value,
        numerator=row.numerator,
        denominator=row.denominator,
        wards_counted=row.covered,
        wards_expected=row.expected,
        previous_value=row.previous.comparable if row.previous else None,
        last_year_value=row.last_year.comparable if row.last_year else None,
        detail={
            "wards": list(row.wards),
            "marked": row.marked,
            "previous": row.previous and to_plain(row.previous),
            "last_year": row.last_year and to_plain(row.last_year),
        },
        previous_now=row.previous.now if row.previous else None,
        previous_wards=row.previous.covered if row.previous else None,
        previous_change=row.previous.change if row.previous else None,
        previous_note=row.previous.note if row.previous else None,
        last_year_now=row.last_year.now if row.last_year else None,
        last_year_wards=row.last_year.covered if row.last_year else None,
        last_year_change=row.last_year.change if row.last_year else None,
        last_year_note=row.last_year.note if row.last_year else None,
    )


def _score_rows(scores: Iterable[WardScore]) -> Iterator[rows.ScoreRow]:
    for ward in scores:
        for position, criterion in enumerate(ward.criteria):
            yield _score_row(criterion, position, ward.version)


def _score_row(score: CriterionScore, position: int, version: str) -> rows.ScoreRow:
    counted = score.state is not State.EXCLUDED
    with use_language("vi"):
        note = gap_text(score)
    return rows.ScoreRow(
        ward=score.ward,
        criterion=score.criterion,
        position=position,
        scorecard_version=version,
        inputs={figure.figure: _input(figure) for figure in score.inputs},
        ratio=score.measured,
        points=score.points if counted else None,
        max_points=score.max_points,
        state=score.state.value,
        note=note,
        detail={
            "gap": score.gap.value,
            "missing": list(score.missing),
            "source": score.source,
            "formula": score.formula,
            "mark": score.mark and to_plain(score.mark),
            "waiver": score.waiver and to_plain(score.waiver),
            "receipt": score.receipt and to_plain(score.receipt),
            "low": str(score.low),
            "high": str(score.high),
        },
    )


def _input(figure: FigureInput) -> dict[str, object]:
    """Return a figure as it went into a score; its sentence stands with the report, under `report_id` and code."""
    return {
        "value": str(figure.value),
        "status": figure.status,
        "report_id": figure.report_id,
        "page": figure.page,
        "decided_by": figure.decided_by,
    }


def _rank_row(row: RankRow) -> rows.RankRow:
    return rows.RankRow(
        ward=row.ward,
        scorecard_version=row.version,
        total=row.total,
        rank=row.rank,
        rank_in_kind=row.rank_in_kind,
        class_code=row.grade,
        completeness=row.completeness * 100,
        rank_change=row.change,
        reason_unranked=row.reason_vi or None,
        robustness=row.robustness and to_plain(row.robustness),
        detail={
            "previous_rank": row.previous_rank,
            "moves": to_plain(row.moves),
            "marks": to_plain(row.marks),
            "unranked": row.unranked.value,
            "provisional": list(row.provisional),
            "weakest_group": row.weakest if row.weakest is None else str(row.weakest),
            "reason_en": row.reason_en,
        },
    )
