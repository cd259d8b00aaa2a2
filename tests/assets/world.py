"""A small house to run assets in: a home, an archive, and reports of some wards.

Belongs here: making it. Stays out: what is asserted of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import dagster as dg

from assets.house import House
from catalogue.wards import wards
from cchc.clock import ZONE
from pipelines.home import dagster_instance
from pipelines.keeping.archive import Archive
from pipelines.settings import Settings, load_settings
from pipelines.wiring import open_house
from sample.generator.facts import make_facts
from sample.generator.files import Letterhead, write_docx
from sample.generator.manners import short
from tests.homes import new_home
from warehouse.load import record_submission
from warehouse.rows import NewSubmission, SubmissionRow

ROUND = "2024-Q3"
RECEIVED = datetime(2024, 9, 13, 8, 0, tzinfo=ZONE)


@dataclass(frozen=True)
class World:
    """A home with its Dagster instance, and the house that runs work in."""

    settings: Settings
    house: House
    instance: dg.DagsterInstance

    def send(self, path: Path, ward: str) -> SubmissionRow:
        """Put a file into the archive as the current version of a ward."""
        kept = Archive(self.settings.archive_url).put(path)
        new = NewSubmission(kept.sha256, path.name, kept.size, RECEIVED, "read", ward=ward, round=ROUND)
        return record_submission(self.house.engine, new)


@contextmanager
def world(folder: Path) -> Iterator[World]:
    """Make a home below `folder` and open it."""
    settings = load_settings({"CCHC_HOME": str(folder / "home"), "CCHC_WORKERS": "1"})
    new_home(settings)
    with dagster_instance(settings) as instance:
        house = open_house(settings)
        yield World(settings, house, instance)
        house.engine.dispose()


def report(folder: Path, ward: str, seed: int) -> Path:
    """Write a short report of a ward as DOCX and return where it lies."""
    unit = wards()[ward]
    path = folder / f"{ward}-{seed}.docx"
    head = Letterhead(
        agency=unit.full_name.upper(),
        number=f"{seed}/BC-UBND",
        place=unit.name,
        date_words="ngày 12 tháng 9 năm 2024",
        abstract="Kết quả thực hiện công tác cải cách hành chính quý III năm 2024",
    )
    write_docx(path, head, short(make_facts(seed), unit.full_name, unit.kind))
    return path
