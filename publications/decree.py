"""Papers in the form of Decree 30/2020/NĐ-CP, appendix I, as Word documents.

Belongs here: paper size, letterhead, title, addressees, body, tables, recipients and signature, in the decree's sizes.
Stays out: what a paper says (`district`, `letters`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.shared import Cm, Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from catalogue.office import Office
from publications.wordfile import (
    BODY_SIZE,
    Column,
    mark_row,
    number_pages,
    printable,
    rule,
    set_normal_style,
    set_widths,
    table,
    write,
)

__all__ = [
    "BODY_SIZE",
    "FIRST_LINE",
    "Column",
    "addressees",
    "body",
    "closing",
    "heading",
    "landscape",
    "letterhead",
    "new_paper",
    "place_and_day",
    "printable",
    "table",
    "title",
    "write",
]

FIRST_LINE = Cm(1.27)
_MARGINS = {"top_margin": Mm(20), "bottom_margin": Mm(20), "left_margin": Mm(30), "right_margin": Mm(18)}
_TEXT_WIDTH = Mm(210 - 30 - 18)
_HALVES = (Mm(62), Mm(102))


def new_paper(title: str, author: str) -> Document:
    """Return an empty A4 paper with the decree's margins, font and page number at the top centre from page two."""
    paper = docx.Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, size in _MARGINS.items():
        setattr(section, name, size)
    section.different_first_page_header_footer = True
    number_pages(section.header.paragraphs[0])
    set_normal_style(paper)
    paper.core_properties.title, paper.core_properties.author = title, author
    paper.core_properties.language = "vi-VN"
    paper.core_properties.comments = ""
    return paper


def letterhead(
    paper: Document,
    office: Office,
    symbol: str,
    day: date | None = None,
    number: str = "",
    subject: str = "",
    mark: str = "",
) -> None:
    """Add the head of a paper: agency and number on the left, nation, motto, place and day on the right.

    `number` and `day` stay blank for the clerk where they are not given; `subject` is the "V/v" line of a letter,
    which a report with a title of its own does not have; `mark` a word in bold under it, such as that for a draft.
    """
    left, right = _two_cells(paper)
    write(left.paragraphs[0], office.parent, size=12, align="center")
    write(_next(left), office.name, size=12, bold=True, align="center")
    rule(_next(left), _HALVES[0], share=0.4)
    write(_next(left), f"Số: {number or '       '}/{symbol}", size=13, align="center")
    if subject:
        write(_next(left), f"V/v {subject}", size=12, align="center")
    if mark:
        write(_next(left), mark, size=13, bold=True, align="center", before=6)
    write(right.paragraphs[0], office.nation, size=12, bold=True, align="center")
    write(_next(right), office.motto, size=13, bold=True, align="center")
    rule(_next(right), _HALVES[1], share=0.5)
    write(_next(right), place_and_day(office.place, day), size=13, italic=True, align="center")


def place_and_day(place: str, day: date | None) -> str:
    """Return the line of place and date; days under 10 and months 1 and 2 take a leading zero (appendix I, II.4)."""
    if day is None:
        return f"{place}, ngày      tháng      năm        "
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{place}, ngày {day.day:02d} tháng {month} năm {day.year}"


def title(paper: Document, name: str, abstract: str) -> None:
    """Add the kind of the paper in capitals and its abstract, both bold and centred, with the line beneath."""
    write(paper.add_paragraph(), name, bold=True, align="center", before=12)
    write(paper.add_paragraph(), abstract, bold=True, align="center")
    rule(paper.add_paragraph(), _TEXT_WIDTH, share=0.35)


def addressees(paper: Document, names: Sequence[str]) -> None:
    """Add "Kính gửi": one name on the line, several as a list."""
    if len(names) == 1:
        write(paper.add_paragraph(), f"Kính gửi: {names[0]}", align="center", before=6, after=12)
        return
    write(paper.add_paragraph(), "Kính gửi:", align="left", before=6).paragraph_format.left_indent = Cm(4)
    for place, name in enumerate(names):
        mark = "." if place == len(names) - 1 else ";"
        write(paper.add_paragraph(), f"- {name}{mark}", align="left").paragraph_format.left_indent = Cm(4.6)


def heading(paper: Document, text: str, level: int) -> Paragraph:
    """Add a heading that Word's outline knows: level 1 for "I.", 2 for "1.", 3 for "a)"."""
    paragraph = paper.add_heading(level=level)
    paragraph.paragraph_format.first_line_indent = FIRST_LINE
    return write(paragraph, text, bold=level < 3, italic=level == 3, align="justify", before=6, keep=True)


def body(paper: Document, text: str = "") -> Paragraph:
    """Add a justified paragraph with the first line indented."""
    paragraph = write(paper.add_paragraph(), text, align="justify", after=6)
    paragraph.paragraph_format.first_line_indent = FIRST_LINE
    return paragraph


def closing(paper: Document, recipients: Sequence[str], signatory: Sequence[str]) -> None:
    """Add the recipients on the left and the signatory's lines, with room to sign, on the right."""
    left, right = _two_cells(paper, before=True)
    write(left.paragraphs[0], "Nơi nhận:", size=12, bold=True, italic=True)
    for place, recipient in enumerate(recipients):
        mark = "." if place == len(recipients) - 1 else ";"
        write(_next(left), f"- {recipient}{mark}", size=11)
    for place, line in enumerate(signatory):
        paragraph = right.paragraphs[0] if place == 0 else _next(right)
        write(paragraph, line, bold=True, align="center")
    for _ in range(4):
        write(_next(right), "", align="center")


def landscape(paper: Document) -> None:
    """Begin a landscape section, for wide appendices."""
    section = paper.add_section()
    _shrink(paper.paragraphs[-1])
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.different_first_page_header_footer = False


def _shrink(paragraph: Paragraph) -> None:
    """Make the empty paragraph that ends a section too small to be pushed onto an empty page of its own."""
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(1)
    paragraph.paragraph_format.first_line_indent = Pt(0)


def _two_cells(paper: Document, before: bool = False) -> tuple[_Cell, _Cell]:
    """Add a table of one row without rules and return its two cells."""
    if before:
        write(paper.add_paragraph(), "", size=8, keep=True)
    grid = paper.add_table(rows=1, cols=2)
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    set_widths(grid, _HALVES)
    mark_row(grid.rows[0], "w:cantSplit")
    left, right = grid.rows[0].cells
    return left, right


def _next(cell: _Cell) -> Paragraph:
    paragraph: Paragraph = cell.add_paragraph()
    return paragraph
