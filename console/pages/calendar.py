"""The calendar in a form: days of a round changed, their effect on rounds shown, then taken over by the head.

Belongs here: reading the form, showing. Stays out: drafting and keeping (`console.calendars`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from starlette.responses import Response

from catalogue.rounds import Round, parse_round
from cchc.errors import CallError, CatalogueError
from cchc.messages import translator
from console import calendars
from console.call import Call
from console.pages.round import named_round
from pipelines.messages.round_ledger import read_ledger
from warehouse import publishing
from warehouse.queries import rounds

_ = translator("console")

MOST_SHOWN = 8
MOST_DAYS = 120
"""A quarter and a month: no office waits longer."""


def show(call: Call) -> Response:
    """Show the days of a round in a form."""
    return _page(call, named_round(call), None, "")


def change(call: Call) -> Response:
    """Show what other days would do; keep them where the head says so."""
    found = named_round(call)
    alone = call.word("scope", "round") != "all"
    try:
        _refuse_published(call, found)
        made = calendars.draft(found, _wanted(call, found), alone=alone, earlier=_earlier(call, found))
    except (CatalogueError, CallError) as error:
        return _page(call, found, None, str(error))
    if call.word("keep") != "yes":
        return _page(call, found, made, "")
    calendars.take_over(made, call.around.settings.home)
    call.note("calendar", round=found.label, scope="round" if alone else "all")
    return call.go(f"/calendar/{found.label}")


def _page(call: Call, found: Round, made: calendars.Draft | None, fault: str) -> Response:
    shown = sorted({*_in_use(call), found, found.next()}, reverse=True)[:MOST_SHOWN]
    ledgers = [read_ledger(call.around.engine, one, call.moment) for one in shown] if made else []
    return call.page(
        "calendar",
        422 if fault else 200,
        round=found,
        days=found.days,
        values=calendars.values_of(found.days),
        made=made,
        effects=[effect for effect in calendars.effects(made, ledgers) if effect.changes] if made else [],
        fault=fault,
        typed={name: value for name, value in call.form.multi_items() if isinstance(value, str)},
        labels=[one.label for one in shown],
    )


def _refuse_published(call: Call, found: Round) -> None:
    if publishing.round_state(call.around.engine, found.label) == "published":
        raise CallError(_("This round is published; its days stay. Change those of a later round."))


def _in_use(call: Call) -> list[Round]:
    return [parse_round(label) for label in rounds(call.around.engine)]


def _earlier(call: Call, found: Round) -> Sequence[Round]:
    """Return the rounds in use that keep their days: those before, and those that are published."""
    return [
        one
        for one in _in_use(call)
        if one < found or publishing.round_state(call.around.engine, one.label) == "published"
    ]


def _wanted(call: Call, found: Round) -> dict[str, calendars.Value]:
    """Return the days a form asks for, those of the round where a field is empty."""
    wanted = calendars.values_of(found.days)
    for key in wanted:
        text = call.word(key).strip()
        if text:
            wanted[key] = _value(key, text)
    return wanted


def _value(key: str, text: str) -> calendars.Value:
    try:
        if key in calendars.DATES:
            return date.fromisoformat(text)
        if key in calendars.COUNTS:
            return _count(text)
        return sorted((_count(part) for part in text.replace(";", ",").split(",")), reverse=key == "remind_days")
    except ValueError as error:
        raise CallError(
            _("“{text}” is no day and no number of days; nothing was changed.").format(text=text)
        ) from error


def _count(text: str) -> int:
    count = int(text)
    if not 0 <= count <= MOST_DAYS:
        raise ValueError(text)
    return count
