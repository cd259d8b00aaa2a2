"""What every command shares: console, settings, exit codes, errors told to people.

Belongs here: the edge between named errors and a terminal. Stays out: any command.

Exit codes: 0 done; 1 done, and something waits for a person (a refused file, a failed ward); 2 the call's words are
off; 3 a setting or a catalogue file is wrong; 4 busy just now, try again; 5 not done, the message says what to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from sqlalchemy import Engine, make_url

from cchc.errors import CallError, CatalogueError, CchcError, ConfigurationError
from cchc.messages import translator
from cchc.packages import missing_package
from pipelines.keeping.storage import storage_named
from pipelines.settings import Settings, home_folder, load_settings
from warehouse.connection import open_warehouse

_ = translator("cli")

RoundArgument = Annotated[str, typer.Argument(metavar="ROUND", help=_("Round, as 2024-Q3."))]
"""The round that a command is about."""

SEVERITY_STYLE = {"error": "bold red", "warning": "yellow", "info": "cyan"}
"""Colours of severities on a terminal, the heaviest first."""

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


class Exit(IntEnum):
    """Exit codes of `cchc`; part of its interface, so never renumbered."""

    DONE = 0
    NEEDS_PERSON = 1
    USAGE = 2
    CONFIGURATION = 3
    BUSY = 4
    FAILED = 5


def exit_code(error: CchcError) -> Exit:
    """Return the exit code of a named error."""
    if isinstance(error, CallError):
        return Exit.USAGE
    if isinstance(error, ConfigurationError | CatalogueError):
        return Exit.CONFIGURATION
    return Exit.BUSY if error.retryable else Exit.FAILED


@contextmanager
def errors_told() -> Iterator[None]:
    """Turn a named error into one line on standard error and its exit code; anything else is a fault of ours."""
    try:
        with storage_named(home_folder()):
            yield
    except CchcError as error:
        tell(error)
        raise typer.Exit(exit_code(error)) from error
    except ModuleNotFoundError as error:
        tell(missing_package(error))
        raise typer.Exit(Exit.CONFIGURATION) from error
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
        line = _("there is no such file or folder: {path}; mend the path").format(path=error.filename)
        err.print(f"[bold red]cchc:[/] {escape(line)}")
        raise typer.Exit(Exit.USAGE) from error


def tell(error: CchcError) -> None:
    """Print a named error in one line on standard error."""
    err.print(f"[bold red]cchc:[/] {escape(str(error))}")


def agreed(question: str) -> bool:
    """Return whether a person answers yes, in either language; an empty line is no, anything else is asked again."""
    yes, no = {"y", "yes", *_("yes|y").split("|")}, {"n", "no", *_("no|n").split("|")}
    while True:
        typed = typer.prompt(f"{question} {_('[y/N]')}", default="", show_default=False, err=True).strip().lower()
        if typed in yes:
            return True
        if not typed or typed in no:
            return False
        err.print(_("Please answer yes or no."), markup=False)


def open_office(current: Settings) -> Engine:
    """Return the warehouse of an office that is there; a command that only reads never makes one.

    Raises:
        ConfigurationError: there is no office where the settings say.
    """
    database = make_url(current.warehouse_url)
    if database.get_backend_name() == "sqlite" and not Path(str(database.database)).is_file():
        raise ConfigurationError(
            _("there is no office in {home}; run cchc init to make one, or name another home (CCHC_HOME)").format(
                home=current.home
            )
        )
    return open_warehouse(current.warehouse_url)


def settings() -> Settings:
    """Return the settings of this call."""
    return load_settings()
