"""The workbook of a round.

Belongs here: the order of its sheets, the contents sheet, and the one function that makes it.
Stays out: the other papers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cchc.messages import translator
from publications import words
from publications.content import RoundContent
from publications.phrases import change_cells
from publications.workbook.figures import figures_sheet, sources_sheet
from publications.workbook.records import dictionary_sheet, findings_sheet, ledger_sheet, method_sheet
from publications.workbook.results import criteria_sheet, ranking_sheet, totals_sheet
from publications.workbook.sheet import Cell, Column, Sheet
from publications.workbook.trend import trend_sheet
from publications.workbook.writer import workbook_bytes

__all__ = ["make_workbook", "sheets_of"]

_ = translator("publications")

_MAKERS: tuple[Callable[[RoundContent], Sheet | None], ...] = (
    ranking_sheet,
    criteria_sheet,
    figures_sheet,
    totals_sheet,
    trend_sheet,
    findings_sheet,
    ledger_sheet,
    sources_sheet,
    method_sheet,
    dictionary_sheet,
)


def make_workbook(content: RoundContent) -> bytes:
    """Return the workbook of a round as `.xlsx` bytes; equal content gives equal bytes."""
    title = words.paper_title(content)
    footer = f"{title}. {words.edition(content.edition, content.moment)}"
    return workbook_bytes(sheets_of(content), title, content.office.full_name, content.moment, footer)


def sheets_of(content: RoundContent) -> tuple[Sheet, ...]:
    """Return the sheets in their order, the contents first; trends need two rounds, changes a revision."""
    made = (make(content) for make in _MAKERS)
    sheets = [sheet for sheet in made if sheet is not None]
    if content.edition.changes:
        sheets.append(_changes_sheet(content))
    return (_contents_sheet(content, sheets), *sheets)


def _contents_sheet(content: RoundContent, sheets: Sequence[Sheet]) -> Sheet:
    columns = (Column(_("Sheet"), 26), Column(_("What it shows"), 90, "long"), Column(_("Lines"), 9, "count"))
    return Sheet(
        name=_("Contents"),
        title=words.paper_title(content),
        lead=words.edition(content.edition, content.moment),
        columns=columns,
        rows=tuple((Cell(s.name, link=s.name), f"{s.title}. {s.lead}", len(s.rows)) for s in sheets),
        frozen=0,
        portrait=True,
    )


def _changes_sheet(content: RoundContent) -> Sheet:
    columns = (
        Column(_("What"), 14),
        Column(_("Ward"), 24),
        Column(_("Which"), 48, "long"),
        Column(_("Before"), 22, "long"),
        Column(_("After"), 22, "long"),
        Column(_("Why"), 60, "long"),
    )
    return Sheet(
        name=_("Changes"),
        title=_("What changed since the edition before"),
        lead=content.edition.note,
        columns=columns,
        rows=tuple(change_cells(content, change) for change in content.edition.changes),
    )
