"""The scorecard in a form: changed, its effect on the last round shown, then taken over by the head.

Belongs here: reading the form, showing. Stays out: drafting and keeping (`console.cards`).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from starlette.responses import Response

from catalogue.scorecards import Scorecard, scorecards
from cchc.errors import CallError, CatalogueError
from cchc.messages import translator
from console import cards
from console.call import Call
from console.pages.round import latest_round
from pipelines.ledger.entries import office_day
from scoring.simulate import diff, simulate
from warehouse.judging import read_value
from warehouse.scores.fetch import round_figures

_ = translator("console")


def card(call: Call) -> Response:
    """Show the scorecard in use in a form."""
    return _page(call, _current(call), None, "")


def change(call: Call) -> Response:
    """Show what a changed scorecard would do to the last round; keep it where the head says so."""
    current = _current(call)
    try:
        made = cards.draft(current.name, _changes(call, current), _begins(call), call.word("source").strip())
    except (CatalogueError, CallError) as error:
        return _page(call, current, None, str(error))
    if call.word("keep") != "yes":
        return _page(call, current, made, "")
    cards.take_over(made, call.around.settings.home)
    call.note("card", name=made.card.name, version=made.card.version, begins=made.card.valid_from.isoformat())
    return call.go("/scorecard")


def _page(call: Call, current: Scorecard, made: cards.Draft | None, fault: str) -> Response:
    label = latest_round(call.around.engine, office_day(call.moment)).label
    numbers = cards.numbers_of(current.name)
    moves = None
    if made is not None:
        moves = simulate(round_figures(call.around.engine, label, current), current, made.card)
    return call.page(
        "scorecard",
        422 if fault else 200,
        card=current,
        lines=[(one, numbers[one.code]) for one in current.criteria],
        made=made,
        changes=diff(current, made.card) if made else (),
        moves=moves,
        label=label,
        fault=fault,
        versions=[one for one in scorecards() if one.name == current.name],
        typed={name: value for name, value in call.form.multi_items() if isinstance(value, str)},
        today=office_day(call.moment),
    )


def _current(call: Call) -> Scorecard:
    found = [one for one in scorecards() if one.name == call.around.settings.scorecard]
    if not found:
        raise CallError(_("there is no scorecard '{name}'").format(name=call.around.settings.scorecard))
    return found[-1]


def _changes(call: Call, current: Scorecard) -> dict[str, dict[str, Decimal]]:
    changes: dict[str, dict[str, Decimal]] = {}
    for code, numbers in cards.numbers_of(current.name).items():
        for path in numbers:
            text = call.word(f"{path}.{code}").strip()
            if text:
                changes.setdefault(code, {})[path] = read_value(text)
    return changes


def _begins(call: Call) -> date:
    try:
        return date.fromisoformat(call.word("begins"))
    except ValueError as error:
        raise CallError(_("Say from which day the scorecard holds.")) from error
