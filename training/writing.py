"""Passages written in the form of `training/passages`: what `training.marked` reads.

Belongs here: from a Document and its marked and open numbers to passages: headings, paragraphs, tables, marks.
Stays out: which numbers are marked (`training.decided`), files.

A passage holds what was decided under one heading: the paragraphs and tables with a decided number, and the line that
leads their list or stands over their table. An unmarked number of a passage teaches that it is no figure; so sentences
and rows with an open number are left out, and a paragraph of which nothing decided is left then.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from catalogue.figures import figure_definitions
from parsers.document import Block, Cell, Document, Place
from parsers.numbers import find_numbers
from parsers.sentences import sentence_spans
from training.decided import Numbers
from training.marked import Mark

_PLAIN = re.compile(r"\d[\d.,]*")
_TEXTUAL = frozenset({"paragraph", "item", "table"})
_MOST_PERCENT = 1000
_KINDS = {"xã": "xa", "phường": "phuong", "đặc khu": "dac_khu", "thị trấn": "phuong"}


@dataclass(frozen=True)
class Written:
    """The passages of a report, and the decided figures they carry."""

    passages: tuple[str, ...]
    carried: frozenset[str]


def written(document: Document, numbers: Numbers, unit_kind: str, round_label: str) -> Written:
    """Return the passages of a report in reading order; `unit_kind` is "xã", "phường", "đặc khu" or "thị trấn"."""
    numbers = _sound(numbers)
    head = f"@ kind={_KINDS[unit_kind]} round={round_label}"
    passages: list[str] = []
    carried: set[str] = set()
    for headings, blocks in _sections(document):
        chosen = _chosen(blocks, numbers)
        bodies = {b.index: _body(b, numbers) for b in blocks if b.index in chosen}
        lines = [line for body in bodies.values() for line in body]
        if lines:
            passages.append("\n".join((head, "# " + " > ".join(headings), *lines)))
            carried |= {f for b in blocks if b.index in chosen for f in _carried(b, numbers)}
    return Written(tuple(passages), frozenset(carried))


def _sound(numbers: Numbers) -> Numbers:
    """Return the numbers with those open that no passage may mark: shares over 1,000 %, counts with decimals."""
    good = [m for m in numbers.marks if _can_be(m)]
    bad = [m.place for m in numbers.marks if not _can_be(m)]
    decided = [(figure, place) for figure, place in numbers.decided if place not in bad]
    return Numbers(good, [*numbers.open, *bad], decided)


def _can_be(mark: Mark) -> bool:
    value, unit = Decimal(mark.value or "0"), figure_definitions()[mark.figure].unit
    if "]]" in mark.raw or "[[" in mark.raw or "\n" in mark.raw:
        return False
    return unit == "vnd" or (0 <= value <= _MOST_PERCENT if unit == "percent" else value == value.to_integral_value())


def _sections(document: Document) -> Iterator[tuple[tuple[str, ...], list[Block]]]:
    """Yield runs of paragraphs, items and tables with the headings over them, outermost first."""
    stack: list[tuple[int, str]] = []
    run: list[Block] = []
    for block in document.blocks:
        if block.kind in _TEXTUAL:
            run.append(block)
            continue
        yield tuple(text for _, text in stack), run
        run = []
        if block.kind == "title":
            stack = []
        elif block.kind == "heading":
            depth = block.level or 9
            stack = [*(entry for entry in stack if entry[0] < depth), (depth, _heading(block))]
    yield tuple(text for _, text in stack), run


def _heading(block: Block) -> str:
    text = _line(block.text).replace(" > ", " – ").lstrip("# ")
    return text if not block.label or text.startswith(block.label) else f"{block.label} {text}"


def _chosen(blocks: Sequence[Block], numbers: Numbers) -> set[int]:
    """Return which blocks of a section belong into its passage: those with decided numbers, and what leads them."""
    chosen: set[int] = set()
    for at, block in enumerate(blocks):
        if _carried(block, numbers):
            chosen.add(block.index)
            lead = _lead(blocks[:at], block)
            if lead is not None and not any(p.block == lead.index for p in numbers.open):
                chosen.add(lead.index)
    return chosen


def _carried(block: Block, numbers: Numbers) -> set[str]:
    """Return the decided figures that stand in the sentences or rows of a block that come into its passage."""
    return {f for f, p in numbers.decided if p.block == block.index and _is_kept(block, p, numbers)}


def _lead(before: Sequence[Block], block: Block) -> Block | None:
    """Return the line that opens the list of an item, or that stands over a table."""
    if block.kind == "table":
        return before[-1] if before and before[-1].kind != "table" else None
    if block.kind != "item":
        return None
    return next((b for b in reversed(before) if b.text.rstrip().endswith(":")), None)


def _is_kept(block: Block, place: Place, numbers: Numbers) -> bool:
    """Return whether a number of a block comes into its passage: its sentence or row has no open number."""
    opened = [p for p in numbers.open if p.block == place.block]
    if place.row is not None:
        return all(p.row != place.row for p in opened)
    return any(start <= place.start < end for start, end in _known_spans(block.text, opened))


def _known_spans(text: str, opened: Sequence[Place]) -> list[tuple[int, int]]:
    """Return the sentences without an open number; the whole text where there is none."""
    if not opened:
        return [(0, len(text))]
    return [(s, e) for s, e in sentence_spans(text) if not any(s < p.end and p.start < e for p in opened)]


def _body(block: Block, numbers: Numbers) -> list[str]:
    """Return the lines of a paragraph or table, marks written in."""
    marks = [m for m in numbers.marks if m.place.block == block.index]
    opened = [p for p in numbers.open if p.block == block.index]
    if block.kind == "table":
        return _rows(block, marks, {p.row for p in opened})
    pieces = [_marked(block.text, span, marks) for span in _known_spans(block.text, opened)]
    text = " ".join(pieces).lstrip("|@= ")
    labelled = block.kind == "item" and block.label and not block.text.startswith(block.label)
    return [f"{block.label} {text}" if labelled else text] if text else []


def _rows(block: Block, marks: Sequence[Mark], left_out: set[int | None]) -> list[str]:
    """Return the rows of a table without open numbers; a second line of heads begins with "|^"."""
    width = 1 + max((c.column for c in block.cells), default=-1)
    by_cell: dict[tuple[int | None, int | None], list[Mark]] = defaultdict(list)
    for mark in marks:
        by_cell[mark.place.row, mark.place.column].append(mark)
    lines = []
    for row, cells in groupby(sorted(block.cells, key=lambda c: (c.row, c.column)), key=lambda c: c.row):
        if row not in left_out:
            held = list(cells)
            heads = row > 0 and all(c.header for c in held)
            lines.append(("|^ " if heads else "| ") + " | ".join(_texts(held, width, by_cell)) + " |")
    return lines


def _texts(cells: Sequence[Cell], width: int, marks: dict[tuple[int | None, int | None], list[Mark]]) -> list[str]:
    texts = [""] * width
    for cell in cells:
        texts[cell.column] = _marked(cell.text, (0, len(cell.text)), marks[cell.row, cell.column], bar="/")
    return texts


def _marked(text: str, span: tuple[int, int], marks: Sequence[Mark], bar: str = "|") -> str:
    """Return a stretch of a text with its marks; `bar` is what a bar of the text itself becomes."""
    out, last = [], span[0]
    for mark in sorted(marks, key=lambda m: m.place.start):
        if span[0] <= mark.place.start and mark.place.end <= span[1]:
            out += [_line(text[last : mark.place.start]).replace("|", bar), _mark(mark)]
            last = mark.place.end
    return "".join([*out, _line(text[last : span[1]]).replace("|", bar)])


def _mark(mark: Mark) -> str:
    """Return a mark; the value is written where the print alone does not say it."""
    numbers = find_numbers(mark.raw)
    said = _PLAIN.fullmatch(mark.raw) and len(numbers) == 1 and numbers[0].value == Decimal(mark.value or "0")
    return f"[[{mark.figure}{'+' * mark.part}{'' if said else f'={mark.value}'}|{mark.raw}]]"


def _line(text: str) -> str:
    """Return a text on one line, without what would be taken for a mark."""
    return re.sub(r"\s", " ", text).replace("[[", "[ ").replace("]]", " ]")
