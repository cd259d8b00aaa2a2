"""The wards' own door: a ward sends its report, sees what was read from it and every question, and answers.

Belongs here: what a ward may see and do, all of it about its own reports. Stays out: what the office does.

Shut unless the office opens it (`[console] ward_door = true`). What a ward confirms is an answer for the office to see,
not a decision: figures count as the office decides.
"""

from __future__ import annotations

import uuid

from starlette.exceptions import HTTPException
from starlette.responses import Response

from catalogue.rounds import Round, parse_round
from catalogue.wards import wards
from cchc.errors import CallError
from cchc.messages import translator
from console.call import Call
from console.jobs import new_job
from console.pages.round import keep_uploads, latest_round, submit_order
from console.pages.wards import in_order
from pipelines.ledger.entries import office_day
from pipelines.orchestration.calendar_steps import running_rounds
from warehouse import queries
from warehouse.people.acts import acts

_ = translator("console")

LONGEST_ANSWER = 2_000


def door(call: Call) -> Response:
    """Show a ward its own reports of the round: receipts, what was read, questions, its answers."""
    slug, found = _own(call), _round(call)
    engine = call.around.engine
    sent = queries.submissions(engine, found.label, slug)
    own = [a for a in acts(engine, round_label=found.label) if a.ward == slug and a.kind in ("confirm", "submit")]
    return call.page(
        "door",
        round=found,
        ward=wards()[slug],
        sent=sent,
        report=call.around.documents.of(slug, found.label),
        rows=in_order(queries.figures_long(engine, found.label, slug)),
        questions=[f for f in queries.findings(engine, found.label, slug) if f.severity != "info"],
        answers=own,
        is_open=office_day(call.moment) <= found.closes,
    )


def send(call: Call) -> Response:
    """Take in a report of the ward itself; whose it is, is known by who sends it."""
    slug, found = _own(call), _round(call)
    if office_day(call.moment) > found.closes:
        raise CallError(_("The round is closed; ask the office to take your report in."))
    kept = keep_uploads(call)
    receipt = uuid.uuid4().hex[:10].upper()
    call.note("submit", round=found.label, ward=slug, files=[one["name"] for one in kept], receipt=receipt)
    order = submit_order(call, kept, found, slug)
    title = _("Receipt {number}: {names}").format(number=receipt, names=", ".join(one["name"] for one in kept))
    made = new_job("submit", title, call.person.name, call.moment, found.label)
    call.around.jobs.start(made, order, call.language)
    return call.go(f"/door?sent={receipt}")


def confirm(call: Call) -> Response:
    """Keep what a ward says of a figure or question: right, or what it should be."""
    slug, found = _own(call), _round(call)
    item, answer = call.word("item"), call.word("answer").strip()
    figures = {row.figure for row in queries.figures_long(call.around.engine, found.label, slug)}
    keys = {f.key for f in queries.findings(call.around.engine, found.label, slug, open_only=False)}
    if item not in figures | keys or len(answer) > LONGEST_ANSWER:
        raise CallError(_("This is no question of your report."))
    if not answer and call.word("right") != "yes":
        raise CallError(_("Say that it is right, or what it should be."))
    call.note("confirm", round=found.label, ward=slug, item=item, right=call.word("right") == "yes", answer=answer)
    return call.go("/door")


def _own(call: Call) -> str:
    """Return the ward of the person; the door is shut unless the office opened it."""
    if not call.around.settings.console.ward_door:
        raise HTTPException(404, _("The office takes no reports here; send yours as before."))
    slug = call.person.ward
    if slug is None or slug not in wards():
        raise HTTPException(404, _("There is no such ward."))
    return slug


def _round(call: Call) -> Round:
    """Return the round that is being collected, else the latest."""
    today = office_day(call.moment)
    running = running_rounds(today)
    return running[-1] if running else parse_round(latest_round(call.around.engine, today).label)
