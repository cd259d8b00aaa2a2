"""What a scorecard says, as frozen values.

Belongs here: cards, criteria, measures and rules, and what each can tell about itself.
Stays out: YAML (`loading`), what makes a card wrong (`checks`), giving points (`scoring`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

from cchc.messages import language

ZeroPolicy = Literal["full", "zero", "ask"]
"""What a denominator of 0 is worth: all points, none, or a named person says whether the criterion applies."""
Kind = Literal["proportional", "bands", "inverse", "yes_no", "timeliness", "manual"]
Quarterly = tuple[Decimal, Decimal, Decimal, Decimal]
"""A bound for each of the four rounds of a year: plans for the year are a quarter done after Q1."""


@dataclass(frozen=True)
class Term:
    """A figure as part of a sum; `sign` is 1 or -1."""

    figure: str
    sign: int = 1


@dataclass(frozen=True)
class Measure:
    """One way to measure a criterion.

    With a denominator: 100 × sum / sum, in percent. Without: the sum itself, a printed percentage where `printed`.
    `rounds` are the numbers of the rounds in which this way may be used, `indicator` the one it is a way of.
    """

    numerator: tuple[Term, ...]
    denominator: tuple[Term, ...] = ()
    printed: bool = False
    rounds: tuple[int, ...] = (1, 2, 3, 4)
    indicator: str = ""

    @property
    def percent(self) -> bool:
        """Return whether the measure gives a percentage, and not a count or an amount."""
        return self.printed or bool(self.denominator)

    @cached_property
    def figures(self) -> tuple[str, ...]:
        """Return every figure the measure needs, once."""
        return tuple(dict.fromkeys(term.figure for term in (*self.numerator, *self.denominator)))

    @cached_property
    def formula(self) -> str:
        """Return the measure as text, as "(a + b) / c"."""
        return f"{_sum(self.numerator)} / {_sum(self.denominator)}" if self.denominator else _sum(self.numerator)


@dataclass(frozen=True)
class Linear:
    """No points at `zero_at`, full points at `full_at`, in proportion between; either may be the greater."""

    zero_at: Quarterly
    full_at: Quarterly


@dataclass(frozen=True)
class Band:
    """A stretch of values worth `points`; a bound None is open, `low_in` and `high_in` tell whether it belongs."""

    points: Decimal
    low: Decimal | None
    high: Decimal | None
    low_in: bool = True
    high_in: bool = False

    def holds(self, value: Decimal) -> bool:
        """Return whether a value lies in the band."""
        above = self.low is None or value > self.low or (self.low_in and value == self.low)
        below = self.high is None or value < self.high or (self.high_in and value == self.high)
        return above and below


@dataclass(frozen=True)
class Bands:
    """Points by bands that cover every value once, from the lowest band up."""

    bands: tuple[Band, ...]


@dataclass(frozen=True)
class Threshold:
    """Full points at or beyond a bound, else none."""

    bound: Decimal
    at_least: bool = True


@dataclass(frozen=True)
class Manual:
    """Points given by people."""


Rule = Linear | Bands | Threshold | Manual


@dataclass(frozen=True)
class Arrival:
    """From which day lateness is counted.

    An arrival more than `trusted_days` after the due day says when an old file was brought in, not when the ward sent
    it; the date the report bears then counts.
    """

    counted_from: Literal["arrival", "report_date"] = "arrival"
    trusted_days: int = 60


@dataclass(frozen=True)
class Criterion:
    """One line of a scorecard.

    `when_zero` is for a denominator of 0. `share` marks a measure that cannot lie outside 0–100 percent. What happens
    where figures are missing is no choice of a card: whose gap it is decides (`scoring.judged`).
    """

    code: str
    kind: Kind
    title_vi: str
    title_en: str
    group: str
    points: Decimal
    rule: Rule
    when_zero: ZeroPolicy
    measures: tuple[Measure, ...] = ()
    share: bool = False
    arrival: Arrival | None = None
    note: str = ""

    @property
    def title(self) -> str:
        """Return the title in the language of the moment."""
        return self.title_en if language() == "en" else self.title_vi

    def ways(self, round_number: int) -> tuple[tuple[int, Measure], ...]:
        """Return the measures that may be used in a round, each with its place on the card."""
        return tuple((place, way) for place, way in enumerate(self.measures) if round_number in way.rounds)

    def required(self, round_number: int) -> tuple[tuple[str, ...], ...]:
        """Return the figures a report must print in a round: one of these sets, whole; none where nothing is read."""
        return tuple(dict.fromkeys(way.figures for _place, way in self.ways(round_number)))


@dataclass(frozen=True)
class Grade:
    """A class (xếp loại) of totals, from `from_total` up.

    `each_group` is the percent of its points that every group of criteria must reach besides.
    """

    name: str
    from_total: Decimal
    each_group: Decimal = Decimal(0)


@dataclass(frozen=True)
class Scorecard:
    """A way of giving points, with where it comes from and when it holds.

    A ward's total is 100 × points had / points possible, whatever `total` the criteria add up to; only criteria that a
    named person found not to apply are not possible. `sample`: no authority stands behind the card; publishing on it
    asks first.
    """

    name: str
    version: str
    title_vi: str
    title_en: str
    source: str
    valid_from: date
    valid_to: date | None
    total: Decimal
    decimals: int
    grades: tuple[Grade, ...]
    criteria: tuple[Criterion, ...]
    note: str = ""
    sample: bool = False

    @property
    def title(self) -> str:
        """Return the title in the language of the moment."""
        return self.title_en if language() == "en" else self.title_vi

    @property
    def figures(self) -> tuple[str, ...]:
        """Return every figure the card may use, once, in the card's order."""
        return tuple(dict.fromkeys(f for c in self.criteria for m in c.measures for f in m.figures))

    def holds_on(self, day: date) -> bool:
        """Return whether the card is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def criterion(self, code: str) -> Criterion | None:
        """Return a criterion by code, None where the card has none of that code."""
        return next((c for c in self.criteria if c.code == code), None)

    def grade(self, total: Decimal, weakest_group: Decimal = Decimal(100)) -> str:
        """Return the class of a total whose weakest group of criteria reaches `weakest_group` percent of its points."""
        reached = (g.name for g in self.grades if total >= g.from_total and weakest_group >= g.each_group)
        return next(reached, self.grades[-1].name)


def _sum(terms: tuple[Term, ...]) -> str:
    text = "".join(f" {'+' if t.sign > 0 else '-'} {t.figure}" for t in terms).removeprefix(" + ").lstrip()
    return f"({text})" if len(terms) > 1 else text
