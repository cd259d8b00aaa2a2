"""`cchc export`: the marts as files.

Belongs here: the call and where the files lie. Stays out: writing them (`warehouse.export`).
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from cchc.clock import ZONE, now
from cchc.errors import ConfigurationError
from cchc.formats import number
from cchc.messages import translator
from pipelines.cli.common import errors_told, open_office, out, settings
from pipelines.cli.known import round_named
from pipelines.keeping.exports import exports_folder, write_due
from validation.audience import READERS, Reader
from warehouse.export import FORMATS, export

_ = translator("warehouse")

FormatOption = Annotated[str, typer.Option("--format", help=_("One of {forms}.").format(forms=", ".join(FORMATS)))]
RoundOption = Annotated[str | None, typer.Option("--round", help=_("Round, as 2024-Q3; all rounds by default."))]
FolderOption = Annotated[
    Path | None, typer.Option("--out", help=_("Folder to write; one beside the outputs by default."))
]
AsOfOption = Annotated[
    datetime | None,
    typer.Option(
        "--as-of",
        formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M"],
        help=_("The data as they were at a moment, as 2024-09-20T17:00; a day alone is its beginning."),
    ),
]

ChangedOption = Annotated[
    bool,
    typer.Option(
        "--changed", help=_("Only what cchc.toml asks for and what changed since; other options are left out.")
    ),
]
ReaderOption = Annotated[
    str,
    typer.Option("--for", help=_("Who will read it: office, ward or public; only the office sees the clerk's notes.")),
]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("export", help=_("Write the data of a round as csv, parquet, xlsx, ods, duckdb or sqlite."))(
        export_marts
    )


def export_marts(
    file_format: FormatOption = "csv",
    round_label: RoundOption = None,
    folder: FolderOption = None,
    as_of: AsOfOption = None,
    reader: ReaderOption = "office",
    changed: ChangedOption = False,
) -> None:
    """Write the marts with dictionary, README and datapackage, and print where they lie."""
    if changed:
        _write_changed()
        return
    past = as_of.replace(tzinfo=ZONE) if as_of else None
    with errors_told():
        audience = _reader(reader)
        current = settings()
        label = round_named(round_label).label if round_label else None
        name = f"{file_format}-{past:%Y%m%dT%H%M}" if past else file_format
        name = name if audience == "office" else f"{name}-{audience}"
        target = folder or exports_folder(current) / (label or "all") / name
        engine = open_office(current)
        done = export(engine, target, file_format, now(), round_label=label, as_of=past, reader=audience)
    rows = number(sum(done.rows.values()))
    out.print(escape(_("{rows} rows in {folder}").format(rows=rows, folder=done.folder)))
    total = number(done.data_files)
    out.print(escape(_("{count} of {total} data files changed").format(count=number(len(done.changed)), total=total)))
    for path in done.files:
        out.print(f"  {escape(path.name)}")


def _write_changed() -> None:
    """Write the exports that the settings ask for and that are out of date, and print each."""
    with errors_told():
        current = settings()
        if not current.exports.formats:
            raise ConfigurationError(_("no export is set; name formats under [export] in cchc.toml"))
        wrote = False
        for done in write_due(current, open_office(current), now()):
            wrote = True
            line = _("{folder}: {count} of {total} data files changed")
            changed, total = number(len(done.changed)), number(done.data_files)
            out.print(escape(line.format(folder=done.folder, count=changed, total=total)))
        if not wrote:
            out.print(_("Every export says what the warehouse says."))


def _reader(given: str) -> Reader:
    """Return the reader of that name.

    Raises:
        ConfigurationError: there is no such reader.
    """
    found = next((reader for reader in READERS if reader == given), None)
    if found is None:
        line = _("'{given}' is no reader of an export; use one of {known}")
        raise ConfigurationError(line.format(given=given, known=", ".join(READERS)))
    return found
