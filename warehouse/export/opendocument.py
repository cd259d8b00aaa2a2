"""One OpenDocument spreadsheet with a sheet a mart, for offices that work in LibreOffice.

Belongs here: the file, written row by row from its own XML; texts are texts, so no cell is a command.
Stays out: the Excel workbook (`workbook`), reading such files (`parsers.readers.odf`).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr

from cchc import formats
from warehouse.export.table import Sheet, keeps_digits
from warehouse.export.workbook import check_rows

_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{_TYPE}" manifest:version="1.3"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"""
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="{_OASIS}:office:1.0" xmlns:table="{_OASIS}:table:1.0" \
xmlns:text="{_OASIS}:text:1.0" xmlns:style="{_OASIS}:style:1.0" xmlns:fo="{_OASIS}:xsl-fo-compatible:1.0" \
xmlns:number="{_OASIS}:datastyle:1.0" office:version="1.3">
<office:automatic-styles>
<number:date-style style:name="day"><number:day number:style="long"/><number:text>/</number:text>\
<number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style>
<number:date-style style:name="moment"><number:day number:style="long"/><number:text>/</number:text>\
<number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/>\
<number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text>\
<number:minutes number:style="long"/></number:date-style>
<style:style style:name="head" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="d" style:family="table-cell" style:data-style-name="day"/>
<style:style style:name="m" style:family="table-cell" style:data-style-name="moment"/>
</office:automatic-styles>
<office:body><office:spreadsheet>
"""
_TAIL = "</office:spreadsheet></office:body></office:document-content>\n"
_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLANKS = re.compile(" {2,}|^ | $")


def write_ods(sheets: Iterable[Sheet], folder: Path) -> list[Path]:
    """Write the sheets into `cchc.ods` and return the file.

    Raises:
        WarehouseError: a mart has more rows than a sheet holds.
    """
    path = folder / "cchc.ods"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, "mimetype", _TYPE, zipfile.ZIP_STORED)
        _put(archive, "META-INF/manifest.xml", _MANIFEST)
        with archive.open(_entry("content.xml"), "w") as content:
            content.write(_HEAD.encode())
            for sheet in sheets:
                check_rows(sheet)
                _write_sheet(content, sheet)
            content.write(_TAIL.encode())
    return [path]


def _entry(name: str, how: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """Return an entry of one day for ever, so that equal content gives equal files."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = how
    return entry


def _put(archive: zipfile.ZipFile, name: str, text: str, how: int = zipfile.ZIP_DEFLATED) -> None:
    archive.writestr(_entry(name, how), text)


def _write_sheet(content: IO[bytes], sheet: Sheet) -> None:
    name, wide = quoteattr(sheet.name), len(sheet.columns)
    content.write(
        f'<table:table table:name={name}><table:table-column table:number-columns-repeated="{wide}"/>'.encode()
    )
    head = "".join(_text(column.name, ' table:style-name="head"') for column in sheet.columns)
    content.write(
        f"<table:table-header-rows><table:table-row>{head}</table:table-row></table:table-header-rows>\n".encode()
    )
    for row in sheet.rows:
        content.write(f"<table:table-row>{''.join(_cells(row))}</table:table-row>\n".encode())
    content.write(b"</table:table>\n")


def _cells(row: tuple[Any, ...]) -> Iterator[str]:
    for value in row:
        yield _cell(value)


def _cell(value: Any) -> str:
    """Return a value as a cell of its type; the text in it is what a reader sees who knows no types."""
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, bool):
        return _typed("boolean", "boolean-value", str(value).lower(), str(value).upper())
    if isinstance(value, (Decimal, int, float)):
        return _number(value)
    if isinstance(value, datetime):
        local = value.replace(tzinfo=None)
        return _typed("date", "date-value", local.isoformat(), f"{local:%d/%m/%Y %H:%M}", ' table:style-name="m"')
    if isinstance(value, date):
        return _typed("date", "date-value", value.isoformat(), formats.day(value), ' table:style-name="d"')
    return _text(str(value))


def _number(value: Decimal | int | float) -> str:
    """Return a number, as text where a spreadsheet would make another number of it."""
    digits = value if isinstance(value, Decimal) else Decimal(repr(value))
    shown = f"{digits:f}"
    return _typed("float", "value", shown, shown) if keeps_digits(digits) else _text(shown)


def _typed(kind: str, name: str, value: str, shown: str, style: str = "") -> str:
    return (
        f'<table:table-cell{style} office:value-type="{kind}" office:{name}="{value}">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def _text(value: str, style: str = "") -> str:
    """Return a text, a paragraph a line; what XML cannot hold is left out, blanks are kept."""
    clean = escape(_UNPRINTABLE.sub("", value))
    kept = _BLANKS.sub(lambda blanks: f'<text:s text:c="{len(blanks[0])}"/>', clean)
    lines = "".join(f"<text:p>{line}</text:p>" for line in kept.replace("\t", "<text:tab/>").splitlines() or [""])
    return f'<table:table-cell{style} office:value-type="string">{lines}</table:table-cell>'
