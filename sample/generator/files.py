"""Rendering a marked report as DOCX, PDF or scan.

Belongs here: letterhead, body, tables and signature by Decree 30/2020, and what a scanner does to a page.
Stays out: words (`manners`) and figures (`facts`).
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path

import matplotlib
import numpy as np
import pypdfium2
import typst
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.table import _Cell
from PIL import Image, ImageDraw

MATPLOTLIB_FONTS = str(Path(matplotlib.get_data_path()) / "fonts" / "ttf")
MARK = re.compile(r"\[\[([a-z_]+)(?:=([0-9.]+))?\|([^\]]+)\]\]")


@dataclass(frozen=True)
class Letterhead:
    """What stands above and below the body."""

    agency: str
    number: str
    place: str
    date_words: str
    abstract: str
    recipient: str = "Phòng Nội vụ thị xã"


def unmarked(text: str) -> str:
    """Return marked text as a reader sees it."""
    return MARK.sub(lambda match: match[3], text)


def write_docx(path: Path, head: Letterhead, body: str) -> None:
    """Write a report as Word would."""
    document = Document()
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(13)
    _two_columns(
        document.add_table(rows=2, cols=2),
        [
            (f"ỦY BAN NHÂN DÂN\n{head.agency}", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"),
            (f"Số: {head.number}", f"{head.place}, {head.date_words}"),
        ],
    )
    for line in ("BÁO CÁO", head.abstract):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(line).bold = True
    _docx_body(document, unmarked(body))
    _two_columns(
        document.add_table(rows=1, cols=2),
        [(f"Nơi nhận:\n- {head.recipient};\n- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH")],
    )
    document.save(str(path))


def _docx_body(document: Document, body: str) -> None:  # type: ignore[valid-type]
    rows: list[list[str]] = []
    for line in [*body.splitlines(), ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
            continue
        if rows:
            _grid(document, rows)
            rows = []
        if line.startswith("#"):
            document.add_paragraph().add_run(line.lstrip("# ")).bold = True  # type: ignore[attr-defined]
        elif line:
            document.add_paragraph(line)  # type: ignore[attr-defined]


def _grid(document: Document, rows: list[list[str]]) -> None:  # type: ignore[valid-type]
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")  # type: ignore[attr-defined]
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text


def _two_columns(table: object, rows: list[tuple[str, str]]) -> None:
    for row, texts in zip(table.rows, rows, strict=True):  # type: ignore[attr-defined]
        for cell, text in zip(row.cells, texts, strict=True):
            _centre(cell, text)


def _centre(cell: _Cell, text: str) -> None:
    cell.text = text
    for paragraph in cell.paragraphs:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def pdf_bytes(head: Letterhead, body: str, font: str = "Libertinus Serif", points: float = 13) -> bytes:
    """Return a report as a digital PDF set in one of the fonts that typst and matplotlib bring."""
    lines = [
        '#set page(paper: "a4", margin: (left: 30mm, right: 15mm, y: 20mm), numbering: "1", number-align: top + center)',
        "#set document(date: none)",
        f'#set text(font: "{font}", size: {points}pt, lang: "vi")',
        "#set par(justify: true, first-line-indent: (amount: 10mm, all: true), leading: 0.7em)",
        "#grid(columns: (2fr, 3fr), align: center, row-gutter: 10pt,",
        f"[ỦY BAN NHÂN DÂN \\ *{head.agency}*],",
        "[*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM* \\ *Độc lập - Tự do - Hạnh phúc*],",
        f"[Số: {_escaped(head.number)}], [_{_escaped(head.place)}, {_escaped(head.date_words)}_])",
        f"#align(center)[*BÁO CÁO* \\ *{_escaped(head.abstract)}*]",
        *_typst_body(unmarked(body)),
        f"#grid(columns: (1fr, 1fr), [_Nơi nhận:_ \\ \\- {_escaped(head.recipient)}; \\ \\- Lưu: VT.],",
        "align(center)[*TM. ỦY BAN NHÂN DÂN* \\ *CHỦ TỊCH*])",
    ]
    fonts = typst.Fonts(font_paths=[MATPLOTLIB_FONTS])
    compiled = typst.compile("\n".join(lines).encode(), font_paths=fonts)
    return bytes(compiled if isinstance(compiled, bytes) else compiled[0])


def _typst_body(body: str) -> list[str]:
    out: list[str] = []
    rows: list[list[str]] = []
    for line in [*body.splitlines(), ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
            continue
        if rows:
            cells = ", ".join(f"[{_escaped(cell)}]" for row in rows for cell in row)
            out += [f"#table(columns: {len(rows[0])}, {cells})", ""]
            rows = []
        if line.startswith("#"):
            out += [f"*{_escaped(line.lstrip('# '))}*", ""]
        elif line:
            out += [_escaped(line), ""]
    return out


def _escaped(text: str) -> str:
    return re.sub(r"([\\#*_$<>@\[\]/`~+=-])", r"\\\1", text)


def scan_bytes(pdf: bytes, seed: int, dpi: int = 240) -> bytes:
    """Return a PDF of pictures, as a scanner makes them: tilted, noisy, with a red seal on the last page."""
    rng = np.random.default_rng(seed)
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]
    _stamp(pages[-1])
    scanned = [_worn(page, rng) for page in pages]
    out = io.BytesIO()
    scanned[0].save(out, "PDF", save_all=True, append_images=scanned[1:], resolution=dpi, quality=70)
    return out.getvalue()


def _stamp(page: Image.Image) -> None:
    x, y, radius = int(page.width * 0.68), int(page.height * 0.72), int(page.width * 0.085)
    draw = ImageDraw.Draw(page)
    for inset in (0, 3, 14):
        draw.ellipse(
            (x - radius + inset, y - radius + inset, x + radius - inset, y + radius - inset), outline="#c8313a", width=3
        )


def _worn(page: Image.Image, rng: np.random.Generator) -> Image.Image:
    tilted = page.rotate(float(rng.uniform(-0.9, 0.9)), fillcolor="white", resample=Image.Resampling.BICUBIC)
    pixels = np.asarray(tilted, dtype=np.int16) + rng.normal(0, 7, (page.height, page.width, 1)).astype(np.int16)
    return Image.fromarray(np.clip(pixels - 8, 0, 255).astype(np.uint8))
