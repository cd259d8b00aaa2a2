"""Papers in the form of Decree 30/2020/NĐ-CP, appendix I, as Word documents.

Belongs here: paper size, letterhead, title, addressees, body, tables, recipients and signature, in the decree's sizes.
Stays out: what a paper says (`district_report`, `letters`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from catalogue.office import Office

FONT = "Times New Roman"
BODY_SIZE = 14
TABLE_SIZE = 11
FIRST_LINE = Cm(1.27)
_MARGINS = {"top_margin": Mm(20), "bottom_margin": Mm(20), "left_margin": Mm(30), "right_margin": Mm(18)}
_TEXT_WIDTH = Mm(210 - 30 - 18)
_HALVES = (Mm(62), Mm(102))

Alignment = Literal["left", "right", "center", "justify"]
_ALIGNMENTS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


@dataclass(frozen=True)
class Column:
    """A column of a table: its head, its share of the width, and how its cells are set."""

    head: str
    width: float
    align: Alignment = "left"


def new_paper(title: str, author: str) -> Document:
    """Return an empty A4 paper with the decree's margins, font and page number at the top centre from page two."""
    paper = docx.Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, size in _MARGINS.items():
        setattr(section, name, size)
    section.different_first_page_header_footer = True
    _number_pages(section.header.paragraphs[0])
    _set_normal_style(paper)
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
    _rule(_next(left), _HALVES[0], share=0.4)
    write(_next(left), f"Số: {number or '       '}/{symbol}", size=13, align="center")
    if subject:
        write(_next(left), f"V/v {subject}", size=12, align="center")
    if mark:
        write(_next(left), mark, size=13, bold=True, align="center", before=6)
    write(right.paragraphs[0], office.nation, size=12, bold=True, align="center")
    write(_next(right), office.motto, size=13, bold=True, align="center")
    _rule(_next(right), _HALVES[1], share=0.5)
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
    _rule(paper.add_paragraph(), _TEXT_WIDTH, share=0.35)


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


def table(paper: Document, columns: Sequence[Column], rows: Sequence[Sequence[str]], caption: str = "") -> Table:
    """Add a ruled table whose head is repeated on every page and whose rows do not break across pages."""
    if caption:
        write(paper.add_paragraph(), caption, bold=True, align="center", before=6, after=6, keep=True)
    grid: Table = paper.add_table(rows=1, cols=len(columns), style="Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    for cell, column in zip(grid.rows[0].cells, columns, strict=True):
        write(cell.paragraphs[0], column.head, size=TABLE_SIZE, bold=True, align="center")
    _mark_row(grid.rows[0], "w:tblHeader")
    for row in rows:
        for cell, column, text in zip(_add_row(grid), columns, row, strict=True):
            write(cell.paragraphs[0], text, size=TABLE_SIZE, align=column.align)
    for row in grid.rows:
        _mark_row(row, "w:cantSplit")
    unit = _usable_width(paper) / sum(c.width for c in columns)
    _set_widths(grid, [int(unit * column.width) for column in columns])
    return grid


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
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.different_first_page_header_footer = False


def write(
    paragraph: Paragraph,
    text: str,
    *,
    size: float = BODY_SIZE,
    bold: bool = False,
    italic: bool = False,
    align: Alignment = "left",
    before: float = 0,
    after: float = 0,
    keep: bool = False,
) -> Paragraph:
    """Write `text` into a paragraph as one run and set how the paragraph stands; sizes and spaces in points."""
    form = paragraph.paragraph_format
    form.alignment = _ALIGNMENTS[align]
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.keep_with_next = keep or None
    if text:
        run = paragraph.add_run(printable(text))
        run.font.size = Pt(size)
        run.bold, run.italic = bold or None, italic or None
    return paragraph


def printable(text: str) -> str:
    """Return `text` without the control characters that XML cannot hold."""
    return "".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff" and not _surrogate(c)))


def _surrogate(char: str) -> bool:
    return "\ud800" <= char <= "\udfff"


def _set_normal_style(paper: Document) -> None:
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
        style = paper.styles[name]
        style.font.name, style.font.size = FONT, Pt(BODY_SIZE)
        style.font.color.rgb = None
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{script}"), FONT)
    for name in ("Heading 1", "Heading 2", "Heading 3"):
        style = paper.styles[name]
        style.font.bold, style.font.italic = None, None
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(6)
    normal = paper.styles["Normal"].paragraph_format
    normal.line_spacing_rule, normal.space_after = WD_LINE_SPACING.SINGLE, Pt(0)


def _number_pages(paragraph: Paragraph) -> None:
    write(paragraph, "", align="center")
    run = paragraph.add_run()
    run.font.size = Pt(13)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            element.text = text
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _two_cells(paper: Document, before: bool = False) -> tuple[_Cell, _Cell]:
    """Add a table of one row without rules and return its two cells."""
    if before:
        write(paper.add_paragraph(), "", size=8, keep=True)
    grid = paper.add_table(rows=1, cols=2)
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    _set_widths(grid, _HALVES)
    _mark_row(grid.rows[0], "w:cantSplit")
    left, right = grid.rows[0].cells
    return left, right


def _add_row(grid: Table) -> tuple[_Cell, ...]:
    cells: tuple[_Cell, ...] = grid.add_row().cells  # type: ignore[no-untyped-call]
    return cells


def _set_widths(grid: Table, widths: Sequence[int]) -> None:
    """Set the widths of columns and of the cells there are; Word reads the cells, others the columns."""
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def _next(cell: _Cell) -> Paragraph:
    paragraph: Paragraph = cell.add_paragraph()
    return paragraph


def _rule(paragraph: Paragraph, width: int, share: float) -> None:
    """Make a paragraph the thin centred line that the decree sets under agency, motto and abstract."""
    margin = int(width * (1 - share) / 2)
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = margin
    form.line_spacing, form.space_after = Pt(3), Pt(3)
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "auto")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc")


def _mark_row(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _usable_width(paper: Document) -> int:
    section = paper.sections[-1]
    page, left, right = section.page_width, section.left_margin, section.right_margin
    return int(page or 0) - int(left or 0) - int(right or 0)
