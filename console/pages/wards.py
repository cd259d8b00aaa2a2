"""What was read: a ward's figures over rounds, one figure in its place, search, two wards or rounds side by side.

Belongs here: gathering and showing. Stays out: deciding (`review`), the ranking (`standing`).
"""

from __future__ import annotations

from decimal import Decimal

from starlette.exceptions import HTTPException
from starlette.responses import Response

from catalogue.figures import figure_definitions
from catalogue.wards import wards
from cchc.messages import translator
from console import charts
from console.call import Call
from console.pages.round import latest_round, named_round
from console.passage import page_view, passage
from pipelines.ledger.entries import office_day
from warehouse import queries
from warehouse.queries import figures_long, findings
from warehouse.rows import FigureRow

_ = translator("console")


def ward(call: Call) -> Response:
    """Show every figure of a ward's report with its sentence, and its line over the rounds."""
    found, slug = named_round(call), _ward(call.path("ward"))
    engine = call.around.engine
    report = call.around.documents.of(slug, found.label)
    over = queries.ward_history(engine, slug)
    labels = sorted({label for values in over.values() for label, _status, _value in values})
    return call.page(
        "ward",
        round=found,
        ward=wards()[slug],
        report=report,
        rows=in_order(figures_long(engine, found.label, slug)),
        lines={code: _line(over.get(code, []), labels) for code in over},
        findings=findings(engine, found.label, slug, open_only=True),
        labels=labels,
        versions=queries.submissions(engine, found.label, slug),
    )


def place(call: Call) -> Response:
    """Show where one figure stands in its report."""
    found, slug = named_round(call), _ward(call.path("ward"))
    report = call.around.documents.of(slug, found.label)
    rows = {row.figure: row for row in figures_long(call.around.engine, found.label, slug)}
    row = rows.get(call.path("figure"))
    if row is None or report is None:
        raise HTTPException(404, _("There is no such figure in this report."))
    printed = report.reading.primaries().get(row.figure)
    at = printed.place if printed else None
    page = page_view(report, at)
    decided = [d for d in queries.decisions(call.around.engine, found.label, slug) if d.figure == row.figure]
    return call.page(
        "place",
        round=found,
        ward=wards()[slug],
        row=row,
        page=page,
        passage=None if page else passage(report, at),
        decided=decided,
        earlier=queries.figure_history(call.around.engine, slug, row.figure),
        report=report,
    )


def search(call: Call) -> Response:
    """Show the sentences that hold what is looked for."""
    words = call.query("q").strip()[:200]
    found, count = call.around.sentences.search(words, ward=call.query("ward"), round_label=call.query("round"))
    return call.page(
        "search",
        words=words,
        found=found,
        count=count,
        wards=wards(),
        ward=call.query("ward"),
        label=call.query("round"),
        labels=list(reversed(queries.rounds(call.around.engine))),
    )


def compare(call: Call) -> Response:
    """Show two wards, or a ward in two rounds, side by side."""
    latest = latest_round(call.around.engine, office_day(call.moment)).label
    labels = queries.rounds(call.around.engine) or [latest]
    first, *others = wards()
    sides = []
    for side, usual in (("a", first), ("b", next(iter(others), first))):
        slug = call.query(f"{side}_ward") or usual
        label = call.query(f"{side}_round") or latest
        sides.append((_ward(slug), label if label in labels else latest))
    values = [{r.figure: r for r in figures_long(call.around.engine, label, slug)} for slug, label in sides]
    codes = [code for code in figure_definitions() if any(code in one for one in values)]
    return call.page(
        "compare",
        sides=sides,
        rows=[(code, *(one.get(code) for one in values)) for code in codes],
        wards=wards(),
        labels=list(reversed(labels)),
    )


def in_order(rows: list[FigureRow]) -> list[FigureRow]:
    """Return figures in the order of the catalogue."""
    order = {code: place for place, code in enumerate(figure_definitions())}
    return sorted(rows, key=lambda row: order[row.figure])


def _line(values: list[tuple[str, str, Decimal | None]], labels: list[str]) -> charts.Line | None:
    known = {label: value for label, _status, value in values}
    return charts.line([(label, known.get(label)) for label in labels])


def _ward(slug: str) -> str:
    if slug not in wards():
        raise HTTPException(404, _("There is no such ward."))
    return slug
