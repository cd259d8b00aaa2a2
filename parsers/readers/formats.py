"""Which reader takes which format.

Belongs here: the table of readers, what is refused and with which words.
Stays out: telling formats (`common.sniff`), reading them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from cchc.errors import DocumentError
from cchc.messages import translator
from parsers.limits import Limits
from parsers.outcomes import Outcome
from parsers.readers.common.annexes import with_annexes
from parsers.readers.common.draft import Draft, Drafted
from parsers.readers.common.rescue import faults_named
from parsers.readers.common.sniff import Format, sniff
from parsers.readers.docx.pasted import read_pasted
from parsers.readers.docx.reader import read_docx
from parsers.readers.legacy.doc import read_doc, read_rtf
from parsers.readers.pdf.reader import read_pdf
from parsers.readers.pictures.bundle import pictures_in

_ = translator("readers")

_FEWEST_WORDS = 40  # by hand: fewer beside a picture of a page are a caption or a stamp
_DEEPEST = 2
_INNER = frozenset({"docx", "doc", "rtf", "xlsx", "xls", "odt", "ods", "html", "mht", "wordxml", "flatopc"})
"""Formats that are read where they stand inside another file."""


@dataclass(frozen=True)
class Means:
    """What a reader may use: limits, a folder for recognised pages (None keeps nothing), threads for recognition."""

    limits: Limits
    ocr_cache: Path | None
    ocr_threads: int
    depth: int = 0

    def picture(self, data: bytes, inches: float | None) -> tuple[Draft, ...] | None:
        """Return what a picture in a text says, None where it could not be read."""
        from parsers.readers.pictures.inset import read_inset

        return read_inset(data, inches, self.limits, self.ocr_cache)

    def inner(self, data: bytes) -> Drafted:
        """Return what a file inside another says; raises DocumentError, unsupported where files stand too deep."""
        form = sniff(data)
        if self.depth >= _DEEPEST or form not in _INNER:
            raise DocumentError(Outcome.UNSUPPORTED, _("This kind of file is not read here."))
        with faults_named():
            return drafted_by_format(form, data, replace(self, depth=self.depth + 1))


def drafted_by_format(form: Format, data: bytes, means: Means) -> Drafted:
    """Return what the reader of a format finds; raises DocumentError, unsupported where no reader takes it."""
    if form == "empty":
        raise DocumentError(Outcome.EMPTY, _("The file is empty. Ask the ward to send it again."))
    if form == "encrypted":
        raise DocumentError(Outcome.ENCRYPTED, _("The file is protected by a password. Send it without one."))
    reader = _READERS.get(form)
    if reader is None:
        raise DocumentError(
            Outcome.UNSUPPORTED,
            _("This kind of file is not read here. Send a Word, OpenDocument, Excel or PDF file, a scan or photos."),
        )
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
        return read_docx(data, means.limits, means.picture, means.inner)
    told = _("The pages are pictures pasted into a Word file; read as a scan.")
    return replace(pasted, drafts=(*typed.drafts, *pasted.drafts), notes=(*typed.notes, told, *pasted.notes))


def _word_xml(data: bytes, means: Means) -> Drafted:
    from parsers.readers.web.wordxml import package_of_2003

    return _word(package_of_2003(data), means)


def _flat_word(data: bytes, means: Means) -> Drafted:
    from parsers.readers.web.wordxml import package_of_flat

    return _word(package_of_flat(data), means)


def _open_document(data: bytes, means: Means) -> Drafted:
    from parsers.readers.odf.reader import read_odf

    return read_odf(data, means.limits, means.picture)


def _workbook(data: bytes, means: Means) -> Drafted:
    from parsers.readers.sheets.xlsx import read_xlsx

    return read_xlsx(data, means.limits)


def _old_workbook(data: bytes, _means: Means) -> Drafted:
    from parsers.readers.sheets.xls import read_xls

    return read_xls(data)


def _web_page(data: bytes, means: Means) -> Drafted:
    from parsers.readers.web.html import read_html

    return read_html(data, means.picture)


def _kept_page(data: bytes, means: Means) -> Drafted:
    from parsers.readers.web.html import read_mht

    return read_mht(data, means.picture)


def _picture(data: bytes, means: Means) -> Drafted:
    from parsers.readers.pictures.reader import read_pictures

    return read_pictures([data], means.limits, means.ocr_cache, means.ocr_threads)


def _pictures(data: bytes, means: Means) -> Drafted:
    """Return what pictures put together show, or what a report and the annexes put to it say."""
    from parsers.readers.pictures.reader import read_pictures

    parts = list(pictures_in(data, means.limits))
    if parts and sniff(parts[0]) in _INNER | {"pdf"}:
        return with_annexes([_part(part, means) for part in parts])
    return read_pictures(parts, means.limits, means.ocr_cache, means.ocr_threads)


def _part(data: bytes, means: Means) -> Drafted:
    """Return what one file of several says; raises DocumentError, for a report without its annex is not whole."""
    with faults_named():
        return drafted_by_format(sniff(data), data, replace(means, depth=means.depth + 1))


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
    "odt": _open_document,
    "ods": _open_document,
    "xlsx": _workbook,
    "xls": _old_workbook,
    "html": _web_page,
    "mht": _kept_page,
    "wordxml": _word_xml,
    "flatopc": _flat_word,
}
