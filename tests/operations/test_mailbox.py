"""Attachments of known senders are arrivals; the mailbox itself is left as it was. On a real IMAP server."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from cchc.errors import ConfigurationError, DeliveryError
from pipelines.arrival import mailbox
from pipelines.arrival.arrivals import Way
from pipelines.arrival.mailbox import Cursor, fetch_post, load_cursor, save_cursor
from pipelines.settings import MailServer, MailSettings

from .desk import at
from .mailservers import flags, free_port, imap_server, put_letter

SENDERS = {"minh@example.org": "pho-minh", "phongnoivu@example.org": "office"}
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(scope="module")
def server() -> Iterator[MailServer]:
    """One IMAP server for the module; each test reads on from where it stands."""
    with imap_server() as running:
        yield running


def settings(server: MailServer, **changes: object) -> MailSettings:
    """Return mail settings for a server."""
    return MailSettings(imap=server, senders=SENDERS, **changes)  # type: ignore[arg-type]


def letter(sender: str, *attachments: tuple[str | None, bytes, str]) -> EmailMessage:
    """Return a letter with attachments as name, bytes and type."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, "office@example.org", "Báo cáo CCHC quý III"
    made.set_content("Kính gửi Phòng Nội vụ")
    for name, content, kind in attachments:
        main, sub = kind.split("/")
        made.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return made


@pytest.fixture
def here(server: MailServer, tmp_path: Path) -> Cursor:
    """How far the mailbox is read before the test."""
    return fetch_post(settings(server), Cursor(), tmp_path / "before").cursor


class TestFetch:
    def test_attachment_of_a_ward(self, server: MailServer, here: Cursor, tmp_path: Path) -> None:
        """An attachment keeps bytes and Vietnamese name, and carries the server's time, the sender and its ward."""
        received = at(2023, 9, 12, 8)
        put_letter(server, letter('"UBND Phổ Minh" <Minh@Example.org>', ("Báo cáo.docx", b"bytes", DOCX)), received)

        post = fetch_post(settings(server), here, tmp_path / "mail")

        (arrival,) = post.arrivals
        assert (arrival.name, arrival.path.read_bytes(), arrival.via) == ("Báo cáo.docx", b"bytes", Way.MAIL)
        assert (arrival.received_at, arrival.sender, arrival.sender_ward) == (received, "minh@example.org", "pho-minh")

    def test_mailbox_is_left_alone(self, server: MailServer, here: Cursor, tmp_path: Path) -> None:
        """Reading marks no letter as read, for people use the mailbox too."""
        put_letter(server, letter("minh@example.org", ("a.docx", b"x", DOCX)), at(2023, 9, 12))

        fetch_post(settings(server), here, tmp_path / "mail")

        assert all(b"\\Seen" not in flag for flag in flags(server))

    def test_office_may_send_for_anybody(self, server: MailServer, here: Cursor, tmp_path: Path) -> None:
        """The office's own address is known and speaks for no ward."""
        put_letter(server, letter("phongnoivu@example.org", ("a.docx", b"x", DOCX)), at(2023, 9, 12))

        (arrival,) = fetch_post(settings(server), here, tmp_path / "mail").arrivals

        assert arrival.sender_ward is None

    def test_unknown_sender_is_passed_over(self, server: MailServer, here: Cursor, tmp_path: Path) -> None:
        """A letter of a stranger, even one who uses a known address as a name, is listed and nothing of it is kept."""
        stranger = letter('"minh@example.org" <evil@example.com>', ("a.docx", b"x", DOCX))
        put_letter(server, stranger, at(2023, 9, 12))

        post = fetch_post(settings(server), here, tmp_path / "mail")

        assert [(p.sender, p.why) for p in post.passed_over] == [("evil@example.com", "unknown_sender")]
        assert (post.arrivals, list(tmp_path.glob("mail/*"))) == ((), [])

    @pytest.mark.parametrize(
        "line", [b"minh@example.org <evil@example.com>", b"minh@example.org, evil@example.com", b"", b"<minh@"]
    )
    def test_unclear_sender_is_nobody(self, line: bytes, server: MailServer, here: Cursor, tmp_path: Path) -> None:
        """A From line that is torn, names two addresses or could be read in two ways is no known sender."""
        raw = letter("minh@example.org", ("a.docx", b"x", DOCX)).as_bytes()
        put_letter(server, raw.replace(b"From: minh@example.org", b"From: " + line), at(2023, 9, 12))

        assert [p.why for p in fetch_post(settings(server), here, tmp_path).passed_over] == ["unknown_sender"]

    @pytest.mark.parametrize(
        ("name", "shown"),
        [
            (b'filename="=?utf-8?b?QsOhbyBjw6FvLmRvY3g=?="', "Báo cáo.docx"),
            ('filename="Báo cáo.docx"'.encode(), "Báo cáo.docx"),
            (b"filename*=utf-8''B%C3%A1o%20c%C3%A1o.docx", "Báo cáo.docx"),
            (b'filename="=?no-such-charset?b?QQ==?="', "=?no-such-charset?b?QQ==?="),
            (b'filename="=?utf-8?b?Q?="', "=?utf-8?b?Q?="),
        ],
    )
    def test_names_as_programs_write_them(
        self, name: bytes, shown: str, server: MailServer, here: Cursor, tmp_path: Path
    ) -> None:
        """Names are read in every form in use; a broken one is kept as it stands and stops nothing."""
        raw = letter("minh@example.org", ("a.docx", b"x", DOCX)).as_bytes()
        put_letter(server, raw.replace(b'filename="a.docx"', name), at(2023, 9, 12))

        assert [a.name for a in fetch_post(settings(server), here, tmp_path).arrivals] == [shown]

    def test_what_counts_as_a_document(self, server: MailServer, here: Cursor, tmp_path: Path) -> None:
        """Attached files count, forwarded ones too; signature pictures, invitations and plain text do not."""
        forwarded = letter("x@example.org", ("inner.pdf", b"inner", "application/pdf"))
        made = letter(
            "minh@example.org",
            ("../../a.docx", b"one", DOCX),
            ("scan.jpg", b"two", "image/jpeg"),
            ("invite.ics", b"no", "text/calendar"),
            (None, b"three", "application/octet-stream"),
        )
        made.add_attachment(forwarded)
        put_letter(server, made, at(2023, 9, 12))

        post = fetch_post(settings(server), here, tmp_path / "mail")

        assert [a.path.read_bytes() for a in post.arrivals] == [b"one", b"two", b"three", b"inner"]
        assert all(a.path.is_relative_to(tmp_path / "mail") for a in post.arrivals)

    def test_letter_without_attachment(self, server: MailServer, here: Cursor, tmp_path: Path) -> None:
        """A known sender's letter without a document is listed, so that somebody reads it."""
        put_letter(server, letter("minh@example.org"), at(2023, 9, 12))

        assert [p.why for p in fetch_post(settings(server), here, tmp_path).passed_over] == ["no_attachment"]

    def test_oversized_letter_is_not_fetched(
        self, server: MailServer, here: Cursor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A letter above the limit is listed by its size alone."""
        monkeypatch.setattr(mailbox, "MAX_LETTER_BYTES", 1000)
        put_letter(server, letter("minh@example.org", ("a.docx", b"x" * 5000, DOCX)), at(2023, 9, 12))

        assert [p.why for p in fetch_post(settings(server), here, tmp_path).passed_over] == ["too_large"]


class TestCursor:
    def test_moves_on(self, server: MailServer, here: Cursor, tmp_path: Path) -> None:
        """What was read is not read again, and what comes later is."""
        put_letter(server, letter("minh@example.org", ("a.docx", b"first", DOCX)), at(2023, 9, 12))
        first = fetch_post(settings(server), here, tmp_path / "1")

        nothing = fetch_post(settings(server), first.cursor, tmp_path / "2")
        put_letter(server, letter("minh@example.org", ("a.docx", b"second", DOCX)), at(2023, 9, 13))
        second = fetch_post(settings(server), nothing.cursor, tmp_path / "3")

        assert (nothing.arrivals, nothing.cursor) == ((), first.cursor)
        assert [a.path.read_bytes() for a in second.arrivals] == [b"second"]

    def test_new_mailbox_is_read_from_the_beginning(self, server: MailServer, here: Cursor, tmp_path: Path) -> None:
        """When the server has numbered its letters anew, none is missed."""
        put_letter(server, letter("minh@example.org", ("a.docx", b"x", DOCX)), at(2023, 9, 12))

        post = fetch_post(settings(server), Cursor(here.validity + 1, 10_000), tmp_path / "mail")

        assert len(post.arrivals) >= 1
        assert post.cursor.validity == here.validity

    def test_kept_in_a_file(self, tmp_path: Path) -> None:
        """The cursor comes back as it was kept; a missing or torn file means the beginning."""
        path = tmp_path / "cursor.json"
        assert load_cursor(path) == Cursor()

        save_cursor(path, Cursor(7, 42))
        assert load_cursor(path) == Cursor(7, 42)

        path.write_text('{"validity": 7', encoding="utf-8")
        assert load_cursor(path) == Cursor()


class TestFaults:
    def test_nobody_listens(self, tmp_path: Path) -> None:
        """A server that cannot be reached is a delivery error, to be tried again."""
        gone = MailServer("127.0.0.1", free_port(), "u", "p", "none")

        with pytest.raises(DeliveryError, match="thử lại") as caught:
            fetch_post(settings(gone), Cursor(), tmp_path)
        assert caught.value.retryable

    def test_wrong_password(self, server: MailServer, tmp_path: Path) -> None:
        """A refused login says so and never prints the password."""
        wrong = MailServer(server.host, server.port, server.user, "not-the-password", "none")

        with pytest.raises(DeliveryError) as caught:
            fetch_post(settings(wrong), Cursor(), tmp_path)
        assert "not-the-password" not in str(caught.value)

    def test_missing_mailbox(self, server: MailServer, tmp_path: Path) -> None:
        """A mailbox that is not there is a setting to mend."""
        with pytest.raises(ConfigurationError, match="không có hộp thư"):
            fetch_post(settings(server, mailbox="Nowhere"), Cursor(), tmp_path)

    def test_settings_are_checked(self, server: MailServer, tmp_path: Path) -> None:
        """No server, or a sender of a ward that is none, is refused before anything is opened."""
        with pytest.raises(ConfigurationError, match="chưa cấu hình hộp thư"):
            fetch_post(MailSettings(), Cursor(), tmp_path)
        with pytest.raises(ConfigurationError, match="pho-khong"):
            fetch_post(MailSettings(imap=server, senders={"a@b.c": "pho-khong"}), Cursor(), tmp_path)
