"""The marked texts of the corpus as Documents, with the place of every figure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from parsers.document import Block, Cell, Document, Place
from parsers.reading import Printing

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
_MARK = re.compile(r"\[\[([a-z_]+)(\+)?(?:=([0-9.]+))?\|(.*?)\]\]")


@dataclass(frozen=True)
class Marked:
    """A report: its text as blocks, and its figures as printings."""

    name: str
    document: Document
    printings: tuple[Printing, ...]
    round: str


def marked_reports() -> list[Marked]:
    """Return the marked reports of the corpus, none where it is absent."""
    return [_report(path) for path in sorted((CORPUS / "marked").glob("*.txt"))]


def _report(path: Path) -> Marked:
    head, _, body = path.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
    found = re.search(r"^quarter: (\S+)", head, re.MULTILINE)
    assert found is not None
    blocks: list[Block] = []
    printings: list[Printing] = []
    for chunk in re.split(r"\n", body):
        if not chunk.strip():
            continue
        if chunk.startswith("|"):
            _row(chunk, blocks, printings)
        else:
            _line(chunk, blocks, printings)
    return Marked(path.stem, Document(path.stem, "docx", tuple(blocks)), tuple(printings), found[1])


def _line(chunk: str, blocks: list[Block], printings: list[Printing]) -> None:
    kind, level, text = "paragraph", 0, chunk
    if chunk.startswith("::"):
        word, _, text = chunk[2:].partition(" ")
        kind = {"head": "letterhead", "title": "title", "sign": "signature"}.get(word, "paragraph")
    elif chunk.startswith("#"):
        kind, level = "heading", len(chunk) - len(chunk.lstrip("#"))
        text = chunk.lstrip("# ")
    elif re.match(r"[-+] ", chunk):
        kind = "item"
    clean, marks = _unmark(text)
    place = len(blocks)
    blocks.append(Block(place, kind, clean, level=level))  # type: ignore[arg-type]
    printings += [_printing(Place(place, a, b), code, clean[a:b]) for a, b, code in marks]


def _row(chunk: str, blocks: list[Block], printings: list[Printing]) -> None:
    """Add a row to the table at the end of `blocks`, or begin one."""
    if not blocks or blocks[-1].kind != "table":
        blocks.append(Block(len(blocks), "table"))
    table = blocks[-1]
    row = max((c.row for c in table.cells), default=-1) + 1
    cells = []
    for column, raw in enumerate(chunk.strip().strip("|").split("|") if "[[" not in chunk else _cells(chunk)):
        clean, marks = _unmark(raw.strip())
        cells.append(Cell(row, column, clean, header=row == 0))
        printings += [_printing(Place(table.index, a, b, row, column), code, clean[a:b]) for a, b, code in marks]
    blocks[-1] = Block(table.index, "table", cells=(*table.cells, *cells))


def _cells(chunk: str) -> list[str]:
    """Return the cells of a row in which marks hold bars of their own."""
    guarded = _MARK.sub(lambda m: m[0].replace("|", "\0"), chunk)
    return [cell.replace("\0", "|") for cell in guarded.strip().strip("|").split("|")]


def _unmark(text: str) -> tuple[str, list[tuple[int, int, str]]]:
    clean, marks, done = "", [], 0
    for match in _MARK.finditer(text):
        clean += text[done : match.start()]
        marks.append((len(clean), len(clean) + len(match[4]), match[1]))
        clean += match[4]
        done = match.end()
    return clean + text[done:], marks


def _printing(place: Place, code: str, raw: str) -> Printing:
    return Printing(
        figure=code,
        value=Decimal(0),
        raw=raw,
        place=place,
        page=None,
        box=None,
        sentence="",
        sentence_place=place,
        label="",
        rule="gold",
        text_confidence=1.0,
        reading_confidence=1.0,
        primary=True,
    )
