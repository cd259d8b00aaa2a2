"""How much processor time a document may take beyond the usual: a reader that finds much to do says so.

Belongs here: the one word by which work in a child process is given more time.
Stays out: watching the time (`worker`), limits (`limits`).
"""

from __future__ import annotations

from collections.abc import Callable

_listeners: list[Callable[[float], None]] = []


def listen(listener: Callable[[float], None]) -> None:
    """Let a function hear of every request for more seconds; it takes the place of the one before."""
    _listeners[:] = [listener]


def ask_for(seconds: float) -> None:
    """Ask for more seconds of processor time; without a listener nothing limits the time."""
    for listener in _listeners:
        listener(seconds)
