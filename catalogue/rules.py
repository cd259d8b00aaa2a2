"""The rules by which a report is checked, as data.

Belongs here: the values of `rules.yaml` and the loader that checks them (known figures, known severities).
Stays out: what binds figures to each other (`relations`); applying a rule (`validation`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from catalogue.figures import figure_definitions
from catalogue.relations import Identity, Ratio, Relations, Terms, relations
from catalogue.source import line_of, load_yaml, shipped
from cchc.errors import CatalogueError

Severity = Literal["error", "warning", "info"]
MissingSide = Literal["skip", "at_most", "report"]


@dataclass(frozen=True)
class Rule:
    """One rule: its code, how much a finding of it weighs, its names, and where it comes from.

    `missing` says what happens where a side is not printed: "skip" is silence, "at_most" lets the printed parts be
    held against their total, "report" makes the absence itself the finding. An open finding of a rule that `holds`
    keeps the whole report waiting for a person.
    """

    code: str
    severity: Severity
    name_vi: str
    name_en: str
    missing: MissingSide
    source: str
    holds: bool = False


@dataclass(frozen=True)
class Agreement:
    """A figure that equals one of `others` where the words before it are one of `when` and none of `unless`."""

    figure: str
    when: tuple[str, ...]
    unless: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True)
class Tolerance:
    """How far a printed number may stand from the true one; shares of the value below and above it."""

    approximate: Mapping[str, tuple[Decimal, Decimal]]
    usual_vnd: Decimal
    vnd_step: int
    coarsest: Decimal
    broken: Decimal
    sure: float
    least: float


@dataclass(frozen=True)
class AcrossRounds:
    """What binds a ward's report to its earlier ones; `cumulative` maps year-to-date to period figures."""

    cumulative: Mapping[str, str]
    carried: str
    pending: str
    growing: tuple[str, ...]
    stale_share: Decimal
    stale_least: int
    stale_telling: int
    stale_part: int
    least_share: Decimal
    jump_factor: Decimal
    jump_least: Decimal
    jump_figures: tuple[str, ...]


@dataclass(frozen=True)
class Outliers:
    """When a value is far from its peers; `floors` holds the least spread assumed for each figure looked at."""

    least: int
    limit: Decimal
    floors: Mapping[str, Decimal]


@dataclass(frozen=True)
class PeerScale:
    """When a value is of another size than the peers'; `floors` maps units to the least median assumed."""

    wards: int
    factor: Decimal
    lost: Decimal
    floors: Mapping[str, Decimal]


@dataclass(frozen=True)
class RuleBook:
    """Everything `rules.yaml` says.

    `required` maps a required figure to the words by which a sentence speaks of it. `ratios`, `identities`, `shares`
    (percentages that may not pass 100) and `parts` (with the totals a part may not exceed) are those of the relations.
    """

    rules: Mapping[str, Rule]
    tolerance: Tolerance
    required: Mapping[str, tuple[str, ...]]
    ratios: tuple[Ratio, ...]
    identities: tuple[Identity, ...]
    shares: frozenset[str]
    parts: Mapping[str, tuple[Terms, ...]]
    agreements: tuple[Agreement, ...]
    rounds: AcrossRounds
    outliers: Outliers
    peer_scale: PeerScale


@cache
def rule_book(path: Path | None = None, related: Path | None = None) -> RuleBook:
    """Return the rules of `path` over the relations of `related`, by default the files that ship with the catalogue.

    Raises:
        CatalogueError: a section is missing, a figure is not in `figures.yaml`, or a severity is unknown.
    """
    source = path or shipped("rules.yaml")
    loaded = load_yaml(source)
    try:
        book = _book(source, loaded, relations(related))
    except (KeyError, TypeError, AttributeError) as error:
        raise CatalogueError(
            f"{source.name}: a section or key is missing or misshapen ({error}); see the head of the file"
        ) from error
    _check_figures(source, book)
    return book


def _book(source: Path, loaded: Any, related: Relations) -> RuleBook:
    return RuleBook(
        rules={code: _rule(source, code, entry) for code, entry in loaded["rules"].items()},
        tolerance=_tolerance(loaded["tolerance"]),
        required={figure: tuple(words) for figure, words in loaded["required"].items()},
        ratios=related.ratios,
        identities=related.identities,
        shares=related.bounded,
        parts=related.parts,
        agreements=tuple(_agreement(entry) for entry in loaded["agreements"]),
        rounds=_rounds(loaded["rounds"], related),
        outliers=_outliers(loaded["outliers"]),
        peer_scale=_peer_scale(loaded["peer_scale"]),
    )


@cache
def holding_rules() -> frozenset[str]:
    """Return the codes of the rules that keep a whole report waiting."""
    return frozenset(code for code, rule in rule_book().rules.items() if rule.holds)


def _rule(source: Path, code: str, entry: Mapping[str, Any]) -> Rule:
    if entry["severity"] not in get_args(Severity) or entry["missing"] not in get_args(MissingSide):
        where = f"{source.name}:{line_of(source, 'rules', code)}"
        raise CatalogueError(f"{where}: severity or missing of '{code}' is unknown; use one of the head's")
    severity: Severity = entry["severity"]
    missing: MissingSide = entry["missing"]
    return Rule(code, severity, entry["vi"], entry["en"], missing, entry["source"], entry.get("holds") is True)


def _tolerance(entry: Mapping[str, Any]) -> Tolerance:
    wide = {word: (Decimal(below), Decimal(above)) for word, (below, above) in entry["approximate"].items()}
    return Tolerance(
        approximate=wide,
        usual_vnd=Decimal(entry["usual_vnd"]),
        vnd_step=int(entry["vnd_step"]),
        coarsest=Decimal(entry["coarsest"]),
        broken=Decimal(entry["broken"]),
        sure=float(entry["sure"]),
        least=float(entry["least"]),
    )


def _agreement(entry: Mapping[str, Any]) -> Agreement:
    return Agreement(entry["figure"], tuple(entry["when"]), tuple(entry["unless"]), tuple(entry["with"]))


def _rounds(entry: Mapping[str, Any], related: Relations) -> AcrossRounds:
    return AcrossRounds(
        cumulative=related.cumulative,
        carried=related.carried.figure,
        pending=related.carried.pending,
        growing=tuple(entry["growing"]),
        stale_share=Decimal(entry["stale"]["share"]),
        stale_least=int(entry["stale"]["least"]),
        stale_telling=int(entry["stale"]["telling"]),
        stale_part=int(entry["stale"]["part"]),
        least_share=Decimal(entry["least_share"]),
        jump_factor=Decimal(entry["jump"]["factor"]),
        jump_least=Decimal(entry["jump"]["least"]),
        jump_figures=tuple(entry["jump"]["figures"]),
    )


def _outliers(entry: Mapping[str, Any]) -> Outliers:
    floors = {figure: Decimal(str(limits["floor"])) for figure, limits in entry["figures"].items()}
    return Outliers(least=int(entry["least"]), limit=Decimal(entry["limit"]), floors=floors)


def _peer_scale(entry: Mapping[str, Any]) -> PeerScale:
    floors = {unit: Decimal(floor) for unit, floor in entry["floors"].items()}
    return PeerScale(int(entry["wards"]), Decimal(entry["factor"]), Decimal(entry["lost"]), floors)


def _check_figures(source: Path, book: RuleBook) -> None:
    unknown = sorted(set(_named(book)) - set(figure_definitions()))
    if unknown:
        raise CatalogueError(f"{source.name}: no figure is called {', '.join(unknown)}; write codes of figures.yaml")


def _named(book: RuleBook) -> Iterable[str]:
    yield from book.required
    yield from (figure for entry in book.agreements for figure in (entry.figure, *entry.others))
    across = book.rounds
    yield from (*across.growing, *across.jump_figures, *book.outliers.floors)
