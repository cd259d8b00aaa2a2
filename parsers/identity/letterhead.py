"""The parts of a report that say what it is: agency, number, place and date, title, opening and closing lines.

Belongs here: finding these parts in a Document whose reader may or may not have told columns apart (Decree
30/2020/NĐ-CP, Appendix I, gives the form).
Stays out: recognising a single line (`headlines`), which ward and round the parts name (`wardnames`, `roundnames`) and
what to believe (`weigh`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from catalogue.wordlists import either
from cchc.text import squeeze
from parsers.document import Block, Document
from parsers.identity.headlines import (
    KIND,
    NUMBER,
    PLACE_DATE,
    SIGNED,
    attached,
    kind_of,
    number_in,
    place_and_day,
    plain,
    without_motto,
)

# Of a report as Decree 30/2020/NĐ-CP lays it out: how much is head, opening and close; lengths in characters.
HEAD_BLOCKS = 30
HEAD_CHARACTERS = 3000
OPENING_PARAGRAPHS = 4
CLOSING_PARAGRAPHS = 2
SHORTEST_PARAGRAPH = 25
LONGEST_HEAD_LINE = 110
SURE_WORD = 0.8


@dataclass(frozen=True)
class Letterhead:
    """What stands at the head and the foot of a report, as printed.

    `agency` is the issuing body with the body above it, one line each; `doc_no` number and symbol without blanks
    ("204/BC-UBND"); `place` the name before the date; `day` its date, None where missing or impossible, `day_text` as
    printed; `kind` the document's type in lower case without marks ("bao cao"), empty where none stands; `title` the
    lines below it; `opening` the paragraphs before the first heading, `closing` the last ones of the body;
    `uncertain` the words of both that a recogniser was not sure of; `recognised` tells that the first page is a
    picture.
    """

    agency: tuple[str, ...] = ()
    doc_no: str | None = None
    place: str = ""
    day: date | None = None
    day_text: str = ""
    kind: str = ""
    title: str = ""
    opening: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    uncertain: frozenset[str] = frozenset()
    recognised: bool = False


_AGENCY = re.compile(
    r"uy\s*ban|ubnd|u\.b\.n\.d|hdnd|hoi\s*dong|dang\s*uy|cong\s*an|phong\s|truong\s|thi\s*xa|thanh\s*pho|dac\s*khu"
)
_BESIDE = re.compile(rf"(?:{plain(either('beside_committee', ' '))})(?!\w)")
_COMMITTEE = re.compile(r"uy\s*ban\s*nhan\s*dan|ubnd")
_UNIT_LINE = re.compile(r"(?:phuong|xa|thi\s*tran|dac\s*khu|huyen|quan|thi\s*xa|thanh\s*pho|tp\.?|tinh)\s")
NUMBERED = re.compile(
    r"(?:[ivx]{1,4}|[0-9]{1,2}(?:\.[0-9]{1,2})*|[a-d])\s?[.)/]\s|[-+*•]\s|phan\s+(?:[ivx]+|thu)(?!\w)"
)
_BODY_STARTS = re.compile(
    r"(?:[ivx]{1,4}\s*[.)]|[0-9]{1,2}\s*[.)]|phan\s+(?:[ivx]+|thu)|[a-d]\.\s|kinh\s+gui|can\s+cu|thuc\s+hien|theo\s|"
    r"(?:uy\s+ban\s+nhan\s+dan|ubnd)\s+(?:phuong|xa|thi\s+tran|dac\s+khu)\s.{0,40}(?:bao\s+cao|kinh|trinh\s+bay))"
)


def read_letterhead(document: Document) -> Letterhead:
    """Return the parts of a Document that say what it is; what is not there stays empty."""
    lines = _head_lines(document)
    kind_at, kind = kind_of(lines)
    above = _first_lines(lines) if kind_at is None else lines[:kind_at]
    number = number_in(above)
    place, day, day_text = place_and_day(above) or place_and_day(lines) or ("", None, "")
    if number is None or not day_text:
        named = next((n for b in document.blocks if (n := attached(b.text))), None)
        number = number or (named[0] if named else None)
        day, day_text = (day, day_text) if day_text or not named else named[1:]
    return Letterhead(
        agency=_agency(above),
        doc_no=number,
        place=place,
        day=day,
        day_text=day_text,
        kind=kind,
        title=_title(document, lines, kind_at),
        opening=_opening(document),
        closing=_closing(document),
        uncertain=_uncertain(document),
        recognised=bool(document.pages) and document.pages[0].source == "ocr",
    )


def is_beside_committee(*lines: str) -> bool:
    """Return whether agency lines name a body of the unit that is no part of its People's Committee.

    A body that stands above or beside the committee signs together with it; one below the committee signs alone.
    """
    flat = [plain(line) for line in lines]
    beside = next((at for at, line in enumerate(flat) if _BESIDE.match(line)), None)
    return beside is not None and not any(_COMMITTEE.search(line) for line in flat[beside:])


def _texts(block: Block) -> list[str]:
    return [c.text for c in block.cells] if block.kind == "table" else [block.text]


def _head_lines(document: Document) -> list[str]:
    """Return the lines at the head of a document, the national title cut out, blanks squeezed."""
    lines: list[str] = []
    size = 0
    for block in document.blocks[:HEAD_BLOCKS]:
        for text in _texts(block):
            lines += [line for raw in text.split("\n") if (line := without_motto(squeeze(raw)))]
            size += len(text)
        if size > HEAD_CHARACTERS:
            break
    return lines


def _first_lines(lines: list[str]) -> list[str]:
    """Return the lines before the first that is long enough to be a paragraph: the head of an untitled document."""
    end = next((i for i, line in enumerate(lines) if len(line) > LONGEST_HEAD_LINE), len(lines))
    return lines[:end]


def _agency(lines: list[str]) -> tuple[str, ...]:
    """Return the lines that name the issuing body and the body above it."""
    named: list[str] = []
    for line in lines[:10]:
        flat = plain(line)
        if NUMBER.search(flat) or PLACE_DATE.search(flat) or SIGNED.search(flat):
            cut = NUMBER.search(flat)
            if cut is None or not _AGENCY.match(flat[: cut.start()]):
                continue
            line, flat = line[: cut.start()].strip(), flat[: cut.start()]
        if line and (
            _AGENCY.match(flat)
            or _BESIDE.match(flat)
            or _UNIT_LINE.match(flat)
            or (named and len(line) < 40 and line.upper() == line)
        ):
            named.append(line)
    return tuple(named)


def _title(document: Document, lines: list[str], kind_at: int | None) -> str:
    """Return the lines below the type of the document up to its body."""
    if kind_at is None:
        titles = [squeeze(b.text) for b in document.blocks[:HEAD_BLOCKS] if b.kind == "title"]
        return " ".join(titles)
    first = KIND.match(plain(lines[kind_at]))
    rest = lines[kind_at][first.end(1) :].strip() if first else ""
    kept = [rest] if rest else []
    for line in lines[kind_at + 1 : kind_at + 7]:
        if (kept and _BODY_STARTS.match(plain(line))) or len(" ".join(kept)) > 300 or (kept and len(line) > 160):
            break
        kept.append(line)
    return " ".join(kept)


def _opening(document: Document) -> tuple[str, ...]:
    """Return the paragraphs between the title and the first heading or numbered line."""
    kept: list[str] = []
    for block in document.blocks[:HEAD_BLOCKS]:
        text = squeeze(block.text)
        if block.kind in {"heading", "item"} or (kept and NUMBERED.match(plain(text))):
            if kept or block.level == 1:
                break
            continue
        if block.kind == "paragraph" and len(text) > SHORTEST_PARAGRAPH and not KIND.fullmatch(plain(text)):
            kept.append(text)
    return tuple(kept[:OPENING_PARAGRAPHS])


def _uncertain(document: Document) -> frozenset[str]:
    """Return the words of running text that were recognised with doubt; none in digital text."""
    return frozenset(
        block.text[word.start : word.end].strip(".,;:()")
        for block in document.paragraphs()
        for word in block.words
        if word.confidence < SURE_WORD
    )


def _closing(document: Document) -> tuple[str, ...]:
    """Return the last running paragraphs of the report, list items and appendices left out."""
    running = [squeeze(b.text) for b in document.blocks if b.kind == "paragraph" and not b.in_appendix]
    kept = [t for t in running if len(t) > SHORTEST_PARAGRAPH and not NUMBERED.match(plain(t))]
    return tuple(kept[-CLOSING_PARAGRAPHS:])
