"""Documents made for tests: one report's paragraphs as DOCX, PDF, scan, DOC or RTF bytes."""

from __future__ import annotations

import io
import struct
import unicodedata

import cv2
import docx
import numpy as np
import pypdfium2 as pdfium
import typst
from PIL import Image

from parsers.encodings import _FROM_TCVN3

LETTERHEAD = (
    ("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("PHƯỜNG HOA MAI", "Độc lập - Tự do - Hạnh phúc"),
    ("Số: 45/BC-UBND", "Hoa Mai, ngày 12 tháng 9 năm 2023"),
)
TITLE = ("BÁO CÁO", "Kết quả công tác cải cách hành chính quý III năm 2023")
_TO_TCVN3 = {char: chr(code) for code, char in _FROM_TCVN3.items()}


def to_tcvn3(text: str) -> str:
    """Return a text as a TCVN3 typist writes it: toned capitals become the small letters."""
    return "".join(_TO_TCVN3.get(c) or _TO_TCVN3.get(c.lower(), c) for c in unicodedata.normalize("NFC", text))


def docx_bytes(paragraphs: list[str], *, font: str | None = None, letterhead: bool = True) -> bytes:
    """Return a report as DOCX; `font` is set on every run."""
    document = docx.Document()
    if letterhead:
        table = document.add_table(rows=len(LETTERHEAD), cols=2)
        for row, texts in enumerate(LETTERHEAD):
            for column, text in enumerate(texts):
                _write(table.cell(row, column).paragraphs[0], text, font)
        for text in TITLE:
            paragraph = document.add_paragraph()
            paragraph.alignment = 1
            _write(paragraph, text, font)
    for text in paragraphs:
        _write(document.add_paragraph(), text, font)
    return saved(document)


def _write(paragraph, text: str, font: str | None) -> None:
    run = paragraph.add_run(to_tcvn3(text) if font and font.startswith(".Vn") else text)
    if font:
        run.font.name = font


def saved(document) -> bytes:
    """Return a python-docx document as bytes."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def escaped(text: str) -> str:
    """Return a text as Typst content."""
    return f'#text("{text.replace(chr(92), chr(92) * 2).replace(chr(34), chr(92) + chr(34))}")'


def pdf_bytes(body: str, *, numbered: bool = True, setup: str = "") -> bytes:
    """Return Typst content as a PDF in the form of a report: A4, justified, indented, page numbers at the top."""
    numbers = (
        "header: context { if counter(page).get().first() > 1 { align(center)[#counter(page).display()] } },"
        if numbered
        else ""
    )
    source = (
        f'#set page(paper: "a4", margin: (left: 30mm, rest: 20mm), {numbers})\n'
        '#set text(font: "Libertinus Serif", size: 13pt, lang: "vi", hyphenate: false, overhang: false)\n'
        "#set par(justify: true, first-line-indent: (amount: 12mm, all: true), spacing: 1.1em)\n"
        f"{setup}\n{body}"
    )
    return typst.compile(source.encode())


def report_pdf(paragraphs: list[str], *, unicode_form: str = "NFC") -> bytes:
    """Return the report that `docx_bytes` makes, as a digital PDF."""
    head = "".join(
        "#grid(columns: (1fr, 1.4fr), align: center, row-gutter: 8pt, "
        + ", ".join(f"[{escaped(unicodedata.normalize(unicode_form, t))}]" for t in texts)
        + ")\n#v(2pt)\n"
        for texts in LETTERHEAD
    )
    title = "".join(f"#align(center)[*{escaped(unicodedata.normalize(unicode_form, t))}*]\n" for t in TITLE)
    body = "\n\n".join(escaped(unicodedata.normalize(unicode_form, p)) for p in paragraphs)
    return pdf_bytes(f"{head}\n{title}\n{body}")


def scan_bytes(
    pdf: bytes, *, dpi: int = 200, tilt: float = 0.0, seal: bool = False, hidden: str = "", noise: int = 0
) -> bytes:
    """Return a PDF of pictures of the pages of a PDF, tilted, sealed and noisy as asked."""
    document = pdfium.PdfDocument(pdf)
    pictures = []
    for index in range(len(document)):
        picture = document[index].render(scale=dpi / 72).to_numpy()[:, :, :3].copy()
        if seal:
            middle = (int(picture.shape[1] * 0.6), int(picture.shape[0] * 0.3))
            cv2.circle(picture, middle, int(0.7 * dpi), (60, 40, 205), max(dpi // 50, 2))
        matrix = cv2.getRotationMatrix2D((picture.shape[1] / 2, picture.shape[0] / 2), tilt, 1.0)
        picture = cv2.warpAffine(
            picture, matrix, (picture.shape[1], picture.shape[0]), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)
        )
        if noise:
            spread = np.random.default_rng(7).normal(0, noise, picture.shape)
            picture = np.clip(picture * 0.92 + spread, 0, 255).astype(np.uint8)
        pictures.append(Image.fromarray(picture[:, :, ::-1]))
    out = io.BytesIO()
    pictures[0].save(out, "PDF", resolution=dpi, save_all=True, append_images=pictures[1:], quality=80)
    return out.getvalue()


def rtf_bytes(paragraphs: list[str]) -> bytes:
    """Return a report as RTF."""

    def write(text: str) -> str:
        units = text.encode("utf-16-le")
        codes = struct.unpack(f"<{len(units) // 2}h", units)
        return "".join(chr(c) if 31 < c < 127 and chr(c) not in "\\{}" else f"\\u{c}?" for c in codes)

    lines = [*(t for row in LETTERHEAD for t in row), *TITLE, *paragraphs]
    return ("{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Times New Roman;}}" + "\\par ".join(map(write, lines)) + "}").encode()


def doc_bytes(paragraphs: list[str], *, tcvn3: bool = False) -> bytes:
    """Return a report as a Word 97 DOC: the smallest one that holds a piece table."""
    lines = [*(t for row in LETTERHEAD for t in row), *TITLE, *paragraphs]
    text = "".join(f"{to_tcvn3(line) if tcvn3 else line}\r" for line in lines)
    return _compound({"WordDocument": _word_stream(text), "1Table": _piece_table(text)})


_TEXT_AT = 0x600


def _word_stream(text: str) -> bytes:
    """Return a FIB that points to UTF-16 text at 0x600 and to the piece table in the stream 1Table."""
    fib = bytearray(_TEXT_AT)
    struct.pack_into("<HHHHHHHI", fib, 0, 0xA5EC, 0x00C1, 0, 0x042A, 0, 0x0200 | 0x1000, 0x00BF, 0)
    struct.pack_into("<II", fib, 0x18, _TEXT_AT, _TEXT_AT + 2 * len(text))
    struct.pack_into("<H", fib, 0x20, 14)
    struct.pack_into("<H", fib, 0x3E, 22)
    struct.pack_into("<I", fib, 0x4C, len(text))
    struct.pack_into("<H", fib, 0x98, 93)
    struct.pack_into("<II", fib, 0x1A2, 0, len(_piece_table_entry(text)))
    body = bytes(fib) + text.encode("utf-16-le")
    return body.ljust(max(4096, -(-len(body) // 512) * 512), b"\0")


def _piece_table_entry(text: str) -> bytes:
    pieces = struct.pack("<II", 0, len(text)) + struct.pack("<HIH", 0, _TEXT_AT, 0)
    return b"\x02" + struct.pack("<I", len(pieces)) + pieces


def _piece_table(text: str) -> bytes:
    return _piece_table_entry(text).ljust(4096, b"\0")


def _compound(streams: dict[str, bytes]) -> bytes:
    """Return streams (each of at least 4096 bytes, in whole sectors) as an OLE compound file."""
    sector, end, free = 512, 0xFFFFFFFE, 0xFFFFFFFF
    sectors: list[bytes] = []
    fat: list[int] = []
    starts: dict[str, int] = {}
    for name, data in streams.items():
        data = data.ljust(-(-len(data) // sector) * sector, b"\0")
        starts[name] = len(sectors)
        for place in range(0, len(data), sector):
            sectors.append(data[place : place + sector])
            fat.append(len(sectors))
        fat[-1] = end
    directory = _directory(streams, starts)
    directory_at = len(sectors)
    sectors.append(directory)
    fat.append(end)
    fat_sectors = -(-(len(fat) + 4) // 128)
    fat_at = len(sectors)
    fat += [0xFFFFFFFD] * fat_sectors
    fat += [free] * (fat_sectors * 128 - len(fat))
    table = struct.pack(f"<{len(fat)}I", *fat)
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(sector, b"\0"))
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", header, 44, fat_sectors, directory_at, 0, 4096, end, 0, end, 0, fat_at)
    difat = [fat_at + i for i in range(fat_sectors)] + [free] * (109 - fat_sectors)
    struct.pack_into("<109I", header, 76, *difat)
    return bytes(header) + b"".join(sectors) + table


def _directory(streams: dict[str, bytes], starts: dict[str, int]) -> bytes:
    """Return the directory: a root and up to three streams, the second the sibling of the first."""
    names = sorted(streams, key=lambda n: (len(n), n.upper()))
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)]
    for number, name in enumerate(names):
        right = number + 2 if number + 1 < len(names) else 0xFFFFFFFF
        size = -(-len(streams[name]) // 512) * 512
        entries.append(_entry(name, 2, starts[name], size, right=right))
    return b"".join(entries).ljust(512, b"\0")


def _entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(raw), kind, 1, 0xFFFFFFFF, right, child)
        + bytes(16 + 4 + 16)
        + struct.pack("<III", start, size, 0)
    )
