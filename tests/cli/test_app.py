"""The application as a whole: every command is listed, helped, loaded alone, and named in the README or docs."""

from __future__ import annotations

import subprocess
import sys

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from pipelines.cli import COMMANDS, make_app, modules_for

EVERY = [command for commands in COMMANDS.values() for command in commands]


def registered(modules: tuple[str, ...]) -> list[str]:
    """Return the names of the commands that some modules register."""
    return list(get_command(make_app(modules)).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("module", COMMANDS)
def test_each_module_registers_what_the_list_says(module: str) -> None:
    """The list by which a call finds its module is the truth."""
    assert sorted(registered((module,))) == sorted(COMMANDS[module])


@pytest.mark.parametrize("command", EVERY)
def test_every_command_has_help(command: str) -> None:
    """Help is there for each command, and asking for it fails nothing."""
    result = CliRunner().invoke(make_app(modules_for([command])), [command, "--help"])

    assert result.exit_code == 0, result.output
    assert len(result.output.split()) > 5


def test_an_unknown_command_is_a_wrong_call() -> None:
    """A word that is no command ends with 2 and names no traceback."""
    result = CliRunner().invoke(make_app(), ["sing"])

    assert result.exit_code == 2


def test_help_and_extract_need_no_dagster() -> None:
    """What runs nothing does not pay for the engine."""
    code = "import sys, pipelines.cli as c; c.make_app(('extract', 'show', 'main')); sys.exit('dagster' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
