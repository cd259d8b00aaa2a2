"""HTML and MHT to drafts: what Word saves as a web page, often under the name .doc, and mails that are the report.

Belongs here: paragraphs, items, headings and tables in order; what nobody sees, set aside; pictures kept beside it.
Stays out: anything outside the file: nothing is fetched.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import email
import email.policy
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree
from lxml import html as lxml_html

from cchc.text import nfc, squeeze
from parsers.document import Cell, Unread, Unseen
from parsers.encodings import decode, font_encoding, recognise
from parsers.readers.common.draft import Draft, Drafted
from parsers.readers.common.seen import BESIDE_UNSEEN, says_something, unseen_because
from parsers.readers.common.tables import with_headers

PictureReader = Callable[[bytes, float | None], tuple[Draft, ...] | None]

_DEEPEST = 200  # by hand: elements in each other; deeper is an attack
_WIDEST = 200  # by hand
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "blockquote",
        "pre",
        "center",
        "dd",
        "dt",
        "caption",
        "address",
        "section",
        "article",
    ]
)
_SKIPPED = frozenset(
    ["script", "style", "head", "title", "meta", "link", "noscript", "template", "object", "iframe", "select", "button"]
)
_STRUCK = frozenset({"s", "strike", "del"})
_SIZE = re.compile(r"(\d{0,6}\.?\d{1,6})\s*(pt|px)")
_NO_SIZE = re.compile(r"0+(?:\.0+)?(?![\d.])")
_WHITE = {"white": "FFFFFF", "black": "000000"}
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?!\d)")
_CLEAR = frozenset({"transparent", "none", "inherit", "initial", "unset"})
_SHORT = re.compile(r"#([0-9a-fA-F])([0-9a-fA-F])([0-9a-fA-F])$")


def read_html(data: bytes, picture: PictureReader, files: Mapping[str, bytes] | None = None) -> Drafted:
    """Return the drafts of a web page; `files` are those that stand beside it, by the address it gives them."""
    root = lxml_html.document_fromstring(_text(data), parser=lxml_html.HTMLParser(no_network=True, huge_tree=False))
    walk = _Walk(picture, files or {})
    walk.take(root, {}, 0)
    walk.close()
    drafts, encoding = _converted(walk.drafts)
    return Drafted(
        tuple(drafts), reader="html", encoding=encoding, unseen=tuple(walk.unseen), unread=tuple(walk.unread)
    )


def read_mht(data: bytes, picture: PictureReader) -> Drafted:
    """Return the drafts of a web page kept in one file with its pictures."""
    whole = email.message_from_bytes(data, policy=email.policy.default.clone(raise_on_defect=False))
    page, files = b"", {}
    for part in whole.walk():
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            continue
        if part.get_content_type() == "text/html" and not page:
            page = _in_utf8(content, part.get_content_charset())
        for address in (part.get("Content-Location"), part.get("Content-ID")):
            if address:
                files[str(address).strip("<> ").rpartition("/")[2]] = content
    return read_html(page, picture, files)


def _in_utf8(page: bytes, charset: str | None) -> bytes:
    """Return a page in UTF-8 where it is in the charset that its mail names, else as it is: then its own word holds."""
    if charset is None or page.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return page
    try:
        return page.decode(charset).encode("utf-8-sig")
    except (LookupError, UnicodeError):
        return page


def _text(data: bytes) -> str:
    """Return a page as text, by its mark, its own word, or as UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    told = None if data.startswith(codecs.BOM_UTF8) else _CHARSET.search(data[:4096])
    name = told[1].decode("ascii", "replace") if told else "utf-8"
    try:
        text = data.decode(name, "replace")
    except LookupError:
        text = data.decode("utf-8", "replace")
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff"))


def _converted(drafts: list[Draft]) -> tuple[list[Draft], str]:
    """Return drafts in Unicode, and the encoding they were in where their letters tell an old one."""
    told = recognise(" ".join(draft.text for draft in drafts[:60]))
    if told == "unicode":
        return drafts, "unicode"
    from dataclasses import replace

    return [
        replace(d, text=decode(d.text, told), cells=tuple(replace(c, text=decode(c.text, told)) for c in d.cells))
        for d in drafts
    ], told


@dataclass
class _Walk:
    """One walk over a page: text is gathered until a block ends."""

    picture: PictureReader
    files: Mapping[str, bytes]
    drafts: list[Draft] = field(default_factory=list)
    unseen: list[Unseen] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _hidden: bool = False
    _block: Mapping[str, str] = field(default_factory=dict)

    def take(self, element: etree._Element, look: Mapping[str, str], depth: int) -> None:
        """Take in an element with what follows inside it."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag.lower() in _SKIPPED or depth > _DEEPEST:
            return
        own = _laid_over(look, _look(element))
        if tag == "table":
            self.close()
            self.drafts += self._table(element, own, depth)
            return
        if tag == "img":
            self._image(element)
            return
        block = tag in _BLOCKS
        if block:
            self.close()
            self._block = {**own, "tag": tag}
        self._add(element.text, own)
        for child in element:
            self.take(child, own, depth + 1)
            if isinstance(child.tag, str) and child.tag == "br":
                self._add("\n", own, kept=True)
            self._add(child.tail, own)
        if block:
            self.close()

    def close(self) -> None:
        """End the paragraph that is open."""
        text = "\n".join(filter(None, (squeeze(line) for line in "".join(self._parts).split("\n"))))
        if text:
            tag = self._block.get("tag", "")
            self.drafts.append(
                Draft(
                    text=nfc(text),
                    label="-" if tag == "li" else "",
                    level=int(tag[1]) if tag[:1] == "h" and tag[1:].isdigit() else 0,
                    set_apart=self._block.get("font-weight") in {"bold", "700"},
                    centred=self._block.get("text-align") == "center",
                    confidence=BESIDE_UNSEEN if self._hidden else 1.0,
                )
            )
        self._parts, self._hidden = [], False

    def _add(self, text: str | None, look: Mapping[str, str], *, kept: bool = False) -> None:
        if not text:
            return
        why = unseen_because(
            hidden=look.get("display") == "none"
            or look.get("visibility") in {"hidden", "collapse"}
            or look.get("mso-hide") == "all",
            struck="line-through" in look.get("text-decoration", ""),
            points=_points(look.get("font-size", "")),
            colour=look.get("color", ""),
            ground=look.get("background", ""),
        )
        if why is None:
            encoding = font_encoding(look.get("font-family", "").split(",")[0].strip("'\" "))
            plain = text if kept else re.sub(r"[\r\n\t]+", " ", text)
            self._parts.append(decode(plain, encoding) if encoding else plain)
        elif says_something(text):
            self.unseen.append(Unseen(squeeze(text), why))
            self._hidden = True

    def _table(self, element: etree._Element, look: Mapping[str, str], depth: int) -> list[Draft]:
        """Return what a table is called, the table, then the tables nested in its cells."""
        cells: list[Cell] = []
        nested: list[Draft] = []
        called: list[Draft] = []
        for caption in element.iterchildren("caption"):
            inner = _Walk(self.picture, self.files, unseen=self.unseen, unread=self.unread)
            inner.take(caption, look, depth + 1)
            called += inner.drafts
        taken: set[tuple[int, int]] = set()
        for number, row in enumerate(r for r in element.iter("tr") if next(r.iterancestors("table")) is element):
            column = 0
            around = look
            for part in (row.getparent(), row):
                around = _laid_over(around, _look(part)) if part is not element else around
            for cell in row:
                if cell.tag not in {"td", "th"} or column >= _WIDEST:
                    continue
                while (number, column) in taken:
                    column += 1
                down, across = _count(cell.get("rowspan")), _count(cell.get("colspan"))
                taken |= {(number + y, column + x) for y in range(down) for x in range(across)}
                inner = _Walk(self.picture, self.files, unseen=self.unseen, unread=self.unread)
                inner.take(_as_block(cell), around, depth + 1)
                inner.close()
                nested += [d for d in inner.drafts if d.is_table]
                plain = [d for d in inner.drafts if not d.is_table]
                text = "\n".join(" ".join(filter(None, (d.label, d.text))) for d in plain)
                sure = min((d.confidence for d in plain), default=1.0)
                cells.append(Cell(number, column, text, down, across, cell.tag == "th", confidence=sure))
                column += across
        found = [Draft(cells=with_headers(tuple(cells), 0), ruled=_is_ruled(element))] if cells else []
        return [*called, *found, *nested]

    def _image(self, element: etree._Element) -> None:
        """Read a picture that stands in the file; one that does not is not part of what was sent."""
        source = element.get("src") or ""
        data = (
            _inline(source)
            if source.startswith("data:")
            else self.files.get(source.rpartition("/")[2].removeprefix("cid:"))
        )
        if data is None:
            return
        found = self.picture(data, None)
        if found is None:
            self.unread.append(Unread("picture", source[:60] if not source.startswith("data:") else ""))
        elif found:
            self.close()
            self.drafts += found


def _as_block(cell: etree._Element) -> etree._Element:
    """Return a cell as a plain block, so that its own look counts."""
    cell.tag = "div" if cell.tag == "td" else cell.tag
    return cell


def _look(element: etree._Element) -> dict[str, str]:
    """Return what an element says of how its text looks."""
    said: dict[str, str] = {}
    tag = str(element.tag).lower()
    if tag in {"b", "strong", "th"} or (tag[:1] == "h" and tag[1:].isdigit()):
        said["font-weight"] = "bold"
    if tag in _STRUCK:
        said["text-decoration"] = "line-through"
    if tag == "center" or (element.get("align") or "").lower() == "center":
        said["text-align"] = "center"
    if element.get("color"):
        said["color"] = _colour(element.get("color", ""))
    if element.get("face"):
        said["font-family"] = element.get("face", "")
    if element.get("bgcolor"):
        said["background"] = _colour(element.get("bgcolor", ""))
    if element.get("hidden") is not None:
        said["display"] = "none"
    for rule in (element.get("style") or "").split(";"):
        name, _colon, value = rule.partition(":")
        name, value = name.strip().lower(), value.lower().replace("!important", "").strip()
        if name.startswith("background") and value in _CLEAR:
            continue
        if name in {"color", "background", "background-color"}:
            said[name.removesuffix("-color") if name != "color" else name] = _colour(value)
        elif name and value:
            said[name] = value
    return said


def _laid_over(look: Mapping[str, str], said: Mapping[str, str]) -> dict[str, str]:
    """Return a look with what an element says laid over it; what hides or strikes an element does so to all in it."""
    kept = {n: v for n, v in look.items() if (n == "display" and v == "none") or "line-through" in v}
    return {**look, **said, **kept}


def _points(size: str) -> float | None:
    """Return a size of letters in points, None where it is said in another measure."""
    if _NO_SIZE.match(size):
        return 0.0
    found = _SIZE.match(size)
    return float(found[1]) * (1 if found[2] == "pt" else 0.75) if found else None


def _colour(value: str) -> str:
    """Return a colour as RRGGBB, "" for what is said otherwise."""
    plain = value.strip().lower()
    mixed = _RGB.match(plain)
    if mixed:
        return "".join(f"{min(int(part), 255):02X}" for part in mixed.groups())
    short = _SHORT.match(plain)
    if short:
        return "".join(part * 2 for part in short.groups())
    return _WHITE.get(plain, plain.lstrip("#")[:6] if plain.startswith("#") else "")


def _count(text: str | None) -> int:
    return min(max(int(text), 1), _WIDEST) if text and text.isdigit() and len(text) < 5 else 1


def _is_ruled(element: etree._Element) -> bool:
    """Return whether a table prints lines."""
    if (element.get("border") or "0") not in {"0", ""}:
        return True
    return any("solid" in (cell.get("style") or "") for cell in element.iter("td", "th", "div"))


def _inline(source: str) -> bytes | None:
    try:
        return base64.b64decode(source.partition(",")[2], validate=False)
    except (binascii.Error, ValueError):
        return None
