"""Sensors: what has arrived or changed asks for the run that follows from it.

Belongs here: short looks at what the warehouse lacks, a reason where nothing is asked for, and run keys.
Stays out: the jobs and what they do, counting what was asked for before (`pipelines.orchestration.asking`).

Inbox and mailbox ask for an intake. A submission that is not read asks for its partition under the key
`ward:round:sha256`; many that came together become one run over a stretch of wards, with a verdict for each. Figures
that changed ask for the round's results, which say what they cover. A run that failed is told to the office.

Nothing counts as done because it was asked for. A run that was broken off is asked for again; what fails or breaks off
too often (`pipelines.orchestration.asking`) is told to the office.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from datetime import timedelta
from types import MappingProxyType

import dagster as dg
from dagster import RunsFilter
from dagster._core.storage.tags import ASSET_PARTITION_RANGE_END_TAG, ASSET_PARTITION_RANGE_START_TAG, PRIORITY_TAG
from sqlalchemy import Engine

from assets.builds import built_from, fingerprint, rounds_with_results
from assets.house import House
from assets.keys import tags_of
from assets.partitions import WardRound, contiguous, stretch
from catalogue.rounds import Round, parse_round
from cchc.clock import now
from cchc.errors import CchcError
from cchc.messages import translator
from parsers.outcomes import Outcome
from parsers.report import parser_version
from pipelines.arrival.arrivals import look_into
from pipelines.arrival.mailbox import newest_letter
from pipelines.keeping.exports import due_exports
from pipelines.ledger.entries import office_day
from pipelines.ledger.phrases import broke_off
from pipelines.messages.delivery import deliver
from pipelines.messages.due import due_messages
from pipelines.messages.messages import Kind, given_up_message
from pipelines.orchestration.asking import (
    AT_WORK,
    SUBMISSIONS_TAG,
    Asked,
    asked,
    joined,
    numbered,
    request,
    submissions_asked,
    wards_at_work,
)
from pipelines.orchestration.calendar_steps import rounds_alive, running_rounds
from pipelines.orchestration.collect import refused_submissions
from pipelines.orchestration.dead_runs import end_dead_runs
from pipelines.orchestration.definitions import ROUND_JOB, WARD_JOB
from pipelines.orchestration.jobs import EXPORT_JOB, INBOX_JOB, MAIL_JOB, GetSettings, exports_of, mail_of, make_jobs
from pipelines.settings import Settings
from pipelines.wiring import open_house
from warehouse.connection import open_warehouse
from warehouse.publishing import record_run, runs
from warehouse.queries import reports, submissions
from warehouse.rows import RunRow, SubmissionRow

_ = translator("dagster")

GIVEN_UP = "given_up"
"""Outcome of a submission whose every run broke off without a word."""

_GATHERING = timedelta(minutes=2)
"""How long a submission waits for a running intake, so that what comes together becomes one run."""


def make_sensors(
    get_settings: GetSettings, jobs: Mapping[str, dg.JobDefinition] | None = None
) -> list[dg.SensorDefinition]:
    """Return the sensors; they look from the moment Dagster's daemon runs, that of the mailbox where one is set."""
    own = make_jobs(get_settings) if jobs is None else jobs
    running = dg.DefaultSensorStatus.RUNNING
    stopped = dg.DefaultSensorStatus.STOPPED
    has_mailbox = mail_of(get_settings).imap is not None

    @dg.sensor(
        job=own[INBOX_JOB],
        minimum_interval_seconds=30,
        default_status=running,
        description=_("Ask for an intake when another set of whole files lies in the inbox"),
    )
    def inbox_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        """Ask for an intake when another set of whole files lies in the inbox."""
        return look_at_inbox(context, get_settings())

    @dg.sensor(
        job=own[MAIL_JOB],
        minimum_interval_seconds=300,
        default_status=running if has_mailbox else stopped,
        description=_("Ask for an intake when the mailbox has grown"),
    )
    def mailbox_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        """Ask for an intake when the mailbox has grown."""
        return look_at_mailbox(context, get_settings())

    @dg.sensor(
        job_name=WARD_JOB,
        minimum_interval_seconds=30,
        default_status=running,
        description=_("Ask for the partitions of submissions that are not read yet"),
    )
    def submission_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        """Ask for the partitions of submissions that are not read yet."""
        return look_at_submissions(context, get_settings())

    @dg.sensor(
        job_name=ROUND_JOB,
        minimum_interval_seconds=60,
        default_status=running,
        description=_("Ask for the results of rounds whose figures are others than those they were made from"),
    )
    def round_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        """Ask for the results of rounds whose figures are others than those they were made from."""
        return look_at_rounds(context, get_settings())

    @dg.sensor(
        job=own[EXPORT_JOB],
        minimum_interval_seconds=300,
        default_status=running if exports_of(get_settings).formats else stopped,
        description=_("Ask for the exports of rounds that changed since theirs were written"),
    )
    def export_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        """Ask for the exports of rounds that changed since theirs were written."""
        return look_at_exports(context, get_settings())

    @dg.run_failure_sensor(
        name="failure_sensor",
        default_status=running,
        description=_("Tell the office at once which report could not be processed and what to do"),
    )
    def failure_sensor(context: dg.RunFailureSensorContext) -> dg.SkipReason | None:
        """Tell the office at once which report could not be processed and what to do."""
        context.log.info("run %s of %s failed", context.dagster_run.run_id, context.dagster_run.job_name)
        return tell_office(get_settings())

    return [inbox_sensor, mailbox_sensor, submission_sensor, round_sensor, export_sensor, failure_sensor]


def look_at_inbox(context: dg.SensorEvaluationContext, settings: Settings) -> dg.SensorResult | dg.SkipReason:
    """Return a request under a hash of what lies whole in the inbox, unless an intake took that in."""
    end_dead_runs(context.instance)
    try:
        look = look_into(settings.inbox, now())
    except CchcError as error:
        return dg.SkipReason(str(error))
    if not look.whole:
        return dg.SkipReason(f"nothing whole in the inbox, {len(look.unfinished)} files not ready")
    if at_work(context.instance, settings, INBOX_JOB):
        return dg.SkipReason("an intake is running; what came since is asked for after it")
    stats = [(a.name, a.path.stat().st_size, a.path.stat().st_mtime_ns) for a in look.whole]
    seen = hashlib.sha256(json.dumps(stats).encode()).hexdigest()
    done = f"the {len(stats)} files in the inbox were taken in before"
    return _asked_once(context.instance, settings, f"inbox:{seen}", done, "cchc collect")


def look_at_mailbox(context: dg.SensorEvaluationContext, settings: Settings) -> dg.SensorResult | dg.SkipReason:
    """Return a request under the number of the newest letter, unless an intake took that in."""
    if settings.mail.imap is None:
        return dg.SkipReason("no mailbox is set")
    try:
        newest = newest_letter(settings.mail)
    except CchcError as error:
        return dg.SkipReason(str(error))
    if newest.uid == 0:
        return dg.SkipReason("no new letter")
    seen = ":".join(map(str, astuple(newest)))
    return _asked_once(context.instance, settings, f"mail:{seen}", "no new letter", "cchc mail")


def _asked_once(
    instance: dg.DagsterInstance, settings: Settings, key: str, done: str, command: str
) -> dg.SensorResult | dg.SkipReason:
    """Return the request for an intake, or why there is none: it is at work, ended well, or was tried often enough."""
    end_dead_runs(instance)
    before = asked(instance, key, settings.dagster.office)
    if before.done:
        return dg.SkipReason(done)
    if before.at_work:
        return dg.SkipReason("the intake that was asked for is at work")
    if before.given_up:
        told = _tell_given_up(settings, key, before.runs, command)
        return dg.SkipReason(f"{before.runs} intakes failed or broke off; {told}; what to do: {command}")
    if before.rests(now()):
        return dg.SkipReason(f"{before.runs} intakes broke off; the next is asked for at {before.not_before}")
    return dg.SensorResult(run_requests=[request(key, before.runs)])


def look_at_submissions(context: dg.SensorEvaluationContext, settings: Settings) -> dg.SensorResult | dg.SkipReason:
    """Return one request a stretch of wards with submissions that are not read; what broke off too often is told."""
    engine = open_warehouse(settings.warehouse_url)
    wanted = unread(engine)
    if not wanted:
        return dg.SkipReason("no submission is left to read")
    oldest = min(row.received_at for row in wanted)
    if at_work(context.instance, settings, INBOX_JOB, MAIL_JOB) and now() - oldest < _GATHERING:
        return dg.SkipReason("an intake is running; what it brings is asked for together")
    busy = wards_at_work(context.instance, WARD_JOB, settings.dagster.office)
    free = [row for row in wanted if WardRound(str(row.ward), str(row.round)) not in busy]
    before = submissions_asked(context.instance, WARD_JOB, settings.dagster.office)
    _give_up(settings, engine, [row for row in free if _before(before, row).given_up], before)
    fresh = [row for row in free if not _before(before, row).given_up]
    ready = [row for row in fresh if not _before(before, row).rests(now())]
    if not ready:
        return dg.SkipReason(
            f"{len(wanted) - len(free)} reports are at work, {len(fresh)} rest after runs that broke off, "
            f"{len(free) - len(fresh)} failed too often"
        )
    return dg.SensorResult(run_requests=list(requests_for(ready, {id_: one.runs for id_, one in before.items()})))


def _before(before: Mapping[int, Asked], row: SubmissionRow) -> Asked:
    return before.get(row.id, Asked())


def unread(engine: Engine) -> list[SubmissionRow]:
    """Return the submissions that count, can be read, are not loaded and were not refused by the parser of today."""
    loaded = {report.submission_id for report in reports(engine)}
    refused = refused_submissions(engine)
    rows = submissions(engine, state="placed")
    return [r for r in rows if r.is_current and r.outcome == Outcome.READ and r.id not in loaded | refused]


def _give_up(settings: Settings, engine: Engine, rows: Iterable[SubmissionRow], before: Mapping[int, Asked]) -> None:
    """Write down which reports no run has read to an end, where no try says why, and tell the office."""
    spoken = {run.submission_id for run in runs(engine)}
    silent = [row for row in rows if row.id not in spoken]
    for row in silent:
        why = broke_off(_before(before, row).runs)
        record_run(engine, RunRow("read", GIVEN_UP, why, now(), row.id, row.ward, row.round, parser_version()))
    if silent and settings.mail.enabled:
        _deliver(settings, [parse_round(label) for label in sorted({str(row.round) for row in silent})])


def requests_for(
    rows: Iterable[SubmissionRow], runs_before: Mapping[int, int] = MappingProxyType({})
) -> list[dg.RunRequest]:
    """Return one request for each unbroken stretch of wards of a round, so that no other ward is touched.

    `runs_before` says how many runs each submission had.
    """
    by_round: dict[str, dict[str, SubmissionRow]] = defaultdict(dict)
    for row in rows:
        by_round[str(row.round)][str(row.ward)] = row
    return [
        _request(label, first, last, [found[w] for w in stretch(first, last)], runs_before)
        for label, found in sorted(by_round.items())
        for first, last in contiguous(list(found))
    ]


def _request(
    label: str, first: str, last: str, rows: Sequence[SubmissionRow], runs_before: Mapping[int, int]
) -> dg.RunRequest:
    keys = sorted(numbered(f"{row.ward}:{label}:{row.sha256}", runs_before.get(row.id, 0)) for row in rows)
    key = keys[0] if len(keys) == 1 else f"{label}:{hashlib.sha256('|'.join(keys).encode()).hexdigest()}"
    tags = {
        ASSET_PARTITION_RANGE_START_TAG: WardRound(first, label).key,
        ASSET_PARTITION_RANGE_END_TAG: WardRound(last, label).key,
        SUBMISSIONS_TAG: joined(row.id for row in rows),
        # The heaviest first: what is begun last ends the round.
        PRIORITY_TAG: str(len(rows)),
    }
    return dg.RunRequest(run_key=key, tags=tags)


def look_at_rounds(context: dg.SensorEvaluationContext, settings: Settings) -> dg.SensorResult | dg.SkipReason:
    """Return a request for each round whose figures changed since its results were made."""
    if at_work(context.instance, settings, WARD_JOB, ROUND_JOB):
        return dg.SkipReason("runs are at work; results follow when they are done")
    house = open_house(settings)
    requests = []
    for label in _rounds_to_look_at(house):
        made_from = fingerprint(house, label)
        if made_from == built_from(house.engine, label):
            continue
        key = f"results:{label}:{made_from}"
        before = asked(context.instance, key, settings.dagster.office)
        if before.given_up:
            _tell_given_up(settings, key, before.runs, f"cchc rounds build {label}")
        elif not before.rests(now()):
            requests.append(request(key, before.runs, label))
    if not requests:
        return dg.SkipReason("every round's results are made from the figures that count, or rest, or failed too often")
    return dg.SensorResult(run_requests=requests)


def _rounds_to_look_at(house: House) -> list[str]:
    """Return rounds with results that are looked after, or into which something was loaded just now."""
    alive = {found.label for found in rounds_alive(office_day(house.now()))}
    lately = house.now() - timedelta(days=2)
    fresh = {report.round for report in reports(house.engine) if report.loaded_from >= lately}
    return sorted(rounds_with_results(house.engine) & alive | fresh)


def look_at_exports(context: dg.SensorEvaluationContext, settings: Settings) -> dg.SensorResult | dg.SkipReason:
    """Return a request for the exports that are missing or out of date, once the runs that change rounds are done."""
    if not settings.exports.formats:
        return dg.SkipReason("no export is set ([export] formats in cchc.toml)")
    if at_work(context.instance, settings, WARD_JOB, ROUND_JOB):
        return dg.SkipReason("runs are at work; exports follow when they are done")
    due = due_exports(settings, open_warehouse(settings.warehouse_url))
    if not due:
        return dg.SkipReason("every export says what the warehouse says")
    lacking = hashlib.sha256("|".join(f"{one.folder}:{one.state}" for one in due).encode()).hexdigest()
    return _asked_once(context.instance, settings, f"export:{lacking}", "written", "cchc export --changed")


def tell_office(settings: Settings) -> dg.SkipReason | None:
    """Send the office what failed and was not told yet; without mail the failure stands in the ledger alone."""
    if not settings.mail.enabled:
        return dg.SkipReason("sending mail is off; cchc status shows what failed")
    _deliver(settings, running_rounds(office_day(now())))
    return None


def _deliver(settings: Settings, rounds: Iterable[Round]) -> None:
    moment, engine = now(), open_warehouse(settings.warehouse_url)
    due = due_messages(engine, rounds, moment)
    deliver(engine, settings.mail, [message for message in due if message.kind is Kind.FAILURE], moment)


def _tell_given_up(settings: Settings, key: str, runs: int, command: str) -> str:
    """Tell the office, once, that something is not asked for any more; return whether it was told, in words."""
    if not settings.mail.enabled:
        return "sending mail is off"
    try:
        deliver(open_warehouse(settings.warehouse_url), settings.mail, [given_up_message(key, runs, command)], now())
    except CchcError as error:
        return str(error)
    return "the office was told"


def at_work(instance: dg.DagsterInstance, settings: Settings, *job_names: str) -> bool:
    """Return whether the office's run of one of some jobs is queued or running; dead runs are ended first."""
    end_dead_runs(instance)
    own = tags_of(settings.dagster.office)
    return any(instance.get_runs_count(RunsFilter(job_name=name, statuses=AT_WORK, tags=own)) for name in job_names)
