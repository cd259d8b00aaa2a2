"""What people add to the papers of a round: its text, and signed copies of its editions.

Belongs here: adding and reading; rows are only added. Stays out: papers themselves (`publications`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, insert, select

from warehouse.connection import reading, writing
from warehouse.reference import ensure_round
from warehouse.tables import PaperTextTable, SignedCopyTable


@dataclass(frozen=True)
class PaperText:
    """The text of a round's report; `body` has a paragraph a line."""

    body: str
    written_by: str
    written_at: datetime

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Return the paragraphs that are not empty."""
        return tuple(line.strip() for line in self.body.splitlines() if line.strip())


@dataclass(frozen=True)
class SignedCopy:
    """A signed scan of an edition."""

    id: int
    revision: int
    sha256: str
    file_name: str
    taken_by: str
    taken_at: datetime


def paper_text(engine: Engine, round_label: str) -> PaperText | None:
    """Return the text that counts for a round, None where nobody wrote one."""
    table = PaperTextTable
    query = select(table.body, table.written_by, table.written_at).where(table.round == round_label)
    with reading(engine) as connection:
        row = connection.execute(query.order_by(table.id.desc()).limit(1)).first()
    return None if row is None else PaperText(*row)


def write_text(engine: Engine, round_label: str, body: str, by: str, moment: datetime) -> None:
    """Keep a text for the report of a round; an empty one takes it back."""
    with writing(engine) as connection:
        ensure_round(connection, round_label)
        connection.execute(
            insert(PaperTextTable).values(round=round_label, body=body, written_by=by, written_at=moment)
        )


def signed_copies(engine: Engine, round_label: str) -> list[SignedCopy]:
    """Return the signed copies of a round, the oldest first."""
    table = SignedCopyTable
    query = select(table.id, table.revision, table.sha256, table.file_name, table.taken_by, table.taken_at)
    with reading(engine) as connection:
        return [
            SignedCopy(*row) for row in connection.execute(query.where(table.round == round_label).order_by(table.id))
        ]


def add_signed_copy(
    engine: Engine, round_label: str, revision: int, sha256: str, file_name: str, by: str, moment: datetime
) -> None:
    """Note a signed copy whose bytes are in the archive."""
    with writing(engine) as connection:
        ensure_round(connection, round_label)
        values = {"round": round_label, "revision": revision, "sha256": sha256, "file_name": file_name}
        connection.execute(insert(SignedCopyTable).values(**values, taken_by=by, taken_at=moment))
