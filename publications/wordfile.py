"""Word documents by python-docx, where it leaves the file format bare.

Belongs here: paragraphs, tables, thin lines, page numbers and the base style, in sizes the caller gives.
Stays out: the form of any paper (`decree`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
BODY_SIZE = 14
TABLE_SIZE = 11
_LANGUAGE = "vi-VN"
_HEADINGS = ("Heading 1", "Heading 2", "Heading 3")

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


def table(
    paper: Document,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    caption: str = "",
    size: float = TABLE_SIZE,
    *,
    new_page: bool = False,
) -> Table:
    """Add a ruled table whose head is repeated on every page and whose rows do not break across pages.

    `size` is that of its type in points; `new_page` lets its caption begin a page.
    """
    if caption:
        above = write(paper.add_paragraph(), caption, bold=True, align="center", before=6, after=6, keep=True)
        above.paragraph_format.page_break_before = new_page
    grid: Table = paper.add_table(rows=1, cols=len(columns), style="Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    for cell, column in zip(grid.rows[0].cells, columns, strict=True):
        write(cell.paragraphs[0], column.head, size=size, bold=True, align="center")
    mark_row(grid.rows[0], "w:tblHeader")
    for row in rows:
        for cell, column, text in zip(_add_row(grid), columns, row, strict=True):
            write(cell.paragraphs[0], text, size=size, align=column.align)
    for row in grid.rows:
        mark_row(row, "w:cantSplit")
    unit = _usable_width(paper) / sum(c.width for c in columns)
    set_widths(grid, [int(unit * column.width) for column in columns])
    return grid


def set_normal_style(paper: Document) -> None:
    """Make font and spacing those of every paragraph, and Vietnamese the language its spelling is checked in."""
    for language in paper.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), _LANGUAGE)
        language.set(qn("w:eastAsia"), _LANGUAGE)
    for name in ("Normal", *_HEADINGS):
        style = paper.styles[name]
        style.font.name, style.font.size = FONT, Pt(BODY_SIZE)
        style.font.color.rgb = None
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{script}"), FONT)
    for name in _HEADINGS:
        style = paper.styles[name]
        style.font.bold, style.font.italic = None, None
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(6)
    normal = paper.styles["Normal"].paragraph_format
    normal.line_spacingrule, normal.space_after = WD_LINE_SPACING.SINGLE, Pt(0)


def number_pages(paragraph: Paragraph) -> None:
    """Make a paragraph of the head the centred number of its page."""
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


def rule(paragraph: Paragraph, width: int, share: float) -> None:
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


def _add_row(grid: Table) -> tuple[_Cell, ...]:
    cells: tuple[_Cell, ...] = grid.add_row().cells  # type: ignore[no-untyped-call]
    return cells


def set_widths(grid: Table, widths: Sequence[int]) -> None:
    """Set the widths of columns and of the cells there are; Word reads the cells, others the columns."""
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    # By row, for every look at a column's cells goes through the whole table.
    for row in grid.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def mark_row(row: Any, name: str) -> None:
    """Give a row a property that is switched on by being there, as "w:cantSplit"."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _usable_width(paper: Document) -> int:
    section = paper.sections[-1]
    page, left, right = section.page_width, section.left_margin, section.right_margin
    return int(page or 0) - int(left or 0) - int(right or 0)
