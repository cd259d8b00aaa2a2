"""Files to readings and findings, as one set and without any store.

Belongs here: running the guarded readers over files and checking what they read together.
Stays out: the warehouse; `cchc extract` and the benchmarks use nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from cchc.errors import DocumentError
from parsers.document import Document
from parsers.pool import ReaderPool
from parsers.reading import Reading
from parsers.report import read_report
from validation.check import check_reports
from validation.finding import Finding


@dataclass(frozen=True)
class Extraction:
    """What one file gave: a reading with its findings, or the named outcome `error` with a message for people."""

    path: Path
    document: Document | None = None
    reading: Reading | None = None
    findings: tuple[Finding, ...] = ()
    error: str | None = None
    message: str = ""


def extract_files(paths: Sequence[Path], *, ocr_cache: Path | None = None, workers: int = 2) -> list[Extraction]:
    """Return one extraction a path, in the order given; a file that cannot be read is an outcome, never an error."""
    with ReaderPool(partial(read_report, ocr_cache=ocr_cache), workers=min(workers, len(paths) or 1)) as pool:
        read = dict(_one(path, result) for path, result in pool.run_many(list(dict.fromkeys(paths))))
    return with_findings([read[path] for path in paths])


def with_findings(extractions: Sequence[Extraction], history: Iterable[Reading] = ()) -> list[Extraction]:
    """Return the extractions with the findings of checking them together, `history` being context only."""
    readable = [e for e in extractions if e.reading is not None]
    checked = iter(check_reports([e.reading for e in readable if e.reading], tuple(history)))
    return [replace(e, findings=next(checked)) if e.reading is not None else e for e in extractions]


def _one(path: Path, result: tuple[Document, Reading] | DocumentError) -> tuple[Path, Extraction]:
    if isinstance(result, DocumentError):
        return path, Extraction(path, error=result.outcome, message=str(result))
    document, reading = result
    return path, Extraction(path, document, reading)
