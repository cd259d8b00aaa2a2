"""Containers made for tests: RAR 5 (stored), 7Z, Outlook messages, mails and portfolios as bytes."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from email.message import EmailMessage
from pathlib import Path

from tests.readers.builders import _entry


def zip_bytes(members: dict[str, bytes]) -> bytes:
    """Return a ZIP of members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def _vint(value: int) -> bytes:
    out = bytearray()
    while True:
        out.append(value & 0x7F | (0x80 if value > 0x7F else 0))
        value >>= 7
        if not value:
            return bytes(out)


def _rar_block(kind: int, body: bytes, data: bytes | None = None, *, flags: int = 0) -> bytes:
    sized = _vint(len(data)) if data is not None else b""
    inner = _vint(kind) + _vint(flags | (2 if data is not None else 0)) + sized + body
    header = _vint(len(inner)) + inner
    return struct.pack("<I", zlib.crc32(header)) + header + (data or b"")


def rar_bytes(members: dict[str, bytes]) -> bytes:
    """Return a RAR 5 of stored members."""
    out = b"Rar!\x1a\x07\x01\x00" + _rar_block(1, _vint(0))
    for name, content in members.items():
        called = name.encode()
        body = (
            _vint(4)  # the file's CRC32 is present
            + _vint(len(content))
            + _vint(0o100644)
            + struct.pack("<I", zlib.crc32(content))
            + _vint(0)
            + _vint(1)
            + _vint(len(called))
            + called
        )
        out += _rar_block(2, body, content)
    return out + _rar_block(5, _vint(0))


def seven_bytes(members: dict[str, bytes], folder: Path) -> bytes:
    """Return a 7Z of members; `folder` is room to write it in."""
    import libarchive

    path = folder / "made.7z"
    with libarchive.file_writer(str(path), "7zip") as archive:
        for name, content in members.items():
            archive.add_file_from_memory(name, len(content), content)
    return path.read_bytes()


def eml_bytes(attachments: dict[str, bytes], text: str = "Kính gửi Phòng Nội vụ.", *, logo: bool = False) -> bytes:
    """Return a mail with attachments, with a logo in its text if asked."""
    mail = EmailMessage()
    mail["From"] = "Văn thư <van-thu@example.org>"
    mail["To"] = "noi-vu@example.org"
    mail["Subject"] = "Báo cáo CCHC quý III"
    mail["Date"] = "Tue, 12 Sep 2023 09:00:00 +0700"
    mail.set_content(text)
    if logo:
        mail.add_alternative("<img src='cid:logo'>", subtype="html")
        page = mail.get_payload()[1]  # type: ignore[index]
        page.add_related(b"\x89PNG....", "image", "png", cid="<logo>", filename="image001.png")  # type: ignore[union-attr]
    for name, content in attachments.items():
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def msg_bytes(name: str, content: bytes, *, forwarded: bool = False) -> bytes:
    """Return an Outlook message with one attachment, or one with such a message in it, in the smallest form read.

    Streams are padded to the size from which a compound file keeps them in whole sectors, the name with zeros, the
    content with blanks.
    """
    streams = [b"\0" * 4096, content.ljust(4096, b" "), name.encode("utf-16-le").ljust(4096, b"\0")]
    none, sector = 0xFFFFFFFF, 512
    sectors: list[bytes] = []
    fat: list[int] = []
    starts = []
    for data in streams:
        starts.append(len(sectors))
        padded = data.ljust(-(-len(data) // sector) * sector, b"\0")
        for place in range(0, len(padded), sector):
            sectors.append(padded[place : place + sector])
            fat.append(len(sectors))
        fat[-1] = 0xFFFFFFFE
    entries = [
        _entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1),
        _entry("__attach_version1.0_#00000000", 1, 0, 0, child=3, right=2),
        _entry("__properties_version1.0", 2, starts[0], len(streams[0])),
        _entry("__substg1.0_37010102", 2, starts[1], len(streams[1]), right=4),
        _entry("__substg1.0_3707001F", 2, starts[2], len(streams[2])),
    ]
    if forwarded:
        entries[1] = _entry("__attach_version1.0_#00000000", 1, 0, 0, child=5, right=2)
        entries.append(_entry("__substg1.0_3701000D", 1, 0, 0, child=6))
        entries.append(_entry("__attach_version1.0_#00000000", 1, 0, 0, child=3))
    directory_at = len(sectors)
    directory = b"".join(entries).ljust(2 * sector, b"\0")
    sectors += [directory[:sector], directory[sector:]]
    fat += [directory_at + 1, 0xFFFFFFFE]
    fat_at, fat_sectors = len(sectors), -(-(len(fat) + 2) // 128)
    fat += [0xFFFFFFFD] * fat_sectors
    fat += [none] * (fat_sectors * 128 - len(fat))
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(sector, b"\0"))
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", header, 44, fat_sectors, directory_at, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, fat_at)
    struct.pack_into("<109I", header, 76, *([fat_at + i for i in range(fat_sectors)] + [none] * (109 - fat_sectors)))
    return bytes(header) + b"".join(sectors) + struct.pack(f"<{len(fat)}I", *fat)


def portfolio_bytes(attachments: dict[str, bytes]) -> bytes:
    """Return a PDF of one empty page that carries files."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument.new()
    document.new_page(300, 300).close()
    for name, content in attachments.items():
        document.new_attachment(name).set_data(content)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()
