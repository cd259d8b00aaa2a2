"""Verifying what is kept: every original still has its hash, every citation still stands in its document.

Belongs here: looking and naming what is wrong. Stays out: mending; an original comes back from a backup, a reading by
`cchc rerun`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Engine

from assets.tracing import untraceable
from cchc.messages import translator
from parsers.reading import Reading
from pipelines.keeping.archive import Archive
from warehouse.queries import document_of, figures_long, printings, reading_of, reports, submissions
from warehouse.rows import ReportRow

_ = translator("operations")


class Fault(StrEnum):
    """What can be wrong with what is kept."""

    ORIGINAL_MISSING = "original_missing"
    ORIGINAL_CHANGED = "original_changed"
    DOCUMENT_MISSING = "document_missing"
    CITATION_LOST = "citation_lost"
    FIGURE_DIFFERS = "figure_differs"


@dataclass(frozen=True)
class Complaint:
    """One thing that is wrong: what, and about which file or report."""

    fault: Fault
    about: str

    @property
    def text(self) -> str:
        """Return the complaint and its remedy in the language of the moment."""
        return _said(self.fault).format(about=self.about)


@dataclass(frozen=True)
class Verification:
    """What was looked at, and what was wrong."""

    originals: int
    reports: int
    printings: int
    complaints: tuple[Complaint, ...]


def verify(engine: Engine, archive: Archive) -> Verification:
    """Look at every original and at every report in force."""
    held, loaded = archive.hashes(), reports(engine)
    complaints = [*_originals(engine, archive, held)]
    cited = 0
    for report in loaded:
        found, count = _report(engine, report)
        complaints += found
        cited += count
    return Verification(len(held), len(loaded), cited, tuple(complaints))


def _originals(engine: Engine, archive: Archive, held: list[str]) -> Iterator[Complaint]:
    kept = set(held)
    for row in {row.sha256: row for row in submissions(engine)}.values():
        if row.sha256 not in kept:
            yield Complaint(Fault.ORIGINAL_MISSING, f"{row.sha256[:12]} {row.file_name}")
    for sha256 in archive.damaged():
        yield Complaint(Fault.ORIGINAL_CHANGED, sha256)


def _report(engine: Engine, report: ReportRow) -> tuple[list[Complaint], int]:
    """Return what is wrong with a report in force, and how many printings were looked at."""
    about = f"{report.ward} {report.round}"
    document = document_of(engine, report.ward, report.round)
    reading = reading_of(engine, report.ward, report.round)
    if document is None or reading is None:
        return [Complaint(Fault.DOCUMENT_MISSING, about)], 0
    lost = [Complaint(Fault.CITATION_LOST, f"{about} {figure}") for figure in untraceable(document, reading)]
    differ = [Complaint(Fault.FIGURE_DIFFERS, f"{about} {figure}") for figure in _different(engine, report, reading)]
    return lost + differ, len(reading.printings)


def _different(engine: Engine, report: ReportRow, reading: Reading) -> list[str]:
    """Return the figures whose rows are not what was read: any printing of them, or the value that counts."""
    read: dict[str, list[Decimal]] = defaultdict(list)
    for printing in reading.printings:
        read[printing.figure].append(printing.value)
    kept: dict[str, list[Decimal]] = defaultdict(list)
    for row in printings(engine, report.ward, report.round):
        kept[row["figure"]].append(row["value"])
    counted = {row.figure: row.printed for row in figures_long(engine, report.round, report.ward)}
    primary = {figure: printing.value for figure, printing in reading.primaries().items()}
    return sorted(
        figure
        for figure in read.keys() | kept.keys()
        if read.get(figure) != kept.get(figure) or primary.get(figure) != counted.get(figure)
    )


def _said(fault: Fault) -> str:
    return {
        Fault.ORIGINAL_MISSING: _("Original missing from the archive: {about}. Bring it back from a backup."),
        Fault.ORIGINAL_CHANGED: _("Original no longer has its hash: {about}. Bring it back from a backup."),
        Fault.DOCUMENT_MISSING: _("No document is kept for {about}. Run cchc rerun for this ward."),
        Fault.CITATION_LOST: _("The cited sentence does not stand in the document: {about}. Run cchc rerun."),
        Fault.FIGURE_DIFFERS: _("The figure kept is not the one that was read: {about}. Run cchc rerun."),
    }[fault]
