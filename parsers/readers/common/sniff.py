"""What the bytes are, whatever the file is called.

Belongs here: telling formats by their first bytes and, for packages, by what they hold.
Stays out: reading them. The name of a file is never looked at.
"""

from __future__ import annotations

import io
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
    "empty",
    "encrypted",
    "unknown",
]

_HEAD = 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_TIFF = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
BUNDLE_TYPE = b"application/x-cchc-pictures"
"""What the part "mimetype" says in a zip of pictures that were put together as one report."""

_WORD_STREAM = "WordDocument".encode("utf-16-le")


def sniff(data: bytes) -> Format:
    """Return the format of a file's bytes."""
    head = data[:_HEAD]
    if not data.strip(b"\x00\x20\r\n\t"):
        return "empty"
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"PK"):
        return _package(data)
    if head.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in data:
            return "encrypted"
        return "doc" if _WORD_STREAM in data else "unknown"
    return "rtf" if head.lstrip().startswith(b"{\\rt") else _picture(head)


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
    return "docx" if any(n.lstrip("/").startswith("word/") for n in names) else "unknown"
