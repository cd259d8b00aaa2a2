"""The archive keeps every byte, under its hash, once, and notices when a byte changes."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

import fsspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.arrival.quarantine import Reason, lay_aside, release, safe_name
from pipelines.keeping.archive import Archive, ArchiveError
from pipelines.keeping.stores import Store

NAMES = (
    "../../etc/passwd",
    "..\\..\\boot.ini",
    "/absolute/path.docx",
    "BC phường Phổ Minh quý III.docx",
    "báo\u0300 cáo\x00.pdf",
    "a" * 4000 + ".pdf",
    "CON.docx",
    ".hidden",
    "",
    "...",
    "name\nwith\nlines.doc",
    "$(rm -rf).docx",
)


def _file(folder: Path, content: bytes, name: str = "report.bin") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.fixture(params=["local", "memory"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Archive:
    """An empty archive in a local folder and one behind an fsspec URL."""
    if request.param == "local":
        return Archive(str(tmp_path / "archive"))
    fsspec.filesystem("memory").store.clear()
    return Archive("memory://archive")


class TestPut:
    def test_byte_for_byte(self, archive: Archive, tmp_path: Path) -> None:
        """What comes out has exactly the bytes that went in, under their SHA-256."""
        content = bytes(range(256)) * 5000

        kept = archive.put(_file(tmp_path, content))

        assert (kept.sha256, kept.size, kept.new) == (hashlib.sha256(content).hexdigest(), len(content), True)
        with archive.original(kept.sha256) as path:
            assert path.read_bytes() == content

    def test_twice_is_once(self, archive: Archive, tmp_path: Path) -> None:
        """The same bytes under another name are held once, and the second call says so."""
        first = archive.put(_file(tmp_path, b"same", "a.docx"))
        second = archive.put(_file(tmp_path, b"same", "b.pdf"))

        assert (first.new, second.new) == (True, False)
        assert archive.hashes() == [first.sha256]

    def test_nothing_half_written_stays(self, archive: Archive, tmp_path: Path) -> None:
        """A file that grows between hashing and copying is refused and leaves nothing in the archive."""
        path = _file(tmp_path, b"first")
        wrong = hashlib.sha256(b"second").hexdigest()

        with pytest.raises(ArchiveError, match="thay đổi trong khi"):
            archive._write(path, archive._original(wrong), wrong)

        assert archive.hashes() == []
        assert not archive.holds(wrong)

    def test_originals_are_read_only(self, tmp_path: Path) -> None:
        """A local original carries no write permission."""
        archive = Archive(str(tmp_path / "archive"))
        kept = archive.put(_file(tmp_path, b"original"))

        with archive.original(kept.sha256) as path:
            assert stat.S_IMODE(path.stat().st_mode) & 0o222 == 0


class TestOriginal:
    def test_unknown_hash(self, archive: Archive) -> None:
        """A hash that is not held is an error that says what to do."""
        with pytest.raises(ArchiveError, match="khôi phục"), archive.original("0" * 64):
            pass

    @pytest.mark.parametrize("name", ["../../secret", "", "ABC", "0" * 63, "0" * 64 + "/x"])
    def test_only_hashes_are_paths(self, archive: Archive, name: str) -> None:
        """Nothing but 64 hexadecimal digits ever reaches the file system."""
        with pytest.raises(ArchiveError, match="SHA-256"):
            archive.holds(name)


class TestDamaged:
    def test_finds_the_changed_one(self, archive: Archive, tmp_path: Path) -> None:
        """Re-hashing names exactly the original in which one byte changed."""
        good = archive.put(_file(tmp_path, b"good"))
        bad = archive.put(_file(tmp_path, b"bad1"))
        where = archive._original(bad.sha256)
        if archive.url.startswith("memory"):
            archive._fs.pipe_file(where, b"bad2")
        else:
            Path(where).chmod(0o600)
            Path(where).write_bytes(b"bad2")

        assert archive.damaged() == [bad.sha256]
        assert good.sha256 in archive.hashes()

    def test_empty_archive(self, archive: Archive) -> None:
        """An archive that holds nothing has nothing wrong."""
        assert (archive.hashes(), archive.damaged()) == ([], [])


class TestQuarantine:
    REASON = Reason("ab" * 32, "../../BÁO CÁO (1).DOCX", "2023-09-12T08:00:00+07:00", "inbox", "", "no_round", "Vì sao")

    @pytest.fixture(params=["local", "memory"])
    def quarantine(self, request: pytest.FixtureRequest, tmp_path: Path) -> Store:
        """An empty quarantine in a local folder and one behind an fsspec URL."""
        fsspec.filesystem("memory").store.clear()
        return Store(str(tmp_path / "quarantine") if request.param == "local" else "memory://quarantine")

    def test_copy_and_reason(self, quarantine: Store, tmp_path: Path) -> None:
        """The copy has the original's bytes and a name a clerk recognises; the reason lies beside it, in Vietnamese."""
        original = _file(tmp_path, b"bytes")

        name = lay_aside(quarantine, original, self.REASON)

        assert name == "abababababab-bao-cao-1.docx"
        assert quarantine.read(name) == b"bytes"
        assert '"message": "Vì sao"' in (quarantine.read(f"{name}.json") or b"").decode()

    def test_again_changes_nothing(self, quarantine: Store, tmp_path: Path) -> None:
        """Laying the same file aside twice leaves the same two files."""
        original = _file(tmp_path, b"bytes")
        name = lay_aside(quarantine, original, self.REASON)
        lay_aside(quarantine, original, self.REASON)

        assert [entry.name for entry in quarantine.entries()] == [name, f"{name}.json"]

    def test_release(self, quarantine: Store, tmp_path: Path) -> None:
        """Releasing one file removes its copy and reason and leaves the others."""
        original = _file(tmp_path, b"bytes")
        name = lay_aside(quarantine, original, self.REASON)
        other = lay_aside(quarantine, original, Reason("cd" * 32, "b.pdf", "", "inbox", "", "empty", ""))

        removed = release(quarantine, self.REASON.sha256)

        assert removed == [name, f"{name}.json"]
        assert [entry.name for entry in quarantine.entries()] == [other, f"{other}.json"]
        assert release(Store(str(tmp_path / "absent")), "ab" * 32) == []


class TestSafeName:
    @pytest.mark.parametrize("name", NAMES)
    def test_stays_in_its_folder(self, name: str, tmp_path: Path) -> None:
        """Whatever a file is called, its copy is a plain short name in the folder."""
        safe = safe_name(name, "ab" * 32)

        assert (tmp_path / safe).resolve().parent == tmp_path.resolve()
        assert safe.isascii()
        assert 12 < len(safe) < 70

    @given(st.text(max_size=300))
    @settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow], deadline=None)
    def test_any_text(self, name: str) -> None:
        """No text at all yields a separator, a leading dot, a blank or a control character."""
        safe = safe_name(name, "0f" * 32)

        assert set(safe) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
        assert safe.startswith("0f0f0f0f0f0f-")
