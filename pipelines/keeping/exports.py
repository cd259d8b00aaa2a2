"""Exports that are kept current by themselves: which are out of date, and writing those.

Belongs here: the exports the settings ask for, one folder a round and format. Stays out: the marts and formats
(`warehouse.export`), when it is looked (`pipelines.orchestration.sensors`).

Only rounds of which something changed are written anew, and of those only the files whose content changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from pipelines.settings import Settings
from warehouse.connection import reading
from warehouse.export import Exported, export
from warehouse.export.standing import states, written_from


@dataclass(frozen=True)
class Due:
    """An export that is missing or out of date: its round, its format, its folder, the state it lacks."""

    label: str
    file_format: str
    folder: Path
    state: str


def exports_folder(settings: Settings) -> Path:
    """Return where exports lie unless somebody names another folder."""
    return Path(settings.exports.folder).expanduser() if settings.exports.folder else settings.outputs / "export"


def due_exports(settings: Settings, engine: Engine) -> list[Due]:
    """Return the exports the settings ask for that are missing or out of date, oldest round first."""
    if not settings.exports.formats:
        return []
    with reading(engine) as connection:
        rounds = {label: state for label, state in states(connection).items() if label}
    wanted = [
        Due(label, file_format, exports_folder(settings) / label / _name(settings, file_format), state)
        for label, state in rounds.items()
        for file_format in settings.exports.formats
    ]
    return [one for one in wanted if written_from(one.folder) != one.state]


def write_due(settings: Settings, engine: Engine, moment: datetime) -> Iterator[Exported]:
    """Write the exports that are due, one after the other."""
    for one in due_exports(settings, engine):
        yield export(
            engine,
            one.folder,
            one.file_format,
            moment,
            round_label=one.label,
            reader=settings.exports.reader,
        )


def _name(settings: Settings, file_format: str) -> str:
    return file_format if settings.exports.reader == "office" else f"{file_format}-{settings.exports.reader}"
