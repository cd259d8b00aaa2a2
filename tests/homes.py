"""A prepared home, made once a process and copied for every test that wants one of its own.

Belongs here: making and copying it. Stays out: what lies in it beyond what `prepare_home` makes.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from pipelines.home import prepare_home
from pipelines.settings import Settings, load_settings


def new_home(settings: Settings) -> None:
    """Prepare a home where none is: migrating its two databases takes a second, copying them none."""
    shutil.copytree(_template(), settings.home, dirs_exist_ok=True)
    prepare_home(settings)


@cache
def _template() -> Path:
    """Return the folder of a prepared home, gone when the process ends."""
    folder = Path(tempfile.mkdtemp(prefix="cchc-home-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    prepare_home(load_settings({"CCHC_HOME": str(folder / "home")}))
    return folder / "home"
