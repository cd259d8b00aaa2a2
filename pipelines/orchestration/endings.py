"""Hearing that this process was asked to end while Dagster had its hands on the signals.

Belongs here: whether SIGTERM or SIGINT came during a stretch of code. Stays out: what is done then.

While a run is executed, Dagster answers both signals by breaking that run off, and forgets one that comes at its very
end. A collection of many runs would then go on with the next.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_ENDING = frozenset({signal.SIGTERM, signal.SIGINT})


@contextmanager
def asked_to_end() -> Iterator[Callable[[], bool]]:
    """Give a function that returns whether this process was asked to end since; False in another than its main thread.

    Python writes the number of every signal into a pipe, whoever handles it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    os.set_blocking(writing, False)
    former = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    try:
        yield lambda: not _ENDING.isdisjoint(_read(reading))
    finally:
        signal.set_wakeup_fd(former)
        os.close(reading)
        os.close(writing)


def _read(pipe: int) -> bytes:
    """Return what lies in a pipe: a byte a signal."""
    try:
        return os.read(pipe, 4096)
    except BlockingIOError:
        return b""
