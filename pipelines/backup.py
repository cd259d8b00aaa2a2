"""Backup and restore: warehouse with decisions, originals, papers and settings, in one file.

Belongs here: what goes into the file, checking it before it counts as a backup, and bringing it back to an empty home.
Stays out: copying tables (`warehouse.transfer`), re-hashing an archive in use (`pipelines.verify`).

The file is a plain tar.gz: `manifest.json`, `warehouse.db` (SQLite, whatever engine the warehouse is on), `originals/`
by hash, `outputs/`, `quarantine/`, `cchc.toml`. Passwords are not in it, for no file here holds one. Dagster's own
folder is not in it either: it is a record of runs, and is made anew.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from cchc.errors import CchcError
from cchc.messages import translator
from pipelines.archive import Archive, hash_stream
from pipelines.settings import CONFIG_NAME, Settings
from warehouse.engine import open_warehouse
from warehouse.transfer import copy_warehouse, row_counts

_ = translator("operations")

FORMAT = 1
MANIFEST, WAREHOUSE = "manifest.json", "warehouse.db"
_FOLDERS = ("outputs", "quarantine")
_CHUNK = 1 << 20


class BackupError(CchcError):
    """A backup that cannot be made, is damaged, or cannot be restored here."""


@dataclass(frozen=True)
class BackupReport:
    """What a backup holds: when it was made, rows by table, number of originals, number of other files."""

    path: Path
    made_at: str
    rows: Mapping[str, int]
    originals: int
    files: int


def back_up(settings: Settings, target: Path, moment: datetime) -> BackupReport:
    """Write a backup and read it back before it takes its name.

    Raises:
        BackupError: the file exists, or an original is missing or damaged.
    """
    if target.exists():
        raise BackupError(_("{path} exists; name another file, a backup is never written over").format(path=target))
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f"{target.name}.part")
    with tempfile.TemporaryDirectory(prefix="cchc-backup-") as folder:
        copied = Path(folder) / WAREHOUSE
        rows = _copy_out(settings, copied)
        files = {WAREHOUSE: copied} | _home_files(settings)
        with tarfile.open(partial, "w:gz", compresslevel=6) as tar:
            hashes = {name: _hash(path) for name, path in files.items()}
            archive = Archive(settings.archive_url)
            originals = archive.hashes()
            manifest = {
                "format": FORMAT,
                "made_at": moment.isoformat(),
                "rows": rows,
                "originals": originals,
                "files": hashes,
            }
            _add_bytes(tar, MANIFEST, json.dumps(manifest, indent=1, sort_keys=True).encode())
            for name, path in files.items():
                tar.add(path, arcname=name, recursive=False)
            for sha256 in originals:
                with archive.original(sha256) as original:
                    tar.add(original, arcname=f"originals/{sha256}", recursive=False)
    check_backup(partial)
    partial.replace(target)
    return _report(target, manifest)


def check_backup(path: Path) -> BackupReport:
    """Read every byte of a backup against its manifest and return what it holds.

    Raises:
        BackupError: it is no backup, torn, or a byte of it has changed.
    """
    manifest: dict[str, Any] | None = None
    missing: dict[str, str] = {}
    with _members(path) as members:
        for name, stream in members:
            if manifest is None:
                manifest = _manifest(path, name, stream)
                missing = dict(manifest["files"]) | {f"originals/{sha}": sha for sha in manifest["originals"]}
            elif hash_stream(stream)[0] != missing.pop(name, None):
                raise BackupError(
                    _("{path}: '{name}' is not what the manifest says; use another backup").format(path=path, name=name)
                )
    if manifest is None or missing:
        raise BackupError(_("{path}: files are missing; use another backup").format(path=path))
    return _report(path, manifest)


def restore(settings: Settings, path: Path) -> BackupReport:
    """Bring a backup back into an empty home; a broken backup is refused before anything is written.

    Raises:
        BackupError: the backup is damaged, or the home has state already.
        WarehouseError: the warehouse holds arrivals already.
    """
    report = check_backup(path)
    archive = Archive(settings.archive_url)
    settings.home.mkdir(parents=True, exist_ok=True)
    if archive.hashes() or _home_files(settings) or _holds_arrivals(settings):
        raise BackupError(
            _("{home} has state already; restore into an empty home (set CCHC_HOME)").format(home=settings.home)
        )
    with tempfile.TemporaryDirectory(prefix="cchc-restore-") as folder:
        with _members(path) as members:
            for name, stream in members:
                _bring_back(settings, archive, Path(folder), name, stream)
        _copy_in(settings, Path(folder) / WAREHOUSE)
    return report


def _bring_back(settings: Settings, archive: Archive, folder: Path, name: str, stream: io.BufferedReader) -> None:
    """Write one file of a backup to its place; originals go through the archive, which names them by their bytes."""
    if name.startswith("originals/"):
        passing = folder / "original"
        _write(passing, stream)
        archive.put(passing)
    elif name != MANIFEST:
        _write(_place(settings, folder, name), stream)


def _copy_out(settings: Settings, target: Path) -> dict[str, int]:
    """Copy the warehouse into a SQLite file of its own, complete in one file."""
    source, copied = open_warehouse(settings.warehouse_url), open_warehouse(f"sqlite:///{target}")
    try:
        counts = copy_warehouse(source, copied)
    finally:
        source.dispose()
        with copied.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        copied.dispose()
    return counts


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


def _holds_arrivals(settings: Settings) -> bool:
    target = open_warehouse(settings.warehouse_url)
    try:
        return row_counts(target)["submission"] > 0
    finally:
        target.dispose()


def _home_files(settings: Settings) -> dict[str, Path]:
    """Return the other files of the home by their names in the backup."""
    found = [path for name in _FOLDERS for path in sorted((settings.home / name).rglob("*")) if path.is_file()]
    config = settings.home / CONFIG_NAME
    found += [config] if config.is_file() else []
    return {path.relative_to(settings.home).as_posix(): path for path in found if not path.is_symlink()}


@contextmanager
def _members(path: Path) -> Iterator[Iterator[tuple[str, Any]]]:
    """Give the plain files of a backup as name and stream, in their order; a torn one is named, wherever it tears."""
    try:
        with gzip.open(path) as unpacked, tarfile.open(fileobj=unpacked, mode="r|") as tar:
            yield _streams(path, tar)
            _to_the_end(unpacked)
    except (tarfile.TarError, zlib.error, EOFError, OSError) as error:
        raise BackupError(
            _("{path}: cannot be read as a backup ({error}); use another one").format(path=path, error=error)
        ) from error


def _to_the_end(unpacked: gzip.GzipFile) -> None:
    """Read what is left: the checksum over everything, the manifest too, is compared at the very end."""
    while unpacked.read(_CHUNK):
        pass


def _streams(path: Path, tar: tarfile.TarFile) -> Iterator[tuple[str, Any]]:
    for member in tar:
        stream = tar.extractfile(member) if member.isreg() else None
        if stream is None:
            raise BackupError(
                _("{path}: '{name}' is no plain file; this is no backup of ours").format(path=path, name=member.name)
            )
        with closing(stream):
            yield member.name, stream


def _manifest(path: Path, name: str, stream: io.BufferedReader) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.load(stream) if name == MANIFEST else {}
    except ValueError:
        manifest = {}
    if manifest.get("format") != FORMAT:
        raise BackupError(
            _("{path}: no backup of this format ({format}); restore it with the version that made it").format(
                path=path, format=FORMAT
            )
        )
    return manifest


def _place(settings: Settings, folder: Path, name: str) -> Path:
    """Return where a file of the home is restored; a name that leads out of the home is refused."""
    if name == WAREHOUSE:
        return folder / WAREHOUSE
    parts = PurePosixPath(name).parts
    if ".." in parts or PurePosixPath(name).is_absolute() or not (parts[0] in _FOLDERS or name == CONFIG_NAME):
        raise BackupError(
            _("'{name}' in the backup leads out of the home; this is no backup of ours").format(name=name)
        )
    return settings.home.joinpath(*parts)


def _write(place: Path, stream: io.BufferedReader) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("wb") as target:
        shutil.copyfileobj(stream, target)


def _add_bytes(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    tar.addfile(info, io.BytesIO(content))


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _report(path: Path, manifest: Mapping[str, Any]) -> BackupReport:
    return BackupReport(
        path, manifest["made_at"], manifest["rows"], len(manifest["originals"]), len(manifest["files"]) - 1
    )
