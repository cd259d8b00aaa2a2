"""The command line `cchc`.

Belongs here: the application and the list of modules that register its commands, one module a topic.
Stays out: what commands do; each calls the rooms behind.

A call loads the module of its own command only: together they take seconds to import.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

import typer

from cchc.messages import set_language, translator
from cchc.packages import missing_package
from pipelines.cli.common import Exit, tell
from pipelines.cli.phrases import speak

_ = translator("cli")

COMMANDS: dict[str, tuple[str, ...]] = {
    "main": ("collect", "status", "init", "doctor", "demo"),
    "office": ("office",),
    "intake": ("submit", "mail"),
    "extract": ("extract",),
    "show": ("show",),
    "compare": ("compare",),
    "decide": ("findings", "decide", "rules"),
    "letters": ("letters",),
    "rank": ("rank", "rollup"),
    "explain": ("explain",),
    "scorecard": ("scorecard",),
    "publish": ("papers", "publish", "revise"),
    "rounds": ("rounds",),
    "rerun": ("rerun",),
    "reread": ("reread",),
    "remind": ("remind",),
    "export": ("export",),
    "sql": ("sql",),
    "dictionary": ("dictionary",),
    "console": ("console",),
    "identity": ("login", "logout", "whoami"),
    "sample": ("sample",),
    "corrections": ("corrections",),
    "certify": ("certify",),
    "why": ("why",),
    "keeping": ("backup", "restore", "verify", "prune"),
    "metrics": ("metrics",),
}
"""Module of this package → its commands, in the order of the help page."""


def groups() -> dict[str, tuple[str, ...]]:
    """Return the groups of the help page: heading → commands."""
    taking_in = ("collect", "submit", "mail", "status")
    deciding = ("findings", "decide", "show", "sample", "console", "login", "logout", "whoami")
    return {
        _("The round"): (*taking_in, *deciding),
        _("Papers"): ("rank", "rollup", "explain", "letters", "papers", "publish", "revise"),
        _("Upkeep"): (
            "init",
            "office",
            "doctor",
            "rounds",
            "rerun",
            "remind",
            "backup",
            "restore",
            "verify",
            "prune",
            "metrics",
        ),
        _("Experts"): (
            "extract",
            "compare",
            "why",
            "certify",
            "corrections",
            "rules",
            "reread",
            "scorecard",
            "export",
            "sql",
            "dictionary",
        ),
    }


def make_app(modules: Sequence[str] = tuple(COMMANDS)) -> typer.Typer:
    """Return the application with the commands of some modules, its help in the language of the moment."""
    speak()
    app = typer.Typer(
        name="cchc",
        help=_("From ward reports on administrative reform to checked figures and a ranked district."),
        epilog=_(
            "Exit codes: 0 done; 1 done, something waits for a person; 2 wrong call; 3 wrong setting or catalogue; "
            "4 busy, try again; 5 not done. State lies in CCHC_HOME (default ./var). English: CCHC_LANG=en."
        ),
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
        # One command alone would become the program itself; a callback keeps its name.
        callback=lambda: None,
    )
    for name in modules:
        importlib.import_module(f"pipelines.cli.{name}").register(app)
    _put_into_groups(app)
    return app


def _put_into_groups(app: typer.Typer) -> None:
    """Show each command under its heading; one of no group stands with the experts'."""
    headings = {command: heading for heading, commands in groups().items() for command in commands}
    for command in app.registered_commands:
        command.rich_help_panel = headings.get(str(command.name), _("Experts"))
    for group in app.registered_groups:
        group.rich_help_panel = headings.get(str(group.name), _("Experts"))


def modules_for(arguments: Sequence[str]) -> tuple[str, ...]:
    """Return the modules a call needs: that of its command, all where it names none that is known."""
    command = next((a for a in arguments if not a.startswith("-")), None)
    named = tuple(module for module, commands in COMMANDS.items() if command in commands)
    return named or tuple(COMMANDS)


def main() -> None:
    """Run the command line: the language first, since help pages speak it."""
    set_language(os.environ.get("CCHC_LANG", "vi"))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    try:
        app = make_app(modules_for(sys.argv[1:]))
    except ModuleNotFoundError as error:
        tell(missing_package(error))
        sys.exit(Exit.CONFIGURATION)
    app()
