"""Reading in guarded child processes: a hang, a crash or a bomb ends in a named outcome and the round goes on.

Belongs here: sharing paths among a few warm workers and handing back what they make of each.
Stays out: the life and the limits of one worker (`worker`); limits of pages and unpacked bytes are the readers'.

A pool belongs to one thread.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import wait
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, TypeVar, cast

from cchc.errors import CchcError, DocumentError
from parsers.limits import DEFAULT_LIMITS, Limits
from parsers.worker import Value, Worker

T = TypeVar("T")

_GLANCE = 0.1  # seconds between two looks at limits: short beside any limit, long beside what a look costs
_LOG = logging.getLogger("cchc.readers")


class ReaderPool(Generic[T]):
    """A few child processes that run `task` on paths, one path each at a time.

    `task` is a module-level function, or a `functools.partial` of one, that takes a path and returns a picklable value;
    it may raise DocumentError. Use as a context manager.
    """

    def __init__(
        self,
        task: Callable[[Path], T] | None = None,
        *,
        workers: int = 2,
        limits: Limits = DEFAULT_LIMITS,
        meanwhile: Callable[[], None] | None = None,
    ) -> None:
        """Set up a pool of `workers` children, started when first needed; the default task reads a document.

        `meanwhile` is called once, when the first children have been given their first paths.
        """
        self._task = task if task is not None else _default_task()
        self._limits = limits
        self._meanwhile = meanwhile
        self._size = max(workers, 1)
        self._workers: list[Worker] = []

    def __enter__(self) -> ReaderPool[T]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End every child."""
        for worker in self._workers:
            worker.stop()
        self._workers.clear()

    def run(self, path: Path) -> T:
        """Return what the task makes of one path; raises DocumentError with a named outcome."""
        for _path, result in self.run_many([path]):
            if isinstance(result, DocumentError):
                raise result
            return result
        raise AssertionError("run_many yields one result a path")

    def run_many(self, paths: Iterable[Path]) -> Iterator[tuple[Path, T | DocumentError]]:
        """Yield every path with what the task makes of it, or with its error, as they finish.

        An error of the project other than DocumentError (a broken catalogue, say) is no fault of the file and is
        raised. Whoever stops taking results early ends the children at work.
        """
        waiting = iter(paths)
        try:
            more = True
            while True:
                while more and (idle := self._idle()) is not None:
                    path = next(waiting, None)
                    if path is None:
                        more = False
                    else:
                        idle.give(path)
                busy = [w for w in self._workers if w.path is not None]
                if not busy:
                    return
                meanwhile, self._meanwhile = self._meanwhile, None
                if meanwhile is not None:
                    meanwhile()
                yield from self._finished(busy)
        finally:
            for worker in [w for w in self._workers if w.path is not None]:
                self._drop(worker)

    def _idle(self) -> Worker | None:
        """Return a worker that waits, starting one where there is room; None where all are at work."""
        for worker in [w for w in self._workers if w.path is None]:
            if worker.process.is_alive():
                return worker
            self._drop(worker)
        if len(self._workers) < self._size:
            self._workers.append(Worker(self._task, self._limits))
            return self._workers[-1]
        return None

    def _finished(self, busy: list[Worker]) -> Iterator[tuple[Path, T | DocumentError]]:
        """Yield what is done after one glance at the workers; those over a limit are ended."""
        wait([w.pipe for w in busy] + [w.process.sentinel for w in busy], timeout=_GLANCE)
        for worker in busy:
            path, answer = worker.path, worker.answer()
            if answer is None or path is None:
                continue
            if worker.spent:
                self._drop(worker)
            if isinstance(answer, CchcError) and not isinstance(answer, DocumentError):
                raise answer
            if isinstance(answer, DocumentError) and answer.detail:
                _LOG.info("%s: %s: %s", path.name, answer.outcome, answer.detail)
            yield path, cast("T | DocumentError", answer.value if isinstance(answer, Value) else answer)

    def _drop(self, worker: Worker) -> None:
        """End a worker and forget it."""
        worker.stop()
        self._workers.remove(worker)


def _default_task() -> Callable[[Path], Any]:
    """Return the reading of a document; imported late, for the readers need not be known to whoever brings a task."""
    from parsers.readers import read_document

    return read_document
