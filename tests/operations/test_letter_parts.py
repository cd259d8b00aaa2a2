"""A letter's sender, headers and documents, where people and programs break the rules of mail."""

from __future__ import annotations

from email.message import EmailMessage, Message

import pytest

from parsers.containers.kinds import is_mail
from pipelines.arrival.letter_parts import decoded, document, parsed, sender


def from_line(text: str) -> Message:
    """Return a letter with a line that says whom it is from."""
    letter = Message()
    letter["From"] = text
    return letter


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("vp.phominh@quangngai.gov.vn", "vp.phominh@quangngai.gov.vn"),
        ("VP Phổ Minh <VP.PhoMinh@quangngai.gov.vn>", "vp.phominh@quangngai.gov.vn"),
        ('"Phổ Minh, VP" <vp@x.vn>', "vp@x.vn"),
        ("VP\r\n <vp@x.vn>", "vp@x.vn"),
        ("", ""),
        ("vp@x.vn, khac@y.vn", ""),
        ("vp@x.vn <khac@y.vn>", ""),
        ("<vp@x.vn> <khac@y.vn>", ""),
        ("VP Phổ Minh", ""),
    ],
)
def test_who_a_letter_is_from(text: str, address: str) -> None:
    """An address alone or behind a name; what can be read in two ways is nobody."""
    assert sender(from_line(text)) == address


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("=?utf-8?B?QsOhbyBjw6Fv?=", "Báo cáo"),
        ("=?no-such?Q?a?=", "=?no-such?Q?a?="),
        ("Ba\u0301o cáo", "Báo cáo"),
    ],
)
def test_encoded_words_are_read(raw: str, text: str) -> None:
    """RFC 2047 is read, nonsense stays, marks that stand apart join their letters."""
    assert decoded(raw) == text


def test_undeclared_utf8_in_a_header() -> None:
    """A header of plain bytes is read as UTF-8, as half the world writes file names."""
    letter = parsed("Subject: Báo cáo quý III\r\n\r\nxin gửi".encode())

    assert letter["Subject"] == "Báo cáo quý III"


def test_what_of_a_letter_is_a_document() -> None:
    """Attached files are; text, an invitation, a signature's picture and the whole of several parts are none."""
    letter = EmailMessage()
    letter.set_content("Kính gửi báo cáo.")
    letter.add_attachment(b"report", maintype="application", subtype="pdf", filename="bc.pdf")
    letter.add_attachment(b"scan", maintype="image", subtype="png", filename="bc.png")
    letter.add_attachment(b"logo", maintype="image", subtype="png", filename="logo.png", disposition="inline")
    letter.add_attachment("BEGIN:VCALENDAR", subtype="calendar", filename="hop.ics")
    letter.add_attachment(b"signed", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    letter.add_attachment(b"nameless", maintype="application", subtype="octet-stream")

    assert [document(part) for part in letter.walk()] == [None, None, b"report", b"scan", None, None, None, b"nameless"]


@pytest.mark.parametrize(
    ("head", "mail"),
    [
        (b"From: a@x.vn\r\nTo: b@x.vn\r\nSubject: x\r\n\r\nxin", True),
        (b"\xef\xbb\xbfReceived: by x\r\n from y\r\nDate: z\r\nSubject: x\r\n\r\n", True),
        (b"From: a@x.vn\r\nFrom: b@x.vn\r\nSubject: x\r\n\r\n", False),
        (b"From: a@x.vn\r\n\r\nTo: b@x.vn\r\nSubject: x\r\n", False),
        (b"From: Saved by Blink\r\nSubject: x\r\nDate: z\r\n\r\n", False),
        ("Kính gửi: Phòng Nội vụ\r\n".encode(), False),
    ],
)
def test_what_begins_as_a_mail(head: bytes, mail: bool) -> None:
    """Three different fields of a mail before the first empty line; a saved web page is none."""
    assert is_mail(head) is mail
