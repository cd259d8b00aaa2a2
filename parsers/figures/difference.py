"""What a newer parser reads otherwise in the same report.

Belongs here: comparing two Readings of one file, figure by figure.
Stays out: reading again, showing the difference, replacing anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from catalogue.figures import figure_definitions
from parsers.reading import AccountKind, Printing, Reading


class ChangeKind(StrEnum):
    """How a figure differs between two readings of one report, gravest first."""

    VALUE = "value"
    LOST = "lost"
    FOUND = "found"
    PLACE = "place"
    CONFIDENCE = "confidence"


@dataclass(frozen=True)
class Change:
    """One figure that is read otherwise: its primary printing before and after, None where there is none."""

    figure: str
    kind: ChangeKind
    old: Printing | None
    new: Printing | None

    @property
    def is_silent(self) -> bool:
        """Return whether the figure counts with another value and nobody would look, neither before nor after."""
        both = self.old is not None and self.new is not None and self.old.sure and self.new.sure
        return both and self.kind is ChangeKind.VALUE


@dataclass(frozen=True)
class Difference:
    """Two readings of one file held against each other; numbers are those left unexplained."""

    old_version: str
    new_version: str
    changes: tuple[Change, ...]
    old_unexplained: int
    new_unexplained: int


def compare(old: Reading, new: Reading) -> Difference:
    """Return how `new` differs from `old`, gravest changes first, each in the order of the catalogue.

    The gravest are other values of which both readings are sure: nobody would look at them.

    A place counts as moved when the sentence is another, a confidence as changed from a hundredth on.
    """
    before, after = old.primaries(), new.primaries()
    order = [code for code in figure_definitions() if code in before or code in after]
    found = (_change(code, before.get(code), after.get(code)) for code in order)
    rank = list(ChangeKind)
    return Difference(
        old.parser_version,
        new.parser_version,
        tuple(sorted((c for c in found if c is not None), key=lambda c: (not c.is_silent, rank.index(c.kind)))),
        _unexplained(old),
        _unexplained(new),
    )


def _change(code: str, old: Printing | None, new: Printing | None) -> Change | None:
    if old is None or new is None:
        return Change(code, ChangeKind.FOUND if old is None else ChangeKind.LOST, old, new)
    if old.value != new.value:
        return Change(code, ChangeKind.VALUE, old, new)
    if old.sentence != new.sentence:
        return Change(code, ChangeKind.PLACE, old, new)
    if abs(old.confidence - new.confidence) >= 0.01:
        return Change(code, ChangeKind.CONFIDENCE, old, new)
    return None


def _unexplained(reading: Reading) -> int:
    return sum(account.kind is AccountKind.UNEXPLAINED for account in reading.accounts)
