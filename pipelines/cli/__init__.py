"""The command line `cchc`.

Belongs here: the application and the list of modules that register its commands, one module a topic.
Stays out: what commands do; each calls the rooms behind.
"""

from __future__ import annotations

import importlib
import sys

import typer

from cchc.messages import set_language, translator

_ = translator("cli")

MODULES = ("main", "extract", "show", "rank", "decide", "letters", "scorecard", "explain")
"""Modules of this package in the order in which their commands stand on the help page."""


def make_app() -> typer.Typer:
    """Return the application with every command, its help in the language of the moment."""
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
    )
    for name in MODULES:
        importlib.import_module(f"pipelines.cli.{name}").register(app)
    return app


def main() -> None:
    """Run the command line: the language first, since help pages speak it."""
    import os

    set_language(os.environ.get("CCHC_LANG", "vi"))
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    make_app()()
