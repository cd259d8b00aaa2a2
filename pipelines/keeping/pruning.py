"""Keeping Dagster's home from growing without end.

Belongs here: forgetting old runs with their logs. Stays out: facts, decisions, originals and papers, which are never
forgotten; ticks of schedules and sensors, whose retention stands in `dagster.yaml`.

A run is kept, however old, while it is the latest that made some partition of an asset: Dagster's page would otherwise
show that partition as never made.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime

import dagster as dg
from dagster import DagsterRunStatus, RunsFilter
from sqlalchemy import Engine

from assets.keys import tags_of
from pipelines.settings import Settings
from warehouse.publishing import prune_runs

FINISHED = [DagsterRunStatus.SUCCESS, DagsterRunStatus.FAILURE, DagsterRunStatus.CANCELED]
_BATCH = 200


@dataclass(frozen=True)
class Pruned:
    """What was forgotten: Dagster's runs, and the tries recorded in the warehouse."""

    runs: int
    tries: int


def prune(instance: dg.DagsterInstance, engine: Engine, before: datetime, settings: Settings) -> Pruned:
    """Forget an office's finished runs from before a moment, with their logs, unless a partition rests on them."""
    wanted = RunsFilter(statuses=FINISHED, created_before=before, tags=tags_of(settings.dagster.office))
    kept = _runs_partitions_rest_on(instance)
    old = [record.dagster_run.run_id for record in instance.get_run_records(wanted)]
    forgotten = [run_id for run_id in old if run_id not in kept]
    for run_id in forgotten:
        instance.delete_run(run_id)
        shutil.rmtree(settings.dagster_home / "storage" / run_id, ignore_errors=True)
    return Pruned(len(forgotten), prune_runs(engine, before))


def _runs_partitions_rest_on(instance: dg.DagsterInstance) -> set[str]:
    """Return the runs of the latest materialisation of every partition of every asset."""
    storage = instance.event_log_storage
    kept: set[str] = set()
    for key in instance.all_asset_keys():
        latest = storage.get_latest_storage_id_by_partition(key, dg.DagsterEventType.ASSET_MATERIALIZATION)
        ids = sorted(latest.values())
        for start in range(0, len(ids), _BATCH):
            records = instance.fetch_materializations(
                dg.AssetRecordsFilter(asset_key=key, storage_ids=ids[start : start + _BATCH]), limit=_BATCH
            ).records
            kept |= {record.event_log_entry.run_id for record in records}
    return kept
