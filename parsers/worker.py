"""One guarded child process, from both sides: as the parent sees it, and what it does.

Belongs here: starting and ending a child, its limits of processor time and memory, and what to call its end.
Stays out: sharing work among children (`pool`), reading (`parsers.readers`).

A worker is forked from a server that has the readers already imported, so that a new one costs milliseconds. It takes
one path at a time, says that it has begun (from then on time counts: that of the processor, for the machine may be
busy), and sends back a pickled value. It leads its own
process group, so that what it started dies with it. Server and workers end with the parent, however that ends.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from typing import Any, cast

import psutil

from cchc.errors import CchcError, DocumentError
from cchc.messages import Language, language, set_language, translator
from cchc.packages import missing_package
from parsers.lifeline import end_with_server
from parsers.limits import Limits
from parsers.outcomes import Outcome
from parsers.patience import listen

_ = translator("readers")

RECYCLED_AFTER = 40
"""How many paths a worker answers before it is renewed, so that what leaks in a library stays bounded."""

_PRELOADED = (
    "parsers.lifeline_server",
    "parsers.readers",
    "parsers.readers.common.ruled_tables",
    "parsers.readers.ocr.recognise",
    "parsers.warm",
)
"""The server is started once, by the first pool of a process, whatever its task: all that any task needs is here."""
_GRACE = 5.0  # seconds; by hand: a child that was told to end has nothing left to write
_START = 60.0  # seconds; by hand, for the imports on a full machine
_BEGUN = "begun"
_PATIENCE = 8.0
"""How many times the allowed processor time may pass on the clock: a busy machine is no fault of the file."""
_NEARLY_FULL = 0.8  # by hand
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Value:
    """What a task returned; a wrapper, so that a returned None is no missing answer."""

    value: Any


@dataclass(frozen=True)
class More:
    """A child's word that its path needs more seconds of processor time."""

    seconds: float


@dataclass
class Worker:
    """One child process as the parent sees it."""

    task: Callable[[Path], Any]
    limits: Limits
    path: Path | None = None
    done: int = 0
    deadline: float = 0.0
    allowed: float = 0.0
    spent_before: float = 0.0
    largest: int = 0
    spent: bool = False
    pipe: Connection = field(init=False)
    process: multiprocessing.process.BaseProcess = field(init=False)

    def __post_init__(self) -> None:
        """Start the child."""
        context = multiprocessing.get_context("forkserver")
        _preload(getattr(self.task, "func", self.task).__module__)
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(
            target=_serve, args=(theirs, self.task, self.limits.memory_bytes), daemon=True, name="reader"
        )
        self.process.start()
        theirs.close()

    def give(self, path: Path) -> None:
        """Set the child to work on a path."""
        self.path, self.largest = path, 0
        self._begin(_START)
        with suppress(BrokenPipeError, ConnectionResetError):
            self.pipe.send((path, language()))

    def answer(self) -> Value | CchcError | None:
        """Return the child's result or the reason it ended; None while it is at work within its limits."""
        answer = self._received() or self._ended() or self._over()
        if answer is not None:
            self.path = None
            self.done += 1
            self.spent = self.spent or self.done >= RECYCLED_AFTER
        return answer

    def _received(self) -> Value | CchcError | None:
        """Return what the child has sent, None for nothing yet."""
        try:
            answer = self.pipe.recv() if self.pipe.poll() else None
        except (EOFError, OSError):
            self.process.join(_GRACE)
            return None
        if answer == _BEGUN:
            self._begin(0.0)
            return None
        if isinstance(answer, More):
            self.allowed += answer.seconds
            self.deadline += answer.seconds * _PATIENCE
            return None
        return cast("Value | CchcError | None", answer)

    def _begin(self, extra: float) -> None:
        """Let time count from now; `extra` seconds may pass before the child says that it has begun."""
        self.allowed = self.limits.seconds
        self.spent_before = _processor_time(self._family())
        self.deadline = time.monotonic() + extra + self.limits.seconds * _PATIENCE

    def _family(self) -> list[psutil.Process]:
        """Return the child and all it started; finding them walks over every process of the machine."""
        with suppress(psutil.Error):
            own = psutil.Process(self.process.pid)
            return [own, *own.children(recursive=True)]
        return []

    def _ended(self) -> DocumentError | None:
        """Return why the child is no more, None while it lives."""
        if self.process.is_alive():
            return None
        self.spent = True
        if self.largest > _NEARLY_FULL * self.limits.memory_bytes:
            return self._out_of_memory()
        return DocumentError(
            Outcome.CRASHED,
            _(
                "The program that reads the file broke down on it (exit {code}). Try again, or ask for another format."
            ).format(code=self.process.exitcode),
        )

    def _over(self) -> DocumentError | None:
        """Return which limit the child is over, None while it is within them."""
        family = self._family()
        with suppress(psutil.Error):
            self.largest = sum(one.memory_info().rss for one in family)
        if self.largest > self.limits.memory_bytes:
            self.spent = True
            return self._out_of_memory()
        if _processor_time(family) - self.spent_before > self.allowed or time.monotonic() > self.deadline:
            self.spent = True
            return DocumentError(
                Outcome.TIMED_OUT,
                _("Reading the file took longer than {seconds} seconds and was stopped.").format(
                    seconds=round(self.allowed)
                ),
            )
        return None

    def _out_of_memory(self) -> DocumentError:
        """Return the error of a child that took too much memory."""
        return _too_hungry(self.limits.memory_bytes)

    def stop(self) -> None:
        """End the child and all it started."""
        with suppress(ProcessLookupError, PermissionError):
            if self.process.pid is not None and self.process.is_alive():
                os.killpg(self.process.pid, signal.SIGKILL)
        if self.process.is_alive():
            self.process.kill()
        self.process.join(_GRACE)
        self.pipe.close()


def _processor_time(family: list[psutil.Process]) -> float:
    """Return the seconds of processor time that a child and all it started have taken."""
    with suppress(psutil.Error):
        return sum(sum(one.cpu_times()[:4]) for one in family)
    return 0.0


def _too_hungry(memory_bytes: int) -> DocumentError:
    """Return the error of a file that takes too much memory."""
    return DocumentError(
        Outcome.OUT_OF_MEMORY,
        _("Reading the file took more than {size} MB of memory and was stopped.").format(
            size=memory_bytes // _MEGABYTE
        ),
    )


def start_server() -> None:
    """Let the server that workers are forked from begin its imports, and return at once; the first worker waits less.

    Settings of the environment must stand: server and workers keep those of this moment.
    """
    _preload()
    forkserver.ensure_running()


def _preload(*more: str) -> None:
    multiprocessing.get_context("forkserver").set_forkserver_preload([*_PRELOADED, *more])


def _serve(pipe: Connection, task: Callable[[Path], Any], memory_bytes: int) -> None:
    """Answer paths until the parent is gone; the life of a child."""
    end_with_server()
    with suppress(PermissionError):
        os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory(memory_bytes)
    speaking = Lock()

    def ask(seconds: float) -> None:
        with speaking:
            pipe.send(More(seconds))

    listen(ask)
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            path, spoken = cast("tuple[Path, Language]", pipe.recv())
            pipe.send(_BEGUN)
            set_language(spoken)
            answer = _answer(task, path, memory_bytes)
            try:
                pipe.send(answer)
            except (TypeError, AttributeError, ValueError) as error:
                pipe.send(_unexpected(error))


def _limit_memory(memory_bytes: int) -> None:
    """Let allocations beyond what the child already has plus the limit fail, whatever the parent sees."""
    held = psutil.Process().memory_info().vms
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (held + memory_bytes, resource.RLIM_INFINITY))


def _answer(task: Callable[[Path], Any], path: Path, memory_bytes: int) -> Value | CchcError:
    """Return what a task makes of a path, or the project's error for how it failed."""
    try:
        return Value(task(path))
    except CchcError as error:
        return error
    except MemoryError:
        return _too_hungry(memory_bytes)
    except ModuleNotFoundError as error:
        return missing_package(error)
    except RecursionError:
        return DocumentError(Outcome.DAMAGED, _("The file is nested deeper than any report. Save it anew."))
    except Exception as error:  # noqa: BLE001 - hostile bytes raise anything; the child's edge gives it a name
        return _unexpected(error)


def _unexpected(error: Exception) -> DocumentError:
    """Return the named outcome of an error nobody foresaw."""
    return DocumentError(
        Outcome.CRASHED,
        _("The file broke the program that reads it. Try again, or ask for another format."),
        f"{type(error).__name__}: {error}",
    )
