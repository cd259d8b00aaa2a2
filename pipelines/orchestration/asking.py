"""What was asked for before: how often, whether it is at work, whether it came to a good end.

Belongs here: the marks that requests bear, and counting the runs that bear them. Stays out: what is asked for
(`pipelines.orchestration.sensors`), ending dead runs (`pipelines.orchestration.dead_runs`).

A request is never taken for done because it was made: only a run that ended well, or what the warehouse holds, says so.
A run that was killed is asked for again under a key of its own, for Dagster passes over a key it knows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import dagster as dg
from dagster import DagsterRunStatus, RunsFilter
from dagster._core.storage.tags import ASSET_PARTITION_RANGE_END_TAG, ASSET_PARTITION_RANGE_START_TAG

from assets.partitions import WARD_ROUNDS, WardRound
from catalogue.wards import wards

ASKED_TAG = "cchc/asked"
"""Tag that says for what an intake or a round's results were asked."""

SUBMISSIONS_TAG = "cchc/submissions"
"""Tag of a ward run with the numbers of the submissions it is to read, parted by commas."""

TRIES = 3
"""How often one thing is asked for before the office is told."""

AT_WORK = [
    DagsterRunStatus.QUEUED,
    DagsterRunStatus.NOT_STARTED,
    DagsterRunStatus.STARTING,
    DagsterRunStatus.STARTED,
    DagsterRunStatus.CANCELING,
]


@dataclass(frozen=True)
class Asked:
    """What became of requests for one thing: how many runs there were, whether one is at work or ended well."""

    tries: int = 0
    at_work: bool = False
    done: bool = False

    @property
    def given_up(self) -> bool:
        """Return whether it was asked for as often as may be, and no run ended well or goes on."""
        return self.tries >= TRIES and not (self.at_work or self.done)


def asked(instance: dg.DagsterInstance, key: str) -> Asked:
    """Return what became of the requests marked with a key."""
    statuses = [run.status for run in instance.get_runs(RunsFilter(tags={ASKED_TAG: key}))]
    at_work = any(status in AT_WORK for status in statuses)
    return Asked(len(statuses), at_work, DagsterRunStatus.SUCCESS in statuses)


def request(key: str, tries: int, partition: str | None = None) -> dg.RunRequest:
    """Return the request for a thing that was asked for `tries` times before."""
    return dg.RunRequest(run_key=numbered(key, tries), tags={ASKED_TAG: key}, partition_key=partition)


def numbered(key: str, tries: int) -> str:
    """Return a run key that no earlier request for the same thing had."""
    return key if tries == 0 else f"{key}:{tries + 1}"


def submission_tries(instance: dg.DagsterInstance, job: str) -> Counter[int]:
    """Return how many runs of a job were asked to read each submission."""
    marks = (run.tags.get(SUBMISSIONS_TAG, "") for run in instance.get_runs(RunsFilter(job_name=job)))
    return Counter(int(number) for mark in marks for number in mark.split(",") if number)


def wards_at_work(instance: dg.DagsterInstance, job: str) -> set[WardRound]:
    """Return the partitions that runs of a job at work hold, whoever started them."""
    runs = instance.get_runs(RunsFilter(job_name=job, statuses=AT_WORK))
    return {partition for run in runs for partition in _stretch(run.tags)}


def _stretch(tags: Mapping[str, str]) -> Iterator[WardRound]:
    """Yield the wards from a run's first to its last, in the order of the partition set."""
    first, last = (_partition(tags, tag) for tag in (ASSET_PARTITION_RANGE_START_TAG, ASSET_PARTITION_RANGE_END_TAG))
    if first is None or last is None:
        single = _partition(tags, "dagster/partition")
        yield from [single] if single else []
        return
    order = list(wards())
    for ward in order[order.index(first.ward) : order.index(last.ward) + 1]:
        yield WardRound(ward, first.round)


def _partition(tags: Mapping[str, str], tag: str) -> WardRound | None:
    if tag not in tags:
        return None
    key = WARD_ROUNDS.get_partition_key_from_str(tags[tag]).keys_by_dimension
    return WardRound(key["ward"], key["round"]) if key["ward"] in wards() else None


def joined(numbers: Iterable[int]) -> str:
    """Return numbers of submissions as the tag holds them."""
    return ",".join(str(number) for number in sorted(numbers))
