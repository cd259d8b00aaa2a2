"""Which office this process works for, and where the folders of offices lie.

Belongs here: the folder of the current office, the folders that ship, the files in them.
Stays out: what the files say (`catalogue.office`, `catalogue.wards`, `catalogue.roundfile`).

The current office is `CCHC_OFFICE` (a folder, or the name of a shipped one), else the folder `office` in the home,
else the shipped one that stands first in use. A process works for one office; another office is another process.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path

from cchc.errors import CatalogueError
from cchc.messages import translator

_ = translator("catalogue")

OFFICE_FILE = "office.yaml"
UNITS_FILE = "units.csv"
DEFAULT = "duc-pho"
"""The shipped office that is used where none is set up."""


def current_folder() -> Path:
    """Return the folder of the office this process works for.

    Raises:
        CatalogueError: `CCHC_OFFICE` names neither a folder with an `office.yaml` nor a shipped office.
    """
    return folder_of(os.environ)


def folder_of(environ: Mapping[str, str]) -> Path:
    """Return the folder of the office that an environment names; raises as `current_folder` does."""
    return _current(environ.get("CCHC_OFFICE", ""), environ.get("CCHC_HOME") or "var")


def office_name(folder: Path) -> str:
    """Return the name by which an office is spoken of: that of its folder, or of the home the folder stands in."""
    return folder.parent.name if folder.name == "office" else folder.name


@cache
def shipped_folders() -> dict[str, Path]:
    """Return the folders of the shipped offices by name."""
    root = Path(str(resources.files("offices")))
    return {path.parent.name: path.parent for path in sorted(root.glob(f"*/{OFFICE_FILE}"))}


def office_file(name: str) -> Path:
    """Return a file of the current office, the catalogue's general one where the office has none of its own."""
    own = current_folder() / name
    return own if own.is_file() else _general() / name


@cache
def _general() -> Path:
    return Path(str(resources.files("catalogue")))


def _current(told: str, home: str) -> Path:
    """Return the folder; whether the home has one of its own is looked up each time, for it may just be made."""
    if told:
        return _told(told)
    own = _own(home)
    return own if (own / OFFICE_FILE).is_file() else shipped_folders()[DEFAULT]


@cache
def _own(home: str) -> Path:
    return Path(home).expanduser().resolve() / "office"


@cache
def _told(name: str) -> Path:
    folder = Path(name).expanduser()
    if (folder / OFFICE_FILE).is_file():
        return folder.resolve()
    if name in shipped_folders():
        return shipped_folders()[name]
    known = ", ".join(shipped_folders())
    says = _("CCHC_OFFICE is '{name}', which has no {file}; name an office's folder or one of {known}")
    raise CatalogueError(says.format(name=name, file=OFFICE_FILE, known=known))
