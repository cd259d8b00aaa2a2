"""Word files that are one XML: Word 2003 XML and flat OPC, made DOCX packages in memory.

Belongs here: putting their parts where a DOCX has them. Stays out: reading them (`docx`).
"""

from __future__ import annotations

import base64
import io
import zipfile

from lxml import etree

from parsers.readers.common.package import MAIN, parse_xml

_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_OLD = b"http://schemas.microsoft.com/office/word/2003/wordml"
_NEW = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>'
    b"</Relationships>"
)


def package_of_flat(data: bytes) -> bytes:
    """Return a flat OPC file as the zip it is the other form of; raises DocumentError damaged."""
    parts: dict[str, bytes] = {}
    for part in parse_xml(data, "flat OPC").iter(f"{_PKG}part"):
        name = part.get(f"{_PKG}name", "").lstrip("/")
        tree, binary = part.find(f"{_PKG}xmlData"), part.find(f"{_PKG}binaryData")
        if tree is not None and len(tree):
            parts[name] = etree.tostring(tree[0])
        elif binary is not None:
            parts[name] = base64.b64decode("".join((binary.text or "").split()))
    return _zipped(parts)


def package_of_2003(data: bytes) -> bytes:
    """Return a Word 2003 XML file as a DOCX with its body and styles; raises DocumentError damaged."""
    root = parse_xml(data.replace(_OLD, _NEW), "Word XML")
    parts = {"word/_rels/document.xml.rels": _RELS}
    for name, tag in ((MAIN, "body"), ("word/styles.xml", "styles")):
        found = root.find(f"{_W}{tag}")
        if found is None:
            continue
        holder = etree.Element(f"{_W}document") if tag == "body" else found
        if tag == "body":
            holder.append(found)
        parts[name] = etree.tostring(holder)
    return _zipped(parts)


def _zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()
