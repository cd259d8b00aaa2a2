"""Processes that end with the one they serve, however that one ends.

Belongs here: how the server of children learns that its parent is gone, and how a child ends with its server.
Stays out: starting and ending children in the ordinary way (`worker`).

A parent that is killed cannot end its children. The server looks itself for its parent, while it imports too; the
kernel ends a child whose server ended, be it in the middle of a page. What they hold open (a terminal, a pipe that
somebody reads to its end) is then free at once.
"""

from __future__ import annotations

import ctypes
import os
import signal
from contextlib import suppress

_LOOK = 0.5
"""Seconds between two looks for the parent."""

_PR_SET_PDEATHSIG = 1
"""Number of the request in Linux's `prctl`: the signal that this process gets when its parent ends."""


def end_with_parent() -> None:
    """Let this process end soon after its parent, by looking for it; a timer, so that no thread is there at a fork."""
    parent = os.getppid()

    def look(*_signal: object) -> None:
        if os.getppid() != parent:
            os._exit(1)

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, _LOOK, _LOOK)


def end_with_server() -> None:
    """Let the kernel end this process with the one that forked it; where it cannot, it ends after its path.

    That one must fork from its only thread: Linux means the thread that forked, not the process.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
