"""Values of a round's results.

Belongs here: totals, points, places, marks by people.
Stays out: the arithmetic and its own values (`scoring`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal


@dataclass(frozen=True)
class RollupRow:
    """One total of a round. `scope` is all or a kind of unit; percentages are in percent."""

    scope: str
    measure_kind: Literal["figure", "indicator"]
    measure: str
    unit: str
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    wards_counted: int
    wards_expected: int
    previous_value: Decimal | None = None
    last_year_value: Decimal | None = None
    detail: Any = None
    previous_now: Decimal | None = None
    previous_wards: int | None = None
    previous_change: Decimal | None = None
    previous_note: str | None = None
    last_year_now: Decimal | None = None
    last_year_wards: int | None = None
    last_year_change: Decimal | None = None
    last_year_note: str | None = None


@dataclass(frozen=True)
class ScoreRow:
    """The points of one ward for one criterion; `inputs` maps figure codes to the values used."""

    ward: str
    criterion: str
    position: int
    scorecard_version: str
    inputs: Any
    ratio: Decimal | None
    points: Decimal | None
    max_points: Decimal
    state: str
    note: str = ""
    detail: Any = None


@dataclass(frozen=True)
class RankRow:
    """The place of one ward; `completeness` is in percent."""

    ward: str
    scorecard_version: str
    total: Decimal | None
    rank: int | None
    rank_in_kind: int | None
    class_code: str | None
    completeness: Decimal | None
    rank_change: int | None = None
    reason_unranked: str | None = None
    robustness: Any = None
    detail: Any = None


@dataclass(frozen=True)
class MarkRow:
    """What a person said of one ward's criterion: marks that reports cannot show, or that it does not apply."""

    round: str
    ward: str
    scorecard: str
    criterion: str
    self_assessed: Decimal | None
    appraised: Decimal | None
    final: Decimal | None
    evidence: str
    marked_by: str
    marked_at: datetime
    not_applicable: bool = False
