"""Marked texts as scanners make them: printed, worn, and read again through recognition.

Belongs here: from a marked text to the reading of its scan. Stays out: pages and wear (those of the sample),
counting and bounds (`training.certifying`).
"""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from parsers.document import Block, Document
from parsers.reading import Reading
from parsers.report import read_report
from sample.generator.files import Letterhead, pdf_bytes, scan_bytes
from training.marked import MarkedText
from training.material import Sample, of_writer

RESOLUTION = 240
"""Dots per inch: what an office's scanner takes by default lies between 200 and 300."""
PASSAGES = 5
"""Of so many passages one is scanned: recognition takes seconds a page, and neighbours are of one hand."""


def scans(writer: str) -> Iterator[tuple[Sample, Document, Reading]]:
    """Yield the whole reports of a writer, and some passages, with the document and reading of their scans."""
    for place, sample in enumerate(of_writer(writer)):
        if sample.kind == "report" or place % PASSAGES == 0:
            yield sample, *_scan(sample.text)


def _scan(text: MarkedText) -> tuple[Document, Reading]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scan.pdf"
        seed = zlib.crc32(text.document.sha256.encode())
        path.write_bytes(scan_bytes(pdf_bytes(letterhead_of(text), body_of(text.document)), seed, RESOLUTION))
        return read_report(path)


def letterhead_of(text: MarkedText) -> Letterhead:
    """Return what stands over the body; a passage has neither number nor day of its own."""
    heads = [block.text for block in text.document.blocks if block.kind == "letterhead"]
    titles = [block.text for block in text.document.blocks if block.kind == "title"]
    agency = heads[0].split("|")[0].strip().split("\n")[-1]
    number, _, dated = (heads[1] if len(heads) > 1 else "Số: 99/BC-UBND | ").partition("|")
    place, _, day = dated.strip().partition(",")
    return Letterhead(agency, number.strip().removeprefix("Số:").strip(), place, day.strip(), titles[-1])


def body_of(document: Document) -> str:
    """Return what stands between title and signature in the form that pages are made from."""
    return "\n".join(line for block in document.blocks for line in _lines(block))


def _lines(block: Block) -> Iterator[str]:
    if block.kind == "table":
        yield from _rows(block)
    elif block.kind == "heading":
        yield f"# {block.text}"
    elif block.kind not in ("letterhead", "title", "signature"):
        yield block.text


def _rows(block: Block) -> Iterator[str]:
    """Yield the rows of a table, all as long as the longest."""
    width = max(cell.column for cell in block.cells) + 1
    texts = {(cell.row, cell.column): cell.text for cell in block.cells}
    for row in range(max(cell.row for cell in block.cells) + 1):
        yield "| " + " | ".join(texts.get((row, column), "") for column in range(width)) + " |"
