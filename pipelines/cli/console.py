"""`cchc console`: the office's page in a browser.

Belongs here: arguments, the first-run link, the address that is printed. Stays out: the page (`console`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer
from rich.markup import escape

from cchc.clock import now
from cchc.messages import translator
from pipelines.cli.common import errors_told, out, settings

_ = translator("people")


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("console", help=_("Serve the office's page: the round, the review, the papers, in a browser."))(console)


def console(
    host: Annotated[
        str | None, typer.Option("--host", help=_("Where it listens; this machine only by default."))
    ] = None,
    port: Annotated[int | None, typer.Option("--port", min=1, max=65535, help=_("Port; 8686 by default."))] = None,
) -> None:
    """Serve the page until Ctrl-C; with no account yet, print the one-time link that makes the first."""
    from console.app import first_link, page_address, serve
    from pipelines import home

    with errors_told():
        current = settings()
        shown = replace(current.console, host=host or current.console.host, port=port or current.console.port)
        current = replace(current, console=shown)
        home.prepare_home(current)
        link = first_link(current, now())
        out.print(_("The office's page: {address}").format(address=escape(page_address(current))), soft_wrap=True)
        if link is not None:
            out.print(_("Nobody has an account yet. This link makes the first one, once, within two days:"))
            out.print(escape(link), soft_wrap=True)
        # Whoever starts it as a service reads the link from a file.
        out.file.flush()
        serve(current)
