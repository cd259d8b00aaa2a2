"""The review for those who prefer a spreadsheet: the queue handed out, taken back with a summary first.

Belongs here: the two pages. Stays out: the file (`console.workbook`), what a line means (`warehouse.decision_sheet`).
"""

from __future__ import annotations

import json

from starlette.responses import Response

from cchc.errors import CallError, DecisionError
from cchc.messages import translator
from console import workbook
from console.call import Call
from console.pages.round import named_round
from warehouse import review
from warehouse.decision_sheet import FILLED, plan, rows
from warehouse.decisions import record_decisions

_ = translator("console")

LARGEST = 10 * 1024 * 1024
_KEPT = (*FILLED, "Kỳ", "Mã", "Đã xem", "Số liệu")


def hand_out(call: Call) -> Response:
    """Hand out what waits as a workbook."""
    found = named_round(call)
    items = review.queue(call.around.engine, found.label)
    address = call.around.settings.console.address or str(call.request.base_url).rstrip("/")
    links = {item.key: f"{address}{call.url(f'/review/{found.label}/{item.key}')}" for item in items}
    name = f"cho-quyet-dinh-{found.label}.xlsx"
    return Response(
        workbook.to_workbook(rows(items, links)),
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def take_back(call: Call) -> Response:
    """Show what a filled-in workbook would record; nothing is recorded yet."""
    found = named_round(call)
    upload = next(iter(call.files("file")), None)
    if upload is None:
        raise CallError(_("Choose at least one file."))
    if (upload.size or 0) > LARGEST:
        raise CallError(_("The file is too large for a workbook of the review."))
    lines = workbook.from_workbook(upload.file.read())
    told = [line for line in lines if line["Đúng?"] or line["Số đúng"]]
    asked = plan(lines, review.queue(call.around.engine, found.label), call.person.name, call.person.id)
    kept = json.dumps([{name: line[name] for name in _KEPT} for line in told], ensure_ascii=False)
    return call.page("sheet", round=found, plan=asked, kept=kept, results=None)


def record(call: Call) -> Response:
    """Record what the summary showed, and say what became of each line."""
    found = named_round(call)
    try:
        lines = [{str(n): str(v) for n, v in line.items()} for line in json.loads(call.word("lines"))]
    except (ValueError, AttributeError, TypeError) as error:
        raise CallError(_("This form is not whole. Open the page and repeat.")) from error
    asked = plan(lines, review.queue(call.around.engine, found.label), call.person.name, call.person.id)
    outcomes = record_decisions(call.around.engine, asked.wishes, call.moment)
    call.note("workbook", round=found.label, lines=len(asked.wishes))
    told = [
        (line, str(outcome) if isinstance(outcome, DecisionError) else "")
        for line, outcome in zip(asked.lines, outcomes, strict=True)
    ]
    return call.page("sheet", round=found, plan=asked, kept="", results=told)
