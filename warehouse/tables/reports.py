"""What arrives and what is read from it: submissions, reports, figures, other numbers, citations.

Belongs here: facts with their provenance. A load is valid from a moment to a moment; nothing is overwritten.
Stays out: judgements (`findings`) and what is computed for a round (`results`).
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped

from warehouse.tables.base import Base, column
from warehouse.types import Exact, Json, Moment

_CURRENT = text("loaded_to IS NULL")
_OPEN = text("status IN ('waiting', 'blocked')")


class SubmissionTable(Base):
    """One arrival of one file."""

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("ward", "round", "version"),
        Index(
            "ix_submission_one_current",
            "ward",
            "round",
            unique=True,
            sqlite_where=text("is_current"),
            postgresql_where=text("is_current"),
        ),
        CheckConstraint("(version IS NULL) OR (ward IS NOT NULL AND round IS NOT NULL)", name="version_is_placed"),
        {"comment": "Every file that ever arrived, one row an arrival: read, quarantined or sent again"},
    )

    id: Mapped[int] = column("Number of the arrival", Integer, primary_key=True, autoincrement=True)
    sha256: Mapped[str] = column("Hash of the bytes, under which the original is archived", Text, index=True)
    file_name: Mapped[str] = column("Name of the file as received; data only, never a path", Text)
    size_bytes: Mapped[int] = column("Size of the file", Integer)
    format: Mapped[str | None] = column("What the bytes are: docx, pdf, doc …", Text)
    received_at: Mapped[datetime] = column("When it arrived", Moment)
    received_via: Mapped[str] = column("Way it came: inbox, mail, submit or zip", Text)
    sender: Mapped[str | None] = column("Who sent it, where the way tells", Text)
    ward: Mapped[str | None] = column("Ward it was placed with (ward.slug)", Text, ForeignKey("ward.slug"))
    round: Mapped[str | None] = column("Round it was placed in", Text, ForeignKey("round.label"))
    version: Mapped[int | None] = column("1, 2, … of the ward's reports for the round, NULL where it is none", Integer)
    is_current: Mapped[bool] = column("True for the latest version of the ward and round", Boolean, default=False)
    state: Mapped[str] = column("placed, quarantined, duplicate or withdrawn", Text, index=True)
    outcome: Mapped[str] = column("Named outcome of reading the file (parsers.outcomes)", Text)
    message_vi: Mapped[str] = column("Reason in Vietnamese, empty where all is well", Text, default="")
    message_en: Mapped[str] = column("Reason in English", Text, default="")
    identity: Mapped[Any | None] = column("What the letterhead said, with the evidence", Json)
    archived_as: Mapped[str | None] = column("Key of the original in the archive", Text)
    supersedes_id: Mapped[int | None] = column("The version it follows", Integer, ForeignKey("submission.id"))
    duplicate_of_id: Mapped[int | None] = column(
        "Earlier arrival of the same bytes", Integer, ForeignKey("submission.id")
    )
    placed_by: Mapped[str | None] = column("Person who placed it by hand, NULL where the letterhead did", Text)


class ReportTable(Base):
    """One load of one submission."""

    __tablename__ = "report"
    __table_args__ = (
        Index(
            "ix_report_one_current",
            "ward",
            "round",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
        Index("ix_report_round_loaded", "round", "loaded_from"),
        {"comment": "Loads of reports: what a submission said by one version of the parser, and while it was in force"},
    )

    id: Mapped[int] = column("Number of the load", Integer, primary_key=True, autoincrement=True)
    submission_id: Mapped[int] = column("Arrival it was read from", Integer, ForeignKey("submission.id"), index=True)
    ward: Mapped[str] = column("Ward (ward.slug)", Text, ForeignKey("ward.slug"))
    round: Mapped[str] = column("Round", Text, ForeignKey("round.label"))
    version: Mapped[int] = column("Version of the ward's report for the round", Integer)
    sha256: Mapped[str] = column("Hash of the file", Text)
    doc_no: Mapped[str | None] = column("Number and symbol printed in the letterhead", Text)
    doc_date: Mapped[date | None] = column("Date printed in the letterhead", Date)
    format: Mapped[str] = column("What the bytes are", Text)
    reader: Mapped[str] = column("Reader that made the text", Text)
    encoding: Mapped[str] = column("Encoding the text was in", Text)
    pages: Mapped[int | None] = column("Number of pages, NULL where the format has none", Integer)
    text_confidence: Mapped[float] = column("How surely the characters were recognised, least of the pages, 0–1", Float)
    identity_confidence: Mapped[float] = column("How surely ward and round were told, 0–1", Float)
    explained_share: Mapped[float] = column("Share of the printed numbers that have an account, 0–1", Float)
    parser_version: Mapped[str] = column("Version of the figure engine", Text)
    digest: Mapped[str] = column("Hash of the whole reading; the same digest is not loaded twice", Text)
    loaded_from: Mapped[datetime] = column("Moment from which this load is in force", Moment)
    loaded_to: Mapped[datetime | None] = column("Moment at which another took its place, NULL while in force", Moment)
    closed_because: Mapped[str | None] = column("Why it is no longer in force: replaced, outrun or withdrawn", Text)


class ReportBodyTable(Base):
    """The reading and the document, whole."""

    __tablename__ = "report_body"
    __table_args__ = ({"comment": "The whole reading and document of a load, compressed, for an exact rebuild"},)

    report_id: Mapped[int] = column("Load", Integer, ForeignKey("report.id"), primary_key=True)
    reading: Mapped[bytes] = column("parsers.reading.Reading as zlib-compressed JSON", LargeBinary)
    document: Mapped[bytes | None] = column("parsers.document.Document as zlib-compressed JSON", LargeBinary)


class FigureValueTable(Base):
    """One printing of one figure."""

    __tablename__ = "figure_value"
    __table_args__ = (
        Index("ix_figure_value_figure", "figure", "report_id"),
        {"comment": "Every printing of every figure, with the sentence it was read from"},
    )

    report_id: Mapped[int] = column("Load", Integer, ForeignKey("report.id"), primary_key=True)
    figure: Mapped[str] = column("Figure", Text, ForeignKey("figure.code"), primary_key=True)
    seq: Mapped[int] = column("Order of the printing within report and figure, from 0", Integer, primary_key=True)
    is_primary: Mapped[bool] = column("True for the printing that stands for the figure", Boolean)
    value: Mapped[Decimal] = column("Value in the figure's unit", Exact)
    raw: Mapped[str] = column("The number as printed", Text)
    quantum: Mapped[Decimal] = column("Value of one unit of the last printed digit", Exact)
    decimals: Mapped[int] = column("Printed decimals", Integer)
    approximation: Mapped[str] = column("Word that widens it: nearly, over, about, estimated or empty", Text)
    is_in_words: Mapped[bool] = column("True where the number was printed in words", Boolean)
    is_malformed: Mapped[bool] = column("True where the digits are no number as written", Boolean)
    candidates: Mapped[Any | None] = column("Values a malformed number may stand for", Json)
    base: Mapped[str | None] = column("Figure that the sentence names as the total of a percentage", Text)
    components: Mapped[Any | None] = column("Printed parts that were added up", Json)
    label: Mapped[str] = column("Phrase that named the figure", Text)
    rule: Mapped[str] = column("Step of the engine that joined number and figure", Text)
    sentence: Mapped[str] = column("Sentence around the number", Text)
    page: Mapped[int | None] = column("Page, from 1", Integer)
    box: Mapped[Any | None] = column("Rectangle on the page in points from the top left: x0, top, x1, bottom", Json)
    place: Mapped[Any] = column("Characters in the document: block, start, end, row, column", Json)
    text_confidence: Mapped[float] = column("How surely the characters were recognised, 0–1", Float)
    reading_confidence: Mapped[float] = column("How surely the number is this figure, 0–1", Float)
    confidence: Mapped[float] = column("Product of the two, 0–1", Float)
    text_class: Mapped[str | None] = column("How its page was made to text: digital, scan or poor_scan", Text)
    probability: Mapped[float | None] = column("The judge's probability that value and figure are right, 0–1", Float)
    is_sure: Mapped[bool | None] = column("True where the judge asks nobody to look", Boolean)
    readers: Mapped[str | None] = column("Readers that read the figure there, parted by commas", Text)
    doubt: Mapped[str | None] = column("Code of the reason why it is not sure, empty where it is (doubt.code)", Text)
    rival: Mapped[Decimal | None] = column("Another value that the report prints for the figure", Exact)
    rival_figure: Mapped[str | None] = column("Another figure that a reader takes the number for", Text)


class NumberAccountTable(Base):
    """What every other number of a report is."""

    __tablename__ = "number_account"
    __table_args__ = ({"comment": "The account of every printed number: figure, citation, date, decoy or unexplained"},)

    report_id: Mapped[int] = column("Load", Integer, ForeignKey("report.id"), primary_key=True)
    seq: Mapped[int] = column("Order in the report, from 0", Integer, primary_key=True)
    kind: Mapped[str] = column("What the number is (parsers.reading.AccountKind)", Text)
    raw: Mapped[str] = column("The number as printed", Text)
    value: Mapped[Decimal | None] = column("Its value, NULL where it has none", Exact)
    figure: Mapped[str | None] = column("Figure it was read as", Text)
    reason: Mapped[str] = column("Rule that decided", Text)
    page: Mapped[int | None] = column("Page, from 1", Integer)
    sentence: Mapped[str] = column("Sentence around the number", Text)
    place: Mapped[Any] = column("Characters in the document", Json)


class CitationTable(Base):
    """A document a report cites."""

    __tablename__ = "citation"
    __table_args__ = ({"comment": "Documents that reports cite"},)

    report_id: Mapped[int] = column("Load", Integer, ForeignKey("report.id"), primary_key=True)
    seq: Mapped[int] = column("Order in the report, from 0", Integer, primary_key=True)
    kind: Mapped[str] = column("Kind of document", Text)
    number: Mapped[str] = column("Number and symbol", Text)
    day: Mapped[date | None] = column("Date printed with it", Date)
    subject: Mapped[str] = column("Subject as printed", Text)
    sentence: Mapped[str] = column("Sentence that cites it", Text)
    place: Mapped[Any] = column("Characters in the document", Json)


class FigureCurrentTable(Base):
    """The figure of a ward and round as it counts now: kept by the same transaction that changes any of its causes."""

    __tablename__ = "figure_current"
    __table_args__ = (
        Index("ix_figure_current_figure", "figure", "round", "ward", "value"),
        Index(
            "ix_figure_current_open",
            "round",
            "ward",
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_figure_current_ward", "ward"),
        {
            "comment": "Figures in force, one row a round, ward and figure: printed, decided, and whether it counts",
            "sqlite_with_rowid": False,
        },
    )

    round: Mapped[str] = column("Round", Text, primary_key=True)
    ward: Mapped[str] = column("Ward (ward.slug)", Text, primary_key=True)
    figure: Mapped[str] = column("Figure", Text, primary_key=True)
    status: Mapped[str] = column("entered, marked (open warning), waiting (unsure) or blocked (open error)", Text)
    value: Mapped[Decimal | None] = column("Value that counts, NULL while waiting or blocked", Exact)
    printed: Mapped[Decimal | None] = column("Value as printed, NULL where the report prints none", Exact)
    decided: Mapped[Decimal | None] = column("Value a named person decided, NULL where none did", Exact)
    decision_id: Mapped[int | None] = column("Decision that holds", Integer)
    confidence: Mapped[float | None] = column("How far the printed value may be trusted unseen, 0–1", Float)
    report_id: Mapped[int | None] = column("Load in force", Integer)
    seq: Mapped[int | None] = column("Printing that stands for the figure (figure_value.seq)", Integer)


class IndicatorCurrentTable(Base):
    """The indicator of a ward and round from the figures that count."""

    __tablename__ = "indicator_current"
    __table_args__ = (
        Index("ix_indicator_current_indicator", "indicator", "round", "ward"),
        {
            "comment": "Indicators in force, one row a round, ward and indicator of which a side is known",
            "sqlite_with_rowid": False,
        },
    )

    round: Mapped[str] = column("Round", Text, primary_key=True)
    ward: Mapped[str] = column("Ward (ward.slug)", Text, primary_key=True)
    indicator: Mapped[str] = column("Indicator", Text, primary_key=True)
    numerator: Mapped[Decimal | None] = column("Numerator, NULL where its figures do not all count", Exact)
    denominator: Mapped[Decimal | None] = column("Denominator, NULL where its figures do not all count", Exact)
