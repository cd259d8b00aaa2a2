"""Reading a file into a Document, whatever its format and its name.

Belongs here: the one way in. The bytes decide the format; every failure is a DocumentError with a named outcome.
Stays out: limits of time and memory (`parsers.pool` runs this in a child process) and what the text means.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path

from cchc.errors import DocumentError
from cchc.messages import translator
from parsers.document import Document
from parsers.limits import DEFAULT_LIMITS, Limits
from parsers.outcomes import Outcome
from parsers.readers.common.blocks import outline
from parsers.readers.common.draft import Drafted
from parsers.readers.common.sniff import Format, sniff
from parsers.readers.docx.pasted import read_pasted
from parsers.readers.docx.reader import read_docx
from parsers.readers.legacy.doc import read_doc, read_rtf
from parsers.readers.pdf.reader import read_pdf

__all__ = ["read_document"]

_ = translator("readers")

_MOST_THREADS = 4
_FEWEST_WORDS = 40


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
    encrypted, damaged, empty, no_text, too_large, unsupported or ocr_missing.
    """
    data = _bytes_of(path, limits)
    form = sniff(data)
    _refuse(form)
    threads = ocr_threads or min(os.cpu_count() or 1, _MOST_THREADS)
    drafted = _drafted(form, data, ocr_cache, limits, threads)
    blocks = outline(drafted.drafts)
    if not any(b.text.strip() or b.cells for b in blocks):
        raise DocumentError(Outcome.NO_TEXT, _("The file holds no text that can be read. Send a better copy."))
    return Document(
        sha256=hashlib.sha256(data).hexdigest(),
        format=form,
        blocks=blocks,
        pages=drafted.pages,
        reader=drafted.reader,
        encoding=drafted.encoding,
        notes=drafted.notes,
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


def _refuse(form: Format) -> None:
    """Raise for bytes that no reader takes."""
    if form == "empty":
        raise DocumentError(Outcome.EMPTY, _("The file is empty. Ask the ward to send it again."))
    if form == "encrypted":
        raise DocumentError(Outcome.ENCRYPTED, _("The file is protected by a password. Send it without one."))
    if form in {"unknown", "odt"}:
        raise DocumentError(Outcome.UNSUPPORTED, _("This kind of file is not read here. Send DOCX, PDF, DOC or RTF."))


def _drafted(form: Format, data: bytes, ocr_cache: Path | None, limits: Limits, ocr_threads: int) -> Drafted:
    """Return what the reader of a format finds."""
    if form == "pdf":
        return read_pdf(data, limits, ocr_cache, ocr_threads)
    if form == "docx":
        return _word(data, ocr_cache, limits, ocr_threads)
    return read_doc(data, limits) if form == "doc" else read_rtf(data)


def _word(data: bytes, ocr_cache: Path | None, limits: Limits, ocr_threads: int) -> Drafted:
    """Return what a DOCX holds: its text or, where there is next to none, the pages pasted into it as pictures."""
    typed = read_docx(data, limits)
    words = sum(len(text.split()) for draft in typed.drafts for text in (draft.text, *(c.text for c in draft.cells)))
    pasted = read_pasted(data, limits, ocr_cache, ocr_threads) if words < _FEWEST_WORDS else None
    if pasted is None:
        return typed
    told = _("The pages are pictures pasted into a Word file; read as a scan.")
    return replace(pasted, drafts=(*typed.drafts, *pasted.drafts), notes=(*typed.notes, told, *pasted.notes))
