"""What people add to the papers of a round: a text, and the copy that was signed.

Belongs here: rows that are only added; the last one counts.
Stays out: what was published (`results`).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped

from warehouse.tables.base import Base, column
from warehouse.types import Moment


class PaperTextTable(Base):
    """A text a person wrote for the report of a round."""

    __tablename__ = "paper_text"
    __table_args__ = ({"comment": "Texts people wrote for the report of a round; the last of a round counts"},)

    id: Mapped[int] = column("Number of the text", Integer, primary_key=True, autoincrement=True)
    round: Mapped[str] = column("Round", Text, ForeignKey("round.label"), index=True)
    body: Mapped[str] = column("The text, a paragraph a line; empty takes it back", Text)
    written_by: Mapped[str] = column("Who wrote it", Text)
    written_at: Mapped[datetime] = column("When", Moment)


class SignedCopyTable(Base):
    """The signed scan of an edition."""

    __tablename__ = "signed_copy"
    __table_args__ = ({"comment": "Signed scans of published editions, kept in the archive of originals"},)

    id: Mapped[int] = column("Number of the copy", Integer, primary_key=True, autoincrement=True)
    round: Mapped[str] = column("Round", Text, ForeignKey("round.label"), index=True)
    revision: Mapped[int] = column("Edition that was signed, 0 for the first", Integer)
    sha256: Mapped[str] = column("Hash of the file, under which it is archived", Text)
    file_name: Mapped[str] = column("Name of the file as it came; data only, never a path", Text)
    taken_by: Mapped[str] = column("Who took it in", Text)
    taken_at: Mapped[datetime] = column("When", Moment)
