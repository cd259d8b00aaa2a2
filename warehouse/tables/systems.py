"""What other systems say of the units.

Belongs here: values taken from tables that other systems export, with file and cell.
Stays out: what reports print (`reports`), differences between the two, which are findings (`findings`).
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped

from warehouse.tables.base import Base, column
from warehouse.types import Exact, Moment


class SystemValueTable(Base):
    """A figure of a unit as another system has it; rows are only added, the last of a figure counts."""

    __tablename__ = "system_value"
    __table_args__ = (
        Index("ix_system_value_round_ward", "round", "ward", "figure"),
        {"comment": "Figures of units as other systems export them; the last of a round, ward and figure counts"},
    )

    id: Mapped[int] = column("Number of the value", Integer, primary_key=True, autoincrement=True)
    round: Mapped[str] = column("Round", Text, ForeignKey("round.label"))
    ward: Mapped[str] = column("Ward (ward.slug)", Text, ForeignKey("ward.slug"))
    figure: Mapped[str] = column("Figure", Text, ForeignKey("figure.code"))
    value: Mapped[Decimal] = column("Value the system has", Exact)
    source: Mapped[str] = column("Name of the file as it came; data only, never a path", Text)
    sha256: Mapped[str] = column("Hash of the file, under which it is archived", Text)
    cell: Mapped[str] = column("Cell in that file, as Sheet1!C12", Text)
    heading: Mapped[str] = column("Heading of its column", Text)
    taken_by: Mapped[str] = column("Who took it in", Text)
    taken_at: Mapped[datetime] = column("When", Moment)
