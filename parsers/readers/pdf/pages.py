"""One page of a PDF by its text layer: what a person sees of it, and whether the picture has to be read instead.

Belongs here: the steps for one page, and what follows where text that nobody sees differs from what is seen.
Stays out: the steps themselves (`text`, `objects`, `sight`, `struck`, `textlayer`), recognition (`reader`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from cchc.errors import DocumentError
from cchc.formats import number
from cchc.messages import translator
from parsers.document import Box, Page, Unseen
from parsers.outcomes import Outcome
from parsers.readers.common.printed import PrintedLine, PrintedPage, PrintedTable, Token, line_of
from parsers.readers.pdf.annotations import LaidUpon, Typed, settle
from parsers.readers.pdf.drawn_lines import ruled_lines
from parsers.readers.pdf.frame import Frame, Rule, frame_of, upright
from parsers.readers.pdf.glyphs import Glyphs, glyphs_of
from parsers.readers.pdf.objects import Bounds, Objects, objects_of
from parsers.readers.pdf.sight import Hidden, hidden_in, said_by
from parsers.readers.pdf.struck import Stroke, may_be_struck, set_up, slants_of, struck_out
from parsers.readers.pdf.text import PageText, lines_by_place, printed_lines
from parsers.readers.pdf.textlayer import Verdict, verdict

_ = translator("readers")

BESIDE_UNSEEN = 0.75
"""How far words are believed on a page that holds text nobody sees."""

# Chosen by hand; what they do is held by tests/readers.
_USUAL_DPI = 200.0
_LEAST_DPI = 150.0
_RULES_NEEDED = 4  # lines of the smallest table
_LOWEST = 4.0  # points: lower text is not read by people either
_COVERS = 0.5  # of the page by pictures
_MOSTLY = 0.8  # of the letters unseen
_MOST_NOTES = 40  # told; more say nothing new
_MOST_GLYPHS = 150_000  # thirty times a full page; bounds the time
_FEW_PATHS = 12  # paths that draw no letters


@dataclass(frozen=True)
class Scan:
    """A page that has to be recognised: where it is and the resolution at which to draw it."""

    index: int
    dpi: float
    why: Verdict


@dataclass(frozen=True)
class ReadPage:
    """A page as read: by its text layer, unless `scan` says how to draw it; `doubtful` where text is not seen."""

    printed: PrintedPage
    scan: Scan | None = None
    unseen: tuple[Unseen, ...] = ()
    doubtful: bool = False


@dataclass(frozen=True)
class _Seen:
    """What a person sees of a page's text, and the runs that nobody sees."""

    text: PageText
    rules: list[Rule]
    hidden: tuple[tuple[Hidden, str], ...] = ()
    mostly_hidden: bool = False


def damaged(detail: str) -> DocumentError:
    """Return the error of a PDF that cannot be opened; `detail` is what the library says."""
    return DocumentError(Outcome.DAMAGED, _("The file is damaged. Ask the ward to send it again."), detail)


def read_page(document: pdfium.PdfDocument, index: int) -> ReadPage:
    """Return one page; raises DocumentError damaged or too_large."""
    upon = LaidUpon()
    with page_of(document, index) as page:
        laid = raw.FPDFPage_GetAnnotCount(page.raw) > 0
        seen, drawn = (None, None) if laid else _looked_over(page, index, upon)
    if seen is None or drawn is None:
        upon = settle(document, index)
        with page_of(document, index) as page:
            seen, drawn = _looked_over(page, index, upon)
    lines, frame = seen.text
    lines = lines + [line for typed in upon.typed for line in _typed_lines(typed, frame)]
    printed = PrintedPage(Page(index + 1, *frame.size))
    how = _how(lines, seen, drawn)
    if how == "good":
        _fill(printed, lines, seen.rules if drawn.paths >= _RULES_NEEDED else [])
    scanned = how not in {"good", "blank"}
    scan = Scan(index, _resolution(drawn), how) if scanned else None
    traceless = all(run.why != "white" for run, _said in seen.hidden)
    if scanned and seen.mostly_hidden and drawn.covered > _COVERS and traceless:
        return ReadPage(printed, scan)
    unseen = tuple(_notes(seen.hidden, index + 1))
    return ReadPage(printed, scan, unseen, doubtful=bool(unseen or upon.typed))


def _looked_over(page: pdfium.PdfPage, index: int, upon: LaidUpon) -> tuple[_Seen, Objects]:
    """Return what a person sees of a page's text, and what is drawn there."""
    frame = frame_of(page)
    drawn = objects_of(page, frame)
    textpage = page.get_textpage()
    try:
        _bounded(textpage, index)
        return _seen(page, textpage, frame, drawn, upon), drawn
    finally:
        textpage.close()


@contextmanager
def page_of(document: pdfium.PdfDocument, index: int) -> Iterator[pdfium.PdfPage]:
    """Lend one page and close it at the end: open pages double pdfium's memory."""
    try:
        page = document[index]
    except pdfium.PdfiumError as error:
        raise _broken(index) from error
    try:
        yield page
    finally:
        page.close()


def _broken(index: int) -> DocumentError:
    """Return the error of a page that cannot be opened."""
    text = _("Page {number} of the file is damaged. Ask the ward to send it again.")
    return DocumentError(Outcome.DAMAGED, text.format(number=index + 1))


def _bounded(textpage: pdfium.PdfTextPage, index: int) -> None:
    """Raise for a page with more characters than any paper holds."""
    count = textpage.count_chars()
    if count > _MOST_GLYPHS:
        text = _("Page {number} holds {count} characters; a page of a report has a few thousand.")
        raise DocumentError(Outcome.TOO_LARGE, text.format(number=index + 1, count=number(count)))


def _seen(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, frame: Frame, drawn: Objects, upon: LaidUpon) -> _Seen:
    """Return what a person sees of a page's text; characters are asked only where there is reason to."""
    text = printed_lines(textpage, frame)
    rules = ruled_lines(page, text.frame) if drawn.paths else []
    slants = slants_of(page, text.frame) if drawn.paths else []
    slants += [set_up(stroke, text.frame) for stroke in upon.strokes]
    tiny = any(box[3] - box[1] < _LOWEST for line in text.lines for _text, box, *_rest in line.tokens)
    if not (drawn.suspects or tiny or upon.areas or may_be_struck(text.lines, rules, slants)):
        return _Seen(text, rules)
    return _looked_at(page, textpage, drawn, (text, rules, slants, [_box(a, text.frame) for a in upon.areas]))


def _looked_at(
    page: pdfium.PdfPage,
    textpage: pdfium.PdfTextPage,
    drawn: Objects,
    found: tuple[PageText, list[Rule], list[Stroke], list[Box]],
) -> _Seen:
    """Return what a person sees, character by character."""
    text, rules, slants, areas = found
    glyphs = glyphs_of(textpage)
    struck = struck_out(glyphs, text.frame, rules, slants, areas)
    runs = hidden_in(page, textpage, glyphs, drawn, struck)
    hidden = [(run, said) for run in runs if any(map(str.isalnum, said := said_by(run, glyphs)))]
    if not hidden:
        return _Seen(text, rules)
    keep = np.ones(len(glyphs), dtype=bool)
    keep[[member for run in runs for member in run.members]] = False
    kept = lines_by_place(glyphs.kept(keep), textpage, frame_of(page))
    return _Seen(kept, rules, tuple(hidden), _letters(glyphs, ~keep) >= _MOSTLY * _letters(glyphs, keep | ~keep))


def _letters(glyphs: Glyphs, chosen: np.ndarray) -> int:
    """Return how many of the chosen characters leave ink."""
    return int((chosen & (glyphs.codes != ord(" "))).sum())


def _how(lines: list[PrintedLine], seen: _Seen, drawn: Objects) -> Verdict:
    """Return how a page is to be read: from its picture, where one stands in the place of text that is not seen."""
    if seen.hidden and any(run.pictured for run, _said in seen.hidden):
        return "hidden"
    if seen.mostly_hidden and (drawn.covered > 0 or drawn.paths > _FEW_PATHS):
        return "hidden"
    return verdict(lines, drawn)


def _notes(hidden: Sequence[tuple[Hidden, str]], page: int) -> Iterator[Unseen]:
    """Yield what nobody sees, the first of many."""
    for run, said in hidden[:_MOST_NOTES]:
        yield Unseen(" ".join(said.split()), run.why, page)


def _fill(printed: PrintedPage, lines: list[PrintedLine], rules: list[Rule]) -> None:
    """Put lines on a page, those inside ruled tables into their cells."""
    printed.lines = lines
    if rules:
        from parsers.readers.common.ruled_tables import find_tables

        printed.tables, printed.lines = find_tables(rules, lines)


def _resolution(drawn: Objects) -> float:
    """Return the resolution at which a page is drawn first: its picture's own, within what pays."""
    return _USUAL_DPI if not drawn.dpi else float(round(min(max(drawn.dpi, _LEAST_DPI), _USUAL_DPI)))


def _box(bounds: Bounds, frame: Frame) -> Box:
    """Return bounds of the file as a box on the page as it is read."""
    left, bottom, right, top = bounds
    x0, upper, x1, lower = upright(np.array([[left], [top], [right], [bottom]]), frame)[:, 0].tolist()
    return Box(x0, upper, x1, lower)


def _typed_lines(typed: Typed, frame: Frame) -> Iterator[PrintedLine]:
    """Yield text that a viewer draws within bounds, its words spread over them evenly."""
    box = _box(typed.bounds, frame)
    rows = [row.split() for row in typed.text.splitlines() if row.strip()]
    high = (box.bottom - box.top) / len(rows)
    for place, words in enumerate(rows):
        top = box.top + place * high
        wide = (box.x1 - box.x0) / (sum(map(len, words)) + len(words))
        x = box.x0
        tokens: list[Token] = []
        for word in words:
            end = x + wide * len(word)
            tokens.append(Token(word, Box(round(x, 2), round(top, 2), round(end, 2), round(top + high, 2))))
            x = end + wide
        yield line_of(tokens)


def doubt(page: PrintedPage) -> None:
    """Believe the words of a page no further than text beside what nobody sees."""
    page.lines = [_doubted(line) for line in page.lines]
    page.tables = [_doubted_table(table) for table in page.tables]


def _doubted_table(table: PrintedTable) -> PrintedTable:
    return table._replace(cells=[c._replace(lines=[_doubted(line) for line in c.lines]) for c in table.cells])


def _doubted(line: PrintedLine) -> PrintedLine:
    tokens = [t._replace(confidence=min(t.confidence, BESIDE_UNSEEN)) for t in line.tokens]
    return line._replace(tokens=tokens)
