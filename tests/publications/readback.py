"""Papers read back as their readers see them: tables and text of report, workbook, page and PDF."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

import docx
import lxml.html
import openpyxl
import pypdfium2
from docx.oxml.ns import qn
from sqlalchemy import Connection

from warehouse.marts.fetch import fetch, mart

Rows = list[list[str]]


def report_table(body: bytes, head: str) -> Rows:
    """Return the lines of the table of a Word paper that has this head, without the heads."""
    for table in docx.Document(io.BytesIO(body)).tables:
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        if head in rows[0]:
            return rows[1:]
    raise LookupError(head)


def report_text(body: bytes) -> str:
    """Return all words of a Word paper in reading order, table cells and links included."""
    found = docx.Document(io.BytesIO(body)).element.body.iter(qn("w:p"))
    return "\n".join("".join(text.text or "" for text in p.iter(qn("w:t"))) for p in found)


def sheet(body: bytes, name: str) -> list[dict[str, Any]]:
    """Return the lines of a sheet of the workbook by head."""
    rows = list(openpyxl.load_workbook(io.BytesIO(body))[name].iter_rows(min_row=4, values_only=True))
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:] if row[0] is not None or row[1]]


def page_of(body: bytes) -> Any:
    """Return the page as a tree, without what no reader sees."""
    tree = lxml.html.fromstring(body.decode())
    for element in tree.xpath("//script | //style | //select"):
        element.drop_tree()
    return tree


def page_table(tree: Any, part: str) -> Rows:
    """Return the lines of the first table in a part of the page; of a cell only what stands before a line break."""
    body = tree.get_element_by_id(part).xpath(".//tbody")[0]
    return [[_first_words(cell) for cell in row] for row in body]


def _first_words(cell: Any) -> str:
    kept = (cell.text or "") if cell.xpath("br | span | svg") else cell.text_content()
    return " ".join(kept.split())


def pdf_text(body: bytes) -> str:
    """Return the words of a PDF, each stretch of space as one blank."""
    pages = (page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(body))
    return " ".join(" ".join(pages).split())


def mart_rows(connection: Connection, name: str, label: str) -> list[dict[str, Any]]:
    """Return the rows of a mart of a round by column."""
    columns = [column.name for column in mart(name).columns]
    return [dict(zip(columns, row, strict=True)) for row in fetch(connection, mart(name), label)]


def archived(body: bytes, mart: str) -> list[dict[str, str]]:
    """Return the rows of a mart as the archive of data holds them, plain CSV."""
    with zipfile.ZipFile(io.BytesIO(body)) as held:
        return list(csv.DictReader(io.StringIO(held.read(f"csv/{mart}.csv").decode("utf-8-sig"))))
