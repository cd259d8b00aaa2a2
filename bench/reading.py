"""What reading costs, against named alternatives, in one run on this machine.

Run by `make bench`, or by `python -m bench.reading [folder of reports]`. Without a folder the documents are made here:
the sizes are those of real reports (11 pages, 13 pt). Prints milliseconds a page, ratios and peak memory.
"""

from __future__ import annotations

import gc
import io
import re
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import docx
import pdfplumber
import pypdfium2 as pdfium
import typst
from PIL import Image

from parsers.readers import read_document

_REPEATS = 7
_SENTENCE = (
    "Trong quý, Bộ phận Tiếp nhận và Trả kết quả của phường tiếp nhận 1.312 hồ sơ, đã giải quyết 1.281 hồ sơ, đạt "
    "97,64% tổng số hồ sơ tiếp nhận; thu ngân sách trên địa bàn được 1.835.779.000 đồng, bằng 52,73% dự toán năm. "
)
_PARAGRAPHS = ["Phường báo cáo kết quả thực hiện như sau. " + _SENTENCE * 3] * 36


def main(reports: Path | None = None) -> None:
    """Print the table, for documents made here or for those of a folder of reports."""
    with tempfile.TemporaryDirectory() as folder:
        digital, scan, word = documents(Path(folder)) if reports is None else found(reports)
        digital_rows(digital)
        row("DOCX to Document", best(lambda: read_document(word)) * 1e3, "ms a report")
        scan_rows(scan, Path(folder))
        memory_rows({"digital PDF": digital, "scan": scan, "DOCX": word})


def digital_rows(path: Path) -> None:
    """Print a digital PDF to Document beside pdfium's bare text and pdfplumber's."""
    pages = len(pdfium.PdfDocument(path))
    bare, ours = paired(lambda: bare_text(path), lambda: read_document(path))
    plumber = best(lambda: plumber_text(path), 2)
    row("digital PDF, pdfium's bare text", bare / pages * 1e3, "ms a page")
    row(
        "digital PDF to Document",
        ours / pages * 1e3,
        f"ms a page   {ours / bare:.2f} times bare text (goal: at most 4, with order and sight)",
    )
    row(
        "digital PDF, pdfplumber's text",
        plumber / pages * 1e3,
        f"ms a page   Document is {plumber / ours:.0f} times faster (goal: at least 15)",
    )


def scan_rows(path: Path, folder: Path) -> None:
    """Print a scan by one process and by two, and from the cache."""
    pages = len(pdfium.PdfDocument(path))
    one, two = paired(lambda: read_by(path, 1), lambda: read_by(path, 2), 3)
    row("scan to Document, 1 worker", one / pages, "s a page")
    row("scan to Document, 2 workers", two / pages, f"s a page   {one / two:.2f} times faster (goal: at least 1.8)")
    kept = folder / "kept"
    read_document(path, ocr_cache=kept)
    row(
        "scan to Document, pages known", best(lambda: read_document(path, ocr_cache=kept), 2) / pages * 1e3, "ms a page"
    )


def memory_rows(paths: dict[str, Path]) -> None:
    """Print the peak memory of a fresh process that reads each document."""
    context = get_context("spawn")
    for name, path in paths.items():
        near, far = context.Pipe()
        child = context.Process(target=peak, args=(path, far))
        child.start()
        row(f"peak memory, {name}", near.recv() / 1e6, "MB (goal: under 400)")
        child.join()


def peak(path: Path, pipe: Connection) -> None:
    """Send the peak memory of this process after reading a document; 0 where the system does not tell."""
    read_document(path)
    status = Path("/proc/self/status")
    told = re.search(r"VmHWM:\s*(\d+)", status.read_text()) if status.exists() else None
    pipe.send(int(told[1]) * 1024 if told else 0)


def read_by(path: Path, workers: int) -> None:
    """Read a scan with so many pages recognised at a time."""
    read_document(path, ocr_threads=workers)


def bare_text(path: Path) -> None:
    """Take the text of every page by pdfium, nothing else."""
    document = pdfium.PdfDocument(path)
    for page in document:
        textpage = page.get_textpage()
        textpage.get_text_range()
        textpage.close()
        page.close()
    document.close()


def plumber_text(path: Path) -> None:
    """Take the text of every page by pdfplumber."""
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_text()
            page.close()


def best(work: Callable[[], object], repeats: int = _REPEATS) -> float:
    """Return the seconds of the fastest of several runs."""
    return min(timed(work) for _run in range(repeats))


def paired(one: Callable[[], object], other: Callable[[], object], repeats: int = 3 * _REPEATS) -> tuple[float, float]:
    """Return the best seconds of two tasks run in turn, so that both meet the same machine."""
    runs = [(timed(one), timed(other)) for _run in range(repeats)]
    return min(r[0] for r in runs), min(r[1] for r in runs)


def timed(work: Callable[[], object]) -> float:
    """Return the seconds one run takes."""
    gc.collect()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def row(name: str, value: float, unit: str) -> None:
    """Print one line."""
    print(f"{name:<36}{value:>10.2f} {unit}", flush=True)


def documents(folder: Path) -> tuple[Path, Path, Path]:
    """Return a digital PDF, a scan and a DOCX of one report."""
    body = "\n\n".join(f'#text("{p}")' for p in _PARAGRAPHS)
    page = '#set page(paper: "a4", margin: (left: 30mm, rest: 20mm))\n#set text(size: 13pt)\n#set par(justify: true)\n'
    digital, scan, word = folder / "report.pdf", folder / "scan.pdf", folder / "report.docx"
    digital.write_bytes(typst.compile((page + body).encode()))
    scan.write_bytes(scanned(digital, 6))
    document = docx.Document()
    for text in _PARAGRAPHS:
        document.add_paragraph(text)
    document.save(str(word))
    return digital, scan, word


def scanned(path: Path, pages: int) -> bytes:
    """Return the first pages of a PDF as pictures at 200 dpi."""
    document = pdfium.PdfDocument(path)
    pictures = [document[i].render(scale=200 / 72).to_pil().convert("RGB") for i in range(min(pages, len(document)))]
    out = io.BytesIO()
    first: Image.Image = pictures[0]
    first.save(out, "PDF", resolution=200, save_all=True, append_images=pictures[1:], quality=80)
    return out.getvalue()


def found(folder: Path) -> tuple[Path, Path, Path]:
    """Return the largest digital PDF, scan and DOCX of a folder of reports."""
    scans = sorted(folder.glob("*.scan.pdf"), key=lambda p: p.stat().st_size)
    plain = [p for p in folder.glob("*.pdf") if not p.name.endswith((".scan.pdf", ".badocr.pdf"))]
    words = sorted(folder.glob("*.docx"), key=lambda p: p.stat().st_size)
    return max(plain, key=lambda p: p.stat().st_size), scans[-1], words[-1]


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
