"""A prepared home and an empty warehouse, made once a process and copied for every test that wants one of its own.

Belongs here: making and copying them. Stays out: what lies in them beyond what the product itself makes.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from sqlalchemy import Engine

from pipelines.home import prepare_home
from pipelines.settings import Settings, load_settings
from warehouse.connection import open_warehouse


def new_home(settings: Settings) -> None:
    """Prepare a home where none is: migrating its two databases takes a second, copying them none."""
    shutil.copytree(_template(), settings.home, dirs_exist_ok=True)
    prepare_home(settings)


def new_warehouse(folder: Path) -> Engine:
    """Return the warehouse of a folder, an empty one where there is none: migrating takes a second, copying none."""
    path = folder / "warehouse.db"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(empty_warehouse())
    return open_warehouse(f"sqlite:///{path}")


@cache
def empty_warehouse() -> bytes:
    """Return the file of an empty warehouse."""
    with tempfile.TemporaryDirectory(prefix="cchc-warehouse-") as folder:
        path = Path(folder) / "template.db"
        open_warehouse(f"sqlite:///{path}").dispose()
        return path.read_bytes()


@cache
def _template() -> Path:
    """Return the folder of a prepared home, gone when the process ends."""
    folder = Path(tempfile.mkdtemp(prefix="cchc-home-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    prepare_home(load_settings({"CCHC_HOME": str(folder / "home")}))
    return folder / "home"
