"""A zip of XML parts (DOCX, ODT), opened with suspicion.

Belongs here: size and ratio checks before anything is unpacked, part lookup, and XML parsing that follows nothing.
Stays out: what the parts mean (`docx`).
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from cchc.errors import DocumentError
from cchc.messages import translator
from parsers.limits import Limits
from parsers.outcomes import Outcome

_ = translator("readers")

MAIN = "word/document.xml"
"""Where Word keeps the document, should the package not say."""

_MAX_PARTS = 5_000  # by hand: a report has some dozens
_SMALL_PART = 1_000_000  # bytes; up to here a part may unpack as far as it likes
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


_PURL, _USUAL = b"http://purl.oclc.org/ooxml/", b"http://schemas.openxmlformats.org/"
_STRICT = {
    _PURL + b"wordprocessingml/main": _USUAL + b"wordprocessingml/2006/main",
    _PURL + b"spreadsheetml/main": _USUAL + b"spreadsheetml/2006/main",
    _PURL + b"drawingml/": _USUAL + b"drawingml/2006/",
    _PURL + b"officeDocument/": _USUAL + b"officeDocument/2006/",
}


class _Relation(NamedTuple):
    """What binds one part to another: id, kind, and the part's name inside the package."""

    id: str
    kind: str
    part: str


class Package:
    """The parts of one zip package, read one at a time and never written anywhere."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Open a package; raises DocumentError damaged, encrypted or too_large."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise _damaged(library=str(error)) from error
        self._names = {info.filename.lstrip("/"): info for info in self._zip.infolist()}
        if len(self._names) < len(self._zip.infolist()):
            raise _damaged(_("a part is there twice"))
        self._left = limits.unpacked_bytes
        self._refuse_bombs(limits)

    def _refuse_bombs(self, limits: Limits) -> None:
        """Raise where the declared sizes are those of a bomb."""
        infos = self._zip.infolist()
        unpacked = sum(i.file_size for i in infos)
        thin = any(
            i.file_size > _SMALL_PART and i.file_size > limits.unpacked_ratio * max(i.compress_size, 1) for i in infos
        )
        if len(infos) > _MAX_PARTS or unpacked > limits.unpacked_bytes or thin:
            raise DocumentError(
                Outcome.TOO_LARGE,
                _("The file unpacks to {size} MB in {parts} parts, more than a report can hold. Save it anew.").format(
                    size=unpacked // 1_000_000, parts=len(infos)
                ),
            )
        if any(i.flag_bits & 0x1 for i in infos):
            raise DocumentError(Outcome.ENCRYPTED, _("The file is protected by a password. Send it without one."))

    def names(self) -> list[str]:
        """Return the names of all parts."""
        return list(self._names)

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def read(self, name: str) -> bytes:
        """Return the bytes of a part; what was declared too small is cut off by the package's limit."""
        try:
            with self._zip.open(self._names[name]) as part:
                content = part.read(self._left + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise _damaged(name, str(error)) from error
        except KeyError as error:
            raise _damaged(_("the part {name} is missing").format(name=name)) from error
        self._left -= len(content)
        if self._left < 0:
            raise DocumentError(Outcome.TOO_LARGE, _("The file unpacks to more than a report can hold. Save it anew."))
        return content

    def xml(self, name: str) -> etree._Element:
        """Return the root of an XML part; entities, DTDs and outside references are refused, never followed."""
        return parse_xml(self.read(name), name)

    def related(self, name: str, kind: str) -> str | None:
        """Return the part to which `name` is bound by a relationship whose type ends in `kind`, None if there is none.

        The target is a name inside the package; an external target is never looked at.
        """
        return next(iter(self.all_related(name, kind)), None)

    def all_related(self, name: str, kind: str) -> list[str]:
        """Return every part to which `name` is bound by a relationship of a kind, in order, each once."""
        return list(dict.fromkeys(r.part for r in self._relations(name) if r.kind.endswith(f"/{kind}")))

    def bound(self, name: str) -> dict[str, str]:
        """Return the parts to which `name` is bound, by the ids it uses for them."""
        return {r.id: r.part for r in self._relations(name)}

    def _relations(self, name: str) -> Iterator[_Relation]:
        """Yield what binds `name` to other parts of the package; outside targets are never looked at."""
        folder, base = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        if rels not in self._names:
            return
        for relation in self.xml(rels).iter(_RELATIONSHIP):
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
            if relation.get("TargetMode") != "External" and target in self._names:
                yield _Relation(relation.get("Id", ""), relation.get("Type", ""), target)


def parse_xml(content: bytes, name: str) -> etree._Element:
    """Return the root of an XML document; raises DocumentError damaged, also for any document type declaration."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, recover=False
    )
    content = _transitional(content)
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content[:4096]:
        raise _damaged(_("{name} declares entities, which no office file does").format(name=name))
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _damaged(name, str(error)) from error
    if root.getroottree().docinfo.doctype:
        raise _damaged(_("{name} declares entities, which no office file does").format(name=name))
    return root


def _transitional(content: bytes) -> bytes:
    """Return XML with the names of "Strict Open XML" said as every other Word file says them."""
    if b"http://purl.oclc.org/ooxml/" not in content[:8192]:
        return content
    for strict, usual in _STRICT.items():
        content = content.replace(strict, usual)
    return content


def _damaged(detail: str = "", library: str = "") -> DocumentError:
    """Return the error of a package that is broken; `library` is what a library said of it."""
    if not detail:
        return DocumentError(Outcome.DAMAGED, _("The file is damaged. Ask the ward to send it again."), library)
    text = _("The file is damaged ({detail}). Ask the ward to send it again.")
    return DocumentError(Outcome.DAMAGED, text.format(detail=detail), library)
