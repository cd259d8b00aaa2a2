"""What a disk or a database file refuses, as named errors: full, read-only, not ours, gone, held by another.

Belongs here: telling these apart from faults of the program, whatever library met them, and what to do about each.
Stays out: what else a database may refuse (`warehouse.connection`).

Dagster keeps its runs in SQLite files of its own, so a full disk can also show as an error of theirs.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from sqlalchemy.exc import DBAPIError

from cchc.errors import BusyError, CchcError, StorageError, WarehouseError
from cchc.messages import translator

_ = translator("operations")

Words = Callable[[], str]


def _full() -> str:
    return _("the disk is full ({where}); make room as docs/operations.md says, then run the same again")


def _read_only() -> str:
    return _("{where} is read-only; make it writable, then run the same again")


def _not_ours() -> str:
    return _("{where} may not be read or written by this user; run as the user of the home, or change its owner")


def _gone() -> str:
    return _("{where} does not answer; look at the disk or the network folder, then run the same again")


_OS: dict[int, Words] = {
    errno.ENOSPC: _full,
    errno.EDQUOT: _full,
    errno.EFBIG: _full,
    errno.EROFS: _read_only,
    errno.EACCES: _not_ours,
    errno.EPERM: _not_ours,
    errno.EIO: _gone,
    errno.ESTALE: _gone,
    errno.ENOTCONN: _gone,
    errno.EHOSTDOWN: _gone,
    errno.ETIMEDOUT: _gone,
}
_SQLITE: dict[int, Words] = {
    sqlite3.SQLITE_FULL: _full,
    sqlite3.SQLITE_READONLY: _read_only,
    sqlite3.SQLITE_CANTOPEN: _not_ours,
    sqlite3.SQLITE_PERM: _not_ours,
    sqlite3.SQLITE_IOERR: _gone,
}
_HELD = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_ROOM = 1 << 20


@contextmanager
def storage_named(home: Path) -> Iterator[None]:
    """Turn what the disk refuses into named errors; anything else passes as it is.

    `home` is where the state lies: what is said of a database file without a name is said of it.
    """
    try:
        yield
    except (OSError, DBAPIError, sqlite3.Error) as error:
        _raise_named(error, error, home)
    except WarehouseError as error:
        _raise_named(error, error.__cause__, home)


def _raise_named(error: Exception, cause: BaseException | None, home: Path) -> NoReturn:
    found = named(cause, home)
    if found is None:
        raise error
    raise found from error


def named(error: BaseException | None, home: Path) -> CchcError | None:
    """Return the named error for what a disk or a database file refused, None for a fault of another kind."""
    if isinstance(error, OSError):
        words = _OS.get(error.errno or 0)
        return StorageError(words().format(where=error.filename or home)) if words else None
    cause = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(cause, sqlite3.Error):
        return None
    # Errors that Python's module raises by itself, not SQLite, carry no code.
    code = (getattr(cause, "sqlite_errorcode", None) or 0) & 0xFF
    if code in _HELD:
        return BusyError(_("a database in {where} is held by another process; try again shortly").format(where=home))
    words = _SQLITE.get(code)
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN):
        words = _of_the_disk(home) or words
    return StorageError(words().format(where=home)) if words else None


def _of_the_disk(home: Path) -> Words | None:
    """Return what the disk itself says where SQLite says little: a log that cannot grow or be made."""
    try:
        found = os.statvfs(home)
    except OSError:
        return None
    if found.f_flag & os.ST_RDONLY:
        return _read_only
    return _full if found.f_bavail * found.f_frsize < _ROOM else None
