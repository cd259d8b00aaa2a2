"""The marts as files that open in the tools people have.

Belongs here: one export of a round, or of everything, into a folder that is there whole or not at all.
Stays out: what a format looks like (the sibling modules), papers for people (`publications`).
"""

from __future__ import annotations

import filecmp
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, get_args

from sqlalchemy import Engine

from cchc.errors import ConfigurationError
from cchc.messages import translator
from validation.audience import Reader
from warehouse.connection import reading
from warehouse.export import databases, datasette, files, opendocument, package, workbook
from warehouse.export.standing import states
from warehouse.export.table import Sheet, Written, sheets, written

_ = translator("warehouse")

Format = Literal["csv", "csv-machine", "parquet", "xlsx", "ods", "duckdb", "sqlite"]
FORMATS: tuple[Format, ...] = get_args(Format)

_WRITERS: Mapping[Format, Callable[[Iterable[Sheet], Path], list[Path]]] = {
    "csv": files.write_csv,
    "csv-machine": files.write_machine_csv,
    "parquet": files.write_parquet,
    "xlsx": workbook.write_xlsx,
    "ods": opendocument.write_ods,
    "duckdb": databases.write_duckdb,
    "sqlite": databases.write_sqlite,
}


@dataclass(frozen=True)
class Exported:
    """What an export wrote: the folder, its files, rows by mart, and the data files that were not there as they are."""

    folder: Path
    files: tuple[Path, ...]
    rows: Mapping[str, int]
    changed: tuple[str, ...] = ()
    data_files: int = 0


def export(
    engine: Engine,
    folder: Path,
    file_format: str,
    moment: datetime,
    *,
    round_label: str | None = None,
    as_of: datetime | None = None,
    reader: Reader = "office",
) -> Exported:
    """Write the marts of a round, or of all rounds, into `folder`; `as_of` asks for a past state.

    Of an earlier export there only what changed is written; a data file with the same content is left untouched.

    What leaves the office is written for its `reader`: without the notes meant for the clerk.

    Beside the data lie the dictionary, a README of the round and `datapackage.json` (Frictionless), beside SQLite what
    datasette shows of it. A folder that
    holds anything but an earlier export is left alone.

    Raises:
        ConfigurationError: the format is unknown, or the folder holds something else.
    """
    writer = next((_WRITERS[f] for f in FORMATS if f == file_format), None)
    if writer is None:
        known = ", ".join(FORMATS)
        raise ConfigurationError(_("'{given}' is no format; use one of {known}").format(given=file_format, known=known))
    _refuse_strange(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    done: list[Written] = []
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as place:
        made = Path(place) / "made"
        made.mkdir()
        with reading(engine) as connection:
            state = "" if as_of else states(connection).get(round_label or "", "")
            data = writer(_remembered(sheets(connection, round_label, as_of, reader), done), made)
        package.write_package(done, made, data, moment, round_label, state)
        package.write_readme(done, made, data, moment, round_label, as_of)
        if file_format == "sqlite":
            datasette.write_metadata(done, made)
        changed = _keep_unchanged(folder, data)
        _put(made, folder)
    return Exported(
        folder, tuple(sorted(folder.iterdir())), {sheet.name: sheet.rows for sheet in done}, changed, len(data)
    )


def _remembered(found: Iterator[Sheet], done: list[Written]) -> Iterator[Sheet]:
    """Pass sheets on, one in memory at a time, and remember what each was."""
    for sheet in found:
        done.append(written(sheet))
        yield sheet


def _refuse_strange(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / package.NAME).is_file())):
        raise ConfigurationError(
            _("{folder} holds something that is no export; name another folder").format(folder=folder)
        )


def _keep_unchanged(folder: Path, data: list[Path]) -> tuple[str, ...]:
    """Link files that stand in the folder with the same content in the place of those made; return the others."""
    changed = []
    for path in data:
        former = folder / path.name
        if former.is_file() and filecmp.cmp(former, path, shallow=False):
            path.unlink()
            path.hardlink_to(former)
        else:
            changed.append(path.name)
    return tuple(sorted(changed))


def _put(made: Path, folder: Path) -> None:
    """Put the new folder in the place of the former one, which goes with the temporary folder."""
    if folder.exists():
        folder.rename(made.parent / "former")
    made.rename(folder)
