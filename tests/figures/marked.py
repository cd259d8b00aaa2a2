"""Reports from marked text: `[[code|printed]]` is taken out and becomes a Document and the places of its figures.

The form is that of the corpus (`::` letterhead, titles, signature; `#` headings; `|` table rows); the tests' own cases
are written in it as well.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from parsers.document import Block, Cell, Document, Place

_MARK = re.compile(r"\[\[([a-z_]+)(\+?)(?:=([\d.]+))?\|(.*?)\]\]")
_LABEL = re.compile(r"^([-–+•*]|\(?\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ][.)]|[IVX]+\.)\s+")


@dataclass(frozen=True)
class Marked:
    """One marked figure: its code, the place of its print, whether it is one part of a sum."""

    figure: str
    place: Place
    raw: str
    part: bool
    value: str | None = None


def strip_marks(text: str) -> tuple[str, list[tuple[str, int, int, bool, str | None]]]:
    """Return the text without marks and, for each, (code, start, end, part, value)."""
    out, marks, last = [], [], 0
    length = 0
    for match in _MARK.finditer(text):
        before = text[last : match.start()]
        out.append(before)
        length += len(before)
        marks.append((match[1], length, length + len(match[4]), bool(match[2]), match[3]))
        out.append(match[4])
        length += len(match[4])
        last = match.end()
    out.append(text[last:])
    return "".join(out), marks


def build(source: str, sha256: str | None = None) -> tuple[Document, list[Marked]]:
    """Return the Document of a marked text and its figures in reading order."""
    blocks: list[Block] = []
    marked: list[Marked] = []
    rows: list[list[str]] = []

    def close_table() -> None:
        if rows:
            _table(rows, blocks, marked)
            rows.clear()

    for line in _body(source):
        if line.startswith("|"):
            rows.append([cell.strip() for cell in _cells(line)])
            continue
        close_table()
        if line.strip():
            _paragraph(line, blocks, marked)
    close_table()
    digest = sha256 or hashlib.sha256(source.encode()).hexdigest()
    return Document(sha256=digest, format="docx", blocks=tuple(blocks)), marked


def _body(source: str) -> list[str]:
    lines = source.splitlines()
    if lines and lines[0] == "---":
        lines = lines[lines.index("---", 1) + 1 :]
    return lines


def _cells(line: str) -> list[str]:
    """Return the cells of a row; a bar inside a mark is part of the mark."""
    held = _MARK.sub(lambda m: m[0].replace("|", "\x00"), line)
    return [cell.replace("\x00", "|") for cell in held.strip().strip("|").split("|")]


def _paragraph(line: str, blocks: list[Block], marked: list[Marked]) -> None:
    kind, level, text = "paragraph", 0, line.strip()
    if text.startswith("::"):
        word, _, text = text[2:].partition(" ")
        kind = {"head": "letterhead", "title": "title", "sign": "signature"}.get(word, "paragraph")
        text = text.replace("//", "\n")
    elif text.startswith("#"):
        level = len(text) - len(text.lstrip("#"))
        kind, text = "heading", text.lstrip("# ")
    plain, marks = strip_marks(text)
    if not plain:
        return
    label = _LABEL.match(plain)
    if label and kind == "paragraph":
        kind = "item"
    index = len(blocks)
    blocks.append(Block(index, kind, plain, label=label[1] if label else "", level=level))
    for code, start, end, part, value in marks:
        marked.append(Marked(code, Place(index, start, end), plain[start:end], part, value))


def _table(rows: list[list[str]], blocks: list[Block], marked: list[Marked]) -> None:
    index, cells = len(blocks), []
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            plain, marks = strip_marks(text)
            cells.append(Cell(row, column, plain, header=row == 0))
            for code, start, end, part, value in marks:
                marked.append(Marked(code, Place(index, start, end, row, column), plain[start:end], part, value))
    blocks.append(Block(index, "table", cells=tuple(cells)))


def corpus() -> Path:
    """Return the folder of the reports with answer keys."""
    return Path(__file__).resolve().parents[3] / "shared" / "corpus"
