"""Reading stored reports again with the parser of today, and holding both readings against each other.

Belongs here: which reports, the second reading from the archived original, the difference. Nothing is replaced here.
Stays out: what a difference is (`parsers.figures.difference`), loading (`pipelines.orchestration.process`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from cchc.errors import CchcError
from parsers.figures.difference import Difference, compare
from pipelines.keeping.archive import Archive
from pipelines.settings import Settings
from pipelines.wiring import reader_pool
from warehouse.connection import open_warehouse
from warehouse.queries import reading_of, reports
from warehouse.rows import ReportRow
from warehouse.takeover import Spoilt, spoilt_by


@dataclass(frozen=True)
class Reread:
    """One stored report read again: the difference, or why it could not be read, and what it would spoil."""

    report: ReportRow
    difference: Difference | None
    error: str = ""
    spoilt: tuple[Spoilt, ...] = ()


def reread(settings: Settings, round_label: str, ward: str | None = None) -> Iterator[Reread]:
    """Yield every report in force of a round (of one ward) with how it reads today, as they are done."""
    engine = open_warehouse(settings.warehouse_url)
    archive = Archive(settings.archive_url)
    with ExitStack() as lent, reader_pool(settings) as pool:
        by_path: dict[Path, ReportRow] = {}
        for report in reports(engine, round_label, ward):
            try:
                by_path[lent.enter_context(archive.original(report.sha256))] = report
            except CchcError as error:
                yield Reread(report, None, str(error))
        for path, result in pool.run_many(list(by_path)):
            report = by_path[path]
            stored = reading_of(engine, report.ward, report.round)
            if isinstance(result, CchcError) or stored is None:
                yield Reread(report, None, str(result) if isinstance(result, CchcError) else "")
            else:
                lost = spoilt_by(engine, result[1], report.ward, report.round)
                yield Reread(report, compare(stored, result[1]), spoilt=tuple(lost))
