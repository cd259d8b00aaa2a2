"""Whether the drafts of a round still say what the warehouse says.

Belongs here: noting what drafts were made from, telling whether that has changed since, refusing to publish over drafts
that somebody looked at and that are old. Stays out: what papers follow from (`warehouse.scores.basis`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from catalogue.rounds import parse_round
from catalogue.scorecards import DEFAULT, Scorecard, scorecard_for
from cchc.clock import ZONE
from cchc.errors import PublicationError
from cchc.formats import moment as shown_moment
from cchc.messages import translator
from warehouse import publishing, queries
from warehouse.rows import EventRow
from warehouse.scores.basis import basis

_ = translator("publications")

DRAFTED = "drafted"
"""Kind of the event that notes drafts and what they were made from."""

CODE_LENGTH = 8


@dataclass(frozen=True)
class Drafts:
    """The drafts of a round: when they were made (None before the first), and whether figures changed since."""

    made_at: datetime | None = None
    is_old: bool = False


def card_of(engine: Engine, label: str, scorecard: str | None) -> Scorecard:
    """Return the card that papers of a round are made by: the named one, else the one last used, else the default."""
    return scorecard_for(parse_round(label), scorecard or queries.card_in_use(engine, label) or DEFAULT)


def code_of(made_from: str) -> str:
    """Return the short form of a basis, by which a printed draft is compared with the figures of today."""
    return made_from[:CODE_LENGTH]


def note_drafts(engine: Engine, label: str, made_from: str, moment: datetime) -> None:
    """Note that drafts were made at a moment, and from what."""
    key = f"{DRAFTED}:{label}:{moment.isoformat()}:{code_of(made_from)}"
    publishing.record_event(engine, EventRow(key, DRAFTED, moment, label, None, {"basis": made_from}))


def drafts_of(engine: Engine, label: str, scorecard: str | None = None) -> Drafts:
    """Return when the drafts of a round were made and whether they are older than what they rest on."""
    noted = publishing.events(engine, label, DRAFTED)
    if not noted:
        return Drafts()
    last = noted[-1].happened_at
    made_from = {event.detail["basis"] for event in noted if event.happened_at == last}
    return Drafts(last, basis(engine, label, card_of(engine, label, scorecard)) not in made_from)


def old_drafts_line(engine: Engine, label: str, scorecard: str | None = None) -> str:
    """Return that the drafts of a round are old and what to do, "" where there are none or they are not."""
    drafts = drafts_of(engine, label, scorecard)
    if drafts.made_at is None or not drafts.is_old:
        return ""
    line = _(
        "the drafts of {round} made at {at} are older than the figures (code {code} now); "
        "make them anew: cchc papers {round}"
    )
    code = code_of(basis(engine, label, card_of(engine, label, scorecard)))
    return line.format(round=label, at=shown_moment(drafts.made_at.astimezone(ZONE)), code=code)


def refuse_old(engine: Engine, label: str, scorecard: str | None) -> None:
    """Raise where the drafts that people looked at are not what would be published.

    Raises:
        PublicationError: the drafts are older than the figures.
    """
    line = old_drafts_line(engine, label, scorecard)
    if line:
        raise PublicationError(_("nothing was published: {line}, and look at them first").format(line=line))
