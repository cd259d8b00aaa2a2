"""Opening the house: settings in, the parts that assets and commands work with out.

Belongs here: which implementation stands behind each part. Stays out: what the parts do.
"""

from __future__ import annotations

from functools import partial

from assets.house import House
from cchc.clock import now
from parsers.pool import ReaderPool
from parsers.report import read_report
from pipelines.arrival.intake import Desk
from pipelines.keeping.archive import Archive
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
    )


def open_desk(settings: Settings, house: House, pool: ReaderPool) -> Desk:  # type: ignore[type-arg]
    """Return what an intake works with; `pool` reads reports in guarded children."""
    return Desk(house.engine, Archive(settings.archive_url), settings.quarantine, pool.run_many)


def reader_pool(settings: Settings) -> ReaderPool:  # type: ignore[type-arg]
    """Return a pool that reads whole reports: Document, identity, figures."""
    return ReaderPool(partial(read_report, ocr_cache=settings.ocr_cache), workers=settings.workers)
