"""What the bytes are, whatever the file is called.

Belongs here: telling formats by their first bytes and, for packages, by what they hold.
Stays out: reading them. The name of a file is never looked at.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Literal

Format = Literal["pdf", "docx", "doc", "rtf", "odt", "empty", "encrypted", "unknown"]

_HEAD = 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
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
    return "rtf" if head.lstrip().startswith(b"{\\rt") else "unknown"


def _package(data: bytes) -> Format:
    """Return what a zip holds; a torn one that names Word's parts is still taken for DOCX, to be found damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
            is_odt = "mimetype" in names and package.getinfo("mimetype").file_size < 100
            kind = package.open("mimetype").read(100) if is_odt else b""
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError, KeyError, RuntimeError):
        return "docx" if b"word/" in data or b"[Content_Types]" in data else "unknown"
    if b"opendocument.text" in kind:
        return "odt"
    return "docx" if any(n.lstrip("/").startswith("word/") for n in names) else "unknown"
