"""Mails kept as files: EML (RFC 5322) and Outlook's MSG (MS-OXMSG).

Belongs here: the attachments of a mail; where there is none, its text as the one member.
Stays out: mail boxes (`pipelines`). Pictures that a mail shows inside its text (logos, signatures) are no attachments
where it has others. The sender's name in a file proves nothing and is not used.
"""

from __future__ import annotations

import base64
import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage, Message
from pathlib import Path
from typing import Any, cast

from parsers.containers.members import Member, Shelf

_ATTACHMENT = "__attach_version1.0_#"
_MESSAGE = "3701000D"
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
    for part in _parts(mail):
        named = part.get_filename() is not None
        if named or part.get_content_disposition() == "attachment" or part.get_content_type() == "message/rfc822":
            yield part


def _parts(part: Message) -> Iterator[Message]:
    """Yield the parts of a mail; a mail inside it is one of them, for whoever opens that one finds its files."""
    held = part.get_payload()
    if part.get_content_maintype() != "multipart":
        yield part
    elif isinstance(held, list):
        for inner in held:
            yield from _parts(cast("Message", inner))


def _is_decoration(part: Message) -> bool:
    """Return whether a part is a small picture that the mail's text shows: a logo, not a photographed page."""
    if part.get_content_maintype() != "image" or part.get("Content-ID") is None:
        return False
    content = part.get_payload(decode=True)
    return isinstance(content, bytes) and len(content) < _LEAST_PAGE


def _put(part: Message, number: int, shelf: Shelf) -> Member:
    """Write one attachment."""
    if part.get_content_type() == "message/rfc822":
        return shelf.put(part.get_filename() or f"{number}.eml", [_inner_mail(part)], 0)
    content = part.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    return shelf.put(part.get_filename() or f"{number}", [data], len(data))


def _inner_mail(part: Message) -> bytes:
    """Return the mail inside a mail; some programs encode it, which the standard forbids and its parser passes over."""
    inner = part.get_payload()
    held = cast("Message", inner[0] if isinstance(inner, list) and inner else part)
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() != "base64":
        return held.as_bytes()
    return base64.b64decode(held.as_bytes())


def _body(mail: EmailMessage, shelf: Shelf) -> list[Member]:
    """Return the text of a mail as a file: the report itself, where a ward wrote it into the mail."""
    body = mail.get_body(preferencelist=("html", "plain"))
    if body is None:
        return []
    text = _text(body)
    page = text if body.get_content_subtype() == "html" else _as_page(text)
    data = page.encode("utf-8-sig", "replace")  # the mark holds whatever encoding the page says of itself
    return [shelf.put("thu.html", [data], len(data))] if text.strip() else []


def _text(body: Message) -> str:
    """Return the text of a part in its charset, in UTF-8 (which holds ASCII) where it names none that is known."""
    content = body.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    charset = body.get_content_charset("us-ascii")
    try:
        return data.decode("utf-8" if charset == "us-ascii" else charset, "replace")
    except LookupError:
        return data.decode("utf-8", "replace")


def _as_page(text: str) -> str:
    """Return plain text as a web page, a paragraph a line."""
    import html

    lines = "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines() if line.strip())
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{lines}</body></html>'


def msg_members(path: Path, shelf: Shelf) -> list[Member]:
    """Return the attachments of an Outlook message, or its text where it has none."""
    import olefile

    with olefile.OleFileIO(str(path)) as message:
        return _of_message(message, "", shelf)


def _of_message(message: Any, where: str, shelf: Shelf) -> list[Member]:
    """Return what the message at `where` holds; one that it sends along is opened with it, being no file by itself."""
    inside = where.split("/")[:-1]
    found = {e[len(inside)] for e in message.listdir() if e[: len(inside)] == inside and len(e) > len(inside)}
    folders = [where + name for name in sorted(found) if name.startswith(_ATTACHMENT)]
    files = [f for f in folders if message.exists(f"{f}/__substg1.0_{_DATA}")]
    decoration = {f for f in files if _is_shown_inside(message, f)}
    members: list[Member] = []
    for folder in folders:
        sent_along = f"{folder}/__substg1.0_{_MESSAGE}"
        if folder in files and folder not in decoration:
            members.append(_put_stream(message, folder, shelf))
        elif message.exists(sent_along):
            members += _of_message(message, f"{sent_along}/", shelf)
    return members or [_put_stream(message, f, shelf) for f in files] or _msg_body(message, where, shelf)


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


def _msg_body(message: Any, where: str, shelf: Shelf) -> list[Member]:
    """Return the text of an Outlook message as a file."""
    page = f"{where}__substg1.0_{_HTML}{_BINARY}"
    if message.exists(page):
        data = message.openstream(page).read()
    else:
        text = _string(message, where.rstrip("/"), _TEXT)
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
