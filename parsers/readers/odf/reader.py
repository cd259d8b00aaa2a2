"""ODT and ODS to drafts.

Belongs here: paragraphs, lists with their numbers, tables, text boxes, notes, pictures, embedded tables in true order.
Stays out: styles (`styles`), what a paragraph is (`readers.common.blocks`), reading pictures (whoever opens the file
lends it).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from cchc.errors import DocumentError
from cchc.messages import translator
from cchc.text import nfc
from parsers.document import Cell, Unread, Unseen, UnseenWhy
from parsers.limits import Limits
from parsers.outcomes import Outcome
from parsers.readers.common.draft import Draft, Drafted
from parsers.readers.common.package import Package
from parsers.readers.common.seen import BESIDE_UNSEEN, says_something
from parsers.readers.common.tables import with_headers
from parsers.readers.odf.styles import (
    DRAW,
    OFFICE,
    SVG,
    TABLE,
    TEXT,
    XLINK,
    ListLevel,
    OdfStyles,
    laid_over,
    look_of_cell,
    read_odf_styles,
    why_unseen,
)

_ = translator("formats")

# By hand: what a file may repeat, wider and longer is an attack.
_MOST_SPACES, _MOST_REPEATED, _WIDEST, _LONGEST = 200, 64, 300, 5_000
_DEEPEST = 12  # by hand: sections and lists in each other that still print something
_SKIPPED = frozenset(
    {f"{TEXT}tracked-changes", f"{TEXT}sequence-decls", f"{OFFICE}annotation", f"{OFFICE}forms", f"{TEXT}note-citation"}
)
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_INCHES = {"cm": 1 / 2.54, "mm": 1 / 25.4, "in": 1.0, "pt": 1 / 72}

PictureReader = Callable[[bytes, float | None], tuple[Draft, ...] | None]


def read_odf(data: bytes, limits: Limits, picture: PictureReader) -> Drafted:
    """Return the drafts of an ODT or ODS; raises DocumentError damaged, encrypted or too_large."""
    package = Package(data, limits)
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise DocumentError(Outcome.ENCRYPTED, _("The file is protected by a password. Send it without one."))
    content = package.xml("content.xml")
    named = package.xml("styles.xml") if "styles.xml" in package else None
    walk = _Walk(package, read_odf_styles(named, content), picture)
    body = content.find(f"{OFFICE}body")
    drafts = list(walk.blocks(body, 0)) if body is not None else []
    return Drafted(
        (*drafts, *walk.notes), reader="odf", unseen=tuple(walk.unseen), unread=tuple(dict.fromkeys(walk.unread))
    )


@dataclass
class _Paragraph:
    """What one paragraph shows and what hangs on it."""

    parts: list[str] = field(default_factory=list)
    hidden: bool = False
    frames: list[etree._Element] = field(default_factory=list)


@dataclass
class _Walk:
    """One walk over a file; counters of lists run along it."""

    package: Package
    styles: OdfStyles
    picture: PictureReader
    unseen: list[Unseen] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    notes: list[Draft] = field(default_factory=list)
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)
    _base: str = ""
    _around: dict[str, str] = field(default_factory=dict)
    """The look of the cell that is being read."""

    def blocks(self, parent: etree._Element, depth: int, item: tuple[str, int] | None = None) -> Iterator[Draft]:
        """Yield the drafts under an element; `item` is list style and level of the paragraph that comes first."""
        for child in parent:
            if not isinstance(child.tag, str) or child.tag in _SKIPPED or depth > _DEEPEST:
                continue
            if child.get(f"{TEXT}display") == "none":
                self._set_aside(child)
            elif child.tag in {f"{TEXT}p", f"{TEXT}h"}:
                yield from self._paragraph(child, depth, item)
                item = None
            elif child.tag == f"{TEXT}list":
                yield from self._list(child, depth)
            elif child.tag == f"{TABLE}table":
                yield from self._table(child, depth)
            else:
                yield from self.blocks(child, depth + 1)

    def _list(self, element: etree._Element, depth: int) -> Iterator[Draft]:
        """Yield the items of a list; an inner list has the style of the outer one unless it names its own."""
        chain = [element, *element.iterancestors(f"{TEXT}list")]
        style = next((name for one in chain if (name := one.get(f"{TEXT}style-name"))), "")
        level = len(chain)
        if (
            element.get(f"{TEXT}continue-numbering") != "true"
            and level == 1
            and not element.get(f"{TEXT}continue-list")
        ):
            self._counts = {key: n for key, n in self._counts.items() if key[0] != style}
        for entry in element:
            if entry.tag in {f"{TEXT}list-item", f"{TEXT}list-header"}:
                start = entry.get(f"{TEXT}start-value", "")
                if start.isdigit():
                    self._counts[style, level] = int(start) - 1
                yield from self.blocks(entry, depth + 1, (style, level) if entry.tag == f"{TEXT}list-item" else None)

    def _label(self, style: str, level: int) -> str:
        """Count an item and return its number, "" for a bullet of no use."""
        levels = self.styles.lists.get(style, {})
        here = levels.get(level, ListLevel())
        for key in [k for k in self._counts if k[0] == style and k[1] > level]:
            del self._counts[key]
        self._counts[style, level] = self._counts.get((style, level), here.start - 1) + 1
        if not here.form:
            return "-" if levels else ""
        above = range(max(level - here.levels + 1, 1), level + 1)
        numbers = [_numeral(self._counts.get((style, n), 1), levels.get(n, here).form or "1") for n in above]
        return f"{here.prefix}{'.'.join(numbers)}{here.suffix}"

    def _paragraph(self, element: etree._Element, depth: int, item: tuple[str, int] | None) -> Iterator[Draft]:
        """Yield a paragraph, then what hangs on it."""
        own = self.styles.said(element.get(f"{TEXT}style-name", ""))
        said = laid_over(self._around, own)
        content = _Paragraph()
        self._inline(element, said, content, depth)
        text = nfc("".join(content.parts))
        level = element.get(f"{TEXT}outline-level", "") if element.tag == f"{TEXT}h" else ""
        if text.strip():
            yield Draft(
                text=text,
                label=self._label(*item) if item else "",
                level=int(level) if level.isdigit() and int(level) < 10 else 0,
                set_apart=said.get("font-weight") == "bold" or said.get("font-style") == "italic",
                centred=said.get("text-align") == "center",
                confidence=BESIDE_UNSEEN if content.hidden else 1.0,
            )
        for frame in content.frames:
            yield from self._frame(frame, depth)

    def _inline(self, element: etree._Element, said: dict[str, str], into: _Paragraph, depth: int) -> None:
        """Put the text of an element into a paragraph, what nobody sees set aside."""
        why = why_unseen(said)
        self._add(element.text, why, into)
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _SKIPPED and depth < _DEEPEST * 2:
                self._piece(child, said, why, into, depth)
            self._add(child.tail, why, into)

    def _piece(
        self, child: etree._Element, said: dict[str, str], why: UnseenWhy | None, into: _Paragraph, depth: int
    ) -> None:
        if child.tag == f"{TEXT}s":
            count = child.get(f"{TEXT}c", "1")
            self._add(" " * min(int(count) if count.isdigit() else 1, _MOST_SPACES), why, into)
        elif child.tag in {f"{TEXT}tab", f"{TEXT}line-break"}:
            self._add("\t" if child.tag == f"{TEXT}tab" else "\n", why, into)
        elif child.tag == f"{TEXT}note":
            body = child.find(f"{TEXT}note-body")
            self.notes += [
                replace(d, footnote=True) for d in (self.blocks(body, depth + 1) if body is not None else ())
            ]
        elif child.tag == f"{DRAW}frame":
            into.frames.append(child)
        elif child.tag in {f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph"}:
            self._add(child.get(f"{TEXT}string-value") or "".join(child.itertext()), "invisible", into)
        elif child.tag == f"{TEXT}placeholder":
            return
        else:
            own = self.styles.said(child.get(f"{TEXT}style-name", ""))
            self._inline(child, laid_over(said, own), into, depth + 1)

    def _add(self, text: str | None, why: UnseenWhy | None, into: _Paragraph) -> None:
        if not text:
            return
        if why is None:
            into.parts.append(text)
        elif says_something(text):
            self.unseen.append(Unseen(text.strip(), why))
            into.hidden = True

    def _frame(self, frame: etree._Element, depth: int) -> Iterator[Draft]:
        """Yield what a frame holds: a text box, an embedded table, or else its picture."""
        for child in frame:
            if child.tag == f"{DRAW}text-box":
                yield from self.blocks(child, depth + 1)
                return
            name = (child.get(f"{XLINK}href") or "").removeprefix("./").rstrip("/")
            if child.tag == f"{DRAW}object" and f"{self._base}{name}/content.xml" in self.package:
                yield from self._object(f"{self._base}{name}/", depth)
                return
            if child.tag == f"{DRAW}image" and f"{self._base}{name}" in self.package:
                yield from self._image(f"{self._base}{name}", frame)
                return

    def _object(self, folder: str, depth: int) -> Iterator[Draft]:
        """Yield the tables of an embedded sheet; a formula or a chart has none and is not read."""
        inner = self.package.xml(f"{folder}content.xml")
        body = inner.find(f"{OFFICE}body")
        if body is None or body.find(f"{OFFICE}chart") is not None:
            self.unread += [Unread("object", folder.rstrip("/"))] if body is not None else []
            return
        outside, self._base = self._base, folder
        yield from self.blocks(body, depth + 1)
        self._base = outside

    def _image(self, name: str, frame: etree._Element) -> Iterator[Draft]:
        try:
            found = self.picture(self.package.read(name), _inches(frame.get(f"{SVG}width", "")))
        except DocumentError:
            found = None
        if found is None:
            self.unread.append(Unread("picture", name.rpartition("/")[2]))
        else:
            yield from found

    def _table(self, element: etree._Element, depth: int) -> Iterator[Draft]:
        """Yield a table, then the tables nested in its cells; a sheet that is hidden is unseen."""
        if self.styles.said(element.get(f"{TABLE}style-name", "")).get("display") == "false":
            self._set_aside(element)
            return
        cells: list[Cell] = []
        nested: list[Draft] = []
        columns = _columns(element)
        row = 0
        for line, repeated in self._rows(element):
            column = 0
            for cell in line:
                if cell.tag not in {f"{TABLE}table-cell", f"{TABLE}covered-table-cell"}:
                    continue
                times = _times(cell, f"{TABLE}number-columns-repeated", _WIDEST - column)
                places = [n for n in range(column, column + min(times, _MOST_REPEATED)) if n not in columns.hidden]
                if not places:
                    self._set_aside(cell)
                    column += times
                    continue
                drafts = self._in_cell(cell, columns.styles.get(column, ""), depth)
                nested += [d for d in drafts if d.is_table]
                text = "\n".join(" ".join(filter(None, (d.label, d.text.strip()))) for d in drafts if not d.is_table)
                if text and cell.tag == f"{TABLE}table-cell":
                    sure = min((d.confidence for d in drafts if not d.is_table), default=1.0)
                    cells += [
                        Cell(row, place, text, _span(cell, "rows"), _span(cell, "columns"), confidence=sure)
                        for place in places
                    ]
                column += times
            row += repeated
        if cells:
            yield Draft(cells=with_headers(tuple(cells), 0), ruled=True if len(cells) > 6 else self._is_ruled(element))
        yield from nested

    def _in_cell(self, cell: etree._Element, of_column: str, depth: int) -> list[Draft]:
        """Return what a cell holds, its text looking as cell, row or column say where it does not say so itself."""
        row, table = next(cell.iterancestors(f"{TABLE}table-row")), next(cell.iterancestors(f"{TABLE}table"))
        default = row.get(f"{TABLE}default-cell-style-name") or of_column
        own = cell.get(f"{TABLE}style-name") or default
        names = (table.get(f"{TABLE}style-name", ""), row.get(f"{TABLE}style-name", ""), own)
        outside, self._around = self._around, look_of_cell(self.styles, *names)
        drafts = list(self.blocks(cell, depth + 1))
        self._around = outside
        return drafts

    def _set_aside(self, element: etree._Element) -> None:
        """Take the text of an element that is not shown for unseen."""
        text = " ".join(" ".join(element.itertext()).split())
        self.unseen += [Unseen(text, "invisible")] if says_something(text) else []

    def _rows(self, element: etree._Element) -> Iterator[tuple[etree._Element, int]]:
        """Yield the rows of a table that are seen, and how many each stands for; those of hidden ones are unseen."""
        count = 0
        for row in element.iter(f"{TABLE}table-row"):
            owner = next(row.iterancestors(f"{TABLE}table"))
            if owner is not element:
                continue
            count += 1
            if count > _LONGEST:
                raise DocumentError(
                    Outcome.TOO_LARGE, _("The workbook has more cells than any report. Send the report by itself.")
                )
            if row.get(f"{TABLE}visibility") in {"collapse", "filter"}:
                self._set_aside(row)
            else:
                yield row, _times(row, f"{TABLE}number-rows-repeated", _LONGEST)

    def _is_ruled(self, element: etree._Element) -> bool:
        """Return whether any cell of a table has a border."""
        names = {cell.get(f"{TABLE}style-name", "") for cell in element.iter(f"{TABLE}table-cell")}
        return any(
            value not in {"none", ""}
            for name in names
            for key, value in self.styles.said(name).items()
            if key.startswith("border")
        )


@dataclass
class _Columns:
    """What the columns of a table say of their cells: which are not shown, and how the others look."""

    hidden: set[int] = field(default_factory=set)
    styles: dict[int, str] = field(default_factory=dict)


def _columns(table: etree._Element) -> _Columns:
    """Return what the columns of a table say, those of tables nested in it left out."""
    found = _Columns()
    place = 0
    for column in table.iter(f"{TABLE}table-column"):
        if next(column.iterancestors(f"{TABLE}table")) is not table:
            continue
        times = _times(column, f"{TABLE}number-columns-repeated", max(_WIDEST - place, 1))
        for number in range(place, place + times):
            if column.get(f"{TABLE}visibility") in {"collapse", "filter"}:
                found.hidden.add(number)
            found.styles[number] = column.get(f"{TABLE}default-cell-style-name", "")
        place += times
    return found


def _numeral(number: int, form: str) -> str:
    """Return a number of a list in the form its style names: 1, a, A, i or I."""
    if form in {"i", "I"} and number < len(_ROMAN):
        return _ROMAN[number].upper() if form == "I" else _ROMAN[number]
    if form in {"a", "A"} and 1 <= number <= 26:
        return chr(ord(form) + number - 1)
    return str(number)


def _times(element: etree._Element, attribute: str, most: int) -> int:
    text = element.get(attribute, "1")
    return max(min(int(text), most), 1) if text.isdigit() and len(text) < 9 else 1


def _span(cell: etree._Element, what: str) -> int:
    return _times(cell, f"{TABLE}number-{what}-spanned", _WIDEST)


def _inches(length: str) -> float | None:
    """Return a length of the file in inches, None where it says none."""
    number, unit = length[:-2], length[-2:]
    return float(number) * _INCHES[unit] if unit in _INCHES and number.replace(".", "", 1).isdigit() else None
