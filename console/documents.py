"""Documents and readings in force, unpacked once.

Belongs here: a small store by load, since a load never changes.
Stays out: the queries themselves (`warehouse`), unpacking ahead what a review will ask for (`ahead`).
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from sqlalchemy import Engine

from parsers.document import Document
from parsers.reading import Reading
from warehouse.queries import load_of, report_of
from warehouse.rows import ReportRow

MOST = 40
"""Reports kept unpacked: two rounds of a district; a report takes about a megabyte."""


@dataclass(frozen=True)
class Report:
    """A load in force with what was read."""

    row: ReportRow
    reading: Reading
    document: Document | None

    def offset(self, figure: str) -> int | None:
        """Return where the number of a figure begins in its sentence, None where that is not known."""
        printed = self.reading.primaries().get(figure)
        return printed.offset if printed else None


class Documents:
    """Readings and documents by load."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._kept: OrderedDict[int, Report] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, ward: str, round_label: str) -> Report | None:
        """Return the load in force of a ward and round, None where there is none."""
        row = report_of(self._engine, ward, round_label)
        return None if row is None else self.load(row.id)

    def load(self, report_id: int) -> Report | None:
        """Return a load by its number, in force or not, None where it was not kept."""
        with self._lock:
            kept = self._kept.get(report_id)
        if kept is None:
            found = load_of(self._engine, report_id)
            if found is None:
                return None
            kept = Report(*found)
            with self._lock:
                self._kept[report_id] = kept
                while len(self._kept) > MOST:
                    self._kept.popitem(last=False)
        return kept
