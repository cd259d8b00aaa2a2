"""From which figures, findings and arrivals a round's results were made last.

Belongs here: the note a finished build leaves, whoever started it. Stays out: what results follow from
(`warehouse.scores.basis`), deciding to build (`pipelines.orchestration.collect`, `pipelines.orchestration.sensors`),
building (`assets.rounds`).

The fingerprint is taken before the first total is computed and noted after the last paper is written: what changes
in between makes the note an old one, and the round is built again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Engine

from assets.house import House
from catalogue.rounds import parse_round
from catalogue.scorecards import scorecard_for
from warehouse.publishing import events, record_event
from warehouse.queries import reports
from warehouse.rows import EventRow
from warehouse.scores.basis import basis

if TYPE_CHECKING:
    import dagster as dg

BUILT = "round_built"
"""Kind of the event that notes a finished build."""

MADE_FROM = "made from"
"""Name of the metadata under which the round's totals carry the fingerprint to the end of the build."""


def fingerprint(house: House, label: str) -> str:
    """Return a hash of everything a round's results follow from."""
    return basis(house.engine, label, scorecard_for(parse_round(label), house.scorecard))


def built_from(engine: Engine, label: str) -> str | None:
    """Return the fingerprint that the last finished build started from, None where none was finished."""
    built = events(engine, label, BUILT)
    return str(built[-1].detail["fingerprint"]) if built else None


def rounds_with_results(engine: Engine) -> set[str]:
    """Return the rounds that reports stand in, or for which results were made: their last report may have left them."""
    return {report.round for report in reports(engine)} | {str(event.round) for event in events(engine, kind=BUILT)}


def note_built(house: House, instance: dg.DagsterInstance, totals: dg.AssetKey, label: str, run_id: str) -> None:
    """Note that results and papers of a round are made from what its latest totals were made from."""
    made_from = _made_from(instance, totals, label)
    if made_from is not None:
        key, detail = f"{BUILT}:{label}:{run_id}", {"fingerprint": made_from}
        record_event(house.engine, EventRow(key, BUILT, house.now(), label, None, detail))


def _made_from(instance: dg.DagsterInstance, totals: dg.AssetKey, label: str) -> str | None:
    """Return the fingerprint in the latest materialisation of the totals, None where there is none."""
    # Whoever only asks whether results are current needs no Dagster, which takes seconds to import.
    import dagster as dg

    wanted = dg.AssetRecordsFilter(asset_key=totals, asset_partitions=[label])
    for record in instance.fetch_materializations(wanted, limit=1).records:
        made = record.asset_materialization
        value = made.metadata.get(MADE_FROM) if made else None
        return str(value.value) if value else None
    return None
