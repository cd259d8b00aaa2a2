"""The office whose name stands on the papers.

Belongs here: letterhead, symbols, addressees, recipients, signatories, the levels above the units and the tile map,
loaded from an office's `office.yaml`.
Stays out: how a paper is laid out (`publications`), wards themselves (`catalogue.wards`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from catalogue.forms import form_in
from catalogue.offices import OFFICE_FILE, UNITS_FILE, current_folder
from catalogue.source import line_of, load_yaml
from catalogue.wards import load_units, wards
from cchc.errors import CatalogueError
from cchc.messages import translator

_ = translator("catalogue")

_SECTIONS: dict[str, tuple[str, ...]] = {
    "agency": ("parent", "name", "full_name", "short_name", "district", "province", "place"),
    "nation": ("name", "motto"),
    "symbols": ("report", "letter"),
    "addressees": ("report",),
    "recipients": ("report", "letter"),
    "signatories": ("head", "deputy"),
}


_OTHERS = {"form", "tiles", "above"}
"""Sections of a form of their own."""


@dataclass(frozen=True)
class Level:
    """A unit above the communes, as ("thị xã", "Đức Phổ")."""

    kind: str
    name: str

    @property
    def full_name(self) -> str:
        """Return kind and name, as "thị xã Đức Phổ"."""
        return f"{self.kind} {self.name}"


@dataclass(frozen=True)
class Tile:
    """The place of one ward on the schematic map; rows and columns count from 1, north at the top."""

    ward: str
    row: int
    column: int


@dataclass(frozen=True)
class Office:
    """What a paper needs to know of the office, by the parts of Decree 30/2020/NĐ-CP.

    `report_recipients` and `letter_recipients` are the lines of "Nơi nhận" without dash and punctuation; `head` and
    `deputy` the lines above a signature. Personal names are written by hand and stand nowhere.
    """

    parent: str
    name: str
    full_name: str
    short_name: str
    district: str
    province: str
    place: str
    nation: str
    motto: str
    report_symbol: str
    letter_symbol: str
    report_addressee: str
    report_recipients: tuple[str, ...]
    letter_recipients: tuple[str, ...]
    head: tuple[str, ...]
    deputy: tuple[str, ...]
    tiles: tuple[Tile, ...]
    above: tuple[Level, ...]


def office(path: Path | None = None) -> Office:
    """Return the office of `path`, the current office's `office.yaml` by default.

    Raises:
        CatalogueError: a section, key, ward or tile is missing, unknown or given twice; the message names the line.
    """
    return _load(path or current_folder() / OFFICE_FILE)


@cache
def _load(source: Path) -> Office:
    loaded = load_yaml(source)
    form_in(loaded)
    _check_sections(source, loaded)
    agency, nation = loaded["agency"], loaded["nation"]
    return Office(
        **{key: str(agency[key]) for key in _SECTIONS["agency"]},
        nation=str(nation["name"]),
        motto=str(nation["motto"]),
        report_symbol=str(loaded["symbols"]["report"]),
        letter_symbol=str(loaded["symbols"]["letter"]),
        report_addressee=str(loaded["addressees"]["report"]),
        report_recipients=_lines(source, loaded, "recipients", "report"),
        letter_recipients=_lines(source, loaded, "recipients", "letter"),
        head=_lines(source, loaded, "signatories", "head"),
        deputy=_lines(source, loaded, "signatories", "deputy"),
        tiles=_tiles(source, loaded.get("tiles") or {}),
        above=_above(source, loaded.get("above")),
    )


def _check_sections(source: Path, loaded: Any) -> None:
    if not isinstance(loaded, dict):
        says = _("{file}:1: no sections found; write agency, nation, symbols and the others")
        raise CatalogueError(says.format(file=source.name))
    for unknown in set(loaded) - set(_SECTIONS) - _OTHERS:
        says = _("{where}: '{section}' is no section; mend its name or take it out")
        raise CatalogueError(says.format(where=f"{source.name}:{line_of(source, str(unknown))}", section=unknown))
    for section, keys in _SECTIONS.items():
        entries = loaded.get(section)
        present = set(entries) if isinstance(entries, dict) else set()
        if present != set(keys):
            wrong = ", ".join(sorted(set(keys) ^ present))
            where = f"{source.name}:{line_of(source, section)}"
            says = _("{where}: '{section}' needs exactly {keys}; see to: {wrong}")
            raise CatalogueError(says.format(where=where, section=section, keys=", ".join(keys), wrong=wrong))


def _lines(source: Path, loaded: Any, section: str, key: str) -> tuple[str, ...]:
    lines = loaded[section][key]
    if not isinstance(lines, list) or not lines:
        where = f"{source.name}:{line_of(source, section, key)}"
        says = _("{where}: '{key}' must be a list with a line at least; write it as [\"…\"]")
        raise CatalogueError(says.format(where=where, key=f"{section}.{key}"))
    return tuple(str(line) for line in lines)


def _above(source: Path, entries: Any) -> tuple[Level, ...]:
    """Return the levels above the units, nearest first."""
    right = isinstance(entries, list) and all(isinstance(e, dict) and set(e) == {"kind", "name"} for e in entries)
    if not right or not entries:
        where = f"{source.name}:{line_of(source, 'above')}"
        says = _(
            "{where}: 'above' lists the levels above the units, each as - {{kind: tỉnh, name: …}}; a folder of an "
            "older form gets them with cchc office migrate"
        )
        raise CatalogueError(says.format(where=where))
    return tuple(Level(str(entry["kind"]), str(entry["name"])) for entry in entries)


def _tiles(source: Path, entries: dict[str, Any]) -> tuple[Tile, ...]:
    beside = source.with_name(UNITS_FILE)
    known = load_units(beside) if beside.is_file() else wards()
    for ward, place in entries.items():
        where = f"{source.name}:{line_of(source, 'tiles', ward)}"
        if ward not in known:
            says = _("{where}: unit '{ward}' is not in units.csv; mend the name")
            raise CatalogueError(says.format(where=where, ward=ward))
        if not (isinstance(place, list) and len(place) == 2 and all(isinstance(n, int) and n > 0 for n in place)):
            says = _("{where}: a tile is [row, column], both from 1; mend '{place}'")
            raise CatalogueError(says.format(where=where, place=place))
    taken = Counter(tuple(place) for place in entries.values())
    for ward, place in entries.items():
        if taken[tuple(place)] > 1:
            where = f"{source.name}:{line_of(source, 'tiles', ward)}"
            says = _("{where}: tile {place} is given to more than one ward; move one")
            raise CatalogueError(says.format(where=where, place=place))
    return tuple(Tile(ward, row, column) for ward, (row, column) in entries.items())
