"""Steps of processing and named outcomes in words.

Belongs here: what a step, an outcome and an edition are called in the language of the moment.
Stays out: what follows from them (`phrases`), the outcomes themselves (`parsers.outcomes`).
"""

from __future__ import annotations

from collections.abc import Callable

from cchc.messages import translator
from parsers.outcomes import Outcome

_ = translator("operations")


def step_name(step: str) -> str:
    """Return what a step of processing a report is called; a step of a later version by its code."""
    named = _STEPS.get(step)
    return named() if named else step


def outcome_name(outcome: str) -> str:
    """Return what became of a file or a try, in words; an error of the program by its own name."""
    named = _OUTCOMES.get(outcome)
    return named() if named else outcome


def edition_number(revision: int) -> str:
    """Return how the number of an edition is said: nobody in an office speaks of an edition 0 (vi: "lần đầu")."""
    return str(revision) if revision else _("0")


_STEPS: dict[str, Callable[[], str]] = {
    "read": lambda: _("reading"),
    "load": lambda: _("loading"),
}

_OUTCOMES: dict[str, Callable[[], str]] = {
    "loaded": lambda: _("loaded"),
    "unchanged": lambda: _("unchanged"),
    "untraceable": lambda: _("a figure is not in the sentence it cites"),
    Outcome.READ: lambda: _("read"),
    Outcome.ENCRYPTED: lambda: _("locked by a password"),
    Outcome.DAMAGED: lambda: _("damaged file"),
    Outcome.EMPTY: lambda: _("empty file"),
    Outcome.NO_TEXT: lambda: _("no text"),
    Outcome.TOO_LARGE: lambda: _("too large"),
    Outcome.TIMED_OUT: lambda: _("took too long"),
    Outcome.OUT_OF_MEMORY: lambda: _("out of memory"),
    Outcome.CRASHED: lambda: _("the program crashed on it"),
    Outcome.UNSUPPORTED: lambda: _("format not supported"),
    Outcome.NOT_A_REPORT: lambda: _("not a report"),
    Outcome.UNKNOWN_WARD: lambda: _("unknown ward"),
    Outcome.OTHER_TOWN: lambda: _("of another office"),
    Outcome.NO_ROUND: lambda: _("no round named"),
    Outcome.UNSURE: lambda: _("not certain whose it is"),
    Outcome.TWO_REPORTS: lambda: _("two reports in one file"),
    Outcome.OCR_MISSING: lambda: _("no text recognition installed"),
}
