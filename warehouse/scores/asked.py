"""Which wards were asked for what their reports do not print.

Belongs here: the record that a ward was asked, by mail or in another way by a named person.
Stays out: which figures a report lacks (`asked`), sending (pipelines), what a gap is worth (`scoring.judged`).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine

from cchc.errors import DecisionError
from cchc.messages import translator
from warehouse.publishing import events, record_event
from warehouse.rows import EventRow

_ = translator("scoring")

ASKED = "asked"
"""Kind of the event that a named person asked a ward."""
_MAILED = ("message", "correct")
"""Kind and subject of the event that a mail asked a ward to complete or correct its report."""


def asked_wards(engine: Engine, round_label: str) -> frozenset[str]:
    """Return the wards that were asked once in a round to complete or correct their report."""
    told = events(engine, round_label)
    return frozenset(event.ward for event in told if event.ward and _asks(event))


def record_asked(engine: Engine, round_label: str, ward: str, by: str, how: str, moment: datetime) -> bool:
    """Record that a person asked a ward; return False where it is on record already.

    Raises:
        DecisionError: nobody's name stands by it, or it is not said how the ward was asked.
    """
    if not by.strip() or not how.strip():
        raise DecisionError(_("say who asked the ward and how; add --by and --how"))
    detail = {"by": by.strip(), "how": how.strip()}
    return record_event(engine, EventRow(f"{ASKED}:{round_label}:{ward}", ASKED, moment, round_label, ward, detail))


def _asks(event: EventRow) -> bool:
    about = event.detail.get("about") if isinstance(event.detail, dict) else None
    return event.kind == ASKED or (event.kind, about) == _MAILED
