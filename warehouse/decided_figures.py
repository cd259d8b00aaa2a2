"""What is known of the figures of a round: what named persons decided, and what counts without a look.

Belongs here: asking for it, figure by figure. Stays out: the rule of what counts (`effective_values`), recording
decisions (`decisions`), what may be learned from them (`training.decided`).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from sqlalchemy import Engine

from warehouse.queries import decisions, figures_long
from warehouse.rows import DecisionRow, FigureRow

Word = Literal["confirmed", "corrected", "added", "rejected", "unasked"]
"""What a person said of a figure; "unasked" where it counts and nobody had to say anything."""


@dataclass(frozen=True)
class KnownFigure:
    """A figure of a ward and round of which the value is known; `value` is None where a person keeps it out."""

    ward: str
    figure: str
    word: Word
    value: Decimal | None

    @property
    def is_decided(self) -> bool:
        """Return whether a named person decided it."""
        return self.word != "unasked"


def known_figures(engine: Engine, round_label: str, ward: str | None = None) -> list[KnownFigure]:
    """Return the known figures of a round (of one ward) in order; what waits and nobody decided is left out."""
    rows = figures_long(engine, round_label, ward)
    words = _last_words(decisions(engine, round_label, ward))
    found = (_known(row, words.get((row.ward, row.figure), ())) for row in rows)
    return [one for one in found if one is not None]


def _last_words(made: list[DecisionRow]) -> dict[tuple[str, str], list[DecisionRow]]:
    """Return, by ward and figure, the last decision on each finding and on the figure itself that still holds."""
    threads: dict[tuple[str, str, str], DecisionRow] = {}
    for row in made:
        if row.figure is not None:
            threads[row.ward, row.figure, row.finding_key or ""] = row
    found: dict[tuple[str, str], list[DecisionRow]] = {}
    for (ward, figure, _finding), row in threads.items():
        if row.holds and row.kind != "reopen":
            found.setdefault((ward, figure), []).append(row)
    return found


def _known(row: FigureRow, words: list[DecisionRow] | tuple[()]) -> KnownFigure | None:
    """Return what is known of a figure; a word on the figure outweighs an acceptance of one of its findings."""
    own = [w for w in words if w.kind != "accept" or w.finding_key is None]
    last = max(own or words, key=lambda w: w.id, default=None)
    if last is None:
        counts = row.status in ("entered", "marked") and row.printed is not None
        return KnownFigure(row.ward, row.figure, "unasked", row.printed) if counts else None
    if last.kind == "reject":
        return KnownFigure(row.ward, row.figure, "rejected", None)
    if last.kind == "accept":
        return KnownFigure(row.ward, row.figure, "confirmed", row.printed)
    word: Word = "added" if row.printed is None else "corrected" if last.value != row.printed else "confirmed"
    return KnownFigure(row.ward, row.figure, word, last.value)
