"""The rules by which a report is checked, as data.

Belongs here: the values of `rules.yaml`, and the book of rules over the relations that they are held against.
Stays out: what binds figures to each other (`relations`); applying a rule (`validation`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from catalogue.figures import Figure, Unit
from catalogue.model import Entry, load_model, named
from catalogue.relations import Carried, Identity, Ratio, Relations, Terms, relations
from catalogue.source import shipped

Severity = Literal["error", "warning", "info"]
MissingSide = Literal["skip", "at_most", "report"]


class Rule(Entry):
    """One rule: its code, how much a finding of it weighs, its names, and where it comes from.

    `missing` says what happens where a side is not printed: "skip" is silence, "at_most" lets the printed parts be
    held against their total, "report" makes the absence itself the finding. An open finding of a rule that `holds`
    keeps the whole report waiting for a person.
    """

    code: str
    severity: Severity
    name_vi: str = Field(alias="vi")
    name_en: str = Field(alias="en")
    missing: MissingSide
    source: str
    holds: bool = False


class Agreement(Entry):
    """A figure that equals one of `others` where the words before it are one of `when` and none of `unless`."""

    figure: Figure
    when: tuple[str, ...]
    unless: tuple[str, ...]
    others: tuple[Figure, ...] = Field(alias="with")


class Tolerance(Entry):
    """How far a printed number may stand from the true one; shares of the value below and above it."""

    approximate: dict[str, tuple[Decimal, Decimal]]
    usual_vnd: Decimal
    vnd_step: int
    coarsest: Decimal
    broken: Decimal
    sure: float
    least: float
    named: float


class Stale(Entry):
    """When figures repeat an earlier report: their share and least number, which numbers tell, how many are a part."""

    share: Decimal
    least: int
    telling: int
    part: int


class Jump(Entry):
    """When a stock jumps: by what factor, from what size, and which figures are stocks."""

    factor: Decimal
    least: Decimal
    figures: tuple[Figure, ...]


class AcrossRounds(Entry):
    """What binds a ward's report to its earlier ones."""

    growing: tuple[Figure, ...]
    stale: Stale
    least_share: Decimal
    jump: Jump


class Floor(Entry):
    """The least spread assumed of a figure, in its unit."""

    floor: Decimal


class Outliers(Entry):
    """When a value is far from its peers; `figures` are those looked at."""

    least: int
    limit: Decimal
    figures: dict[Figure, Floor]


class PeerScale(Entry):
    """When a value is of another size than the peers'; `floors` maps units to the least median assumed."""

    wards: int
    factor: Decimal
    lost: Decimal
    floors: dict[Unit, Decimal]


class RuleFile(Entry):
    """Everything `rules.yaml` says; `required` maps a figure to the words by which a sentence speaks of it."""

    rules: Annotated[dict[str, Rule], BeforeValidator(named("code"))]
    tolerance: Tolerance
    required: dict[Figure, tuple[str, ...]]
    agreements: tuple[Agreement, ...]
    rounds: AcrossRounds
    outliers: Outliers
    peer_scale: PeerScale


@dataclass(frozen=True)
class RuleBook:
    """The rules, and the relations that reports are held against.

    `shares` are percentages that may not pass 100, `parts` maps a part to the totals it may not exceed, `cumulative` a
    year-to-date figure to its period's.
    """

    written: RuleFile
    related: Relations

    @property
    def rules(self) -> Mapping[str, Rule]:
        """Return the rules by code."""
        return self.written.rules

    @property
    def tolerance(self) -> Tolerance:
        """Return how far printed numbers may stand from the true ones."""
        return self.written.tolerance

    @property
    def required(self) -> Mapping[str, tuple[str, ...]]:
        """Return the figures that the office requires, with the words that speak of them."""
        return self.written.required

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        """Return the figures that must agree where the report's words equate them."""
        return self.written.agreements

    @property
    def rounds(self) -> AcrossRounds:
        """Return what binds a report to the ward's earlier ones."""
        return self.written.rounds

    @property
    def outliers(self) -> Outliers:
        """Return when a value is far from its peers."""
        return self.written.outliers

    @property
    def peer_scale(self) -> PeerScale:
        """Return when a value is of another size than its peers'."""
        return self.written.peer_scale

    @property
    def ratios(self) -> tuple[Ratio, ...]:
        """Return the percentages that reports are held against."""
        return self.related.ratios

    @property
    def identities(self) -> tuple[Identity, ...]:
        """Return the sums that reports are held against."""
        return self.related.identities

    @property
    def shares(self) -> frozenset[str]:
        """Return the percentages that may not pass 100."""
        return self.related.bounded

    @property
    def parts(self) -> Mapping[str, tuple[Terms, ...]]:
        """Return the totals that a part may not exceed, by part."""
        return self.related.parts

    @property
    def cumulative(self) -> Mapping[str, str]:
        """Return the period's figure of every year-to-date figure."""
        return self.related.cumulative

    @property
    def carried(self) -> Carried:
        """Return what is carried over, and what was pending before."""
        return self.related.carried


@cache
def rule_book(path: Path | None = None, related: Path | None = None) -> RuleBook:
    """Return the rules of `path` over the relations of `related`, by default the files that ship with the catalogue.

    Raises:
        CatalogueError: a section or key is missing or unknown, a figure is not in `figures.yaml`, or a severity is
            unknown; file and line are named.
    """
    return RuleBook(load_model(path or shipped("rules.yaml"), RuleFile), relations(related))


@cache
def holding_rules() -> frozenset[str]:
    """Return the codes of the rules that keep a whole report waiting."""
    return frozenset(code for code, rule in rule_book().rules.items() if rule.holds)
