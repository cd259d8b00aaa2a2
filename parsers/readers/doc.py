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
from cchc.text import nfc
from parsers.document import Cell
from parsers.encodings import decode, recognise
from parsers.limits import Limits
from parsers.outcomes import Outcome
from parsers.readers.doc_pieces import doc_text
from parsers.readers.draft import Draft, Drafted, Line
from parsers.readers.tables import with_headers

_ = translator("readers")

_ROW = re.compile(r"^\|.*\|\s*$")
_PAGE_NUMBER = re.compile(r"^[-–\s]*(\d{1,3})[-–\s]*$")
_RTF_LARGEST = 20_000_000
_rtf_to_text: Callable[..., str] = striprtf.rtf_to_text


def read_doc(data: bytes, limits: Limits) -> Drafted:
    """Return the drafts of a DOC; raises DocumentError damaged, encrypted or timed_out.

    Where antiword fails, the spare reader is tried before the file is called damaged.
    """
    try:
        return _drafted(_antiword(data, limits), "antiword")
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
        text = _rtf_to_text(data.decode("latin-1"), errors="replace")
    except (ValueError, IndexError, KeyError, LookupError, TypeError, RecursionError, OverflowError) as error:
        raise _damaged(type(error).__name__) from error
    return _drafted(text, "striprtf")


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
    return DocumentError(
        Outcome.DAMAGED, _("The file is damaged ({detail}). Ask the ward to send it again.").format(detail=detail)
    )


def _drafted(text: str, reader: str) -> Drafted:
    """Return plain text as drafts, legacy encodings converted."""
    encoding = recognise(text)
    lines = nfc(decode(text, encoding)).splitlines()
    drafts, left_out = _without_page_numbers(list(_drafts(lines)))
    notes = list(left_out)
    if encoding != "unicode":
        notes.append(_("The text was in the old encoding {name} and was converted.").format(name=encoding.upper()))
    return Drafted(tuple(drafts), reader=reader, encoding=encoding, notes=tuple(notes))


def _drafts(lines: list[str]) -> Iterator[Draft]:
    """Yield a paragraph a line, and a table for every run of rows between bars."""
    rows: list[list[str]] = []
    for line in [*lines, ""]:
        if _ROW.match(line):
            rows.append([part.strip() for part in line.strip().strip("|").split("|")])
            continue
        if rows:
            yield _table(rows)
            rows = []
        if line.strip():
            yield Draft(text=line)


def _table(rows: list[list[str]]) -> Draft:
    """Return rows of texts as a table, or as columns where it holds no more than two and a letterhead or a close."""
    width = max(map(len, rows))
    if width == 2:
        columns = tuple(tuple(Line(r[i]) for r in rows if i < len(r) and r[i]) for i in range(width))
        if not any(re.search(r"\d", line.text) for line in columns[1]) or _is_letterhead(columns):
            return Draft(columns=tuple(c for c in columns if c))
    cells = tuple(Cell(i, j, text) for i, row in enumerate(_merged(rows)) for j, text in enumerate(row))
    return Draft(cells=with_headers(cells), ruled=True)


def _is_letterhead(columns: tuple[tuple[Line, ...], ...]) -> bool:
    """Return whether two columns are those of the letterhead: a number on the left, a date on the right."""
    return any("/" in line.text and ":" in line.text for line in columns[0]) and any(
        re.search(r"\d{4}\s*$", line.text) for line in columns[1]
    )


def _merged(rows: list[list[str]]) -> list[list[str]]:
    """Return rows with the further lines of a broken cell joined: such a line leaves the first column empty."""
    merged: list[list[str]] = []
    for row in rows:
        if merged and not row[0] and len(row) == len(merged[-1]) and any(not t for t in row[1:]):
            merged[-1] = [f"{above} {below}".strip() for above, below in zip(merged[-1], row, strict=True)]
        else:
            merged.append(row)
    return merged


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
