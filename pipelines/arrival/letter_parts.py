"""A letter as plain parts: who it is from, what its headers say, which parts are documents.

Belongs here: reading the form of electronic mail where people and programs break its rules.
Stays out: mail servers (`pipelines.arrival.mailbox`), what a document is (`pipelines.arrival.intake`).
"""

from __future__ import annotations

import email
import re
from contextlib import suppress
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message

from cchc.text import nfc

_ADDRESS = r"[^<>@\s,;:\"()]+@[^<>@\s,;:\"()]+"
_FROM = re.compile(rf'(?:"(?:[^"\\]|\\.)*"|[^"@,;:<>])*<(?P<named>{_ADDRESS})>|(?P<plain>{_ADDRESS})')
"""One address, alone or behind a name; Python's own parser of this line raises IndexError on some and is not used."""


def sender(letter: Message) -> str:
    """Return the address a letter says it is from, empty unless the line can be read in one way only."""
    match = _FROM.fullmatch(" ".join(str(letter.get("From", "")).split()))
    return (match["named"] or match["plain"]).lower() if match else ""


def decoded(raw: object) -> str:
    """Return a header's text with its encoded words (RFC 2047) read; nonsense stays as it is."""
    text = str(raw)
    with suppress(HeaderParseError, LookupError, ValueError):
        text = str(make_header(decode_header(text)))
    return nfc(text)


def parsed(raw: bytes) -> Message:
    """Return a letter with undeclared UTF-8 in its headers read as UTF-8, as half the world writes file names."""
    letter = email.message_from_bytes(raw)
    for part in letter.walk():
        for name, value in list(part.raw_items()):
            text = str(value)
            if not text.isascii():
                part.replace_header(name, text.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
    return letter


def document(part: Message) -> bytes | None:
    """Return the bytes of a part that somebody attached; texts, pictures of a signature and invitations are none."""
    if part.is_multipart() or part.get_content_type() in ("text/calendar", "application/pkcs7-signature"):
        return None
    pictured = part.get_content_maintype() == "image" and part.get_content_disposition() != "attachment"
    if pictured or (part.get_filename() is None and part.get_content_maintype() != "application"):
        return None
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else None
