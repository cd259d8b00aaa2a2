"""All ways in at once: inbox and mailbox looked into, and what is whole taken in.

Belongs here: one look, under a lock, so that a sensor and a clerk at the keyboard do not take in the same file twice.
Stays out: each way by itself (`arrivals`, `mailbox`), what follows from an arrival (`orchestration.collect`,
`orchestration.sensors`).
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from cchc.errors import BusyError
from cchc.messages import translator
from cchc.secrets import without_secret
from pipelines.arrival.arrivals import Arrival, look_into
from pipelines.arrival.intake import Receipt
from pipelines.arrival.mailbox import PassedOver, fetch_post, load_cursor, save_cursor
from pipelines.settings import Settings
from warehouse.connection import held_alone

_ = translator("operations")

PATIENCE = timedelta(minutes=15)
"""How long an intake waits for another; a round of scans takes minutes."""

TakeIn = Callable[[list[Arrival]], list[Receipt]]
"""Takes in arrivals; the files are there only while it runs."""


@dataclass(frozen=True)
class Taken:
    """What a look brought: receipts, names of files not whole yet, letters passed over, names we may not open."""

    receipts: tuple[Receipt, ...] = ()
    unfinished: tuple[str, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    barred: tuple[str, ...] = ()


@contextmanager
def intake_lock(settings: Settings, patience: timedelta = PATIENCE) -> Iterator[None]:
    """Let one intake at a time pass: of this home, and of all homes whose warehouse is the same PostgreSQL database.

    Raises:
        BusyError: another intake is not done after `patience`; may be tried again.
        WarehouseBusyError: the server of the warehouse cannot be reached.
    """
    lock = FileLock(settings.home / ".intake.lock", timeout=patience.total_seconds())
    try:
        lock.acquire()
    except Timeout as error:
        raise _busy(str(settings.home), patience) from error
    try:
        with held_alone(settings.warehouse_url, "intake", patience.total_seconds()) as got:
            if not got:
                raise _busy(without_secret(settings.warehouse_url), patience)
            yield
    finally:
        lock.release()


def _busy(where: str, patience: timedelta) -> BusyError:
    text = _("another intake has been at work in {home} for {n} minutes; try again when it is done")
    return BusyError(text.format(home=where, n=int(patience.total_seconds() // 60)))


def take_in_inbox(settings: Settings, take: TakeIn, clock: datetime, received_at: datetime | None = None) -> Taken:
    """Take in what lies whole in the inbox."""
    with intake_lock(settings):
        look = look_into(settings.inbox, clock, received_at=received_at)
        return Taken(tuple(take(list(look.whole))) if look.whole else (), look.unfinished, barred=look.barred)


def take_in_post(settings: Settings, take: TakeIn) -> Taken:
    """Take in what known senders attached to letters; how far the mailbox was read moves on only afterwards.

    Raises:
        ConfigurationError: no mailbox is set.
        DeliveryError: the server cannot be reached; may be tried again.
    """
    cursor_file = settings.home / "mailbox.json"
    with intake_lock(settings), tempfile.TemporaryDirectory(prefix="cchc-mail-") as folder:
        post = fetch_post(settings.mail, load_cursor(cursor_file), Path(folder))
        receipts = take(list(post.arrivals)) if post.arrivals else []
        save_cursor(cursor_file, post.cursor)
    return Taken(tuple(receipts), (), post.passed_over)
