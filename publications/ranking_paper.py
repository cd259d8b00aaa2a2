"""The ranking as a PDF.

Belongs here: what the paper says, handed to typst as data, so that nothing from outside is ever taken for markup.
Stays out: layout (`templates/ranking.typ`), charts (`charts`).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path

import matplotlib as mpl
import typst

from cchc.errors import PublicationError
from cchc.messages import language, translator
from publications import words
from publications.charts import criteria_chart, ranking_chart
from publications.content import RoundContent
from publications.decree import place_and_day
from publications.method import method_lines, places_told, required
from publications.phrases import change_cells, reason
from scoring.values import RankRow

_ = translator("publications")


_WARDS_A_PAGE = 24
"""Wards that a chart of one page shows; more are parted evenly over pages."""


def make_ranking_paper(content: RoundContent) -> bytes:
    """Return the ranking with its charts as a tagged PDF; equal content gives equal bytes.

    Raises:
        PublicationError: typst could not set the paper.
    """
    data = json.dumps(_data(content), ensure_ascii=False)
    try:
        paper = typst.compile(
            _template(),
            font_paths=[_fonts()],
            sys_inputs={"data": data},
            format="pdf",
            pdf_standards="ua-1",
            timestamp=0,
        )
    except typst.TypstError as error:
        raise PublicationError(_("the ranking could not be set as PDF: {error}").format(error=error)) from error
    if not isinstance(paper, bytes):
        raise PublicationError(_("the ranking could not be set as PDF: {error}").format(error=_("no output")))
    return paper


def _data(content: RoundContent) -> dict[str, object]:
    return {
        "language": language(),
        "office": content.office.full_name,
        "letterhead": _letterhead(content),
        "title": words.paper_title(content),
        "draft": content.edition.draft,
        "stamp": _("DRAFT") if content.edition.draft else "",
        "edition": words.edition(content.edition, content.moment),
        "scorecard": f"{content.scorecard.title}. {content.scorecard.source}",
        "headings": {
            "ranking": _("Ranking of the wards"),
            "totals": _("Total points by ward"),
            "criteria": _("Share of points had for each criterion, %"),
            "method": _("How points and places came about"),
            "changes": _("What changed since the edition before"),
        },
        "columns": [
            _("Place"),
            _("Ward"),
            _("Total points"),
            _("Class"),
            _("Place within its kind"),
            _("Change of place"),
            _("Completeness"),
            _("Places within reach"),
            _("Tier"),
            _("Why without a place, or what moved it"),
        ],
        "rows": [_row(content, row) for row in content.ranking],
        "note": places_told(),
        "totals_lead": _("A light line: the range of points that open questions leave."),
        "lead": _(
            "A dot: the criterion is left out for that ward and the rest of its points rescaled. "
            "A question mark: the points wait for a person."
        ),
        "required_columns": [_("Criterion"), _("Points at most"), _("Required figures: any one of these")],
        "required": [
            [line.criterion, line.points, line.figures] for line in required(content.scorecard, content.round)
        ],
        "method": list(method_lines(content.result.scores, content.widths)),
        "change_columns": [_("What"), _("Ward"), _("Which"), _("Before"), _("After"), _("Why")],
        "changes": [list(change_cells(content, change)) for change in content.edition.changes],
        "why": content.edition.note,
        "charts": {"ranking": _drawn(ranking_chart, content), "criteria": _drawn(criteria_chart, content)},
        "alts": {
            "ranking": _("Bar chart of the total points of the ranked wards, best first"),
            "criteria": _("Grid of wards by criteria: the darker, the more of the points were had"),
        },
    }


def _drawn(draw: Callable[[RoundContent], str], content: RoundContent) -> list[str]:
    """Return a chart a page: a page holds so many wards that their names can be read."""
    ranked = tuple(row for row in content.ranking if row.rank is not None)
    pages = max(1, -(-len(ranked) // _WARDS_A_PAGE))
    size = -(-len(ranked) // pages)
    parts = [ranked[page * size : (page + 1) * size] for page in range(pages)]
    table = content.result.ranking
    return [draw(replace(content, result=replace(content.result, ranking=replace(table, rows=rows)))) for rows in parts]


def _letterhead(content: RoundContent) -> dict[str, str]:
    """Return the head of a paper in the form of Decree 30/2020; number and day stay blank for the clerk."""
    office = content.office
    return {
        "parent": office.parent,
        "name": office.name,
        "number": f"Số:        /{office.report_symbol}",
        "nation": office.nation,
        "motto": office.motto,
        "place": place_and_day(office.place, None),
    }


def _row(content: RoundContent, row: RankRow) -> list[str]:
    placed = row.rank is not None
    return [
        str(row.rank) if placed else words.NO_VALUE,
        words.capital(content.name(row.ward)),
        words.points(row.total if placed else None),
        row.grade or "",
        str(row.rank_in_kind) if row.rank_in_kind is not None else words.NO_VALUE,
        words.signed(row.change),
        words.share(row.completeness),
        words.reach(row.robustness),
        str(row.robustness.tier) if row.robustness else words.NO_VALUE,
        reason(content, row),
    ]


@cache
def _template() -> Path:
    return Path(str(resources.files("publications") / "templates" / "ranking.typ"))


def _fonts() -> Path:
    """Return the folder of the fonts that the charts are drawn in."""
    return Path(mpl.get_data_path()) / "fonts" / "ttf"
