"""Legacy DOC and RTF to drafts.

Belongs here: calling antiword (a bundled program, run without a shell on a private copy) and striprtf, and turning the
plain text they give, with its table rows between bars, into drafts.
Stays out: encodings as such (`parsers.encodings`). Macros are never looked at: neither program can run them.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from pyantiword.antiword_wrapper import ANTIWORD_PATH, ANTIWORD_SHARE
from striprtf import striprtf

from cchc.errors import DocumentError
from cchc.messages import translator
from cchc.text import fold, nfc
from parsers.document import Cell
from parsers.encodings import decode, recognise
from parsers.limits import Limits
from parsers.outcomes import Outcome
from parsers.readers.common.draft import Draft, Drafted, Line
from parsers.readers.common.tables import with_headers
from parsers.readers.legacy.doc_pieces import doc_text

_ = translator("readers")

_ROW = re.compile(r"^\|.*\|\s*$")
_BARE_ROW = re.compile(r"^(?!\|)(.*\|)$", re.MULTILINE)
_LAID_OUT = re.compile(r"cong hoa xa hoi|doc lap\s*[-–]\s*tu do|so\s*:\s*\d*\s*/\s*bc|noi nhan\s*:|\btm\s?\.\s?u")
_PAGE_NUMBER = re.compile(r"^[-–\s]*(\d{1,3})[-–\s]*$")
_ANTIWORD = "antiword"
_RTF_LARGEST = 20_000_000  # bytes; by hand, it bounds time and memory
_RAISED_MARK = re.compile(r"(\d\}?)\{[^{}]{0,200}\\super(?![a-z])[^{}]{0,60}?[\s\d]\d?\}")
"""The mark of a note that a clerk raised behind a number: no digit of it."""

_rtf_to_text: Callable[..., str] = striprtf.rtf_to_text


def read_doc(data: bytes, limits: Limits) -> Drafted:
    """Return the drafts of a DOC; raises DocumentError damaged, encrypted or timed_out.

    Where antiword fails, the spare reader is tried before the file is called damaged.
    """
    try:
        return _drafted(_antiword(data, limits), _ANTIWORD)
    except _UnreadError as error:
        try:
            return _drafted(doc_text(data), "pieces")
        except ValueError:
            raise _damaged(str(error)) from error


def read_rtf(data: bytes) -> Drafted:
    """Return the drafts of an RTF; raises DocumentError damaged or too_large."""
    if len(data) > _RTF_LARGEST:
        raise DocumentError(Outcome.TOO_LARGE, _("The RTF file is larger than any report. Save it as DOCX."))
    try:
        text = _rtf_to_text(_RAISED_MARK.sub(r"\1", data.decode("latin-1")), errors="replace")
    except (ValueError, IndexError, KeyError, LookupError, TypeError, RecursionError, OverflowError) as error:
        raise _damaged(type(error).__name__) from error
    return _drafted(_BARE_ROW.sub(r"|\1", text), "striprtf")


def _antiword(data: bytes, limits: Limits) -> str:
    """Return the text of a DOC, a paragraph a line, table rows between bars."""
    with tempfile.TemporaryDirectory(prefix="doc-") as folder:
        copy = Path(folder) / "report.doc"
        copy.write_bytes(data)
        command = [ANTIWORD_PATH, "-w", "0", "-m", "UTF-8.txt", str(copy)]
        surroundings = {**os.environ, "ANTIWORDHOME": ANTIWORD_SHARE, "HOME": folder}
        try:
            done = subprocess.run(  # noqa: S603 - a bundled program, its own arguments, no shell
                command, capture_output=True, timeout=limits.seconds / 2, env=surroundings, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise DocumentError(
                Outcome.TIMED_OUT, _("Reading the DOC file took too long. Ask for it as DOCX.")
            ) from error
        except OSError as error:
            raise _UnreadError(str(error)) from error
    complaint = done.stderr.decode("utf-8", "replace").strip()
    if "encrypted" in complaint.lower():
        raise DocumentError(Outcome.ENCRYPTED, _("The file is protected by a password. Send it without one."))
    text = done.stdout.decode("utf-8", "replace")
    if done.returncode or (not text.strip() and complaint):
        raise _UnreadError(complaint.splitlines()[0].replace(str(copy), "DOC") if complaint else str(done.returncode))
    return text


class _UnreadError(Exception):
    """Antiword cannot run, broke down, or refuses the file; says why."""


def _damaged(detail: str) -> DocumentError:
    """Return the error of a file that its program cannot read."""
    return DocumentError(Outcome.DAMAGED, _("The file is damaged. Ask the ward to send it again."), detail)


def _drafted(text: str, reader: str) -> Drafted:
    """Return plain text as drafts, legacy encodings converted."""
    encoding = recognise(text)
    lines = nfc(decode(text, encoding)).splitlines()
    drafts, left_out = _without_page_numbers(list(_drafts(lines, padded=reader == _ANTIWORD)))
    notes = list(left_out)
    if encoding != "unicode":
        notes.append(_("The text was in the old encoding {name} and was converted.").format(name=encoding.upper()))
    return Drafted(tuple(drafts), reader=reader, encoding=encoding, notes=tuple(notes))


def _drafts(lines: list[str], *, padded: bool) -> Iterator[Draft]:
    """Yield a paragraph a line, and a table for every run of rows between bars; `padded` to the width of a column."""
    rows: list[list[str]] = []
    for line in [*lines, ""]:
        if _ROW.match(line):
            rows.append(line.strip()[1:-1].split("|"))
            continue
        if rows:
            yield _table(rows, padded=padded)
            rows = []
        if line.strip():
            yield Draft(text=line)


def _table(rows: list[list[str]], *, padded: bool) -> Draft:
    """Return rows of texts as a table, or as columns where they are a letterhead or the close of a report."""
    stripped = [[part.strip() for part in row] for row in rows]
    if max(map(len, rows)) == 2:
        columns = tuple(tuple(Line(r[i]) for r in stripped if i < len(r) and r[i]) for i in range(2))
        if _LAID_OUT.search(fold(" ".join(line.text for column in columns for line in column))):
            return Draft(columns=tuple(c for c in columns if c))
    whole = _merged(rows) if padded else stripped
    cells = tuple(Cell(i, j, text) for i, row in enumerate(whole) for j, text in enumerate(row))
    return Draft(cells=with_headers(cells), ruled=True)


def _merged(rows: list[list[str]]) -> list[list[str]]:
    """Return rows of stripped texts, with the further lines of broken cells joined.

    Antiword pads cells to the width of their column: a line goes on in the next only where its first word had no room.
    """
    merged: list[list[str]] = []
    above: list[str] = []
    for row in rows:
        if merged and len(row) == len(above) and _goes_on(above, row):
            merged[-1] = [f"{one} {more.strip()}".strip() for one, more in zip(merged[-1], row, strict=True)]
        else:
            merged.append([part.strip() for part in row])
        above = row
    return merged


def _goes_on(above: list[str], row: list[str]) -> bool:
    """Return whether every text of a row begins with a word that had no room in the line above it."""
    pairs = [(one, more.split()[0]) for one, more in zip(above, row, strict=True) if more.strip()]
    return bool(pairs) and all(one.strip() and len(one.strip()) + 1 + len(word) > len(one) for one, word in pairs)


def _without_page_numbers(drafts: list[Draft]) -> tuple[list[Draft], list[str]]:
    """Return drafts without lone numbers that count 2, 3, 4 … down the text, and a remark for each left out."""
    kept: list[Draft] = []
    notes: list[str] = []
    expected = {1, 2}
    for draft in drafts:
        found = _PAGE_NUMBER.match(draft.text) if draft.is_paragraph else None
        if found and int(found[1]) in expected:
            expected = {int(found[1]) + 1}
            notes.append(_("The page number {number} stood in the text and was left out.").format(number=found[1]))
        else:
            kept.append(draft)
    return kept, notes
