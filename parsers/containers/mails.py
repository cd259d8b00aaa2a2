"""Mails kept as files: EML (RFC 5322) and Outlook's MSG (MS-OXMSG).

Belongs here: the attachments of a mail; where there is none, its text as the one member.
Stays out: mail boxes (`pipelines`). Pictures that a mail shows inside its text (logos, signatures) are no attachments
where it has others. The sender's name in a file proves nothing and is not used.
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage, Message
from pathlib import Path
from typing import Any

from parsers.containers.members import Member, Shelf

_ATTACHMENT = "__attach_version1.0_#"
_DATA, _LONG_NAME, _SHORT_NAME, _INLINE_ID = "37010102", "3707", "3704", "3712"
_HTML, _TEXT = "1013", "1000"
_UNICODE, _ANSI, _BINARY = "001F", "001E", "0102"
_ANSI_CODE = "cp1258"
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp")
_LEAST_PAGE = 60_000
"""Bytes under which a picture inside a mail's text is no photographed page."""


def eml_members(path: Path, shelf: Shelf) -> list[Member]:
    """Return the attachments of a mail in MIME, or its text where it has none."""
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default.clone(raise_on_defect=False))
    parts = list(_attachments(mail))
    shown = [part for part in parts if not _is_decoration(part)]
    members = [_put(part, number, shelf) for number, part in enumerate(shown or parts, start=1)]
    return members or _body(mail, shelf)


def _attachments(mail: Message) -> Iterator[Message]:
    """Yield the parts of a mail that are files."""
    for part in mail.walk():
        if part.get_content_maintype() == "multipart":
            continue
        named = part.get_filename() is not None
        if named or part.get_content_disposition() == "attachment" or part.get_content_type() == "message/rfc822":
            yield part


def _is_decoration(part: Message) -> bool:
    """Return whether a part is a small picture that the mail's text shows: a logo, not a photographed page."""
    if part.get_content_maintype() != "image" or part.get("Content-ID") is None:
        return False
    content = part.get_payload(decode=True)
    return isinstance(content, bytes) and len(content) < _LEAST_PAGE


def _put(part: Message, number: int, shelf: Shelf) -> Member:
    """Write one attachment."""
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        held = inner[0] if isinstance(inner, list) and inner else part
        return shelf.put(part.get_filename() or f"{number}.eml", [held.as_bytes()], 0)  # type: ignore[union-attr]
    content = part.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    return shelf.put(part.get_filename() or f"{number}", [data], len(data))


def _body(mail: EmailMessage, shelf: Shelf) -> list[Member]:
    """Return the text of a mail as a file: the report itself, where a ward wrote it into the mail."""
    body = mail.get_body(preferencelist=("html", "plain"))
    if body is None:
        return []
    text = str(body.get_content())
    page = text if body.get_content_subtype() == "html" else _as_page(text)
    data = page.encode("utf-8", "replace")
    return [shelf.put("thu.html", [data], len(data))] if text.strip() else []


def _as_page(text: str) -> str:
    """Return plain text as a web page, a paragraph a line."""
    import html

    lines = "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines() if line.strip())
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{lines}</body></html>'


def msg_members(path: Path, shelf: Shelf) -> list[Member]:
    """Return the attachments of an Outlook message, or its text where it has none."""
    import olefile

    with olefile.OleFileIO(str(path)) as message:
        folders = sorted({entry[0] for entry in message.listdir() if entry[0].startswith(_ATTACHMENT)})
        files = [f for f in folders if message.exists(f"{f}/__substg1.0_{_DATA}")]
        shown = [f for f in files if not _is_shown_inside(message, f)] or files
        members = [_put_stream(message, folder, shelf) for folder in shown]
        return members or _msg_body(message, shelf)


def _is_shown_inside(message: Any, folder: str) -> bool:
    """Return whether an attachment is a small picture that the message's text shows."""
    size: int = message.get_size(f"{folder}/__substg1.0_{_DATA}")
    called = _name_of(message, folder).lower()
    return size < _LEAST_PAGE and called.endswith(_PICTURES) and _string(message, folder, _INLINE_ID) != ""


def _put_stream(message: Any, folder: str, shelf: Shelf) -> Member:
    """Write one attachment of an Outlook message."""
    data = message.openstream(f"{folder}/__substg1.0_{_DATA}").read()
    return shelf.put(_name_of(message, folder), [data], len(data))


def _name_of(message: Any, folder: str) -> str:
    """Return what an attachment of an Outlook message is called."""
    return _string(message, folder, _LONG_NAME) or _string(message, folder, _SHORT_NAME) or folder[-8:]


def _msg_body(message: Any, shelf: Shelf) -> list[Member]:
    """Return the text of an Outlook message as a file."""
    page = f"__substg1.0_{_HTML}{_BINARY}"
    if message.exists(page):
        data = message.openstream(page).read()
    else:
        text = _string(message, "", _TEXT)
        data = _as_page(text).encode() if text.strip() else b""
    return [shelf.put("thu.html", [data], len(data))] if data.strip() else []


def _string(message: Any, folder: str, tag: str) -> str:
    """Return a property of an Outlook message or attachment as text, "" where it has none."""
    where = f"{folder}/" if folder else ""
    if message.exists(f"{where}__substg1.0_{tag}{_UNICODE}"):
        found: bytes = message.openstream(f"{where}__substg1.0_{tag}{_UNICODE}").read()
        return found.decode("utf-16-le", "replace").rstrip("\0")
    if message.exists(f"{where}__substg1.0_{tag}{_ANSI}"):
        found = message.openstream(f"{where}__substg1.0_{tag}{_ANSI}").read()
        return found.decode(_ANSI_CODE, "replace").rstrip("\0")
    return ""
