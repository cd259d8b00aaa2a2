"""The values that come out of scoring.

Belongs here: frozen values shared by the steps of scoring, the tables that keep them and the papers that show them.
Stays out: what goes in (`inputs`), arithmetic (the sibling modules), scorecards (`catalogue.scorecards`).

Percentages and ratios are in percent (87.34), points in points, shares in 0–1. `scope` is "all" or a kind of unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from scoring.exact import product_over
from scoring.inputs import FigureInput, ManualMark, Receipt, Waiver

Scope = str
"""Which wards of a round: "all", or those of one kind, as "phường"."""
Note = Literal["", "quarter_flow", "spans_differ"]


@dataclass(frozen=True)
class Comparison:
    """A total set against another round's, over the wards that have it in both.

    `change` is in the unit of the total (percentage points for a ratio), `change_pct` in percent of `then`, for sums.
    `note` is "" for a plain comparison, "quarter_flow" where cumulative reports were taken apart into quarters (`now`
    and `then` are then those of the quarters), and "spans_differ" where the reports cover unlike times: no change is
    told then, of a ratio no less than of a sum.
    """

    round: str
    now: Decimal | None
    then: Decimal | None
    change: Decimal | None
    change_pct: Decimal | None
    covered: int
    note: Note = ""

    @property
    def comparable(self) -> Decimal | None:
        """Return the other round's total, None where a reader would set unlike times side by side."""
        return None if self.note == "spans_differ" else self.then


@dataclass(frozen=True)
class RollupRow:
    """One total of the district: a figure summed, or an indicator as sum over sum, with the wards it covers.

    `value` is None where no ward of the scope supplies it. `wards` are the covered wards, `expected` how many there
    should be, `marked` how many of the covered carry a mark.
    """

    round: str
    scope: Scope
    code: str
    measure: Literal["sum", "ratio"]
    unit: Literal["count", "percent", "vnd", "points"]
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    wards: tuple[str, ...]
    expected: int
    marked: int = 0
    previous: Comparison | None = None
    last_year: Comparison | None = None

    @property
    def covered(self) -> int:
        """Return how many wards the value covers."""
        return len(self.wards)


class State(StrEnum):
    """How the points of a criterion came about.

    ZERO is the ward's gap: not printed, contradictory, dropped. HELD is ours: a figure read unsurely, a mark nobody
    gave, a ward nobody asked; the points are those as things stand and hold the place as provisional. EXCLUDED is a
    criterion that a named person found not to apply, or of a ward that sent nothing.
    """

    SCORED = "scored"
    FULL = "full_by_policy"
    ZERO = "zero"
    EXCLUDED = "excluded"
    HELD = "held"


class Gap(StrEnum):
    """Why a criterion could not be scored from what is there."""

    NONE = ""
    NO_REPORT = "no_report"
    NOT_PRINTED = "not_printed"
    WAITING = "waiting"
    BLOCKED = "blocked"
    ZERO_DENOMINATOR = "zero_denominator"
    CONTRADICTORY = "contradictory"
    DROPPED = "dropped"
    NOT_ASKED = "not_asked"
    NOT_APPLICABLE = "not_applicable"
    NO_ARRIVAL = "no_arrival"
    NO_MARK = "no_mark"


@dataclass(frozen=True)
class CriterionScore:
    """The points of one ward for one criterion, with everything they rest on.

    `measured` is what the rule was applied to: a percentage, a count or days late, None where there is a gap.
    `source` is the index of the card's measure that was used (0 is the preferred one, more is a fallback) and
    `formula` that measure as text. `missing` names the figures that were not there. `low` and `high` bound the points
    over every way an open gap may be filled, open findings decided, and the measure chosen.
    """

    ward: str
    criterion: str
    state: State
    points: Decimal
    max_points: Decimal
    measured: Decimal | None = None
    source: int | None = None
    formula: str = ""
    inputs: tuple[FigureInput, ...] = ()
    gap: Gap = Gap.NONE
    missing: tuple[str, ...] = ()
    mark: ManualMark | None = None
    waiver: Waiver | None = None
    receipt: Receipt | None = None
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)

    @property
    def possible(self) -> Decimal:
        """Return the points that could be had: none where the criterion does not apply."""
        return Decimal(0) if self.state is State.EXCLUDED else self.max_points


@dataclass(frozen=True)
class WardScore:
    """All points of one ward under one scorecard.

    `total` is on the scale of the card, excluded criteria rescaled away, None where nothing could be scored.
    `completeness` (0–1) is the share of the card's weight that was scored from what the ward supplied.
    """

    round: str
    ward: str
    kind: str
    name: str
    scorecard: str
    version: str
    criteria: tuple[CriterionScore, ...]
    points: Decimal
    possible: Decimal
    total: Decimal | None
    completeness: Decimal
    reported: bool = True

    @property
    def waits(self) -> tuple[str, ...]:
        """Return the criteria that wait for us; while there is one the ward's place is provisional."""
        return tuple(c.criterion for c in self.criteria if c.state is State.HELD)

    def criterion(self, code: str) -> CriterionScore:
        """Return the score of one criterion."""
        return next(c for c in self.criteria if c.criterion == code)

    def contribution(self, code: str, scale: Decimal = Decimal(100)) -> Decimal:
        """Return what a criterion adds to the total, after rescaling."""
        return product_over(self.criterion(code).points, scale, self.possible) if self.possible else Decimal(0)


class Unranked(StrEnum):
    """Why a ward has no place."""

    NONE = ""
    NO_REPORT = "no_report"
    NOTHING_SCORED = "nothing_scored"


@dataclass(frozen=True)
class Move:
    """One criterion's part in a change of place.

    `then` and `now` are its contributions to the total; `relative` is how much more it gained (negative: less) than
    the ranked wards did on average.
    """

    criterion: str
    then: Decimal
    now: Decimal
    relative: Decimal


@dataclass(frozen=True)
class QualityMarks:
    """What a reader should know about the data behind a total.

    `gaps` counts criteria without figures, `fallbacks` those for which a printed percentage stood in for numbers the
    report does not print; `open_findings` counts only findings on figures the scorecard may use.
    """

    open_findings: int = 0
    marked_figures: int = 0
    gaps: int = 0
    fallbacks: int = 0
    decided_figures: int = 0
    least_confidence: float = 1.0


@dataclass(frozen=True)
class Robustness:
    """How firm a place is.

    `kept_share` (0–1): share of the weight variations in which the ward keeps its place; `best` and `worst`: the
    places it takes over all variations, all ways of taking open findings, all bounds of gaps and all measures that
    might have been chosen. `total_low` and `total_high`: its total over the same, under the card's own weights.
    `tier` (1 is the first): wards whose ranges overlap stand in one tier. `lead_share` (0–1): share of cases in which
    it stays ahead of the ward placed next, None for the last; `separated`: that lead may be called a difference.
    """

    ward: str
    variations: int
    kept_share: Decimal
    best: int
    worst: int
    total_low: Decimal
    total_high: Decimal
    lead_share: Decimal | None
    separated: bool
    tier: int = 1


@dataclass(frozen=True)
class RankRow:
    """One line of the ranking; without a place there is no total either.

    `provisional` names the criteria that wait for us: while there is one, the place is not final. `weakest` is the
    share (percent) of its points that the ward's weakest group of criteria reaches.

    `change` is places gained since the previous round (negative: lost); it and `previous_rank` are None where the two
    rankings share too few wards to compare.
    """

    round: str
    ward: str
    kind: str
    name: str
    scorecard: str
    version: str
    total: Decimal | None
    rank: int | None
    rank_in_kind: int | None
    grade: str | None
    completeness: Decimal
    previous_rank: int | None = None
    change: int | None = None
    moves: tuple[Move, ...] = ()
    marks: QualityMarks = QualityMarks()
    robustness: Robustness | None = None
    unranked: Unranked = Unranked.NONE
    provisional: tuple[str, ...] = ()
    weakest: Decimal | None = None
    reason_vi: str = ""
    reason_en: str = ""


@dataclass(frozen=True)
class Ranking:
    """The ranking of one round under one scorecard: ranked wards by place, then unranked ones."""

    round: str
    scorecard: str
    version: str
    rows: tuple[RankRow, ...]

    def row(self, ward: str) -> RankRow | None:
        """Return the line of a ward, None where the round does not expect it."""
        return next((r for r in self.rows if r.ward == ward), None)


@dataclass(frozen=True)
class RoundResult:
    """All that was computed for a round under one scorecard."""

    round: str
    scorecard: str
    version: str
    rollup: tuple[RollupRow, ...]
    scores: tuple[WardScore, ...]
    ranking: Ranking
