"""Scorecards (bảng điểm): how figures become points, as data.

Belongs here: the frozen values of a scorecard (`model`), reading and checking its YAML (`loading`, `checks`), and the
cards that ship. A card is edited by the office, so a bad one is refused with every mistake named: file, line, remedy.
Stays out: giving points to wards (`scoring`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path

from catalogue.offices import current_folder
from catalogue.rounds import Round
from catalogue.scorecards.loading import read_scorecard
from catalogue.scorecards.model import (
    Arrival,
    Band,
    Bands,
    Criterion,
    Grade,
    Linear,
    Manual,
    Measure,
    Rule,
    Scorecard,
    Term,
    Threshold,
    ZeroPolicy,
)
from catalogue.source import shipped, stamp_of
from cchc.errors import CatalogueError
from cchc.messages import translator

__all__ = [
    "DEFAULT",
    "Arrival",
    "Band",
    "Bands",
    "Criterion",
    "Grade",
    "Linear",
    "Manual",
    "Measure",
    "Rule",
    "Scorecard",
    "Term",
    "Threshold",
    "ZeroPolicy",
    "load_scorecard",
    "read_scorecard",
    "scorecard_for",
    "scorecards",
]

DEFAULT = "mac-dinh"
"""Name of the card that is used where nobody names another."""

_ = translator("scoring")


def scorecards(folder: Path | None = None) -> tuple[Scorecard, ...]:
    """Return every card of a folder, by default of the office and of those that ship, by name and then validity.

    An office's own card of a name stands for the shipped one of that name.

    Raises:
        CatalogueError: a card is wrong, or two cards of one name hold on the same day.
    """
    if folder is not None:
        return _cards_of(folder)
    own_folder = current_folder() / "scorecards"
    own = _cards_of(own_folder) if own_folder.is_dir() else ()
    taken = {card.name for card in own}
    others = (card for card in _cards_of(shipped("scorecards")) if card.name not in taken)
    return tuple(sorted((*own, *others), key=lambda card: (card.name, card.valid_from)))


def load_scorecard(name: str = DEFAULT, day: date | None = None, folder: Path | None = None) -> Scorecard:
    """Return the card of that name which holds on `day`, or the latest one.

    Raises:
        CatalogueError: there is no such card.
    """
    found = [card for card in scorecards(folder) if card.name == name and (day is None or card.holds_on(day))]
    if not found:
        known = ", ".join(sorted({card.name for card in scorecards(folder)})) or "–"
        message = _("no scorecard '{name}' holds on {day}; the cards there are: {known}")
        raise CatalogueError(message.format(name=name, day=day.isoformat() if day else _("any day"), known=known))
    return found[-1]


def scorecard_for(found: Round, name: str = DEFAULT, folder: Path | None = None) -> Scorecard:
    """Return the card of a round: the one the calendar names for it, else `name`, in the version then in force.

    Raises:
        CatalogueError: no such card holds at the end of the round's window.
    """
    return load_scorecard(found.scorecard or name, found.window_end, folder)


def _cards_of(folder: Path) -> tuple[Scorecard, ...]:
    cards = sorted(
        ((_card_of(path), path) for path in sorted(folder.glob("*.yaml"))),
        key=lambda pair: (pair[0].name, pair[0].valid_from),
    )
    _refuse_overlaps(cards)
    return tuple(card for card, _path in cards)


def _card_of(path: Path) -> Scorecard:
    """Return the card of a file, read anew only where the file is another one: a page asks for cards many times."""
    return _read_once(path, stamp_of(path))


@lru_cache(maxsize=64)
def _read_once(path: Path, _stamp: tuple[int, int]) -> Scorecard:
    return read_scorecard(path)


def _refuse_overlaps(cards: Iterable[tuple[Scorecard, Path]]) -> None:
    """Raise where two versions of one card hold on the same day."""
    former: Scorecard | None = None
    for card, path in cards:
        if former and former.name == card.name and (former.valid_to is None or card.valid_from <= former.valid_to):
            message = _(
                "{path}:1: versions {first} and {second} of '{name}' both hold on {day}; end the former earlier"
            )
            raise CatalogueError(
                message.format(
                    path=path.name, first=former.version, second=card.version, name=card.name, day=card.valid_from
                )
            )
        former = card
