"""Opening the house: settings in, the parts that assets and commands work with out.

Belongs here: which implementation stands behind each part. Stays out: what the parts do.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from functools import partial

from assets.house import House
from cchc.clock import now
from parsers.document import Document
from parsers.pool import ReaderPool
from parsers.reading import Reading
from parsers.report import read_report
from pipelines.arrival.intake import Desk
from pipelines.keeping.archive import Archive
from pipelines.keeping.readings import StoredReadings
from pipelines.keeping.shelf import papers_of
from pipelines.keeping.stores import Store
from pipelines.settings import Settings
from warehouse.connection import open_warehouse


def open_house(settings: Settings) -> House:
    """Return the surroundings of a run under these settings."""
    return House(
        engine=open_warehouse(settings.warehouse_url, confidence_threshold=settings.confidence_threshold),
        original=Archive(settings.archive_url).original,
        outputs=settings.outputs,
        ocr_cache=settings.ocr_cache,
        workers=settings.workers,
        scorecard=settings.scorecard,
        now=now,
        office=settings.dagster.office,
        read_ahead=_ahead(settings),
        shared=papers_of(settings).shared,
    )


def _ahead(settings: Settings) -> MutableMapping[str, tuple[Document, Reading]]:
    stored = readings(settings)
    return {} if stored is None else stored


def readings(settings: Settings) -> StoredReadings | None:
    """Return what intakes of any machine have read, None where the office has one machine."""
    where = settings.shared("readings")
    return StoredReadings(Store(where)) if where else None


def open_desk(settings: Settings, house: House, pool: ReaderPool) -> Desk:  # type: ignore[type-arg]
    """Return what an intake works with; `pool` reads reports in guarded children."""
    return Desk(house.engine, Archive(settings.archive_url), Store(settings.quarantine_url), pool.run_many)


def reader_pool(settings: Settings, meanwhile: Callable[[], None] | None = None) -> ReaderPool:  # type: ignore[type-arg]
    """Return a pool that reads whole reports: Document, identity, figures; `meanwhile` is done beside the first."""
    task = partial(read_report, ocr_cache=settings.ocr_cache)
    return ReaderPool(task, workers=settings.workers, meanwhile=meanwhile)
