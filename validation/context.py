"""What a report is seen beside: the ward's earlier reports and the other wards of its round.

Belongs here: choosing, from a set and its history, one report for every ward and round.
Stays out: comparing (`rounds`, `peers`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalogue.rounds import Round
from validation.corrections import mend
from validation.report_values import Sheet


@dataclass(frozen=True)
class Context:
    """The best report of every ward and round, mended."""

    reports: Mapping[tuple[str, Round], Sheet]

    def earlier(self, sheet: Sheet) -> dict[Round, Sheet]:
        """Return the ward's reports of earlier rounds, by round; empty where ward or round is unknown."""
        own = sheet.round
        if own is None or not sheet.ward:
            return {}
        return {when: s for (ward, when), s in self.reports.items() if ward == sheet.ward and when < own}

    def peers(self, sheet: Sheet) -> list[Sheet]:
        """Return the reports of the other wards for the same round."""
        own = sheet.round
        return [s for (ward, when), s in self.reports.items() if ward != sheet.ward and when == own]


def gather(current: Sequence[Sheet], history: Sequence[Sheet]) -> Context:
    """Return the context of a set; of a ward and round sent in several formats, the one read most surely.

    A report of the set comes before one of the history, which may be an older version of it.
    """
    ranked = [(sheet, True) for sheet in current] + [(sheet, False) for sheet in history]
    chosen: dict[tuple[str, Round], Sheet] = {}
    for sheet, _ in sorted(ranked, key=lambda pair: (pair[1], _certainty(pair[0]))):
        round_ = sheet.round
        if sheet.ward and round_ is not None:
            chosen[sheet.ward, round_] = sheet
    return Context({key: mend(sheet)[0] for key, sheet in chosen.items()})


def _certainty(sheet: Sheet) -> tuple[float, int]:
    printings = sheet.reading.printings
    mean = sum(p.confidence for p in printings) / len(printings) if printings else 0.0
    return mean, len(printings)
