"""The grammar's reading of a report, number by number, as the stacked reader and the judge see it.

Belongs here: what a `Reading` says of the characters of one spot. Stays out: how the grammar came to it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from parsers.document import Place
from parsers.figures.afterwards import TWIN
from parsers.learned.values import GrammarView
from parsers.reading import Account, AccountKind, Printing, Reading

_Holder = tuple[int, int | None, int | None]
_UNSEEN = GrammarView(None, AccountKind.UNEXPLAINED.value)
_PART = 0.7
"""The confidence of a number that is one printed part of a sum."""


@dataclass(frozen=True)
class GrammarBook:
    """The printings and accounts of one reading, by the block or cell in which they stand."""

    printings: dict[_Holder, list[Printing]] = field(default_factory=dict)
    accounts: dict[_Holder, list[Account]] = field(default_factory=dict)

    def at(self, place: Place) -> GrammarView:
        """Return what the grammar says of the number at a place."""
        holder = _holder(place)
        printing = next((p for p in self.printings.get(holder, ()) if _overlap(p.place, place)), None)
        if printing is not None:
            kind, label, rule = AccountKind.FIGURE.value, printing.label, printing.rule
            return GrammarView(printing.figure, kind, printing.confidence, label, rule, printing.primary)
        account = next((a for a in self.accounts.get(holder, ()) if _overlap(a.place, place)), None)
        if account is None:
            return _UNSEEN
        return GrammarView(account.figure, account.kind.value, _PART if account.figure else 0.0, rule=account.reason)

    def printing_at(self, place: Place, figure: str) -> Printing | None:
        """Return the grammar's printing of a figure at a place, None where it has none."""
        found = self.printings.get(_holder(place), ())
        return next((p for p in found if p.figure == figure and _overlap(p.place, place)), None)

    def twin_at(self, place: Place, figure: str) -> Printing | None:
        """Return the grammar's printing of the other figure that a number is said to be besides, None where none is."""
        found = [p for p in self.printings.get(_holder(place), ()) if _overlap(p.place, place)]
        twins = any(p.rule == TWIN for p in found) and any(p.figure == figure for p in found)
        return next((p for p in found if p.figure != figure), None) if twins else None


def grammar_book(reading: Reading) -> GrammarBook:
    """Return what a reading of the grammar says, ready to be asked by place."""
    printings: dict[_Holder, list[Printing]] = defaultdict(list)
    accounts: dict[_Holder, list[Account]] = defaultdict(list)
    for printing in reading.printings:
        printings[_holder(printing.place)].append(printing)
    for account in reading.accounts:
        accounts[_holder(account.place)].append(account)
    return GrammarBook(dict(printings), dict(accounts))


def _holder(place: Place) -> _Holder:
    return place.block, place.row, place.column


def _overlap(a: Place, b: Place) -> bool:
    return a.start < b.end and b.start < a.end
