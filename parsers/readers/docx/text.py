"""The text of one DOCX paragraph, as a reader of the accepted document would see it.

Belongs here: runs in order with their look, tracked changes as accepted, field results without field codes, symbols,
text boxes and pictures anchored in the paragraph; text that nobody sees, and prompts of unfilled fields, left out.
Stays out: order of paragraphs and tables, numbering, outline (`docx`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from parsers.document import Unseen, UnseenWhy
from parsers.encodings import Encoding, decode, font_encoding, is_capital_font
from parsers.readers.common.seen import says_something, unseen_because
from parsers.readers.docx.styles import Look, Style, W, ground_of, look_of

_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_UNSEEN = frozenset(
    f"{W}{name}"
    for name in ("pPr", "rPr", "del", "moveFrom", "instrText", "delText", "delInstrText", "sdtPr", "annotationRef")
) | {f"{_ALTERNATE}Fallback"}
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
CHUNK = f"{W}altChunk"
INSETS = frozenset(
    {
        "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
        "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
        "{urn:schemas-microsoft-com:vml}imagedata",
        "{urn:schemas-microsoft-com:office:office}OLEObject",
    }
)
"""Elements that bind a picture, a chart or an embedded object to its place in the text."""

_ENDS = frozenset(".,;:)%")
_PRIVATE = range(0xF000, 0xF100)  # where Word puts the signs of symbol fonts


@dataclass
class Run:
    """Text of one look."""

    text: str
    look: Look


@dataclass
class ParagraphText:
    """Runs of a paragraph, the text boxes anchored in it, and the page breaks before and inside it."""

    runs: list[Run] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    unseen: list[Unseen] = field(default_factory=list)
    insets: list[etree._Element] = field(default_factory=list)
    breaks_before: int = 0
    breaks: int = 0

    def text(self, assumed: Encoding = "unicode") -> str:
        """Return the text in Unicode NFC; runs whose font tells no encoding are taken as `assumed`."""
        parts: list[tuple[str, Encoding, bool]] = []
        for run in self.runs:
            font = run.look.font or ""
            known = font_encoding(font)
            kind = (known or assumed, known is not None and is_capital_font(font))
            if parts and parts[-1][1:] == kind:
                parts[-1] = (parts[-1][0] + run.text, *kind)
            else:
                parts.append((run.text, *kind))
        return "".join(decode(text, encoding, capitals=loud) for text, encoding, loud in parts)

    @property
    def set_apart(self) -> bool:
        """Return whether every letter is bold or every letter is in italics."""
        seen = [r.look for r in self.runs if r.text.strip()]
        return bool(seen) and (all(s.bold for s in seen) or all(s.italic for s in seen))


def paragraph_text(
    paragraph: etree._Element, style: Style, styles: dict[str, Style], ground: str | None = None
) -> ParagraphText:
    """Return what a `w:p` shows; `ground` is the colour behind it where it stands in a shaded cell."""
    return _Walk(style, styles, ground).read(paragraph)


class _Walk:
    """One pass over a paragraph; keeps how deep it stands in the codes of fields."""

    def __init__(self, style: Style, styles: dict[str, Style], ground: str | None) -> None:
        self._style = style
        self._styles = styles
        self._ground = ground
        self._why: UnseenWhy | None = None
        self._result = ParagraphText()
        self._fields: list[bool] = []

    def read(self, paragraph: etree._Element) -> ParagraphText:
        """Return the text of the paragraph."""
        self._ground = ground_of(paragraph.find(f"{W}pPr")) or self._ground
        self._children(paragraph, self._style.look)
        return self._result

    def _children(self, parent: etree._Element, look: Look) -> None:
        for child in parent:
            if not isinstance(child.tag, str) or child.tag in _UNSEEN:
                continue
            if child.tag == f"{W}r":
                self._run(child)
            elif child.tag == f"{W}txbxContent":
                self._result.boxes.append(child)
            elif child.tag in INSETS:
                self._result.insets.append(child)
            elif child.tag == f"{W}sdt" and is_prompt(child):
                continue
            else:
                self._piece(child, look)

    def _run(self, run: etree._Element) -> None:
        """Take in a run; text that nobody sees is noted and not read."""
        properties = run.find(f"{W}rPr")
        look = look_of(properties)
        named = properties.find(f"{W}rStyle") if properties is not None else None
        if named is not None and named.get(f"{W}val", "") in self._styles:
            look = look.over(self._styles[named.get(f"{W}val", "")].look)
        look = look.over(self._style.look)
        outside, self._why = self._why, self._why or self._unseen(look)
        self._children(run, look)
        self._why = outside

    def _unseen(self, look: Look) -> UnseenWhy | None:
        """Return why text of a look is not seen, None where it is."""
        return unseen_because(
            hidden=bool(look.hidden),
            struck=bool(look.struck),
            points=look.points,
            colour=look.colour or "",
            ground=look.ground or self._ground or "",
        )

    def _piece(self, piece: etree._Element, look: Look) -> None:
        """Take in one child of a run or of a wrapper (hyperlink, insertion, content control, drawing)."""
        if piece.tag == f"{W}fldChar":
            self._field(piece.get(f"{W}fldCharType", ""))
        elif piece.tag == f"{W}lastRenderedPageBreak":
            self._break()
        elif piece.tag in {f"{W}t", _MATH_TEXT}:
            self._add(piece.text or "", look)
        elif piece.tag in _SIGNS:
            self._add(_SIGNS[piece.tag], look)
        elif piece.tag == f"{W}sym":
            self._add(_symbol(piece), look)
        else:
            self._children(piece, look)

    def _field(self, kind: str) -> None:
        """Follow a field: its code is not printed, its last result is."""
        if kind == "begin":
            self._fields.append(True)
        elif self._fields and kind == "separate":
            self._fields[-1] = False
        elif self._fields and kind == "end":
            self._fields.pop()

    def _break(self) -> None:
        """Count a page break that Word left when it last laid out the page."""
        if any(r.text.strip() for r in self._result.runs):
            self._result.breaks += 1
        else:
            self._result.breaks_before += 1

    def _add(self, text: str, look: Look) -> None:
        if not text or any(self._fields) or self._is_mark(text, look):
            return
        if self._why is None:
            self._result.runs.append(Run(text, look))
        elif says_something(text):
            self._result.unseen.append(Unseen(text.strip(), self._why))

    def _is_mark(self, text: str, look: Look) -> bool:
        """Return whether a text is a footnote's mark that a clerk raised by hand: in "327¹" it is no digit of 327."""
        before = self._result.runs[-1].text[-1:] if self._result.runs else ""
        return bool(look.raised) and text.strip().isdigit() and (before.isdigit() or before in _ENDS)


def is_prompt(control: etree._Element) -> bool:
    """Return whether a content control shows its grey prompt: nobody has filled it in."""
    shown = control.find(f"{W}sdtPr/{W}showingPlcHdr")
    return shown is not None and shown.get(f"{W}val", "1") not in {"0", "false", "off"}


def _symbol(element: etree._Element) -> str:
    """Return the character of a `w:sym`: bullets and dashes of symbol fonts as a dash."""
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return ""
    return "-" if code in _PRIVATE else chr(code) if 0x20 <= code < 0xD800 else ""


def blocks_of(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs and tables under a body, cell or box in order, looking through content controls."""
    for child in parent:
        if child.tag in {f"{W}p", f"{W}tbl", CHUNK}:
            yield child
        elif child.tag == f"{W}sdt" and is_prompt(child):
            continue
        elif isinstance(child.tag, str) and child.tag not in _UNSEEN:
            yield from blocks_of(child)
