"""Backups: warehouse with decisions, originals, papers and settings, in one file.

Belongs here: what goes into the file, and reading it back against its manifest before it counts as a backup.
Stays out: bringing it back (`pipelines.keeping.restore`), copying tables (`warehouse.transfer`).

The file is a plain tar.gz: `manifest.json`, `warehouse.db` (SQLite, whatever engine the warehouse is on), `originals/`
by hash, `outputs/`, `quarantine/`, `cchc.toml`. A nightly one leaves the originals out: they lie once, by hash, in the
folder `originals` beside all nights. Passwords are not in it, for no file here holds one. Dagster's own
folder is not in it either: it is a record of runs, and is made anew.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from cchc.errors import CchcError
from cchc.messages import translator
from pipelines.keeping.archive import Archive, ArchiveError, hash_stream
from pipelines.keeping.shelf import papers_of
from pipelines.keeping.stores import Store
from pipelines.settings import CONFIG_NAME, Settings
from warehouse.connection import open_warehouse
from warehouse.transfer import copy_warehouse

_ = translator("operations")

FORMAT = 1
MANIFEST, WAREHOUSE = "manifest.json", "warehouse.db"
FOLDERS = ("outputs", "quarantine", "office")
_CHUNK = 1 << 20


class BackupError(CchcError):
    """A backup that cannot be made, is damaged, or cannot be restored here."""


@dataclass(frozen=True)
class BackupReport:
    """What a backup holds: when it was made, rows by table, number of originals and of other files, bytes unpacked.

    `beside` are the hashes of the originals that lie beside it, none where they are in it.
    """

    path: Path
    made_at: str
    rows: Mapping[str, int]
    originals: int
    files: int
    size: int
    beside: tuple[str, ...] = ()


def store_beside(path: Path) -> Archive:
    """Return the store of originals that nightly backups of one folder share."""
    return Archive(str(path.parent))


def back_up(settings: Settings, target: Path, moment: datetime, *, nightly: bool = False) -> BackupReport:
    """Write a backup and read it back before it takes its name.

    `nightly` puts the originals beside it, each once for all nights.

    Raises:
        BackupError: the file exists, or an original is missing or damaged.
    """
    if target.exists():
        raise BackupError(_("{path} exists; name another file, a backup is never written over").format(path=target))
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f"{target.name}.part")
    try:
        with tempfile.TemporaryDirectory(prefix="cchc-backup-") as folder:
            copied = Path(folder) / WAREHOUSE
            rows = _copy_out(settings, copied)
            files = {WAREHOUSE: copied} | home_files(settings) | _shared_files(settings, Path(folder))
            _write_tar(settings, partial, files, rows, moment, nightly)
        report = check_backup(partial)
    except OSError as error:
        # Writing to a tar names no file; without one a full disk of the backups would be blamed on the home.
        raise OSError(error.errno, error.strerror, error.filename or str(partial)) from error
    else:
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return replace(report, path=target)


def _write_tar(
    settings: Settings,
    partial: Path,
    files: Mapping[str, Path],
    rows: Mapping[str, int],
    moment: datetime,
    nightly: bool,
) -> None:
    archive = Archive(settings.archive_url)
    originals = archive.hashes()
    manifest = {
        "format": FORMAT,
        "made_at": moment.isoformat(),
        "rows": rows,
        "originals": originals,
        "beside": nightly,
        "files": {name: _hash(path) for name, path in files.items()},
    }
    with tarfile.open(partial, "w:gz", compresslevel=6) as tar:
        _add_bytes(tar, MANIFEST, json.dumps(manifest, indent=1, sort_keys=True).encode())
        for name, path in files.items():
            tar.add(path, arcname=name, recursive=False)
        for sha256 in originals:
            with archive.original(sha256) as original:
                if nightly:
                    store_beside(partial).put(original)
                else:
                    tar.add(original, arcname=f"originals/{sha256}", recursive=False)


def check_backup(path: Path) -> BackupReport:
    """Read every byte of a backup against its manifest and return what it holds.

    Raises:
        BackupError: it is no backup, torn, or a byte of it has changed.
    """
    manifest: dict[str, Any] | None = None
    missing: dict[str, str] = {}
    unpacked = 0
    with members(path) as found:
        for name, stream in found:
            if manifest is None:
                manifest = _manifest(path, name, stream)
                inside = () if manifest.get("beside") else manifest["originals"]
                missing = dict(manifest["files"]) | {f"originals/{sha}": sha for sha in inside}
                continue
            sha256, size = hash_stream(stream)
            unpacked += size
            if sha256 != missing.pop(name, None):
                raise BackupError(
                    _("{path}: '{name}' is not what the manifest says; use another backup").format(path=path, name=name)
                )
    if manifest is None or missing:
        raise BackupError(_("{path}: files are missing; use another backup").format(path=path))
    originals, files = manifest["originals"], len(manifest["files"]) - 1
    beside = tuple(originals) if manifest.get("beside") else ()
    unpacked += _size_beside(path, beside)
    return BackupReport(path, manifest["made_at"], manifest["rows"], len(originals), files, unpacked, beside)


def _size_beside(path: Path, beside: Iterable[str]) -> int:
    """Return the bytes of the originals beside a backup, each read against its hash."""
    store, size = store_beside(path), 0
    for sha256 in beside:
        with _sound(path, sha256), store.original(sha256) as original, original.open("rb") as stream:
            found, length = hash_stream(stream)
            if found != sha256:
                raise ArchiveError(sha256)
            size += length
    return size


@contextmanager
def _sound(path: Path, sha256: str) -> Iterator[None]:
    try:
        yield
    except ArchiveError as error:
        raise BackupError(
            _("{path}: the original {sha256} beside it is missing or damaged; use another backup").format(
                path=path, sha256=sha256
            )
        ) from error


def _copy_out(settings: Settings, target: Path) -> dict[str, int]:
    """Copy the warehouse into a SQLite file of its own, complete in one file."""
    source, copied = open_warehouse(settings.warehouse_url), open_warehouse(f"sqlite:///{target}")
    try:
        counts = copy_warehouse(source, copied)
    finally:
        source.dispose()
        copied.dispose()
        # Of the driver itself: a transaction of the warehouse reads first, and would hold up the checkpoint.
        with closing(sqlite3.connect(target)) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return counts


def home_files(settings: Settings) -> dict[str, Path]:
    """Return the other files of the home by their names in the backup."""
    found = [path for name in FOLDERS for path in sorted((settings.home / name).rglob("*")) if path.is_file()]
    config = settings.home / CONFIG_NAME
    found += [config] if config.is_file() else []
    return {path.relative_to(settings.home).as_posix(): path for path in found if not path.is_symlink()}


def _shared_files(settings: Settings, folder: Path) -> dict[str, Path]:
    """Return copies of what lies in the store that several machines share, by their names in the backup."""
    if not settings.store_url:
        return {}
    papers_of(settings).fetch_all()
    quarantine, copies = Store(settings.quarantine_url), {}
    for entry in quarantine.entries():
        copies[f"quarantine/{entry.name}"] = copy = folder / entry.name
        quarantine.fetch(entry.name, copy)
    return home_files(settings) | copies


@contextmanager
def members(path: Path) -> Iterator[Iterator[tuple[str, Any]]]:
    """Give the plain files of a backup as name and stream, in their order; a torn one is named, wherever it tears."""
    try:
        with gzip.open(path) as unpacked, tarfile.open(fileobj=unpacked, mode="r|") as tar:
            yield _streams(path, tar)
            _to_the_end(unpacked)
    except (tarfile.TarError, zlib.error, EOFError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            # The disk, on either side, and not what the backup says.
            raise
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


def _add_bytes(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    tar.addfile(info, io.BytesIO(content))


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
