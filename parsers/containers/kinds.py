"""Which container a file is, by its bytes.

Belongs here: telling archives, mails and portfolios from documents; the name of a file is never looked at.
Stays out: opening them. Whatever cannot be told is no container and goes to the readers, which name what is wrong.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Literal

ContainerKind = Literal["zip", "rar", "7z", "eml", "msg", "portfolio"]

_HEAD = 1 << 16  # bytes; by hand: servers put their own fields, some thousand bytes each, before a mail's
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_RAR = b"Rar!\x1a\x07"
_SEVEN = b"7z\xbc\xaf\x27\x1c"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MESSAGE_STREAM = "__properties_version1.0".encode("utf-16-le")
_MAIL_LINE = re.compile(rb"[!-9;-~]{1,76}:[ \t][^\r\n]*\r?\n|[ \t]+[^\r\n]*\r?\n")
_MAIL_FIELDS = re.compile(
    rb"(?mi)^(from|to|subject|date|received|return-path|message-id|mime-version|delivered-to|content-type):"
)
_FEWEST_FIELDS = 3  # by hand: a report may quote one or two such fields
_WEB_PAGE = re.compile(
    rb"(?i)saved by|snapshot-content-location|multipart/related;\s*(?:boundary=\S+;\s*)?type=\"?text/html"
)
_COLLECTION = re.compile(rb"/Collection\b")
_DOCUMENT_PARTS = frozenset({"[Content_Types].xml", "mimetype", "word/document.xml"})
"""One of these is in every office document; a folder that a clerk calls "word" is none of them."""


def container_kind(path: Path) -> ContainerKind | None:
    """Return the kind of container a file is, None for a document or anything else; raises nothing for odd bytes."""
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        return None
    if head.startswith(_ZIP):
        return "zip" if _is_plain_zip(path) else None
    if head.startswith(_RAR):
        return "rar"
    if head.startswith(_SEVEN):
        return "7z"
    if head.startswith(_OLE):
        return "msg" if _holds(path, _MESSAGE_STREAM) else None
    if b"%PDF-" in head[:1024]:
        return "portfolio" if _is_portfolio(path) else None
    return "eml" if is_mail(head) else None


def is_mail(head: bytes) -> bool:
    """Return whether bytes begin as a mail does: header lines, several of them a mail's; a saved web page is none."""
    start = head.lstrip(b"\xef\xbb\xbf\r\n")
    if _MAIL_LINE.match(start) is None:
        return False
    fields = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]
    if _WEB_PAGE.search(fields):
        return False
    return len({name.lower() for name in _MAIL_FIELDS.findall(fields)}) >= _FEWEST_FIELDS


def _is_plain_zip(path: Path) -> bool:
    """Return whether a zip is one of files and no office document, which names its parts' types."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = {info.filename.lstrip("/") for info in archive.infolist()}
    except Exception:  # noqa: BLE001 - a torn directory raises anything; the readers name what is wrong with it
        return False
    return not names & _DOCUMENT_PARTS


def _holds(path: Path, mark: bytes) -> bool:
    """Return whether the directory of a compound file names a stream."""
    return mark in path.read_bytes()


def _is_portfolio(path: Path) -> bool:
    """Return whether a PDF only carries other files: it says so and has attachments."""
    import pypdfium2 as pdfium

    data = path.read_bytes()
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        return False
    try:
        return bool(document.count_attachments()) and (_COLLECTION.search(data) is not None or not _has_text(document))
    finally:
        document.close()


def _has_text(document: object) -> bool:
    """Return whether any page of a PDF has text or a picture of a page on it."""
    for index in range(min(len(document), 3)):  # type: ignore[arg-type]
        page = document[index]  # type: ignore[index]
        try:
            if next(iter(page.get_objects(max_depth=2)), None) is not None:
                return True
        finally:
            page.close()
    return False
