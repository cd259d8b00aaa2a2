"""Office files made for tests: ODT, XLSX, XLS, HTML, MHT, Word XML as bytes."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Sequence

import openpyxl
import xlwt

from tests.readers.builders import LETTERHEAD, TITLE

_NAMES = ("office", "style", "text", "table", "draw")
_SPACES = " ".join(
    f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{"drawing" if n == "draw" else n}:1.0"' for n in _NAMES
)
_ODF_HEAD = (
    f"<office:document-content {_SPACES} "
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink">'
)


def odt_bytes(body: str, styles: str = "", *, kind: str = "text", files: dict[str, bytes] | None = None) -> bytes:
    """Return an OpenDocument file whose body and automatic styles are given as XML."""
    content = (
        f"{_ODF_HEAD}<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        package.writestr("content.xml", content)
        for name, data in (files or {}).items():
            package.writestr(name, data)
    return out.getvalue()


def odt_report(paragraphs: list[str]) -> bytes:
    """Return the report that `builders.docx_bytes` makes as ODT."""
    cells = ["".join(f"<table:table-cell><text:p>{t}</text:p></table:table-cell>" for t in row) for row in LETTERHEAD]
    rows = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    lines = "".join(f"<text:p>{text}</text:p>" for text in (*TITLE, *paragraphs))
    return odt_bytes(f"<table:table>{rows}</table:table>{lines}")


def xlsx_bytes(rows: Sequence[Sequence[object]], formats: dict[str, str] | None = None, **more: object) -> bytes:
    """Return a workbook of one sheet; `formats` are number formats by cell, `more` is passed to `change`."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    for cell, form in (formats or {}).items():
        sheet[cell].number_format = form
    change = more.get("change")
    if callable(change):
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls_bytes(rows: Sequence[Sequence[object]], formats: dict[tuple[int, int], str] | None = None) -> bytes:
    """Return an Excel 97 workbook of one sheet; `formats` are number formats by row and column."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Biểu")
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            style = xlwt.XFStyle()
            style.num_format_str = (formats or {}).get((y, x), "General")
            sheet.write(y, x, value, style)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def html_page(body: str) -> bytes:
    """Return a web page as Word saves one."""
    space = 'xmlns:w="urn:schemas-microsoft-com:office:word"'
    return f'<html {space}><head><meta charset="utf-8"></head><body>{body}</body></html>'.encode()


def mht_bytes(body: str) -> bytes:
    """Return a web page kept in one file, as Word and browsers save it."""
    page = base64.encodebytes(html_page(body)).decode()
    return (
        "From: <Saved by Microsoft Word>\r\nSubject: Bao cao\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="x"\r\n\r\n'
        "--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Location: file:///C:/bc.htm\r\n\r\n{page}\r\n--x--\r\n"
    ).encode()


def word_2003_bytes(paragraphs: list[str]) -> bytes:
    """Return a report as Word 2003 XML."""
    lines = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><?mso-application progid="Word.Document"?>'
        '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">'
        f"<w:body>{lines}</w:body></w:wordDocument>"
    ).encode()


def flat_bytes(docx: bytes) -> bytes:
    """Return a DOCX as flat OPC."""
    parts = []
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        for name in package.namelist():
            content = package.read(name)
            if name.endswith((".xml", ".rels")):
                inner = content.decode().split("?>", 1)[-1] if content.startswith(b"<?xml") else content.decode()
                held = f"<pkg:xmlData>{inner}</pkg:xmlData>"
            else:
                held = f"<pkg:binaryData>{base64.b64encode(content).decode()}</pkg:binaryData>"
            parts.append(f'<pkg:part pkg:name="/{name}">{held}</pkg:part>')
    space = 'xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"'
    return f'<?xml version="1.0" standalone="yes"?><pkg:package {space}>{"".join(parts)}</pkg:package>'.encode()
