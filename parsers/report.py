"""One report from bytes to a Reading: the task that the guarded child process runs.

Belongs here: the order of the steps, and the version of all of them together. Stays out: the steps.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from parsers.document import Document
from parsers.figures import PARSER_VERSION, read_figures
from parsers.identity import identify
from parsers.judge import with_verdicts
from parsers.learned.decide import with_learned
from parsers.learned.reader import models_version
from parsers.other_units import accounts_of_others, without_other_units
from parsers.readers import read_document
from parsers.reading import Identity, Reading


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
    return document, read_text(document, identify(document, file_name))


def read_text(document: Document, identity: Identity) -> Reading:
    """Return what is read from a Document of which it is known what report it is."""
    shown = without_other_units(document)
    reading = with_verdicts(shown, with_learned(shown, read_figures(shown, identity)))
    others = tuple(accounts_of_others(document, shown))
    return (
        replace(
            reading, accounts=tuple(sorted((*reading.accounts, *others), key=lambda account: account.place.in_order))
        )
        if others
        else reading
    )
