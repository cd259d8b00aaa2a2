"""Which reader takes which format.

Belongs here: the table of readers, what is refused and with which words.
Stays out: telling formats (`sniff`), reading them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from cchc.errors import DocumentError
from cchc.messages import translator
from parsers.limits import Limits
from parsers.outcomes import Outcome
from parsers.readers.common.draft import Drafted
from parsers.readers.common.sniff import Format
from parsers.readers.docx.pasted import read_pasted
from parsers.readers.docx.reader import read_docx
from parsers.readers.legacy.doc import read_doc, read_rtf
from parsers.readers.pdf.reader import read_pdf
from parsers.readers.pictures.bundle import pictures_in

_ = translator("readers")

_FEWEST_WORDS = 40


@dataclass(frozen=True)
class Means:
    """What a reader may use: limits, a folder for recognised pages (None keeps nothing), threads for recognition."""

    limits: Limits
    ocr_cache: Path | None
    ocr_threads: int


def drafted_by_format(form: Format, data: bytes, means: Means) -> Drafted:
    """Return what the reader of a format finds; raises DocumentError, unsupported where no reader takes it."""
    if form == "empty":
        raise DocumentError(Outcome.EMPTY, _("The file is empty. Ask the ward to send it again."))
    if form == "encrypted":
        raise DocumentError(Outcome.ENCRYPTED, _("The file is protected by a password. Send it without one."))
    reader = _READERS.get(form)
    if reader is None:
        raise DocumentError(Outcome.UNSUPPORTED, _("This kind of file is not read here. Send DOCX, PDF, DOC or RTF."))
    return reader(data, means)


def _pdf(data: bytes, means: Means) -> Drafted:
    return read_pdf(data, means.limits, means.ocr_cache, means.ocr_threads)


def _word(data: bytes, means: Means) -> Drafted:
    """Return what a DOCX holds: its text or, where there is next to none, the pages pasted into it as pictures."""
    typed = read_docx(data, means.limits)
    words = sum(len(text.split()) for draft in typed.drafts for text in (draft.text, *(c.text for c in draft.cells)))
    few = words < _FEWEST_WORDS
    pasted = read_pasted(data, means.limits, means.ocr_cache, means.ocr_threads) if few else None
    if pasted is None:
        return typed
    told = _("The pages are pictures pasted into a Word file; read as a scan.")
    return replace(pasted, drafts=(*typed.drafts, *pasted.drafts), notes=(*typed.notes, told, *pasted.notes))


def _picture(data: bytes, means: Means) -> Drafted:
    from parsers.readers.pictures.reader import read_pictures

    return read_pictures([data], means.limits, means.ocr_cache, means.ocr_threads)


def _pictures(data: bytes, means: Means) -> Drafted:
    from parsers.readers.pictures.reader import read_pictures

    return read_pictures(pictures_in(data, means.limits), means.limits, means.ocr_cache, means.ocr_threads)


_READERS: Mapping[Format, Callable[[bytes, Means], Drafted]] = {
    "pdf": _pdf,
    "docx": _word,
    "doc": lambda data, means: read_doc(data, means.limits),
    "rtf": lambda data, _means: read_rtf(data),
    "jpeg": _picture,
    "png": _picture,
    "webp": _picture,
    "tiff": _picture,
    "heic": _picture,
    "bmp": _picture,
    "pictures": _pictures,
}
