from __future__ import annotations

import os
import time
from pathlib import Path

import psutil
import pytest

from cchc.errors import CatalogueError, DocumentError, MissingPackageError
from cchc.messages import use_language
from parsers.limits import Limits
from parsers.outcomes import Outcome
from parsers.pool import ReaderPool
from tests.readers.tasks import behave, made_ahead

BRISK = Limits(seconds=1.0)
TIGHT = Limits(seconds=60.0, memory_bytes=300 * 1024 * 1024)


@pytest.fixture(scope="module")
def brisk():
    """Return a pool with little time."""
    with ReaderPool(behave, workers=2, limits=BRISK) as pool:
        pool.run(Path("warm"))
        yield pool


@pytest.fixture(scope="module")
def pool():
    """Return a pool with little memory."""
    with ReaderPool(behave, workers=2, limits=TIGHT) as pool:
        pool.run(Path("warm"))
        yield pool


def test_a_worker_begins_with_the_phrases_made_whatever_the_task():
    """The server that workers are forked from has made what every reading needs, once for all of them."""
    with ReaderPool(made_ahead, workers=1) as pool:
        assert pool.run(Path("any")) == (True, 1)


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("eat", Outcome.OUT_OF_MEMORY),
        ("exit", Outcome.CRASHED),
        ("segfault", Outcome.CRASHED),
        ("killed", Outcome.CRASHED),
        ("raise", Outcome.CRASHED),
        ("lock", Outcome.CRASHED),
        ("recurse", Outcome.DAMAGED),
        ("refuse", Outcome.ENCRYPTED),
    ],
)
class TestBadTasks:
    def test_ends_in_its_named_outcome_and_the_pool_goes_on(self, pool, name, outcome):
        """Whatever a task does, its path gets a named outcome in time and the next path is read."""
        with pytest.raises(DocumentError) as caught:
            pool.run(Path(name))

        assert caught.value.outcome == outcome
        assert str(caught.value)
        assert pool.run(Path("good.pdf")) == "read good.pdf"


@pytest.mark.parametrize("name", ["hang", "hang_deaf"])
class TestSlowTasks:
    def test_is_stopped_when_its_time_is_up(self, brisk, name):
        """A task that hangs, even deaf to signals, is stopped soon after its time and the next path is read."""
        began = time.monotonic()

        with pytest.raises(DocumentError) as caught:
            brisk.run(Path(name))

        assert caught.value.outcome == Outcome.TIMED_OUT
        assert BRISK.seconds <= time.monotonic() - began < 20
        assert brisk.run(Path("good.pdf")) == "read good.pdf"


class TestTime:
    def test_waiting_for_a_busy_machine_costs_nothing(self, brisk):
        """A task within its processor time is read, however long it had to wait for the processor."""
        assert brisk.run(Path("wait")) == "waited"

    def test_who_asks_for_more_gets_it(self, brisk):
        """A task that says it has much to do may take longer than others, this once."""
        assert brisk.run(Path("much")) == "done"
        with pytest.raises(DocumentError):
            brisk.run(Path("hang_deaf"))

    def test_words_of_a_library_stay_in_the_log(self, pool):
        """What a library says of its failure is kept with the error and not shown."""
        with pytest.raises(DocumentError) as caught:
            pool.run(Path("raise"))

        assert caught.value.detail
        assert caught.value.detail not in str(caught.value)


class TestGoodTasks:
    def test_every_path_comes_back_once(self, brisk):
        """Bad neighbours lose no good path: each comes back exactly once, with its own result."""
        names = ["a", "hang", "b", "exit", "c", "d", "raise", "e"]

        found = dict(brisk.run_many(Path(n) for n in names))

        assert set(found) == {Path(n) for n in names}
        assert all(found[Path(n)] == f"read {n}" for n in "abcde")
        assert {found[Path(n)].outcome for n in ("hang", "exit", "raise")} == {Outcome.TIMED_OUT, Outcome.CRASHED}

    def test_returned_none_is_an_answer(self, pool):
        """A task may return nothing."""
        assert pool.run(Path("none")) is None

    def test_workers_stay_warm(self):
        """A good report does not pay for a new process."""
        with ReaderPool(behave, workers=1) as warm:
            assert len({warm.run(Path("pid")) for _try in range(5)}) == 1

    def test_worker_is_renewed_after_many_reports(self, monkeypatch):
        """A worker is recycled, so that what leaks in a library stays bounded."""
        monkeypatch.setattr("parsers.worker.RECYCLED_AFTER", 2)

        with ReaderPool(behave, workers=1) as recycled:
            pids = [recycled.run(Path("pid")) for _try in range(4)]

        assert pids[0] == pids[1] != pids[2] == pids[3]

    def test_what_is_done_meanwhile_is_done_once(self):
        """Whoever waits for the first path does something of its own meanwhile, and loses no path by it."""
        done = []

        with ReaderPool(behave, workers=2, meanwhile=lambda: done.append("imported")) as pool:
            found = [dict(pool.run_many(Path(n) for n in "abc")), dict(pool.run_many([Path("d")]))]

        assert [sorted(map(str, one)) for one in found] == [["a", "b", "c"], ["d"]]
        assert done == ["imported"]

    def test_message_is_in_the_language_of_the_caller(self, pool):
        """The child speaks the language of whoever asks."""
        with use_language("en"):
            assert pool.run(Path("language")) == "en"
        assert pool.run(Path("language")) == "vi"

    def test_error_that_is_no_fault_of_the_file_is_raised(self, pool):
        """A broken catalogue stops the run instead of blaming every report."""
        with pytest.raises(CatalogueError, match=r"wards\.csv"):
            list(pool.run_many([Path("catalogue")]))

    def test_a_missing_package_is_named_with_the_remedy(self, pool):
        """An environment older than the lock stops the run and says which package it lacks."""
        with pytest.raises(MissingPackageError, match=r"nowhere.*requirements\.lock"):
            list(pool.run_many([Path("import")]))


def alive(pid: int) -> bool:
    """Return whether a process still runs."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


class TestEndings:
    def test_what_a_worker_started_dies_with_it(self, tmp_path, monkeypatch):
        """A program that a hanging reader started does not outlive it."""
        noted = tmp_path / "pid"
        monkeypatch.setenv("CHILD_FILE", str(noted))

        with ReaderPool(_spawning, workers=1, limits=Limits(seconds=1.5)) as pool, pytest.raises(DocumentError):
            pool.run(noted)

        child = int(noted.read_text())
        # A killed process is gone a moment after the signal, and a zombie where nobody collects it.
        deadline = time.monotonic() + 10
        while alive(child) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not alive(child)

    def test_no_worker_outlives_the_pool(self):
        """Leaving the pool ends its children, idle or at work."""
        with ReaderPool(behave, workers=2) as pool:
            pid = pool.run(Path("pid"))
            started = pool.run_many([Path("a"), Path("hang")])
            next(started)

        assert not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
        assert not [c for c in psutil.Process(os.getpid()).children() if c.name() == "reader"]


def _spawning(path):
    os.environ["CHILD_FILE"] = str(path)
    return behave(Path("spawn"))
