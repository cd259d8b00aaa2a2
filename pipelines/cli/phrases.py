"""Typer's own words in the language of the moment: headings of the help pages, and what is said of a wrong call.

Belongs here: the few texts that Typer has and offers no other way to set. Stays out: the words of the commands.
"""

from __future__ import annotations

import re
from typing import Any

from rich.markup import escape
from typer import rich_utils

from cchc.messages import translator
from pipelines.cli.common import err

_ = translator("cli")

_UNKNOWN_COMMAND = re.compile(r"No such command '(?P<name>.*?)'\.?(?: Did you mean (?P<meant>.+)\?)?", re.DOTALL)
_typers_own = rich_utils.rich_format_error


def speak() -> None:
    """Make Typer speak the language of the moment."""
    rich_utils.ARGUMENTS_PANEL_TITLE = _("Arguments")
    rich_utils.OPTIONS_PANEL_TITLE = _("Options")
    rich_utils.COMMANDS_PANEL_TITLE = _("Commands")
    rich_utils.DEFAULT_STRING = _("[default: {}]")
    rich_utils.REQUIRED_LONG_STRING = _("[required]")
    rich_utils.ABORTED_TEXT = _("Aborted.")
    rich_utils.rich_format_error = tell  # type: ignore[assignment]


def tell(error: Any) -> None:
    """Print what is wrong with a call in one line, and where its words are explained."""
    if type(error).__name__ == "NoArgsIsHelpError":
        _typers_own(error)
        return
    err.print(f"[bold red]cchc:[/] {escape(words(error))}")
    context = getattr(error, "ctx", None)
    if context is not None:
        err.print(escape(_("'{command} --help' explains the call.").format(command=context.command_path)), style="dim")


def words(error: Any) -> str:
    """Return what is wrong with a call; the reason against a value stays as Typer gives it."""
    kind, message = type(error).__name__, str(error.format_message())
    if kind == "NoSuchOption":
        meant = ", ".join(sorted(error.possibilities or ()))
        said = _("there is no option {name}").format(name=error.option_name)
        return f"{said}; {_('did you mean {names}?').format(names=meant)}" if meant else said
    if kind == "MissingParameter":
        return _("{name} is missing").format(name=_name(error))
    if kind == "BadParameter" and error.param is not None:
        return _("{name} cannot be what was given ({reason})").format(name=_name(error), reason=error.message)
    unknown = _UNKNOWN_COMMAND.fullmatch(message)
    if unknown is None:
        return message
    said = _("there is no command {name}").format(name=unknown["name"])
    return f"{said}; {_('did you mean {names}?').format(names=unknown['meant'])}" if unknown["meant"] else said


def _name(error: Any) -> str:
    """Return what a parameter is called in a call: its option, or the name of its place."""
    return str(error.param_hint or (error.param.get_error_hint() if error.param is not None else "–")).strip("'")
