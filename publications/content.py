"""What the papers of a round say, before any of them is set.

Belongs here: one frozen value that every paper is made from, so that no two papers of a round can disagree.
Stays out: the warehouse (`gather` alone queries it), layout (one module a paper).

Counts and money are in the figure's unit, percentages in percent (87.34), shares in 0–1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Literal

from catalogue.figures import Unit
from catalogue.office import Office
from catalogue.rounds import Round
from catalogue.scorecards import Scorecard
from catalogue.wards import Ward, kinds_of
from scoring.inputs import Receipt, Status
from scoring.values import RankRow, RollupRow, RoundResult, Scope, WardScore
from scoring.widths import Width, widths
from validation.finding import Finding

Arrival = Literal["on_time", "late", "missing", "unread"]
ChangeKind = Literal["report", "figure", "finding", "total", "points", "place"]


@dataclass(frozen=True)
class FigureCell:
    """One figure of one ward as it stands now.

    `value` is what counts, None while `status` is waiting or blocked; `printed` what the report says. `decided_by`
    names the person whose value stands in place of the printed one, and `reason` why. `offset` is where `raw` begins
    in `sentence`, None where that is not known.
    """

    ward: str
    figure: str
    status: Status
    value: Decimal | None
    printed: Decimal | None
    raw: str = ""
    sentence: str = ""
    page: int | None = None
    confidence: float = 1.0
    decided_by: str | None = None
    reason: str = ""
    offset: int | None = None


@dataclass(frozen=True)
class LedgerRow:
    """What became of the report of one expected ward. `days_late` counts from the day after the due day.

    `receipt` is how its first readable file arrived, by which lateness goes.
    """

    ward: str
    arrival: Arrival
    received_at: datetime | None = None
    days_late: int = 0
    version: int | None = None
    file_name: str = ""
    format: str = ""
    doc_no: str = ""
    doc_date: date | None = None
    pages: int | None = None
    figures: int = 0
    explained_share: Decimal | None = None
    note: str = ""
    receipt: Receipt | None = None


@dataclass(frozen=True)
class FindingRow:
    """A finding and whether it is still open; `resolution` says in a sentence what resolved it."""

    finding: Finding
    is_open: bool
    resolution: str = ""


@dataclass(frozen=True)
class Measure:
    """A figure or indicator by its name for people; `group` is the chapter of the report.

    `own_title` is its name where a quarter's own value stands, taken out of cumulative reports.
    """

    code: str
    title: str
    unit: Unit
    group: str
    own_title: str = ""


@dataclass(frozen=True)
class Series:
    """One measure of one ward over rounds, oldest first; None is a round without it."""

    ward: str
    code: str
    points: tuple[tuple[str, Decimal | None], ...]


@dataclass(frozen=True)
class DistrictPoint:
    """The district's value of one round and the wards it covers; `longer` where it spans more than the quarter."""

    round: str
    value: Decimal | None
    covered: int = 0
    expected: int = 0
    longer: bool = False


@dataclass(frozen=True)
class DistrictSeries:
    """One figure or indicator of the district over rounds, oldest first."""

    code: str
    points: tuple[DistrictPoint, ...]


@dataclass(frozen=True)
class Change:
    """One thing that differs from the revision before, and why.

    `code` names a figure or says in words what else it is: a criterion, a total, a finding's message.
    """

    kind: ChangeKind
    ward: str
    code: str
    before: str
    after: str
    why: str = ""


@dataclass(frozen=True)
class Edition:
    """Which edition of a round's papers this is: a draft, the first publication (revision 0), or a revision of it.

    `basis` is the short code of what a draft was made from, by which an old print is known.
    """

    draft: bool = True
    revision: int = 0
    published_by: str = ""
    note: str = ""
    changes: tuple[Change, ...] = ()
    basis: str = ""


@dataclass(frozen=True)
class RoundContent:
    """Everything the papers of one round say. Wards are the expected ones, in the order of the catalogue."""

    round: Round
    moment: datetime
    edition: Edition
    office: Office
    wards: tuple[Ward, ...]
    scorecard: Scorecard
    result: RoundResult
    figures: tuple[FigureCell, ...]
    findings: tuple[FindingRow, ...]
    ledger: tuple[LedgerRow, ...]
    measures: tuple[Measure, ...]
    series: tuple[Series, ...] = ()
    district: tuple[DistrictSeries, ...] = ()
    directions: tuple[str, ...] = ()
    """What a person wrote on the tasks of the next period, a paragraph each; empty leaves the place to be filled in."""

    @cached_property
    def ward_by_slug(self) -> dict[str, Ward]:
        """Return the expected wards by slug."""
        return {ward.slug: ward for ward in self.wards}

    @cached_property
    def measure_by_code(self) -> dict[str, Measure]:
        """Return figures and indicators by code."""
        return {measure.code: measure for measure in self.measures}

    @cached_property
    def cells(self) -> dict[tuple[str, str], FigureCell]:
        """Return the figures by ward and code."""
        return {(cell.ward, cell.figure): cell for cell in self.figures}

    @cached_property
    def score_by_ward(self) -> dict[str, WardScore]:
        """Return the points by ward."""
        return {score.ward: score for score in self.result.scores}

    @cached_property
    def ledger_by_ward(self) -> dict[str, LedgerRow]:
        """Return the ledger by ward."""
        return {row.ward: row for row in self.ledger}

    @property
    def ranking(self) -> tuple[RankRow, ...]:
        """Return the lines of the ranking, ranked wards first."""
        return self.result.ranking.rows

    @cached_property
    def widths(self) -> tuple[Width, ...]:
        """Return where the width of the wards' totals comes from, the widest source first."""
        return widths(self.result.scores, self.scorecard)

    @cached_property
    def printed_codes(self) -> tuple[str, ...]:
        """Return the codes of the figures that any ward printed, in the order of the catalogue."""
        present = {cell.figure for cell in self.figures}
        return tuple(m.code for m in self.measures if m.code in present)

    def name(self, ward: str) -> str:
        """Return the name of a ward with its kind, the slug where the ward is unknown."""
        known = self.ward_by_slug.get(ward)
        return known.full_name if known else ward

    def title(self, code: str) -> str:
        """Return what a figure or indicator is called, the code where it is unknown."""
        known = self.measure_by_code.get(code)
        return known.title if known else code

    def own_title(self, code: str) -> str:
        """Return what a measure is called over the rounds, where a cumulative report is taken apart into quarters."""
        known = self.measure_by_code.get(code)
        return (known and known.own_title) or self.title(code)

    def figures_of(self, ward: str) -> tuple[FigureCell, ...]:
        """Return the figures of one ward in the order of the catalogue."""
        return tuple(self.cells[ward, code] for code in self.printed_codes if (ward, code) in self.cells)

    def findings_of(self, ward: str, open_only: bool = False) -> tuple[FindingRow, ...]:
        """Return the findings on one ward."""
        return tuple(f for f in self.findings if f.finding.ward == ward and (f.is_open or not open_only))

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of the round's units, each of which has a column beside the whole."""
        return kinds_of(ward.kind for ward in self.wards)

    def total(self, code: str, scope: Scope = "all") -> RollupRow | None:
        """Return the district's total of a figure or indicator, None where the rollup has none."""
        return self._totals.get((scope, code))

    @cached_property
    def _totals(self) -> dict[tuple[Scope, str], RollupRow]:
        return {(row.scope, row.code): row for row in self.result.rollup}
