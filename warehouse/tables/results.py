"""What is computed for a round, and what became of it: rollups, scores, ranking, publications, events, runs.

Belongs here: results that can be computed again from the facts, under the calculation that made them.
Stays out: facts and judgements.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, Float, ForeignKey, Index, Integer, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped

from warehouse.tables.base import Base, column
from warehouse.types import Exact, Json, Moment

_CURRENT = text("calculated_to IS NULL")


class CalculationTable(Base):
    """One computing of one kind of result for a round."""

    __tablename__ = "calculation"
    __table_args__ = (
        Index(
            "ix_calculation_one_current",
            "round",
            "kind",
            "scorecard",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
        {"comment": "Computings of a round's results, and while each was in force"},
    )

    id: Mapped[int] = column("Number of the calculation", Integer, primary_key=True, autoincrement=True)
    round: Mapped[str] = column("Round", Text, ForeignKey("round.label"))
    kind: Mapped[str] = column("rollup, score or ranking", Text)
    scorecard: Mapped[str] = column("Scorecard, empty for a rollup", Text)
    digest: Mapped[str] = column("Hash of the rows; the same digest is not saved twice", Text)
    calculated_from: Mapped[datetime] = column("Moment from which it is in force", Moment)
    calculated_to: Mapped[datetime | None] = column("Moment at which another took its place", Moment)
    confirmed_at: Mapped[datetime | None] = column("Last moment at which computing gave these same rows", Moment)


class RollupTable(Base):
    """A total of the district or of one kind of ward."""

    __tablename__ = "rollup"
    __table_args__ = ({"comment": "Totals of the district for a round, with the wards they cover"},)

    calculation_id: Mapped[int] = column("Calculation", Integer, ForeignKey("calculation.id"), primary_key=True)
    seq: Mapped[int] = column("Order, from 0", Integer, primary_key=True)
    scope: Mapped[str] = column("Which wards: all, or those of one kind, as phường", Text)
    measure_kind: Mapped[str] = column("figure or indicator", Text)
    measure: Mapped[str] = column("Code of the figure or indicator", Text)
    unit: Mapped[str] = column("count, percent or vnd", Text)
    value: Mapped[Decimal | None] = column("Total, or numerator over denominator in percent", Exact)
    numerator: Mapped[Decimal | None] = column("Sum of numerators, NULL for a total", Exact)
    denominator: Mapped[Decimal | None] = column("Sum of denominators, NULL for a total", Exact)
    wards_counted: Mapped[int] = column("Wards whose figures are in it", Integer)
    wards_expected: Mapped[int] = column("Wards that should have reported", Integer)
    previous_value: Mapped[Decimal | None] = column("The same of the previous round, where it can be compared", Exact)
    last_year_value: Mapped[Decimal | None] = column("The same of that round a year before", Exact)
    detail: Mapped[Any | None] = column("Anything more: wards left out and why", Json)
    wards_marked: Mapped[int | None] = column("Wards among the covered whose figure an open warning marks", Integer)
    previous_now: Mapped[Decimal | None] = column("This round's over the wards that the previous round has too", Exact)
    previous_wards: Mapped[int | None] = column("Wards compared with the previous round", Integer)
    previous_change: Mapped[Decimal | None] = column("Change on the previous round, NULL where the spans differ", Exact)
    previous_note: Mapped[str | None] = column(
        "empty, quarter_flow (cumulative reports taken apart) or spans_differ (not compared)", Text
    )
    last_year_now: Mapped[Decimal | None] = column(
        "This round's over the wards that that round a year before has too", Exact
    )
    last_year_wards: Mapped[int | None] = column("Wards compared with that round a year before", Integer)
    last_year_change: Mapped[Decimal | None] = column(
        "Change on that round a year before, NULL where the spans differ", Exact
    )
    last_year_note: Mapped[str | None] = column(
        "empty, quarter_flow (cumulative reports taken apart) or spans_differ (not compared)", Text
    )


class ScoreTable(Base):
    """Points of one ward for one criterion."""

    __tablename__ = "score"
    __table_args__ = ({"comment": "Points of each ward for each criterion of a scorecard"},)

    calculation_id: Mapped[int] = column("Calculation", Integer, ForeignKey("calculation.id"), primary_key=True)
    ward: Mapped[str] = column("Ward (ward.slug)", Text, ForeignKey("ward.slug"), primary_key=True)
    criterion: Mapped[str] = column("Criterion of the scorecard", Text, primary_key=True)
    position: Mapped[int] = column("Order of the criterion in the scorecard", Integer)
    scorecard_version: Mapped[str] = column("Version of the scorecard", Text)
    inputs: Mapped[Any] = column("Figures the criterion used, by code", Json)
    ratio: Mapped[Decimal | None] = column("Ratio the points follow from, NULL where there is none", Exact)
    points: Mapped[Decimal | None] = column("Points, NULL where held or left out", Exact)
    max_points: Mapped[Decimal] = column("Points at most", Exact)
    state: Mapped[str] = column("How the points came about: scored, excluded, held …", Text)
    note: Mapped[str] = column("Remark for people", Text)
    detail: Mapped[Any | None] = column("Anything more: what was missing, which fallback was used", Json)
    points_low: Mapped[Decimal | None] = column("Least points, however gaps are filled and findings decided", Exact)
    points_high: Mapped[Decimal | None] = column("Most points, likewise", Exact)
    gap: Mapped[str | None] = column("Why it could not be scored from what is there, empty where it could", Text)
    measure_used: Mapped[int | None] = column("Measure that was used: 0 the preferred, more a fallback", Integer)


class ManualMarkTable(Base):
    """Marks of a person for a criterion that reports cannot show."""

    __tablename__ = "manual_mark"
    __table_args__ = (
        Index("ix_manual_mark_round", "round", "ward", "criterion"),
        {"comment": "Marks given by people for criteria that reports cannot show; the last row counts"},
    )

    id: Mapped[int] = column("Number of the mark", Integer, primary_key=True, autoincrement=True)
    round: Mapped[str] = column("Round", Text, ForeignKey("round.label"))
    ward: Mapped[str] = column("Ward (ward.slug)", Text, ForeignKey("ward.slug"))
    scorecard: Mapped[str] = column("Scorecard", Text)
    criterion: Mapped[str] = column("Criterion of the scorecard", Text)
    self_assessed: Mapped[Decimal | None] = column("Points the ward gave itself", Exact)
    appraised: Mapped[Decimal | None] = column("Points the appraisers gave", Exact)
    final: Mapped[Decimal | None] = column("Points that count", Exact)
    evidence: Mapped[str] = column("Evidence for the points", Text)
    marked_by: Mapped[str] = column("Who gave the marks", Text)
    marked_at: Mapped[datetime] = column("When", Moment)
    not_applicable: Mapped[bool] = column(
        "True where the criterion does not apply to the ward in the round", Boolean, server_default=false()
    )


class RankTable(Base):
    """Place of one ward."""

    __tablename__ = "rank"
    __table_args__ = ({"comment": "Places of the wards; equal totals share a place, wards without data have none"},)

    calculation_id: Mapped[int] = column("Calculation", Integer, ForeignKey("calculation.id"), primary_key=True)
    ward: Mapped[str] = column("Ward (ward.slug)", Text, ForeignKey("ward.slug"), primary_key=True)
    scorecard_version: Mapped[str] = column("Version of the scorecard", Text)
    total: Mapped[Decimal | None] = column("Points in total, NULL where unranked", Exact)
    rank: Mapped[int | None] = column("Place among all wards, NULL where unranked", Integer)
    rank_in_kind: Mapped[int | None] = column("Place among the wards of its kind", Integer)
    class_code: Mapped[str | None] = column("Class of the total", Text)
    completeness: Mapped[Decimal | None] = column("Share of the points that could be computed, percent", Exact)
    rank_change: Mapped[int | None] = column("Places won (+) or lost (-) since the previous round", Integer)
    reason_unranked: Mapped[str | None] = column("Why the ward has no place, in Vietnamese", Text)
    robustness: Mapped[Any | None] = column("How firm the place is when weights and open findings vary", Json)
    detail: Mapped[Any | None] = column("Anything more: marks on data quality, what moved it", Json)
    tier: Mapped[int | None] = column("Tier, 1 the first: wards whose ranges overlap stand in one", Integer)
    best_rank: Mapped[int | None] = column("Best place over all variations", Integer)
    worst_rank: Mapped[int | None] = column("Worst place over all variations", Integer)
    total_low: Mapped[Decimal | None] = column("Least total over them, under the card's own weights", Exact)
    total_high: Mapped[Decimal | None] = column("Greatest total over them, under the card's own weights", Exact)
    kept_share: Mapped[Decimal | None] = column("Share of the variations of weights that keep the place, 0–1", Exact)
    lead_share: Mapped[Decimal | None] = column("Share of cases in which it stays ahead of the next ward, 0–1", Exact)
    is_separated: Mapped[bool | None] = column("True where its lead on the next ward may be called one", Boolean)
    is_provisional: Mapped[bool | None] = column("True while a criterion waits for the office", Boolean)
    provisional_criteria: Mapped[str | None] = column("The criteria that wait, parted by commas", Text)
    weakest_pct: Mapped[Decimal | None] = column("Share of its points that the weakest group reaches, percent", Exact)
    previous_rank: Mapped[int | None] = column("Place in the previous round, where the two compare", Integer)
    open_findings: Mapped[int | None] = column("Open findings on figures that the scorecard may use", Integer)
    marked_figures: Mapped[int | None] = column("Figures used that an open warning marks", Integer)
    decided_figures: Mapped[int | None] = column("Figures used that a person decided", Integer)
    gaps: Mapped[int | None] = column("Criteria without figures", Integer)
    fallbacks: Mapped[int | None] = column("Criteria for which a printed percentage stood in for numbers", Integer)
    least_confidence: Mapped[float | None] = column("Least confidence of a figure used, 0–1", Float)


class PublicationTable(Base):
    """One paper of one revision of a round."""

    __tablename__ = "publication"
    __table_args__ = (
        UniqueConstraint("round", "revision", "path"),
        {"comment": "Papers the office published, by revision; superseded ones stay"},
    )

    id: Mapped[int] = column("Number of the publication", Integer, primary_key=True, autoincrement=True)
    round: Mapped[str] = column("Round", Text, ForeignKey("round.label"))
    revision: Mapped[int] = column("0 for the first publication, then 1, 2 …", Integer)
    kind: Mapped[str] = column("Kind of paper: workbook, report, ranking, page, data …", Text)
    path: Mapped[str] = column("File, relative to the folder of publications", Text)
    sha256: Mapped[str] = column("Hash of the file", Text)
    published_by: Mapped[str] = column("Who published it", Text)
    published_at: Mapped[datetime] = column("When", Moment)
    note: Mapped[str] = column("What changed and why", Text)


class EventTable(Base):
    """Something that happened once."""

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_round_kind", "round", "kind"),
        {"comment": "Events of a round that happen once: opened, reminded, closed, message sent"},
    )

    key: Mapped[str] = column("What makes the event the same event", Text, primary_key=True)
    kind: Mapped[str] = column("Kind of event", Text)
    round: Mapped[str | None] = column("Round", Text, ForeignKey("round.label"))
    ward: Mapped[str | None] = column("Ward (ward.slug)", Text, ForeignKey("ward.slug"))
    happened_at: Mapped[datetime] = column("When", Moment)
    detail: Mapped[Any | None] = column("Anything more", Json)


class RunTable(Base):
    """One try at processing one ward's report."""

    __tablename__ = "run"
    __table_args__ = (
        Index("ix_run_ward_round", "round", "ward"),
        {"comment": "Tries at processing a report, with what came of them"},
    )

    id: Mapped[int] = column("Number of the try", Integer, primary_key=True, autoincrement=True)
    submission_id: Mapped[int | None] = column("Arrival", Integer, ForeignKey("submission.id"))
    ward: Mapped[str | None] = column("Ward (ward.slug)", Text, ForeignKey("ward.slug"))
    round: Mapped[str | None] = column("Round", Text, ForeignKey("round.label"))
    step: Mapped[str] = column("What was tried: read, check, load …", Text)
    outcome: Mapped[str] = column("Named outcome", Text)
    message: Mapped[str] = column("What happened and what to do next", Text)
    parser_version: Mapped[str | None] = column("Version of the figure engine", Text)
    started_at: Mapped[datetime] = column("When it began", Moment)
    seconds: Mapped[float | None] = column("How long it took", Float)
