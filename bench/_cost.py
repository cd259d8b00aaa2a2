"""What a process has cost: seconds of the processor, its own and those of every process below it.

Belongs here: adding them up. Stays out: what is measured.
"""

from __future__ import annotations

from contextlib import suppress

import psutil


def processor_seconds() -> float:
    """Return what this process, its children and theirs have used, those that ended and those that go on.

    Readers are forked from a server that goes on, so that children that ended here are not all.
    """
    own = psutil.Process()
    return sum(map(_of, (own, *own.children(recursive=True))))


def _of(process: psutil.Process) -> float:
    """Return the seconds of one process and of its children that ended."""
    with suppress(psutil.NoSuchProcess):
        used = process.cpu_times()
        return float(used.user + used.system + used.children_user + used.children_system)
    return 0.0
