"""Looking at a round as a whole: rules across wards, and Great Expectations over what is asked of it.

Belongs here: fetching what is checked, keeping what is found, and which of it stops the rollup.
Stays out: rules and suites (`validation`), Dagster (`assets.rounds`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Engine

from assets.house import House
from parsers.reading import Reading
from validation.check import check_reports
from validation.expectations.quality import check_round, novel
from validation.finding import Finding
from warehouse.findings import save_findings
from warehouse.queries import figures_long, findings, former_readings, readings
from warehouse.system_values import differences

BLOCKING, NOTED = "no_bad_figure_enters", "nothing_to_look_at"


@dataclass(frozen=True)
class Quality:
    """What a look at a round found.

    `entered_in_error` names figures that count although an open error binds them: always empty unless the rule that
    keeps them out is broken. An error that a person accepted as printed is open no longer. `to_look_at` names open
    warnings and errors. `firings` counts findings by rule.
    """

    reports: int
    expectations: int
    firings: Mapping[str, int]
    entered_in_error: tuple[str, ...]
    to_look_at: tuple[str, ...]
    data_docs: Path | None


def examine(house: House, label: str) -> Quality:
    """Check all reports of a round together, keep the findings of each ward, and say what stands."""
    current = readings(house.engine, label)
    known = [*readings(house.engine, before=label), *former_readings(house.engine, label)]
    found = _findings_by_ward(current, known)
    batch = check_round(printed_values(house.engine, label), label, docs=house.outputs / label / "data-docs")
    for finding in novel(batch.findings, [f for own in found.values() for f in own]):
        found[finding.ward].append(finding)
    for finding in differences(house.engine, label):
        found[finding.ward].append(finding)
    for ward in sorted(found):
        save_findings(house.engine, ward, label, found[ward], house.now())
    every = [finding for ward in sorted(found) for finding in found[ward]]
    return Quality(
        reports=len(current),
        expectations=batch.expectations,
        firings=dict(sorted(Counter(f.rule for f in every).items())),
        entered_in_error=_entered_in_error(house.engine, label, every),
        to_look_at=(
            *batch.general,
            *batch.errored,
            *(f"{f.ward}: {f.message_vi}" for f in every if f.severity != "info"),
        ),
        data_docs=batch.data_docs,
    )


def printed_values(engine: Engine, label: str) -> dict[str, dict[str, Decimal | None]]:
    """Return ward → figure → the value a person decided, else the printed one, whether it counts or not.

    A value that is kept out because of a finding must go on to be found, or it would come back in by being kept out.
    """
    values: dict[str, dict[str, Decimal | None]] = {}
    for row in figures_long(engine, label):
        values.setdefault(row.ward, {})[row.figure] = row.decided if row.decided is not None else row.printed
    return values


def _findings_by_ward(current: Sequence[Reading], known: Sequence[Reading]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = defaultdict(list)
    for reading, own in zip(current, check_reports(current, known), strict=True):
        found[str(reading.identity.ward)] += own
    return found


def _entered_in_error(engine: Engine, label: str, found: Sequence[Finding]) -> tuple[str, ...]:
    """Return figures that count, undecided, although an error binds them that no person has cleared."""
    cleared = {row.key for row in findings(engine, label, open_only=False) if row.resolved_by == "decision"}
    bad = {(f.ward, code) for f in found if f.severity == "error" and f.key not in cleared for code in f.figures}
    return tuple(
        f"{row.ward}: {row.figure} = {row.value}"
        for row in figures_long(engine, label)
        if row.value is not None and row.decided_by is None and (row.ward, row.figure) in bad
    )
