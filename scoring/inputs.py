"""The values that go into scoring.

Belongs here: frozen values for a round's wards, their figures, arrivals and manual marks.
Stays out: results (`values`), arithmetic (the sibling modules), where the values are kept (`warehouse.scores.store`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from catalogue.wards import kinds_of

Status = Literal["entered", "marked", "waiting", "blocked", "dropped"]


@dataclass(frozen=True)
class FigureInput:
    """One figure of one ward as scoring sees it: the effective value and where it was printed.

    Only `entered` and `marked` values count; a `waiting` or `blocked` one is a gap with a reason. A `dropped` one stood
    in an earlier version of the report and no longer does. `proposals` are the values open findings propose in its
    place; `findings` the keys of the open findings that bind it. `decided_by` names the person whose decision holds on
    it, None where nobody decided. `doubted`: we are not sure that we read it right, so that a fault may be ours.
    """

    figure: str
    value: Decimal
    status: Status = "entered"
    confidence: float = 1.0
    report_id: int | None = None
    raw: str = ""
    sentence: str = ""
    page: int | None = None
    proposals: tuple[Decimal, ...] = ()
    findings: tuple[str, ...] = ()
    decided_by: str | None = None
    doubted: bool = False

    @property
    def usable(self) -> bool:
        """Return whether the value may be counted."""
        return self.status in ("entered", "marked")


@dataclass(frozen=True)
class ManualMark:
    """The marks of one ward for a criterion that reports cannot show; only `final` counts."""

    ward: str
    criterion: str
    self_assessed: Decimal | None = None
    appraised: Decimal | None = None
    final: Decimal | None = None
    evidence: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Waiver:
    """A named person's decision that a criterion does not apply (không áp dụng) to a ward in a round."""

    ward: str
    criterion: str
    by: str
    why: str
    at: datetime | None = None


@dataclass(frozen=True)
class Receipt:
    """How the first readable report of a ward arrived: when, in which way, from whom, as which file.

    `backdated_by` and `backdated_why` stand where a person said when it arrived.
    """

    at: datetime
    via: str
    person: str
    file_name: str
    backdated_by: str = ""
    backdated_why: str = ""


@dataclass(frozen=True)
class WardInput:
    """One expected ward of a round, whether it has reported or not.

    `received` is the day its first report of the round arrived, `report_date` the date the report bears. `asked`:
    the ward was asked for what its report does not print; until then a gap holds its place as provisional.
    """

    ward: str
    kind: str
    name: str
    figures: tuple[FigureInput, ...] = ()
    reported: bool = True
    received: date | None = None
    report_date: date | None = None
    marks: tuple[ManualMark, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    asked: bool = True
    receipt: Receipt | None = None

    def figure(self, code: str) -> FigureInput | None:
        """Return the ward's figure of that code, None where the report does not print it."""
        return next((f for f in self.figures if f.figure == code), None)


@dataclass(frozen=True)
class RoundFigures:
    """Everything scoring knows of one round: every expected ward, in the order of the ward catalogue."""

    round: str
    due: date
    wards: tuple[WardInput, ...]

    @property
    def scopes(self) -> tuple[str, ...]:
        """Return "all" and the kinds that the round's wards are of, in the catalogue's order."""
        return ("all", *kinds_of(ward.kind for ward in self.wards))
