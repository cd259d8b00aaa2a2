"""What a disk refuses has a name and says what to do; a fault of the program is never hidden behind it."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from filelock import FileLock
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
from typer.testing import CliRunner

from cchc.errors import BusyError, StorageError, WarehouseError
from pipelines import home
from pipelines.arrival.sources import intake_lock
from pipelines.cli import make_app
from pipelines.keeping.archive import Archive
from pipelines.keeping.storage import named, storage_named
from pipelines.settings import load_settings


def of_sqlite(code: int) -> OperationalError:
    """Return SQLAlchemy's error around one of SQLite."""
    cause = sqlite3.OperationalError("as SQLite says it")
    cause.sqlite_errorcode = code
    return OperationalError("SELECT 1", None, cause)


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (OSError(errno.ENOSPC, "full", "/x/warehouse.db"), "đã đầy (/x/warehouse.db)"),
        (OSError(errno.EROFS, "read-only", "/x"), "/x chỉ cho đọc"),
        (PermissionError(errno.EACCES, "denied", "/x"), "không được đọc hoặc ghi /x"),
        (OSError(errno.ESTALE, "stale", "/x"), "/x không phản hồi"),
        (of_sqlite(sqlite3.SQLITE_FULL), "đã đầy"),
        (of_sqlite(sqlite3.SQLITE_READONLY), "chỉ cho đọc"),
        (of_sqlite(sqlite3.SQLITE_CANTOPEN), "không được đọc hoặc ghi"),
        (of_sqlite(sqlite3.SQLITE_IOERR), "không phản hồi"),
        (of_sqlite(sqlite3.SQLITE_IOERR | 3 << 8), "không phản hồi"),
    ],
)
def test_refusals_have_words(error: Exception, word: str, tmp_path: Path) -> None:
    """Each kind of refusal says where and what to do, and is not tried again by itself."""
    with pytest.raises(StorageError) as caught, storage_named(tmp_path):
        raise error

    assert word in str(caught.value)
    assert not caught.value.retryable


def test_a_held_database_may_be_tried_again(tmp_path: Path) -> None:
    """Another process that holds Dagster's own files passes."""
    found = named(of_sqlite(sqlite3.SQLITE_BUSY), tmp_path)

    assert isinstance(found, BusyError) and found.retryable


def test_a_full_disk_under_the_warehouse_is_said_so(tmp_path: Path) -> None:
    """The warehouse's own error gives way to the plainer one, and stays where there is none."""
    for cause, expected in ((of_sqlite(sqlite3.SQLITE_FULL), StorageError), (None, WarehouseError)):
        with pytest.raises(expected) as caught, storage_named(tmp_path):
            raise WarehouseError("refused") from cause
        assert type(caught.value) is expected


@pytest.mark.parametrize("fault", [KeyError("x"), OSError("no number"), FileNotFoundError(errno.ENOENT, "gone", "/x")])
def test_faults_of_the_program_pass(fault: Exception, tmp_path: Path) -> None:
    """What is not known to be the disk's is not blamed on it."""
    with pytest.raises(type(fault)) as caught, storage_named(tmp_path):
        raise fault

    assert caught.value is fault


def test_a_wrong_statement_passes(tmp_path: Path) -> None:
    """An error of SQL is none of the disk."""
    with pytest.raises(OperationalError), storage_named(tmp_path), create_engine("sqlite://").connect() as connection:
        connection.execute(text("SELECT nothing FROM nowhere"))


class TestCommands:
    """At the keyboard: one line, in Vietnamese, with its exit code."""

    def called(self, home_folder: Path, *arguments: str) -> tuple[int, str]:
        """Return exit code and output of a call."""
        app = make_app(("main",))
        result = CliRunner().invoke(app, arguments, env={"CCHC_HOME": str(home_folder)}, catch_exceptions=False)
        return result.exit_code, " ".join(result.output.split())

    def test_absent_inbox(self, tmp_path: Path) -> None:
        """A folder that is not there is a wrong setting, not an empty inbox."""
        code, output = self.called(tmp_path / "home", "collect", "--inbox", str(tmp_path / "nowhere"))

        assert (code, "không có thư mục nhận" in output) == (3, True)

    def test_home_below_a_file(self, tmp_path: Path) -> None:
        """A home that cannot be made is named."""
        (tmp_path / "file").write_bytes(b"")

        code, output = self.called(tmp_path / "file" / "home", "init")

        assert (code, "không phải là thư mục" in output) == (3, True)

    def test_full_disk_keeps_the_inbox_for_the_next_time(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A collection that meets a full disk leaves no torn file, and the next one takes everything in."""
        inbox = tmp_path / "inbox"
        inbox.mkdir()
        (inbox / "a.docx").write_bytes(b"no report, yet a file")
        with monkeypatch.context() as full:
            full.setattr("pipelines.keeping.archive._copy", refusing(errno.ENOSPC))
            code, output = self.called(tmp_path / "home", "collect", "--inbox", str(inbox))

        again, later = self.called(tmp_path / "home", "collect", "--inbox", str(inbox))

        assert (code, "ổ đĩa đã đầy" in output) == (5, True)
        assert (again, "để riêng: 1" in later) == (1, True)
        assert not list((tmp_path / "home").rglob("*.part"))


def refusing(number: int) -> Callable[..., str]:
    """Return a copy that breaks off as a disk would."""

    def copy(incoming: object, outgoing: object) -> str:
        outgoing.write(b"half")  # type: ignore[attr-defined]
        raise OSError(number, "refused")

    return copy


def test_a_torn_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a file stays neither under a hash nor under a passing name."""
    source = tmp_path / "report.docx"
    source.write_bytes(b"x" * 1000)
    archive = Archive(str(tmp_path / "archive"))
    with monkeypatch.context() as full:
        full.setattr("pipelines.keeping.archive._copy", refusing(errno.ENOSPC))
        with pytest.raises(OSError, match="refused"):
            archive.put(source)

    assert archive.hashes() == []
    assert [p for p in (tmp_path / "archive").rglob("*") if p.is_file()] == []
    assert archive.put(source).new


def test_an_intake_that_lasts_is_said_so(tmp_path: Path) -> None:
    """A second intake waits its time and then says that another is at work; it may be tried again."""
    settings = load_settings({"CCHC_HOME": str(tmp_path)})
    home.prepare_home(settings)

    busy = pytest.raises(BusyError, match="lượt tiếp nhận khác")
    with FileLock(tmp_path / ".intake.lock"), busy as caught, intake_lock(settings, timedelta(seconds=0.05)):
        raise AssertionError("two at once")

    assert caught.value.retryable
    with intake_lock(settings):
        pass
