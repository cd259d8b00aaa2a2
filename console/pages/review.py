"""The review: one thing after another, with its page beside it, decided by a key.

Belongs here: showing an item, recording what is decided on it, undoing, what a reader missed.
Stays out: the queue (`warehouse.review`), whether a decision may be recorded (`warehouse.decisions`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from starlette.exceptions import HTTPException
from starlette.responses import Response

from catalogue.figures import figure_definitions
from catalogue.rounds import Round
from catalogue.wards import wards
from cchc.errors import CallError, DecisionError, OvertakenError
from cchc.messages import translator
from console.call import Call, whole
from console.looking import look_at, place_of
from console.pages.round import named_round
from console.passage import account_at, likely, page_view, passage
from console.shown import page_shown
from warehouse import queries, review
from warehouse.decisions import Seen, Wish, record_decisions
from warehouse.figure_names import figure_named
from warehouse.judging import check_sense, on_finding, read_value
from warehouse.people.roles import Right
from warehouse.review import Item
from warehouse.rows import DecisionKind, DecisionRow, NewDecision

_ = translator("console")

LOOK_AHEAD = 3
"""Items whose pictures a browser fetches before they are shown."""


def begin(call: Call) -> Response:
    """Go to the first thing that waits."""
    found, ward = named_round(call), _ward(call.query("ward"))
    items = review.queue(call.around.engine, found.label, ward)
    call.around.ahead.prepare(found.label)
    item = call.around.claims.next_for(items, call.person.id, call.moment)
    return call.go(_path(item, ward)) if item else call.go(f"/review/{found.label}/nothing")


def nothing(call: Call) -> Response:
    """Say that nothing waits."""
    return call.page("review_done", round=named_round(call), message="")


def show(call: Call) -> Response:
    """Show one thing that waits, the next one where it waits no longer."""
    found = named_round(call)
    items = review.queue(call.around.engine, found.label)
    item = next((i for i in items if (i.ward, i.name) == (call.path("ward"), call.path("name"))), None)
    if item is None:
        return begin(call)
    call.around.claims.claim(item, call.person.id, call.moment)
    return _shown(call, found, items, item)


def decide(call: Call) -> Response:
    """Record what was decided on an item, and show the next one."""
    found = named_round(call)
    items = review.queue(call.around.engine, found.label, call.path("ward"))
    item = next((i for i in items if i.name == call.path("name")), None)
    if item is None:
        return _go_on(call, found, _gone(call))
    if call.word("action") == "defer":
        review.defer(call.around.engine, found.label, item.ward, item.name, call.person.name, call.moment)
        call.note("defer", round=found.label, ward=item.ward, item=item.name)
        return _go_on(call, found)
    try:
        wishes = _wishes(call, item, items)
    except DecisionError as error:
        # Nothing typed is lost: the same item comes again with what was typed in its field.
        return _shown(call, found, review.queue(call.around.engine, found.label), item, str(error))
    results = record_decisions(call.around.engine, wishes, call.moment)
    refused = [str(r) for r in results if isinstance(r, DecisionError)]
    message = " ".join(dict.fromkeys(refused))
    if refused and not any(isinstance(r, OvertakenError) for r in results):
        return _shown(call, found, review.queue(call.around.engine, found.label), item, message)
    return _go_on(call, found, message and f"{message} {_typed(call)}".strip())


def undo(call: Call) -> Response:
    """Undo the last thing the person decided in the round, and show it again."""
    found = named_round(call)
    last = _last_of(queries.decisions(call.around.engine, found.label), call.person.name)
    if not last:
        return _go_on(call, found, _("You have decided nothing in this round that could be undone."))
    why = _("undone by the person who decided")
    wishes = []
    for finding_key, figure in dict.fromkeys((d.finding_key, d.figure) for d in last):
        new = NewDecision(last[0].ward, found.label, "reopen", call.person.name, why, finding_key, figure)
        act = call.act("undo", round=found.label, ward=new.ward, figure=figure, finding=finding_key)
        wishes.append(Wish(new, None, act))
    record_decisions(call.around.engine, wishes, call.moment)
    name = last[0].finding_key or str(last[0].figure)
    items = review.queue(call.around.engine, found.label)
    item = next((i for i in items if (i.ward, i.name) == (last[0].ward, name)), None)
    if item is None:
        return _go_on(call, found)
    if not call.is_partial:
        return call.go(_path(item, _ward(call.word("only"))))
    return _shown(call, found, items, item)


def mark(call: Call) -> Response:
    """Show a page of a report, on which a number can be chosen that the reader missed."""
    found, ward = named_round(call), call.path("ward")
    report = call.around.documents.of(ward, found.label)
    if ward not in wards() or report is None:
        raise HTTPException(404, _("There is no report of this ward in force."))
    number = _number(call.query("number"), -1)
    chosen = account_at(report, number)
    place = chosen.place if chosen else None
    page = page_view(report, place, None if chosen else _number(call.query("page"), 1))
    return call.page(
        "mark",
        round=found,
        ward=ward,
        report=report,
        page=page,
        passage=None if page else passage(report, None),
        chosen=chosen,
        number=number,
        typed=likely(chosen.value) if chosen else "",
        figures=figure_definitions(),
        fault="",
    )


def add_marked(call: Call) -> Response:
    """Record a figure the reader missed, from the number a person chose on the page."""
    found, ward = named_round(call), call.path("ward")
    report = call.around.documents.of(ward, found.label)
    chosen = account_at(report, _number(call.word("number"), -1)) if report else None
    if chosen is None:
        raise CallError(_("Choose the number on the page first."))
    code = figure_named(call.word("figure"))
    value = read_value(call.word("value"))
    where = _("page {n}").format(n=chosen.page) if chosen.page else _("in the text")
    why = _("marked {where}: “{sentence}”").format(where=where, sentence=chosen.sentence)
    new = NewDecision(ward, found.label, "enter", call.person.name, why, None, code, value)
    check_sense(new, (code,), ())
    act = call.act(
        "mark", round=found.label, ward=ward, figure=code, value=str(value), raw=chosen.raw, page=chosen.page
    )
    [result] = record_decisions(call.around.engine, [Wish(new, None, act)], call.moment)
    if isinstance(result, DecisionError):
        raise result
    return call.go(f"/review/{found.label}")


def _wishes(call: Call, item: Item, items: Sequence[Item]) -> list[Wish]:
    """Return the decisions a form asks for, each with what was seen."""
    action = call.word("action")
    if action == "group":
        members = {i.name: i for i in review.together(items, item)}
        named = [pair.partition("=") for pair in call.words("member")]
        return [_wish(call, members[name], "accept", _seen(seen)) for name, _eq, seen in named if name in members]
    if action in ("accept", "reject"):
        return [_wish(call, item, action, _seen(call.word("seen")))]  # type: ignore[arg-type]
    if action in ("enter", "propose"):
        value = _offered(call.word("other")) if call.word("other") else read_value(call.word("value"))
        figure = call.word("figure") or (item.figures[0] if item.figures else "")
        if figure not in figure_definitions():
            raise CallError(_("This form is not whole. Open the page and repeat."))
        return [_wish(call, item, action, _seen(call.word("seen")), figure, value)]  # type: ignore[arg-type]
    raise CallError(_("There is no such act."))


def _wish(
    call: Call, item: Item, kind: DecisionKind, seen: Seen, figure: str | None = None, value: Decimal | None = None
) -> Wish:
    why = call.word("why").strip() or _reason(kind, item)
    by = call.person.name
    if item.finding is not None:
        new = on_finding(item.finding, kind, figure, value, by, why)
        if kind == "propose" and value is not None:
            new = replace(new, figure=figure, value=value)
    else:
        plain = "enter" if kind == "propose" else kind
        new = NewDecision(item.ward, item.round, plain, by, why, None, figure or item.figures[0], value)
    check_sense(new, item.figures, ())
    act = call.act(
        "decide",
        round=item.round,
        ward=item.ward,
        item=item.name,
        decision=new.kind,
        value=None if new.value is None else str(new.value),
    )
    return Wish(new, seen, act)


def _reason(kind: DecisionKind, item: Item) -> str:
    """Return why, where the person says nothing: what the page showed them when they decided."""
    page = item.row.page if item.row else None
    where = _("page {n}").format(n=page) if page else _("the text of the report")
    return {
        "accept": _("held against {where}: right as printed"),
        "enter": _("held against {where}: corrected"),
        "propose": _("held against {where}: proposal taken over"),
        "reject": _("held against {where}: not this figure"),
    }[kind].format(where=where)


def _seen(text: str) -> Seen:
    report, _colon, decision = text.partition(":")
    return Seen(whole(report) or None, whole(decision))


def _offered(text: str) -> Decimal:
    """Return a value that the page offered, as the page wrote it."""
    if re.fullmatch(r"[0-9]{1,20}(\.[0-9]{1,10})?", text):
        return Decimal(text)
    raise CallError(_("This form is not whole. Open the page and repeat."))


def _shown(call: Call, found: Round, items: Sequence[Item], item: Item, message: str = "") -> Response:
    """Return the page of an item, or the part of it that changes."""
    look = look_at(call.around.engine, call.around.documents, item)
    rest = [i for i in items if i.key != item.key]
    group = [i for i in review.together(items, item) if i.key != item.key]
    response = call.page(
        "part_review" if call.is_partial else "review",
        round=found,
        look=look,
        left=len(rest),
        must=sum(i.weight != "remark" for i in items),
        group=[(i, f"{i.seen.report_id or 0}:{i.seen.decision_id}") for i in group],
        message=message,
        typed=call.word("value") if message else "",
        only=_only(call) or "",
        upcoming=_upcoming(call, rest),
        figures=figure_definitions(),
        may_decide=call.person.may(Right.DECIDE),
    )
    if call.is_partial:
        response.headers["HX-Push-Url"] = call.url(_path(item, _only(call)))
    return response


def _go_on(call: Call, found: Round, message: str = "") -> Response:
    """Return the next thing that waits."""
    ward = _ward(call.word("only"))
    items = review.queue(call.around.engine, found.label, ward)
    item = call.around.claims.next_for(items, call.person.id, call.moment)
    if item is None:
        if not call.is_partial and not message:
            return call.go(f"/review/{found.label}/nothing")
        template = "part_review_done" if call.is_partial else "review_done"
        return call.page(template, round=found, message=message)
    if not call.is_partial and not message:
        return call.go(_path(item, ward))
    return _shown(call, found, items, item, message)


def _upcoming(call: Call, rest: Sequence[Item]) -> list[str]:
    """Return the pictures that the person's next items will need, so that the browser fetches them ahead."""
    only = _only(call)
    own = [item for item in rest if only in (None, item.ward)]
    following = call.around.claims.free(own, call.person.id, call.moment)[:LOOK_AHEAD]
    reports = [(item, call.around.documents.of(item.ward, item.round)) for item in following]
    shown = [page_shown(report, place_of(report, item)) for item, report in reports if report]
    return list(dict.fromkeys(call.url(page.picture) for page in shown if page))


def _gone(call: Call) -> str:
    """Return who has decided an item that waits no longer."""
    name = call.path("name")
    taken = queries.decisions(call.around.engine, call.path("label"), call.path("ward"))
    last = next((d for d in reversed(taken) if name in (d.finding_key, d.figure)), None)
    if last is None:
        return f"{_('This waits no longer; nothing of yours was recorded.')} {_typed(call)}".strip()
    line = _("{by} has decided this meanwhile ({why}); nothing of yours was recorded.")
    return f"{line.format(by=last.decided_by, why=last.reason)} {_typed(call)}".strip()


def _typed(call: Call) -> str:
    value = call.word("value").strip()
    return _("You had typed: {value}").format(value=value) if value else ""


def _last_of(taken: Sequence[DecisionRow], by: str) -> list[DecisionRow]:
    """Return the rows of the last thing a person decided that still stands; one group counts as one thing."""
    last_in_thread = {(d.ward, d.finding_key, d.figure): d for d in taken}
    own = [d for d in last_in_thread.values() if d.decided_by == by and d.kind != "reopen"]
    latest = max(own, key=lambda d: d.id, default=None)
    return [d for d in own if latest and (d.decided_at, d.ward) == (latest.decided_at, latest.ward)]


def _path(item: Item, only: str | None) -> str:
    return f"/review/{item.round}/{item.ward}/{item.name}" + (f"?ward={only}" if only else "")


def _only(call: Call) -> str | None:
    """Return the ward whose things alone a person wants to look at, None for those of all."""
    return _ward(call.query("ward") or call.word("only"))


def _ward(text: str) -> str | None:
    return text if text in wards() else None


def _number(text: str, otherwise: int) -> int:
    try:
        return int(text)
    except ValueError:
        return otherwise
