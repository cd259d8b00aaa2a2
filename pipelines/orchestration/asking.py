"""What was asked for before: how its runs ended, whether one is at work, when it is asked for again.

Belongs here: the marks that requests bear, and the decision on the runs that bear them. Stays out: what is asked for
(`pipelines.orchestration.sensors`), ending dead runs (`pipelines.orchestration.dead_runs`).

A request is never taken for done because it was made: only a run that ended well, or what the warehouse holds, says so.
Every request has a key of its own, for Dagster passes over a key it knows.

A run that failed by its own work will probably fail again: `TRIES` of them are enough. A run that was broken off
(killed, never started, its machine stopped) says nothing about its work: it is asked for again at once, then with
growing pauses, and only `BREAKS` of them say that something kills it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import dagster as dg
from dagster import DagsterRunStatus, RunsFilter
from dagster._core.events import RunFailureReason
from dagster._core.storage.tags import (
    ASSET_PARTITION_RANGE_END_TAG,
    ASSET_PARTITION_RANGE_START_TAG,
    RUN_FAILURE_REASON_TAG,
)

from assets.keys import tags_of
from assets.partitions import WARD_ROUNDS, WARDS, WardRound, stretch

ASKED_TAG = "cchc/asked"
"""Tag that says for what an intake or a round's results were asked."""

SUBMISSIONS_TAG = "cchc/submissions"
"""Tag of a ward run with the numbers of the submissions it is to read, parted by commas."""

TRIES = 3
"""How often one thing may fail by itself before the office is told."""

BREAKS = 20
"""How often runs for one thing may be broken off before the office is told."""

_AT_ONCE = 3
"""How many broken runs are followed by the next without a pause."""

_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=15), timedelta(minutes=2)

AT_WORK = [
    DagsterRunStatus.QUEUED,
    DagsterRunStatus.NOT_STARTED,
    DagsterRunStatus.STARTING,
    DagsterRunStatus.STARTED,
    DagsterRunStatus.CANCELING,
]

_OF_ITS_OWN = frozenset(
    {RunFailureReason.STEP_FAILURE, RunFailureReason.RUN_EXCEPTION, RunFailureReason.JOB_INITIALIZATION_FAILURE}
)


class Fate(StrEnum):
    """How one run stands: at work, ended well, failed by its own work, or broken off from outside."""

    AT_WORK = "at_work"
    DONE = "done"
    FAILED = "failed"
    BROKEN = "broken"


@dataclass(frozen=True)
class Asked:
    """What became of requests for one thing: the fates of its runs, and when the last of them ended."""

    fates: tuple[Fate, ...] = ()
    last_end: datetime | None = None

    @property
    def runs(self) -> int:
        """Return how many runs there were."""
        return len(self.fates)

    @property
    def at_work(self) -> bool:
        """Return whether a run is at work."""
        return Fate.AT_WORK in self.fates

    @property
    def done(self) -> bool:
        """Return whether a run ended well."""
        return Fate.DONE in self.fates

    @property
    def given_up(self) -> bool:
        """Return whether runs failed or broke off as often as may be, and none goes on.

        A run that ended well and left the thing undone is a failure of its own; the caller knows what is done.
        """
        failed = sum(fate in (Fate.FAILED, Fate.DONE) for fate in self.fates)
        return not self.at_work and (failed >= TRIES or self._broken >= BREAKS)

    @property
    def not_before(self) -> datetime | None:
        """Return the moment before which the thing is not asked for again, None where it may be at once."""
        over = self._broken - _AT_ONCE
        if over < 0 or self.last_end is None:
            return None
        return self.last_end + min(_FIRST_PAUSE * 2.0 ** min(over, 10), _LONGEST_PAUSE)

    def rests(self, moment: datetime) -> bool:
        """Return whether the thing waits at a moment for the pause after its last broken run."""
        return self.not_before is not None and moment < self.not_before

    @property
    def _broken(self) -> int:
        return sum(fate is Fate.BROKEN for fate in self.fates)


def fate_of(run: dg.DagsterRun) -> Fate:
    """Return how a run stands, by its status and by the reason of a failure that Dagster notes."""
    if run.status in AT_WORK:
        return Fate.AT_WORK
    if run.status is DagsterRunStatus.SUCCESS:
        return Fate.DONE
    own = run.tags.get(RUN_FAILURE_REASON_TAG) in {reason.value for reason in _OF_ITS_OWN}
    return Fate.FAILED if own else Fate.BROKEN


def asked(instance: dg.DagsterInstance, key: str, office: str = "") -> Asked:
    """Return what became of the requests marked with a key.

    Here and below, `office` is the office's name in a Dagster that several share: runs of others are not seen.
    """
    return _asked(instance.get_run_records(RunsFilter(tags={ASKED_TAG: key} | tags_of(office))))


def submissions_asked(instance: dg.DagsterInstance, job: str, office: str = "") -> dict[int, Asked]:
    """Return what became of the runs of a job that were asked to read each submission, by its number."""
    records: dict[int, list[dg.RunRecord]] = defaultdict(list)
    for record in instance.get_run_records(RunsFilter(job_name=job, tags=tags_of(office))):
        for number in filter(None, record.dagster_run.tags.get(SUBMISSIONS_TAG, "").split(",")):
            records[int(number)].append(record)
    return {number: _asked(found) for number, found in records.items()}


def _asked(records: Iterable[dg.RunRecord]) -> Asked:
    found = list(records)
    ends = [record.update_timestamp for record in found]
    return Asked(tuple(fate_of(record.dagster_run) for record in found), max(ends, default=None))


def request(key: str, runs: int, partition: str | None = None) -> dg.RunRequest:
    """Return the request for a thing for which there were some runs before."""
    return dg.RunRequest(run_key=numbered(key, runs), tags={ASKED_TAG: key}, partition_key=partition)


def numbered(key: str, runs: int) -> str:
    """Return a run key that no earlier request for the same thing had."""
    return key if runs == 0 else f"{key}:{runs + 1}"


def wards_at_work(instance: dg.DagsterInstance, job: str, office: str = "") -> set[WardRound]:
    """Return the partitions that runs of a job at work hold, whoever started them."""
    runs = instance.get_runs(RunsFilter(job_name=job, statuses=AT_WORK, tags=tags_of(office)))
    return {partition for run in runs for partition in _stretch(run.tags)}


def _stretch(tags: Mapping[str, str]) -> Iterator[WardRound]:
    """Yield the wards from a run's first to its last, in the order of the partition set."""
    first, last = (_partition(tags, tag) for tag in (ASSET_PARTITION_RANGE_START_TAG, ASSET_PARTITION_RANGE_END_TAG))
    if first is None or last is None:
        single = _partition(tags, "dagster/partition")
        yield from [single] if single else []
        return
    for ward in stretch(first.ward, last.ward):
        yield WardRound(ward, first.round)


def _partition(tags: Mapping[str, str], tag: str) -> WardRound | None:
    if tag not in tags:
        return None
    key = WARD_ROUNDS.get_partition_key_from_str(tags[tag]).keys_by_dimension
    return WardRound(key["ward"], key["round"]) if key["ward"] in WARDS else None


def joined(numbers: Iterable[int]) -> str:
    """Return numbers of submissions as the tag holds them."""
    return ",".join(str(number) for number in sorted(numbers))
