"""Reference tables: wards, rounds, figures, indicators, and the data dictionary.

Belongs here: what the catalogue says, kept in the database so that an analyst can join it.
Stays out: anything that arrives in a report.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Boolean, CheckConstraint, Date, Float, ForeignKey, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped

from warehouse.tables.base import Base, column
from warehouse.types import Exact, Moment, SortKey


class WardTable(Base):
    """A commune-level unit in time."""

    __tablename__ = "ward"
    __table_args__ = (
        UniqueConstraint("slug"),
        {"comment": "Commune-level units (phường, xã) in time; a unit is its official code and the day it began"},
    )

    code: Mapped[str] = column("Official code of the unit; codes are reused, see valid_from", Text, primary_key=True)
    valid_from: Mapped[date] = column("First day on which the unit exists", Date, primary_key=True)
    slug: Mapped[str] = column("Stable plain name by which every fact refers to the unit", Text)
    kind: Mapped[str] = column("Kind of the unit, as phường or xã", Text)
    name: Mapped[str] = column("Vietnamese name without its kind, Unicode NFC", Text)
    search: Mapped[str] = column("Kind and name in lower case without marks, for searching", Text, index=True)
    sort_key: Mapped[str] = column("ASCII key whose byte order is that of a Vietnamese dictionary", SortKey)
    valid_to: Mapped[date | None] = column("Last day on which the unit exists, NULL where it still does", Date)
    successor_code: Mapped[str | None] = column("Official code of the unit that took this one in", Text)
    successor_kind: Mapped[str | None] = column("Kind of that unit", Text)
    successor_name: Mapped[str | None] = column("Name of that unit", Text)
    successor_valid_from: Mapped[date | None] = column("First day on which that unit exists", Date)


class RoundTable(Base):
    """A collection round."""

    __tablename__ = "round"
    __table_args__ = (
        CheckConstraint("number BETWEEN 1 AND 4", name="number"),
        CheckConstraint("state IN ('open', 'closed', 'published')", name="state"),
        {"comment": "Collection rounds (kỳ báo cáo), four a year; rounds 2 and 4 are cumulative"},
    )

    label: Mapped[str] = column("Label of the round, as 2023-Q3", Text, primary_key=True)
    year: Mapped[int] = column("Year of the round", Integer)
    number: Mapped[int] = column("1 to 4 within the year", Integer)
    kind: Mapped[str] = column("quarter, nine_months or month", Text, server_default="quarter")
    is_cumulative: Mapped[bool] = column("True where the report covers the year so far (rounds 2 and 4)", Boolean)
    window_start: Mapped[date] = column("First day whose events the report covers", Date)
    window_end: Mapped[date] = column("Last day whose events the report covers", Date)
    due_date: Mapped[date] = column("Last day on which a report is on time", Date)
    closing_date: Mapped[date] = column("Last day on which a report is still taken into the round", Date)
    state: Mapped[str] = column("open, closed (no more intake) or published (locked)", Text, default="open")
    late_from: Mapped[datetime | None] = column(
        "First moment at which a report is late: the office's midnight after due_date", Moment
    )


class FigureTable(Base):
    """A figure of the catalogue."""

    __tablename__ = "figure"
    __table_args__ = ({"comment": "Figures (số liệu) a report is read for; a code means one thing for ever"},)

    code: Mapped[str] = column("Stable code of the figure", Text, primary_key=True)
    position: Mapped[int] = column("Order in the catalogue", Integer)
    figure_group: Mapped[str] = column("Chapter of the report it belongs to", Text)
    unit: Mapped[str] = column("count, percent or vnd", Text)
    basis: Mapped[str] = column("period, ytd, year, point, prior or ratio (catalogue/figures.yaml)", Text)
    is_additive: Mapped[bool] = column("True where quarters add up to the cumulative figure", Boolean)
    label_vi: Mapped[str] = column("Short label in Vietnamese", Text, server_default="")
    meaning_vi: Mapped[str] = column("Meaning in Vietnamese", Text)
    meaning_en: Mapped[str] = column("Meaning in English", Text, server_default="")
    source_form_vi: Mapped[str] = column("Report and forms it comes from, in Vietnamese", Text, server_default="")
    source_form_en: Mapped[str] = column("Report and forms it comes from, in English", Text, server_default="")
    since_date: Mapped[date | None] = column("First day from which reports print it, NULL for ever since", Date)
    search: Mapped[str] = column("Meaning in lower case without marks, for searching", Text)


class IndicatorTable(Base):
    """A ratio of figures."""

    __tablename__ = "indicator"
    __table_args__ = ({"comment": "Indicators: ratios computed from printed figures (catalogue/indicators.yaml)"},)

    code: Mapped[str] = column("Stable code of the indicator", Text, primary_key=True)
    position: Mapped[int] = column("Order in the catalogue", Integer)
    is_additive: Mapped[bool] = column("True where numerator and denominator of quarters add up", Boolean)
    meaning_vi: Mapped[str] = column("Meaning in Vietnamese", Text)
    meaning_en: Mapped[str] = column("Meaning in English", Text)


class IndicatorPartTable(Base):
    """One figure of one way to make a side of an indicator."""

    __tablename__ = "indicator_part"
    __table_args__ = (
        {"comment": "Which figures make the sides of an indicator; the first complete alternative counts"},
    )

    indicator: Mapped[str] = column("Indicator", Text, ForeignKey("indicator.code"), primary_key=True)
    side: Mapped[str] = column("numerator or denominator", Text, primary_key=True)
    alternative: Mapped[int] = column("Order in which the ways are tried, from 0", Integer, primary_key=True)
    figure: Mapped[str] = column("A figure that is added up", Text, ForeignKey("figure.code"), primary_key=True)
    parts: Mapped[int] = column("How many figures the alternative needs", Integer)


class DenominatorTable(Base):
    """People, households or area of a unit in a year."""

    __tablename__ = "denominator"
    __table_args__ = (
        CheckConstraint("measure IN ('population', 'households', 'area_km2')", name="measure"),
        {"comment": "What figures are held against, by unit and year, from the office's denominators.csv"},
    )

    ward: Mapped[str] = column("Unit (ward.slug)", Text, ForeignKey("ward.slug"), primary_key=True)
    measure: Mapped[str] = column("population, households or area_km2", Text, primary_key=True)
    year: Mapped[int] = column("Year the value is of", Integer, primary_key=True)
    value: Mapped[Decimal] = column("People, households, or square kilometres", Exact)
    source: Mapped[str] = column("Publication it was taken from", Text)
    source_date: Mapped[date] = column("Day of the publication", Date)


class DoubtTable(Base):
    """A reason of doubt."""

    __tablename__ = "doubt"
    __table_args__ = ({"comment": "Reasons why a figure is not sure, as sentences with places for what it concerns"},)

    code: Mapped[str] = column("Code of the reason", Text, primary_key=True)
    words_vi: Mapped[str] = column(
        "The reason in Vietnamese; {value}, {rival} and {figure} stand for what differs", Text
    )
    words_en: Mapped[str] = column("The reason in English", Text)


class TrustTable(Base):
    """How surely a class of text is read."""

    __tablename__ = "trust"
    __table_args__ = (
        {"comment": "From when a figure counts unseen, by class of text, and what proves it (trust.yaml)"},
    )

    text_class: Mapped[str] = column("digital, scan or poor_scan", Text, primary_key=True)
    threshold: Mapped[float | None] = column("Least probability of a sure figure, NULL where none is ever sure", Float)
    bound: Mapped[float | None] = column(
        "At most this share of the sure figures is wrong, with 95 % confidence, 0–1; NULL without proof", Float
    )
    accepted: Mapped[int | None] = column("Sure figures that were checked for the proof", Integer)
    wrong: Mapped[int | None] = column("Wrong ones among them", Integer)


class DictionaryTable(Base):
    """The data dictionary inside the database, for engines that keep no comments."""

    __tablename__ = "dictionary"
    __table_args__ = ({"comment": "What every table, view and column means; the same text as docs/data-dictionary.md"},)

    relation: Mapped[str] = column("Table or view", Text, primary_key=True)
    name: Mapped[str] = column("Column, empty for the table or view itself", Text, primary_key=True)
    position: Mapped[int] = column("Order within the relation, 0 for the relation itself", Integer)
    kind: Mapped[str] = column("table or view", Text)
    meaning: Mapped[str] = column("What it holds", Text)
    meaning_vi: Mapped[str] = column(
        "What it holds, in Vietnamese; empty for tables of the program", Text, server_default=""
    )
    label_vi: Mapped[str] = column("Short label in Vietnamese", Text, server_default="")
    label_en: Mapped[str] = column("Short label in English", Text, server_default="")
    unit: Mapped[str] = column(
        "Unit of the figure a column holds: count, percent, vnd or points", Text, server_default=""
    )
    basis: Mapped[str] = column(
        "What the figure spans: period, ytd, year, point, prior or ratio", Text, server_default=""
    )
    source_form_vi: Mapped[str] = column("Report and forms a figure comes from, in Vietnamese", Text, server_default="")
    source_form_en: Mapped[str] = column("Report and forms a figure comes from, in English", Text, server_default="")
    since: Mapped[str] = column(
        "First day from which reports print the figure (ISO), empty for ever since", Text, server_default=""
    )


class WarehouseStateTable(Base):
    """What of the code's own is installed."""

    __tablename__ = "warehouse_state"
    __table_args__ = ({"comment": "What of the code is installed, and the settings that views depend on"},)

    key: Mapped[str] = column("marts, catalogue or confidence_threshold", Text, primary_key=True)
    value: Mapped[str] = column("Digest of what is installed, or the setting", Text)
