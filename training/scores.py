"""How good a reading is beside its marks: by number, by figure of a report, and what was called sure.

Belongs here: counting. Stays out: reading.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from parsers.numbers import find_numbers
from parsers.reading import Reading
from training.marked import Mark, MarkedText

TOLERANCE = Decimal("0.000001")


@dataclass
class Score:
    """Figures counted over some texts, one value a figure and text, as the office sees them."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong_sure: list[str] = field(default_factory=list)

    def add(self, name: str, text: MarkedText, reading: Reading, sure: Iterable[str]) -> None:
        """Count one reading; `sure` are the figures that nobody would look at."""
        gold: dict[str, list[Decimal]] = defaultdict(list)
        for mark in text.marks:
            gold[mark.figure].append(value_of(mark))
        said = {code: p.value for code, p in reading.primaries().items()}
        called = set(sure)
        for code, values in gold.items():
            self.counts["missed" if code not in said else "right" if right(said[code], values) else "wrong"] += 1
        for code, value in said.items():
            self.counts["spurious"] += code not in gold
            if code in called:
                good = code in gold and right(value, gold[code])
                self.counts["sure"] += 1
                self.counts["sure_wrong"] += not good
                self.wrong_sure += [] if good else [f"{name} {code}"]

    @property
    def precision(self) -> float:
        """Return the share of figures said that are right."""
        return self.counts["right"] / max(1, self.counts["right"] + self.counts["wrong"] + self.counts["spurious"])

    @property
    def recall(self) -> float:
        """Return the share of figures printed that are read right."""
        return self.counts["right"] / max(1, self.counts["right"] + self.counts["wrong"] + self.counts["missed"])

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)

    def __str__(self) -> str:
        said = max(1, self.counts["right"] + self.counts["wrong"] + self.counts["spurious"])
        sure, wrong = self.counts["sure"], self.counts["sure_wrong"]
        return (
            f"P {self.precision:.3f} R {self.recall:.3f} F1 {self.f1:.3f}  "
            f"sure {sure / said:.3f}, of {sure} wrong {wrong} ({wrong / max(1, sure):.2%})"
        )


def value_of(mark: Mark) -> Decimal:
    """Return the value that a mark gives: as written in it, else the printed number, 0 for a denial."""
    if mark.value is not None:
        return Decimal(mark.value)
    numbers = find_numbers(mark.raw)
    return numbers[0].value if numbers else Decimal(0)


def right(value: Decimal, printed: list[Decimal]) -> bool:
    """Return whether a value is one of those printed, or their sum (parts of a total); none printed, none is right."""
    if not printed:
        return False
    most = max(Decimal(1), abs(value)) * TOLERANCE
    return any(abs(value - p) <= most for p in (*printed, sum(printed, Decimal(0))))
