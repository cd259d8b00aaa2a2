"""Why a figure is not sure, in words a clerk understands.

Belongs here: the reasons as codes, which of them holds, and their sentences. Stays out: the probability itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from catalogue.figures import figure_definitions
from cchc.formats import number
from cchc.messages import translator
from parsers.judge.terms import Surroundings
from parsers.learned.general_unit import GENERAL_UNIT
from parsers.reading import AccountKind, Printing

_ = translator("judge")

CLOSE = 0.2
"""A second guess at least so likely is named as the other thing that a number may be."""


def doubt_of(printing: Printing, around: Surroundings, text_class: str) -> str:
    """Return the weightiest reason why a printing is not sure, as a code."""
    return next(_reasons(printing, around, text_class), "weak")


def _reasons(printing: Printing, around: Surroundings, text_class: str) -> Iterator[str]:
    views = printing.views
    if printing.malformed or len(printing.candidates) > 1:
        yield "malformed"
    if text_class == "poor_scan" or printing.text_confidence < 0.85:
        yield "poor_text"
    if views is None:
        yield "one_reader"
        return
    if printing.rule == GENERAL_UNIT:
        yield "unit_elsewhere"
    if any(p.value != printing.value for p in around.elsewhere(printing)):
        yield "two_values"
    if views.grammar.figure is None and views.grammar.kind in _KIND_DOUBTS:
        yield _KIND_DOUBTS[views.grammar.kind]
    if views.grammar.figure not in (None, printing.figure) or views.independent.figure not in (None, printing.figure):
        yield "other_figure"
    if printing.primary and printing.figure in around.evidence.against:
        yield "arithmetic"
    if views.independent.figure is None or views.grammar.figure is None:
        yield "maybe_none"
    if len(views.stacked.guesses) > 1 and views.stacked.guesses[1].p >= CLOSE:
        yield "other_figure" if views.stacked.guesses[1].figure else "maybe_none"


_KIND_DOUBTS = {
    AccountKind.OTHER_LEVEL.value: "other_level",
    AccountKind.PRIOR_PERIOD.value: "other_period",
    AccountKind.TARGET.value: "target",
    AccountKind.SUB_ITEM.value: "part",
    AccountKind.CHANGE.value: "change",
}


def rival_of(printing: Printing, around: Surroundings) -> Decimal | None:
    """Return the other value that the figure is printed with, the likeliest first, None where there is none."""
    others = [p for p in around.elsewhere(printing) if p.value != printing.value]
    return max(others, key=lambda p: p.confidence).value if others else None


def doubt_text(printing: Printing) -> str:
    """Return the reason of doubt of a printing in the language of the moment, empty where it is sure."""
    if not printing.doubt:
        return ""
    names = {"figure": _meaning(other_figure(printing)), "value": number(printing.value)}
    names["rival"] = number(printing.rival) if printing.rival is not None else "?"
    return _SENTENCES[printing.doubt]().format(**names)


def template(code: str) -> str:
    """Return the sentence of a reason in the language of the moment, with its places {value}, {rival}, {figure}."""
    return _SENTENCES[code]()


_SENTENCES = {
    "malformed": lambda: _("The digits are no number as written."),
    "poor_text": lambda: _("The page is hard to read; please compare the digits."),
    "unit_elsewhere": lambda: _(
        "No unit of money stands by this number; that of another place of the report was taken."
    ),
    "one_reader": lambda: _("Only one of the two readings found this number."),
    "two_values": lambda: _("The report prints this figure twice: {value} and {rival}."),
    "other_level": lambda: _("The sentence may speak of another level (town, province, hamlet), not of this unit."),
    "other_period": lambda: _("The number may belong to another period."),
    "target": lambda: _("The number may be a target or a plan, not a result."),
    "part": lambda: _("The number may be a part only, not the whole."),
    "change": lambda: _("The number may be an increase or a decrease, not the figure itself."),
    "other_figure": lambda: _("Two readings differ: it may also be “{figure}”."),
    "maybe_none": lambda: _("Two readings differ: one of them takes this number for no figure of the form."),
    "arithmetic": lambda: _("It does not agree with the other figures of the report."),
    "weak": lambda: _("The wording is unusual; both readings are weak."),
}
CODES = tuple(_SENTENCES)


def other_figure(printing: Printing) -> str | None:
    """Return the figure that another reader, or the next guess, takes the number for."""
    if printing.views is None:
        return None
    said = (printing.views.grammar.figure, printing.views.independent.figure)
    guesses = (guess.figure for guess in printing.views.stacked.guesses)
    return next((figure for figure in (*said, *guesses) if figure and figure != printing.figure), None)


def _meaning(figure: str | None) -> str:
    known = figure_definitions().get(figure or "")
    return known.meaning_vi if known else ""
