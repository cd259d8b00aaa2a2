"""What a page may reach: settings, warehouse, originals, jobs, the clock.

Belongs here: one value made when the page starts. Stays out: requests and sessions (`call`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from console.ahead import Ahead
from console.claims import Claims
from console.documents import Documents
from console.jobs import Jobs
from console.pictures import Pictures
from console.sentences import Sentences
from console.standings import Standings
from pipelines.keeping.archive import Archive
from pipelines.settings import Settings


@dataclass(frozen=True)
class Surroundings:
    """Everything a page works with; one for the life of the server."""

    settings: Settings
    engine: Engine
    archive: Archive
    pictures: Pictures
    documents: Documents
    ahead: Ahead
    jobs: Jobs
    claims: Claims
    standings: Standings
    sentences: Sentences
    clock: Callable[[], datetime]

    @property
    def prefix(self) -> str:
        """Return the path below which the page is shown."""
        return self.settings.console.prefix
