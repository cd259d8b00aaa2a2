"""The office's own words for what messages speak of: its level, its units, itself.

Belongs here: the terms from the office's folder, by the names under which message catalogues use them.
Stays out: putting them into messages (`cchc.messages`), the sentences of papers (`catalogue.paper`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from catalogue.office import office
from catalogue.offices import OFFICE_FILE, UNITS_FILE, current_folder
from catalogue.wards import load_units

_ORDER = ("xã", "phường", "thị trấn", "đặc khu")
"""The order in which papers list the kinds."""


def terms() -> Mapping[str, str]:
    """Return the terms of the current office: `level`, `units`, `office`, each in lower case but for names."""
    return _terms(current_folder())


def units_word() -> str:
    """Return how the office's units are spoken of together: "xã, phường"."""
    return terms()["units"]


def _terms(folder: Path) -> Mapping[str, str]:
    own = office(folder / OFFICE_FILE)
    kinds = {unit.kind for unit in load_units(folder / UNITS_FILE).values()}
    return {
        "level": own.above[0].kind,
        "units": ", ".join(kind for kind in _ORDER if kind in kinds) or ", ".join(_ORDER[:2]),
        "office": own.short_name,
    }
