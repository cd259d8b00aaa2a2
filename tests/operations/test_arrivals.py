"""A file is taken when it rests, and an archive only as far as it is harmless."""

from __future__ import annotations

import os
import unicodedata
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.clock import ZONE, now
from cchc.errors import ConfigurationError
from pipelines.arrival.arrivals import Way, look_into, plain_name, still_growing

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
