"""A desk for tests: a real warehouse, archive and quarantine, and a reader of tiny made-up reports.

A made-up report is one line of text: `ward|round|yyyy-mm-dd|anything`, where an empty ward or round means that the
letterhead does not tell. `!outcome` is a file that cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Engine

from cchc.clock import ZONE
from cchc.errors import DocumentError
from parsers.document import Block, Document, Place
from parsers.reading import Identity, Printing, Reading
from pipelines.arrival.arrivals import Arrival, Way
from pipelines.arrival.intake import Desk, ReadResult
from pipelines.keeping.archive import Archive
from pipelines.keeping.stores import Store
from tests.homes import new_warehouse


def at(year: int, month: int, day: int, hour: int = 9) -> datetime:
    """Return a moment in the office's zone."""
    return datetime(year, month, day, hour, tzinfo=ZONE)


@dataclass
class TestDesk:
    """A desk in a folder of its own; `read` lists the hashes that were read, in order."""

    __test__ = False

    folder: Path
    engine: Engine
    archive: Archive
    read: list[str] = field(default_factory=list)
    confidence: float = 0.97

    @property
    def desk(self) -> Desk:
        """Return the desk as intake takes it."""
        return Desk(self.engine, self.archive, Store(str(self.folder / "quarantine")), self._read_many)

    def arrival(
        self,
        text: str,
        name: str,
        received: datetime,
        *,
        via: Way = Way.INBOX,
        sender: str = "",
        sender_ward: str | None = None,
        sent_order: int = 0,
    ) -> Arrival:
        """Write a made-up report and return its arrival."""
        path = self.folder / "incoming" / sha256(f"{name}{text}".encode()).hexdigest()[:16]
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return Arrival(path, name, via, received, sender, sender_ward, sent_order)

    def _read_many(self, paths: Sequence[Path]) -> Iterator[tuple[Path, ReadResult]]:
        for path in reversed(paths):
            self.read.append(path.name)
            yield path, read_made_up(path, self.confidence)


def read_made_up(path: Path, confidence: float = 0.97) -> ReadResult:
    """Return what a made-up report says."""
    text = path.read_text(encoding="utf-8")
    if text.startswith("!"):
        return DocumentError(text[1:].split("|")[0], "made up")
    ward, label, day, *_ = [*text.split("|"), "", ""]
    number = sha256(path.read_bytes()).hexdigest()
    identity = Identity(ward or None, label or None, "1/BC-UBND", date.fromisoformat(day), confidence)
    document = Document(number, "txt", (Block(0, "paragraph", text),))
    return document, Reading(number, "test", identity, (_printing(text),), ())


def _printing(text: str) -> Printing:
    """Return one figure whose value depends on the text, so that another text is another reading."""
    place = Place(0, 0, len(text))
    value = Decimal(len(text))
    return Printing(
        "dossiers_received", value, text, place, 1, None, text, place, "", "made up", 1.0, 1.0, primary=True
    )


def test_desk(folder: Path) -> TestDesk:
    """Return an empty desk."""
    return TestDesk(folder, new_warehouse(folder), Archive(str(folder / "archive")))


test_desk.__test__ = False  # type: ignore[attr-defined]
