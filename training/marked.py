"""Marked text: `[[code|printed]]` taken out of a text, as a Document and the places of its figures.

Belongs here: the forms of whole reports (`::` letterhead, titles, signature; `#` headings; `|` table rows) and of
passages (`@ kind=… round=…`, `# headings > outermost first`), turned into Documents as the product's readers make them.
Stays out: which files there are and whose (`training.material`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from parsers.document import Block, BlockKind, Cell, Document, Place
from parsers.other_units import without_other_units
from parsers.readers.common.blocks import opens_appendix

_MARK = re.compile(r"\[\[([a-z_0-9]+)(\+?)(?:=(-?[\d.]+))?\|(.+?)\]\]", re.DOTALL)
_LABEL = re.compile(r"^([-–+•*]|\(?\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ][.)]|[IVX]+\.)\s+")
_KINDS: dict[str, BlockKind] = {"head": "letterhead", "title": "title", "sign": "signature"}
_TITLE = {"1": "quý I năm {y}", "2": "6 tháng đầu năm {y}", "3": "quý III năm {y}", "4": "năm {y}"}
_UNIT = {"xa": "XÃ", "phuong": "PHƯỜNG", "dac_khu": "ĐẶC KHU"}


@dataclass(frozen=True)
class Mark:
    """One marked figure: its code, the place of its print, the value where it is not simply the printed number.

    `part` marks one of several printed parts whose sum is the figure.
    """

    figure: str
    place: Place
    raw: str
    part: bool = False
    value: str | None = None


@dataclass(frozen=True)
class MarkedText:
    """A Document without marks, its figures in reading order, and the round of its report ("2023-Q3")."""

    document: Document
    marks: tuple[Mark, ...]
    round: str


@dataclass
class _Builder:
    """Blocks and marks written so far."""

    blocks: list[Block] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    in_appendix: bool = False
    rows: list[list[str]] = field(default_factory=list)

    def add(self, kind: BlockKind, text: str, level: int = 0) -> None:
        """Write one block of running text; a list label makes an item of a paragraph."""
        self.close_table()
        plain, marks = _stripped(text.strip())
        if not plain:
            return
        label = _LABEL.match(plain)
        kind = "item" if label and kind == "paragraph" else kind
        index = len(self.blocks)
        self.blocks.append(
            Block(index, kind, plain, label=label[1] if label else "", level=level, in_appendix=self.in_appendix)
        )
        self._mark(plain, marks, index)
        self.in_appendix = self.in_appendix or kind == "signature"

    def appendix(self, title: str) -> None:
        """Write the title of an appendix: what stood over the body stands over it no more."""
        self.in_appendix = True
        self.add("title", title)

    def row(self, line: str) -> None:
        """Take a line "| a | b |", or "|^ a | b |" of a second head, as a row of a table."""
        self.rows.append([cell.strip() for cell in _cells(line.strip().replace("|^", "|", 1))])

    def close_table(self) -> None:
        """Write the rows taken since the last block as one table."""
        if not self.rows:
            return
        index, cells = len(self.blocks), []
        for row, texts in enumerate(self.rows):
            for column, text in enumerate(texts):
                plain, marks = _stripped(text)
                cells.append(Cell(row, column, plain))
                self._mark(plain, marks, index, row, column)
        self.blocks.append(Block(index, "table", cells=tuple(cells), in_appendix=self.in_appendix))
        self.rows = []

    def _mark(
        self, plain: str, marks: list[_Span], index: int, row: int | None = None, column: int | None = None
    ) -> None:
        for code, start, end, part, value in marks:
            self.marks.append(Mark(code, Place(index, start, end, row, column), plain[start:end], part, value))

    def built(self, source: str, round_label: str) -> MarkedText:
        """Return what was written; `source` gives the document its hash."""
        self.close_table()
        digest = hashlib.sha256(source.encode()).hexdigest()
        document = Document(sha256=digest, format="docx", blocks=tuple(self.blocks))
        return MarkedText(document, tuple(self.marks), round_label)


_Span = tuple[str, int, int, bool, str | None]


def report(source: str) -> MarkedText:
    """Return a whole marked report, with or without front matter."""
    builder = _Builder()
    front, lines = _front(source)
    for line in lines:
        if line.startswith("|"):
            builder.row(line)
        elif line.startswith("::"):
            word, _, text = line[2:].partition(" ")
            if word != "break":
                builder.add(_KINDS.get(word, "paragraph"), text.replace("//", "\n"))
        elif opens_appendix(line.lstrip("# ")):
            builder.appendix(line.lstrip("# "))
        elif line.startswith("#"):
            builder.add("heading", line.lstrip("# "), level=len(line) - len(line.lstrip("#")))
        elif line.strip():
            builder.add("paragraph", _without_emphasis(line))
        else:
            builder.close_table()
    whole = builder.built(source, front.get("quarter", ""))
    return replace(whole, document=without_other_units(whole.document))


def passages(source: str) -> Iterator[MarkedText]:
    """Yield the passages of a file, each under the letterhead and title that its round and kind of unit give it."""
    for part in re.split(r"^===\s*$", source, flags=re.MULTILINE):
        if part.strip():
            yield _passage(part.strip("\n"))


def _passage(part: str) -> MarkedText:
    first, headings, *body = part.split("\n")
    facts = dict(fact.split("=") for fact in first.removeprefix("@ ").split())
    builder = _Builder()
    year, quarter = facts["round"].split("-Q")
    builder.add("letterhead", f"ỦY BAN NHÂN DÂN\n{_UNIT[facts['kind']]} TÂN HÒA")
    builder.add("title", "BÁO CÁO")
    builder.add("title", "Kết quả thực hiện công tác cải cách hành chính " + _TITLE[quarter].format(y=year))
    for level, text in enumerate(filter(None, map(str.strip, headings.lstrip("# ").split(" > "))), 1):
        builder.add("heading", text, level=level)
    for line in body:
        if line.lstrip().startswith("|"):
            builder.row(line)
        else:
            builder.add("paragraph", line)
    return builder.built(part, facts["round"])


def _front(source: str) -> tuple[dict[str, str], list[str]]:
    """Return the front matter of a report and the lines of its body."""
    lines = source.splitlines()
    if not lines or lines[0] != "---":
        return {}, lines
    end = lines.index("---", 1)
    facts = dict(line.split(": ", 1) for line in lines[1:end] if ": " in line and not line.startswith(" "))
    return facts, lines[end + 1 :]


def _without_emphasis(line: str) -> str:
    return re.sub(r"\*\*|__", "", line)


def _cells(line: str) -> list[str]:
    """Return the cells of a row; a bar inside a mark is part of the mark."""
    held = _MARK.sub(lambda m: m[0].replace("|", "\x00"), line)
    return [cell.replace("\x00", "|") for cell in held.strip().strip("|").split("|")]


def _stripped(text: str) -> tuple[str, list[_Span]]:
    """Return a text without marks and, for each, (code, start, end, part, value)."""
    out, marks, last, length = [], [], 0, 0
    for match in _MARK.finditer(text):
        before = text[last : match.start()]
        out += [before, match[4]]
        length += len(before)
        marks.append((match[1], length, length + len(match[4]), bool(match[2]), match[3]))
        length += len(match[4])
        last = match.end()
    return "".join([*out, text[last:]]), marks
