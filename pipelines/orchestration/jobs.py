"""Jobs beside the assets: taking in, writing to wards, the calendar's steps, forgetting old runs.

Belongs here: each as one op that calls the room behind and says in its log what came of it.
Stays out: when they run (`schedules`, `sensors`), the work itself.

What may pass by itself (a locked warehouse, a mail server that is away) is tried again; anything else fails at once
and says what to do.

Annotations are evaluated here: Dagster compares an op's own with its classes and knows no postponed ones.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import dagster as dg

from assets.keys import tags_of
from cchc.clock import now
from cchc.errors import CchcError
from cchc.messages import translator
from pipelines.arrival.arrivals import Arrival
from pipelines.arrival.intake import Receipt, take_in
from pipelines.arrival.sources import Taken, take_in_inbox, take_in_post
from pipelines.home import dagster_instance
from pipelines.keeping.bounds import shed
from pipelines.keeping.exports import write_due
from pipelines.keeping.pruning import prune
from pipelines.keeping.storage import storage_named
from pipelines.ledger.entries import office_day
from pipelines.messages.delivery import deliver
from pipelines.messages.due import due_messages
from pipelines.orchestration.calendar_steps import StepKind, due_now, record_step, running_rounds
from pipelines.settings import ExportSettings, MailSettings, Settings, home_folder
from pipelines.wiring import open_desk, open_house, reader_pool, readings
from warehouse.connection import open_warehouse

_ = translator("dagster")

INBOX_JOB, MAIL_JOB, CHASE_JOB = "intake_inbox", "intake_mailbox", "write_to_wards"
CALENDAR_JOB, PRUNE_JOB, EXPORT_JOB = "round_calendar", "forget_old_runs", "write_exports"
QUEUE_TAG = "dagster-celery/queue"
"""Tag that names the queue of the broker into which a run goes."""
KEEP_RUNS = timedelta(days=180)

GetSettings = Callable[[], Settings]
Work = Callable[[dg.OpExecutionContext, Settings], None]


def make_jobs(get_settings: GetSettings) -> dict[str, dg.JobDefinition]:
    """Return the jobs by name."""
    works: dict[str, tuple[Work, str]] = {
        INBOX_JOB: (_inbox, _("Take in what lies whole in the inbox")),
        MAIL_JOB: (_mailbox, _("Take in what known senders attached to letters")),
        CHASE_JOB: (_chase, _("Write to wards and office what the ledger calls for, each message once")),
        CALENDAR_JOB: (_calendar, _("Open and close rounds as the calendar says")),
        PRUNE_JOB: (_prune, _("Forget old runs and their logs, keep caches and quarantine below their limits")),
        EXPORT_JOB: (_export, _("Write the exports of rounds that changed")),
    }
    return {name: _job(name, work, description, get_settings) for name, (work, description) in works.items()}


def mail_of(get_settings: GetSettings) -> MailSettings:
    """Return how mail is set; off where the settings cannot be read, which every run says for itself."""
    try:
        return get_settings().mail
    except CchcError:
        return MailSettings()


def exports_of(get_settings: GetSettings) -> ExportSettings:
    """Return which exports are kept current; none where the settings cannot be read."""
    try:
        return get_settings().exports
    except CchcError:
        return ExportSettings()


def office_of(get_settings: GetSettings) -> str:
    """Return the office's name in a Dagster that several share; empty where the settings cannot be read."""
    try:
        return get_settings().dagster.office
    except CchcError:
        return ""


def _job(name: str, work: Work, description: str, get_settings: GetSettings) -> dg.JobDefinition:
    @dg.op(name=f"do_{name}", description=description)
    def only_op(context: dg.OpExecutionContext) -> None:
        with _tried_again():
            work(context, get_settings())

    tags = tags_of(office_of(get_settings)) | (_queue_of(get_settings) if name == INBOX_JOB else {})

    @dg.job(name=name, description=description, tags=tags, executor_def=dg.in_process_executor)
    def only_job() -> None:
        only_op()

    return only_job


def _queue_of(get_settings: GetSettings) -> dict[str, str]:
    """Return the tag by which only a worker that sees the inbox takes an intake."""
    try:
        queue = get_settings().dagster.inbox_queue
    except CchcError:
        queue = ""
    return {QUEUE_TAG: queue} if queue else {}


@contextmanager
def _tried_again() -> Iterator[None]:
    """Turn named errors into Dagster's: once more in a minute where that may help, else a failure in plain words."""
    try:
        with storage_named(home_folder()):
            yield
    except CchcError as error:
        if error.retryable:
            raise dg.RetryRequested(max_retries=3, seconds_to_wait=60) from error
        raise dg.Failure(description=str(error), allow_retries=False) from error


def _inbox(context: dg.OpExecutionContext, settings: Settings) -> None:
    _tell(context, take_in_inbox(settings, lambda arrivals: _take(settings, arrivals), now()))


def _mailbox(context: dg.OpExecutionContext, settings: Settings) -> None:
    taken = take_in_post(settings, lambda arrivals: _take(settings, arrivals))
    _tell(context, taken)
    for letter in taken.passed_over:
        context.log.warning("letter of %s passed over: %s", letter.sender or "unclear sender", letter.why)


def _take(settings: Settings, arrivals: list[Arrival]) -> list[Receipt]:
    house, receipts = open_house(settings), []
    with reader_pool(settings) as pool:
        for receipt in take_in(open_desk(settings, house, pool), arrivals):
            receipts.append(receipt)
            if receipt.reading is not None:
                house.read_ahead[receipt.sha256] = receipt.reading
    return receipts


def _tell(context: dg.OpExecutionContext, taken: Taken) -> None:
    for receipt in taken.receipts:
        row = receipt.submission
        context.log.info(
            "%s: %s %s %s %s", row.file_name, receipt.kind, row.ward or "", row.round or "", row.message_en
        )
    for name in taken.unfinished:
        context.log.info("%s is not whole yet", name)
    for name in taken.barred:
        context.log.warning("%s may not be opened by this user", name)


def _chase(context: dg.OpExecutionContext, settings: Settings) -> None:
    moment, engine = now(), open_warehouse(settings.warehouse_url)
    due = due_messages(engine, running_rounds(office_day(moment)), moment)
    for delivery in deliver(engine, settings.mail, due, moment):
        context.log.info("%s: %s %s", delivery.message.key, delivery.verdict, delivery.detail)


def _calendar(context: dg.OpExecutionContext, settings: Settings) -> None:
    moment, engine = now(), open_warehouse(settings.warehouse_url)
    for step in due_now(engine, moment):
        if step.kind in (StepKind.OPEN, StepKind.CLOSE):
            record_step(engine, step, moment)
            context.log.info("%s: %s", step.round.label, step.kind)


def _export(context: dg.OpExecutionContext, settings: Settings) -> None:
    for done in write_due(settings, open_warehouse(settings.warehouse_url), now()):
        context.log.info("%s: %s of %s data files changed", done.folder, len(done.changed), done.data_files)


def _prune(context: dg.OpExecutionContext, settings: Settings) -> None:
    with dagster_instance(settings) as instance:
        done = prune(instance, open_warehouse(settings.warehouse_url), now() - KEEP_RUNS, settings)
    context.log.info("%s runs and %s tries forgotten", done.runs, done.tries)
    gone = shed(settings)
    context.log.info("%s files (%s bytes) taken out of caches and quarantine", gone.files, gone.size)
    stored = readings(settings)
    if stored is not None:
        context.log.info("%s readings forgotten that no run had asked for", stored.forget(now()))
