"""How the office stands on a day: its units, the round of the day, and what that means for a collection.

Belongs here: plain facts from the catalogue, which commands and the page put into words.
Stays out: the words (`pipelines.cli.office`), what has arrived (warehouse).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from catalogue.gazetteer import known_units, last_day_of_units
from catalogue.office import Office, office
from catalogue.rounds import Round, is_kept, known_rounds
from catalogue.wards import Ward, wards, wards_on


@dataclass(frozen=True)
class Standing:
    """An office on a day.

    `units` exist on the day; `ended` is the last day on which the office had any, None while it has; `open_round` is
    the round being collected; `next_round` the next in which units report; `taken_over_by` the office to which the
    units report that came after.
    """

    office: Office
    units: tuple[Ward, ...]
    ended: date | None
    open_round: Round | None
    next_round: Round | None
    last_round: Round | None
    taken_over_by: str | None


def standing(today: date) -> Standing:
    """Return how the current office stands on a day."""
    rounds = [found for found in known_rounds(until=today.year + 1) if wards_on(found.window_end)]
    last = last_day_of_units()
    ended = last if last is not None and last < today else None
    return Standing(
        office=office(),
        units=tuple(wards_on(today)),
        ended=ended,
        open_round=next((found for found in rounds if found.opens <= today <= found.closes), None),
        next_round=next((found for found in rounds if found.opens > today), None),
        last_round=rounds[-1] if rounds else None,
        taken_over_by=_successor() if ended else None,
    )


def reports_nobody(found: Round) -> bool:
    """Return whether no unit of the office reports in a round that the calendar keeps."""
    return is_kept(found) and not wards_on(found.window_end)


def _successor() -> str | None:
    """Return the known office to which most successors of the current office's units report."""
    after = {ward.successor_code for ward in wards().values() if ward.successor_code}
    offices = [k.office for k in known_units() if k.unit.code in after and k.unit.slug not in wards()]
    return max(set(offices), key=offices.count) if offices else None
