"""Accuracy on the reports with answer keys, as floors: a change may not read worse."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from parsers.document import Document
from parsers.figures import read_printings
from parsers.readers import read_document
from tests.figures.marked import build, corpus

REPORTS = sorted(corpus().glob("*.*")) if corpus().is_dir() else []
DIGITAL = [p for p in REPORTS if p.suffix in {".docx", ".doc", ".pdf"} and p.name.count(".") == 1]
SCANS = [p for p in REPORTS if p.name.endswith((".scan.pdf", ".badocr.pdf"))]
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not REPORTS, reason="the reports with answer keys are not beside the project"),
]


@dataclass
class Tally:
    """Counts over reports: right, read otherwise or for nothing, missed; surely read, and wrong among those."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    sure: int = 0
    sure_and_wrong: int = 0

    def add(self, document: Document, stem: str) -> None:
        """Hold the primary figures of a document against the answer key."""
        key = json.loads((corpus() / f"{stem}.gold.json").read_text(encoding="utf-8"))
        wanted = {code: Decimal(str(value)) for code, value in key["figures"].items()}
        read = {p.figure: p for p in read_printings(document, key["quarter"]) if p.primary}
        good = {code for code, p in read.items() if wanted.get(code) == p.value}
        self.right += len(good)
        self.wrong += len(read) - len(good)
        self.missed += len(wanted) - len(good)
        sure = {code for code, p in read.items() if p.confidence >= 0.8}
        self.sure += len(sure)
        self.sure_and_wrong += len(sure - good)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed)


def tally(paths: Iterable[Path], cache: Path | None = None) -> Tally:
    found = Tally()
    for path in paths:
        found.add(read_document(path, ocr_cache=cache), path.name.split(".")[0])
    return found


def test_marked_texts() -> None:
    """From clean text nearly every printing is found at its place, and nearly nothing else."""
    right = read = marked = 0
    for path in sorted((corpus() / "marked").glob("*.txt")):
        document, marks = build(path.read_text(encoding="utf-8"))
        quarter = json.loads((corpus() / f"{path.stem}.gold.json").read_text(encoding="utf-8"))["quarter"]
        wanted = {(m.figure, m.place) for m in marks if not m.part}
        found = {(p.figure, p.place) for p in read_printings(document, quarter) if not p.components}
        right, read, marked = right + len(wanted & found), read + len(found), marked + len(wanted)

    assert right / read >= 0.985
    assert right / marked >= 0.975


def test_digital_files() -> None:
    """DOCX, DOC and digital PDF: precision, recall, and how much of what is sure is wrong."""
    found = tally(DIGITAL)

    assert found.precision >= 0.985
    assert found.recall >= 0.975
    assert found.sure_and_wrong <= 0.003 * found.sure
    assert found.sure >= 0.85 * (found.right + found.wrong)


@pytest.mark.slow
def test_scans(ocr_cache: Path) -> None:
    """Pictures, with or without a useless text layer: the two lightest, for recognising a page takes a second."""
    found = tally(sorted(SCANS, key=lambda p: p.stat().st_size)[:2], ocr_cache)

    assert found.precision >= 0.97
    assert found.recall >= 0.94
    assert found.sure_and_wrong == 0
