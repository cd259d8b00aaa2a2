"""Things made once for all workers of a run.

Belongs here: where they lie and who makes them. Stays out: what they are.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock


def of_the_run(own: Path) -> Path:
    """Return the folder that all workers of a run share, from the base folder of one."""
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


def made_once(folder: Path, make: Callable[[Path], None]) -> Path:
    """Return a folder that whichever worker comes first fills; the others wait for it, and nobody changes it after."""
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            folder.mkdir()
            try:
                make(folder)
            except BaseException:
                shutil.rmtree(folder)
                raise
    return folder
