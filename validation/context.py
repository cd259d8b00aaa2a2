"""What a report is seen beside: the ward's earlier reports and the other wards of its round.

Belongs here: choosing, from a set and its history, one report for every ward and round.
Stays out: comparing (`rounds`, `outliers`, `peer_scale`, `dropped_figures`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from catalogue.rounds import Round
from validation.corrections import mend
from validation.report_values import Sheet


@dataclass(frozen=True)
class Context:
    """The best report of every ward and round, mended; `former` are the versions that the set's own ones replace."""

    reports: Mapping[tuple[str, Round], Sheet]
    former: Mapping[tuple[str, Round], tuple[Sheet, ...]] = field(default_factory=dict)

    def versions(self, sheet: Sheet) -> tuple[Sheet, ...]:
        """Return the earlier versions of the sheet's report, the latest last."""
        own = sheet.round
        return self.former.get((sheet.ward, own), ()) if own is not None else ()

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

    A report of the set comes before one of the history: that is an older version of it.
    """
    ranked = [(sheet, True) for sheet in current] + [(sheet, False) for sheet in history]
    chosen: dict[tuple[str, Round], Sheet] = {}
    for sheet, _ in sorted(ranked, key=lambda pair: (pair[1], _certainty(pair[0]))):
        round_ = sheet.round
        if sheet.ward and round_ is not None:
            chosen[sheet.ward, round_] = sheet
    return Context({key: mend(sheet)[0] for key, sheet in chosen.items()}, _former(current, history))


def _former(current: Sequence[Sheet], history: Sequence[Sheet]) -> dict[tuple[str, Round], tuple[Sheet, ...]]:
    """Return the sheets of the history whose ward and round the set has too, in the order given."""
    own = {(sheet.ward, sheet.round) for sheet in current}
    found: dict[tuple[str, Round], tuple[Sheet, ...]] = {}
    for sheet in history:
        round_ = sheet.round
        if sheet.ward and round_ is not None and (sheet.ward, round_) in own:
            found[sheet.ward, round_] = (*found.get((sheet.ward, round_), ()), mend(sheet)[0])
    return found


def _certainty(sheet: Sheet) -> tuple[float, int]:
    printings = sheet.reading.printings
    mean = sum(p.confidence for p in printings) / len(printings) if printings else 0.0
    return mean, len(printings)
