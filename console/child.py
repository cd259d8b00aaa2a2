"""The child that works for the page: begun once, given one order after another, ended when it long had nothing to do.

Belongs here: its life, and what it says while it works. Stays out: which jobs there are (`jobs`), the work (`worker`).

Importing what reads, checks and writes takes seconds; a child that stays has done it when the next order comes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipelines.settings import Settings

IDLE_SECONDS = 900.0
"""How long a child waits for an order before it gives its memory back."""
MOST_ORDERS = 20
"""How many orders a child takes before it is renewed, so that what leaks in a library stays bounded."""

WORKER = (sys.executable, "-c", "from console.worker import main; main()")
"""No module by name: children that read files would import again whatever the main module of their parent imports."""


class Child:
    """A process that takes one order at a time, begun when first needed and anew after it broke."""

    def __init__(self, settings: Settings, command: Sequence[str] = WORKER) -> None:
        self._settings = settings
        self._command = command
        self._process: subprocess.Popen[str] | None = None
        self._given = 0
        self._lock = threading.Lock()
        self._rest: threading.Timer | None = None

    def begin(self) -> None:
        """Begin the process before there is an order, so that nobody waits while it imports."""
        with self._lock:
            self._alive()

    def do(self, order: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Yield what the process says of an order, the last of it with a verdict `good`; without one it broke."""
        with self._lock:
            yield from self._said(order)

    def end(self) -> None:
        """End the process, whatever it does."""
        if self._rest is not None:
            self._rest.cancel()
        self._kill()

    def _said(self, order: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        process = self._alive()
        self._given += 1
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(order) + "\n")
            process.stdin.flush()
        except (BrokenPipeError, OSError):
            return
        for line in process.stdout:
            said = _understood(line)
            yield said
            if "good" in said:
                return
        process.wait()

    def _alive(self) -> subprocess.Popen[str]:
        """Return the process, begun where there is none; from now on its idle time counts anew."""
        self._let_rest_later()
        if self._given >= MOST_ORDERS:
            self._kill()
        if self._process is None or self._process.poll() is not None:
            self._given = 0
            self._process = begun(self._command, _environment(self._settings))
        return self._process

    def _let_rest_later(self) -> None:
        if self._rest is not None:
            self._rest.cancel()
        self._rest = threading.Timer(IDLE_SECONDS, self._let_rest)
        self._rest.daemon = True
        self._rest.start()

    def _let_rest(self) -> None:
        """End a process that has nothing to do; one at work goes on and is looked at again later."""
        if not self._lock.acquire(blocking=False):
            self._let_rest_later()
            return
        try:
            self._kill()
        finally:
            self._lock.release()

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()


def begun(command: Sequence[str], environment: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    """Return a process of ours, an order a line in, an answer a line out; what libraries complain of is not kept."""
    return subprocess.Popen(  # noqa: S603 (our own child, no word from outside)
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    )


def _understood(line: str) -> dict[str, Any]:
    """Return what a line says, nothing where a library has printed it."""
    try:
        said = json.loads(line)
    except json.JSONDecodeError:
        return {}
    return said if isinstance(said, dict) else {}


def _environment(settings: Settings) -> dict[str, str]:
    """Return the environment under which a child has the same settings."""
    return os.environ | {
        "CCHC_HOME": str(settings.home),
        "CCHC_INBOX": str(settings.inbox),
        "CCHC_WAREHOUSE_URL": settings.warehouse_url,
        "CCHC_ARCHIVE_URL": settings.archive_url,
        "CCHC_SCORECARD": settings.scorecard,
        "CCHC_WORKERS": str(settings.workers),
        "OMP_THREAD_LIMIT": "1",
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")]).rstrip(":"),
    }
