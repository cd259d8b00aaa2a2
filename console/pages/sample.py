"""Blind checks on the page: a person reads the report and types what it says, without seeing what was read by machine.

Belongs here: showing one drawn figure after another, keeping what was typed, how each class of text stands.
Stays out: drawing and comparing (`warehouse.blind_sample`), bounds and switches (`warehouse.acceptance`).

Of a page with a picture the picture is shown and never its text, since the text of a scan is itself read by machine.
The sentence is marked, the number is not; in a table nothing is.
"""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from catalogue.figures import figure_definitions
from cchc.errors import CallError, DecisionError, SecondLookError
from cchc.messages import translator
from console.call import Call
from console.pages.round import named_round
from console.passage import PageView, Passage, page_view, passage
from parsers.document import Place
from parsers.reading import Printing
from warehouse import acceptance, blind_sample
from warehouse.blind_sample import Checked, Drawn

_ = translator("sampling")


@dataclass(frozen=True)
class Blind:
    """A drawn figure as it is shown: its unit in words, and its page, or the passage where the format has no pages."""

    drawn: Drawn
    unit: str
    page: PageView | None
    passage: Passage | None


def show(call: Call) -> Response:
    """Show the next drawn figure that is open, behind the one that was passed over last."""
    said = {"same": _("Kept: the machine had read the same."), "other": _("Kept: the machine had read otherwise.")}
    return _shown(call, said.get(call.query("said"), ""))


def begin(call: Call) -> Response:
    """Draw figures of the round, or what is missing of them."""
    found = named_round(call)
    blind_sample.draw(call.around.engine, found.label, call.moment)
    call.note("draw", round=found.label)
    return call.go(f"/sample/{found.label}")


def check(call: Call) -> Response:
    """Keep what a person read; what differs is asked once more, with what was typed in its field."""
    found, number = named_round(call), call.number("number")
    typed = "" if call.word("action") == "none" else call.word("value").strip()
    if not typed and call.word("action") != "none":
        raise CallError(_("type what the page says, or choose that it does not say it; nothing was kept"))
    try:
        done = _kept(call, number, typed)
    except SecondLookError as error:
        return _shown(call, str(error), again=number)
    except DecisionError as error:
        return _shown(call, str(error))
    return call.go(f"/sample/{found.label}?said={'same' if done.is_right else 'other'}&after={number}")


def switch_class(call: Call) -> Response:
    """Switch acceptance without a look on or off for a class of text, with a reason."""
    found, name, is_on = named_round(call), call.word("class"), call.word("on") == "yes"
    why = call.word("why")
    act = call.act("switch_trust", text_class=name, on=is_on, reason=why)
    acceptance.switch(call.around.engine, name, is_on, call.person.name, why, call.moment, act=act)
    return call.go(f"/sample/{found.label}")


def _kept(call: Call, number: int, typed: str) -> Checked:
    act = call.act("blind_check", round=call.path("label"), sample=number)
    again = call.word("again") == "yes"
    return blind_sample.record_check(
        call.around.engine, number, typed, call.person.name, call.moment, again=again, act=act
    )


def _shown(call: Call, message: str, again: int | None = None) -> Response:
    found, engine = named_round(call), call.around.engine
    open_ones = blind_sample.to_check(engine, found.label)
    wanted = again if again is not None else _after(open_ones, call.query("after"))
    one = next((drawn for drawn in open_ones if drawn.id == wanted), None)
    return call.page(
        "sample",
        round=found,
        look=_blind(call, one) if one else None,
        left=len(open_ones),
        message=message,
        again=again is not None,
        typed=call.word("value") if again is not None else "",
        classes=[(row, acceptance.told(row)) for row in acceptance.acceptances(engine)],
        next_picture="",
    )


def _after(open_ones: list[Drawn], passed: str) -> int | None:
    """Return the open one behind the one that was passed over, the first where that was the last."""
    numbers = [drawn.id for drawn in open_ones]
    known = [row.id for row in open_ones]
    if passed.isdigit() and int(passed) in known:
        numbers = numbers[known.index(int(passed)) + 1 :] + numbers[: known.index(int(passed)) + 1]
    return next(iter(numbers), None)


def _blind(call: Call, drawn: Drawn) -> Blind:
    unit = {"count": _("a count"), "percent": "%", "vnd": _("dong")}[figure_definitions()[drawn.figure].unit]
    report = call.around.documents.load(drawn.report_id)
    if report is None or report.document is None:
        return Blind(drawn, unit, None, None)
    printed = [one for one in report.reading.printings if one.figure == drawn.figure][drawn.seq]
    shown = _shown_place(printed)
    page = page_view(report, shown, drawn.page)
    return Blind(drawn, unit, page, None if page else passage(report, shown))


def _shown_place(printed: Printing) -> Place:
    """Return what of a printing may be marked: its sentence, of a table only where it stands."""
    place = printed.sentence_place
    if place.row is None:
        return place
    return Place(place.block, 0, 0)
