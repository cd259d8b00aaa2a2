"""Reading a file into a Document, whatever its format and its name.

Belongs here: the one way in. The bytes decide the format; every failure is a DocumentError with a named outcome.
Stays out: limits of time and memory (`parsers.pool` runs this in a child process) and what the text means.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from cchc.errors import DocumentError
from cchc.formats import number
from cchc.messages import translator
from parsers.document import Document
from parsers.limits import DEFAULT_LIMITS, Limits
from parsers.outcomes import Outcome
from parsers.readers.common.blocks import outline
from parsers.readers.common.rescue import faults_named
from parsers.readers.common.sniff import sniff
from parsers.readers.formats import Means, drafted_by_format

__all__ = ["read_document"]

_ = translator("readers")

_MOST_THREADS = 4  # by hand; bounds memory


def read_document(
    path: Path,
    *,
    ocr_cache: Path | None = None,
    limits: Limits = DEFAULT_LIMITS,
    ocr_threads: int | None = None,
) -> Document:
    """Return the Document of a file.

    `ocr_cache` is a folder where recognised pages are kept by content, None to keep nothing. `ocr_threads` pages are
    recognised at a time, None for as many as there are processors, four at most. Raises DocumentError with the outcome
    encrypted, damaged, empty, no_text, too_large, unsupported or ocr_missing; what else a library raises is damaged.
    """
    data = _bytes_of(path, limits)
    form = sniff(data)
    threads = ocr_threads or min(os.cpu_count() or 1, _MOST_THREADS)
    with faults_named():
        drafted = drafted_by_format(form, data, Means(limits, ocr_cache, threads))
        blocks = outline(drafted.drafts)
    if not any(b.text.strip() or b.cells for b in blocks):
        raise DocumentError(Outcome.NO_TEXT, _("The file holds no text that can be read. Send a better copy."))
    if len(blocks) > limits.blocks:
        text = _("The file has {count} paragraphs; a report may have {most}.")
        raise DocumentError(Outcome.TOO_LARGE, text.format(count=number(len(blocks)), most=number(limits.blocks)))
    return Document(
        sha256=hashlib.sha256(data).hexdigest(),
        format=form,
        blocks=blocks,
        pages=drafted.pages,
        reader=drafted.reader,
        encoding=drafted.encoding,
        notes=drafted.notes,
        unseen=drafted.unseen,
        unread=drafted.unread,
    )


def _bytes_of(path: Path, limits: Limits) -> bytes:
    """Return a file's bytes; raises DocumentError too_large or damaged."""
    try:
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise DocumentError(
                Outcome.TOO_LARGE,
                _("The file has {size} MB; a report may have {most} MB.").format(
                    size=size // 1_000_000, most=limits.file_bytes // 1_000_000
                ),
            )
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(
            Outcome.DAMAGED, _("The file cannot be read from disk: {detail}").format(detail=error.strerror or error)
        ) from error
