"""Findings and what people decide about them.

Belongs here: findings with their life, and the append-only decisions.
Stays out: the rules (`validation`).
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped

from warehouse.tables.base import Base, column
from warehouse.types import Exact, Json, Moment


class FindingTable(Base):
    """One thing that is wrong or worth knowing."""

    __tablename__ = "finding"
    __table_args__ = (
        Index("ix_finding_ward_round", "round", "ward", "state"),
        CheckConstraint("state IN ('open', 'resolved')", name="state"),
        CheckConstraint("severity IN ('error', 'warning', 'info')", name="severity"),
        {"comment": "Findings on reports, from the day they are first seen to what resolved them"},
    )

    key: Mapped[str] = column("What stays the same when the fault is found again", Text, primary_key=True)
    ward: Mapped[str] = column("Ward (ward.slug)", Text, ForeignKey("ward.slug"))
    round: Mapped[str] = column("Round", Text, ForeignKey("round.label"))
    rule: Mapped[str] = column("Rule that fired", Text)
    severity: Mapped[str] = column("error (figure may not enter), warning (enters, marked) or info", Text)
    printed: Mapped[str] = column("What was printed", Text)
    expected: Mapped[str] = column("What was expected", Text)
    message_vi: Mapped[str] = column("The finding in words a ward understands", Text)
    message_en: Mapped[str] = column("The finding in English", Text)
    quotes: Mapped[Any] = column("Sentences it rests on", Json)
    proposals: Mapped[Any] = column("Values that evidence supports", Json)
    state: Mapped[str] = column("open or resolved", Text)
    resolved_by: Mapped[str | None] = column("What resolved it: report, decision or withdrawal", Text)
    resolved_id: Mapped[int | None] = column("Number of that load or decision", Integer)
    resolved_at: Mapped[datetime | None] = column("When it was resolved", Moment)
    first_seen_at: Mapped[datetime] = column("When it was first found", Moment)
    first_report_id: Mapped[int | None] = column("Load it was first found in", Integer, ForeignKey("report.id"))
    last_seen_at: Mapped[datetime] = column("When it was last found", Moment)
    last_report_id: Mapped[int | None] = column("Load it was last found in", Integer, ForeignKey("report.id"))


class FindingFigureTable(Base):
    """A figure that a finding binds."""

    __tablename__ = "finding_figure"
    __table_args__ = ({"comment": "Figures that a finding concerns"},)

    finding_key: Mapped[str] = column("Finding", Text, ForeignKey("finding.key"), primary_key=True)
    figure: Mapped[str] = column("Figure", Text, ForeignKey("figure.code"), primary_key=True)
    position: Mapped[int] = column("Order in the finding", Integer)


class FindingSpellTable(Base):
    """One time during which a finding was open."""

    __tablename__ = "finding_spell"
    __table_args__ = (
        {"comment": "The times during which each finding was open, so that a past state can be asked for"},
    )

    finding_key: Mapped[str] = column("Finding", Text, ForeignKey("finding.key"), primary_key=True)
    seq: Mapped[int] = column("Order of the spell, from 0", Integer, primary_key=True)
    open_from: Mapped[datetime] = column("Moment from which it was open", Moment)
    open_to: Mapped[datetime | None] = column("Moment at which it was resolved, NULL while open", Moment)


class DecisionTable(Base):
    """What a named person decided; append-only, held by the database itself."""

    __tablename__ = "decision"
    __table_args__ = (
        Index("ix_decision_ward_round", "round", "ward", "figure"),
        CheckConstraint("kind IN ('accept', 'propose', 'enter', 'reject', 'reopen')", name="kind"),
        {"comment": "Decisions of named persons on findings and figures; rows are only ever added"},
    )

    id: Mapped[int] = column("Number of the decision", Integer, primary_key=True, autoincrement=True)
    finding_key: Mapped[str | None] = column("Finding decided on, NULL for a figure by itself", Text, index=True)
    ward: Mapped[str] = column("Ward (ward.slug)", Text, ForeignKey("ward.slug"))
    round: Mapped[str] = column("Round", Text, ForeignKey("round.label"))
    figure: Mapped[str | None] = column("Figure decided on", Text, ForeignKey("figure.code"))
    kind: Mapped[str] = column("accept as printed, propose (take the proposal), enter a value, reject or reopen", Text)
    value: Mapped[Decimal | None] = column("Value taken over, for propose and enter", Exact)
    printed: Mapped[Decimal | None] = column(
        "What stood printed when it was decided; it holds while that stands", Exact
    )
    decided_by: Mapped[str] = column("Who decided", Text)
    decided_at: Mapped[datetime] = column("When", Moment)
    reason: Mapped[str] = column("Why", Text)
