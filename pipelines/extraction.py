"""Files to readings and findings, as one set and without any store.

Belongs here: running the guarded readers over files and checking what they read together.
Stays out: the warehouse; `cchc extract` and the benchmarks use nothing else.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from cchc.clock import ZONE
from cchc.errors import DocumentError
from cchc.messages import translator
from parsers.document import Document
from parsers.outcomes import Outcome
from parsers.pool import ReaderPool
from parsers.reading import Reading
from parsers.report import read_report
from pipelines.arrival.arrivals import Arrival, Way
from pipelines.arrival.unpacking import Found, unpacked
from validation.check import check_reports
from validation.finding import Finding

_ = translator("containers")

_MOST_NAMED = 6


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
    """Return one extraction a path, in the order given; a file that cannot be read is an outcome, never an error.

    An archive, mail or portfolio that holds one file gives that file's; one that holds several is named with them.
    """
    with tempfile.TemporaryDirectory(prefix="cchc-extract-") as folder:
        read, inside = _opened(list(dict.fromkeys(paths)), Path(folder))
        with ReaderPool(partial(read_report, ocr_cache=ocr_cache), workers=min(workers, len(inside) or 1)) as pool:
            for path, result in pool.run_many(list(inside)):
                read[inside[path]] = _one(inside[path], result)
    return with_findings([read[path] for path in paths])


def _opened(paths: Sequence[Path], folder: Path) -> tuple[dict[Path, Extraction], dict[Path, Path]]:
    """Return what is settled without reading, and the files to read with the path that each was given by."""
    arrivals = [Arrival(path, str(n), Way.SUBMIT, datetime.fromtimestamp(0, ZONE)) for n, path in enumerate(paths)]
    held: dict[Path, list[Found]] = {}
    for found in unpacked(arrivals, folder):
        held.setdefault(paths[int(found[0].name.partition("/")[0])], []).append(found)
    settled: dict[Path, Extraction] = {}
    inside: dict[Path, Path] = {}
    for path, members in held.items():
        arrival, fault = members[0]
        if len(members) > 1:
            names = ", ".join(one.name.partition("/")[2] for one, _fault in members[:_MOST_NAMED])
            settled[path] = Extraction(path, error=Outcome.UNSUPPORTED, message=_several(len(members), names))
        elif fault is not None:
            settled[path] = Extraction(path, error=fault.outcome, message=str(fault))
        else:
            inside[arrival.path] = path
    return settled, inside


def _several(count: int, names: str) -> str:
    text = _("The file holds {n} files ({names}). Hand it in with cchc submit, or name them one by one.")
    return text.format(n=count, names=names)


def with_findings(extractions: Sequence[Extraction], history: Iterable[Reading] = ()) -> list[Extraction]:
    """Return the extractions with the findings of checking them together, `history` being context only."""
    readable = [e for e in extractions if e.reading is not None]
    checked = iter(check_reports([e.reading for e in readable if e.reading], tuple(history)))
    return [replace(e, findings=next(checked)) if e.reading is not None else e for e in extractions]


def _one(path: Path, result: tuple[Document, Reading] | DocumentError) -> Extraction:
    if isinstance(result, DocumentError):
        return Extraction(path, error=result.outcome, message=str(result))
    document, reading = result
    return Extraction(path, document, reading)
