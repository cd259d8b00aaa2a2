"""The form of an office's folder: which one it has, and how an older one becomes today's.

Belongs here: the number of the form, the steps from one to the next, as what the files become.
Stays out: reading the files (`catalogue.office`, `catalogue.wards`), asking and telling (`pipelines.cli.office`).

A folder says its form in `office.yaml` (`form: 2`); one that says nothing has the first.

| form | what it has |
|---|---|
| 1 | `office.yaml` without the levels above the units; units in `wards.csv` |
| 2 | `above` in `office.yaml`, units in `units.csv`, optional `mail.toml` |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from catalogue.offices import OFFICE_FILE, UNITS_FILE
from catalogue.source import load_yaml
from cchc.errors import CatalogueError
from cchc.files import write_whole
from cchc.messages import translator

_ = translator("catalogue")

FORM = 2
FORMER = "former"
_FORMER_UNITS = "wards.csv"
Files = dict[str, str]
"""Text by name of the file, as a folder has it or shall have it."""


def form_of(folder: Path) -> int:
    """Return the form of a folder.

    Raises:
        CatalogueError: the form is no number, or one that this version does not know yet.
    """
    return form_in(load_yaml(folder / OFFICE_FILE))


def form_in(loaded: object) -> int:
    """Return the form that the values of an `office.yaml` say; raises as `form_of` does."""
    form = loaded.get("form", 1) if isinstance(loaded, dict) else 1
    if not isinstance(form, int) or form < 1:
        says = _("{file}: 'form' is {form}; write the number of the form, {newest} today")
        raise CatalogueError(says.format(file=OFFICE_FILE, form=repr(form), newest=FORM))
    if form > FORM:
        says = _("{file}: the folder has form {form}, this version reads up to {newest}; upgrade the program")
        raise CatalogueError(says.format(file=OFFICE_FILE, form=form, newest=FORM))
    return form


def migrate(folder: Path) -> tuple[str, ...]:
    """Bring a folder to today's form and return the names of its files that changed.

    The files as they were stand in `former/form-N/` before anything is written; one of today's form is not touched.

    Raises:
        CatalogueError: a file says too little to follow from; nothing is written.
    """
    form = form_of(folder)
    if form == FORM:
        return ()
    before = _files(folder)
    after = dict(before)
    for step in _STEPS[form - 1 :]:
        after = step(after, load_yaml(folder / OFFICE_FILE))
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    _keep(folder / FORMER / f"form-{form}", before)
    for name in sorted(changed & set(after)):
        write_whole(folder / name, after[name])
    for name in changed - set(after):
        (folder / name).unlink()
    return tuple(sorted(changed))


def _files(folder: Path) -> Files:
    paths = (path for path in sorted(folder.iterdir()) if path.is_file())
    return {path.name: path.read_text(encoding="utf-8") for path in paths}


def _keep(kept: Path, files: Mapping[str, str]) -> None:
    kept.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        write_whole(kept / name, text)


def _second(files: Files, loaded: dict[str, Any]) -> Files:
    """Return the files of the second form: the levels above follow from those that the letterhead names."""
    made = {(UNITS_FILE if name == _FORMER_UNITS else name): text for name, text in files.items()}
    text = f"form: 2\n{made[OFFICE_FILE]}"
    made[OFFICE_FILE] = text if "above" in loaded else f"{text.rstrip()}\nabove:\n{_above(loaded.get('agency'))}"
    return made


def _above(agency: Any) -> str:
    names = [str(agency.get(key, "")) for key in ("district", "province")] if isinstance(agency, dict) else []
    kinds = ("thành phố", "thị xã", "huyện", "quận", "tỉnh")
    levels = [(kind, name[len(kind) :].strip()) for name in names for kind in kinds if name.startswith(f"{kind} ")]
    if not levels or len(levels) < len(names):
        says = _("{file}: 'agency' needs district and province with their kinds (thị xã …, tỉnh …)")
        raise CatalogueError(says.format(file=OFFICE_FILE))
    return "".join(f'  - {{kind: "{kind}", name: "{name}"}}\n' for kind, name in dict.fromkeys(levels))


_STEPS: tuple[Callable[[Files, dict[str, Any]], Files], ...] = (_second,)
"""The step from each form to the next, the first's first."""
