"""What the bytes are, whatever the file is called.

Belongs here: telling formats by their first bytes and, for packages, by what they hold.
Stays out: reading them. The name of a file is never looked at.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Literal

Format = Literal[
    "pdf",
    "docx",
    "doc",
    "rtf",
    "odt",
    "jpeg",
    "png",
    "webp",
    "tiff",
    "heic",
    "bmp",
    "pictures",
    "xlsx",
    "xls",
    "ods",
    "html",
    "mht",
    "wordxml",
    "flatopc",
    "empty",
    "encrypted",
    "unknown",
]

_HEAD = 1024  # bytes; every signature that is looked for lies within
_TEXT_HEAD = 4096  # bytes; the first tag of a web page lies within, comments before it too
_MIMETYPE_ENDS = 128
"""Bytes within which a package that says its kind first has said it."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_TIFF = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
BUNDLE_TYPE = b"application/x-cchc-pictures"
"""What the part "mimetype" says in a zip of pictures that were put together as one report."""

_WORD_STREAM = "WordDocument".encode("utf-16-le")
_BOOK_STREAMS = tuple(f"{name}\0".encode("utf-16-le") for name in ("Workbook", "Book"))
_HTML = re.compile(rb"(?i)<(?:!doctype\s+html|html|head|body|p|div|table|meta)\b")
_MHT = re.compile(rb"(?im)^content-type:\s*multipart/related|^snapshot-content-location:|^from:\s*<?saved by")


def sniff(data: bytes) -> Format:
    """Return the format of a file's bytes."""
    head = data[:_HEAD]
    if not data.strip(b"\x00\x20\r\n\t"):
        return "empty"
    if b"%PDF-" in head and BUNDLE_TYPE not in head[:_MIMETYPE_ENDS]:
        return "pdf"
    if head.startswith(b"PK"):
        return _package(data)
    if head.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in data:
            return "encrypted"
        if _WORD_STREAM in data:
            return "doc"
        return "xls" if any(stream in data for stream in _BOOK_STREAMS) else "unknown"
    return "rtf" if head.lstrip().startswith(b"{\\rt") else _text(data) or _picture(head)


def _text(data: bytes) -> Format | None:
    """Return which kind of marked-up text bytes are, None for anything else."""
    start = data[:_TEXT_HEAD].lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").replace(b"\0", b"")
    if b"http://schemas.microsoft.com/office/word/2003/wordml" in start and start[:1] == b"<":
        return "wordxml"
    if b"http://schemas.microsoft.com/office/2006/xmlPackage" in start and start[:1] == b"<":
        return "flatopc"
    if start[:1] == b"<":
        return "html" if _HTML.search(start) else None
    return "mht" if _MHT.search(start.split(b"\r\n\r\n")[0].split(b"\n\n")[0]) else None


def _picture(head: bytes) -> Format:
    """Return which kind of picture begins so, "unknown" for none."""
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head.startswith(_TIFF):
        return "tiff"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        return "heic"
    return "bmp" if head.startswith(b"BM") and head[14:18] == b"\x28\0\0\0" else "unknown"


def _package(data: bytes) -> Format:
    """Return what a zip holds; a torn one that names Word's parts is still taken for DOCX, to be found damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
            is_odt = "mimetype" in names and package.getinfo("mimetype").file_size < 100
            kind = package.open("mimetype").read(100) if is_odt else b""
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError, KeyError, RuntimeError):
        return "docx" if b"word/" in data or b"[Content_Types]" in data else "unknown"
    if kind.startswith(BUNDLE_TYPE):
        return "pictures"
    if b"opendocument.text" in kind:
        return "odt"
    if b"opendocument.spreadsheet" in kind:
        return "ods"
    if any(n.lstrip("/").startswith("word/") for n in names):
        return "docx"
    return "xlsx" if any(n.lstrip("/").startswith("xl/") for n in names) else "unknown"
