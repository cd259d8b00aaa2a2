"""Running partitions in process: the command line's way into the same jobs that Dagster's page runs.

Belongs here: which runs are launched for which partitions, and the verdicts that come back.
Stays out: choosing partitions (`ledger.rerun`, `arrival.intake`), what a run does (`assets`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

import dagster as dg
from dagster._core.storage.tags import ASSET_PARTITION_RANGE_END_TAG, ASSET_PARTITION_RANGE_START_TAG
from dagster_shared.error import SerializableErrorInfo

from assets.house import House
from assets.partitions import WardRound, contiguous, stretch
from assets.verdict import Verdict
from assets.wards import FORCE_TAG
from cchc import errors
from cchc.errors import StandstillError
from cchc.messages import translator
from pipelines.orchestration.dead_runs import process_tags
from pipelines.orchestration.definitions import ROUND_JOB, WARD_JOB, build_defs
from pipelines.orchestration.endings import asked_to_end

_ = translator("operations")

_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
"""Events are kept by the instance and shown on Dagster's page; a terminal shows verdicts instead."""


@dataclass(frozen=True)
class RoundRun:
    """What became of a round's job: whether it was done, Dagster's run id, and what failed where it was not."""

    round: str
    done: bool
    run_id: str
    failures: tuple[str, ...] = ()


def run_wards(
    house: House, instance: dg.DagsterInstance, partitions: Iterable[WardRound], *, force: bool = False
) -> list[Verdict]:
    """Run the ward job over partitions, one run for each unbroken stretch of wards, and return a verdict for each.

    Raises:
        StandstillError: a run ended before it had a verdict on each of its wards, or this process was asked to end;
            what was loaded stays loaded.
    """
    verdicts: dict[WardRound, Verdict] = {}

    def hear(verdict: Verdict) -> None:
        # A step that is tried again gives a ward a second verdict, which counts.
        verdicts[WardRound(verdict.ward, verdict.round)] = verdict
        house.tell(verdict)

    by_round: dict[str, list[str]] = defaultdict(list)
    for partition in partitions:
        by_round[partition.round].append(partition.ward)
    job = build_defs(lambda: replace(house, tell=hear), office=house.office).resolve_job_def(WARD_JOB)
    for label in sorted(by_round):
        for first, last in contiguous(by_round[label]):
            tags = _range_tags(WardRound(first, label), WardRound(last, label)) | process_tags()
            tags |= {FORCE_TAG: "true"} if force else {}
            result = _executed(job, instance, tags)
            _check_whole(result, [w for w in stretch(first, last) if WardRound(w, label) not in verdicts], label)
    return list(verdicts.values())


def _check_whole(result: dg.ExecuteInProcessResult, without: list[str], label: str) -> None:
    """Refuse to go on where a run has no verdict on some of its wards."""
    if not without:
        return
    causes = [_failure(event, result.run_id) for event in result.all_events if event.is_step_failure]
    raise StandstillError(
        _("reading of {round} broke off before {n} wards ({wards}): {cause}; nothing is lost, try again").format(
            round=label, n=len(without), wards=", ".join(without), cause="; ".join(causes) or "–"
        )
    )


def run_round(house: House, instance: dg.DagsterInstance, label: str) -> RoundRun:
    """Run the round job for one round.

    Raises:
        StandstillError: this process was asked to end.
    """
    job = build_defs(lambda: house, office=house.office).resolve_job_def(ROUND_JOB)
    result = _executed(job, instance, process_tags(), label)
    failures = tuple(_failure(event, result.run_id) for event in result.all_events if event.is_step_failure)
    return RoundRun(label, result.success, result.run_id, failures)


def _executed(
    job: dg.JobDefinition, instance: dg.DagsterInstance, tags: dict[str, str], partition: str | None = None
) -> dg.ExecuteInProcessResult:
    """Return what a run gave; the process goes no further where it was asked to end meanwhile."""
    with asked_to_end() as was_asked:
        result = job.execute_in_process(
            run_config=_QUIET, instance=instance, partition_key=partition, tags=tags, raise_on_error=False
        )
        if was_asked():
            raise StandstillError(
                _("ended by a signal before all was done; nothing is lost, give the same command again")
            )
    return result


def _range_tags(first: WardRound, last: WardRound) -> dict[str, str]:
    return {ASSET_PARTITION_RANGE_START_TAG: first.key, ASSET_PARTITION_RANGE_END_TAG: last.key}


def _failure(event: dg.DagsterEvent, run_id: str) -> str:
    """Return in the language of the moment which step failed and why; what no error of ours says is not repeated."""
    error = event.step_failure_data.error
    cause = error.cause or error if error else None
    step = step_names().get(str(event.step_key), str(event.step_key))
    return f"{step}: {failure_reason(cause, run_id)}"


def failure_reason(cause: SerializableErrorInfo | None, run_id: str) -> str:
    """Return why a step failed: what an error of ours says, of any other only what it is and where to find it."""
    kind = str(cause.cls_name) if cause else "–"
    if cause is not None and hasattr(errors, kind):
        return cause.message.strip().partition(": ")[2]
    if kind == "DagsterAssetCheckFailedError":
        return _("a check that has to hold did not hold")
    line = _("the program broke ({kind}); tell the operator, who finds it on Dagster's page under run {run}")
    return line.format(kind=kind, run=run_id[:8])


def step_names() -> dict[str, str]:
    """Return what people call the steps of the two jobs."""
    return {
        WARD_JOB: _("reading of reports"),
        "round_quality": _("checks of the round"),
        "district_rollup": _("totals"),
        "ward_scores": _("scores"),
        "ward_ranking": _("ranking"),
        "publications": _("papers"),
    }
