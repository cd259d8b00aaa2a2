"""DOCX to drafts.

Belongs here: paragraphs, tables, text boxes and footnotes in true order, automatic numbers, pages where Word left them.
Stays out: the text inside a paragraph (`text`), what a paragraph is (`readers.common.blocks`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from cchc.errors import DocumentError
from cchc.messages import translator
from cchc.text import fold
from parsers.document import Cell, Unseen
from parsers.encodings import Encoding, font_encoding, recognise
from parsers.limits import Limits
from parsers.outcomes import Outcome
from parsers.readers.common.draft import Draft, Drafted
from parsers.readers.common.package import MAIN, Package
from parsers.readers.common.seen import BESIDE_UNSEEN
from parsers.readers.common.tables import with_headers
from parsers.readers.docx.insets import InnerReader, Insets, PictureReader
from parsers.readers.docx.numbering import Numbering, read_numbering
from parsers.readers.docx.styles import PLAIN, Style, W, alignment_of, ground_of, numbering_of, read_styles
from parsers.readers.docx.text import CHUNK, ParagraphText, blocks_of, paragraph_text

_ = translator("readers")

_DEEPEST_TABLE = 8  # by hand: tables in tables that still print something; deeper is an attack
_WIDEST_TABLE = 200  # Word itself stops at 63 columns
_HEAD_REACH = 30  # blocks in which a letterhead would stand
_PLAIN_TABLES = frozenset({"TableNormal", "NormalTable", "Normal"})
_UNKNOWN_GROUND = "808080"
"""The colour taken to be behind a cell that a table's style may shade: neither black nor white is hidden on it."""

_NUMBER = re.compile(r"(?:^|\s)so\s*:\s*\d*\s*/\s*bc")


def read_docx(
    data: bytes, limits: Limits, picture: PictureReader | None = None, inner: InnerReader | None = None
) -> Drafted:
    """Return the drafts of a DOCX; raises DocumentError damaged, encrypted or too_large.

    `picture` and `inner` read the pictures and files that stand in it; without them those are passed over.
    """
    package = Package(data, limits)
    main = package.related("", "officeDocument") or MAIN
    insets = Insets(package, package.bound(main), picture, inner) if picture and inner else None
    try:
        return _Reader(package, main, insets).read()
    except RecursionError as error:
        raise DocumentError(
            Outcome.DAMAGED, _("The file is nested deeper than any office program writes. Save it anew.")
        ) from error


@dataclass
class _Position:
    """Where the walk stands: the page, and whether the file tells pages at all."""

    page: int = 1
    paged: bool = False

    def now(self) -> int | None:
        return self.page if self.paged else None


@dataclass
class _Reader:
    """One walk over a package. The counters of lists run along it."""

    package: Package
    main: str
    insets: Insets | None = None
    styles: dict[str, Style] = field(default_factory=dict)
    default: Style = PLAIN
    assumed: Encoding = "unicode"
    numbering: Numbering = field(default_factory=Numbering)
    position: _Position = field(default_factory=_Position)
    undecided: list[str] = field(default_factory=list)
    encodings: set[Encoding] = field(default_factory=set)
    unseen: list[Unseen] = field(default_factory=list)
    ground: str | None = None

    def read(self) -> Drafted:
        """Return the drafts; text without a telling font is walked again where its letters tell a legacy encoding."""
        self.styles, self.default = read_styles(self._part("styles"))
        drafts = self._walk()
        told = recognise(" ".join(self.undecided))
        if told != "unicode":
            self.assumed = told
            self.encodings.add(told)
            drafts = self._walk()
        return Drafted(
            tuple(drafts),
            reader="docx",
            encoding=min(self.encodings, default="unicode"),
            notes=self._notes(),
            unseen=tuple(self.unseen + (self.insets.unseen if self.insets else [])),
            unread=tuple(self.insets.unread if self.insets else ()),
        )

    def _notes(self) -> tuple[str, ...]:
        if not self.encodings:
            return ()
        return (
            _("The text was in the old encoding {name} and was converted.").format(name=min(self.encodings).upper()),
        )

    def _part(self, kind: str) -> etree._Element | None:
        name = self.package.related(self.main, kind)
        return self.package.xml(name) if name else None

    def _walk(self) -> list[Draft]:
        """Return the drafts of the body, then those of footnotes and endnotes."""
        root = self.package.xml(self.main)
        body = root.find(f"{W}body")
        if body is None:
            raise DocumentError(Outcome.DAMAGED, _("The file is no Word document inside. Save it anew as DOCX."))
        self.numbering = read_numbering(self._part("numbering"))
        self.position = _Position(paged=next(root.iter(f"{W}lastRenderedPageBreak"), None) is not None)
        self.undecided = []
        self.unseen = []
        if self.insets is not None:
            self.insets.begin()
        drafts = list(self._blocks(body, 0))
        drafts = self._letterhead_in_headers(drafts) + drafts
        return drafts + list(self._notes_of("footnotes")) + list(self._notes_of("endnotes"))

    def _letterhead_in_headers(self, body: list[Draft]) -> list[Draft]:
        """Return the letterhead that a clerk put into the page header, where the body has none."""
        if any(_is_letterhead(draft) for draft in body[:_HEAD_REACH]):
            return []
        headers = [list(self._blocks(self.package.xml(n), 0)) for n in self.package.all_related(self.main, "header")]
        return next((drafts for drafts in headers if any(map(_is_letterhead, drafts))), [])

    def _notes_of(self, kind: str) -> Iterator[Draft]:
        """Yield the footnotes or endnotes."""
        root = self._part(kind)
        for note in root if root is not None else ():
            if note.get(f"{W}type") in {None, "normal"}:
                for draft in self._blocks(note, 0):
                    yield replace(draft, footnote=True, page=None)

    def _blocks(self, parent: etree._Element, depth: int) -> Iterator[Draft]:
        for element in blocks_of(parent):
            if element.tag == f"{W}tbl":
                yield from self._table(element, depth)
            elif element.tag == CHUNK:
                if self.insets is not None:
                    yield from self.insets.chunk(element, self.position.now())
            else:
                yield from self._paragraph(element, depth)

    def _style(self, properties: etree._Element | None) -> Style:
        named = properties.find(f"{W}pStyle") if properties is not None else None
        return self.default if named is None else self.styles.get(named.get(f"{W}val", ""), self.default)

    def _paragraph(self, element: etree._Element, depth: int) -> Iterator[Draft]:
        """Yield a paragraph, then what its text boxes hold."""
        properties = element.find(f"{W}pPr")
        style = self._style(properties)
        content = paragraph_text(element, style, self.styles, self.ground)
        self.unseen += [replace(unseen, page=self.position.now()) for unseen in content.unseen]
        self.position.page += content.breaks_before
        text = self._text(content)
        if text.strip():
            yield Draft(
                text=text,
                page=self.position.now(),
                label=self._label(properties, style),
                level=style.level,
                set_apart=content.set_apart,
                centred=alignment_of(properties, style.centred),
                confidence=BESIDE_UNSEEN if content.unseen else 1.0,
            )
        self.position.page += content.breaks
        if self.insets is not None:
            yield from self.insets.drafts(content.insets, self.position.now())
        for box in content.boxes:
            if depth < _DEEPEST_TABLE:
                yield from self._blocks(box, depth + 1)

    def _text(self, content: ParagraphText) -> str:
        """Return a paragraph's text, and remember what its fonts say of encodings."""
        for run in content.runs:
            told = font_encoding(run.look.font or "")
            if told:
                self.encodings.add(told)
            else:
                self.undecided.append(run.text)
        return content.text(self.assumed)

    def _label(self, properties: etree._Element | None, style: Style) -> str:
        """Return the automatic number of a paragraph and count it."""
        found = numbering_of(properties) or style.numbering
        return "" if found is None or found[0] == "0" else self.numbering.next_label(*found)

    def _table(self, element: etree._Element, depth: int) -> Iterator[Draft]:
        """Yield a table, then the tables nested in its cells."""
        cells: dict[tuple[int, int], Cell] = {}
        nested: list[Draft] = []
        page = self.position.now()
        header_rows = 0
        styled = _UNKNOWN_GROUND if self._is_styled(element) else None
        for row, line in enumerate(_rows(element)):
            if line.find(f"{W}trPr/{W}tblHeader") is not None and header_rows == row:
                header_rows += 1
            for column, span, cell in _row_cells(line):
                if _continues(cell):
                    _stretch(cells, row, column)
                    continue
                outside, self.ground = self.ground, ground_of(cell.find(f"{W}tcPr")) or styled or self.ground
                drafts = list(self._blocks(cell, depth + 1)) if depth < _DEEPEST_TABLE else []
                self.ground = outside
                nested += [d for d in drafts if d.is_table]
                text = "\n".join(" ".join(filter(None, (d.label, d.text.strip()))) for d in drafts if not d.is_table)
                sure = min((d.confidence for d in drafts if not d.is_table), default=1.0)
                cells[row, column] = Cell(row, column, text, 1, span, page=self.position.now(), confidence=sure)
        if cells:
            held = with_headers(tuple(cells[place] for place in sorted(cells)), header_rows)
            yield Draft(cells=held, page=page, ruled=self._is_ruled(element))
        yield from nested

    def _is_ruled(self, element: etree._Element) -> bool:
        """Return whether a table prints lines, by its own borders or those of a style other than the plain one."""
        borders = element.find(f"{W}tblPr/{W}tblBorders")
        if borders is not None:
            return any(b.get(f"{W}val") not in {"none", "nil"} for b in borders)
        if any(True for _border in element.iter(f"{W}tcBorders")):
            return True
        style = element.find(f"{W}tblPr/{W}tblStyle")
        return style is not None and style.get(f"{W}val") not in _PLAIN_TABLES

    def _is_styled(self, element: etree._Element) -> bool:
        """Return whether a table has a style that may shade its cells."""
        style = element.find(f"{W}tblPr/{W}tblStyle")
        return style is not None and style.get(f"{W}val") not in _PLAIN_TABLES | {"TableGrid"}


def _is_letterhead(draft: Draft) -> bool:
    """Return whether a draft holds the national title or the number of the document."""
    text = fold(" ".join([draft.text, *(cell.text for cell in draft.cells)]))
    return "cong hoa xa hoi chu nghia" in text or _NUMBER.search(text) is not None


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """Yield the rows of a table that are not deleted, looking through content controls."""
    for child in table:
        if child.tag == f"{W}tr":
            if child.find(f"{W}trPr/{W}del") is None:
                yield child
        elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"}:
            yield from _rows(child)


def _row_cells(row: etree._Element) -> Iterator[tuple[int, int, etree._Element]]:
    """Yield (column, columns spanned, cell) of a row."""
    column = _count(row.find(f"{W}trPr/{W}gridBefore"), 0)
    for cell in _cells(row):
        span = _count(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
        if column >= _WIDEST_TABLE:
            return
        yield column, span, cell
        column += span


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    """Yield the cells of a row, looking through content controls."""
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}customXml"}:
            yield from _cells(child)


def _continues(cell: etree._Element) -> bool:
    """Return whether a cell is the lower part of a vertical merge."""
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val") != "restart"


def _stretch(cells: dict[tuple[int, int], Cell], row: int, column: int) -> None:
    """Let the cell above at `column` reach down to `row`."""
    above = max((place for place in cells if place[1] == column and place[0] < row), default=None)
    if above is not None and above[0] + cells[above].row_span == row:
        cells[above] = replace(cells[above], row_span=cells[above].row_span + 1)


def _count(element: etree._Element | None, otherwise: int) -> int:
    """Return a small count of the file, `otherwise` where it is missing or no number."""
    text = element.get(f"{W}val", "") if element is not None else ""
    return int(text) if text.isdigit() and len(text) < 4 else otherwise
