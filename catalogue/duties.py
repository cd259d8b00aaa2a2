"""Who has to report when: the rounds in which units of the office report, and the units that report in some.

Belongs here: units held against rounds. Stays out: the units (`wards`), the calendar (`rounds`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from catalogue.rounds import Round, known_rounds
from catalogue.wards import Ward, wards


def with_a_duty(units: Mapping[str, Ward], rounds: Iterable[Round]) -> tuple[list[str], list[str]]:
    """Return the slugs of units that have to report in some of the rounds, and the labels of rounds in which some do.

    Both keep their order.
    """
    on = {found.label: {slug for slug, unit in units.items() if unit.valid_on(found.window_end)} for found in rounds}
    reporting = set().union(*on.values())
    return [slug for slug in units if slug in reporting], [label for label, found in on.items() if found]


def labels_with_a_duty(until: int) -> list[str]:
    """Return the labels of the rounds in which units of the office report, oldest first, none after a year."""
    return with_a_duty(wards(), (found for found in known_rounds(until=until) if found.year <= until))[1]
