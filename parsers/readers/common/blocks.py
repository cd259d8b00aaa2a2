"""From drafts to blocks: letterhead, title, headings, items, signature, appendix.

Belongs here: naming what each draft is, by the form of Decree 30/2020/NĐ-CP, for every format alike.
Stays out: reading formats, and what the text says (`parsers.identity`, `parsers.figures`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from catalogue.wordlists import either
from cchc.text import fold, squeeze
from parsers.document import Block, BlockKind, Cell
from parsers.readers.common.draft import Draft, Line, joined
from parsers.readers.common.labels import Depths, label_of
from parsers.readers.common.letterhead import (
    LONGEST_HEAD_LINE,
    above,
    below,
    columns_of,
    head_length,
    title_goes_on,
    title_place,
)

# Chosen by hand; what they do is held by tests/readers. Lengths in characters.
_LONGEST_HEADING = 220  # with a label such as "1.2."
_LONGEST_PLAIN_HEADING = 130  # without one
_LONGEST_SIGNATURE = 160  # a line of those who get the report
_LONGEST_CLOSE = 80  # "TM. ỦY BAN NHÂN DÂN", "Nơi nhận:"
_OPENING = 40  # in which "Phụ lục" stands

_SIGNATURE = re.compile(
    r"^noi nhan\s*:?\s*(?:$|[-–])|(?:tm|t/m|kt|tl|tuq)\s?\.\s?(?:uy ban|ubnd|chu tich)"
    r"|^(?:q\. ?)?(?:pho )?chu tich$|^nguoi lap bieu|^thu truong don vi"
)
_APPENDIX = re.compile(r"(?:phu luc|phu bieu|bieu so lieu|bang tong hop|bieu tong hop|bieu mau)\b")
_TERMINAL = re.compile(r"[.;!?,]\s*$|\./\.?\s*$")
_NAMED_PERIOD = re.compile(
    rf"(?:{either('quarter')})\s*(?:[IV]+|\d)|{either('year')}\s*\d{{4}}|/\d{{4}}|\d+\s*{either('month')}|\d{{4}}\s*[-–]\s*\d{{4}}",
    re.IGNORECASE,
)


def outline(drafts: Sequence[Draft]) -> tuple[Block, ...]:
    """Return the blocks of a document, numbered in reading order; footnotes stand last."""
    body = [d for d in drafts if not d.footnote]
    top = title_place(body)
    writer = _Writer()
    writer.letterhead(body[: top if top is not None else head_length(body)])
    rest = body[top:] if top is not None else body[head_length(body) :]
    if top is not None:
        rest = rest[writer.title(rest) :]
    writer.body(rest)
    for note in (d for d in drafts if d.footnote):
        writer.add("footnote", note)
    return tuple(writer.blocks)


@dataclass
class _Writer:
    """Blocks written so far, and what the walk down the report knows."""

    blocks: list[Block] = field(default_factory=list)
    depths: Depths = field(default_factory=Depths)
    in_appendix: bool = False
    signed: bool = False

    def add(self, kind: BlockKind, draft: Draft, *, line: Line | None = None, label: str = "", level: int = 0) -> None:
        """Write one block; text without words has its white space squeezed."""
        text, words = (draft.text, draft.words) if line is None else line
        self.blocks.append(
            Block(
                index=len(self.blocks),
                kind=kind,
                text=text if words else _tidy(text, keep_lines=line is not None),
                label=label,
                level=level,
                page=words[0].page if words else draft.page,
                words=words,
                cells=tuple(_tidy_cell(c) for c in draft.cells) if kind == "table" else (),
                printed=draft.printed if line is None else None,
                in_appendix=self.in_appendix,
                confidence=draft.confidence,
            )
        )

    def letterhead(self, drafts: Sequence[Draft]) -> None:
        """Write the letterhead: agency, national title, number, place and date, each its own block."""
        waiting: list[tuple[Draft, list[list[Line]]]] = []
        for draft in drafts:
            waiting.append((draft, [list(column) for column in columns_of(draft)]))
        for part in (above, below):
            for draft, columns in waiting:
                for column in columns:
                    lines = part(column)
                    if lines:
                        self.add("letterhead", draft, line=joined(lines, "\n"))

    def title(self, drafts: Sequence[Draft]) -> int:
        """Write the title and its abstract; return how many drafts they take."""
        apart = any(d.set_apart or d.centred for d in drafts[1:3])
        taken = 0
        for draft in drafts:
            if taken and not title_goes_on(draft, apart=apart, first=taken == 1):
                break
            self.add("title", draft)
            taken += 1
        return taken

    def body(self, drafts: Sequence[Draft]) -> None:
        """Write everything below the title."""
        place = 0
        while place < len(drafts):
            draft = drafts[place]
            if draft.is_table or draft.columns:
                self._wide(draft)
            elif _is_signature_line(draft) or self._is_receiver(draft):
                place += self._signature_lines(drafts[place:])
                continue
            else:
                self._paragraph(draft)
            place += 1

    def _is_receiver(self, draft: Draft) -> bool:
        """Return whether a short item goes on with the list of receivers, parted from it by a page break."""
        label = label_of(draft.text)
        below = bool(self.blocks) and self.blocks[-1].kind == "signature"
        return below and label is not None and label.is_item and len(draft.text) <= _LONGEST_SIGNATURE

    def _wide(self, draft: Draft) -> None:
        """Write a table, or a stretch of columns: a signature, or text that only stands side by side."""
        columns = columns_of(draft)
        is_signature = any(_SIGNATURE.search(fold(line.text)) for column in columns for line in column)
        small = all(len(line.text) <= _LONGEST_SIGNATURE for column in columns for line in column)
        if is_signature and small and not (draft.ruled and len(draft.cells) > 4):
            for column in columns:
                self.add("signature", draft, line=joined(column, "\n"))
            self.signed = True
        elif draft.is_table:
            self.add("table", draft)
        else:
            for column in columns:
                for line in column:
                    self._paragraph(replace(draft, columns=(), text=line.text, words=line.words))

    def _signature_lines(self, drafts: Sequence[Draft]) -> int:
        """Write a signature that stands in plain paragraphs; return how many it takes."""
        taken = 0
        for draft in drafts:
            if not draft.is_paragraph or len(draft.text) > _LONGEST_SIGNATURE or _is_appendix(draft):
                break
            for column in columns_of(draft):
                self.add("signature", draft, line=joined(column, "\n"))
            taken += 1
        self.signed = True
        return taken

    def _paragraph(self, draft: Draft) -> None:
        """Write a heading, an item or a paragraph."""
        if _is_appendix(draft) or (self.signed and draft.centred and draft.set_apart):
            self.in_appendix = True
            self.add("title", draft)
            return
        self.in_appendix = self.in_appendix or self.signed
        shown = f"{draft.label} {draft.text}" if draft.label else draft.text
        label = label_of(shown)
        if label is not None and label.is_item:
            self.add("item", draft, label=label.text)
        elif _is_heading(draft, label.length if label else None):
            level = draft.level or (self.depths.enter(label.style) if label else self.depths.below)
            self.add("heading", draft, label=label.text if label else draft.label, level=level)
        elif label is not None:
            self.depths.enter(label.style)
            self.add("paragraph", draft, label=label.text)
        else:
            self.add("paragraph", draft, label=draft.label)


def _is_signature_line(draft: Draft) -> bool:
    """Return whether a paragraph opens the close of the report."""
    return len(draft.text) <= _LONGEST_CLOSE and _SIGNATURE.match(fold(draft.text)) is not None


def _is_appendix(draft: Draft) -> bool:
    """Return whether a paragraph is the title of an appendix."""
    return draft.is_paragraph and opens_appendix(draft.text, apart=draft.centred and draft.set_apart)


def opens_appendix(line: str, *, apart: bool = False) -> bool:
    """Return whether a line is the title of an appendix: it is `apart` by its look, or begins in capitals."""
    text = line.strip()
    found = len(text) <= LONGEST_HEAD_LINE and _APPENDIX.match(fold(text[:_OPENING])) is not None
    return found and (text[:7].isupper() or apart)


def _is_heading(draft: Draft, label: int | None) -> bool:
    """Return whether a paragraph is a heading; `label` is the length of its label, None without one.

    A heading told by the file's styles or its look may hold anything short. Without a look, a labelled line is one if
    it is short, ends without a full stop and prints no number but that of a period.
    """
    text = draft.text.strip()
    if len(text) > _LONGEST_HEADING:
        return False
    if draft.level or (draft.set_apart and (label is not None or not _TERMINAL.search(text))):
        return not draft.centred or label is not None or text.isupper()
    bare = text[0 if draft.label else (label or 0) :].strip()
    if label is None or len(text) > _LONGEST_PLAIN_HEADING or _TERMINAL.search(text):
        return label is not None and bare.isupper()
    return bare.isupper() or not re.search(r"\d", _NAMED_PERIOD.sub("", bare))


def _tidy(text: str, *, keep_lines: bool) -> str:
    """Return text with its white space squeezed, line by line where lines mean something."""
    return "\n".join(filter(None, map(squeeze, text.split("\n")))) if keep_lines else squeeze(text)


def _tidy_cell(cell: Cell) -> Cell:
    """Return a cell as the document keeps it."""
    return cell if cell.words else replace(cell, text=squeeze(cell.text))
