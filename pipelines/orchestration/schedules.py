"""Schedules: the calendar's clockwork, in the office's time zone.

Belongs here: at which hour what is asked for, and the reason where nothing is.
Stays out: what the calendar calls for (`calendar_steps`), the jobs. Every schedule is also a command: `cchc rounds`,
`cchc remind`, `cchc prune`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

import dagster as dg

from assets.keys import key_of, tags_of
from cchc.clock import ZONE
from cchc.messages import translator
from pipelines.ledger.entries import office_day
from pipelines.orchestration.calendar_steps import Step, StepKind, due_now, record_step, running_rounds
from pipelines.orchestration.definitions import ROUND_JOB
from pipelines.orchestration.jobs import CALENDAR_JOB, CHASE_JOB, PRUNE_JOB, GetSettings, mail_of, make_jobs, office_of
from pipelines.settings import Settings
from warehouse.connection import open_warehouse
from warehouse.queries import reports

_ = translator("dagster")

PAPERS_JOB = "round_papers"
Asked = Iterator[dg.RunRequest | dg.SkipReason]
Ask = Callable[[Settings, datetime], Asked]


def make_schedules(
    get_settings: GetSettings, jobs: Mapping[str, dg.JobDefinition] | None = None
) -> list[dg.ScheduleDefinition]:
    """Return the schedules; they run from the moment Dagster's daemon does, letters only where mail may be sent."""
    own = make_jobs(get_settings) if jobs is None else jobs
    sends = mail_of(get_settings).enabled
    office = office_of(get_settings)
    papers = dg.define_asset_job(
        PAPERS_JOB, [key_of("publications", office)], description=_("Draft a round's papers"), tags=tags_of(office)
    )
    return [
        _schedule("close_rounds", "30 0 * * *", get_settings, _steps_of(StepKind.CLOSE), job=own[CALENDAR_JOB]),
        _schedule("build_results", "0 1 * * *", get_settings, _results_of(StepKind.BUILD), job_name=ROUND_JOB),
        _schedule("draft_papers", "0 2 * * *", get_settings, _results_of(StepKind.PAPERS), job=papers),
        _schedule("forget_old_runs", "0 3 * * 0", get_settings, _always, job=own[PRUNE_JOB]),
        _schedule("open_rounds", "0 6 * * *", get_settings, _steps_of(StepKind.OPEN), job=own[CALENDAR_JOB]),
        _schedule("write_to_wards", "0 8 * * *", get_settings, _letters, job=own[CHASE_JOB], runs=sends),
    ]


_DESCRIPTIONS = {
    "close_rounds": _("Close the rounds whose days of grace are over"),
    "build_results": _("Build the results of rounds that have closed"),
    "draft_papers": _("Draft the papers of rounds that have closed"),
    "forget_old_runs": _("Forget runs and their logs that are half a year old"),
    "open_rounds": _("Open the rounds whose first day has come"),
    "write_to_wards": _("Write to wards what the ledger calls for; on where mail may be sent"),
}


def _schedule(
    name: str,
    cron: str,
    get_settings: GetSettings,
    ask: Ask,
    *,
    job: dg.JobDefinition | dg.UnresolvedAssetJobDefinition | None = None,
    job_name: str | None = None,
    runs: bool = True,
) -> dg.ScheduleDefinition:
    def evaluate(context: dg.ScheduleEvaluationContext) -> Asked:
        asked = list(ask(get_settings(), context.scheduled_execution_time.astimezone(ZONE)))
        yield from [one for one in asked if isinstance(one, dg.RunRequest)] or asked[-1:]

    return dg.ScheduleDefinition(
        name=name,
        cron_schedule=cron,
        description=_DESCRIPTIONS[name],
        execution_timezone=str(ZONE),
        job=job,
        job_name=job_name,
        execution_fn=evaluate,
        default_status=dg.DefaultScheduleStatus.RUNNING if runs else dg.DefaultScheduleStatus.STOPPED,
    )


def _steps_of(kind: StepKind) -> Ask:
    """Ask for the calendar's job where steps of a kind are due."""

    def ask(settings: Settings, moment: datetime) -> Asked:
        due = [step.round.label for step in _due(settings, moment) if step.kind is kind]
        if due:
            yield dg.RunRequest(run_key=f"{kind}:{','.join(due)}", tags={"cchc/rounds": ",".join(due)})
        else:
            yield dg.SkipReason(f"no round to {kind} today")

    return ask


def _results_of(kind: StepKind) -> Ask:
    """Ask for one run a round whose results or papers are due; the step counts as done once it was asked for."""

    def ask(settings: Settings, moment: datetime) -> Asked:
        engine = open_warehouse(settings.warehouse_url)
        for step in _due(settings, moment):
            if step.kind is not kind:
                continue
            record_step(engine, step, moment, by=f"schedule {kind}")
            if reports(engine, step.round.label):
                yield dg.RunRequest(run_key=step.key, partition_key=step.round.label)
        yield dg.SkipReason("no round that has closed is left to do")

    return ask


def _letters(settings: Settings, moment: datetime) -> Asked:
    rounds = running_rounds(office_day(moment))
    if not settings.mail.enabled:
        yield dg.SkipReason("sending mail is off (mail.enabled in cchc.toml)")
    elif not rounds:
        yield dg.SkipReason("no round is being collected")
    else:
        yield dg.RunRequest(run_key=f"letters:{office_day(moment).isoformat()}")


def _always(_settings: Settings, _moment: datetime) -> Asked:
    yield dg.RunRequest()


def _due(settings: Settings, moment: datetime) -> list[Step]:
    return due_now(open_warehouse(settings.warehouse_url), moment)
