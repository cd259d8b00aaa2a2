"""What lies beside the data: a README of the round for people, a datapackage for programs.

Belongs here: both descriptions, made from the sheets that were written.
Stays out: the data.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from cchc import formats
from cchc.messages import translator
from warehouse.dictionary import Entry, entries
from warehouse.export.table import LEDGER, Written
from warehouse.marts.keys import keys_of, resource_name
from warehouse.marts.view import Column, Kind

_ = translator("warehouse")

NAME = "datapackage.json"
README = "README.md"

_FIELD_TYPES: dict[Kind, str] = {
    "text": "string",
    "number": "number",
    "integer": "integer",
    "real": "number",
    "date": "date",
    "moment": "datetime",
    "flag": "boolean",
}


def write_package(
    sheets: list[Written], folder: Path, files: list[Path], moment: datetime, label: str | None, state: str = ""
) -> None:
    """Write `datapackage.json`; for CSV each resource has the schema of its columns.

    `state` is the hash of what the data follow from (`warehouse.export.standing`), empty for a past state.
    """
    resources = [_resource(path, next((s for s in sheets if s.name == path.stem), None)) for path in files]
    package = {
        "name": f"cchc-{label.lower()}" if label else "cchc",
        "title": _("Data of round {round}").format(round=label) if label else _("Data of all rounds"),
        "version": version("cchc"),
        "licenses": [{"name": "notspecified", "title": _("The office that made it decides how it may be used.")}],
        "profile": "tabular-data-package" if all(path.suffix == ".csv" for path in files) else "data-package",
        "created": moment.isoformat(),
        **({"state": state} if state else {}),
        "resources": resources,
    }
    (folder / NAME).write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_readme(
    sheets: list[Written],
    folder: Path,
    files: list[Path],
    moment: datetime,
    label: str | None,
    as_of: datetime | None = None,
) -> None:
    """Write the README of the round: what is in it, how complete it is, how to read it."""
    lines = [
        f"# {_('Data of round {round}').format(round=label) if label else _('Data of all rounds')}",
        "",
        _("Written at {moment}.").format(moment=formats.moment(moment)),
        *([_("As it was at {moment}.").format(moment=formats.moment(as_of))] if as_of else []),
        "",
        *_completeness(sheets),
        "",
        f"## {_('Files')}",
        "",
        *(f"- `{path.name}`" for path in sorted(files)),
        "",
        f"## {_('Tables')}",
        "",
        *(_("- `{name}` ({rows} rows): {meaning}").format(
            name=sheet.name, rows=formats.number(sheet.rows), meaning=_(sheet.meaning)
        ) for sheet in sheets),
        "",
        f"## {_('How to read them')}",
        "",
        *_reading(),
    ]  # fmt: skip
    (folder / README).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _reading() -> list[str]:
    return [
        _("- Days are ISO (2023-09-08), decimals have a point, an empty cell is not known; absent is not zero."),
        _("- `value` counts, empty while `status` is waiting or blocked; `printed_value` is what stands printed."),
        _("- Rounds 2 and 4 are cumulative; `mart_trend` has the quarter's own value and says how it came about."),
        _("- In CSV a text that looks like a formula has an apostrophe before it; `csv-machine` has it as it is."),
        _("- `dictionary` says what every column means."),
    ]


def _completeness(sheets: list[Written]) -> list[str]:
    """Return how many wards are in which state, round by round."""
    states = next(sheet.states for sheet in sheets if sheet.name == LEDGER)
    words = {
        "loaded": _("loaded"),
        "review": _("in review"),
        "received": _("received, not loaded"),
        "missing": _("missing"),
    }
    lines = []
    for label in sorted({key[0] for key in states}):
        parts = [f"{word}: {states[label, state]}" for state, word in words.items() if (label, state) in states]
        total = sum(count for (where, _state), count in states.items() if where == label)
        lines.append(_("- {round}: {total} wards expected; {parts}").format(
            round=label, total=total, parts=", ".join(parts)
        ))  # fmt: skip
    return lines


def _resource(path: Path, sheet: Written | None) -> dict[str, Any]:
    body = path.read_bytes()
    resource: dict[str, Any] = {
        "name": resource_name(path.stem),
        "path": path.name,
        "format": path.suffix.removeprefix("."),
        "bytes": len(body),
        "hash": f"sha256:{hashlib.sha256(body).hexdigest()}",
    }
    if sheet is None or path.suffix != ".csv":
        return resource
    said = {entry.name: entry for entry in entries() if entry.relation == sheet.name}
    fields = [_field(column, said.get(column.name)) for column in sheet.columns]
    keys = keys_of(sheet.name, [column.name for column in sheet.columns])
    return resource | {
        "rows": sheet.rows,
        "profile": "tabular-data-resource",
        "description": sheet.meaning,
        "encoding": "utf-8",
        "schema": {"fields": fields, "missingValues": [""], **keys},
    }


def _field(column: Column, said: Entry | None) -> dict[str, Any]:
    """Return a field with its type, its label, and its meaning in both languages."""
    field = {"name": column.name, "type": _FIELD_TYPES[column.kind], "description": column.meaning}
    if column.kind == "moment":
        field["format"] = "any"
    return field if said is None else field | {"title": said.label_vi or column.name, "description": said.comment}
