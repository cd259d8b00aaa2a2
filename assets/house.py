"""What an asset may reach: the warehouse, originals by hash, the outputs, the clock.

Belongs here: one frozen value, given to assets as the resource `house`.
Stays out: settings and how the parts are opened (`pipelines`).
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from assets.verdict import Verdict
from parsers.document import Document
from parsers.reading import Reading


def _say_nothing(_: Verdict) -> None:
    """Let a verdict pass unheard."""


def _here_only(_name: str) -> AbstractContextManager[None]:
    """Let papers lie on this machine alone."""
    return nullcontext()


@dataclass(frozen=True)
class House:
    """The surroundings of a run.

    `original` lends the bytes of an archived original as a file for as long as the block lasts. `read_ahead` holds
    what intake of the same process has just read, by hash, so that a report is not read twice in one go. `force`
    makes a ward's report be read again although nothing about it has changed. `tell` hears every verdict as it falls.
    `office` is the office's name in a Dagster that several share. `shared` lets a block work on the papers of a round
    as all machines of the office see them.
    """

    engine: Engine
    original: Callable[[str], AbstractContextManager[Path]]
    outputs: Path
    ocr_cache: Path
    workers: int
    scorecard: str
    now: Callable[[], datetime]
    read_ahead: MutableMapping[str, tuple[Document, Reading]] = field(default_factory=dict)
    force: bool = False
    tell: Callable[[Verdict], None] = field(default=_say_nothing)
    office: str = ""
    shared: Callable[[str], AbstractContextManager[None]] = field(default=_here_only)
