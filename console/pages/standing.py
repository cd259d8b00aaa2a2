"""The ranking: the table with its intervals, a ward's place down to the sentence, what would be if; and the totals.

Belongs here: showing. Stays out: computing (`console.standings`), the official result (`papers`).
"""

from __future__ import annotations

from decimal import Decimal

from starlette.exceptions import HTTPException
from starlette.responses import Response

from catalogue.figures import figure_definitions
from catalogue.scorecards import scorecards
from catalogue.wards import kinds_of, wards
from cchc.errors import CallError
from cchc.messages import language, translator
from console.call import Call
from console.pages.round import named_round
from publications.coverage import brackets_told, shown_total, total_notes
from publications.measures import measures
from publications.method import method_lines, required
from scoring.explain import explain
from scoring.widths import widths
from warehouse.figure_names import figure_named
from warehouse.judging import read_value

_ = translator("console")


def ranking(call: Call) -> Response:
    """Show the ranking of a round as its figures stand."""
    found = named_round(call)
    result = call.around.standings.result(found.label)
    card = call.around.standings.card(found.label)
    return call.page(
        "ranking",
        round=found,
        card=card,
        rows=result.ranking.rows,
        reasons={r.ward: r.reason_en if language() == "en" else r.reason_vi for r in result.ranking.rows},
        required=required(card, found),
        method=method_lines(result.scores, widths(result.scores, card)),
    )


def totals(call: Call) -> Response:
    """Show the totals of a round as its figures stand, each with the wards that it covers and those it does not."""
    found = named_round(call)
    result = call.around.standings.result(found.label)
    known = {measure.code: measure for measure in measures()}
    by_scope = {(row.scope, row.code): row for row in result.rollup}
    rows = [row for row in result.rollup if row.scope == "all" and row.value is not None]
    kinds = kinds_of(score.kind for score in result.scores)
    absent = {row.code: [score.ward for score in result.scores if score.ward not in row.wards] for row in rows}
    return call.page(
        "totals",
        round=found,
        kinds=kinds,
        rows=[(row, [by_scope.get((kind, row.code)) for kind in kinds]) for row in rows],
        titles={code: measure.title for code, measure in known.items()},
        absent=absent,
        notes=total_notes(rows, lambda code: known[code].title),
        shown=shown_total,
        brackets=brackets_told(),
    )


def explained(call: Call) -> Response:
    """Show what a ward's place rests on, down to the sentences."""
    found = named_round(call)
    slug = call.path("ward")
    result = call.around.standings.result(found.label)
    row = result.ranking.row(slug) if slug in wards() else None
    score = next((s for s in result.scores if s.ward == slug), None)
    if row is None or score is None:
        raise HTTPException(404, _("There is no such ward."))
    node = explain(row, score, result.ranking, call.around.standings.card(found.label))
    return call.page("explained", round=found, ward=wards()[slug], node=node)


def what_if(call: Call) -> Response:
    """Show the ranking beside what it would be with another figure, weight or scorecard."""
    found = named_round(call)
    standings = call.around.standings
    own = standings.card(found.label)
    chosen = next((card for card in scorecards() if card.name == call.query("card")), own)
    fault = ""
    moves = None
    try:
        weights = {c.code: points for c in chosen.criteria if (points := _typed(call, f"w.{c.code}")) is not None}
        value = _typed(call, "value")
        figure = figure_named(call.query("figure")) if call.query("figure") else ""
        if call.query("try"):
            moves = standings.what_if(
                found.label, ward=call.query("ward"), figure=figure, value=value, weights=weights, card=chosen
            )
    except CallError as error:
        fault = str(error)
    return call.page(
        "what_if",
        round=found,
        card=chosen,
        own=own,
        cards=scorecards(),
        wards=wards(),
        figures=figure_definitions(),
        moves=moves,
        fault=fault,
        asked=dict(call.request.query_params),
    )


def _typed(call: Call, name: str) -> Decimal | None:
    text = call.query(name).strip()
    if not text:
        return None
    return read_value(text)
