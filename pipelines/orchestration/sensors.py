"""Sensors: what has arrived or changed asks for the run that follows from it.

Belongs here: short looks with a cursor, a reason where nothing is asked for, and run keys.
Stays out: the jobs and what they do.

Inbox and mailbox ask for an intake. A new submission asks for its partition under the key `ward:round:sha256`; many
that came together become one run over a stretch of wards, with a verdict for each. Figures that changed ask for the
round's results, which say what they cover. A run that failed is told to the office.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import astuple
from datetime import timedelta

import dagster as dg
from dagster import DagsterRunStatus, RunsFilter
from dagster._core.storage.tags import ASSET_PARTITION_RANGE_END_TAG, ASSET_PARTITION_RANGE_START_TAG
from sqlalchemy import Engine

from assets.builds import built_from, fingerprint, rounds_with_results
from assets.house import House
from assets.partitions import WardRound, contiguous
from catalogue.wards import wards
from cchc.clock import now
from cchc.errors import CchcError
from parsers.outcomes import Outcome
from pipelines.arrival.arrivals import look_into
from pipelines.arrival.mailbox import newest_letter
from pipelines.ledger.entries import office_day
from pipelines.messages.delivery import deliver
from pipelines.messages.due import due_messages
from pipelines.messages.messages import Kind
from pipelines.orchestration.calendar_steps import rounds_alive, running_rounds
from pipelines.orchestration.dead_runs import end_dead_runs
from pipelines.orchestration.definitions import ROUND_JOB, WARD_JOB
from pipelines.orchestration.jobs import INBOX_JOB, MAIL_JOB, GetSettings, make_jobs
from pipelines.settings import Settings
from pipelines.wiring import open_house
from warehouse.connection import open_warehouse
from warehouse.queries import reports, submissions
from warehouse.rows import SubmissionRow

_AT_WORK = [
    DagsterRunStatus.QUEUED,
    DagsterRunStatus.NOT_STARTED,
    DagsterRunStatus.STARTING,
    DagsterRunStatus.STARTED,
]


def make_sensors(
    get_settings: GetSettings, jobs: Mapping[str, dg.JobDefinition] | None = None
) -> list[dg.SensorDefinition]:
    """Return the sensors; they look from the moment Dagster's daemon runs."""
    own = make_jobs(get_settings) if jobs is None else jobs
    running = dg.DefaultSensorStatus.RUNNING

    @dg.sensor(job=own[INBOX_JOB], minimum_interval_seconds=30, default_status=running)
    def inbox_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        """Ask for an intake when another set of whole files lies in the inbox."""
        return look_at_inbox(context, get_settings())

    @dg.sensor(job=own[MAIL_JOB], minimum_interval_seconds=300, default_status=running)
    def mailbox_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        """Ask for an intake when the mailbox has grown."""
        return look_at_mailbox(context, get_settings())

    @dg.sensor(job_name=WARD_JOB, minimum_interval_seconds=30, default_status=running)
    def submission_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        """Ask for the partitions of submissions that are new."""
        return look_at_submissions(context, open_warehouse(get_settings().warehouse_url))

    @dg.sensor(job_name=ROUND_JOB, minimum_interval_seconds=60, default_status=running)
    def round_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        """Ask for the results of rounds whose figures are others than those they were made from."""
        return look_at_rounds(context, get_settings())

    @dg.run_failure_sensor(name="failure_sensor", default_status=running)
    def failure_sensor(context: dg.RunFailureSensorContext) -> dg.SkipReason | None:
        """Tell the office at once which report could not be processed and what to do."""
        context.log.info("run %s of %s failed", context.dagster_run.run_id, context.dagster_run.job_name)
        return tell_office(get_settings())

    return [inbox_sensor, mailbox_sensor, submission_sensor, round_sensor, failure_sensor]


def look_at_inbox(context: dg.SensorEvaluationContext, settings: Settings) -> dg.SensorResult | dg.SkipReason:
    """Return a request under a hash of what lies whole in the inbox, unless that was asked for before."""
    try:
        look = look_into(settings.inbox, now())
    except CchcError as error:
        return dg.SkipReason(str(error))
    if not look.whole:
        return dg.SkipReason(f"nothing whole in the inbox, {len(look.unfinished)} files not ready")
    stats = [(a.name, a.path.stat().st_size, a.path.stat().st_mtime_ns) for a in look.whole]
    seen = hashlib.sha256(json.dumps(stats).encode()).hexdigest()
    if seen == context.cursor:
        return dg.SkipReason(f"the {len(stats)} files in the inbox were taken in before")
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=f"inbox:{seen}")], cursor=seen)


def look_at_mailbox(context: dg.SensorEvaluationContext, settings: Settings) -> dg.SensorResult | dg.SkipReason:
    """Return a request under the number of the newest letter, unless that was asked for before."""
    if settings.mail.imap is None:
        return dg.SkipReason("no mailbox is set")
    try:
        newest = newest_letter(settings.mail)
    except CchcError as error:
        return dg.SkipReason(str(error))
    seen = ":".join(map(str, astuple(newest)))
    if seen == context.cursor or newest.uid == 0:
        return dg.SkipReason("no new letter")
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=f"mail:{seen}")], cursor=seen)


def look_at_submissions(context: dg.SensorEvaluationContext, engine: Engine) -> dg.SensorResult | dg.SkipReason:
    """Return one request a stretch of wards with new submissions; the cursor is the number of the last one seen."""
    if at_work(context.instance, INBOX_JOB, MAIL_JOB):
        return dg.SkipReason("an intake is running; what it brings is asked for together")
    last = int(context.cursor or 0)
    rows = [row for row in submissions(engine) if row.id > last]
    cursor = str(max((row.id for row in rows), default=last))
    loaded = {report.submission_id for report in reports(engine)}
    fresh = [row for row in rows if row.is_current and row.outcome == Outcome.READ and row.id not in loaded]
    if not fresh:
        return dg.SensorResult(skip_reason=dg.SkipReason("no new submission to read"), cursor=cursor)
    return dg.SensorResult(run_requests=list(requests_for(fresh)), cursor=cursor)


def requests_for(rows: Iterable[SubmissionRow]) -> list[dg.RunRequest]:
    """Return one request for each unbroken stretch of wards of a round, so that no other ward is touched."""
    by_round: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        by_round[str(row.round)][str(row.ward)] = row.sha256
    order = list(wards())
    return [
        _request(label, first, last, {w: hashes[w] for w in order[order.index(first) : order.index(last) + 1]})
        for label, hashes in sorted(by_round.items())
        for first, last in contiguous(list(hashes))
    ]


def _request(label: str, first: str, last: str, hashes: Mapping[str, str]) -> dg.RunRequest:
    keys = sorted(f"{ward}:{label}:{sha256}" for ward, sha256 in hashes.items())
    key = keys[0] if len(keys) == 1 else f"{label}:{hashlib.sha256('|'.join(keys).encode()).hexdigest()}"
    tags = {
        ASSET_PARTITION_RANGE_START_TAG: WardRound(first, label).key,
        ASSET_PARTITION_RANGE_END_TAG: WardRound(last, label).key,
    }
    return dg.RunRequest(run_key=key, tags=tags)


def look_at_rounds(context: dg.SensorEvaluationContext, settings: Settings) -> dg.SensorResult | dg.SkipReason:
    """Return a request for each round whose figures changed since its results were made or asked for."""
    if at_work(context.instance, WARD_JOB, ROUND_JOB):
        return dg.SkipReason("runs are at work; results follow when they are done")
    house = open_house(settings)
    asked: dict[str, str] = json.loads(context.cursor or "{}")
    requests = []
    for label in _rounds_to_look_at(house):
        made_from = fingerprint(house, label)
        if made_from not in (asked.get(label), built_from(house.engine, label)):
            asked[label] = made_from
            requests.append(dg.RunRequest(partition_key=label))
    if not requests:
        return dg.SkipReason("every round's results are made from the figures that count")
    return dg.SensorResult(run_requests=requests, cursor=json.dumps(asked, sort_keys=True))


def _rounds_to_look_at(house: House) -> list[str]:
    """Return rounds with results that are looked after, or into which something was loaded just now."""
    alive = {found.label for found in rounds_alive(office_day(house.now()))}
    lately = house.now() - timedelta(days=2)
    fresh = {report.round for report in reports(house.engine) if report.loaded_from >= lately}
    return sorted(rounds_with_results(house.engine) & alive | fresh)


def tell_office(settings: Settings) -> dg.SkipReason | None:
    """Send the office what failed and was not told yet; without mail the failure stands in the ledger alone."""
    if not settings.mail.enabled:
        return dg.SkipReason("sending mail is off; cchc status shows what failed")
    moment, engine = now(), open_warehouse(settings.warehouse_url)
    due = due_messages(engine, running_rounds(office_day(moment)), moment)
    deliver(engine, settings.mail, [message for message in due if message.kind is Kind.FAILURE], moment)
    return None


def at_work(instance: dg.DagsterInstance, *job_names: str) -> bool:
    """Return whether a run of one of some jobs is queued or running; runs whose process is gone are ended first."""
    end_dead_runs(instance)
    return any(instance.get_runs_count(RunsFilter(job_name=name, statuses=_AT_WORK)) for name in job_names)
