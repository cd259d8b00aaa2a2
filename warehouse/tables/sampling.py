"""The blind sample: figures that counted without a look, what people read off the page, and the switch of a class.

Belongs here: rows that are only added. Stays out: drawing, comparing, bounds (`warehouse.blind_sample`,
`warehouse.acceptance`).
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped

from warehouse.tables.base import Base, column
from warehouse.types import Exact, Moment

_CLASSES = "text_class IN ('digital', 'scan', 'poor_scan')"


class BlindSampleTable(Base):
    """One figure drawn for a blind check."""

    __tablename__ = "blind_sample"
    __table_args__ = (
        UniqueConstraint("round", "ward", "figure"),
        CheckConstraint(_CLASSES, name="text_class"),
        {"comment": "Figures that counted without anybody looking, drawn at random to be read off the page blindly"},
    )

    id: Mapped[int] = column("Number of the draw", Integer, primary_key=True, autoincrement=True)
    round: Mapped[str] = column("Round", Text, ForeignKey("round.label"))
    ward: Mapped[str] = column("Ward (ward.slug)", Text, ForeignKey("ward.slug"))
    figure: Mapped[str] = column("Figure", Text, ForeignKey("figure.code"))
    report_id: Mapped[int] = column("Load whose reading is checked", Integer, ForeignKey("report.id"))
    seq: Mapped[int] = column("Printing that is checked (figure_value.seq)", Integer)
    text_class: Mapped[str] = column("digital, scan or poor_scan", Text)
    ticket: Mapped[str] = column("SHA-256 of round, ward and figure; the smallest of a class are drawn", Text)
    drawn_at: Mapped[datetime] = column("When it was drawn", Moment)


class BlindCheckTable(Base):
    """What a person read off the page for one drawn figure."""

    __tablename__ = "blind_check"
    __table_args__ = ({"comment": "Blind checks: what a named person read, and whether the reader had read the same"},)

    sample_id: Mapped[int] = column("The draw", Integer, ForeignKey("blind_sample.id"), primary_key=True)
    typed: Mapped[str] = column("What the person typed, empty where the page does not print the figure there", Text)
    value: Mapped[Decimal | None] = column("Its value in the figure's unit, NULL where nothing is printed", Exact)
    is_right: Mapped[bool] = column("True where the reader had read the same value", Boolean)
    checked_by: Mapped[str] = column("Who checked", Text)
    checked_at: Mapped[datetime] = column("When", Moment)


class TrustSwitchTable(Base):
    """A class of text switched off or on."""

    __tablename__ = "trust_switch"
    __table_args__ = (
        Index("ix_trust_switch_text_class", "text_class", "id"),
        CheckConstraint(_CLASSES, name="text_class"),
        {"comment": "Acceptance without a look, switched off and on by class of text; the last row of a class counts"},
    )

    id: Mapped[int] = column("Number of the switching", Integer, primary_key=True, autoincrement=True)
    text_class: Mapped[str] = column("digital, scan or poor_scan", Text)
    is_on: Mapped[bool] = column("True where sure figures of the class count without a look from then on", Boolean)
    switched_by: Mapped[str] = column("Who switched, empty where a blind check did", Text)
    switched_at: Mapped[datetime] = column("When", Moment)
    reason: Mapped[str] = column("Why", Text)
