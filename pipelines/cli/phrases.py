"""Typer's own words in the language of the moment: the frame of the help pages, and what is said of a wrong call.

Belongs here: the texts that Typer has and offers no other way to set: headings, names of places and kinds of values.
Stays out: the words of the commands. `tests/cli/test_help.py` holds that no English is left on any help page.
"""

from __future__ import annotations

import re
from typing import Any

from rich.markup import escape
from typer import core, rich_utils
from typer._click import core as commands
from typer._click import formatting

from cchc.messages import translator
from pipelines.cli.common import err

_ = translator("cli")

_UNKNOWN_COMMAND = re.compile(r"No such command '(?P<name>.*?)'\.?(?: Did you mean (?P<meant>.+)\?)?", re.DOTALL)
_UNWANTED = re.compile(r"Got unexpected extra argument\(s\) \((?P<given>.*)\)", re.DOTALL)
_WITHOUT_VALUE = re.compile(r"Option '(?P<name>.*?)' requires .*", re.DOTALL)
_FLAG_WITH_VALUE = re.compile(r"Option '(?P<name>.*?)' does not take a value\.", re.DOTALL)
_MOMENTS = {"%Y-%m-%dT%H:%M": "2024-09-13T08:30", "%Y-%m-%d": "2024-09-13"}
"""Forms of a moment as Typer shows them, by an example that a person can copy."""

_typers_own = rich_utils.rich_format_error
_usage_line = formatting.HelpFormatter.write_usage
_help_option = commands.Command.get_help_option
_value_kind = core._TyperParameter.display_type


def speak() -> None:
    """Make Typer speak the language of the moment."""
    rich_utils.ARGUMENTS_PANEL_TITLE = _("Arguments")
    rich_utils.OPTIONS_PANEL_TITLE = _("Options")
    rich_utils.COMMANDS_PANEL_TITLE = _("Commands")
    rich_utils.DEFAULT_STRING = _("[default: {}]")
    rich_utils.REQUIRED_LONG_STRING = _("[required]")
    rich_utils.ABORTED_TEXT = _("Aborted.")
    rich_utils.rich_format_error = tell  # type: ignore[assignment]
    formatting.HelpFormatter.write_usage = _write_usage  # type: ignore[method-assign]
    commands.Command.get_help_option = _get_help_option  # type: ignore[method-assign]
    core._TyperParameter.display_type = _display_type  # type: ignore[method-assign]
    core._TyperParameter.display_name_raw = property(place_name)  # type: ignore[assignment]


def _write_usage(self: Any, prog: str, args: str = "", prefix: str | None = None) -> None:
    """Write the line of how a command is called."""
    shown = args.replace("[OPTIONS]", _("[OPTIONS]")).replace("COMMAND [ARGS]...", _("COMMAND [ARGS]..."))
    _usage_line(self, prog, shown, _("Usage: ") if prefix is None else prefix)


def _get_help_option(self: Any, ctx: Any) -> Any:
    """Return the option that shows the help page."""
    option = _help_option(self, ctx)
    if option is not None:
        option.help = _("Show this page.")
    return option


def _display_type(self: Any, ctx: Any) -> str:
    """Return what kind of value a parameter takes, "" for a switch; values to choose from stay as they are typed."""
    shown = _value_kind(self, ctx).replace("list[", "").replace("]", "")
    for form, example in _MOMENTS.items():
        shown = shown.replace(form, example)
    return kinds().get(shown.removesuffix(" range>").rstrip(">").lstrip("<"), shown)


def kinds() -> dict[str, str]:
    """Return the word for each kind of value, by Typer's name of it."""
    return {
        "bool": "",
        "str": _("<text>"),
        "int": _("<whole number>"),
        "float": _("<number>"),
        "path": _("<path>"),
        "Path": _("<path>"),
        "file": _("<file>"),
        "dir": _("<folder>"),
    }


def place_name(parameter: Any) -> str:
    """Return what a parameter without an option is called on the help page and in messages."""
    name = str(parameter.metavar or parameter.name)
    return name if parameter.param_type_name == "option" else places().get(name.strip("[]…").lower(), name)


def places() -> dict[str, str]:
    """Return the name of each place in a call, by the name it has in code."""
    return {
        "files": _("FILES"),
        "file": _("FILE"),
        "ward": _("WARD"),
        "round": _("ROUND"),
        "table": _("TABLE"),
        "finding": _("FINDING"),
        "statement": _("STATEMENT"),
        "words": _("WORDS"),
        "set": _("SET"),
        "target": _("TARGET"),
        "path": _("PATH"),
        "cards": _("SCORECARDS"),
        "card": _("SCORECARD"),
        "before": _("BEFORE"),
        "after": _("AFTER"),
        "criterion": _("CRITERION"),
        "sheet": _("SHEET"),
        "number": _("NUMBER"),
        "value": _("VALUE"),
        "class": _("CLASS"),
        "folder": _("FOLDER"),
    }


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
        return _("{name} cannot be what was given ({reason})").format(name=_name(error), reason=_reason(error))
    return _told(message)


def _told(message: str) -> str:
    """Return one of Typer's own sentences in our words."""
    if found := _UNKNOWN_COMMAND.fullmatch(message):
        said = _("there is no command {name}").format(name=found["name"])
        return f"{said}; {_('did you mean {names}?').format(names=found['meant'])}" if found["meant"] else said
    if found := _UNWANTED.fullmatch(message):
        return _("this is more than the command takes: {given}").format(given=found["given"])
    if found := _WITHOUT_VALUE.fullmatch(message):
        return _("{name} is given without its value").format(name=found["name"])
    if found := _FLAG_WITH_VALUE.fullmatch(message):
        return _("{name} takes no value").format(name=found["name"])
    return _("a command is missing") if message == "Missing command." else message


def _reason(error: Any) -> str:
    """Return why a value cannot be taken: what is wrong with a path, else what kind of value is wanted."""
    message = str(error.message)
    for end, reason in {
        "does not exist.": _("there is no such file or folder"),
        "is a directory.": _("it is a folder"),
        "is a file.": _("it is a file, not a folder"),
        "is not readable.": _("this user may not read it"),
        "is not writable.": _("this user may not write to it"),
    }.items():
        if message.endswith(end):
            return f"{message.partition(chr(39))[2].rpartition(chr(39))[0]}: {reason}"
    if not hasattr(error.param, "display_type"):
        return message
    wanted = f"{_display_type(error.param, error.ctx)} {error.param._get_number_range_help_str() or ''}".strip()
    return _("wanted is {kind}").format(kind=wanted) if wanted else message


def _name(error: Any) -> str:
    """Return what a parameter is called in a call: its option, or the name of its place."""
    return str(error.param_hint or (error.param.get_error_hint() if error.param is not None else "–")).strip("'")
