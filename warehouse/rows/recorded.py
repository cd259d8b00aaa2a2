"""Values of records beside the facts.

Belongs here: publications, events, tries.
Stays out: facts and results.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class PublicationRow:
    """One published paper."""

    round: str
    revision: int
    kind: str
    path: str
    sha256: str
    published_by: str
    published_at: datetime
    note: str = ""


@dataclass(frozen=True)
class EventRow:
    """Something that happened once, by its key."""

    key: str
    kind: str
    happened_at: datetime
    round: str | None = None
    ward: str | None = None
    detail: Any = None


@dataclass(frozen=True)
class RunRow:
    """One try at processing a report."""

    step: str
    outcome: str
    message: str
    started_at: datetime
    submission_id: int | None = None
    ward: str | None = None
    round: str | None = None
    parser_version: str | None = None
    seconds: float | None = None
