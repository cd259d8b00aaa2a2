"""The head of a report: letterhead in two columns, BÁO CÁO and its abstract, by the form of Decree 30/2020/NĐ-CP.

Belongs here: where the head ends and how its columns are read.
Stays out: headings, items and the close (`blocks`), what the letterhead says (`parsers.identity`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cchc.text import fold, squeeze
from parsers.readers.common.draft import Draft, Line, joined
from parsers.readers.common.labels import label_of

# Chosen by hand; what they do is held by tests/readers.
LONGEST_HEAD_LINE = 140  # characters
_HEAD_REACH = 30  # drafts in which a letterhead ends
_LONGEST_TITLE = 320  # characters of title and abstract
_TITLE = re.compile(r"(?:du thao )?bao\s?cao\b(?!.*\bso\b)")
_HEAD_WORDS = re.compile(
    r"cong hoa xa hoi|doc lap\s*[-–—]\s*tu do|^uy ban|^ubnd|^hdnd|^hoi dong nhan dan"
    r"|^so\s*[:.]|ngay .{0,4}thang .{0,4}nam"
)
_NUMBER_LINE = re.compile(r"^\s*S[ốôoỐÔO]\s*[:.]", re.IGNORECASE)
_DATE_LINE = re.compile(r"ng[àaạ]y\b.{0,12}th[áa]ng\b", re.IGNORECASE)
_AFTER_TITLE = re.compile(r"kinh gui|can cu |thuc hien (?:cong van|ke hoach|quyet dinh|su chi dao|chi dao)|theo ")


def title_place(drafts: Sequence[Draft]) -> int | None:
    """Return where the line BÁO CÁO stands near the top, None where there is none."""
    for place, draft in enumerate(drafts[:_HEAD_REACH]):
        text = draft.text.strip()
        if draft.is_paragraph and len(text) <= _LONGEST_TITLE and _is_title(text, draft.centred):
            return place
        if draft.is_paragraph and len(text) > _LONGEST_TITLE:
            return None
    return None


def _is_title(text: str, centred: bool) -> bool:
    """Return whether a line is the kind of the document: BÁO CÁO, alone or with its abstract after it."""
    found = _TITLE.match(fold(text).replace("b a o c a o", "bao cao"))
    return found is not None and (text[:8].isupper() or (centred and len(text) < 40))


def head_length(drafts: Sequence[Draft]) -> int:
    """Return how many drafts at the top are letterhead where no title was found."""
    length = 0
    for place, draft in enumerate(drafts[:_HEAD_REACH]):
        if draft.is_table or draft.columns:
            texts = [line.text for column in columns_of(draft) for line in column]
        else:
            texts = [draft.text]
        if any(_HEAD_WORDS.search(fold(t)) for t in texts if len(t) <= LONGEST_HEAD_LINE):
            length = place + 1
        elif length and place > length + 1:
            break
    return length


def columns_of(draft: Draft) -> tuple[tuple[Line, ...], ...]:
    """Return a draft as columns of lines, from left to right: a table by its columns, a paragraph by its tabs."""
    if draft.columns:
        return draft.columns
    if not draft.is_table:
        parts = [squeeze(p) for p in re.split(r"\t+| {4,}", draft.text) if p.strip()]
        return tuple((Line(p),) for p in parts) if len(parts) > 1 else ((Line(draft.text, draft.words),),)
    by_column: dict[int, list[Line]] = {}
    for cell in sorted(draft.cells, key=lambda c: (c.column, c.row)):
        lines = [Line(t) for t in cell.text.split("\n")] if not cell.words else [Line(cell.text, cell.words)]
        by_column.setdefault(cell.column, []).extend(line for line in lines if line.text.strip())
    return tuple(tuple(lines) for _column, lines in sorted(by_column.items()) if lines)


def above(column: Sequence[Line]) -> list[Line]:
    """Return the lines of a letterhead column above its number or date."""
    return list(column[: _cut(column)])


def below(column: Sequence[Line]) -> list[Line]:
    """Return the line of the number or of the place and date, joined where it was broken."""
    rest = list(column[_cut(column) :])
    return [joined(rest)] if rest else []


def _cut(column: Sequence[Line]) -> int:
    """Return where the number, or the place and date, begins in a letterhead column."""
    for place, line in enumerate(column):
        if _NUMBER_LINE.search(line.text) or _DATE_LINE.search(line.text):
            return place
    return len(column)


def title_goes_on(draft: Draft, *, apart: bool, first: bool) -> bool:
    """Return whether a draft still belongs to the title; `apart` says that the title is told by its look."""
    text = draft.text.strip()
    if not draft.is_paragraph or len(text) > _LONGEST_TITLE or draft.label:
        return False
    if _AFTER_TITLE.match(fold(text)) or label_of(text) is not None or re.fullmatch(r"[-–_—*\s]+", text):
        return False
    if apart:
        return draft.centred or (draft.set_apart and not text.endswith(":"))
    ended = re.search(r"[.:]\s*$", text) is not None
    if first:
        return not (ended and len(text) > LONGEST_HEAD_LINE)
    return len(text) < LONGEST_HEAD_LINE and not ended and text[0].islower()
