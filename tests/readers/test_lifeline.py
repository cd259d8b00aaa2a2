"""Server and workers end with the process they serve."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("what", ["hang_in_server", "hang_in_import"])
def test_nobody_outlives_a_killed_parent(what: str) -> None:
    """Whoever reads what a killed process printed comes to its end: no server, worker or tracker holds the pipe."""
    command = f"from tests.readers.tasks import {what}; {what}()"
    with subprocess.Popen([sys.executable, "-c", command], cwd=ROOT, stdout=subprocess.PIPE, stderr=-2) as parent:
        assert parent.stdout is not None
        begun = parent.stdout.readline()

        parent.send_signal(signal.SIGKILL)

        left, _nothing = parent.communicate(timeout=300)
        assert (begun, left, parent.returncode) == (b"hangs\n", b"", -signal.SIGKILL)
