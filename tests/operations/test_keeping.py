"""What is kept comes back whole on an empty machine, and what is broken is noticed."""

from __future__ import annotations

import errno
import gzip
import io
import json
import shutil
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import make_url

from cchc.errors import StorageError, WarehouseError
from pipelines.arrival.intake import take_in
from pipelines.keeping.archive import Archive
from pipelines.keeping.backup import MANIFEST, BackupError, back_up, check_backup
from pipelines.keeping.restore import restore
from pipelines.keeping.shelf import papers_of
from pipelines.keeping.storage import storage_named
from pipelines.keeping.stores import Store
from pipelines.keeping.verify import Fault, verify
from pipelines.settings import Settings
from validation.finding import Finding
from warehouse.connection import open_warehouse, writing
from warehouse.decisions import record_decision
from warehouse.load import load_report
from warehouse.publishing import Paper, record_event, record_publication
from warehouse.queries import decisions, document_of, figures_long, findings, reading_of, submissions
from warehouse.rows import EventRow, NewDecision
from warehouse.transfer import copy_warehouse, row_counts

from .desk import TestDesk, at, test_desk

MOMENT = at(2023, 9, 20)
FINDING = Finding("outlier", "info", "pho-minh", "2023-Q3", ("dossiers_received",), "1", "2", "vi", "en")


def fill(desk: TestDesk) -> None:
    """Put two versions, a decision, a publication, an event and a waiting file into a desk."""
    for text, day in (("pho-minh|2023-Q3|2023-09-08|a", 12), ("pho-minh|2023-Q3|2023-09-09|bb", 14), ("!empty", 14)):
        for receipt in take_in(desk.desk, [desk.arrival(text, "báo cáo.docx", at(2023, 9, day))]):
            if receipt.reading:
                document, reading = receipt.reading
                load_report(desk.engine, receipt.submission.id, reading, document, [FINDING], at(2023, 9, day, 10))
    record_decision(
        desk.engine, NewDecision("pho-minh", "2023-Q3", "accept", "Hoa", "đúng", figure="dossiers_received"), MOMENT
    )
    record_event(desk.engine, EventRow("k", "message", MOMENT, "2023-Q3", "pho-minh", {"to": ["x"]}))
    record_publication(desk.engine, "2023-Q3", [Paper("page", "a.html", "00")], "Hoa", MOMENT)


def home(folder: Path, **changes: str) -> Settings:
    """Return settings of a home in a folder."""
    made = Settings(folder, folder / "inbox", f"sqlite:///{folder / 'warehouse.db'}", str(folder / "archive"))
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home with something of everything; tests only read it."""
    folder = tmp_path_factory.mktemp("filled")
    fill(test_desk(folder))
    (folder / "outputs" / "2023-Q3").mkdir(parents=True)
    (folder / "outputs" / "2023-Q3" / "trang.html").write_text("Xếp hạng", encoding="utf-8")
    (folder / "office" / "scorecards").mkdir(parents=True)
    (folder / "office" / "scorecards" / "rieng.yaml").write_text("name: rieng", encoding="utf-8")
    (folder / "cchc.toml").write_text('scorecard = "mac-dinh"\n', encoding="utf-8")
    return home(folder)


@pytest.fixture(scope="module")
def backup(filled: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it; tests only read it."""
    path = tmp_path_factory.mktemp("backups") / "cchc.tar.gz"
    back_up(filled, path, MOMENT)
    return path


class TestBackup:
    def test_comes_back_on_an_empty_machine(self, filled: Settings, backup: Path, tmp_path: Path) -> None:
        """Every row, original, paper and setting is there again, and decisions still hold."""
        new = home(tmp_path / "new")

        restore(new, backup)

        old, came = open_warehouse(filled.warehouse_url), open_warehouse(new.warehouse_url)
        for question in (submissions, decisions, findings):
            assert question(came) == question(old)  # type: ignore[operator]
        assert row_counts(came) == row_counts(old)
        assert figures_long(came, "2023-Q3") == figures_long(old, "2023-Q3")
        assert reading_of(came, "pho-minh", "2023-Q3") == reading_of(old, "pho-minh", "2023-Q3")
        assert document_of(came, "pho-minh", "2023-Q3") == document_of(old, "pho-minh", "2023-Q3")
        assert Archive(new.archive_url).hashes() == Archive(filled.archive_url).hashes()
        assert (new.outputs / "2023-Q3" / "trang.html").read_text(encoding="utf-8") == "Xếp hạng"
        assert (new.home / "office" / "scorecards" / "rieng.yaml").read_text(encoding="utf-8") == "name: rieng"
        assert (new.home / "cchc.toml").is_file() and list(new.quarantine.iterdir())
        assert verify(came, Archive(new.archive_url)).complaints == ()

    def test_any_night_comes_back(self, tmp_path: Path) -> None:
        """Nightly backups keep each original once for all nights; each night comes back with its own."""
        desk, nights = test_desk(tmp_path / "home"), tmp_path / "nights"
        settings = home(tmp_path / "home")
        for number, text in enumerate(("a", "bb")):
            arrival = desk.arrival(f"pho-minh|2023-Q3|2023-09-08|{text}", "a.docx", at(2023, 9, 12 + number))
            list(take_in(desk.desk, [arrival]))
            back_up(settings, nights / f"{number}.tar.gz", MOMENT, nightly=True)

        first, second = home(tmp_path / "first"), home(tmp_path / "second")
        restore(first, nights / "0.tar.gz")
        restore(second, nights / "1.tar.gz")

        assert [len(Archive(one.archive_url).hashes()) for one in (first, second)] == [1, 2]
        assert submissions(open_warehouse(second.warehouse_url)) == submissions(desk.engine)
        assert len([path for path in (nights / "originals").rglob("*") if path.is_file()]) == 2

    def test_an_original_missing_beside(self, filled: Settings, tmp_path: Path) -> None:
        """A night whose original went from beside it, or changed there, is refused before anything is written."""
        back_up(filled, tmp_path / "n.tar.gz", MOMENT, nightly=True)
        original = next(path for path in (tmp_path / "originals").rglob("*") if path.is_file())
        original.chmod(0o600)

        for spoil in (lambda: original.write_bytes(b"x"), original.unlink):
            spoil()
            with pytest.raises(BackupError, match=original.name):
                restore(home(tmp_path / "new"), tmp_path / "n.tar.gz")
        assert not (tmp_path / "new").exists()

    def test_goes_on_working(self, backup: Path, tmp_path: Path) -> None:
        """A restored home takes in the next version under the next numbers."""
        new = home(tmp_path / "new")
        restore(new, backup)
        desk = test_desk(tmp_path / "new")

        (receipt,) = take_in(desk.desk, [desk.arrival("pho-minh|2023-Q3|2023-09-21|c", "c.docx", at(2023, 9, 21))])

        assert (receipt.submission.version, receipt.submission.id) == (3, 4)

    def test_says_what_it_holds(self, backup: Path) -> None:
        """The report of a backup counts arrivals, decisions, originals and files."""
        report = check_backup(backup)

        assert (report.rows["submission"], report.rows["decision"], report.originals) == (3, 1, 3)
        assert report.made_at == MOMENT.isoformat()

    def test_never_over_another(self, filled: Settings, backup: Path) -> None:
        """A backup is not written over an existing file."""
        before = backup.read_bytes()

        with pytest.raises(BackupError, match="không bao giờ bị ghi đè"):
            back_up(filled, backup, MOMENT)
        assert backup.read_bytes() == before

    def test_only_into_an_empty_home(self, filled: Settings, backup: Path) -> None:
        """Restoring over a home with state is refused."""
        with pytest.raises(BackupError, match="đã có dữ liệu"):
            restore(filled, backup)

    def test_a_prepared_home_keeps_its_settings(self, backup: Path, tmp_path: Path) -> None:
        """What `cchc.toml` says of the new place holds; that of the backup lies beside it."""
        new = home(tmp_path / "new")
        new.home.mkdir()
        (new.home / "cchc.toml").write_text("workers = 1\n", encoding="utf-8")

        restore(new, backup)

        assert (new.home / "cchc.toml").read_text(encoding="utf-8") == "workers = 1\n"
        assert (new.home / "cchc.toml.from-backup").read_text(encoding="utf-8") == 'scorecard = "mac-dinh"\n'

    def test_into_a_shared_store(self, filled: Settings, backup: Path, tmp_path: Path) -> None:
        """Another machine of the office sees the papers, the quarantine and the originals that came back."""
        store = tmp_path / "store"
        shares = {"store_url": str(store), "archive_url": str(store / "archive")}
        one, other = (home(tmp_path / name, **shares) for name in ("one", "other"))

        restore(one, backup)
        papers_of(other).fetch_all()

        assert (other.outputs / "2023-Q3" / "trang.html").read_text(encoding="utf-8") == "Xếp hạng"
        assert Archive(other.archive_url).hashes() == Archive(filled.archive_url).hashes()
        assert {entry.name for entry in Store(other.quarantine_url).entries()} == {
            path.relative_to(filled.quarantine).as_posix() for path in filled.quarantine.rglob("*") if path.is_file()
        }

    def test_no_half_backup_stays(self, filled: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A disk that fills up while a backup is written leaves nothing of it, and the file it stood for is named."""

        def full(*_given: object, **_named: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr("tarfile.TarFile.add", full)

        with pytest.raises(StorageError, match=r"đã đầy \(.*b\.tar\.gz"), storage_named(filled.home):
            back_up(filled, tmp_path / "b.tar.gz", MOMENT)

        assert list(tmp_path.iterdir()) == []

    def test_without_room_nothing_is_written(
        self, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A disk too small for the home is refused before the first byte, so that the home stays an empty one."""
        new = home(tmp_path / "new")
        with monkeypatch.context() as small:
            small.setattr("shutil.disk_usage", lambda _place: shutil._ntuple_diskusage(10**7, 10**7, 10**5))  # type: ignore[attr-defined]
            with pytest.raises(StorageError, match="dọn chỗ"):
                restore(new, backup)

        restore(new, backup)
        assert verify(open_warehouse(new.warehouse_url), Archive(new.archive_url)).complaints == ()

    def test_a_full_disk_is_not_blamed_on_the_backup(
        self, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What the disk refuses while a sound backup is brought back does not make anybody throw the backup away."""

        def full(*_given: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr("shutil.copyfileobj", full)

        with pytest.raises(OSError, match="No space left"):
            restore(home(tmp_path / "new"), backup)

    def test_changed_manifest_is_refused(self, backup: Path, tmp_path: Path) -> None:
        """A backup whose counts were changed, and nothing else, is damaged: its checksum no longer holds."""
        content = bytearray(gzip.decompress(backup.read_bytes()))
        place = content.index(b'"rows"') + len(b'"rows": {')
        digit = next(i for i in range(place, len(content)) if chr(content[i]).isdigit())
        content[digit] ^= 1
        whole = gzip.compress(bytes(content), mtime=0)
        torn = gzip.compress(gzip.decompress(backup.read_bytes()), mtime=0)
        broken = tmp_path / "b.tar.gz"
        broken.write_bytes(whole[:-8] + torn[-8:])

        with pytest.raises(BackupError):
            check_backup(broken)

    @given(data=st.data())
    @settings(max_examples=25, deadline=None)
    def test_torn_or_changed(self, backup: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
        """A backup that is cut or has a changed byte is refused, or holds exactly what it held."""
        content = bytearray(backup.read_bytes())
        if data.draw(st.booleans()):
            content = content[: data.draw(st.integers(0, len(content) - 1))]
        else:
            content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
        broken = tmp_path_factory.mktemp("torn") / "b.tar.gz"
        broken.write_bytes(bytes(content))

        try:
            report = check_backup(broken)
        except BackupError:
            return
        assert replace(report, path=backup) == check_backup(backup)

    @pytest.mark.parametrize("name", ["../escape.txt", "/etc/escape.txt", "outputs/../../escape.txt", "other/x"])
    def test_no_path_leads_out(self, name: str, backup: Path, tmp_path: Path) -> None:
        """A forged backup cannot write outside the home."""
        forged = tmp_path / "forged.tar.gz"
        _forge(backup, forged, name)

        with pytest.raises(BackupError):
            restore(home(tmp_path / "new"), forged)
        assert not list(tmp_path.rglob("escape.txt"))


def _forge(backup: Path, forged: Path, name: str) -> None:
    """Write a backup with one more file, which its manifest knows of."""
    with tarfile.open(backup) as old, tarfile.open(forged, "w:gz") as new:
        for member in old:
            content = old.extractfile(member).read()  # type: ignore[union-attr]
            if member.name == MANIFEST:
                manifest = json.loads(content)
                manifest["files"][name] = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
                content = json.dumps(manifest).encode()
                member.size = len(content)
            new.addfile(member, io.BytesIO(content))
        info = tarfile.TarInfo(name)
        info.size = 1
        new.addfile(info, io.BytesIO(b"x"))


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    """The URL of an empty PostgreSQL database."""
    with psycopg.connect(postgres, autocommit=True) as server:
        server.execute("CREATE DATABASE operations")
    yield make_url(postgres).set(database="operations").render_as_string(hide_password=False)
    with psycopg.connect(postgres, autocommit=True) as server:
        server.execute("DROP DATABASE operations WITH (FORCE)")


class TestTransfer:
    def test_not_into_one_in_use(self, filled: Settings, tmp_path: Path) -> None:
        """A warehouse that holds arrivals is never written over."""
        desk = test_desk(tmp_path)
        fill(desk)
        before = row_counts(desk.engine)

        with pytest.raises(WarehouseError, match="kho trống"):
            copy_warehouse(open_warehouse(filled.warehouse_url), desk.engine)
        assert row_counts(desk.engine) == before

    @pytest.mark.postgres
    def test_to_postgresql_and_back(self, filled: Settings, tmp_path: Path, postgres_url: str) -> None:
        """A warehouse moves to PostgreSQL and back without losing a digit, and PostgreSQL numbers on from there."""
        source, there = open_warehouse(filled.warehouse_url), open_warehouse(postgres_url)
        back = open_warehouse(f"sqlite:///{tmp_path / 'back.db'}")

        copy_warehouse(source, there)
        copy_warehouse(there, back)

        for engine in (there, back):
            assert row_counts(engine) == row_counts(source)
            assert submissions(engine) == submissions(source)
            assert figures_long(engine, "2023-Q3") == figures_long(source, "2023-Q3")
            assert reading_of(engine, "pho-minh", "2023-Q3") == reading_of(source, "pho-minh", "2023-Q3")
        desk = replace(test_desk(tmp_path), engine=there)
        (receipt,) = take_in(desk.desk, [desk.arrival("pho-an|2023-Q3|2023-09-21|", "c.docx", at(2023, 9, 21))])
        assert receipt.submission.id == 4


class TestVerify:
    @pytest.fixture
    def kept(self, filled: Settings, tmp_path: Path) -> Settings:
        """A copy of the filled home to break."""
        shutil.copytree(filled.home, tmp_path / "kept")
        return home(tmp_path / "kept")

    def _faults(self, kept: Settings) -> list[Fault]:
        return [c.fault for c in verify(open_warehouse(kept.warehouse_url), Archive(kept.archive_url)).complaints]

    def test_all_is_well(self, kept: Settings) -> None:
        """An untouched home has no faults, and says how much was looked at."""
        found = verify(open_warehouse(kept.warehouse_url), Archive(kept.archive_url))

        assert (found.originals, found.reports, found.printings, found.complaints) == (3, 1, 1, ())

    def test_original_gone_or_changed(self, kept: Settings) -> None:
        """A missing original and a changed one are told apart."""
        first, second, _ = sorted((kept.home / "archive" / "originals").glob("*/*"))
        first.unlink()
        second.chmod(0o600)
        second.write_bytes(b"other")

        assert self._faults(kept) == [Fault.ORIGINAL_MISSING, Fault.ORIGINAL_CHANGED]

    @pytest.mark.parametrize(
        ("sql", "fault"),
        [
            ("DELETE FROM report_body", Fault.DOCUMENT_MISSING),
            ("UPDATE figure_value SET value = value + 1", Fault.FIGURE_DIFFERS),
            ("UPDATE figure_current SET printed = printed + 1", Fault.FIGURE_DIFFERS),
        ],
    )
    def test_changed_behind_our_back(self, sql: str, fault: Fault, kept: Settings) -> None:
        """A row changed by hand no longer agrees with the reading it came from."""
        engine = open_warehouse(kept.warehouse_url)
        with writing(engine) as connection:
            connection.exec_driver_sql(sql)

        assert fault in self._faults(kept)

    def test_every_fault_has_words(self, kept: Settings) -> None:
        """A complaint names what it is about and what to do."""
        for path in (kept.home / "archive" / "originals").glob("*/*"):
            path.unlink()

        complaints = verify(open_warehouse(kept.warehouse_url), Archive(kept.archive_url)).complaints

        assert all("báo cáo.docx" in c.text and "sao lưu" in c.text for c in complaints)
