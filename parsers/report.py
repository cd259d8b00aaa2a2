"""One report from bytes to a Reading: the task that the guarded child process runs.

Belongs here: the order of the steps, and the version of all of them together. Stays out: the steps.
"""

from __future__ import annotations

from pathlib import Path

from parsers.document import Document
from parsers.figures import PARSER_VERSION, read_figures
from parsers.identity import identify
from parsers.judge import with_verdicts
from parsers.learned.decide import with_learned
from parsers.learned.reader import models_version
from parsers.readers import read_document
from parsers.reading import Reading


def parser_version() -> str:
    """Return the version of all readers together, as `read_report` gives it to every Reading.

    A report loaded under another version is read again, so that this must never differ from what a Reading says.
    """
    learned = models_version()
    return PARSER_VERSION if learned is None else f"{PARSER_VERSION}+{learned}"


def read_report(path: Path, *, ocr_cache: Path | None = None, file_name: str | None = None) -> tuple[Document, Reading]:
    """Return the Document of a file and what was read from it.

    `file_name` is the name under which the file arrived: a hint of the last resort for its identity, never a path.

    Raises:
        DocumentError: the file could not be read; its outcome says why.
    """
    document = read_document(path, ocr_cache=ocr_cache)
    reading = with_learned(document, read_figures(document, identify(document, file_name)))
    return document, with_verdicts(document, reading)
