"""Containers: their members come out under numbers and within limits, and every fault has a name."""

from __future__ import annotations

import base64
import email
import email.policy
import io
import os
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc.errors import DocumentError
from parsers.containers import Hold, container_kind, open_container
from parsers.outcomes import Outcome
from parsers.readers.web.html import read_html

from .builders import eml_bytes, msg_bytes, portfolio_bytes, rar_bytes, seven_bytes, zip_bytes

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"
REPORT = b"%PDF-1.7 a report"
FIELDS = b"From: a@x.vn\r\nTo: b@x.vn\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
"""What every mail has, before the fields of its one part."""
MAKERS: dict[str, Callable[[Path], bytes]] = {
    "zip": lambda _folder: zip_bytes({"Phổ An/báo cáo.pdf": REPORT}),
    "rar": lambda _folder: rar_bytes({"Phổ An/báo cáo.pdf": REPORT}),
    "7z": lambda folder: seven_bytes({"Phổ An/báo cáo.pdf": REPORT}, folder),
    "eml": lambda _folder: eml_bytes({"báo cáo.pdf": REPORT}, logo=True),
    "msg": lambda _folder: msg_bytes("báo cáo.pdf", REPORT),
    "portfolio": lambda _folder: portfolio_bytes({"báo cáo.pdf": REPORT}),
}


def put(folder: Path, content: bytes, name: str = "file") -> Path:
    """Write bytes and return where."""
    path = folder / name
    path.write_bytes(content)
    return path


def members(path: Path, folder: Path) -> list[tuple[str, bytes]]:
    """Return names and bytes of what a container holds."""
    opened = open_container(path, folder=folder)
    assert opened is not None
    return [(member.name, member.path.read_bytes()) for member in opened.members]


def outcome(path: Path, folder: Path, hold: Hold | None = None) -> str:
    """Return the outcome under which a container is refused."""
    with pytest.raises(DocumentError) as caught:
        open_container(path, folder=folder, hold=hold or Hold())
    return caught.value.outcome


class TestKinds:
    @pytest.mark.parametrize("kind", MAKERS)
    def test_every_kind_is_told_and_opened(self, kind: str, tmp_path: Path) -> None:
        """Whatever it is called, a container is told by its bytes and gives its one report under the report's name."""
        path = put(tmp_path, MAKERS[kind](tmp_path))

        (found,) = members(path, tmp_path / "out")

        assert container_kind(path) == kind
        assert (found[0].rsplit("/", 1)[-1], found[1].rstrip()) == ("báo cáo.pdf", REPORT)

    def test_documents_are_none(self, tmp_path: Path) -> None:
        """A DOCX, a PDF with a page, a torn archive, a saved web page and plain text are no containers."""
        pages = {
            "docx": zip_bytes({"[Content_Types].xml": b"x", "word/document.xml": b"x"}),
            "torn": zip_bytes({"a.docx": b"x"})[:30],
            "pdf": b"%PDF-1.7",
            "mht": b"From: <Saved by Windows>\r\nSubject: x\r\nDate: y\r\nMIME-Version: 1.0\r\n"
            b'Content-Type: multipart/related; type="text/html"\r\n\r\n',
            "text": b"Kinh gui: Phong Noi vu\r\nBao cao\r\n",
            "empty": b"",
        }

        kinds = {name: open_container(put(tmp_path, data, name), folder=tmp_path / "o") for name, data in pages.items()}

        assert kinds == dict.fromkeys(pages)

    def test_text_of_a_mail_is_its_member(self, tmp_path: Path) -> None:
        """A mail without attachments is the report itself, as a page."""
        path = put(tmp_path, eml_bytes({}, "Tiếp nhận 327 hồ sơ.\nGiải quyết 321."))

        ((name, content),) = members(path, tmp_path / "out")

        assert name == "thu.html"
        assert "<p>Tiếp nhận 327 hồ sơ.</p><p>Giải quyết 321.</p>" in content.decode()

    @pytest.mark.parametrize("make", [zip_bytes, rar_bytes])
    def test_stored_document_stays_whole(self, make: Callable[..., bytes], tmp_path: Path) -> None:
        """A DOCX kept in an archive as it is comes out as itself, not as its parts."""
        report = zip_bytes({"[Content_Types].xml": b"x", "word/document.xml": b"y" * 500})

        assert members(put(tmp_path, make({"bc.docx": report})), tmp_path / "out") == [("bc.docx", report)]

    @pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not here")
    def test_portfolio_of_the_cases(self, tmp_path: Path) -> None:
        """A PDF that only carries another file gives that file."""
        ((name, content),) = members(CASES / "f28_portfolio.pdf", tmp_path / "out")

        assert (name, content[:5]) == ("bao-cao.pdf", b"%PDF-")


class TestMails:
    """What a mail sends along, and its text where it sends nothing."""

    def test_a_forwarded_mail_gives_its_report_once(self, tmp_path: Path) -> None:
        """A mail inside a mail is one member, opened in its turn, beside the files of the outer one."""
        inner = email.message_from_bytes(eml_bytes({"bc.pdf": REPORT}), policy=email.policy.default)
        outer = email.message_from_bytes(eml_bytes({"bieu.xlsx": b"x"}), policy=email.policy.default)
        assert isinstance(outer, EmailMessage)
        outer.add_attachment(inner)

        (own, sent) = members(put(tmp_path, outer.as_bytes()), tmp_path / "out")

        assert (own, sent[0]) == (("bieu.xlsx", b"x"), "2.eml")
        assert members(put(tmp_path, sent[1], "inner"), tmp_path / "in") == [("bc.pdf", REPORT)]

    def test_a_forwarded_mail_in_base64(self, tmp_path: Path) -> None:
        """What some programs write against the standard is the same mail."""
        inner = eml_bytes({"bc.pdf": REPORT})
        head = b"Content-Type: message/rfc822; name=a.eml\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        path = put(tmp_path, FIELDS + head + base64.encodebytes(inner))

        assert members(path, tmp_path / "out") == [("a.eml", inner)]

    def test_a_message_inside_an_outlook_message(self, tmp_path: Path) -> None:
        """It is no file there; its attachments are those of the outer one."""
        ((name, content),) = members(put(tmp_path, msg_bytes("bc.pdf", REPORT, forwarded=True)), tmp_path / "out")

        assert (name, content.rstrip()) == ("bc.pdf", REPORT)

    @pytest.mark.parametrize("lines", [0, 40])
    def test_fields_of_servers_come_first(self, lines: int, tmp_path: Path) -> None:
        """Some forty seals and signatures of servers stand before the fields by which a mail is known."""
        seals = b"".join(b"ARC-Seal: i=%d;\r\n " % n + b"b" * 950 + b"\r\n" for n in range(lines))

        assert members(put(tmp_path, seals + eml_bytes({"bc.pdf": REPORT})), tmp_path / "out") == [("bc.pdf", REPORT)]

    @pytest.mark.parametrize(
        ("told", "encoding"),
        [
            ("", "utf-8"),
            ("text/plain; charset=us-ascii", "utf-8"),
            ("text/plain; charset=x-unknown", "utf-8"),
            ("text/plain; charset=utf-8", "utf-8"),
            ("text/plain; charset=utf-16", "utf-16"),
            ("text/html; charset=utf-16", "utf-16"),
            ("text/html", "utf-8"),
        ],
    )
    def test_letters_of_the_text(self, told: str, encoding: str, tmp_path: Path) -> None:
        """The text is read in its charset, in UTF-8 where it names none that is known, whatever the page says."""
        page = '<meta charset="iso-8859-1"><p>Tiếp nhận 327 hồ sơ.</p>' if "html" in told else "Tiếp nhận 327 hồ sơ."
        field = f"Content-Type: {told}\r\n".encode() if told else b""
        coded = b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(page.encode(encoding))

        ((name, content),) = members(put(tmp_path, FIELDS + field + coded), tmp_path / "out")

        assert name == "thu.html"
        assert [draft.text for draft in read_html(content, lambda _data, _inches: None).drafts] == [
            "Tiếp nhận 327 hồ sơ."
        ]


class TestZip:
    @pytest.mark.parametrize("name", ["../../escape.docx", "/etc/cron.d/x", "..\\up.docx", "a" * 300])
    @pytest.mark.parametrize("make", [zip_bytes, rar_bytes])
    def test_names_never_lead_out(self, name: str, make: Callable[..., bytes], tmp_path: Path) -> None:
        """Whatever a member is called, it is written inside the folder given."""
        opened = open_container(put(tmp_path, make({name: b"x"})), folder=tmp_path / "out")

        assert opened is not None
        assert [m.path.parent.parent for m in opened.members] == [tmp_path / "out"]
        assert sorted(p.name for p in tmp_path.iterdir()) == ["file", "out"]

    def test_litter_is_left(self, tmp_path: Path) -> None:
        """What macOS and Word add to an archive is no report."""
        path = put(tmp_path, zip_bytes({"__MACOSX/._a.docx": b"x", "~$a.docx": b"x", "a.docx": b"x"}))

        assert members(path, tmp_path / "out") == [("a.docx", b"x")]

    def test_folders_of_old_windows_programs(self, tmp_path: Path) -> None:
        """Folders parted by backslashes are folders, and no member of their own."""
        path = put(tmp_path, zip_bytes({"Phổ An\\": b"", "Phổ An\\a.docx": b"x"}))

        assert members(path, tmp_path / "out") == [("Phổ An/a.docx", b"x")]

    def test_a_folder_called_as_a_part_of_word(self, tmp_path: Path) -> None:
        """Reports sorted by their kind into "word" and "pdf" are an archive and no document."""
        reports = {"word/bc.docx": b"x", "pdf/bc.pdf": b"y"}

        assert members(put(tmp_path, zip_bytes(reports)), tmp_path / "out") == list(reports.items())

    @pytest.mark.parametrize("part", ["[Content_Types].xml", "mimetype", "word/document.xml", "/word/document.xml"])
    def test_one_part_tells_a_document(self, part: str, tmp_path: Path) -> None:
        """A document that lost its other parts is damaged and no archive."""
        assert container_kind(put(tmp_path, zip_bytes({part: b"x", "a": b"y"}))) is None

    def test_names_of_windows(self, tmp_path: Path) -> None:
        """UTF-8 names without the flag that says so are read as what they are."""
        path = put(tmp_path, zip_bytes({"Báo cáo.docx": b"x"}).replace(b"\x00\x08\x08\x00", b"\x00\x00\x08\x00"))

        assert members(path, tmp_path / "out") == [("Báo cáo.docx", b"x")]


class TestRefusals:
    def test_bomb_by_ratio(self, tmp_path: Path) -> None:
        """A member that grows a thousandfold stops being unpacked long before its end."""
        path = put(tmp_path, zip_bytes({"bomb.docx": b"\0" * 40_000_000}))

        assert outcome(path, tmp_path / "out") == Outcome.TOO_LARGE
        assert sum(p.stat().st_size for p in (tmp_path / "out").rglob("*")) < 20_000_000

    def test_bomb_by_sum(self, tmp_path: Path) -> None:
        """The limit of the whole holds over all members together."""
        path = put(tmp_path, zip_bytes({f"{n}.docx": os.urandom(1000) for n in range(10)}))

        assert outcome(path, tmp_path / "out", Hold(total_bytes=5000)) == Outcome.TOO_LARGE

    def test_too_many(self, tmp_path: Path) -> None:
        """An archive of more files than wards could ever send is not opened."""
        path = put(tmp_path, zip_bytes({f"{n}": b"" for n in range(501)}))

        assert outcome(path, tmp_path / "out") == Outcome.TOO_LARGE

    def test_empty(self, tmp_path: Path) -> None:
        """An archive without a file says so, and so does a mail without text and attachment."""
        found = [outcome(put(tmp_path, data), tmp_path / "o") for data in (zip_bytes({}), eml_bytes({}, "\n"))]

        assert found == [Outcome.EMPTY, Outcome.EMPTY]

    def test_password(self, tmp_path: Path) -> None:
        """A protected member makes the archive a protected one."""
        content = zip_bytes({"a.docx": b"x"})
        for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = content.index(signature) + offset
            content = content[:at] + bytes([content[at] | 1]) + content[at + 1 :]

        assert outcome(put(tmp_path, content), tmp_path / "out") == Outcome.ENCRYPTED

    @pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not here")
    def test_broken_compression(self, tmp_path: Path) -> None:
        """An archive whose LZMA stream is broken is a damaged file."""
        assert outcome(CASES / "z1_lzma_broken.zip", tmp_path / "out") == Outcome.DAMAGED

    def test_wrong_sum_is_damage(self, tmp_path: Path) -> None:
        """A member whose bytes are not those that were packed is never handed on."""
        content = bytearray(seven_bytes({"a.pdf": REPORT}, tmp_path))
        content[40] ^= 0xFF

        assert outcome(put(tmp_path, bytes(content)), tmp_path / "out") == Outcome.DAMAGED

    def test_members_kept_by_lzma(self, tmp_path: Path) -> None:
        """A whole archive of that kind is read."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
            archive.writestr("a.docx", b"text")

        assert members(put(tmp_path, out.getvalue()), tmp_path / "out") == [("a.docx", b"text")]

    @pytest.mark.parametrize("kind", MAKERS)
    @given(data=st.data())
    @settings(max_examples=25, deadline=None)
    def test_damage_has_a_name(self, kind: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
        """One flipped byte anywhere leaves a container readable, makes it none, or is a named outcome."""
        folder = tmp_path_factory.mktemp("x")
        content = bytearray(MAKERS[kind](folder))
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] ^= data.draw(st.integers(1, 255))
        path = put(folder, bytes(content))

        try:
            opened = open_container(path, folder=folder / "out")
        except DocumentError as error:
            assert error.outcome in set(Outcome)
        else:
            assert opened is None or all(m.path.is_relative_to(folder / "out") for m in opened.members)
