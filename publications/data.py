"""The round's data for other systems, as one archive beside the papers.

Belongs here: packing the warehouse's export of a round, as CSV and as Parquet.
Stays out: what an export holds (`warehouse.export`).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from publications.reproducible import archive_bytes
from warehouse.export import export

FORMATS = ("csv", "parquet")


def make_data(engine: Engine, round_label: str, moment: datetime) -> bytes:
    """Return the marts of a round as zip bytes, a folder a format, with README, dictionary and data package.

    It is published: what is for the clerk alone is not in it (`validation.audience`).
    """
    with tempfile.TemporaryDirectory(prefix="cchc-data-") as place:
        return archive_bytes(dict(_members(engine, Path(place), round_label, moment)))


def _members(engine: Engine, place: Path, round_label: str, moment: datetime) -> Iterator[tuple[str, bytes]]:
    for file_format in FORMATS:
        done = export(engine, place / file_format, file_format, moment, round_label=round_label, reader="public")
        for path in done.files:
            yield f"{file_format}/{path.name}", path.read_bytes()
