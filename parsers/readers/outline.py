"""From drafts to blocks: letterhead, title, headings, items, signature, appendix.

Belongs here: naming what each draft is, by the form of Decree 30/2020/NĐ-CP, for every format alike.
Stays out: reading formats, and what the text says (`parsers.identity`, `parsers.figures`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from cchc.text import fold, squeeze
from parsers.document import Block, BlockKind, Cell
from parsers.readers.draft import Draft, Line, joined
from parsers.readers.labels import Depths, label_of

_HEAD_REACH = 30
_LONGEST_HEAD_LINE = 140
_LONGEST_TITLE = 320
_LONGEST_HEADING = 220
_LONGEST_PLAIN_HEADING = 130
_LONGEST_SIGNATURE = 160

_TITLE = re.compile(r"(?:du thao )?bao\s?cao\b(?!.*\bso\b)")
_HEAD_WORDS = re.compile(
    r"cong hoa xa hoi|doc lap\s*[-–—]\s*tu do|^uy ban|^ubnd|^hdnd|^hoi dong nhan dan"
    r"|^so\s*[:.]|ngay .{0,4}thang .{0,4}nam"
)
_NUMBER_LINE = re.compile(r"^\s*S[ốôoỐÔO]\s*[:.]", re.IGNORECASE)
_DATE_LINE = re.compile(r"ng[àaạ]y\b.{0,12}th[áa]ng\b", re.IGNORECASE)
_SIGNATURE = re.compile(
    r"noi nhan|(?:tm|t/m|kt|tl|tuq)\s?\.\s?(?:uy ban|ubnd|chu tich)|(?:pho )?chu tich$|nguoi lap bieu|thu truong don vi"
)
_AFTER_TITLE = re.compile(r"kinh gui|can cu |thuc hien (?:cong van|ke hoach|quyet dinh|su chi dao|chi dao)|theo ")
_APPENDIX = re.compile(r"(?:phu luc|phu bieu|bieu so lieu|bang tong hop|bieu tong hop|bieu mau)\b")
_TERMINAL = re.compile(r"[.;!?,]\s*$|\./\.?\s*$")
_NAMED_PERIOD = re.compile(
    r"(?:quý|quí)\s*(?:[IV]+|\d)|năm\s*\d{4}|/\d{4}|\d+\s*tháng|\d{4}\s*[-–]\s*\d{4}", re.IGNORECASE
)


def outline(drafts: Sequence[Draft]) -> tuple[Block, ...]:
    """Return the blocks of a document, numbered in reading order; footnotes stand last."""
    body = [d for d in drafts if not d.footnote]
    top = _title_place(body)
    writer = _Writer()
    writer.letterhead(body[: top if top is not None else _head_length(body)])
    rest = body[top:] if top is not None else body[_head_length(body) :]
    if top is not None:
        rest = rest[writer.title(rest) :]
    writer.body(rest)
    for note in (d for d in drafts if d.footnote):
        writer.add("footnote", note)
    return tuple(writer.blocks)


def _title_place(drafts: Sequence[Draft]) -> int | None:
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


def _head_length(drafts: Sequence[Draft]) -> int:
    """Return how many drafts at the top are letterhead where no title was found."""
    length = 0
    for place, draft in enumerate(drafts[:_HEAD_REACH]):
        if draft.is_table or draft.columns:
            texts = [line.text for column in _columns(draft) for line in column]
        else:
            texts = [draft.text]
        if any(_HEAD_WORDS.search(fold(t)) for t in texts if len(t) <= _LONGEST_HEAD_LINE):
            length = place + 1
        elif length and place > length + 1:
            break
    return length


def _columns(draft: Draft) -> tuple[tuple[Line, ...], ...]:
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
            )
        )

    def letterhead(self, drafts: Sequence[Draft]) -> None:
        """Write the letterhead: agency, national title, number, place and date, each its own block."""
        waiting: list[tuple[Draft, list[list[Line]]]] = []
        for draft in drafts:
            waiting.append((draft, [list(column) for column in _columns(draft)]))
        for part in (_above, _below):
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
            if taken and not _goes_on(draft, apart=apart, first=taken == 1):
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
        columns = _columns(draft)
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
            for column in _columns(draft):
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


def _above(column: Sequence[Line]) -> list[Line]:
    """Return the lines of a letterhead column above its number or date."""
    return list(column[: _cut(column)])


def _below(column: Sequence[Line]) -> list[Line]:
    """Return the line of the number or of the place and date, joined where it was broken."""
    rest = list(column[_cut(column) :])
    return [joined(rest)] if rest else []


def _cut(column: Sequence[Line]) -> int:
    """Return where the number, or the place and date, begins in a letterhead column."""
    for place, line in enumerate(column):
        if _NUMBER_LINE.search(line.text) or _DATE_LINE.search(line.text):
            return place
    return len(column)


def _goes_on(draft: Draft, *, apart: bool, first: bool) -> bool:
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
        return not (ended and len(text) > _LONGEST_HEAD_LINE)
    return len(text) < _LONGEST_HEAD_LINE and not ended and text[0].islower()


def _is_signature_line(draft: Draft) -> bool:
    """Return whether a paragraph opens the close of the report."""
    return len(draft.text) <= _LONGEST_HEAD_LINE and _SIGNATURE.match(fold(draft.text)) is not None


def _is_appendix(draft: Draft) -> bool:
    """Return whether a paragraph is the title of an appendix."""
    text = draft.text.strip()
    found = draft.is_paragraph and len(text) <= _LONGEST_HEAD_LINE and _APPENDIX.match(fold(text)) is not None
    return found and (text[:7].isupper() or (draft.centred and draft.set_apart))


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


def lines_of(text: str) -> Iterator[Line]:
    """Yield the non-empty lines of a text without geometry."""
    return (Line(t) for t in text.split("\n") if t.strip())
