"""A file is taken when it rests, and an archive only as far as it is harmless."""

from __future__ import annotations

import io
import os
import unicodedata
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc.clock import ZONE, now
from cchc.errors import ConfigurationError, DocumentError
from parsers.outcomes import Outcome
from pipelines.arrival.arrivals import Arrival, Way, look_into, plain_name, still_growing
from pipelines.arrival.zips import ZipLimits, is_archive, unpack

RECEIVED = datetime(2023, 9, 12, 8, 0, tzinfo=ZONE)
LATER = timedelta(minutes=1)


class TestLookInto:
    def test_whole_files_in_order(self, tmp_path: Path) -> None:
        """Files that rest are arrivals, the earlier written first, whatever they are called."""
        for name, minute in (("b.docx", 1), ("a.docx", 2), ("sub/c.pdf", 0)):
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(b"x")
            os.utime(path, (minute * 60, minute * 60))

        look = look_into(tmp_path, now() + LATER, received_at=RECEIVED)

        assert [a.name for a in look.whole] == ["sub/c.pdf", "b.docx", "a.docx"]
        assert {(a.via, a.received_at) for a in look.whole} == {(Way.INBOX, RECEIVED)}
        assert look.unfinished == ()

    def test_growing_file_is_left(self, tmp_path: Path) -> None:
        """A file written just now is left, even when a copying tool gave it an old modification time."""
        path, began = tmp_path / "report.docx", now()
        path.write_bytes(b"half")
        os.utime(path, (0, 0))

        look = look_into(tmp_path, began)

        assert (look.whole, look.unfinished) == ((), ("report.docx",))
        assert still_growing(look)

    @pytest.mark.parametrize(
        "name",
        ["~$report.docx", "r.docx.part", "r.PDF.crdownload", "x.tmp", ".hidden.pdf", "Thumbs.db", ".~lock.a#"],
    )
    def test_passing_names_are_left(self, name: str, tmp_path: Path) -> None:
        """What programs leave beside a document is never taken, and is nothing to wait for."""
        (tmp_path / name).write_bytes(b"x")

        look = look_into(tmp_path, now() + LATER)

        assert (look.whole, look.unfinished, still_growing(look)) == ((), (name,), False)

    def test_links_are_not_followed(self, tmp_path: Path) -> None:
        """Neither a linked file nor a linked folder brings in what lies outside the inbox."""
        outside, inbox = tmp_path / "outside", tmp_path / "inbox"
        outside.mkdir()
        inbox.mkdir()
        (outside / "secret.docx").write_bytes(b"x")
        (inbox / "link.docx").symlink_to(outside / "secret.docx")
        (inbox / "folder").symlink_to(outside)

        assert look_into(inbox, now() + LATER).whole == ()

    def test_absent_inbox(self, tmp_path: Path) -> None:
        """An inbox that is not there, as an unmounted share, is told and never taken for an empty one."""
        with pytest.raises(ConfigurationError, match="không có thư mục nhận"):
            look_into(tmp_path / "inbox", now())

    def test_what_may_not_be_opened_is_named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file of another user is neither taken nor passed over in silence, and stops no other."""
        (tmp_path / "ours.docx").write_bytes(b"x")
        (tmp_path / "theirs.docx").write_bytes(b"x")
        monkeypatch.setattr(os, "access", lambda path, _mode: path.name != "theirs.docx")

        look = look_into(tmp_path, now() + LATER)

        assert ([a.name for a in look.whole], look.barred) == (["ours.docx"], ("theirs.docx",))


class TestPlainNames:
    @pytest.mark.parametrize(
        ("raw", "plain"),
        [
            ("Báo cáo quý III.docx", "Báo cáo quý III.docx"),
            ("a\x1b[2J\r\nb.docx", "a\\x1b[2J\\r\\nb.docx"),
            ("cod\u202excod.exe", "cod\\u202excod.exe"),
            (os.fsdecode(b"b\xb8o.doc"), "b\\xb8o.doc"),
            ("../../etc/passwd", "../../etc/passwd"),
        ],
    )
    def test_what_cannot_be_seen_is_spelled_out(self, raw: str, plain: str) -> None:
        """Terminals obey no part of a name, and what is no UTF-8 can still be kept; good names stay as they are."""
        assert plain_name(raw) == plain

    @given(st.text(st.characters(), max_size=2000))
    def test_any_name_can_be_kept_and_printed(self, raw: str) -> None:
        """Every name becomes text of bounded length that encodes, has no control character, and is plain already."""
        found = plain_name(raw)

        assert len(found) <= 300
        assert not [c for c in found if unicodedata.category(c) in ("Cc", "Cf", "Cs")]
        assert plain_name(found) == found
        found.encode("utf-8")

    def test_hostile_names_in_a_folder(self, tmp_path: Path) -> None:
        """A folder of odd names is looked into; every file is an arrival with its bytes."""
        odd = [
            b"\xff\xfe.docx",
            b"a\nb.pdf",
            b"\x1b]0;x\x07.doc",
            b"x" * 250 + b".pdf",
            b"-rf",
            b"$(id).docx",
            b" .docx",
        ]
        for raw in odd:
            (Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + raw))).write_bytes(raw)

        look = look_into(tmp_path, now() + LATER)

        assert {a.path.read_bytes() for a in look.whole} == set(odd)
        assert all(a.name.isprintable() for a in look.whole)


def _zip(folder: Path, members: dict[str, bytes], name: str = "round.zip") -> Arrival:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return Arrival(path, name, Way.INBOX, RECEIVED, sender="x@example.org")


class TestUnpack:
    def test_members_become_arrivals(self, tmp_path: Path) -> None:
        """Members keep their bytes, their name below the archive's, its moment and its sender."""
        arrival = _zip(tmp_path, {"Phổ An/báo cáo.docx": b"one", "b.pdf": b"two"})

        found = unpack(arrival, tmp_path / "out")

        assert [(a.name, a.path.read_bytes()) for a in found] == [
            ("round.zip/Phổ An/báo cáo.docx", b"one"),
            ("round.zip/b.pdf", b"two"),
        ]
        assert {(a.via, a.received_at, a.sender) for a in found} == {(Way.ZIP, RECEIVED, "x@example.org")}

    @pytest.mark.parametrize("name", ["../../escape.docx", "/etc/cron.d/x", "..\\up.docx", "a" * 300])
    def test_names_never_lead_out(self, name: str, tmp_path: Path) -> None:
        """Whatever a member is called, it is written inside the folder given."""
        found = unpack(_zip(tmp_path, {name: b"x"}), tmp_path / "out")

        assert [a.path.parent for a in found] == [tmp_path / "out"]
        assert sorted(p.name for p in tmp_path.iterdir()) == ["out", "round.zip"]

    def test_litter_is_left(self, tmp_path: Path) -> None:
        """What macOS and Word add to an archive is no report."""
        arrival = _zip(tmp_path, {"__MACOSX/._a.docx": b"x", "~$a.docx": b"x", "a.docx": b"x"})

        assert [a.name for a in unpack(arrival, tmp_path / "out")] == ["round.zip/a.docx"]

    def test_names_of_windows(self, tmp_path: Path) -> None:
        """UTF-8 names without the flag that says so are read as what they are."""
        raw = io.BytesIO()
        with zipfile.ZipFile(raw, "w") as archive:
            archive.writestr("Báo cáo.docx", b"x")
        flag = raw.getvalue().replace(b"\x00\x08\x00\x00", b"\x00\x00\x00\x00")
        (tmp_path / "w.zip").write_bytes(flag)

        found = unpack(Arrival(tmp_path / "w.zip", "w.zip", Way.INBOX, RECEIVED), tmp_path / "out")

        assert [a.name for a in found] == ["w.zip/Báo cáo.docx"]


class TestRefusals:
    def _outcome(self, arrival: Arrival, folder: Path, limits: ZipLimits | None = None) -> str:
        with pytest.raises(DocumentError) as caught:
            unpack(arrival, folder, limits)
        return caught.value.outcome

    def test_bomb_by_ratio(self, tmp_path: Path) -> None:
        """A member that grows a thousandfold stops being unpacked long before its end."""
        arrival = _zip(tmp_path, {"bomb.docx": b"\0" * 40_000_000})

        assert self._outcome(arrival, tmp_path / "out") == Outcome.TOO_LARGE
        assert sum(p.stat().st_size for p in (tmp_path / "out").iterdir()) < 20_000_000

    def test_bomb_by_sum(self, tmp_path: Path) -> None:
        """The limit of the whole holds over all members together."""
        arrival = _zip(tmp_path, {f"{n}.docx": os.urandom(1000) for n in range(10)})

        assert self._outcome(arrival, tmp_path / "out", ZipLimits(total_bytes=5000)) == Outcome.TOO_LARGE

    def test_too_many(self, tmp_path: Path) -> None:
        """An archive of more files than wards could ever send is not opened."""
        arrival = _zip(tmp_path, {f"{n}": b"" for n in range(501)})

        assert self._outcome(arrival, tmp_path / "out") == Outcome.TOO_LARGE

    def test_empty(self, tmp_path: Path) -> None:
        """An archive without a file says so."""
        assert self._outcome(_zip(tmp_path, {}), tmp_path / "out") == Outcome.EMPTY

    def test_password(self, tmp_path: Path) -> None:
        """A protected member makes the archive a protected one."""
        arrival = _zip(tmp_path, {"a.docx": b"x"})
        content = arrival.path.read_bytes()
        for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = content.index(signature) + offset
            content = content[:at] + bytes([content[at] | 1]) + content[at + 1 :]
        arrival.path.write_bytes(content)

        assert self._outcome(arrival, tmp_path / "out") == Outcome.ENCRYPTED

    @given(data=st.data())
    @settings(max_examples=60, deadline=None)
    def test_damage_has_a_name(self, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
        """One flipped byte anywhere either leaves the archive readable or is a named outcome, never another error."""
        folder = tmp_path_factory.mktemp("zip")
        arrival = _zip(folder, {"a.docx": b"some text " * 20, "b.pdf": b"more"})
        content = bytearray(arrival.path.read_bytes())
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] ^= data.draw(st.integers(1, 255))
        arrival.path.write_bytes(bytes(content))

        try:
            found = unpack(arrival, folder / "out")
        except DocumentError as error:
            assert error.outcome in set(Outcome)
        else:
            assert all(a.path.parent == folder / "out" for a in found)


class TestIsArchive:
    def test_kinds(self, tmp_path: Path) -> None:
        """An archive of reports is one; a DOCX, a PDF and a torn archive are not."""
        plain = _zip(tmp_path, {"a.docx": b"x"})
        _zip(tmp_path, {"[Content_Types].xml": b"x", "word/document.xml": b"x"}, "a.docx")
        (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
        (tmp_path / "torn.zip").write_bytes(plain.path.read_bytes()[:30])

        kinds = [is_archive(tmp_path / name) for name in ("round.zip", "a.docx", "a.pdf", "torn.zip")]

        assert kinds == [True, False, False, False]
