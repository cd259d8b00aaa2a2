"""The appendices of the district's report: totals, method, changes, sources.

Belongs here: their tables and the order in which they are numbered; the sources come last, since the copy for
signature goes without them and its numbers may have no hole.
Stays out: what they say (`citing`, `publications.method`, `publications.coverage`), the body of the report.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from catalogue.paper import Wording
from cchc.formats import number
from cchc.messages import translator
from publications import decree, words
from publications.content import RoundContent
from publications.coverage import shown_total, total_notes
from publications.decree import Column
from publications.district.citing import Citations
from publications.district.drafting import standing_words
from publications.method import method_lines, required
from publications.phrases import change_cells
from scoring.values import RollupRow

_ = translator("publications")

Appendix = Literal["totals", "method", "changes", "sources"]

_CAUSES = ("report", "figure", "finding", "place")
_ROMAN = ("I", "II", "III", "IV")
_SMALL = 10
"""Type of the totals in points: a sum of trillions of dong stands on one line."""
_NAMES_GIVE, _KINDS_GIVE, _LAST_YEAR_GIVES = 1.5, 0.5, 0.5
"""Centimetres that columns give up for the column of a third kind of unit; the type is a point smaller then."""


def names_of(content: RoundContent) -> dict[Appendix, str]:
    """Return what each appendix of the report is called, as "Phụ lục II"."""
    present: list[Appendix] = ["totals", "method"]
    present += ["changes"] if content.edition.changes else []
    present.append("sources")
    return {name: f"Phụ lục {numeral}" for name, numeral in zip(present, _ROMAN, strict=False)}


def add_appendices(paper: Document, content: RoundContent, say: Wording, citations: Citations, marks: bool) -> None:
    """Add every appendix, each with its number; that of the sources only where marks lead to it."""
    decree.landscape(paper)
    _totals(paper, content, say)
    _method(paper, content, say)
    if content.edition.changes:
        _changes(paper, content, say)
    if marks:
        _sources(paper, content, say, citations)


def anchor(source: int) -> str:
    """Return the name of the place in the appendix that a mark of this number leads to."""
    return f"nguon_{source}"


def _caption(content: RoundContent, say: Wording, name: Appendix) -> str:
    text = say.tables[name]
    return text.format(appendix=names_of(content)[name].upper(), district=content.office.district.upper())


def _totals(paper: Document, content: RoundContent, say: Wording) -> None:
    more = max(len(content.kinds) - 2, 0)
    columns = (
        Column(_("No."), 1.1, "center"),
        Column(_("Figure"), 6.6 - more * _NAMES_GIVE),
        Column(_("Unit"), 1.7, "center"),
        Column(_("District"), 3.6, "right"),
        *(Column(words.capital(kind), 3.5 - more * _KINDS_GIVE, "right") for kind in content.kinds),
        Column(_("Coverage"), 1.4, "center"),
        Column(_("Same round last year, same wards"), 4.6 - more * _LAST_YEAR_GIVES, "right"),
    )
    known = [row for row in content.result.rollup if row.scope == "all" and row.value is not None]
    rows = [_total_cells(content, place, row) for place, row in enumerate(known, start=1)]
    decree.table(paper, columns, rows, _caption(content, say, "totals"), size=_SMALL - bool(more))
    decree.body(paper, say.phrases["not_whole"].format(least=number(say.least_coverage), **standing_words(content)))
    for code, note in total_notes(content.result.rollup, content.title).items():
        decree.body(paper, f"{content.title(code)}: {note}.")


def _total_cells(content: RoundContent, place: int, row: RollupRow) -> tuple[str, ...]:
    return (
        str(place),
        content.title(row.code),
        words.unit(row.unit),
        shown_total(row),
        *(shown_total(content.total(row.code, kind)) for kind in content.kinds),
        f"{row.covered}/{row.expected}",
        words.compared(row.last_year, row.unit),
    )


def _method(paper: Document, content: RoundContent, say: Wording) -> None:
    columns = (
        Column(_("No."), 1.2, "center"),
        Column(_("Criterion"), 8),
        Column(_("Points at most"), 2, "right"),
        Column(_("Required figures: any one of these"), 14.8),
    )
    demanded = required(content.scorecard, content.round)
    rows = [(str(place), line.criterion, line.points, line.figures) for place, line in enumerate(demanded, start=1)]
    decree.table(paper, columns, rows, _caption(content, say, "method"), new_page=True)
    for line in method_lines(content.result.scores, content.widths):
        decree.body(paper, line)


def _sources(paper: Document, content: RoundContent, say: Wording, citations: Citations) -> None:
    columns = (
        Column(_("No."), 1.3, "center"),
        Column(_("Figure"), 5),
        Column(_("Value"), 3.4, "right"),
        Column(_("How it was made"), 4),
        Column(_("Wards and pages"), 12.6),
    )
    lines = citations.lines()
    rows = [(f"[{line.number}]", line.title, line.value, line.made, line.wards) for line in lines]
    grid = decree.table(paper, columns, rows, _caption(content, say, "sources"), size=_SMALL, new_page=True)
    for line, row in zip(lines, list(grid.rows)[1:], strict=True):
        _bookmark(row.cells[0].paragraphs[0], line.number)


def _changes(paper: Document, content: RoundContent, say: Wording) -> None:
    """Add what changed: causes and places; points and totals that follow from them stand in the workbook."""
    columns: Sequence[Column] = (
        Column(_("No."), 1.2, "center"),
        Column(_("What"), 2),
        Column(_("Ward"), 4),
        Column(_("Which"), 7),
        Column(_("Before"), 3, "right"),
        Column(_("After"), 3, "right"),
        Column(_("Why"), 6),
    )
    shown = [change for change in content.edition.changes if change.kind in _CAUSES]
    rows = [(str(place), *change_cells(content, change)) for place, change in enumerate(shown, start=1)]
    decree.table(paper, columns, rows, _caption(content, say, "changes"), new_page=True)


def _bookmark(paragraph: Paragraph, source: int) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(source))
    start.set(qn("w:name"), anchor(source))
    paragraph.runs[0]._r.addprevious(start)
    paragraph._p.append(end)
