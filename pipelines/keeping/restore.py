"""Restoring: a backup brought back into an empty home.

Belongs here: refusing what cannot come back whole, and writing each file of a backup to its place.
Stays out: what a backup is and whether it is sound (`pipelines.keeping.backup`), copying tables (`warehouse.transfer`).
"""

from __future__ import annotations

import io
import shutil
import tempfile
from pathlib import Path, PurePosixPath

from cchc.errors import StorageError
from cchc.messages import translator
from pipelines.keeping.archive import Archive
from pipelines.keeping.backup import (
    FOLDERS,
    MANIFEST,
    WAREHOUSE,
    BackupError,
    BackupReport,
    check_backup,
    home_files,
    members,
    store_beside,
)
from pipelines.keeping.shelf import papers_of
from pipelines.keeping.stores import Store
from pipelines.settings import CONFIG_NAME, Settings
from warehouse.connection import open_warehouse
from warehouse.queries import rounds
from warehouse.transfer import copy_warehouse, row_counts

_ = translator("operations")

_MARGIN = 5_000_000
"""Bytes beyond its files that a home needs at once: the log of the warehouse, Dagster's own folder."""


def restore(settings: Settings, path: Path) -> BackupReport:
    """Bring a backup back into an empty home; a broken backup is refused before anything is written.

    A `cchc.toml` that lies there already holds: it says where the new home keeps things. The backup's is put beside it.
    Where the office's machines share a store, papers and quarantine go there too.

    Raises:
        BackupError: the backup is damaged, or the home has state already.
        StorageError: the disk has no room for it; half a home would be no empty one for the next try.
        WarehouseError: the warehouse holds arrivals already.
    """
    report = check_backup(path)
    archive = Archive(settings.archive_url)
    settings.home.mkdir(parents=True, exist_ok=True)
    if archive.hashes() or home_files(settings).keys() - {CONFIG_NAME} or _holds_arrivals(settings):
        raise BackupError(
            _("{home} has state already; restore into an empty home (set CCHC_HOME)").format(home=settings.home)
        )
    _refuse_without_room(settings, report)
    with tempfile.TemporaryDirectory(prefix="cchc-restore-") as folder:
        with members(path) as found:
            for name, stream in found:
                _bring_back(settings, archive, Path(folder), name, stream)
        _bring_originals(archive, report)
        _copy_in(settings, Path(folder) / WAREHOUSE)
    _share(settings)
    return report


def _share(settings: Settings) -> None:
    """Let the other machines of the office have the papers and the quarantine that came back here."""
    if not settings.store_url:
        return
    warehouse = open_warehouse(settings.warehouse_url)
    for label in rounds(warehouse):
        papers_of(settings).keep(label)
    warehouse.dispose()
    quarantine = Store(settings.quarantine_url)
    for path in sorted(path for path in settings.quarantine.rglob("*") if path.is_file()):
        quarantine.take(path.relative_to(settings.quarantine).as_posix(), path)


def _bring_originals(archive: Archive, report: BackupReport) -> None:
    """Put the originals that lie beside a nightly backup into the archive; it names them by their bytes."""
    for sha256 in report.beside:
        with store_beside(report.path).original(sha256) as original:
            archive.put(original)


def _refuse_without_room(settings: Settings, report: BackupReport) -> None:
    free = shutil.disk_usage(settings.home).free
    if free < report.size + _MARGIN:
        raise StorageError(
            _("{path} unpacks to {needed} MB and {home} has {free} MB free; make room first").format(
                path=report.path, needed=-(-(report.size + _MARGIN) // 10**6), home=settings.home, free=free // 10**6
            )
        )


def _holds_arrivals(settings: Settings) -> bool:
    target = open_warehouse(settings.warehouse_url)
    try:
        return row_counts(target)["submission"] > 0
    finally:
        target.dispose()


def _bring_back(settings: Settings, archive: Archive, folder: Path, name: str, stream: io.BufferedReader) -> None:
    """Write one file of a backup to its place; originals go through the archive, which names them by their bytes."""
    if name.startswith("originals/"):
        passing = folder / "original"
        _write(passing, stream)
        archive.put(passing)
    elif name != MANIFEST:
        _write(_place(settings, folder, name), stream)


def _place(settings: Settings, folder: Path, name: str) -> Path:
    """Return where a file of the home is restored; a name that leads out of the home is refused."""
    if name == WAREHOUSE:
        return folder / WAREHOUSE
    if name == CONFIG_NAME and (settings.home / CONFIG_NAME).exists():
        return settings.home / f"{CONFIG_NAME}.from-backup"
    parts = PurePosixPath(name).parts
    if ".." in parts or PurePosixPath(name).is_absolute() or not (parts[0] in FOLDERS or name == CONFIG_NAME):
        raise BackupError(
            _("'{name}' in the backup leads out of the home; this is no backup of ours").format(name=name)
        )
    return settings.home.joinpath(*parts)


def _write(place: Path, stream: io.BufferedReader) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("wb") as target:
        shutil.copyfileobj(stream, target)


def _copy_in(settings: Settings, source: Path) -> None:
    """Copy a restored SQLite file, brought up to this code's schema, into the warehouse of the settings."""
    restored, target = open_warehouse(f"sqlite:///{source}"), open_warehouse(settings.warehouse_url)
    try:
        copy_warehouse(restored, target)
        wrong = {t for t, n in row_counts(restored).items() if row_counts(target).get(t) != n}
    finally:
        restored.dispose()
        target.dispose()
    if wrong:
        raise BackupError(
            _("tables {tables} came back with another number of rows; do not use this home").format(
                tables=", ".join(sorted(wrong))
            )
        )
