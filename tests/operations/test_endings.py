"""A process that is asked to end while it runs partitions goes no further."""

from __future__ import annotations

import os
import signal
import threading

import dagster as dg
import pytest

from cchc.errors import StandstillError
from pipelines.orchestration.endings import asked_to_end
from pipelines.orchestration.process import _executed


@pytest.mark.parametrize(
    ("sent", "heard"), [(signal.SIGTERM, True), (signal.SIGINT, True), (signal.SIGUSR1, False), (None, False)]
)
def test_who_swallows_a_signal_does_not_hide_it(sent: signal.Signals | None, *, heard: bool) -> None:
    """Whatever handler stands in, being asked to end is heard, and heard once; other signals are none of it."""
    former = {each: signal.signal(each, lambda *_: None) for each in (signal.SIGTERM, signal.SIGINT, signal.SIGUSR1)}
    try:
        with asked_to_end() as was_asked:
            if sent is not None:
                os.kill(os.getpid(), sent)
            first, again = was_asked(), was_asked()
    finally:
        for each, handler in former.items():
            signal.signal(each, handler)

    assert (first, again) == (heard, False)


def test_another_thread_hears_nothing() -> None:
    """Signals belong to the main thread; elsewhere nothing is changed and nothing said."""
    answers: list[bool] = []

    def listen() -> None:
        with asked_to_end() as was_asked:
            answers.append(was_asked())

    thread = threading.Thread(target=listen)
    thread.start()
    thread.join()

    assert answers == [False]


def test_no_further_run_begins() -> None:
    """A signal breaks its run off, and whoever called it is told instead of given the next one."""

    @dg.op
    def ask() -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    @dg.graph
    def asking() -> None:
        ask()

    with dg.DagsterInstance.ephemeral() as instance, pytest.raises(StandstillError, match="chạy lại lệnh"):
        _executed(asking.to_job(), instance, {})
